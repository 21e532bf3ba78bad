# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Deadlines in working days, against calendars counted by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.municipalities.working_days import add_working_days, is_working_day

CHRISTMAS = (date(2026, 12, 24), date(2026, 12, 31))
SUMMER = ((date(2026, 7, 6), date(2026, 7, 31)),)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        pytest.param(date(2026, 11, 23), 0, date(2026, 11, 23), id="no days is the day itself"),
        pytest.param(date(2026, 11, 23), 1, date(2026, 11, 24), id="a Monday and one day"),
        pytest.param(date(2026, 11, 23), 10, date(2026, 12, 7), id="two plain weeks"),
        pytest.param(date(2026, 11, 27), 1, date(2026, 11, 30), id="over a weekend"),
        pytest.param(date(2026, 11, 28), 1, date(2026, 11, 30), id="from a Saturday"),
        pytest.param(date(2026, 3, 27), 10, date(2026, 4, 15), id="over Easter: three weekdays off"),
        pytest.param(date(2026, 5, 13), 1, date(2026, 5, 15), id="over Ascension Day"),
        pytest.param(date(2026, 5, 22), 1, date(2026, 5, 26), id="over Whit Monday"),
        pytest.param(date(2026, 12, 22), 10, date(2027, 1, 7), id="over Christmas, the public holidays only"),
    ],
)
def test_deadline_over_danish_holidays(start: date, days: int, last: date) -> None:
    assert add_working_days(start, days) == last


@pytest.mark.parametrize(
    ("day", "working"), [(date(2023, 5, 5), False), (date(2024, 4, 26), True), (date(2026, 5, 1), True)]
)
def test_great_prayer_day_is_a_working_day_from_2024(day: date, working: bool) -> None:
    assert is_working_day(day) is working


def test_christmas_eve_counts_until_the_municipality_says_otherwise() -> None:
    assert add_working_days(date(2026, 12, 22), 10, CHRISTMAS) == date(2027, 1, 11)
    assert [is_working_day(day) for day in CHRISTMAS] == [True, True]
    assert [is_working_day(day, CHRISTMAS) for day in CHRISTMAS] == [False, False]


def test_a_closing_period_stops_the_clock() -> None:
    assert add_working_days(date(2026, 7, 1), 10, periods=SUMMER) == date(2026, 8, 12)
    assert (is_working_day(SUMMER[0][0], periods=SUMMER), is_working_day(SUMMER[0][1], periods=SUMMER)) == (
        False,
        False,
    )


def test_a_negative_deadline_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        add_working_days(date(2026, 11, 23), -1)


def test_a_closing_period_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="no working day"):
        add_working_days(date(2026, 11, 23), 1, periods=((date(2026, 1, 1), date(2090, 1, 1)),))


DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(start=DAYS, days=st.integers(1, 60), closed=st.sets(DAYS, max_size=20))
def test_adding_and_counting_agree(start: date, days: int, closed: set[date]) -> None:
    last = add_working_days(start, days, closed)
    between = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(is_working_day(day, closed) for day in between) == days
    assert is_working_day(last, closed)
