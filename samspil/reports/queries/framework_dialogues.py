# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How many bodies have discussed the framework in force, and which have not (R5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.med.permissions import visible_committees
from samspil.med.queries import FrameworkLine, framework_lines

MISSING, LATE, DISCUSSED = "mangler", "over-fristen", "droeftet"
CHOICES: Mapping[str, Any] = {
    "": _("All"),
    MISSING: _("Not discussed yet"),
    LATE: _("After the deadline"),
    DISCUSSED: _("Discussed"),
}


@dataclass(frozen=True)
class BodyLine:
    """A body with how far it is, as a list shows it."""

    line: FrameworkLine
    on: date

    @property
    def label(self) -> Any:
        """Where it stands."""
        if self.line.is_held:
            return _("Discussed")
        if self.line.is_late(self.on):
            return _("After the deadline")
        return _("To be discussed") if self.line.is_asked(self.on) else _("Later")

    @property
    def badge(self) -> str:
        """The kind of badge that shows it."""
        if self.line.is_held:
            return "success"
        if self.line.is_late(self.on):
            return "error"
        return "outline" if self.line.is_asked(self.on) else "neutral"


@dataclass(frozen=True)
class FrameworkFigures:
    """The bodies within reach, by name; empty where no framework is in force or nobody has set up a body."""

    lines: tuple[FrameworkLine, ...]
    on: date

    @property
    def number(self) -> int:
        """The number of the edition."""
        return self.lines[0].version.number

    @property
    def total(self) -> int:
        """How many bodies there are."""
        return len(self.lines)

    @cached_property
    def held(self) -> int:
        """How many have discussed it."""
        return sum(line.is_held for line in self.lines)

    @cached_property
    def late(self) -> int:
        """How many have passed the deadline of their wave."""
        return sum(line.is_late(self.on) for line in self.lines)

    def shown(self, wanted: str) -> list[BodyLine]:
        """Return the bodies that are asked for; all of them where it makes no sense."""
        return [BodyLine(line, self.on) for line in self.lines if self._fits(line, wanted)]

    def _fits(self, line: FrameworkLine, wanted: str) -> bool:
        if wanted == LATE:
            return line.is_late(self.on)
        return line.is_held if wanted == DISCUSSED else wanted != MISSING or not line.is_held


def framework_figures(capacity: Capacity, on: date) -> FrameworkFigures:
    """Return how far the bodies are that a capacity sees; a fixed number of queries."""
    seen = set(visible_committees(capacity).values_list("pk", flat=True))
    return FrameworkFigures(tuple(framework_lines(on, seen)) if seen else (), on)
