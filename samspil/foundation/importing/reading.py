# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Cells become values; what cannot be read is noted with its row and column."""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from samspil.foundation.tables import Column, Problem, Row, Table

_DATE = re.compile(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+)?")
_YES = {"ja", "j", "x", "1", "sand", "true", "yes"}
_NO = {"nej", "n", "0", "falsk", "false", "no"}
_FIRST_YEAR, _FOR_EVER = 1900, 2200


def folded(text: str) -> str:
    """Return the text as names are compared: without case and double spaces."""
    return " ".join(text.casefold().split())


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
        """Return the date (31-12-2026, 31.12.2026 or 2026-12-31); None where empty or for ever (31-12-9999)."""
        value = row[key]
        if not value:
            return None
        match = _DATE.fullmatch(value)
        if match:
            danish = (match[3], match[2], match[1])
            year, month, day = map(int, danish if match[1] else (match[4], match[5], match[6]))
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
