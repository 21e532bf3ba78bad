# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The year of a body, worked out: which dates to suggest from the four numbers (R62). Reads and writes no rows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from samspil.foundation.months import months_later
from samspil.med.body_models import WheelEntry
from samspil.municipalities.working_days import is_working_day

Kind = WheelEntry.Kind

_ORDER = {kind: order for order, kind in enumerate(Kind)}
MEETING_DAY = 1
"""Tuesday: a day on which most people are at work."""
_SUMMER = (date(2000, 6, 25), date(2000, 8, 9))
_DAYS_OF_A_YEAR = 365
_ONE_DAY = timedelta(days=1)
_END_OF_THE_YEAR = (11, 15)
"""When a body that has discussed nothing yet is first asked to evaluate: at the last meeting of its first year."""


@dataclass(frozen=True)
class Rhythm:
    """The four numbers, as they hold for one body."""

    meetings_a_year: int = 4
    paper_days: int = 7
    evaluation_months: int = 12
    review_months: int = 36

    def papers_by(self, meeting: date) -> date:
        """Return the day by which the papers of a meeting are to be with the members."""
        return meeting - timedelta(days=self.paper_days)


@dataclass(frozen=True)
class Proposed:
    """A date that is suggested; ``due_on`` is where it belongs in its sequence."""

    kind: Kind
    on: date
    due_on: date

    @property
    def key(self) -> str:
        """Return what the form sends back."""
        return f"{self.kind}:{self.on.isoformat()}"


@dataclass(frozen=True)
class Known:
    """What a suggestion stands on: the dates there are, and where the sequences begin.

    ``evaluate_from`` is the day of the first discussion that counts, ``review_from`` the day from which the
    framework has been in force; None where there is none.
    """

    entries: Sequence[WheelEntry]
    evaluate_from: date | None = None
    review_from: date | None = None
    closed: Collection[date] = ()

    def standing(self, kind: Kind) -> list[WheelEntry]:
        """Return the dates of a kind that are not cancelled, in order."""
        return sorted(
            (entry for entry in self.entries if entry.kind == kind and entry.cancelled_at is None),
            key=lambda entry: entry.on,
        )


def next_due(entries: Sequence[WheelEntry], first: date | None, months: int) -> date | None:
    """Return when the next of a sequence is due: counted from the one before, not from when that was held.

    Moving a date does not move those after it. None where nothing has begun the sequence.
    """
    if entries:
        return months_later(max(entry.due_on for entry in entries), months)
    return months_later(first, months) if first else None


def propose(year: int, rhythm: Rhythm, known: Known, today: date) -> list[Proposed]:
    """Return the dates to suggest for a year beside those that it has; only days to come.

    Evaluation and review are put on the meeting nearest to when they are due, so that they cost no day of their own.
    """
    found = [Proposed(Kind.MEETING, day, day) for day in _meetings(year, rhythm, known, today)]
    days = [*(one.on for one in found), *(entry.on for entry in known.standing(Kind.MEETING))]
    for kind, first, months in (
        (Kind.EVALUATION, known.evaluate_from, rhythm.evaluation_months),
        (Kind.FRAMEWORK_REVIEW, known.review_from, rhythm.review_months),
    ):
        there = known.standing(kind)
        due = next_due(there, first, months)
        if due is None and kind == Kind.EVALUATION:
            due = date(year, *_END_OF_THE_YEAR)
        found += [
            Proposed(kind, _nearest_meeting(day, days, known.closed, today), due_on)
            for day, due_on in _due_within(year, due, months, today)
        ]
    return sorted(found, key=lambda one: (one.on, _ORDER[one.kind]))


def _due_within(year: int, due: date | None, months: int, today: date) -> Iterator[tuple[date, date]]:
    """Yield the days of a sequence within a year, each with where it belongs; what was missed is held once."""
    while due is not None and due.year <= year:
        held = max(due, date(year, 1, 1), today + _ONE_DAY)
        if held.year != year:
            return
        while months_later(due, months) <= held:
            due = months_later(due, months)
        yield held, due
        due = months_later(due, months)


def _nearest_meeting(due: date, days: Collection[date], closed: Collection[date], today: date) -> date:
    in_year = [day for day in days if day.year == due.year and day > today]
    if in_year:
        return min(in_year, key=lambda day: abs(day - due))
    return _workday(due, closed)


def _meetings(year: int, rhythm: Rhythm, known: Known, today: date) -> Iterator[date]:
    there = [entry.on for entry in known.standing(Kind.MEETING) if entry.on.year == year]
    missing = rhythm.meetings_a_year - len(there)
    if missing <= 0:
        return
    apart = _DAYS_OF_A_YEAR / rhythm.meetings_a_year
    for number in range(rhythm.meetings_a_year):
        day = _meeting_day(date(year, 1, 1) + timedelta(days=round((number + 0.5) * apart)), known.closed)
        is_free = all(abs((day - other).days) > apart / 2 for other in there)
        if missing and is_free and day > today:
            missing -= 1
            yield day


def _meeting_day(around: date, closed: Collection[date]) -> date:
    """Return the Tuesday nearest after a day, outside the summer; the next working day where that one is closed."""
    first, last = (day.replace(year=around.year) for day in _SUMMER)
    if first <= around <= last:
        around = last + timedelta(days=1)
    return _workday(around + timedelta(days=(MEETING_DAY - around.weekday()) % 7), closed)


def _workday(day: date, closed: Collection[date]) -> date:
    while not is_working_day(day, closed):
        day += _ONE_DAY
    return day
