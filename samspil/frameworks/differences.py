# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What differs between a framework version and the one before it, lineage by lineage. Pure: reads and writes nothing."""

import bisect
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from samspil.foundation.versioning import content_sha256
from samspil.frameworks.models import Element, FrameworkChange, Kind

Fate = FrameworkChange.Fate
_MOST_WORDS = 4_000
_READING_ORDER = {kind: place for place, kind in enumerate(Kind.values)}


class Nature(StrEnum):
    """What can be seen by comparing; what it means, a person says."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    UNCHANGED = "unchanged"


NEEDS_A_WORD = (Nature.REMOVED, Nature.REWORDED)
"""What the publisher must say something about before the version can be published."""


def words_of(element: Element) -> str:
    """Return what a reader reads of a part: its heading, if it has one, and its text."""
    return f"{element.title}\n{element.text}" if element.title else element.text


def wording_of(element: Element) -> dict[str, str]:
    """Return what counts as the wording: another kind binds otherwise, and a question is put word for word."""
    return {
        "kind": element.kind,
        "title": element.title,
        "text": element.text,
        "standing_question": element.standing_question,
        "evaluation_question": element.evaluation_question,
    }


def wording_sha256(elements: Iterable[Element]) -> str:
    """Return the control code of the wording of some parts, in the order given; of none, it is always the same."""
    return content_sha256([wording_of(element) for element in elements])


@dataclass(frozen=True)
class Difference:
    """One lineage: how it was, how it is, and what the publisher said, as long as it was said about these very words.

    ``mark`` is None where nothing counts; ``is_outdated`` says that something was said about other words.
    """

    lineage: UUID
    nature: Nature
    old: Element | None
    new: Element | None
    mark: FrameworkChange | None = None
    is_outdated: bool = False
    successors: tuple[Element, ...] = ()

    @property
    def element(self) -> Element:
        """The part as it is, or as it was where it is gone."""
        element = self.new or self.old
        assert element is not None  # noqa: S101 - a difference is about one part at least
        return element

    @property
    def is_unsaid(self) -> bool:
        """Whether the version cannot be published before somebody says something about it."""
        return self.nature in NEEDS_A_WORD and self.mark is None

    @property
    def is_substantive(self) -> bool:
        """Whether it means something to those who work under the framework; what nobody has marked does."""
        if self.nature in (Nature.MOVED, Nature.UNCHANGED):
            return False
        return self.mark is None or self.mark.is_substantive

    @property
    def reason(self) -> str:
        """The publisher's word about it, or nothing."""
        return self.mark.reason if self.mark else ""

    @property
    def is_another_kind(self) -> bool:
        """Whether the part has become something else, a guideline instead of a principle for example."""
        return self.old is not None and self.new is not None and self.old.kind != self.new.kind

    @property
    def anchor(self) -> str:
        """The id of the difference on a page."""
        return change_anchor(self.lineage)

    @cached_property
    def words(self) -> "WordDifference":
        """The old and the new words with what differs marked; where it was succeeded, against what succeeded it."""
        now = (self.new,) if self.new is not None else self.successors
        return word_difference(
            words_of(self.old) if self.old is not None else "", "\n\n".join(words_of(element) for element in now)
        )


def change_anchor(lineage: UUID) -> str:
    """Return the id of the difference of ``lineage`` on a page."""
    return f"change-{lineage}"


@dataclass(frozen=True)
class Comparison:
    """Every lineage of two versions, each exactly once, in the order of reading."""

    differences: tuple[Difference, ...] = ()

    def _of(self, nature: Nature) -> tuple[Difference, ...]:
        return tuple(difference for difference in self.differences if difference.nature == nature)

    @cached_property
    def by_lineage(self) -> Mapping[UUID, Difference]:
        """The differences by what they are about."""
        return {difference.lineage: difference for difference in self.differences}

    @property
    def added(self) -> tuple[Difference, ...]:
        """What is new."""
        return self._of(Nature.ADDED)

    @property
    def removed(self) -> tuple[Difference, ...]:
        """What is no longer there, removed or succeeded."""
        return self._of(Nature.REMOVED)

    @property
    def reworded(self) -> tuple[Difference, ...]:
        """What has other words, or is of another kind."""
        return self._of(Nature.REWORDED)

    @property
    def moved(self) -> tuple[Difference, ...]:
        """What has the same words in another place, or for somebody else."""
        return self._of(Nature.MOVED)

    @property
    def unchanged(self) -> tuple[Difference, ...]:
        """What is as it was."""
        return self._of(Nature.UNCHANGED)

    @property
    def unsaid(self) -> tuple[Difference, ...]:
        """What somebody must still say something about."""
        return tuple(difference for difference in self.differences if difference.is_unsaid)

    @property
    def substantive(self) -> tuple[Difference, ...]:
        """What means something, new parts that succeed an old one left out: they are told with it."""
        told = {element.lineage for difference in self.removed for element in difference.successors}
        return tuple(item for item in self.differences if item.is_substantive and not self._is_told(item, told))

    @staticmethod
    def _is_told(difference: Difference, told: set[UUID]) -> bool:
        return difference.nature == Nature.ADDED and difference.lineage in told


def compare(old: Sequence[Element], new: Sequence[Element], marks: Iterable[FrameworkChange] = ()) -> Comparison:
    """Compare two versions by lineage; ``marks`` are what was said about the new one. Suggests nothing."""
    before = {element.lineage: element for element in old}
    now = {element.lineage: element for element in new}
    said = {mark.lineage: mark for mark in marks}
    moved = _moved(before, now)
    found = [
        _difference(lineage, before.get(lineage), now, said.get(lineage), is_moved=lineage in moved)
        for lineage in {**now, **before}
    ]
    found.sort(key=lambda item: (_READING_ORDER[item.element.kind], item.element.order))
    return Comparison(tuple(found))


def _difference(
    lineage: UUID, old: Element | None, now: Mapping[UUID, Element], mark: FrameworkChange | None, *, is_moved: bool
) -> Difference:
    new = now.get(lineage)
    nature = _nature(old, new, is_moved=is_moved)
    successors = () if new is not None or mark is None else successors_of(mark, now)
    counts = mark is not None and _counts(mark, nature, (new,) if new is not None else successors)
    return Difference(
        lineage=lineage,
        nature=nature,
        old=old,
        new=new,
        mark=mark if counts else None,
        is_outdated=mark is not None and not counts and nature in NEEDS_A_WORD,
        successors=successors if counts else (),
    )


def _nature(old: Element | None, new: Element | None, *, is_moved: bool) -> Nature:
    if old is None:
        return Nature.ADDED
    if new is None:
        return Nature.REMOVED
    if wording_of(old) != wording_of(new):
        return Nature.REWORDED
    return Nature.MOVED if is_moved else Nature.UNCHANGED


def successors_of(mark: FrameworkChange, now: Mapping[UUID, Element]) -> tuple[Element, ...]:
    """Return the parts that the mark names, as far as they are in the version, in its order."""
    named = {UUID(lineage) for lineage in mark.successors}
    return tuple(sorted((now[lineage] for lineage in named & now.keys()), key=lambda element: element.order))


_SAID_OF = {
    Nature.ADDED: {Fate.ADDED},
    Nature.REMOVED: {Fate.REMOVED, Fate.SUCCEEDED},
    Nature.REWORDED: {Fate.EDITORIAL, Fate.SUBSTANTIVE},
    Nature.MOVED: {Fate.MOVED},
    Nature.UNCHANGED: set[Fate](),
}


def _counts(mark: FrameworkChange, nature: Nature, about: Sequence[Element]) -> bool:
    if mark.fate not in _SAID_OF[nature]:
        return False
    if mark.fate in (Fate.REMOVED, Fate.MOVED):
        return True
    return bool(about) and mark.covers_sha256 == wording_sha256(about)


def _moved(before: Mapping[UUID, Element], now: Mapping[UUID, Element]) -> set[UUID]:
    """Return the lineages for another audience or purpose, and the fewest whose move explains the new order."""
    moved = set()
    groups: dict[tuple[str, str], list[tuple[int, UUID]]] = {}
    for lineage in sorted(now.keys() & before.keys(), key=lambda lineage: now[lineage].order):
        old, new = before[lineage], now[lineage]
        if (old.audience, old.purpose) != (new.audience, new.purpose):
            moved.add(lineage)
        elif old.kind == new.kind:
            groups.setdefault((new.kind, new.audience), []).append((old.order, lineage))
    for group in groups.values():
        moved |= {lineage for _order, lineage in group} - _in_step(group)
    return moved


def _in_step(group: Sequence[tuple[int, UUID]]) -> set[UUID]:
    """Return the longest run of lineages that stand in the same order as before."""
    tails: list[tuple[int, UUID]] = []
    before: dict[UUID, UUID | None] = {}
    for item in group:
        place = bisect.bisect_left([order for order, _lineage in tails], item[0])
        before[item[1]] = tails[place - 1][1] if place else None
        tails[place : place + 1] = [item]
    kept = set()
    lineage = tails[-1][1] if tails else None
    while lineage is not None:
        kept.add(lineage)
        lineage = before[lineage]
    return kept


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are in both texts or in this one only."""

    text: str
    is_own: bool


@dataclass(frozen=True)
class WordDifference:
    """Two texts in pieces; put together again, each is the text word for word."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


def word_difference(old: str, new: str) -> WordDifference:
    """Return which words differ; where the texts are too long to be compared, all of them."""
    mine, theirs = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (old, new))
    if len(mine) + len(theirs) > _MOST_WORDS:
        return WordDifference((Piece(old, is_own=True),), (Piece(new, is_own=True),))
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, first, last, begin, end in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        is_own = tag != "equal"
        if first < last:
            left.append(Piece("".join(mine[first:last]), is_own))
        if begin < end:
            right.append(Piece("".join(theirs[begin:end]), is_own))
    return WordDifference(tuple(left), tuple(right))
