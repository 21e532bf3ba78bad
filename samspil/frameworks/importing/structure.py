# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a document becomes: blocks as read, then the elements of a framework."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a part of the framework is; the values are those of ``Element.kind``."""

    VALUE = "value"
    COMMITMENT = "commitment"
    DEFINITION = "definition"
    PRINCIPLE = "principle"
    GUIDELINE = "guideline"
    PASSAGE = "passage"


class Audience(StrEnum):
    """Whom a guideline is for; NONE for every other kind."""

    LEADER = "leader"
    COMMITTEE = "committee"
    EMPLOYEE = "employee"
    OTHER = "other"
    NONE = ""


@dataclass(frozen=True)
class Block:
    """One paragraph of the document as a reader saw it, before anybody asked what it means.

    ``marker`` is the bullet or number it began with; ``depth`` how deep the list is nested. ``level`` above 0 is a
    heading by style or size, 1 the highest. ``loose`` text stands outside the order of the document (a footnote).
    """

    text: str
    marker: str = ""
    depth: int = 0
    level: int = 0
    bold: bool = False
    dropped_as: str = ""
    loose: bool = False

    @property
    def as_it_stood(self) -> str:
        """Return the text with its bullet or number."""
        return f"{self.marker} {self.text}".strip()


@dataclass(frozen=True)
class SourceParagraph:
    """A paragraph of the source. ``dropped_as`` is "", "header", "footer", "page_number" or "toc"."""

    number: int
    text: str
    dropped_as: str


@dataclass(frozen=True)
class ImportedElement:
    """A suggested element. ``sources`` are the numbers of the paragraphs it came from.

    A passage without a title whose whole text is a heading is the heading of a group: it is kept so that the
    municipality's own word for the group is not lost.
    """

    kind: Kind
    text: str
    audience: Audience = Audience.NONE
    title: str = ""
    purpose: str = ""
    standing_question: str = ""
    evaluation_question: str = ""
    sources: tuple[int, ...] = ()

    @property
    def whole(self) -> str:
        """Return title and text together."""
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True)
class ImportedFramework:
    """All that was understood, and every paragraph it was understood from.

    ``title_sources`` are the paragraphs that the title is made of; ``unplaced`` those that nobody knew a place for.
    """

    title: str
    paragraphs: tuple[SourceParagraph, ...]
    elements: tuple[ImportedElement, ...]
    unplaced: tuple[int, ...]
    title_sources: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return lists of strings by kind. The document's title leads the passages, so that no word is missing."""

        def of(kind: Kind, audience: Audience = Audience.NONE) -> list[str]:
            return [e.whole for e in self.elements if e.kind is kind and e.audience is audience]

        texts = {paragraph.number: paragraph.text for paragraph in self.paragraphs}
        title = [self.title] if self.title_sources else []
        return {
            "values": of(Kind.VALUE),
            "commitments": of(Kind.COMMITMENT),
            "definitions": of(Kind.DEFINITION),
            "principles": of(Kind.PRINCIPLE),
            "guidelines": {str(a): of(Kind.GUIDELINE, a) for a in Audience if a is not Audience.NONE},
            "passages": title + of(Kind.PASSAGE),
            "unplaced": [texts[number] for number in self.unplaced],
        }
