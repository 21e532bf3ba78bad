# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What Word's styles and numberings say about a paragraph: heading, list, bold, table of contents."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from samspil.frameworks.importing.readers.docx_archive import WORD

HEADING = re.compile(r"^(?:heading|overskrift)\s*(\d)$")
TITLES = {"title", "titel"}
CONTENTS = re.compile(r"^(?:toc|indholdsfortegnelse)\b")
MAX_STYLE_CHAIN = 20


def w(name: str) -> str:
    """Return a name of the Word namespace as lxml writes it."""
    return f"{{{WORD}}}{name}"


def value(parent: Any, path: str) -> str | None:
    """Return w:val of the element at the path below ``parent``, or None."""
    found = parent.find("/".join(w(step) for step in path.split("/"))) if parent is not None else None
    return None if found is None else found.get(w("val"), "")


def is_on(parent: Any, name: str) -> bool | None:
    """Return whether a switch such as w:b is on, or None where nothing is said."""
    said = value(parent, name)
    return None if said is None else said not in {"0", "false", "off"}


@dataclass(frozen=True)
class Style:
    """A paragraph style with all that it inherits. ``level`` is 0 for what is no heading."""

    level: int = 0
    contents: bool = False
    bold: bool = False
    list_id: str = ""
    list_level: int = 0


class Styles:
    """The styles of a document, looked up by id."""

    def __init__(self, root: Any | None) -> None:
        self._raw = {} if root is None else {style.get(w("styleId")): style for style in root.iter(w("style"))}
        self._known: dict[str, Style] = {}

    def __getitem__(self, style_id: str) -> Style:
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id)
        return self._known[style_id]

    def _resolve(self, style_id: str) -> Style:
        level, contents, list_level = 0, False, 0
        bold: bool | None = None
        list_id = ""
        current: str | None = style_id
        for _ in range(MAX_STYLE_CHAIN):
            raw = self._raw.get(current)
            if raw is None:
                break
            name = (value(raw, "name") or "").casefold()
            outline = value(raw, "pPr/outlineLvl")
            contents = contents or bool(CONTENTS.match(name))
            level = level or level_of(name, outline)
            bold = is_on(raw.find(w("rPr")), "b") if bold is None else bold
            if not list_id:
                list_id = value(raw, "pPr/numPr/numId") or ""
                list_level = _number(value(raw, "pPr/numPr/ilvl"))
            current = value(raw, "basedOn")
        return Style(level, contents, bool(bold), list_id, list_level)


def level_of(style_name: str, outline: str | None) -> int:
    """Return 1 for a title, 2 for the highest heading and so on, 0 for no heading."""
    heading = HEADING.match(style_name)
    if heading:
        return int(heading[1]) + 1
    if style_name in TITLES:
        return 1
    return int(outline) + 2 if outline and outline.isdecimal() and int(outline) < 9 else 0  # noqa: PLR2004 - 9: body


class Numberings:
    """Bullets and running numbers, which Word computes and does not write into the text."""

    def __init__(self, root: Any | None) -> None:
        self._formats: dict[tuple[str, int], str] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        if root is None:
            return
        abstract = {raw.get(w("abstractNumId")): raw for raw in root.iter(w("abstractNum"))}
        for number in root.iter(w("num")):
            raw = abstract.get(value(number, "abstractNumId"))
            for level in [] if raw is None else raw.iter(w("lvl")):
                key = (number.get(w("numId"), ""), _number(level.get(w("ilvl"))))
                self._formats[key] = value(level, "numFmt") or "bullet"

    def next_marker(self, list_id: str, level: int) -> str:
        """Return the bullet or the next number of a list at a level."""
        kind = self._formats.get((list_id, level), "bullet")
        if kind in {"bullet", "none"}:
            return "•"
        self._counts[list_id, level] += 1
        for key in [key for key in self._counts if key[0] == list_id and key[1] > level]:
            del self._counts[key]
        count = self._counts[list_id, level]
        if kind in {"lowerLetter", "upperLetter"} and count <= 26:  # noqa: PLR2004 - the letters Word counts with
            letter = chr(ord("a") + count - 1)
            return f"{letter if kind == 'lowerLetter' else letter.upper()})"
        return f"{count}."


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
