# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn

from samspil.foundation.pdf import Document, bullets, facts, heading, numbered, paragraph, quote, small, task
from samspil.foundation.word import render_docx

DOCUMENT = Document(
    title="Aftale for frivillighed",
    subtitle="Solbakken",
    municipality="Eksempelby Kommune",
    date=date(2026, 11, 23),
    facts=(("Udgave", "2"), ("Indtil", "")),
    footer="Solbakken, udgave 2",
    control_code="1234 abcd 5678",
    blocks=(
        heading("Opgaver"),
        task("Læse højt", (("Ikke en del af", "Pleje"), ("Tom", "")), "skal drøftes"),
        heading("Dybt", 3),
        paragraph("Første.\n\nAndet\nled."),
        bullets("et", " ", "to"),
        numbered("først"),
        quote("Ord.", items=("Fast",), label="Fælles"),
        facts((("Princip", "Vi hilser."),)),
        small("Småt."),
        heading(" "),
    ),
)


def opened(document=DOCUMENT):
    return docx.Document(io.BytesIO(render_docx(document)))


@pytest.mark.requirement("R61.word")
def test_headings_lists_and_title_are_real_ones():
    lines = [(one.style.name, one.text) for one in opened().paragraphs if one.text]

    assert lines == [
        ("Title", "Aftale for frivillighed"),
        ("Subtitle", "Solbakken"),
        ("Heading 1", "Opgaver"),
        ("Heading 2", "Læse højt (skal drøftes)"),
        ("Normal", "Ikke en del af: Pleje"),
        ("Heading 2", "Dybt"),
        ("Normal", "Første."),
        ("Normal", "Andet\nled."),
        ("List Bullet", "et"),
        ("List Bullet", "to"),
        ("List Number", "først"),
        ("Normal", "Fælles"),
        ("Quote", "Ord."),
        ("List Bullet", "Fast"),
        ("Caption", "Småt."),
        ("Caption", "Kontrolkode: 1234 abcd 5678"),
    ]


@pytest.mark.requirement("R61.word")
def test_the_language_is_said_and_tables_have_a_header_row():
    word = opened()

    assert {mark.get(qn("w:val")) for mark in word.styles.element.iter(qn("w:lang"))} == {"da-DK"}
    said = word.core_properties
    assert (said.language, said.title, said.author) == ("da-DK", "Aftale for frivillighed", "Eksempelby Kommune")
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [["Hvad", "Indhold"], ["Udgave", "2"]]
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert word.sections[0].footer.paragraphs[0].text == "Eksempelby Kommune · Solbakken, udgave 2"


def test_signs_that_no_file_of_word_may_hold_are_left_out():
    hostile = "A\x00B\x0b\ud800\ufffe\u202eC <w:b/> & 👩‍👩‍👧"
    word = opened(
        replace(DOCUMENT, blocks=(paragraph(hostile), heading(hostile), task(hostile, ((hostile, hostile),))))
    )

    assert "<w:b/> &" in word.paragraphs[-4].text
    assert all("\u202e" not in one.text for one in word.paragraphs)
