# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Letters as every file format should have written them, and the bullets that stand before them."""

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "ft", 0xFB06: "st"}
UNSEEN = dict.fromkeys([0x200B, 0x2060, 0xFEFF])

_BULLETS = r"[•●○◦∙⚫⚬·▪▫■□◼◻▶▸►▷➢➤➔→⇒⇨✓✔✗✘☐☑☒❖◆◇♦★☆*+»›>‣⁃\-–—―”“\uE000-\uF8FF]|\(cid:\d+\)|[üØà§](?=\s+[A-ZÆØÅ])|o(?=\s+[A-ZÆØÅ])"
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_ORDERED = rf"\(?(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|[a-zA-Z]|[ivx]{{2,4}}|[IVX]{{2,4}})[.)](?!\s*(?:{_MONTHS})\b)|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}"
_MARKER = re.compile(rf"^(?P<marker>{_BULLETS}|{_ORDERED})(?:\s+(?P<text>\S.*))?$", re.DOTALL)
_GLUED = re.compile(r"^(?P<marker>[•●▪■\uE000-\uF8FF])(?P<text>\S.*)$", re.DOTALL)
_NAMED = re.compile(r"^(?:princip|grundregel|guideline|råd|værdi|pejlemærke)\s+\d{1,2}\s*[:.–-]\s*\S", re.IGNORECASE)


def clean(text: str) -> str:
    """Return the text composed, without control characters, zero-width marks and lone surrogates."""
    text = unicodedata.normalize("NFC", text).translate(LIGATURES).translate(UNSEEN)
    return "".join(
        character if character in "\n\t\f" or unicodedata.category(character) not in {"Cc", "Cs"} else " "
        for character in text
    )


def one_line(text: str) -> str:
    """Return the text with every stretch of white space as one space."""
    return " ".join(text.split())


def split_marker(text: str) -> tuple[str, str]:
    """Return the bullet or number a line begins with, or nothing, and the rest of the line."""
    found = _MARKER.match(text) or _GLUED.match(text)
    if not found:
        return "", text
    return found["marker"], (found["text"] or "").strip()


def is_number(marker: str) -> bool:
    """Tell a number or letter ("2.", "b)") from a bullet."""
    return bool(re.fullmatch(_ORDERED, marker))


def numbered_by_name(text: str) -> bool:
    """Tell a line that names its own number ("Princip 2: ..."), which is a list item though no bullet stands there."""
    return bool(_NAMED.match(text))


def words_in(text: str) -> list[str]:
    """Return the words, which are stretches without white space that hold a letter or a digit."""
    return [word for word in text.split() if any(character.isalnum() for character in word)]
