# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which signs can stand on paper: what the PDF standards forbid, and what our font can draw."""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

_FONT = Path(__file__).parent / "fonts" / "IBMPlexSans-Regular.ttf"
_FORBIDDEN = {"Cc", "Cs", "Co", "Cn"}
# Overrides of direction make a text read as something else than what it says; U+FEFF the standards forbid.
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_LONGEST_WORD = 40
_UNBROKEN = re.compile(rf"[^\s\u200b]{{{_LONGEST_WORD}}}(?=[^\s\u200b])")
_REPLACEMENT = "□"


def printable(text: str) -> str:
    """Return ``text`` without the signs that no PDF may hold: NUL and its like, lone surrogates, private use."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    kept = (
        sign
        for sign in text.replace("\t", " ")
        if sign == "\n" or (sign not in _DIRECTION and unicodedata.category(sign) not in _FORBIDDEN)
    )
    return unicodedata.normalize("NFC", "".join(kept))


def breakable(text: str) -> str:
    """Return ``text`` with a place to break inside words too long for a line."""
    return _UNBROKEN.sub("\\g<0>\u200b", text)


def only_known(text: str) -> str:
    """Return ``text`` with □ for each sign that our font cannot draw."""
    known = _drawn_by_our_font()
    return "".join(
        sign if sign == "\n" or ord(sign) in known or sign == "\u200b" else _REPLACEMENT
        for sign in text
        if not unicodedata.category(sign).startswith("C") or sign in "\n\u00ad\u200b"
    )


@cache
def _drawn_by_our_font() -> frozenset[int]:
    """Return the code points in the font's character map (its format 4 table, which holds all below U+10000)."""
    font = _FONT.read_bytes()
    tables = (struct.unpack_from(">4s4xII", font, 12 + 16 * n) for n in range(struct.unpack_from(">H", font, 4)[0]))
    start = next(offset for tag, offset, _ in tables if tag == b"cmap")
    records = (struct.unpack_from(">4xI", font, start + 4 + 8 * n)[0] for n in range(_number(font, start + 2)))
    table = next(start + offset for offset in records if _number(font, start + offset) == 4)  # noqa: PLR2004
    segments = _number(font, table + 6) // 2
    ends = struct.unpack_from(f">{segments}H", font, table + 14)
    starts = struct.unpack_from(f">{segments}H", font, table + 16 + 2 * segments)
    return frozenset(
        code
        for first, last in zip(starts, ends, strict=True)
        for code in range(first, last + 1)
        if code != 0xFFFF  # noqa: PLR2004
    )


def _number(font: bytes, offset: int) -> int:
    value: int = struct.unpack_from(">H", font, offset)[0]
    return value
