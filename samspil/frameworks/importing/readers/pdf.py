# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""PDF: lines with places become paragraphs; a scanned or locked one is refused."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from samspil.frameworks.importing import errors, furniture, limits
from samspil.frameworks.importing.characters import SOFT_HYPHEN, clean, numbered_by_name, one_line, split_marker
from samspil.frameworks.importing.joining import ends_in_hyphen, ends_sentence, hyphenated_words, join_lines
from samspil.frameworks.importing.readers import pdf_pages
from samspil.frameworks.importing.structure import Block

EDGE = 0.12
LONGEST_HEADING = 15
OTHER_SIZE = 0.6
INDENT = 6
ERRORS: dict[str, type[errors.DocumentError]] = {
    "encrypted": errors.EncryptedError,
    "long": errors.TooLongError,
    "heavy": errors.TakesTooLongError,
}


@dataclass(frozen=True)
class Line:
    """A line of a page, with its place in points."""

    text: str
    marker: str
    page: int
    x0: float
    x1: float
    second_x0: float
    first_width: float
    top: float
    bottom: float
    size: float
    bold: bool
    left: float
    right: float
    dropped_as: str = ""

    @property
    def text_x0(self) -> float:
        """Return where the words begin, after the bullet."""
        return self.second_x0 if self.marker else self.x0


def read(content: bytes) -> list[Block]:
    """Return the blocks of a PDF that has text."""
    answer = _ask_reader(content)
    pages = [
        (page["height"], [_line(raw, number) for raw in page["lines"]]) for number, page in enumerate(answer["pages"])
    ]
    lines = _mark_furniture(pages)
    if not any(character.isalpha() for line in lines if not line.dropped_as for character in line.text):
        raise errors.ScannedError if answer["pictures"] else errors.EmptyDocumentError
    return furniture.mark_contents(_blocks(lines))


def _ask_reader(content: bytes) -> dict[str, Any]:
    """Let a bounded process of its own take the file apart."""
    bounds = [str(bound) for bound in (limits.MAX_PAGES, limits.PDF_SECONDS, limits.PDF_MEMORY_BYTES)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, fixed words
            [sys.executable, "-I", str(Path(pdf_pages.__file__)), *bounds],
            input=content,
            capture_output=True,
            timeout=limits.PDF_WAITING_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise errors.TakesTooLongError from error
    if done.returncode < 0 or not done.stdout:
        raise errors.TakesTooLongError
    answer: dict[str, Any] = json.loads(done.stdout)
    if "error" in answer:
        raise ERRORS.get(answer["error"], errors.DocumentError)
    return answer


def _line(raw: dict[str, Any], page: int) -> Line:
    text = one_line(clean(raw.pop("text")))
    # A soft hyphen inside a line was drawn, so it is a hyphen.
    text = re.sub(rf"{SOFT_HYPHEN}(?=\S)", "-", text)
    marker, rest = split_marker(text)
    return Line(text=rest, marker=marker, page=page, **raw)


def _as_it_stood(line: Line) -> str:
    return f"{line.marker} {line.text}".strip()


def _mark_furniture(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[Line]:
    """Mark running heads, running feet and page numbers, which stand near the edge and come back."""
    edges = []
    for height, lines in pages:
        top = [line for line in lines if line.bottom < EDGE * height]
        bottom = [line for line in lines if line.top > (1 - EDGE) * height]
        edges.append((top, bottom))
    texts = [([_as_it_stood(line) for line in top], [_as_it_stood(line) for line in bottom]) for top, bottom in edges]
    heads, feet = furniture.repeated_edges(texts)
    marked = []
    for (_, lines), (top, bottom) in zip(pages, edges, strict=True):
        for line in lines:
            text = _as_it_stood(line)
            pattern = furniture.pattern_of(text)
            dropped_as = ""
            if (line in top or line in bottom) and (
                furniture.PAGE_NUMBER.match(text) or furniture.BARE_NUMBER.match(text)
            ):
                dropped_as = "page_number"
            elif line in top and pattern in heads:
                dropped_as = "header"
            elif line in bottom and pattern in feet:
                dropped_as = "footer"
            marked.append(replace(line, dropped_as=dropped_as))
    return marked


def _blocks(lines: Sequence[Line]) -> list[Block]:
    hyphenated = hyphenated_words(" ".join(line.text for line in lines))
    body_size = Counter(size for line in lines for size in [line.size] * len(line.text)).most_common(1)[0][0]
    leading = _leading(lines)
    paragraphs: list[list[Line]] = []
    current: list[Line] = []
    for line in _with_lonely_markers(lines):
        if line.dropped_as:
            paragraphs.append([line])
        elif current and not _starts_paragraph(current, line, leading):
            current.append(line)
        else:
            current = [line]
            paragraphs.append(current)
    return _with_levels(paragraphs, body_size, hyphenated)


def _with_lonely_markers(lines: Sequence[Line]) -> list[Line]:
    """Give a bullet that stands alone to the line after it."""
    result: list[Line] = []
    waiting: Line | None = None
    for line in lines:
        if line.marker and not line.text and not line.dropped_as:
            if waiting:
                result.append(replace(waiting, text=waiting.marker, marker=""))
            waiting = line
            continue
        if waiting and not line.marker and not line.dropped_as:
            result.append(replace(line, marker=waiting.marker, x0=waiting.x0, second_x0=line.x0))
            waiting = None
            continue
        if waiting and not line.dropped_as:
            result.append(replace(waiting, text=waiting.marker, marker=""))
            waiting = None
        result.append(line)
    if waiting:
        result.append(replace(waiting, text=waiting.marker, marker=""))
    return result


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance between two lines, as a multiple of the size of the letters."""
    distances: Counter[float] = Counter()
    for before, line in pairwise(lines):
        if before.page == line.page and before.size == line.size and before.size < line.bottom - before.bottom:
            distances[round((line.bottom - before.bottom) / line.size, 1)] += 1
    if not distances:
        return 1.4
    most = max(distances.values())
    return min(distance for distance, count in distances.items() if count >= most / 2)


def _starts_paragraph(current: Sequence[Line], line: Line, leading: float) -> bool:
    before, first = current[-1], current[0]
    other_letters = abs(before.size - line.size) > OTHER_SIZE or (before.bold and first.bold) != line.bold
    if line.marker or numbered_by_name(line.text) or other_letters:
        return True
    if ends_in_hyphen(before.text):
        return False
    distance = (line.bottom - before.bottom) / line.size
    elsewhere = before.page != line.page or distance <= 0
    if not elsewhere and (distance > leading * 1.25 or _is_indented_anew(current, line)):
        return True
    if not ends_sentence(before.text):
        return bool(line.text) and not line.text[0].islower() and _had_room(before, line, share=0.75)
    return elsewhere or _had_room(before, line)


def _is_indented_anew(current: Sequence[Line], line: Line) -> bool:
    """Tell a line that returns to the margin after a list item, or begins with an indent."""
    before, first = current[-1], current[0]
    if first.marker:
        hangs = first.x0 < first.text_x0
        return hangs and line.x0 < first.text_x0 - 2 and not line.text[0].islower()
    return before is not first and line.x0 > before.x0 + INDENT


def _had_room(before: Line, line: Line, share: float = 1.0) -> bool:
    """Tell whether the first word of ``line`` would have stood on the line before."""
    return before.x1 + before.size * 0.3 + line.first_width < before.left + share * (before.right - before.left)


def _with_levels(paragraphs: Sequence[Sequence[Line]], body_size: float, hyphenated: set[str]) -> list[Block]:
    """Make blocks; what is set larger than the body is a heading, the largest the highest."""
    sizes = sorted({lines[0].size for lines in paragraphs if _is_large(lines, body_size)}, reverse=True)
    blocks = []
    indents: list[float] = []
    for lines in paragraphs:
        first = lines[0]
        text = join_lines([first.text, *map(_as_it_stood, lines[1:])], hyphenated)
        level = sizes.index(first.size) + 1 if _is_large(lines, body_size) else 0
        while indents and first.x0 < indents[-1] - 3:
            indents.pop()
        if first.marker and (not indents or first.x0 > indents[-1] + 3):
            indents.append(first.x0)
        elif not first.marker and not first.dropped_as:
            indents = []
        if first.dropped_as:
            blocks.append(Block(_as_it_stood(first), dropped_as=first.dropped_as))
        else:
            depth = max(len(indents) - 1, 0) if first.marker else 0
            bold = all(line.bold for line in lines)
            blocks.append(Block(text, marker=first.marker, level=level, bold=bold, depth=depth))
    return blocks


def _is_large(lines: Sequence[Line], body_size: float) -> bool:
    words = sum(len(line.text.split()) for line in lines)
    return not lines[0].dropped_as and lines[0].size > body_size * 1.12 and words <= LONGEST_HEADING
