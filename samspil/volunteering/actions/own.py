# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a volunteer does alone, at once and without a reason, and how they get a page for it (R21)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.people.actions import grant_role
from samspil.people.models import Role
from samspil.volunteering.actions.engaging import end_engagement
from samspil.volunteering.actions.letting_go import open_own_page
from samspil.volunteering.models import Engagement, EngagementTask, Volunteer
from samspil.volunteering.models.engagements import EndedBy
from samspil.volunteering.permissions import LOOK_AFTER, OWN_PAGE, PAUSE_OR_STOP
from samspil.volunteering.states import HERE

TIME_TO_HAND_IN = timedelta(days=14)
"""From asking to be forgotten until it is done: time to hand in a key, and to think again."""


@transaction.atomic
def give_own_page(*, engagement: Engagement, email: str, actor: Capacity, on: date, at: datetime) -> Volunteer:
    """Let a volunteer log in with a code sent to this address, where they want to; most need no page."""
    engagement = Engagement.objects.select_related("workplace", "volunteer").get(pk=engagement.pk)
    LOOK_AFTER.require(actor, engagement)
    if engagement.state not in HERE:
        raise Refusal(_("The volunteer has stopped here."))
    volunteer = Volunteer.objects.select_for_update().get(pk=engagement.volunteer_id)
    if volunteer.user_id is not None:
        raise Refusal(_("%(name)s has a page already.") % {"name": volunteer.name})
    assignment = grant_role(
        email=email,
        name=volunteer.name,
        role=Role.VOLUNTEER,
        unit=engagement.workplace,
        from_date=on,
        actor=actor,
        at=at,
    )
    if Volunteer.objects.filter(user_id=assignment.user_id).exists():
        raise Refusal(_("Another volunteer has that e-mail. Each needs one of their own."))
    volunteer.user, volunteer.email, volunteer.changed_at = assignment.user, email, at
    volunteer.save(update_fields=["user", "email", "changed_at"])
    for other in volunteer.engagements.filter(state__in=HERE).exclude(pk=engagement.pk).select_related("workplace"):
        open_own_page(engagement=other, actor=actor, on=on, at=at)
    audit.record(name="volunteering.own_page.give", subject=engagement, actor=actor, at=at)
    return volunteer


@transaction.atomic
def decline_task(*, engagement: Engagement, lineage: UUID, actor: Capacity, on: date, at: datetime) -> None:
    """Say no to a task from now on; nobody asks why, and nobody approves it (R21)."""
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    PAUSE_OR_STOP.require(actor, engagement)
    chosen = EngagementTask.objects.filter(engagement=engagement, lineage=lineage, declined_on=None)
    if not chosen.update(declined_on=on):
        raise Refusal(_("The task has been declined already."))
    audit.record(
        name="volunteering.task.decline", subject=engagement, actor=actor, at=at, changes={"task": str(lineage)}
    )


@dataclass(frozen=True)
class OwnWords:
    """What a volunteer says of themselves."""

    name: str
    phone: str = ""
    wishes: str = ""


@transaction.atomic
def correct_own_words(*, volunteer: Volunteer, words: OwnWords, actor: Capacity, at: datetime) -> Volunteer:
    """Let a volunteer correct what is kept about them: name, phone, and what they would like to do."""
    OWN_PAGE.require(actor)
    volunteer = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if volunteer.user_id != actor.user_id:
        raise Refusal(_("This is done by %(who)s.") % {"who": OWN_PAGE.who})
    if not words.name.strip():
        raise Refusal(_("Write a name."))
    volunteer.name, volunteer.phone = words.name.strip(), words.phone.strip()
    volunteer.wishes, volunteer.changed_at = words.wishes.strip(), at
    volunteer.save(update_fields=["name", "phone", "wishes", "changed_at"])
    audit.record(name="volunteering.volunteer.correct", subject=volunteer, actor=actor, at=at)
    return volunteer


@transaction.atomic
def ask_to_be_forgotten(*, volunteer: Volunteer, actor: Capacity, on: date, at: datetime) -> Volunteer:
    """Stop everywhere and be forgotten in two weeks; whoever comes back before then is not."""
    OWN_PAGE.require(actor)
    volunteer = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if volunteer.user_id != actor.user_id:
        raise Refusal(_("This is done by %(who)s.") % {"who": OWN_PAGE.who})
    for engagement in volunteer.engagements.filter(state__in=HERE):
        end_engagement(engagement=engagement, by=EndedBy.VOLUNTEER, actor=actor, on=on, at=at)
    volunteer.forget_on = on + TIME_TO_HAND_IN
    volunteer.save(update_fields=["forget_on"])
    audit.record(name="volunteering.volunteer.ask_to_be_forgotten", subject=volunteer, actor=actor, at=at)
    return volunteer
