# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A matter that more than one body has to do with: sent on to the body above, or held by several that met together."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from samspil.foundation.memory import once_a_page
from samspil.foundation.prepared import prepared
from samspil.med.models import Committee, CoveredByCommittee, Dialogue, HeldFor, Membership
from samspil.med.queries.bodies import covered_units, employee_side, leaders_among, seats, stands_above
from samspil.med.states import State
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import ids_above
from samspil.people.models import Role, RoleAssignment


def latest(dialogue: Dialogue) -> Dialogue:
    """Return the dialogue in which the matter goes on, read for a page: itself, unless it was sent on."""
    if dialogue.state != State.SENT_ON:
        return dialogue
    return _last_of(dialogue.origin_id or dialogue.pk) or dialogue


@once_a_page
def _last_of(origin_id: int) -> Dialogue | None:
    return next(iter(_continued(origin_id)), None)


@prepared
def _continued(origin_id: int) -> QuerySet[Dialogue]:
    rows = Dialogue.objects.filter(origin=origin_id).select_related(
        "committee", "current_paper", "recorded_by", "origin"
    )
    return rows.order_by("-pk")[:1]


def earlier_in_matter(dialogue: Dialogue) -> list[Dialogue]:
    """Return the dialogues that were held about the matter before it came here, the last first."""
    if dialogue.origin_id is None:
        return []
    same = Q(pk=dialogue.origin_id) | Q(origin=dialogue.origin_id)
    rows = Dialogue.objects.filter(same, pk__lt=dialogue.pk).select_related("committee", "current_paper")
    return list(rows.order_by("-pk"))


def next_in_matter(dialogue: Dialogue) -> Dialogue | None:
    """Return the dialogue that a matter was sent on to from here; None where it was not."""
    if dialogue.state != State.SENT_ON:
        return None
    rows = Dialogue.objects.filter(origin=dialogue.origin_id or dialogue.pk, pk__gt=dialogue.pk)
    return rows.select_related("committee").order_by("pk").first()


@prepared
def _others_covering(unit_ids: tuple[int, ...], but: int) -> QuerySet[CoveredByCommittee]:
    rows = CoveredByCommittee.objects.filter(unit__in=unit_ids).exclude(committee=but)
    return rows.select_related("committee")


def body_above(committee: Committee) -> Committee | None:
    """Return the body that a matter can be sent on to: the one it stands under, else the nearest above its units."""
    if committee.parent is not None:
        return committee.parent
    for unit in covered_units(committee):
        above = ids_above(unit.pk)[:-1]
        bodies = {row.unit_id: row.committee for row in _others_covering(above, committee.pk)}
        found = next((bodies[pk] for pk in reversed(above) if pk in bodies), None)
        if found is not None:
            return found
    return None


def met_together(dialogue: Dialogue) -> list[Committee]:
    """Return the other bodies that the dialogue was held for as well."""
    if dialogue.held_on is None:
        return []
    return [row.committee for row in dialogue.held_for.all()]


def bodies_of(dialogue: Dialogue) -> list[Committee]:
    """Return every body that the dialogue is about: the one that holds it, those it met with, and where it began."""
    began_in = [dialogue.origin.committee] if dialogue.origin is not None else []
    return [dialogue.committee, *met_together(dialogue), *began_in]


def leads_concerned(user_id: int, dialogue: Dialogue, on: date) -> bool:
    """Say whether somebody leads what the dialogue is about, in any of its bodies."""
    return any(leaders_among((user_id,), body, on) for body in bodies_of(dialogue))


def speakers(dialogue: Dialogue, on: date, *, among: Iterable[Membership] | None = None) -> list[Membership]:
    """Return who can speak for the employee side here on the day; never somebody who leads what it is about."""
    found = list(employee_side(dialogue.committee, on) if among is None else among)
    people = [seat.user_id for seat in found]
    elsewhere = [body for body in bodies_of(dialogue) if body != dialogue.committee]
    leaders = {user for body in elsewhere for user in leaders_among(people, body, on)}
    return [seat for seat in found if seat.user_id not in leaders]


def covers(dialogue: Dialogue, unit: Unit) -> bool:
    """Say whether the dialogue speaks for the unit: by its own body, by one that met with it, or where it began."""
    return any(stands_above(body, unit) for body in bodies_of(dialogue))


def bodies_to_meet_with(committee: Committee) -> list[Committee]:
    """Return the bodies that one can have met together with: those right below, and those beside it."""
    return _near(committee.pk, committee.parent_id)


@prepared
def _near(committee_id: int, parent_id: int | None) -> QuerySet[Committee]:
    near = Q(parent=committee_id)
    if parent_id is not None:
        near |= Q(parent=parent_id)
    return Committee.objects.filter(near, is_staff_meeting=False).exclude(pk=committee_id).order_by("name")


def seats_in(bodies: Iterable[Committee], on: date) -> list[Membership]:
    """Return who sits in any of the bodies on the day."""
    return [seat for body in bodies for seat in seats(body, on)]


def ids_held_for(committees: Any) -> Q:
    """Return the dialogues that any of the bodies met in, for a filter."""
    return Q(committee__in=committees) | Q(pk__in=HeldFor.objects.filter(committee__in=committees).values("dialogue"))


def leaders_of_bodies(bodies: Iterable[Committee], on: date) -> list[int]:
    """Return who leads, on the day, a unit that one of the bodies speaks for: covered, or under it without its own."""
    wanted = {body.pk for body in bodies}
    own = dict(CoveredByCommittee.objects.values_list("unit_id", "committee_id"))
    led = RoleAssignment.objects.on(on).filter(role=Role.LEADER).exclude(unit=None)
    found = []
    above = dict(Unit.objects.values_list("pk", "parent_id"))
    for unit, user in led.values_list("unit_id", "user_id"):
        at: int | None = unit
        while at is not None and at not in own:
            at = above.get(at)
        if at is not None and own[at] in wanted:
            found.append(user)
    return found
