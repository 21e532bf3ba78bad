# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What an import would do, in words and as data; worked out without writing anything."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samspil.foundation.errors import Missing, Refusal
from samspil.foundation.tables import Problem

_SHOWN = 20
_ROWS_NAMED = 8


@dataclass(frozen=True)
class Line:
    """One thing that is made, changed or absent; ``row`` is 0 where it stands in no row."""

    row: int
    name: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What would happen. ``writes`` is the area's own data, which its action carries out.

    ``errors`` stop everything; ``remarks`` are rows that are left out or read in a way worth knowing.
    ``absent`` is listed for people to see, and never acted on.
    """

    creates: tuple[Line, ...]
    changes: tuple[Line, ...]
    unchanged: int
    errors: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    absent: tuple[Line, ...]
    writes: Sequence[Any]

    @property
    def does_nothing(self) -> bool:
        """Whether everything in the file stands here already."""
        return not self.writes

    @property
    def fingerprint(self) -> str:
        """A code for what would be written: who confirms a plan, confirms this one."""
        return hashlib.sha256(repr(tuple(self.writes)).encode()).hexdigest()

    @property
    def counts(self) -> dict[str, int]:
        """How much, for the audit."""
        return {"created": len(self.creates), "changed": len(self.changes), "unchanged": self.unchanged}


class PlanRefusedError(Refusal):
    """The file has errors, or something changed since the plan was shown; ``plan`` is how it looks now."""

    def __init__(self, message: Any, plan: Plan) -> None:
        super().__init__(message, missing=[Missing("row", sentence(problem)) for problem in plan.errors[:_SHOWN]])
        self.plan = plan


@dataclass(frozen=True)
class Together:
    """Rows with the same problem, which somebody puts right in one go."""

    rows: tuple[int, ...]
    column: str
    text: str

    @property
    def rows_in_words(self) -> str:
        """The numbers of the rows: all of a few, the first and how many of more."""
        first = ", ".join(str(row) for row in self.rows[:_ROWS_NAMED])
        if len(self.rows) <= _ROWS_NAMED:
            return first
        return _("%(first)s … (%(count)d rows)") % {"first": first, "count": len(self.rows)}


def together(problems: Iterable[Problem]) -> list[Together]:
    """Return the problems in the order of their first row, each said once."""
    rows: dict[tuple[str, str], list[int]] = {}
    for problem in sorted(problems, key=lambda problem: problem.row):
        rows.setdefault((problem.column, problem.text), []).append(problem.row)
    return [Together(tuple(numbers), column, text) for (column, text), numbers in rows.items()]


def sentence(problem: Problem) -> str:
    """Return the problem with its row and column before it."""
    where = {"row": problem.row, "column": problem.column, "text": problem.text}
    if problem.column:
        return _("Row %(row)d, %(column)s: %(text)s") % where
    return _("Row %(row)d: %(text)s") % where


def settle(plan: Plan, expected: str) -> None:
    """Raise ``PlanRefusedError`` unless the plan is free of errors and the one that was shown.

    ``expected`` is the fingerprint that somebody confirmed; empty where nobody was asked (a command).
    """
    if plan.errors:
        raise PlanRefusedError(_("Nothing has been imported, because the file has errors."), plan)
    if expected and expected != plan.fingerprint:
        raise PlanRefusedError(_("Something has changed since you looked. See below what would happen now."), plan)


def difference(what: Any, now: str, before: str) -> str:
    """Return how a value changes, in words."""
    return _("%(what)s: %(now)s (before: %(before)s)") % {"what": what, "now": now or "–", "before": before or "–"}


def written(day: date | None) -> str:
    """Return the day as it stands in such tables."""
    return day.strftime("%d-%m-%Y") if day else "–"
