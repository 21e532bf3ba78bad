# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How far the agreements are with the edition of the framework in force (R53, R60)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.agreements.update_stages import Stage, StageOf, stages
from samspil.frameworks.queries import version_in_force
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open

DUE = "mangler"
_IN_ADDRESSES: Mapping[str, Stage] = {
    "stilling": Stage.TO_TAKE,
    "udkast": Stage.TO_SWITCH,
    "naeste-skridt": Stage.TO_FOLLOW,
    "paa-vej": Stage.ON_THE_WAY,
    "undtaget": Stage.EXEMPTED,
    "gennemgang": Stage.REVIEW,
    "foelger": Stage.FOLLOWS,
}
_BADGES = {
    Stage.TO_TAKE: "outline",
    Stage.TO_SWITCH: "outline",
    Stage.TO_FOLLOW: "outline",
    Stage.ON_THE_WAY: "info",
    Stage.EXEMPTED: "neutral",
    Stage.REVIEW: "neutral",
    Stage.FOLLOWS: "success",
}


@dataclass(frozen=True)
class UpdateLine:
    """A workplace with how far its agreement is."""

    unit: Unit
    found: StageOf

    @property
    def badge(self) -> str:
        """The kind of badge that shows it."""
        return _BADGES[self.found.stage]


@dataclass(frozen=True)
class UpdateFigures:
    """The agreements within reach, by name; ``number`` is that of the edition, None where none is in force."""

    number: int | None
    lines: tuple[UpdateLine, ...]

    @property
    def total(self) -> int:
        """How many agreements there are."""
        return len(self.lines)

    @cached_property
    def due(self) -> int:
        """How many are not done."""
        return sum(not line.found.is_resolved for line in self.lines)

    @cached_property
    def by_stage(self) -> Mapping[Stage, int]:
        """How many are how far."""
        return Counter(line.found.stage for line in self.lines)

    def choices(self, wanted: str) -> list[tuple[str, Any, int, bool]]:
        """Return what the list can be limited to: address, words, how many, and whether it is chosen."""
        found = [("", _("all"), self.total, not wanted), (DUE, _("not done"), self.due, wanted == DUE)]
        found += [
            (key, stage.label, self.by_stage[stage], wanted == key)
            for key, stage in _IN_ADDRESSES.items()
            if self.by_stage.get(stage)
        ]
        return found

    def shown(self, wanted: str) -> list[UpdateLine]:
        """Return the lines that are asked for; all of them where it makes no sense."""
        if wanted == DUE:
            return [line for line in self.lines if not line.found.is_resolved]
        stage = _IN_ADDRESSES.get(wanted)
        return [line for line in self.lines if stage is None or line.found.stage == stage]


def update_figures(units: models.QuerySet[Unit], on: date) -> UpdateFigures:
    """Return how far the agreements of the visible units are; nine queries at most, however many there are."""
    edition = version_in_force(on)
    found = stages(on)
    here = units.filter(still_open(on), pk__in=list(found)).select_related("parent").order_by("sort_key", "pk")
    return UpdateFigures(edition.number if edition else None, tuple(UpdateLine(unit, found[unit.pk]) for unit in here))
