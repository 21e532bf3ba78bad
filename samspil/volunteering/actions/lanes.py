# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The light ways in: a visit to try, an event, an informal group; and the roles that employees take on."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.agreements.actions.no_volunteers import end_standing
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.months import months_later
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import closing_in_words
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.volunteering.actions.engaging import NewVolunteer, enter_volunteer, known_or_new, refuse
from samspil.volunteering.guards import missing_at_the_workplace
from samspil.volunteering.models import Engagement, GroupAgreement, Occasion, StaffRole, TrialVisit, Volunteer
from samspil.volunteering.models.engagements import Through
from samspil.volunteering.models.lanes import MOST_VISITS
from samspil.volunteering.permissions import LOOK_AFTER, RECEIVE, TAKE_ROLE
from samspil.volunteering.queries import may_be_contact_person
from samspil.volunteering.states import HERE

TRIED_WITHIN_MONTHS = 3
FORGET_TRIED_AFTER_MONTHS = 6


@transaction.atomic
def note_trial_visit(
    *,
    workplace: Unit,
    who: NewVolunteer | Volunteer,
    beside_id: int,
    visit_on: date,
    actor: Capacity,
    on: date,
    at: datetime,
) -> TrialVisit:
    """Note a visit beside an employee; three at most, within three months of the first, before one decides.

    More would be a fixed attachment, which asks for what an engagement asks for (R39). Raises ``Refusal``.
    """
    workplace = Unit.objects.select_for_update().get(pk=workplace.pk)
    RECEIVE.require(actor, workplace)
    refuse(missing_at_the_workplace(workplace, on))
    if not months_later(on, -TRIED_WITHIN_MONTHS) <= visit_on <= on:
        raise Refusal(_("Choose today, or a day within the last three months."))
    if not may_be_contact_person(workplace.pk, beside_id, on):
        raise Refusal(_("Choose an employee who works here. Whoever tries is never alone with the citizens."))
    volunteer = known_or_new(who, at)
    if Engagement.objects.filter(volunteer=volunteer, workplace=workplace, state__in=HERE).exists():
        raise Refusal(_("%(name)s is at this workplace already.") % {"name": volunteer.name})
    before = list(TrialVisit.objects.filter(volunteer=volunteer, workplace=workplace))
    if len(before) >= MOST_VISITS:
        raise Refusal(_("Three visits are enough to try. Now agree on whether it shall go on."))
    if before and visit_on > months_later(before[0].on, TRIED_WITHIN_MONTHS):
        raise Refusal(_("The first visit is more than three months ago. Now agree on whether it shall go on."))
    visit = TrialVisit.objects.create(
        volunteer=volunteer,
        workplace=workplace,
        number=len(before) + 1,
        on=visit_on,
        beside_id=beside_id,
        noted_at=at,
    )
    if not Engagement.objects.filter(volunteer=volunteer, state__in=HERE).exists():
        volunteer.forget_on = months_later(visit_on, FORGET_TRIED_AFTER_MONTHS)
        volunteer.save(update_fields=["forget_on"])
    audit.record(
        name="volunteering.trial_visit.note", subject=visit, actor=actor, at=at, changes={"number": visit.number}
    )
    return visit


@transaction.atomic
def plan_occasion(
    *,
    workplace: Unit,
    title: str,
    held_on: date,
    place: str,
    leader_of_the_day_id: int,
    expected: int,
    briefing: str,
    actor: Capacity,
    on: date,
    at: datetime,
) -> Occasion:
    """Plan an event with many helpers; it needs no agreement and holds no names (R28).

    It ends "no volunteers here": there will be some that day (R4).
    """
    workplace = Unit.objects.select_for_update().get(pk=workplace.pk)
    RECEIVE.require(actor, workplace)
    if workplace.is_closed(held_on):
        raise Refusal(closing_in_words(workplace, held_on))
    if held_on < on:
        raise Refusal(_("Choose today or a later day."))
    if not may_be_contact_person(workplace.pk, leader_of_the_day_id, on):
        raise Refusal(_("Choose somebody who works here to lead the day."))
    occasion = Occasion.objects.create(
        workplace=workplace,
        title=title,
        on=held_on,
        place=place,
        leader_of_the_day_id=leader_of_the_day_id,
        expected=expected,
        briefing=briefing,
        planned_at=at,
    )
    end_standing(workplace, on)
    audit.record(
        name="volunteering.occasion.plan",
        subject=occasion,
        actor=actor,
        at=at,
        changes={"on": held_on.isoformat(), "expected": expected},
    )
    return occasion


def _planned(occasion: Occasion) -> Occasion:
    locked = Occasion.objects.select_for_update(of=("self",)).select_related("workplace").get(pk=occasion.pk)
    if locked.cancelled_at is not None:
        raise Refusal(_("The event was cancelled."))
    return locked


@transaction.atomic
def note_occasion(*, occasion: Occasion, came: int, actor: Capacity, on: date, at: datetime) -> Occasion:
    """Note that everybody was briefed, and how many came; the number can be put right afterwards."""
    occasion = _planned(occasion)
    RECEIVE.require(actor, occasion.workplace)
    if on < occasion.on:
        raise Refusal(_("The day has not come yet."))
    occasion.came, occasion.briefed_on = came, occasion.on
    occasion.save(update_fields=["came", "briefed_on"])
    audit.record(name="volunteering.occasion.note", subject=occasion, actor=actor, at=at, changes={"came": came})
    return occasion


@transaction.atomic
def cancel_occasion(*, occasion: Occasion, actor: Capacity, at: datetime) -> Occasion:
    """Call the event off."""
    occasion = _planned(occasion)
    RECEIVE.require(actor, occasion.workplace)
    if occasion.came is not None:
        raise Refusal(_("The event has been held."))
    occasion.cancelled_at = at
    occasion.save(update_fields=["cancelled_at"])
    audit.record(name="volunteering.occasion.cancel", subject=occasion, actor=actor, at=at)
    return occasion


@transaction.atomic
def agree_with_group(
    *,
    workplace: Unit,
    name: str,
    heads: int,
    spokesperson: NewVolunteer | Volunteer,
    tasks: Iterable[UUID],
    contact_person_id: int | None,
    actor: Capacity,
    on: date,
    at: datetime,
) -> GroupAgreement:
    """Receive an informal group through its spokesperson, whose engagement carries tasks and state (R56).

    Raises ``Refusal`` as ``enter_volunteer`` does.
    """
    if heads < 2:  # noqa: PLR2004 - one is no group
        raise Refusal(_("A group has two people or more."))
    engagement = enter_volunteer(
        workplace=workplace,
        who=spokesperson,
        tasks=tasks,
        contact_person_id=contact_person_id,
        through=Through.GROUP,
        actor=actor,
        on=on,
        at=at,
    )
    group = GroupAgreement.objects.create(engagement=engagement, name=name, heads=heads, counted_on=on)
    audit.record(name="volunteering.group.agree", subject=group, actor=actor, at=at, changes={"heads": heads})
    return group


@transaction.atomic
def count_group(*, group: GroupAgreement, heads: int, actor: Capacity, on: date, at: datetime) -> GroupAgreement:
    """Note that the group has become larger or smaller."""
    group = GroupAgreement.objects.select_for_update(of=("self",)).select_related("engagement").get(pk=group.pk)
    LOOK_AFTER.require(actor, group.engagement)
    if heads < 2:  # noqa: PLR2004 - one is no group
        raise Refusal(_("A group has two people or more."))
    group.heads, group.counted_on = heads, on
    group.save(update_fields=["heads", "counted_on"])
    audit.record(name="volunteering.group.count", subject=group, actor=actor, at=at, changes={"heads": heads})
    return group


@transaction.atomic
def take_role(*, workplace: Unit, kind: StaffRole.Kind, actor: Capacity, on: date, at: datetime) -> StaffRole:
    """Take on a role for the volunteers of one's workplace (R64)."""
    workplace = Unit.objects.select_for_update().get(pk=workplace.pk)
    TAKE_ROLE.require(actor, workplace)
    role, is_new = StaffRole.objects.get_or_create(
        workplace=workplace, kind=kind, user_id=actor.person, until=None, defaults={"from_date": on}
    )
    if not is_new:
        raise Refusal(_("You have taken that on already."))
    audit.record(name="volunteering.role.take", subject=role, actor=actor, at=at, changes={"kind": str(kind)})
    return role


@transaction.atomic
def hand_over_role(*, role: StaffRole, to_id: int | None, actor: Capacity, on: date, at: datetime) -> StaffRole | None:
    """Lay down one's role, or hand it over to a colleague, who is told (R64)."""
    role = StaffRole.objects.select_for_update(of=("self",)).select_related("workplace").get(pk=role.pk)
    TAKE_ROLE.require(actor, role.workplace)
    if role.user_id != actor.person or role.until is not None:
        raise Refusal(_("Only whoever has taken it on can hand it over."))
    role.until = on
    role.save(update_fields=["until"])
    successor = None
    if to_id is not None:
        if to_id == actor.person or not may_be_contact_person(role.workplace_id, to_id, on):
            raise Refusal(_("Choose a colleague who works here."))
        successor, _is_new = StaffRole.objects.get_or_create(
            workplace=role.workplace, kind=role.kind, user_id=to_id, until=None, defaults={"from_date": on}
        )
        tell(
            people=[to_id],
            key=f"volunteering.role.{successor.pk}",
            kind=Kind.AGREEMENT,
            title=_("A colleague has handed over to you: %(role)s") % {"role": role.get_kind_display()},
            link=reverse("staff_roles", args=[role.workplace.slug]),
            at=at,
        )
    audit.record(name="volunteering.role.hand_over", subject=role, actor=actor, at=at, changes={"to": to_id})
    return successor
