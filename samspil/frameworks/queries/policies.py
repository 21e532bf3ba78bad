# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which policies the framework stands beside, on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samspil.foundation.prepared import prepared
from samspil.foundation.text import sort_key
from samspil.frameworks.models import Policy
from samspil.municipalities.models import Sector, Unit
from samspil.municipalities.queries import still_open


@dataclass(frozen=True)
class ThreeLevels:
    """Which policies the framework stands beside: citizenship on top, then the sectors, then the framework (R9, R12).

    ``without_policy`` names the sectors that have workplaces but no policy, which is no error (R11).
    """

    citizenship: tuple[Policy, ...]
    of_sectors: tuple[Policy, ...]
    without_policy: tuple[str, ...]
    cross_cutting: tuple[Policy, ...]


@prepared
def _valid_on(on: date) -> QuerySet[Policy]:
    return Policy.objects.valid_on(on)


def _valid_policies(on: date) -> list[Policy]:
    return sorted(_valid_on(on), key=lambda policy: sort_key(policy.title))


def _of_level(policies: Iterable[Policy], level: Policy.Level) -> tuple[Policy, ...]:
    return tuple(policy for policy in policies if policy.level == level)


@prepared
def _sectors_in_use(on: date) -> QuerySet[Unit, str]:
    workplaces = Unit.objects.filter(still_open(on), is_workplace=True)
    return workplaces.order_by().values_list("sector", flat=True).distinct()


def three_levels(on: date) -> ThreeLevels:
    """Return the map of the policies that hold on ``on``; two queries."""
    policies = _valid_policies(on)
    of_sectors = _of_level(policies, Policy.Level.SECTOR)
    without = (
        set(_sectors_in_use(on)) - {sector for policy in of_sectors for sector in policy.sectors} - {Sector.OTHER.value}
    )
    return ThreeLevels(
        citizenship=_of_level(policies, Policy.Level.CITIZENSHIP),
        of_sectors=of_sectors,
        without_policy=tuple(str(sector.label) for sector in Sector if sector.value in without),
        cross_cutting=_of_level(policies, Policy.Level.CROSS_CUTTING),
    )


@dataclass(frozen=True)
class PoliciesHere:
    """The policies that a workplace stands under: those that hold for everybody, and those of its own sector (R8)."""

    for_all: tuple[Policy, ...]
    of_sector: tuple[Policy, ...]


def policies_for(sector: str, on: date) -> PoliciesHere:
    """Return the policies that hold for a workplace of ``sector`` on ``on``; one query."""
    policies = _valid_policies(on)
    return PoliciesHere(
        for_all=_of_level(policies, Policy.Level.CITIZENSHIP) + _of_level(policies, Policy.Level.CROSS_CUTTING),
        of_sector=tuple(policy for policy in _of_level(policies, Policy.Level.SECTOR) if sector in policy.sectors),
    )


def citizenship_policies(on: date) -> list[Policy]:
    """Return the policies for citizenship that hold on ``on`` (R33)."""
    return list(_of_level(_valid_policies(on), Policy.Level.CITIZENSHIP))
