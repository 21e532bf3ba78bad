# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whatever a document holds, it is read without an accident and without losing a word."""

import contextlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samspil.frameworks.importing import DocumentError, import_document
from tests.frameworks.importing_words import letters_of, lost_paragraphs

pytestmark = pytest.mark.requirement("R2.nothing_lost")

SAID = st.sampled_from(
    [
        "frivillige",
        "ansatte",
        "ledere",
        "MED-udvalg",
        "medarbejdere",
        "principper",
        "guidelines",
        "værdier",
        "tillid",
        "dialog",
        "ikke",
        "ramme",
        "aftale",
        "respekt",
        "supplement",
        "og",
        "eller",
        "vil",
        "Vi",
        "Det",
        "Frivillig",
        "MED",
        "TRIO",
        "er:",
        "gør.",
        "hvad?",
        "Husk!",
        "§",
        "”klar”",
        "(se)",
        "den/de",
        "8",
        "2025",
    ]
)
ANY_WORD = st.text(
    st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x17F, exclude_characters="ŉſßİ"),
    min_size=3,
    max_size=14,
)
WORD = SAID | ANY_WORD
BULLET = st.sampled_from(
    ["", "", "• ", "- ", "– ", "* ", "1. ", "2) ", "a) ", "▪ ", "\uf0b7 ", "” ", "  - ", "# ", "## ", "> "]
)
BREAK = st.sampled_from(["\n", "\n\n", " \n \n", "\r\n", "\n\n\n", "\f"])


@st.composite
def paragraph(draw) -> str:
    """A paragraph as any program might have broken it: words, hyphens within them, lines."""
    words = draw(st.lists(WORD, min_size=1, max_size=25))
    text = ""
    for word in words:
        if len(word) > 4 and word.isalpha() and draw(st.integers(0, 5)) == 0:
            at = draw(st.integers(2, len(word) - 2))
            word = word[:at] + draw(st.sampled_from(["-\n", "\u00ad\n", "-\n\n", "\u00ad"])) + word[at:]  # noqa: PLW2901
        text += word + draw(st.sampled_from([" ", " ", " ", " ", "\n", " - ", ", "]))
    capitals = draw(st.integers(0, 6)) == 0
    whole: str = draw(BULLET) + (text.upper() if capitals else text)
    return whole


@st.composite
def document(draw) -> str:
    return "".join(text + draw(BREAK) for text in draw(st.lists(paragraph(), min_size=1, max_size=12)))


@given(document())
def test_no_word_of_a_text_is_lost(text):
    assume(any(character.isalpha() for character in text))
    imported = import_document(text.encode(), "ramme.txt")

    assert lost_paragraphs(imported) == []
    kept, source = letters_of(" ".join(p.text for p in imported.paragraphs)), letters_of(text)
    assert sorted(kept) == sorted(source)
    assert kept == source or any(p.dropped_as for p in imported.paragraphs)


@given(document())
def test_no_word_of_a_markdown_text_is_lost(text):
    assume(any(character.isalpha() for character in text))
    imported = import_document(text.encode(), "ramme.md")

    assert lost_paragraphs(imported) == []
    kept = letters_of("".join(p.text for p in imported.paragraphs))
    assert [letter for letter in kept if letter.isalpha()] == [
        letter for letter in letters_of(text) if letter.isalpha()
    ]


@given(st.binary(max_size=2_000), st.sampled_from(["a.txt", "a.md", "a.docx", "a"]))
def test_any_bytes_are_read_or_refused(content, name):
    with contextlib.suppress(DocumentError):
        assert lost_paragraphs(import_document(content, name)) == []


@given(st.text(max_size=2_000), st.sampled_from(["a.txt", "a.md"]))
def test_any_text_is_read_or_refused(text, name):
    with contextlib.suppress(DocumentError):
        imported = import_document(text.encode("utf-8", "replace"), name)
        assert all("\0" not in p.text for p in imported.paragraphs)
        assert all(e.text and len(e.title) <= 300 for e in imported.elements)
