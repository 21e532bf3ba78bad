# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What cells say, and how what is wrong with many rows is said once."""

from datetime import date

import pytest
from django.utils import translation

from samspil.foundation.importing import RowReader, finder
from samspil.foundation.importing.plan import together
from samspil.foundation.tables import Column, Problem
from tests.tables import table_of

COLUMNS = (Column("Startdato", "start", is_required=True),)


def read_day(words):
    table = table_of(COLUMNS, "Startdato", words)
    reader = RowReader(table, COLUMNS)
    return reader.day(table.rows[0], "start"), len(reader.errors)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("31-12-2026", date(2026, 12, 31)),
        ("1/2-26", date(2026, 2, 1)),
        ("1.2.26", date(2026, 2, 1)),
        ("01/08-95", date(1995, 8, 1)),
        ("1. 2. 2026", date(2026, 2, 1)),
        ("15. marts 2019", date(2019, 3, 15)),
        ("15 Okt. 2019", date(2019, 10, 15)),
        ("2026-02-01 00:00:00", date(2026, 2, 1)),
        ("43831", date(2020, 1, 1)),
        ("31-12-9999", None),
        ("31-12-99", None),
    ],
)
def test_a_day_is_read_as_people_and_systems_write_it(words, day):
    assert read_day(words) == (day, 0)


@pytest.mark.parametrize("words", ["31-02-2026", "1/13-26", "15. abc 2019", "i morgen", "1/2", "123", "0001-01-01"])
def test_what_is_no_day_is_an_error(words):
    assert read_day(words) == (None, 1)


def test_the_same_problem_in_many_rows_is_said_once():
    problems = [Problem(row, "Rolle", "Skriv leder.") for row in range(20, 2, -1)] + [Problem(2, "", "Skriv koden.")]
    with translation.override("da"):
        said = [(one.rows_in_words, one.column, one.text) for one in together(problems)]

    assert said == [("2", "", "Skriv koden."), ("3, 4, 5, 6, 7, 8, 9, 10 … (18 rækker)", "Rolle", "Skriv leder.")]


def test_noughts_that_excel_took_away_do_not_count_where_only_one_fits():
    find = finder({"0042": "Nord", "007": "Syd", "7": "Vest", "0": "Top"})

    found = [find(code) for code in ("42", "0042", "00042", "7", "007", "07", "43", "00", "")]
    assert found == ["Nord", "Nord", "Nord", "Vest", "Syd", None, None, "Top", None]
