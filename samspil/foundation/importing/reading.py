# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Cells become values; what cannot be read is noted with its row and column."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from samspil.foundation.tables import Column, Problem, Row, Table

_DATE = re.compile(
    r"(?P<day>\d{1,2})(?:[-./ ] ?(?P<month>\d{1,2})[-./ ] ?|\.? (?P<name>[a-zæøå]{3,9})\.? )(?P<year>\d{4}|\d{2})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})(?:[T ][\d:.]+)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_SERIAL = re.compile(r"[2-7]\d{4}")
_EXCEL_COUNTS_FROM = date(1899, 12, 30)
_FOR_EVER_IN_SHORT = (99, 12, 31)
_THIS_CENTURY_UNTIL = 50
_YES = {"ja", "j", "x", "1", "sand", "true", "yes"}
_NO = {"nej", "n", "0", "falsk", "false", "no"}
_FIRST_YEAR, _FOR_EVER = 1900, 2200

_Found = TypeVar("_Found")


def folded(text: str) -> str:
    """Return the text as names are compared: without case and double spaces."""
    return " ".join(text.casefold().split())


def finder(known: Mapping[str, _Found]) -> Callable[[str], _Found | None]:
    """Return how to find what has a code; noughts in front, which Excel takes away, do not count where only one fits."""
    bare = Counter(code.lstrip("0") for code in known)
    by_bare = {code.lstrip("0"): found for code, found in known.items() if bare[code.lstrip("0")] == 1}
    return lambda code: known.get(code, by_bare.get(code.lstrip("0"))) if code else None


class RowReader:
    """Reads one table row by row and gathers what is wrong or worth knowing."""

    def __init__(self, table: Table, columns: Sequence[Column]) -> None:
        self._keys = table.keys
        self._headings = {column.key: column.heading for column in columns}
        self.errors: list[Problem] = list(table.problems)
        self.remarks: list[Problem] = []

    def has(self, key: str) -> bool:
        """Whether the file has the column at all."""
        return key in self._keys

    def refuse(self, row: Row | int, key: str, text: str) -> None:
        """Note an error; it stops the whole import."""
        number = row if isinstance(row, int) else row.number
        self.errors.append(Problem(number, self._headings.get(key, ""), text))

    def remark(self, row: Row | int, text: str) -> None:
        """Note something that a person should know, and that stops nothing."""
        self.remarks.append(Problem(row if isinstance(row, int) else row.number, "", text))

    def text(self, row: Row, key: str, limit: int, *, required: str = "") -> str:
        """Return the cell; an error where it is too long, or empty although ``required`` says what to write."""
        value = row[key]
        if not value and required:
            self.refuse(row, key, required)
        if len(value) > limit:
            self.refuse(
                row,
                key,
                _("The text has %(length)d signs; %(limit)d is the most.") % {"length": len(value), "limit": limit},
            )
            return value[:limit]
        return value

    def day(self, row: Row, key: str) -> date | None:
        """Return the date as people and systems write it (31-12-2026, 1/2-26, 1. marts 2019, 2026-12-31, Excel's 45000).

        None where it is empty or for ever (31-12-9999, 31-12-99).
        """
        value = row[key]
        if not value:
            return None
        if _SERIAL.fullmatch(value):
            return _EXCEL_COUNTS_FROM + timedelta(days=int(value))
        match = _DATE.fullmatch(value.casefold())
        if match:
            year, month, day = _numbers(match)
            if year >= _FOR_EVER:
                return None
            try:
                if year >= _FIRST_YEAR:
                    return date(year, month, day)
            except ValueError:
                pass
        self.refuse(row, key, _("“%(value)s” is not a date. Write it as 31-12-2026.") % {"value": value[:40]})
        return None

    def yes_or_no(self, row: Row, key: str) -> bool | None:
        """Return ja or nej; None where the cell is empty."""
        value = folded(row[key])
        if value in _YES:
            return True
        if value and value not in _NO:
            self.refuse(row, key, _("Write ja or nej, not “%(value)s”.") % {"value": value[:40]})
        return False if value else None


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    if match["iso_year"]:
        return int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"])
    year, day = int(match["year"]), int(match["day"])
    if match["name"]:
        month = _MONTHS.index(match["name"][:3]) + 1 if match["name"][:3] in _MONTHS else 0
    else:
        month = int(match["month"])
    if len(match["year"]) > len("26"):
        return year, month, day
    if (year, month, day) == _FOR_EVER_IN_SHORT:
        return _FOR_EVER, month, day
    return year + (2000 if year < _THIS_CENTURY_UNTIL else 1900), month, day
