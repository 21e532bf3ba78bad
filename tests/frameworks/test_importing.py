# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Eight documents of invented municipalities, each with what should be understood of it; and what is not said there."""

import json
from pathlib import Path

import pytest

from samspil.frameworks.importing import Audience, Kind, describe, import_document
from samspil.frameworks.importing.joining import join_lines
from samspil.frameworks.importing.vocabulary import audience_in, meaning_of
from tests.frameworks.importing_words import lost_paragraphs

DOCUMENTS = Path(__file__).parent / "documents"
NAMES = [
    "bold-lines.docx",
    "capitals.txt",
    "markdown.md",
    "no-guidelines.docx",
    "numbered-lists.docx",
    "other-words.txt",
    "table-layout.docx",
    "two-columns.pdf",
]

pytestmark = pytest.mark.requirement("R2.structure")


def read(text: str, name: str = "ramme.txt"):
    return import_document(text.encode(), name)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_understood_as_expected(name):
    path = DOCUMENTS / name

    imported = import_document(path.read_bytes(), name)

    expected = json.loads(path.with_suffix(".json").read_text())
    assert {"title": imported.title, **imported.as_json()} == expected
    assert lost_paragraphs(imported) == []


@pytest.mark.parametrize(
    ("name", "dropped"),
    [
        ("capitals.txt", ["page_number", "page_number"]),
        ("two-columns.pdf", ["header", "page_number", "header", "page_number"]),
        ("table-layout.docx", ["header", "toc", "toc", "toc", "page_number"]),
    ],
)
def test_what_stands_for_the_page_s_sake_is_dropped_and_shown(name, dropped):
    imported = import_document((DOCUMENTS / name).read_bytes(), name)

    assert [p.dropped_as for p in imported.paragraphs if p.dropped_as] == dropped
    assert [p.number for p in imported.paragraphs] == list(range(1, len(imported.paragraphs) + 1))


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["samar-", "bejde"], "samarbejde"),
        (["samar\u00ad", "bejde"], "samarbejde"),
        (["sam\u00adarbejde"], "samarbejde"),
        (["MED-", "møder"], "MED-møder"),
        (["MED\u00ad", "udvalget"], "MED-udvalget"),
        (["frivillig-", "og foreningsliv"], "frivillig- og foreningsliv"),
        (["uddannelses-", "eller arbejdsområde"], "uddannelses- eller arbejdsområde"),
        (["Nord-", "Jylland"], "Nord-Jylland"),
        (["ikke-", "kommunal"], "ikke-kommunal"),
        (["covid-", "19"], "covid-19"),
        (["SAMAR-", "BEJDE"], "SAMARBEJDE"),
        (["tillid -", "og dialog"], "tillid - og dialog"),
        (["først", "  så  ", "sidst"], "først så sidst"),
    ],
)
def test_lines_are_joined(lines, joined):
    assert join_lines(lines) == joined


def test_a_word_that_the_document_writes_with_a_hyphen_keeps_it_at_the_line_end():
    assert join_lines(["løbe-", "gruppen"], {"løbe-gruppen"}) == "løbe-gruppen"


@pytest.mark.parametrize(
    ("heading", "audience"),
    [
        ("Guidelines for ledere:", Audience.LEADER),
        ("Til ledelsen", Audience.LEADER),
        ("GODE RÅD TIL LEDERE MED FRIVILLIGE", Audience.LEADER),
        ("Gode råd til ledere om samarbejdet med medarbejdere", Audience.LEADER),
        ("Huskeliste for MED-udvalg", Audience.COMMITTEE),
        ("Anbefalinger til TRIO", Audience.COMMITTEE),
        ("Inspiration til arbejdsmiljøgrupper", Audience.COMMITTEE),
        ("HUSKELISTE FOR MED", Audience.COMMITTEE),
        ("Råd til personalet", Audience.EMPLOYEE),
        ("Som ansat", Audience.EMPLOYEE),
        ("For jer medarbejdere i samarbejdet med frivillige", Audience.EMPLOYEE),
        ("Guidelines for frivillige", Audience.OTHER),
        ("Gode råd til ledere og medarbejdere", Audience.OTHER),
        ("Baggrund", Audience.NONE),
    ],
)
def test_whom_a_heading_speaks_to(heading, audience):
    assert audience_in(heading) is audience


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Grundregler", Kind.PRINCIPLE),
        ("Fælles grundlag for samarbejdet", Kind.PRINCIPLE),
        ("PEJLEMÆRKER FOR SAMARBEJDET", Kind.PRINCIPLE),
        ("3. Vores spilleregler", Kind.PRINCIPLE),
        ("Husk!", Kind.GUIDELINE),
        ("Anbefalinger", Kind.GUIDELINE),
        ("Er du leder?", Kind.GUIDELINE),
        ("Vores værdier", Kind.VALUE),
        ("Værdigrundlag", Kind.VALUE),
        ("Vi vil", Kind.COMMITMENT),
        ("Det står vi for", Kind.COMMITMENT),
        ("Hvem er frivillig?", Kind.DEFINITION),
        ("Værdiramme", None),
        ("Baggrund for principperne", None),
        ("Ledelse", None),
    ],
)
def test_what_a_heading_means(heading, kind):
    meaning = meaning_of(heading)

    assert (meaning.kind if meaning else None) is kind


@pytest.mark.parametrize(
    "bullet", ["•", "▪", "-", "–", "*", "”", "\uf0b7", "\uf0a2", "○", "→", "1.", "1)", "a)", "(a)", "✓", "o"]
)
def test_every_bullet_begins_an_item(bullet):
    imported = read(
        f"Indledning\n\nVi har en ramme.\n\nPrincipper\n\n{bullet} Vi hjælper\nhinanden.\n{bullet} Vi siger tak.\n"
    )

    assert imported.as_json()["principles"] == ["Vi hjælper hinanden.", "Vi siger tak."]


def test_a_date_a_paragraph_sign_and_a_quotation_are_no_bullets():
    text = "Baggrund\n\nRammen gælder fra\n1. januar og bygger på\n§ 8 i aftalen. Den er\n”vores egen” ramme.\n"

    assert read(text).as_json()["passages"] == [
        "Baggrund\nRammen gælder fra 1. januar og bygger på § 8 i aftalen. Den er ”vores egen” ramme."
    ]


def test_unmarked_short_lines_below_a_heading_are_items():
    text = "Om rammen\n\nRammen er lavet i år.\n\nGode råd til lederen\n\nHusk at sige tak\n\nTal med medarbejderne\n\nBegynd småt\n"

    assert read(text).as_json()["guidelines"]["leader"] == ["Husk at sige tak", "Tal med medarbejderne", "Begynd småt"]


def test_a_list_without_a_heading_has_no_place():
    imported = read("- Noget løst\n- Noget andet\n\nFælles principper\n\n- Vi siger tak.\n")

    assert imported.as_json()["unplaced"] == ["- Noget løst", "- Noget andet"]
    assert imported.unplaced == (1, 2)


def test_footnotes_and_stray_signs_have_no_place():
    assert read("Baggrund\n\nNoget tekst her.\n\n* * *\n\n12\n").as_json()["unplaced"] == ["* * *", "12"]


def test_windows_text_and_marks_of_order_are_read():
    text = "Principper\n\n- Vi tør spørge.\n"

    assert import_document(text.encode("cp1252"), "a.txt").as_json()["principles"] == ["Vi tør spørge."]
    assert import_document(text.encode("utf-16"), "a.txt").as_json()["principles"] == ["Vi tør spørge."]
    assert import_document(text.encode("utf-8-sig"), "A.TXT").as_json()["principles"] == ["Vi tør spørge."]


def test_html_stays_text():
    imported = read("# Principper\n\n- <script>alert(1)</script> er tekst.\n", "ramme.md")

    assert imported.as_json()["principles"] == ["<script>alert(1)</script> er tekst."]


def test_the_description_counts_and_shows_everything():
    text = describe(import_document((DOCUMENTS / "other-words.txt").read_bytes(), "other-words.txt"))

    assert text.count("\n  - ") == 21
    assert "Frivilligpolitik for Lyngsø Kommune" in text
