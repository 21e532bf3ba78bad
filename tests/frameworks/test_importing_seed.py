# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A municipality's real document, read where it is at hand. Nothing of its text stands here."""

import io
import re
from collections import Counter
from functools import cache
from pathlib import Path

import docx
import pypdf
import pytest

from samspil.frameworks.importing import Audience, ImportedFramework, Kind, import_document
from tests.frameworks.importing_words import letters_of, lost_paragraphs, words_of

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
NAMES = ("vaerdiramme.txt", "vaerdiramme.docx", "vaerdiramme.pdf")

pytestmark = [
    pytest.mark.skipif(not SEED.is_dir(), reason="the seed document is not beside this repository (../shared/seed)"),
    pytest.mark.requirement("R2.structure"),
]


@cache
def imported(name: str) -> ImportedFramework:
    return import_document((SEED / name).read_bytes(), name)


def texts(name: str, kind: Kind, audience: Audience = Audience.NONE) -> list[str]:
    return [e.text for e in imported(name).elements if e.kind is kind and e.audience is audience]


@pytest.mark.parametrize("name", NAMES)
def test_counts(name):
    found = Counter((e.kind, e.audience) for e in imported(name).elements)

    assert {key: count for key, count in found.items() if key[0] is not Kind.PASSAGE} == {
        (Kind.PRINCIPLE, Audience.NONE): 4,
        (Kind.GUIDELINE, Audience.LEADER): 6,
        (Kind.GUIDELINE, Audience.COMMITTEE): 3,
        (Kind.GUIDELINE, Audience.EMPLOYEE): 5,
        (Kind.VALUE, Audience.NONE): 3,
        (Kind.DEFINITION, Audience.NONE): 1,
        (Kind.COMMITMENT, Audience.NONE): 5,
    }
    assert imported(name).unplaced == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_purpose_is_found_once_and_only_the_principle_on_volunteers_asks_in_every_dialogue(name):
    purposes = {e.purpose: e.kind for e in imported(name).elements if e.purpose}
    asking = [e.purpose for e in imported(name).elements if e.standing_question]

    assert purposes == {
        "supplement": Kind.PRINCIPLE,
        "only_volunteers": Kind.PRINCIPLE,
        "without_agreed_frame": Kind.PASSAGE,
        "volunteer_definition": Kind.DEFINITION,
    }
    assert asking == ["only_volunteers"]
    assert all(e.evaluation_question for e in imported(name).elements if e.kind in {Kind.PRINCIPLE, Kind.VALUE})


@pytest.mark.parametrize("name", NAMES[1:])
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PASSAGE])
def test_the_three_files_give_the_same_elements(name, kind):
    for audience in Audience:
        assert texts(name, kind, audience) == texts(NAMES[0], kind, audience)


def test_word_and_pdf_give_the_same_passages_and_the_text_file_the_same_words():
    assert imported("vaerdiramme.docx").as_json() == imported("vaerdiramme.pdf").as_json()
    passages = {name: " ".join(texts(name, Kind.PASSAGE)).split() for name in NAMES}
    assert passages["vaerdiramme.txt"] == passages["vaerdiramme.docx"]


@pytest.mark.requirement("R2.nothing_lost")
@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_is_read_in_full_where_it_went(name):
    assert lost_paragraphs(imported(name)) == []


@pytest.mark.requirement("R2.nothing_lost")
@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_file_is_lost(name):
    content = (SEED / name).read_bytes()
    source = {".txt": _text_file, ".docx": _word_file, ".pdf": _pdf_file}[Path(name).suffix](content)
    kept = [p.text for p in imported(name).paragraphs if not p.dropped_as]

    assert words_of("\n".join(kept)) == words_of(source)
    assert letters_of(" ".join(kept)) == letters_of(source)


@pytest.mark.parametrize(("name", "pages"), [("vaerdiramme.txt", 0), ("vaerdiramme.docx", 0), ("vaerdiramme.pdf", 5)])
def test_only_page_numbers_are_dropped(name, pages):
    assert [p.dropped_as for p in imported(name).paragraphs if p.dropped_as] == ["page_number"] * pages


def _text_file(content: bytes) -> str:
    return content.decode()


def _word_file(content: bytes) -> str:
    return "\n".join(
        ("• " if (paragraph.style and "List" in str(paragraph.style.name)) else "") + paragraph.text
        for paragraph in docx.Document(io.BytesIO(content)).paragraphs
    )


def _pdf_file(content: bytes) -> str:
    """Read with another library than the importer does, and leave out the page numbers."""
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return re.sub(r"(?m)^Side \d+$", "", text)


def _lines_as_paragraphs(text: str) -> bytes:
    """Give a Word document as programs make it out of a PDF: each line a paragraph."""
    document, result = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(result)
    return result.getvalue()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("a.txt", lambda text: text.replace("\n", "\r\n").encode("utf-16")),
        ("a.txt", lambda text: "\n".join(line for line in text.split("\n") if line.strip()).encode()),
        ("a.txt", lambda text: text.encode("cp1252", "replace").replace(b"\n?", b"\n\x95")),
        ("a.md", str.encode),
        ("a.docx", _lines_as_paragraphs),
    ],
)
def test_another_program_s_copy_of_the_text_gives_the_same_principles_and_guidelines(name, change):
    copied = import_document(change((SEED / NAMES[0]).read_text()), name).as_json()

    original = imported(NAMES[0]).as_json()
    for kind in ("principles", "guidelines", "values"):
        assert copied[kind] == original[kind]
