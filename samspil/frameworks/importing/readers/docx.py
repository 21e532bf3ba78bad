# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Word documents: paragraphs, lists, tables and text boxes in the order of the document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from samspil.frameworks.importing import errors, furniture
from samspil.frameworks.importing.characters import SOFT_HYPHEN, clean, one_line, split_marker
from samspil.frameworks.importing.joining import hyphenated_words, join_lines, rejoined
from samspil.frameworks.importing.readers.docx_archive import DOCUMENT, WordArchive
from samspil.frameworks.importing.readers.docx_styles import Numberings, Styles, is_on, level_of, value, w
from samspil.frameworks.importing.structure import Block
from samspil.frameworks.importing.tables import blocks_of_table

ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SKIPPED = {w("del"), w("moveFrom"), w("pPr"), w("rPr"), w("instrText"), w("delText")}
NOT_NOTES = {"separator", "continuationSeparator", "continuationNotice"}
SHORT = 80
HEX = re.compile(r"^[0-9A-Fa-f]{4}$")


def read(content: bytes) -> list[Block]:
    """Return the blocks of a Word document; running heads and feet as dropped, footnotes as loose, at the end."""
    archive = WordArchive(content)
    root = archive.part(DOCUMENT)
    body = None if root is None else root.find(w("body"))
    if body is None:
        raise errors.BrokenArchiveError
    reader = _Reader(archive, body)
    blocks = [
        *reader.furniture("word/header", "header"),
        *rejoined(reader.blocks_of(body), reader.hyphenated),
        *reader.notes(),
        *reader.furniture("word/footer", "footer"),
    ]
    pictures = any(True for _ in body.iter("{*}blip", "{*}imagedata"))
    if pictures and not any(block.text for block in blocks if not block.dropped_as):
        raise errors.ScannedError
    return furniture.mark_contents(blocks)


@dataclass
class _Line:
    """Text up to a line break, and whether all of it is bold."""

    text: str = ""
    bold: bool | None = None

    def add(self, text: str, *, bold: bool) -> None:
        self.text += text
        if text.strip():
            self.bold = bold and self.bold is not False


@dataclass
class _Content:
    lines: list[_Line] = field(default_factory=lambda: [_Line()])
    boxes: list[Any] = field(default_factory=list)


class _Reader:
    def __init__(self, archive: WordArchive, body: Any) -> None:
        self.archive = archive
        self.styles = Styles(archive.part("word/styles.xml"))
        self.numberings = Numberings(archive.part("word/numbering.xml"))
        self.hyphenated = hyphenated_words(clean("\n".join(body.itertext())))

    def blocks_of(self, parent: Any, *, contents: bool = False) -> list[Block]:
        """Return the blocks of everything below ``parent``; ``contents``: it is a table of contents."""
        blocks: list[Block] = []
        for child in parent:
            if child.tag == w("p"):
                blocks += self._paragraph(child, contents=contents)
            elif child.tag == w("tbl"):
                blocks += blocks_of_table([[self.blocks_of(cell) for cell in _cells(row)] for row in _rows(child)])
            elif child.tag == ALTERNATIVES:
                blocks += self.blocks_of(_chosen(child), contents=contents)
            elif isinstance(child.tag, str) and child.tag not in SKIPPED and child.tag != w("sectPr"):
                gallery = value(child, "sdtPr/docPartObj/docPartGallery") or ""
                blocks += self.blocks_of(child, contents=contents or gallery == "Table of Contents")
        return blocks

    def furniture(self, start: str, dropped_as: str) -> list[Block]:
        """Return the running heads or feet, each text once."""
        texts = [block.as_it_stood for root in self.archive.parts(start) for block in self.blocks_of(root)]
        return [
            Block(text, dropped_as="page_number" if furniture.PAGE_NUMBER.match(text) else dropped_as)
            for text in dict.fromkeys(texts)
        ]

    def notes(self) -> list[Block]:
        """Return footnotes and endnotes as loose blocks."""
        roots = [*self.archive.parts("word/footnotes"), *self.archive.parts("word/endnotes")]
        return [
            Block(block.as_it_stood, loose=True)
            for root in roots
            for note in root
            if note.get(w("type"), "") not in NOT_NOTES
            for block in self.blocks_of(note)
        ]

    def _paragraph(self, paragraph: Any, *, contents: bool) -> list[Block]:
        properties = paragraph.find(w("pPr"))
        style = self.styles[value(properties, "pStyle") or ""]
        content = _Content()
        self._collect(paragraph, content, bold=style.bold)
        level = style.level or level_of("", value(properties, "outlineLvl"))
        boxed = [block for box in content.boxes for block in self.blocks_of(box)]
        pieces = _pieces(content.lines, self.hyphenated)
        if contents or style.contents:
            return [Block(block.as_it_stood, dropped_as="toc") for block in pieces] + boxed
        if not pieces:
            return boxed
        first = pieces[0]
        if level:
            text = join_lines([block.as_it_stood for block in pieces], self.hyphenated)
            return [Block(split_marker(text)[1] or text, level=level), *boxed]
        listed, depth = self._list(properties, style.list_id, style.list_level)
        if listed and not first.marker:
            pieces[0] = Block(first.text, marker=self.numberings.next_marker(listed, depth), depth=depth)
        return pieces + boxed

    @staticmethod
    def _list(properties: Any, list_id: str, depth: int) -> tuple[str, int]:
        """Return the list a paragraph belongs to and how deep, by itself or by its style."""
        own = value(properties, "numPr/numId")
        level = value(properties, "numPr/ilvl")
        found = list_id if own is None else own
        return ("" if found == "0" else found), int(level) if level and level.isdecimal() else depth

    def _collect(self, parent: Any, content: _Content, *, bold: bool) -> None:
        """Gather the text below ``parent``, with line breaks; text boxes are kept for later."""
        for child in parent:
            tag = child.tag
            if tag in SKIPPED or not isinstance(tag, str):
                continue
            if tag == w("txbxContent"):
                content.boxes.append(child)
            elif tag == ALTERNATIVES:
                self._collect(_chosen(child), content, bold=bold)
            elif tag == w("r"):
                said = is_on(child.find(w("rPr")), "b")
                self._collect(child, content, bold=bold if said is None else said)
            elif tag in {w("br"), w("cr")}:
                content.lines.append(_Line())
            else:
                content.lines[-1].add(_text_of(child), bold=bold)
                self._collect(child, content, bold=bold)


def _text_of(element: Any) -> str:
    tag = element.tag
    if tag == w("t"):
        return clean(element.text or "").replace(SOFT_HYPHEN, "")
    if tag == w("tab"):
        return " "
    if tag == w("noBreakHyphen"):
        return "-"
    if tag == w("sym"):
        code = element.get(w("char"), "")
        return clean(chr(int(code, 16))) if HEX.match(code) else ""
    return ""


def _pieces(lines: Sequence[_Line], hyphenated: set[str]) -> list[Block]:
    """Split a paragraph at line breaks that begin a list item or end a bold heading; join the other lines."""
    groups: list[list[_Line]] = []
    for line in lines:
        if not line.text.strip():
            continue
        marker, rest = split_marker(one_line(line.text))
        after_heading = groups and groups[-1][-1].bold and not line.bold and len(groups[-1][-1].text) <= SHORT
        if not groups or (marker and rest) or after_heading:
            groups.append([])
        groups[-1].append(line)
    blocks = []
    for group in groups:
        marker, text = split_marker(join_lines([line.text for line in group], hyphenated))
        marker, text = (marker, text) if text else ("", marker)
        blocks.append(Block(text, marker=marker, bold=all(line.bold for line in group)))
    return blocks


def _rows(table: Any) -> Iterator[Any]:
    return (row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl"))) is table)


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row)


def _chosen(alternatives: Any) -> Any:
    """Return the first reading of a thing that Word wrote twice, for newer and for older programs."""
    return next(
        (child for child in alternatives if child.tag != FALLBACK), alternatives[0] if len(alternatives) else []
    )
