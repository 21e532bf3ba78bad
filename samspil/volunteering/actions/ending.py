# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Ending well: a thank-you, badge and keys back; and what happens when there is no agreement any more."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.agreements.queries import in_force_today
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.people.queries import leaders_of
from samspil.volunteering.actions.engaging import pause
from samspil.volunteering.models import Engagement
from samspil.volunteering.models.engagements import PausedBy
from samspil.volunteering.permissions import LOOK_AFTER
from samspil.volunteering.states import State


@transaction.atomic
def note_ending(
    *, engagement: Engagement, is_thanked: bool, is_access_back: bool, actor: Capacity, on: date, at: datetime
) -> Engagement:
    """Note that the volunteer was thanked, and that badge and keys are back; a tick can be taken away again."""
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    LOOK_AFTER.require(actor, engagement)
    if engagement.state != State.ENDED:
        raise Refusal(_("The volunteer has not stopped here."))
    engagement.thanked_on = (engagement.thanked_on or on) if is_thanked else None
    engagement.access_back_on = (engagement.access_back_on or on) if is_access_back else None
    engagement.save(update_fields=["thanked_on", "access_back_on"])
    audit.record(
        name="volunteering.engagement.note_ending",
        subject=engagement,
        actor=actor,
        at=at,
        changes={"thanked": is_thanked, "access_back": is_access_back},
    )
    return engagement


@transaction.atomic
def pause_without_agreement(*, actor: Capacity, on: date, at: datetime) -> int:
    """Pause the volunteers of workplaces whose agreement is no longer in force, and tell the leader (R28, R32).

    Nobody comes back by themselves: the contact person lets them start again when there is an agreement.
    """
    without = Engagement.objects.filter(state=State.ACTIVE).exclude(workplace__in=in_force_today().values("unit_id"))
    by_place: dict[int, list[Engagement]] = defaultdict(list)
    for engagement in without.select_related("workplace").order_by("pk"):
        by_place[engagement.workplace_id].append(engagement)
    paused = 0
    for unit_id, engagements in by_place.items():
        for engagement in engagements:
            pause(engagement=engagement, by=PausedBy.AGREEMENT, actor=actor, on=on, at=at)
        paused += len(engagements)
        tell(
            people=leaders_of(unit_id, on).values_list("user_id", flat=True),
            key=f"volunteering:no-agreement:{unit_id}:{on.isoformat()}",
            kind=Kind.ACT,
            title=ngettext(
                "The agreement has ended, so a volunteer is on a break. Talk to them",
                "The agreement has ended, so %(count)d volunteers are on a break. Talk to them",
                len(engagements),
            )
            % {"count": len(engagements)},
            link=reverse("workplace", args=[engagements[0].workplace.slug]),
            at=at,
        )
    return paused
