# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Deadlines in working days: Danish holidays, and the days on which the municipality or the unit is closed.

24 and 31 December, 5 June and 1 May are no public holidays; where they are days off, the municipality says so.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

import holidays

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_SEARCH_DAYS = 3660
"""How far to look for one more working day before saying that there is none."""

Period = tuple[date, date]
"""First and last closed day, both included."""


def is_working_day(day: date, closed: Collection[date] = (), periods: Collection[Period] = ()) -> bool:
    """Say whether people are expected at work: no weekend, public holiday, closed day or closing period."""
    if day.weekday() >= _SATURDAY or day in closed or day in _public_holidays(day.year):
        return False
    return not any(first <= day <= last for first, last in periods)


def add_working_days(start: date, days: int, closed: Collection[date] = (), periods: Collection[Period] = ()) -> date:
    """Return the last day of a deadline of ``days`` working days; the day after ``start`` is the first that counts.

    Zero days is ``start`` itself, working day or not. Raises ``ValueError`` for a negative number, and where the
    closing periods leave no working day for ten years.
    """
    if days < 0:
        message = f"A deadline cannot be {days} working days."
        raise ValueError(message)
    day = start
    for _ in range(days):
        day = _next_working_day(day, closed, periods)
    return day


def _next_working_day(day: date, closed: Collection[date], periods: Collection[Period]) -> date:
    for _ in range(_SEARCH_DAYS):
        day += _ONE_DAY
        if is_working_day(day, closed, periods):
            return day
    message = f"There is no working day in the ten years up to {day}."
    raise ValueError(message)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year))
