# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which body speaks for a unit, who sits in it, and who may speak for its employee side."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Missing
from samspil.foundation.memory import once_a_page
from samspil.foundation.prepared import prepared, read_along
from samspil.med.body_models import StandingConsent, WheelEntry
from samspil.med.models import Committee, CoveredByCommittee, Function, GuidelineStance, Membership, Side
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import ids_above, path_of, units_below
from samspil.people.models import STAFF_ROLES, Role, RoleAssignment, User

OVERSEEING_ROLES = (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)
SPOKESPERSONS = (Function.DEPUTY, Function.UNION_REPRESENTATIVE, Function.EMPLOYEE_CONTACT)


@prepared
def _covering(unit_ids: tuple[int, ...]) -> QuerySet[Any]:
    stances = GuidelineStance.objects.filter(committee=OuterRef("committee"), ended_at=None)
    rows = CoveredByCommittee.objects.filter(unit__in=unit_ids).select_related("committee")
    return rows.annotate(has_stances=Exists(stances))


@once_a_page
def _nearest_row(unit_id: int) -> CoveredByCommittee | None:
    path = ids_above(unit_id)
    rows = {row.unit_id: row for row in _covering(path)}
    row = next((rows[unit] for unit in reversed(path) if unit in rows), None)
    if row is not None:
        row.committee.has_stances = row.has_stances
    return row


def _nearest(unit_id: int) -> Committee | None:
    """Return the body that covers the unit, or the nearest one above it; it knows whether it has any stances."""
    row = _nearest_row(unit_id)
    return row.committee if row else None


def own_body(unit_id: int) -> Committee | None:
    """Return the body that covers the unit itself, or None where one above it does."""
    row = _nearest_row(unit_id)
    return row.committee if row and row.unit_id == unit_id else None


@prepared
def _body_at(slug: str) -> QuerySet[Any]:
    """Return a body, with whether there is anything to ask for of what few bodies use."""
    consents = StandingConsent.objects.filter(committee=OuterRef("pk"))
    entries = WheelEntry.objects.filter(committee=OuterRef("pk"))
    bodies: QuerySet[Any] = Committee.objects.filter(slug=slug).select_related("parent")
    annotated: QuerySet[Any] = bodies.annotate(has_consents=Exists(consents), has_entries=Exists(entries))
    return annotated


def body_at(slug: str) -> Committee | None:
    """Return the body at an address; who may see it is another question."""
    return next(iter(_body_at(slug)), None)


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


@prepared
def seats_between(committees: tuple[int, ...], since: date, on: date) -> QuerySet[Membership]:
    """Return who sat in any of the bodies at some time from a day to another."""
    seats = Membership.objects.filter(committee__in=committees).filter(Q(until=None) | Q(until__gte=since))
    return seats.filter(from_date__lte=on).select_related("user", "committee").order_by("id")


def members(committee: Committee, on: date) -> QuerySet[Membership]:
    """Return who sits in the body on the day, management first."""
    return committee.memberships.on(on).select_related("user").order_by("-side", "id")


@prepared
def _seats(committee_id: int, on: date) -> QuerySet[Membership]:
    here = Membership.objects.on(on).filter(committee=committee_id)
    return here.select_related("user").order_by("-side", "id")


@once_a_page
def seats(committee: Committee, on: date) -> tuple[Membership, ...]:
    """Return the same as ``members``, read once."""
    found = _seats(committee.pk, on)
    for seat in found:
        seat.committee = committee
    return tuple(found)


@prepared
def _covered(committee_id: int) -> QuerySet[CoveredByCommittee]:
    rows = CoveredByCommittee.objects.filter(committee=committee_id)
    return rows.select_related("unit").order_by("unit__sort_key")


@once_a_page
def covered_units(committee: Committee) -> tuple[Unit, ...]:
    """Return the units that the body covers, in Danish order."""
    return tuple(row.unit for row in _covered(committee.pk))


@prepared
def _led_by(user_ids: tuple[int, ...], on: date) -> QuerySet[RoleAssignment, tuple[int, int]]:
    led = RoleAssignment.objects.on(on).filter(user_id__in=user_ids, role=Role.LEADER)
    return led.values_list("unit_id", "user_id")


def leads_covered(user_id: int, committee: Committee, on: date) -> bool:
    """Say whether somebody leads, on the day, a unit that the body speaks for, or one above it."""
    return bool(leaders_among((user_id,), committee, on))


def leaders_among(user_ids: Iterable[int], committee: Committee, on: date) -> set[int]:
    """Return those who lead, on the day, a unit that the body speaks for, or one above it."""
    units: dict[int, set[int]] = {}
    for unit, user in _led_by(tuple(user_ids), on):
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


@prepared
def _units_of(committees: tuple[int, ...]) -> QuerySet[CoveredByCommittee]:
    return CoveredByCommittee.objects.filter(committee__in=committees).select_related("unit")


def committees_with_units(committees: Iterable[Committee]) -> list[Committee]:
    """Return the bodies with the units that they cover, which are asked for once for all of them."""
    found = list(committees)
    read_along(found, "covered", _units_of)
    return found


@prepared
def committees_by_name() -> QuerySet[Committee]:
    """Return all bodies, by name."""
    return Committee.objects.order_by("name")


def committees_reached(capacity: Capacity) -> QuerySet[Committee]:
    """Return the bodies that somebody sees: their own, their workplace's, and those of units they reach."""
    if capacity.role in OVERSEEING_ROLES:
        return Committee.objects.all()
    if capacity.role not in STAFF_ROLES:
        return Committee.objects.none()
    return Committee.objects.filter(pk__in=ids_reached(capacity))


def reaches_committee(capacity: Capacity, committee_id: int) -> bool:
    """Say whether ``committees_reached`` has the body, without asking for each one anew."""
    if capacity.role in OVERSEEING_ROLES:
        return Committee.objects.filter(pk=committee_id).exists()
    if capacity.role not in STAFF_ROLES:
        return False
    nearest = _nearest(capacity.unit_id) if capacity.unit_id is not None else None
    return (nearest is not None and nearest.pk == committee_id) or committee_id in ids_reached(capacity)


@prepared
def _own_seats(user_id: int, on: date) -> QuerySet[Membership]:
    return Membership.objects.on(on).filter(user_id=user_id).order_by("pk")


@once_a_page
def own_seats(user_id: int, on: date) -> tuple[Membership, ...]:
    """Return where somebody sits on the day."""
    return tuple(_own_seats(user_id, on))


@prepared
def _covering_below(unit_id: int) -> QuerySet[CoveredByCommittee, int]:
    below = CoveredByCommittee.objects.filter(unit__in=units_below(unit_id).values("pk"))
    return below.order_by().values_list("committee_id", flat=True).distinct()


@once_a_page
def ids_reached(capacity: Capacity) -> frozenset[int]:
    """Return the bodies that a leader or an employee sits in, belongs to or reaches."""
    found = {seat.committee_id for seat in own_seats(capacity.user_id or 0, capacity.on)}
    if capacity.unit_id is not None:
        nearest = _nearest(capacity.unit_id)
        found |= {nearest.pk} if nearest else set()
        if capacity.role == Role.LEADER:
            found |= set(_covering_below(capacity.unit_id))
    return frozenset(found)
