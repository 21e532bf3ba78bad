# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What has changed over one or several new versions, as it looks to somebody who has the oldest. Pure."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from samspil.frameworks.differences import (
    Comparison,
    Difference,
    Fate,
    compare,
    wording_of,
    wording_sha256,
    words_of,
)
from samspil.frameworks.models import Element, FrameworkChange


@dataclass(frozen=True)
class Change:
    """What became of one lineage between two versions, however many lie between.

    ``lineage`` is that of the older version, or of the new part where ``fate`` is ``added``. ``kind`` is how it is now,
    or was where it is gone. ``old_text`` and ``new_text`` have the heading as their first line, where there is one; they are
    empty for what was added and removed. ``new_text_sha256`` changes with every change of the new wording and with
    nothing else, so whoever took a stand on it can see whether that still counts. ``successors`` are the lineages
    in the new version that a succeeded part went into. ``reason`` has all that was said on the way.
    """

    lineage: UUID
    kind: str
    audience: str
    old_text: str
    new_text: str
    new_text_sha256: str
    fate: Fate
    is_substantive: bool
    successors: tuple[UUID, ...] = ()
    reason: str = ""


@dataclass
class _Course:
    """Where a lineage went, and what was said on the way."""

    ends: set[UUID]
    is_substantive: bool = False
    reasons: list[str] = field(default_factory=list)

    def pass_through(self, step: Comparison) -> None:
        """Go one version on."""
        ends: set[UUID] = set()
        for lineage in sorted(self.ends):
            difference = step.by_lineage[lineage]
            self.note(difference)
            if difference.new is not None:
                ends.add(lineage)
            ends.update(element.lineage for element in difference.successors)
        self.ends = ends

    def note(self, difference: Difference) -> None:
        """Remember what this step means, and why it was taken."""
        self.is_substantive = self.is_substantive or difference.is_substantive
        if difference.reason and difference.reason not in self.reasons:
            self.reasons.append(difference.reason)


def accumulate(contents: Sequence[Sequence[Element]], marks: Sequence[Sequence[FrameworkChange]]) -> tuple[Change, ...]:
    """Return what changed from the first of ``contents`` to the last, in the order of reading.

    ``marks`` are what was said about each version but the first. Every lineage of the first is as it was, or stands here; so does
    every lineage of the last that is new, alone or as a successor. What was changed and changed back is no change.
    """
    steps = [compare(old, new, said) for (old, new), said in zip(itertools.pairwise(contents), marks, strict=True)]
    now = {element.lineage: element for element in contents[-1]}
    before = {element.lineage for element in contents[0]}
    found = [_of_old(element, _course(element.lineage, steps), now) for element in contents[0]]
    found += _of_added(steps, before, now)
    return tuple(change for change in found if change is not None)


def _course(lineage: UUID, steps: Sequence[Comparison]) -> _Course:
    course = _Course({lineage})
    for step in steps:
        course.pass_through(step)
    return course


def _of_old(old: Element, course: _Course, now: Mapping[UUID, Element]) -> Change | None:
    ends = course.ends | ({old.lineage} & now.keys())
    new = tuple(sorted((now[lineage] for lineage in ends), key=lambda element: element.order))
    is_itself = ends == {old.lineage}
    if is_itself and wording_of(new[0]) == wording_of(old):
        return None
    is_substantive = course.is_substantive or not new
    if not new:
        fate = Fate.REMOVED
    elif not is_itself:
        fate = Fate.SUCCEEDED
    else:
        fate = Fate.SUBSTANTIVE if is_substantive else Fate.EDITORIAL
    shown = new[0] if new else old
    return Change(
        lineage=old.lineage,
        kind=shown.kind,
        audience=shown.audience,
        old_text=words_of(old),
        new_text="\n\n".join(words_of(element) for element in new),
        new_text_sha256=wording_sha256(new),
        fate=fate,
        is_substantive=is_substantive,
        successors=() if is_itself else tuple(element.lineage for element in new),
        reason=" ".join(course.reasons),
    )


def _of_added(steps: Sequence[Comparison], before: set[UUID], now: Mapping[UUID, Element]) -> list[Change]:
    """Follow what was added on the way, but for what succeeded another part: that is told with the other."""
    courses: dict[UUID, _Course] = {}
    for number, step in enumerate(steps, start=1):
        told = {element.lineage for item in step.removed for element in item.successors}
        for difference in step.added:
            if difference.lineage in told:
                continue
            course = _course(difference.lineage, steps[number:])
            course.note(difference)
            for end in sorted(course.ends - before):
                known = courses.setdefault(end, _Course({end}))
                known.is_substantive = known.is_substantive or course.is_substantive
                known.reasons += [reason for reason in course.reasons if reason not in known.reasons]
    ends = sorted(courses, key=lambda lineage: now[lineage].order)
    return [_added(now[lineage], courses[lineage]) for lineage in ends]


def _added(element: Element, course: _Course) -> Change:
    return Change(
        lineage=element.lineage,
        kind=element.kind,
        audience=element.audience,
        old_text="",
        new_text=words_of(element),
        new_text_sha256=wording_sha256([element]),
        fate=Fate.ADDED,
        is_substantive=course.is_substantive,
        reason=" ".join(course.reasons),
    )
