# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What was corrected at the table, for whoever says that this is what was said (R43)."""

from collections.abc import Iterator
from dataclasses import dataclass

from samspil.foundation.pdf import Block
from samspil.med.models import Dialogue, Paper
from samspil.med.printing import annexes


@dataclass(frozen=True)
class Correction:
    """One heading or task of the text, with what it no longer says and what it says now."""

    heading: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def corrections_of(dialogue: Dialogue) -> tuple[Correction, ...]:
    """Return how the text differs from the one that the body was sent; one query, where it was presented again."""
    now = dialogue.current_paper
    first = dialogue.papers.order_by("number").first() if is_corrected(dialogue) else None
    return corrections(first, now) if first is not None and now is not None else ()


def is_corrected(dialogue: Dialogue) -> bool:
    """Say whether the body has another paper before it than the one it was sent."""
    return dialogue.current_paper is not None and dialogue.current_paper.number > 1


def corrections(first: Paper, now: Paper) -> tuple[Correction, ...]:
    """Return what differs between two papers, heading by heading; compared is the matter's own text, the first annex."""
    before, after = _said(first), _said(now)
    found = []
    for heading in {**before, **after}:
        old, new = before.get(heading, []), after.get(heading, [])
        gone, come = (tuple(text for text in old if text not in new), tuple(text for text in new if text not in old))
        if gone or come:
            found.append(Correction(heading, gone, come))
    return tuple(found)


def _said(paper: Paper) -> dict[str, list[str]]:
    """Return the texts of a paper's first annex by heading; a task is a heading of its own."""
    said: dict[str, list[str]] = {}
    heading = ""
    for block in next((blocks for _title, blocks in annexes(paper)), []):
        if block.kind == "heading":
            heading = block.text
            continue
        here = block.text if block.kind == "task" else heading
        said.setdefault(here, []).extend(_lines(block))
    return said


def _lines(block: Block) -> Iterator[str]:
    if block.kind == "task":
        yield block.label
    else:
        yield block.text
    yield from block.items
    yield from (f"{name}: {value}" for name, value in block.pairs)
