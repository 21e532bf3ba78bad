# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The organisation within reach, with how many workplaces have come how far under each branch."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone

from samspil.agreements.queries import Coverage, with_status
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open


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
        parents = [branch.pk for branch in self.walk(unit)]
        within = models.Q(parent_id__in=parents) | models.Q(pk=unit.pk)
        return with_status(_workplaces_of_today().filter(within))

    def workplaces_right_under(self, unit: Unit) -> models.QuerySet[Unit]:
        """Return the workplaces right under a unit that are no branches themselves, in Danish order."""
        leaves = _workplaces_of_today().filter(parent_id=unit.pk).exclude(pk__in=list(self.branches))
        return leaves.order_by("sort_key")


def _workplaces_of_today() -> models.QuerySet[Unit]:
    return Unit.objects.filter(still_open(timezone.localdate()), is_workplace=True)


def area_of(units: models.QuerySet[Unit], top_id: int | None) -> Area | None:
    """Return the organisation that the visible units make up, in two queries; None where its top is not among them."""
    has_some_below = models.Exists(
        Unit.objects.filter(still_open(timezone.localdate()), parent_id=models.OuterRef("pk"))
    )
    is_branch = models.Q(pk=top_id) | models.Q(is_workplace=False) | models.Q(has_some_below)
    found = with_status(units.filter(is_branch)).order_by("sort_key")
    branches = {unit.pk: unit for unit in found}
    top = branches.get(top_id or 0)
    if top is None:
        return None
    below: dict[int, list[Unit]] = {}
    for unit in branches.values():
        if unit.parent_id in branches:
            below.setdefault(unit.parent_id, []).append(unit)
    direct: dict[int, dict[str, int]] = {}
    workplaces = _workplaces_of_today().filter(parent_id__in=list(branches)).order_by()
    rows = with_status(workplaces).values_list("parent_id", "status").annotate(models.Count("pk"))
    for parent_id, status, number in rows:
        direct.setdefault(parent_id, {})[status] = number
    return Area(top, branches, below, direct)
