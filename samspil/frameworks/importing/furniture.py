# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What stands on a page for the page's own sake: running heads, running feet, page numbers, tables of contents."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from samspil.frameworks.importing.structure import Block

PAGE_NUMBER = re.compile(r"^[-–\s|]*(?:side|s\.|page)\s*\d{1,4}(?:\s*(?:af|/|of)\s*\d{1,4})?[-–\s|.]*$", re.IGNORECASE)
BARE_NUMBER = re.compile(r"^[-–\s|]*\d{1,4}(?:\s*(?:af|/|of)\s*\d{1,4})?[-–\s|]*$", re.IGNORECASE)
CONTENTS_LINE = re.compile(r"\w[^\n]*?(?:\.\s?\.\s?\.\s?\.|_{4}|……)[\s._…]*\d{1,3}$")
LONGEST_CONTENTS_LINE = 200
CONTENTS_TITLE = re.compile(r"^(?:indhold|indholdsfortegnelse)\s*:?$", re.IGNORECASE)


def pattern_of(text: str) -> str:
    """Return the line with its numbers blotted out, so that the running heads of two pages look the same."""
    return re.sub(r"\d+", "#", text).casefold().strip()


def repeated_edges(pages: Sequence[tuple[Sequence[str], Sequence[str]]]) -> tuple[set[str], set[str]]:
    """Return the patterns that come back at the top, and at the bottom, of at least half the pages (and twice)."""
    enough = max(2, (len(pages) + 1) // 2)
    found = []
    for edge in (0, 1):
        counts = Counter(pattern for page in pages for pattern in {pattern_of(text) for text in page[edge]})
        found.append({pattern for pattern, count in counts.items() if count >= enough})
    return found[0], found[1]


def mark_contents(blocks: Sequence[Block]) -> list[Block]:
    """Mark a table of contents: lines that lead by dots to a page number, and the word above them."""
    marked = [
        replace(block, dropped_as="toc") if not block.dropped_as and _is_contents_line(block.as_it_stood) else block
        for block in blocks
    ]
    for index, block in enumerate(marked[:-1]):
        if CONTENTS_TITLE.match(block.text) and marked[index + 1].dropped_as == "toc":
            marked[index] = replace(block, dropped_as="toc")
    return marked


def _is_contents_line(text: str) -> bool:
    return len(text) <= LONGEST_CONTENTS_LINE and bool(CONTENTS_LINE.search(text))
