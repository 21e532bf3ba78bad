# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a table is once it has been read, and how much of one is read at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samspil.foundation.errors import Refusal

MEGABYTE = 1024 * 1024
MAX_BYTES = 15 * MEGABYTE
MAX_ROWS = 60_000
MAX_COLUMNS = 100
MAX_CELL = 2_000
HEADING_WITHIN = 10
"""Some exports put a title above the headings; they are looked for in this many rows."""


@dataclass(frozen=True)
class Column:
    """A column to look for: ``heading`` as it is written in Danish, ``key`` as the code calls it.

    ``holds_codes``: its digits are no CPR number although they may look like one (a P-number, a UUID).
    ``hint`` is what stands about it on the page.
    """

    heading: str
    key: str
    is_required: bool = False
    also: tuple[str, ...] = ()
    holds_codes: bool = False
    hint: Any = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong with, or worth knowing about, one row; ``row`` counts as Excel does, ``column`` is a heading."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Row:
    """One row; a cell that is empty or not there is ``""``."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """Return the text of the cell."""
        return self.cells.get(key, "")


@dataclass(frozen=True)
class Table:
    """The rows that hold something, the columns that were found, the headings that nobody asked for."""

    rows: tuple[Row, ...]
    keys: frozenset[str]
    unread: tuple[str, ...]
    problems: tuple[Problem, ...]
    sha256: str


class TableError(Refusal):
    """The file as a whole cannot be read; the message says what to do about it."""
