# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Setting up bodies, and who sits in them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.med.models import Committee, CoveredByCommittee, Function, Membership, Side
from samspil.med.permissions import EDIT, SET_UP
from samspil.med.queries import leads_covered
from samspil.municipalities.actions import address_of
from samspil.municipalities.models import Unit
from samspil.people.models import Role, RoleAssignment, User
from samspil.people.queries import units_reached

_OUTSIDE = (Role.VOLUNTEER, Role.PARTNER)
_RESERVED = {"nyt"}


def free_slug(name: str) -> str:
    """Return the part of an address that a new body of this name gets."""
    wanted = address_of(name) or "udvalg"
    taken = set(Committee.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) | _RESERVED
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if slug not in taken)


def _cover(committee: Committee, units: Sequence[Unit], actor: Capacity) -> None:
    """Make the body cover exactly these units; only what the actor reaches may come or go."""
    if not units:
        raise Refusal(_("Choose at least one unit that the body covers."))
    wanted = {unit.pk: unit for unit in units}
    rows = {row.unit_id: row for row in CoveredByCommittee.objects.select_for_update().filter(committee=committee)}
    changed = wanted.keys() ^ rows.keys()
    if not actor.is_system and not changed <= {unit.pk for unit in units_reached(actor)}:
        raise Refusal(_("You can only choose units that you lead. Ask the HR/MED secretariat for the others."))
    taken = (
        CoveredByCommittee.objects.exclude(committee=committee)
        .filter(unit__in=wanted)
        .select_related("committee", "unit")
    )
    if taken:
        raise Refusal(
            _("%(unit)s has a body already: %(body)s. Take the unit out there first.")
            % {"unit": taken[0].unit.name, "body": taken[0].committee.name}
        )
    CoveredByCommittee.objects.filter(pk__in=[row.pk for unit, row in rows.items() if unit not in wanted]).delete()
    try:
        with transaction.atomic():
            CoveredByCommittee.objects.bulk_create(
                CoveredByCommittee(committee=committee, unit=unit) for pk, unit in wanted.items() if pk not in rows
            )
    except IntegrityError as error:
        raise Refusal(
            _("One of the units has just been given another body. Reload the page and choose again.")
        ) from error


@transaction.atomic
def create_committee(
    *,
    name: str,
    units: Sequence[Unit],
    actor: Capacity,
    at: datetime,
    level: str = "",
    is_staff_meeting: bool = False,
    parent: Committee | None = None,
) -> Committee:
    """Set up a body, or a staff meeting with MED status; ``level`` is the municipality's own word for it."""
    SET_UP.require(actor)
    committee = Committee(
        name=name,
        slug=free_slug(name),
        level=level,
        is_staff_meeting=is_staff_meeting,
        parent=parent,
        created_at=at,
    )
    try:
        with transaction.atomic():
            committee.save()
    except IntegrityError as error:
        raise Refusal(_("Somebody has just set up a body with this name. Reload the page to see it.")) from error
    _cover(committee, units, actor)
    audit.record(
        name="med.committee.create",
        subject=committee,
        actor=actor,
        at=at,
        changes={"staff_meeting": is_staff_meeting, "units": sorted(unit.slug for unit in units)},
    )
    return committee


@transaction.atomic
def edit_committee(
    *,
    committee: Committee,
    name: str,
    units: Sequence[Unit],
    actor: Capacity,
    at: datetime,
    level: str = "",
    parent: Committee | None = None,
) -> Committee:
    """Change name, level and units; the address stays. What kind of body it is cannot change: set up another."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    EDIT.require(actor, committee)
    above = parent
    while above is not None:
        if above.pk == committee.pk:
            raise Refusal(_("A body cannot stand under itself. Choose another body above it."))
        above = above.parent
    committee.name, committee.level, committee.parent = name, level, parent
    committee.save(update_fields=["name", "level", "parent"])
    _cover(committee, units, actor)
    audit.record(
        name="med.committee.edit",
        subject=committee,
        actor=actor,
        at=at,
        changes={"units": sorted(unit.slug for unit in units)},
    )
    return committee


@transaction.atomic
def add_member(
    *,
    committee: Committee,
    user: User,
    side: str,
    from_date: date,
    actor: Capacity,
    at: datetime,
    function: str = Function.MEMBER,
) -> Membership:
    """Give a known person a seat on one side; a new contact of a staff meeting takes the former one's place.

    Refused: a leader of what the body covers on the employee side, and anybody there by their own hand.
    """
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    EDIT.require(actor, committee)
    _refuse_unfit(committee, user, side=side, function=function, from_date=from_date, actor=actor)
    seats = committee.memberships.filter(until=None)
    held = seats.filter(user=user, function=function, side=side).first()
    if held is not None:
        return held
    if seats.filter(user=user).exclude(side=side).exists():
        raise Refusal(_("%(name)s sits on the other side already. End that seat first.") % {"name": user.name})
    if function == Function.EMPLOYEE_CONTACT:
        for former in seats.filter(function=Function.EMPLOYEE_CONTACT):
            former.until = max(former.from_date, from_date - timedelta(days=1))
            former.save(update_fields=["until"])
    membership = Membership.objects.create(
        committee=committee, user=user, side=side, function=function, from_date=from_date
    )
    audit.record(
        name="med.member.add",
        subject=membership,
        actor=actor,
        at=at,
        changes={"side": str(side), "function": str(function), "from": from_date.isoformat(), "user": user.pk},
    )
    return membership


def _refuse_unfit(
    committee: Committee, user: User, *, side: str, function: str, from_date: date, actor: Capacity
) -> None:
    roles = RoleAssignment.objects.on(from_date).filter(user=user).exclude(role__in=_OUTSIDE)
    if not roles.exists():
        raise Refusal(
            _("%(name)s has no role here on that day. Choose somebody who works in the municipality.")
            % {"name": user.name}
        )
    if (function == Function.EMPLOYEE_CONTACT) != committee.is_staff_meeting:
        raise Refusal(
            _("A staff meeting with MED status has no members, only an employee contact whom the staff elect.")
            if committee.is_staff_meeting
            else _("Only a staff meeting with MED status has an employee contact. Choose another function.")
        )
    if side not in Side.values or function not in Function.values:
        raise Refusal(_("Choose a side and a function."))
    if function == Function.EMPLOYEE_CONTACT and side != Side.EMPLOYEES:
        raise Refusal(_("The employee contact sits on the employee side."))
    if side == Side.EMPLOYEES:
        if leads_covered(user.pk, committee, from_date):
            raise Refusal(
                _("%(name)s leads a unit that the body covers, and cannot sit on the employee side.")
                % {"name": user.name}
            )
        if user.pk == actor.user_id:
            raise Refusal(_("You cannot put yourself on the employee side. Ask the HR/MED secretariat or a colleague."))


@transaction.atomic
def end_membership(*, membership: Membership, on: date, actor: Capacity, at: datetime) -> Membership:
    """End a seat; ``on`` is its last day. What has been recorded keeps the name."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    EDIT.require(actor, membership.committee)
    if membership.until is None or membership.until > on:
        membership.until = max(on, membership.from_date)
        membership.save(update_fields=["until"])
        audit.record(
            name="med.member.end",
            subject=membership,
            actor=actor,
            at=at,
            changes={"until": membership.until.isoformat()},
        )
    return membership
