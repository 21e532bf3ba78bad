# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which body speaks for a unit, who sits in it, and who may speak for its employee side."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Missing
from samspil.foundation.memory import once_a_page
from samspil.med.models import Committee, CoveredByCommittee, Function, GuidelineStance, Membership, Side
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import ids_above, path_of, units_below
from samspil.people.models import STAFF_ROLES, Role, RoleAssignment, User
from samspil.people.queries import units_reached

OVERSEEING_ROLES = (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)
SPOKESPERSONS = (Function.DEPUTY, Function.UNION_REPRESENTATIVE, Function.EMPLOYEE_CONTACT)


@once_a_page
def _nearest(unit_id: int) -> Committee | None:
    """Return the body that covers the unit, or the nearest one above it; it knows whether it has any stances."""
    path = ids_above(unit_id)
    stances = GuidelineStance.objects.filter(committee=OuterRef("committee"), ended_at=None)
    rows = CoveredByCommittee.objects.filter(unit__in=path).select_related("committee")
    bodies: dict[int, Committee] = {}
    for row in rows.annotate(has_stances=Exists(stances)):
        bodies[row.unit_id] = row.committee
        row.committee.has_stances = row.has_stances
    return next((bodies[unit] for unit in reversed(path) if unit in bodies), None)


def body_for(unit: Unit, on: date) -> Committee | None:
    """Return the body of a unit: its own, else that of the nearest unit above; None where nobody has set one up."""
    del on  # which units a body covers carries no dates
    return _nearest(unit.pk)


def speaks_for(committee: Committee, unit_id: int) -> bool:
    """Say whether it is this body that a unit has."""
    return _nearest(unit_id) == committee


def stands_above(committee: Committee, unit: Unit) -> bool:
    """Say whether the body covers the unit or one above it."""
    return CoveredByCommittee.objects.filter(committee=committee, unit__in=ids_above(unit.pk)).exists()


def members(committee: Committee, on: date) -> QuerySet[Membership]:
    """Return who sits in the body on the day, management first."""
    return committee.memberships.on(on).select_related("user").order_by("-side", "id")


@once_a_page
def seats(committee: Committee, on: date) -> tuple[Membership, ...]:
    """Return the same as ``members``, read once."""
    return tuple(members(committee, on))


@once_a_page
def covered_units(committee: Committee) -> tuple[Unit, ...]:
    """Return the units that the body covers, in Danish order."""
    rows = CoveredByCommittee.objects.filter(committee=committee).select_related("unit").order_by("unit__sort_key")
    return tuple(row.unit for row in rows)


def leads_covered(user_id: int, committee: Committee, on: date) -> bool:
    """Say whether somebody leads, on the day, a unit that the body speaks for, or one above it."""
    return bool(leaders_among((user_id,), committee, on))


def leaders_among(user_ids: Iterable[int], committee: Committee, on: date) -> set[int]:
    """Return those who lead, on the day, a unit that the body speaks for, or one above it."""
    led = RoleAssignment.objects.on(on).filter(user_id__in=list(user_ids), role=Role.LEADER)
    units: dict[int, set[int]] = {}
    for unit, user in led.values_list("unit_id", "user_id"):
        units.setdefault(unit, set()).add(user)
    if not units:
        return set()
    above = {above for unit in covered_units(committee) for above in ids_above(unit.pk)}
    return {user for unit, users in units.items() if unit in above or _nearest(unit) == committee for user in users}


@once_a_page
def employee_side(committee: Committee, on: date) -> list[Membership]:
    """Return who can speak for the employee side on the day, one membership a person.

    Of a staff meeting it is the elected contact. Never somebody who leads a unit that the body speaks for.
    """
    people = {
        seat.user_id: seat
        for seat in seats(committee, on)
        if seat.side == Side.EMPLOYEES
        and (not committee.is_staff_meeting or seat.function == Function.EMPLOYEE_CONTACT)
    }
    leaders = leaders_among(people, committee, on)
    return [seat for user, seat in people.items() if user not in leaders]


def spokespersons(committee: Committee, on: date) -> list[Membership]:
    """Return the deputy chair and union representatives (staff meeting: the contact); else the whole employee side."""
    everybody = employee_side(committee, on)
    speakers = {
        seat.user_id for seat in seats(committee, on) if seat.side == Side.EMPLOYEES and seat.function in SPOKESPERSONS
    }
    return [seat for seat in everybody if seat.user_id in speakers] or everybody


def sides_missing(committee: Committee, on: date) -> list[Missing]:
    """Return what is missing before a dialogue can be recorded here: each side must have somebody."""
    if committee.is_staff_meeting:
        if employee_side(committee, on):
            return []
        return [Missing("contact", _("Write whom the staff have elected as their contact."))]
    gaps = []
    sides = {seat.side for seat in seats(committee, on)}
    if Side.MANAGEMENT not in sides:
        gaps.append(Missing("management", _("Put somebody on the management side.")))
    if not employee_side(committee, on):
        gaps.append(Missing("employees", _("Put somebody on the employee side.")))
    return gaps


def candidates(committee: Committee, on: date) -> QuerySet[User]:
    """Return who works at, under or above what the body covers, for a list to choose from."""
    covered = [row.unit for row in committee.covered.select_related("unit")]
    units = {unit.pk for one in covered for unit in (*path_of(one), *units_below(one.pk))}
    roles = RoleAssignment.objects.on(on).filter(unit__in=units).exclude(role__in=(Role.VOLUNTEER, Role.PARTNER))
    return User.objects.filter(pk__in=roles.values("user_id"), is_active=True).order_by("name")


def committees_with_units(committees: QuerySet[Committee]) -> QuerySet[Committee]:
    """Return the bodies with the units that they cover, in a fixed number of queries."""
    return committees.prefetch_related(Prefetch("covered", CoveredByCommittee.objects.select_related("unit")))


def committees_reached(capacity: Capacity) -> QuerySet[Committee]:
    """Return the bodies that somebody sees: their own, their workplace's, and those of units they reach."""
    if capacity.role in OVERSEEING_ROLES:
        return Committee.objects.all()
    if capacity.role not in STAFF_ROLES:
        return Committee.objects.none()
    return Committee.objects.filter(pk__in=_ids_reached(capacity))


def reaches_committee(capacity: Capacity, committee_id: int) -> bool:
    """Say whether ``committees_reached`` has the body, without asking for each one anew."""
    if capacity.role in OVERSEEING_ROLES:
        return Committee.objects.filter(pk=committee_id).exists()
    return capacity.role in STAFF_ROLES and committee_id in _ids_reached(capacity)


@once_a_page
def _ids_reached(capacity: Capacity) -> frozenset[int]:
    """Return the bodies that a leader or an employee sits in, belongs to or reaches."""
    own = Membership.objects.on(capacity.on).filter(user_id=capacity.user_id or 0)
    found = set(own.values_list("committee_id", flat=True))
    if capacity.unit_id is not None:
        nearest = _nearest(capacity.unit_id)
        found |= {nearest.pk} if nearest else set()
        if capacity.role == Role.LEADER:
            below = CoveredByCommittee.objects.filter(unit__in=units_reached(capacity).values("pk"))
            found |= set(below.values_list("committee_id", flat=True))
    return frozenset(found)
