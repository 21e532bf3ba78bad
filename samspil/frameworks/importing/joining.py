# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Lines that a page broke are joined again: hyphens first, then paragraphs."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from samspil.frameworks.importing.characters import SOFT_HYPHEN, numbered_by_name, one_line, split_marker
from samspil.frameworks.importing.structure import Block

FEWEST_BROKEN = 4
BROKEN_SHARE = 0.25
HYPHENS = "-\u2010\u2011"
ENDS_SENTENCE = (".", "!", "?", ":", ";", "…")
_MARKS = '.,;:!?()"”’»…'
_QUOTES = "\"'”’»)“"
_AFTER_SUSPENDED = {"og", "eller", "samt", "og/eller", "såvel", "/"}
_KEEPS_ITS_HYPHEN = {"ikke", "e", "x", "t"}
_INLINE_HYPHENATED = re.compile(r"(?<![^\W_])[^\W_]+(?:[-\u2010\u2011][^\W_]+)+")


def hyphenated_words(text: str) -> set[str]:
    """Return every word that the document itself writes with a hyphen inside a line, folded."""
    return {word.casefold() for word in _INLINE_HYPHENATED.findall(text)}


def join_lines(lines: Iterable[str], hyphenated: Collection[str] = ()) -> str:
    """Join the lines of one paragraph. ``hyphenated`` are words known to keep their hyphen."""
    pieces: list[str] = []
    for line in lines:
        piece = one_line(line)
        if piece and pieces:
            pieces[-1] = _joined_end(pieces[-1], piece, hyphenated)
        if piece:
            pieces.append(piece)
    return one_line("".join(pieces).replace(SOFT_HYPHEN, ""))


def ends_in_hyphen(text: str) -> bool:
    """Tell whether the last word of a line goes on in the next line."""
    text = text.rstrip()
    return len(text) > 1 and text[-1] in HYPHENS + SOFT_HYPHEN and text[-2].isalnum()


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends where a sentence does."""
    return text.rstrip().rstrip(_QUOTES).endswith(ENDS_SENTENCE)


def _joined_end(before: str, after: str, hyphenated: Collection[str]) -> str:
    """Return the line before as it ends when ``after`` follows: with a space, with its hyphen, or without."""
    if not ends_in_hyphen(before):
        return f"{before} "
    stem = before[:-1]
    start, end = re.split(r"[\s/(]", stem)[-1], after.split(maxsplit=1)[0]
    if end.casefold().strip(",.") in _AFTER_SUSPENDED:
        return f"{stem}- "
    return f"{stem}-" if _keeps_hyphen(start, end, hyphenated) else stem


def _keeps_hyphen(start: str, end: str, hyphenated: Collection[str]) -> bool:
    """Tell "MED-møde" from "medarbej-dere" where the line broke at the hyphen."""
    last = re.split(rf"[{HYPHENS}]", start)[-1]
    if not end[0].isalpha():
        return True
    if f"{start}-{end.strip(_MARKS)}".casefold() in hyphenated:
        return True
    if last.isupper():
        capitals = end.isupper() and len(last) > 4  # noqa: PLR2004 - no abbreviation of the field is longer (TRIO)
        return not capitals
    return end[0].isupper() or last.casefold() in _KEEPS_ITS_HYPHEN or any(c.isdigit() for c in last)


@dataclass
class _Line:
    number: int
    text: str
    marker: str
    indent: int
    gap: int


@dataclass
class _Paragraph:
    first: _Line
    lines: list[_Line] = field(default_factory=list)
    gap: int | None = None

    @property
    def last(self) -> str:
        return self.lines[-1].text

    def add(self, line: _Line) -> None:
        self.lines.append(line)
        if len(self.lines) > 1:
            self.gap = line.gap if self.gap in (None, line.gap) else -1


def paragraphs_of(lines: Sequence[tuple[int, str]], hyphenated: Collection[str]) -> list[tuple[int, Block]]:
    """Return the paragraphs and list items of numbered lines, each with its first line's number. Blank lines count."""
    measured = _measure(lines)
    if not measured:
        return []
    shape = _Shape(measured)
    paragraphs: list[_Paragraph] = []
    for line, following in zip_longest(measured, measured[1:]):
        if not paragraphs or shape.starts_paragraph(paragraphs[-1], line, following):
            paragraphs.append(_Paragraph(line))
        paragraphs[-1].add(line)
    return _with_depth(paragraphs, hyphenated)


def _measure(lines: Sequence[tuple[int, str]]) -> list[_Line]:
    measured: list[_Line] = []
    gap, waiting = 0, ""
    for number, raw in lines:
        text = raw.expandtabs(4).rstrip()
        stripped = text.strip()
        if not stripped:
            gap += 1
            continue
        marker, rest = split_marker(stripped)
        if waiting and marker:
            measured.append(_Line(number, waiting, "", 0, gap))
            waiting = ""
        if marker and not rest:
            waiting = marker
            continue
        marker = marker or waiting
        waiting = ""
        measured.append(_Line(number, rest, marker, len(text) - len(text.lstrip()), gap))
        gap = 0
    if waiting:
        measured.append(_Line(number, waiting, "", 0, gap))
    return measured


class _Shape:
    """How this text is laid out: how wide its lines are, and whether a blank line between two means anything."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        lengths = sorted(len(line.text) for line in lines)
        self.width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.95))]
        self.wrapped = self.width <= 140  # noqa: PLR2004 - nobody breaks lines later than that
        apart = [line for line in lines[1:] if line.gap and not line.marker]
        going_on = [line for line in apart if line.text[0].islower()]
        self.double_spaced = len(apart) > 3 and len(going_on) > 0.2 * len(apart)  # noqa: PLR2004 - a few by chance

    def starts_paragraph(self, current: _Paragraph, line: _Line, following: _Line | None) -> bool:
        """Tell whether the line begins something new rather than going on."""
        before = current.last
        if line.marker:
            return not self._dash_within_sentence(current, line)
        if ends_in_hyphen(before):
            return False
        if numbered_by_name(line.text) or not self.wrapped:
            return True
        if line.gap and not self.double_spaced:
            return True
        if not ends_sentence(before):
            return not line.text[0].islower() and self._had_room(before, line.text)
        other_gap = current.gap is not None and current.gap >= 0 and line.gap != current.gap
        return (
            self._had_room(before, line.text)
            or other_gap
            or line.gap > 1
            or self._is_short_title(line, following)
            or (before.endswith(":") and not line.text[0].islower())
        )

    def _is_short_title(self, line: _Line, following: _Line | None) -> bool:
        """Tell a line after a full stop that breaks off early without one of its own."""
        if following is None or line.text[0].islower() or (following.text[0].islower() and not following.marker):
            return False
        if line.text.endswith((".", "!", "?", ",", ";")):
            return False
        return self._had_room(line.text, following.text) and not ends_in_hyphen(line.text)

    def _had_room(self, before: str, after: str) -> bool:
        return len(before) + 1 + len(after.split(maxsplit=1)[0]) <= 0.9 * self.width

    @staticmethod
    def _dash_within_sentence(current: _Paragraph, line: _Line) -> bool:
        return (
            line.marker in "-–—"
            and line.gap == 0
            and line.text[0].islower()
            and not ends_sentence(current.last)
            and not current.first.marker
        )


def _with_depth(paragraphs: Sequence[_Paragraph], hyphenated: Collection[str]) -> list[tuple[int, Block]]:
    """Turn paragraphs into blocks; an item that is indented further than the one before lies below it."""
    blocks: list[tuple[int, Block]] = []
    indents: list[int] = []
    for paragraph in paragraphs:
        first = paragraph.first
        marker = first.marker
        texts = [first.text] + [
            f"{line.marker} {line.text}" if line.marker else line.text for line in paragraph.lines[1:]
        ]
        if marker:
            while indents and indents[-1] > first.indent:
                indents.pop()
            if not indents or indents[-1] < first.indent:
                indents.append(first.indent)
        else:
            indents = []
        block = Block(join_lines(texts, hyphenated), marker=marker, depth=max(len(indents) - 1, 0))
        blocks.append((first.number, block))
    return blocks


def rejoined(blocks: Sequence[Block], hyphenated: Collection[str]) -> list[Block]:
    """Join blocks that are really lines, as when a document was made out of a PDF: many begin in mid-sentence."""
    plain = [block for block in blocks if not (block.marker or block.level or block.dropped_as or block.bold)]
    going_on = sum(1 for block in plain if block.text[:1].islower())
    if going_on < FEWEST_BROKEN or going_on < BROKEN_SHARE * len(plain):
        return list(blocks)
    result: list[Block] = []
    lines: list[tuple[int, str]] = []
    for number, block in enumerate(blocks):
        if block.level or block.dropped_as or block.bold or block.loose:
            result += [*(joined for _, joined in paragraphs_of(lines, hyphenated)), block]
            lines = []
        else:
            lines.append((number, "  " * block.depth + block.as_it_stood))
    return result + [joined for _, joined in paragraphs_of(lines, hyphenated)]
