# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Plain text, as people save it and as it is copied out of other documents."""

import codecs
import re
from collections.abc import Iterator, Sequence
from operator import itemgetter

from samspil.frameworks.importing import errors, furniture, limits
from samspil.frameworks.importing.characters import clean, one_line
from samspil.frameworks.importing.joining import hyphenated_words, paragraphs_of
from samspil.frameworks.importing.structure import Block

HASHED = re.compile(r"^(#{1,6})\s+(\S.*)$", re.DOTALL)
LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x85]")
EDGE_LINES = 2
FEWEST_LINES = 5


def decode(content: bytes) -> str:
    """Return the text of the bytes: by their mark, as UTF-8, or else as Windows wrote it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(content, "utf-16")
    if b"\0" in content:
        raise errors.NotTextError
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decode(content, "cp1252")
    strange = sum(1 for character in text if character < " " and character not in "\t\n\r\f\v")
    if strange > len(text) / 100:
        raise errors.NotTextError
    return text


def read(text: str) -> list[Block]:
    """Return the paragraphs of a plain text; a line that begins with # is a heading, as in Markdown."""
    if len(text) > limits.MAX_CHARACTERS * 2:
        raise errors.TooLongError
    text = clean(LINE_ENDS.sub("\n", text))
    hyphenated = hyphenated_words(text)
    found: list[tuple[int, Block]] = []
    plain: list[tuple[int, str]] = []
    for number, (line, dropped_as) in enumerate(_lines(text.split("\f"))):
        hashed = HASHED.match(line.strip())
        if dropped_as:
            found.append((number, Block(one_line(line), dropped_as=dropped_as)))
        elif hashed:
            found += paragraphs_of(plain, hyphenated)
            plain = []
            found.append((number, Block(one_line(hashed[2]), level=len(hashed[1]))))
        else:
            plain.append((number, line))
    found += paragraphs_of(plain, hyphenated)
    return furniture.mark_contents([block for _, block in sorted(found, key=itemgetter(0))])


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise errors.NotTextError from error


def _lines(pages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give every line with what it is dropped as. Where a page ends, a paragraph may go on: no blank line there."""
    split = [page.strip("\n").split("\n") for page in pages]
    filled = [[line for line in page if line.strip()] for page in split]
    edges = [(lines[:EDGE_LINES], lines[-EDGE_LINES:]) if len(lines) > FEWEST_LINES else ([], []) for lines in filled]
    heads, feet = furniture.repeated_edges(edges) if len(pages) > 1 else (set(), set())
    for page, (top, bottom) in zip(split, edges, strict=True):
        marked = [(line, _dropped_as(line, top, bottom, heads, feet, paged=len(pages) > 1)) for line in page]
        while len(pages) > 1 and marked and not marked[-1][0].strip():
            marked.pop()
        body = [index for index, (line, dropped_as) in enumerate(marked) if line.strip() and not dropped_as]
        for index, (line, dropped_as) in enumerate(marked):
            edge = len(pages) > 1 and body and (index < body[0] or index > body[-1])
            if line.strip() or not edge:
                yield line, dropped_as


def _dropped_as(
    line: str, top: Sequence[str], bottom: Sequence[str], heads: set[str], feet: set[str], *, paged: bool
) -> str:
    if furniture.PAGE_NUMBER.match(line.strip()):
        return "page_number"
    if not paged or not line.strip():
        return ""
    if line in (*top[:1], *bottom[-1:]) and furniture.BARE_NUMBER.match(line.strip()):
        return "page_number"
    if line in top and furniture.pattern_of(line) in heads:
        return "header"
    return "footer" if line in bottom and furniture.pattern_of(line) in feet else ""
