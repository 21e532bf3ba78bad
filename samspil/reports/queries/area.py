# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The organisation within reach, with how many workplaces have come how far under each branch."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from samspil.agreements.queries import Coverage, with_status
from samspil.foundation.capacity import Capacity
from samspil.foundation.prepared import Listed, prepared
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open
from samspil.people.models import REACHING_ROLES
from samspil.people.queries import units_within


@dataclass(frozen=True)
class Counts:
    """How many workplaces have come how far."""

    by_status: Mapping[str, int]

    @property
    def total(self) -> int:
        """All workplaces."""
        return sum(self.by_status.values())

    @property
    def in_force(self) -> int:
        """Those with an agreement in force."""
        return self.by_status.get(Coverage.IN_FORCE, 0)


@dataclass(frozen=True)
class Area:
    """What somebody oversees. A branch is a unit that something stands under, or that is no workplace.

    Workplaces are counted in the database and never all fetched, so that a page costs the same
    in a large municipality as in a small one.
    """

    top: Unit
    branches: Mapping[int, Unit]
    below: Mapping[int, list[Unit]]
    direct: Mapping[int, Mapping[str, int]]
    on: date

    def under(self, unit: Unit) -> list[Unit]:
        """Return the branches right under a unit, in Danish order."""
        return self.below.get(unit.pk, [])

    def walk(self, unit: Unit) -> list[Unit]:
        """Return the unit and every branch below it, as a person would read the tree."""
        return [unit, *(found for child in self.under(unit) for found in self.walk(child))]

    def by_slug(self, slug: str) -> Unit | None:
        """Return the branch with this address, or None."""
        return next((unit for unit in self.branches.values() if unit.slug == slug), None)

    def depth(self, unit: Unit) -> int:
        """Return how many steps a branch stands below the top."""
        above = self.branches.get(unit.parent_id or 0)
        return 1 + self.depth(above) if above is not None and unit.pk != self.top.pk else 0

    def counts(self, unit: Unit) -> Counts:
        """Return how far the workplaces of a branch have come: the unit's own, and all below."""
        found: Counter[str] = Counter()
        for branch in self.walk(unit):
            found.update(self.direct.get(branch.pk, {}))
        own: Any = self.branches.get(unit.pk)
        if own is not None and own.is_workplace:
            found[own.status] += 1
        return Counts(dict(found))

    def workplaces(self, unit: Unit) -> models.QuerySet[Any]:
        """Return every workplace of a branch, with its ``status``: the unit's own, and all below."""
        return with_status(workplaces_of(unit.pk, self.parents(unit), self.on), self.on)

    def listed(self, unit: Unit) -> Listed:
        """Return every workplace of a branch by name, with what it stands under, for showing in pages."""
        return _listed.listed(unit.pk, self.parents(unit), self.on)

    def parents(self, unit: Unit) -> tuple[int, ...]:
        """Return the keys of what the workplaces of a branch stand right under."""
        return tuple(branch.pk for branch in self.walk(unit))

    def workplaces_right_under(self, unit: Unit) -> Listed:
        """Return the workplaces right under a unit that are no branches themselves, in Danish order, to take some of."""
        return _leaves_of.listed(unit.pk, tuple(self.branches), self.on)


def workplaces_of(unit_id: int, parents: tuple[int, ...], on: date) -> models.QuerySet[Unit]:
    """Return a unit's own workplace and those right under any of ``parents``."""
    within = models.Q(parent_id__in=parents) | models.Q(pk=unit_id)
    return _workplaces(on).filter(within)


def _workplaces(on: date) -> models.QuerySet[Unit]:
    return Unit.objects.filter(still_open(on), is_workplace=True)


@prepared
def _listed(unit_id: int, parents: tuple[int, ...], on: date) -> models.QuerySet[Unit]:
    return workplaces_of(unit_id, parents, on).order_by("sort_key", "pk").select_related("parent")


@prepared
def _leaves_of(unit_id: int, branches: tuple[int, ...], on: date) -> models.QuerySet[Unit]:
    return _workplaces(on).filter(parent_id=unit_id).exclude(pk__in=branches).order_by("sort_key")


@prepared
def _branches(top_id: int, on: date) -> models.QuerySet[Any]:
    has_some_below = models.Exists(Unit.objects.filter(still_open(on), parent_id=models.OuterRef("pk")))
    is_branch = models.Q(pk=top_id) | models.Q(is_workplace=False) | models.Q(has_some_below)
    is_here = still_open(on) | models.Q(pk=top_id)
    within = Unit.objects.filter(is_here, is_branch, pk__in=units_within(top_id, below=True).values("pk"))
    return with_status(within, on).order_by("sort_key")


@prepared
def _counted(parents: tuple[int, ...], on: date) -> Any:
    workplaces = _workplaces(on).filter(parent_id__in=parents).order_by()
    return with_status(workplaces, on).values_list("parent_id", "status").annotate(models.Count("pk"))


def area_of(capacity: Capacity) -> Area | None:
    """Return the organisation that somebody oversees, as it is on their day, in two queries; None where there is none."""
    if capacity.unit_id is None or capacity.role not in REACHING_ROLES:
        return None
    on = capacity.on
    branches = {unit.pk: unit for unit in _branches(capacity.unit_id, on)}
    top = branches.get(capacity.unit_id)
    if top is None:
        return None
    below: dict[int, list[Unit]] = {}
    for unit in branches.values():
        if unit.parent_id in branches:
            below.setdefault(unit.parent_id, []).append(unit)
    direct: dict[int, dict[str, int]] = {}
    for parent_id, status, number in _counted(tuple(branches), on):
        direct.setdefault(parent_id, {})[status] = number
    return Area(top, branches, below, direct, on)
