# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who sees which roles, and who may give and end them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.permission import Permission
from samspil.municipalities.models import Unit
from samspil.people.models import Role, RoleAssignment, RoleAssignmentQuerySet
from samspil.people.queries import reaches, units_reached

OVERSEEING_ROLES = (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)
STAFF_A_LEADER_ENTERS = (Role.EMPLOYEE, Role.VOLUNTEER_COORDINATOR)


def visible_units(capacity: Capacity) -> models.QuerySet[Unit]:
    """Return the units whose page of staff somebody can find: those within reach."""
    return units_reached(capacity)


def visible_assignments(capacity: Capacity) -> RoleAssignmentQuerySet:
    """Return the roles that somebody sees: all, those of the units a leader reaches, or one's own."""
    rows = RoleAssignment.objects.get_queryset()
    if capacity.role in OVERSEEING_ROLES:
        return rows
    if capacity.role == Role.LEADER:
        return rows.filter(unit__in=units_reached(capacity).values("pk"))
    return rows.filter(user_id=capacity.user_id or 0)


def oversees_the_municipality(capacity: Capacity, _subject: object) -> bool:
    """Whether the capacity reaches the whole municipality."""
    return capacity.role in OVERSEEING_ROLES


def administers_people(capacity: Capacity, _subject: object) -> bool:
    """Whether the capacity gives and ends every role."""
    return capacity.role == Role.ADMINISTRATOR


def enters_the_staff(capacity: Capacity, unit: Unit) -> bool:
    """Whether the capacity leads exactly this unit, or administers all; leaders above read only."""
    is_theirs = capacity.role == Role.ADMINISTRATOR or (capacity.role == Role.LEADER and capacity.unit_id == unit.pk)
    return is_theirs and reaches(capacity, unit.pk)


def sees_the_staff(capacity: Capacity, unit: Unit) -> bool:
    """Whether the capacity sees who works at the unit: leaders and those who oversee, within reach."""
    return capacity.role in {*OVERSEEING_ROLES, Role.LEADER} and reaches(capacity, unit.pk)


def may_end_the_role(capacity: Capacity, assignment: RoleAssignment) -> bool:
    """Whether the capacity may end exactly this role: a leader those of the own staff, never a leader's."""
    if capacity.role == Role.ADMINISTRATOR:
        return visible_assignments(capacity).filter(pk=assignment.pk).exists()
    return (
        capacity.role == Role.LEADER
        and assignment.unit_id == capacity.unit_id
        and assignment.role in STAFF_A_LEADER_ENTERS
        and visible_assignments(capacity).filter(pk=assignment.pk).exists()
    )


VIEW_PEOPLE = Permission(
    "people.view", oversees_the_municipality, _("the HR/MED secretariat and the data protection officer")
)
GRANT_ROLE = Permission("people.grant_role", administers_people, _("the HR/MED secretariat"))
IMPORT_PEOPLE = Permission("people.import_people", administers_people, _("the HR/MED secretariat"))
VIEW_STAFF = Permission("people.view_staff", sees_the_staff, _("the leader of the workplace and the leaders above"))
MANAGE_STAFF = Permission(
    "people.manage_staff", enters_the_staff, _("the leader of the workplace and the HR/MED secretariat")
)
END_ROLE = Permission(
    "people.end_role", may_end_the_role, _("the HR/MED secretariat, and for the staff the leader of the workplace")
)
