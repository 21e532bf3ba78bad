# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Capacities, and who holds which role where."""

from collections.abc import Callable
from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from samspil.audit.queries import pseudonym_of
from samspil.foundation import tenancy
from samspil.foundation.capacity import Capacity
from samspil.foundation.memory import once_a_page
from samspil.foundation.prepared import prepared
from samspil.foundation.text import sort_key
from samspil.municipalities.models import Municipality, Unit
from samspil.municipalities.queries import ids_above, units_below
from samspil.people.models import REACHING_ROLES, STAFF_ROLES, Role, RoleAssignment, RoleAssignmentQuerySet

ROLE_ORDER = [
    Role.LEADER,
    Role.EMPLOYEE,
    Role.VOLUNTEER_COORDINATOR,
    Role.ADMINISTRATOR,
    Role.CERTIFICATE_ORDERER,
    Role.DATA_PROTECTION_OFFICER,
    Role.VOLUNTEER,
    Role.PARTNER,
]

WHAT_FOLLOWS: list[Callable[[RoleAssignment, date], list[str]]] = []
"""What the areas above say follows when a role ends, in sentences; each adds its own when it is ready."""


def capacities_of(user_id: int, on: date) -> list[RoleAssignment]:
    """Return the user's assignments in every municipality on ``on``, for choosing among.

    One of the two places that look across municipalities: nothing is scoped before a
    capacity is chosen. Units are fetched per municipality, inside its scope.
    """
    with tenancy.as_user(user_id):
        today = models.Q(until=None) | models.Q(until__gte=on)
        rows = list(
            tenancy.across_municipalities(RoleAssignment)
            .filter(today, user_id=user_id, from_date__lte=on)
            .order_by("municipality_id", "id")
        )
    for municipality_id in {found for row in rows if (found := row.municipality_id)}:
        with tenancy.scope(municipality_id):
            own = [row for row in rows if row.municipality_id == municipality_id]
            units = Unit.objects.in_bulk([row.unit_id for row in own])
            municipality = Municipality.objects.get(pk=municipality_id)
            for row in own:
                row.unit = units[row.unit_id]
                row.municipality = municipality
    return rows


@prepared
def _municipality_of(assignment_id: int, user_id: int) -> models.QuerySet[RoleAssignment, int]:
    own = tenancy.across_municipalities(RoleAssignment).filter(pk=assignment_id, user_id=user_id)
    return own.order_by().values_list("municipality_id", flat=True)


def municipality_of_assignment(assignment_id: int, user_id: int) -> int | None:
    """Return the municipality of one of the user's own assignments, or None."""
    with tenancy.as_user(user_id):
        return next(iter(_municipality_of(assignment_id, user_id)), None)


def capacity_of(assignment: RoleAssignment, on: date) -> Capacity:
    """Return the capacity of an assignment as it is on ``on``.

    Volunteers and partners stand in the audit by pseudonym, so their capacity carries one.
    """
    is_volunteer = assignment.role in {Role.VOLUNTEER, Role.PARTNER}
    return Capacity(
        municipality_id=assignment.municipality.pk,
        role=assignment.role,
        on=on,
        user_id=assignment.user_id,
        assignment_id=assignment.pk,
        unit_id=assignment.unit_id,
        person_name=assignment.user.name,
        title=assignment.title,
        role_label=_("stand-in") if assignment.is_stand_in else str(Role(assignment.role).label),
        unit_name=assignment.unit.name,
        municipality_name=assignment.municipality.name,
        pseudonym=pseudonym_of(kind="people.user", key=assignment.user_id) if is_volunteer else "",
        is_stand_in=assignment.is_stand_in,
    )


@prepared
def _chosen(assignment_id: int, user_id: int, on: date) -> models.QuerySet[RoleAssignment]:
    own = RoleAssignment.objects.on(on).filter(pk=assignment_id, user_id=user_id, user__is_active=True)
    return own.select_related("user", "unit", "municipality")


def chosen_assignment(assignment_id: int, user_id: int, on: date) -> RoleAssignment | None:
    """Return the assignment in this scope if it is the user's own and holds on ``on``."""
    return next(iter(_chosen(assignment_id, user_id, on)), None)


def units_reached(capacity: Capacity) -> models.QuerySet[Unit]:
    """Return the units a capacity sees: all below for those who reach down, else their own."""
    return units_reached_as(capacity.role, capacity.unit_id)


def units_reached_as(role: str, unit_id: int | None) -> models.QuerySet[Unit]:
    """Return the same, told in what a prepared question may be asked with."""
    return Unit.objects.none() if unit_id is None else units_within(unit_id, below=role in REACHING_ROLES)


def units_within(unit_id: int, *, below: bool) -> models.QuerySet[Unit]:
    """Return the unit, with all below it where that is wanted: for questions that are prepared."""
    found: models.QuerySet[Unit] = units_below(unit_id) if below else Unit.objects.filter(pk=unit_id)
    return found


def reaches(capacity: Capacity, unit_id: int) -> bool:
    """Say whether ``units_reached`` has the unit, from its path instead of from the whole tree."""
    if capacity.unit_id is None or capacity.unit_id == unit_id:
        return capacity.unit_id == unit_id
    return capacity.role in REACHING_ROLES and capacity.unit_id in ids_above(unit_id)


def holders(role: Role, unit_id: int, on: date) -> RoleAssignmentQuerySet:
    """Return who holds ``role`` at exactly this unit on ``on``."""
    return (
        RoleAssignment.objects.get_queryset().on(on).filter(role=role, unit_id=unit_id).select_related("user", "unit")
    )


def leaders_of(unit_id: int, on: date) -> RoleAssignmentQuerySet:
    """Return who leads exactly this unit on ``on``; whoever stands in for a leader is none (R19)."""
    return holders(Role.LEADER, unit_id, on).filter(is_stand_in=False)


@prepared
def _stand_ins(unit_id: int, on: date) -> RoleAssignmentQuerySet:
    return holders(Role.LEADER, unit_id, on).filter(is_stand_in=True).order_by("pk")


@once_a_page
def stand_in_of(unit_id: int, on: date) -> RoleAssignment | None:
    """Return who stands in for the leader of the unit on ``on``, or None (R19)."""
    return next(iter(_stand_ins(unit_id, on)), None)


def stand_ins_from(unit_id: int, on: date) -> RoleAssignmentQuerySet:
    """Return the stand-ins of the unit on ``on`` and later, in the order of their days."""
    rows = RoleAssignment.objects.get_queryset().filter(unit_id=unit_id, is_stand_in=True, until__gte=on)
    return rows.select_related("user", "unit").order_by("from_date")


def could_stand_in(unit_id: int, on: date) -> list[RoleAssignment]:
    """Return who may stand in for the leader of the unit: its staff first, then leaders elsewhere; each person once."""
    here = list(staff_of(unit_id, on).filter(user__is_active=True, is_stand_in=False))
    elsewhere = (
        RoleAssignment.objects.get_queryset()
        .on(on)
        .filter(role=Role.LEADER, is_stand_in=False, user__is_active=True)
        .exclude(unit_id=unit_id)
        .select_related("user", "unit")
    )
    there = sorted(elsewhere, key=lambda row: sort_key(row.user.name))
    return list({row.user_id: row for row in reversed([*here, *there])}.values())[::-1]


def staff_of(unit_id: int, on: date) -> RoleAssignmentQuerySet:
    """Return the employees of a unit on ``on``, its leader included."""
    return (
        RoleAssignment.objects.get_queryset()
        .on(on)
        .filter(role__in=STAFF_ROLES, unit_id=unit_id)
        .select_related("user", "unit")
        .order_by("user__name")
    )


@prepared
def staff_now(unit_id: int, on: date) -> RoleAssignmentQuerySet:
    """Return the same, read."""
    return staff_of(unit_id, on)


def volunteers_of(unit_id: int, on: date) -> RoleAssignmentQuerySet:
    """Return the volunteers and the spokespersons of associations who have a login at a unit on ``on``."""
    roles = (Role.VOLUNTEER, Role.PARTNER)
    return RoleAssignment.objects.get_queryset().on(on).filter(role__in=roles, unit_id=unit_id).order_by("id")


def administrators(on: date) -> RoleAssignmentQuerySet:
    """Return the secretariat of the municipality on ``on``."""
    return RoleAssignment.objects.get_queryset().on(on).filter(role=Role.ADMINISTRATOR).select_related("user", "unit")


def municipalities_known_to(user_id: int) -> list[Municipality]:
    """Return where the user has, had or will have a role: whom to ask when there is none today."""
    with tenancy.as_user(user_id):
        ids = set(
            tenancy.across_municipalities(RoleAssignment)
            .filter(user_id=user_id)
            .values_list("municipality_id", flat=True)
        )
    return list(Municipality.objects.filter(pk__in=ids))


def cast_of(on: date) -> list[RoleAssignment]:
    """Return everybody with a role today, unit by unit: whom the demo lets one be."""
    rows = RoleAssignment.objects.get_queryset().on(on).select_related("user", "unit", "municipality")
    return sorted(rows, key=lambda row: (ROLE_ORDER.index(Role(row.role)), row.unit.sort_key, sort_key(row.user.name)))


@prepared
def all_roles_from(on: date) -> RoleAssignmentQuerySet:
    """Return all roles that hold on ``on`` or later, by name."""
    return roles_from(on, among=RoleAssignment.objects.get_queryset())


def roles_from(on: date, *, among: RoleAssignmentQuerySet) -> RoleAssignmentQuerySet:
    """Return the roles that hold on ``on`` or later, by name."""
    return (
        among.filter(models.Q(until=None) | models.Q(until__gte=on))
        .select_related("user", "unit")
        .order_by("user__name", "user_id", "id")
    )
