# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The PDF: both standards in one file, the same bytes every time, and people's words as nothing but words."""

import io
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf
import pypdf
import pytest

from samspil.foundation.pdf import (
    Block,
    Document,
    bullets,
    facts,
    heading,
    numbered,
    paragraph,
    quote,
    render_pdf,
    small,
    task,
)

AGREEMENT = Document(
    title="Aftale for frivillighed",
    subtitle="Plejecenter Solbakken",
    municipality="Eksempelby Kommune",
    date=date(2026, 5, 4),
    facts=(("Udgave", "2. udgave"), ("I kraft fra", "4. maj 2026"), ("Drøftet den", "21. april 2026")),
    footer="Aftalen ændrer ikke løn og ansættelsesvilkår.",
    control_code="0123456789abcdef" * 4,
    blocks=(
        heading("Hvad giver det borgeren?"),
        paragraph("Selskab, sang og ture.\n\nOgså på travle dage."),
        heading("Hvad hjælper frivillige med?"),
        task("Højtlæsning", (("Det giver", "Ro og latter"), ("Ikke en del af opgaven", "Pleje")), label="skal drøftes"),
        heading("Fælles principper", level=2),
        quote(items=("Frivillige kommer oven i.", "Ansvaret bliver hos de ansatte."), label="Gælder alle"),
        heading("Tidslinje"),
        facts((("4. maj 2026", "I kraft"), ("21. april 2026", "Drøftet"))),
        bullets("Et", "To"),
        numbered("Først", "Så"),
        small("Lavet i Samspil."),
    ),
)


def words(content: bytes) -> str:
    """Return the text of all pages with every run of white space as one space."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def with_blocks(*blocks: Block) -> Document:
    return replace(AGREEMENT, facts=(), blocks=blocks)


def standards(content: bytes) -> dict[str, str | None]:
    with pikepdf.open(io.BytesIO(content)) as file, file.open_metadata() as metadata:
        return {name: metadata.get(name) for name in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")}


@pytest.mark.requirement("R6")
def test_is_both_pdf_ua_1_and_pdf_a_2a() -> None:
    assert standards(render_pdf(AGREEMENT)) == {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}


def test_says_its_language_and_title_and_is_tagged() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(AGREEMENT))) as file:
        assert (
            str(file.Root.Lang),
            bool(file.Root.MarkInfo.Marked),
            bool(file.Root.ViewerPreferences.DisplayDocTitle),
        ) == (
            "da",
            True,
            True,
        )
        assert str(file.docinfo.Title) == "Aftale for frivillighed"


def test_is_dated_by_the_document_and_not_by_the_clock() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(AGREEMENT))) as file:
        assert str(file.docinfo.CreationDate)[:10] == "D:20260504"


def test_same_document_gives_same_bytes() -> None:
    assert render_pdf(AGREEMENT) == render_pdf(AGREEMENT)


def test_another_word_gives_other_bytes() -> None:
    assert render_pdf(AGREEMENT) != render_pdf(replace(AGREEMENT, subtitle="Plejecenter Solbakke"))


def test_all_that_is_in_the_document_is_on_paper() -> None:
    text = words(render_pdf(AGREEMENT))
    expected = [AGREEMENT.title, AGREEMENT.subtitle, AGREEMENT.municipality, AGREEMENT.footer, AGREEMENT.control_code]
    expected += [part for pair in AGREEMENT.facts for part in pair]
    for block in AGREEMENT.blocks:
        expected += [
            *block.text.split("\n\n"),
            *block.items,
            block.label,
            *(part for pair in block.pairs for part in pair),
        ]
    assert [part for part in expected if part not in text] == []


def test_every_page_is_numbered() -> None:
    content = render_pdf(with_blocks(*(paragraph("Ord. " * 400) for _ in range(4))))
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert len(pages) > 1
    assert [n for n, page in enumerate(pages, 1) if f"{n} af {len(pages)}" not in page.replace("of", "af")] == []


def test_the_reading_copy_has_larger_letters() -> None:
    sizes: list[float] = []
    for document in (AGREEMENT, replace(AGREEMENT, large_print=True)):
        page = pypdf.PdfReader(io.BytesIO(render_pdf(document))).pages[0]

        def note(text: str, *place: Any) -> None:
            if text.startswith("Selskab"):
                sizes.append(round(place[-1], 1))

        page.extract_text(visitor_text=note)
    assert sizes == [10.5, 14.0]


MARKUP = (
    '#import "/etc/passwd": *',
    '#read("document.typ") og #sys.inputs',
    "$x^2$ koster 5 $ *fed* _kursiv_ `kode`",
    "@henvisning <mærke> https://eksempel.dk // og /* noget */",
    "\\ \\u{41} \\n ~ -- --- ... \" ' [tekst] {kode}",
    "= Ikke en overskrift",
    "<script>alert(1)</script> &amp; %s {page} {pages}",
)


@pytest.mark.parametrize("text", MARKUP)
def test_what_people_wrote_is_never_markup(text: str) -> None:
    content = render_pdf(
        replace(
            AGREEMENT,
            title=text,
            subtitle=text,
            facts=((text, text),),
            blocks=(
                heading(text),
                paragraph(text),
                bullets(text),
                task(text, ((text, text),), text),
                quote(text, label=text),
            ),
        )
    )
    # Twice in the header's place at most; each of the eleven places shows the very words.
    assert words(content).count(" ".join(text.split())) >= 10


def test_hidden_signs_and_nul_are_left_out() -> None:
    content = render_pdf(
        with_blocks(paragraph("Kaffe\x00 og\u202e kage\u2066\ufeff\ud800\x07\x85\ue000 for\ufffe alle"))
    )
    assert "Kaffe og kage for alle" in words(content)


def test_right_to_left_writing_stays() -> None:
    content = render_pdf(with_blocks(paragraph("Navn: سلام\u200f og שלום.")))
    assert standards(content)["pdfaid:part"] == "2"


def test_signs_without_a_letter_are_shown_as_a_box_and_said() -> None:
    content = render_pdf(with_blocks(paragraph("Tak \U0001f600 for æ, ø og å 中.")))
    text = words(content)
    assert "Tak □ for æ, ø og å □." in text
    assert text.count("□") == 3
    assert standards(content)["pdfuaid:part"] == "1"


def test_skipped_heading_levels_are_closed_up() -> None:
    content = render_pdf(with_blocks(heading("Dyb", level=3), heading("Dybere", level=9), heading("Øverst", level=-1)))
    with pikepdf.open(io.BytesIO(content)) as file:
        tags = [
            str(item.S)
            for item in file.objects
            if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item
        ]
    assert sorted(tag for tag in tags if tag.startswith("/H")) == ["/H1", "/H2", "/H2", "/H3"]


def test_empty_pieces_are_left_out() -> None:
    empty = (heading(" "), paragraph("\n"), bullets("", "\x00"), facts((("Udgave", ""),)), quote(""), task("", ()))
    bare = with_blocks(paragraph("Kun dette."))
    assert render_pdf(replace(bare, blocks=(*empty, *bare.blocks))) == render_pdf(bare)


def test_a_word_longer_than_the_line_is_broken_and_not_lost() -> None:
    assert "x" * 400 in words(render_pdf(with_blocks(paragraph("x" * 400)))).replace(" ", "")


@pytest.mark.parametrize("title", ["", "  ", "\x00\u202e"])
def test_a_document_has_a_title(title: str) -> None:
    with pytest.raises(ValueError, match="title"):
        replace(AGREEMENT, title=title)


def test_a_hundred_documents_leave_no_memory_behind() -> None:
    render_pdf(AGREEMENT)
    tracemalloc.start()
    try:
        sizes = [len(render_pdf(replace(AGREEMENT, subtitle=f"Arbejdsplads {n}"))) for n in range(100)]
        left = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert (len(sizes), left < 2_000_000, max(sizes) < 100_000) == (100, True, True)


def test_several_threads_at_once_get_the_same_bytes() -> None:
    alone = render_pdf(AGREEMENT)
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(render_pdf, [AGREEMENT] * 12)) == {alone}
