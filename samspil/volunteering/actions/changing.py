# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Put right what stands about a volunteer, and choose other tasks."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.volunteering.actions.engaging import NewVolunteer
from samspil.volunteering.models import Engagement, EngagementTask, Volunteer
from samspil.volunteering.permissions import LOOK_AFTER
from samspil.volunteering.queries import room_at
from samspil.volunteering.states import HERE


@transaction.atomic
def correct_volunteer(*, engagement: Engagement, who: NewVolunteer, actor: Capacity, at: datetime) -> Volunteer:
    """Put name, phone, e-mail and wishes right; the record says that it was done, never what stood there."""
    LOOK_AFTER.require(actor, engagement)
    if engagement.volunteer_id is None:
        raise Refusal(_("The volunteer has been forgotten."))
    volunteer = Volunteer.objects.select_for_update().get(pk=engagement.volunteer_id)
    if not who.name.strip():
        raise Refusal(_("Write a name."))
    told = {
        "name": who.name.strip(),
        "phone": who.phone.strip(),
        "email": who.email.strip(),
        "wishes": who.wishes.strip(),
        "under_18_until": who.under_18_until,
    }
    changed = [field for field, value in told.items() if getattr(volunteer, field) != value]
    if not changed:
        return volunteer
    for field in changed:
        setattr(volunteer, field, told[field])
    volunteer.changed_at = at
    volunteer.save(update_fields=[*changed, "changed_at"])
    audit.record(
        name="volunteering.volunteer.correct", subject=volunteer, actor=actor, at=at, changes={"fields": changed}
    )
    return volunteer


@transaction.atomic
def choose_tasks(
    *, engagement: Engagement, tasks: Collection[UUID], actor: Capacity, on: date, at: datetime
) -> Engagement:
    """Let the volunteer help with these tasks from now on; what is no longer chosen is declined, without a reason (R21).

    A task that the agreement no longer offers can be kept, but not chosen anew.
    """
    engagement = Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
    LOOK_AFTER.require(actor, engagement)
    if engagement.state not in HERE:
        raise Refusal(_("The volunteer has stopped here."))
    room = room_at(engagement.workplace_id)
    standing = {row.lineage: row for row in EngagementTask.objects.filter(engagement=engagement, declined_on=None)}
    new = [lineage for lineage in dict.fromkeys(tasks) if lineage not in standing]
    if not all(room is not None and room.offers(lineage) for lineage in new):
        raise Refusal(_("The agreement does not offer that task. Choose among those that it offers."))
    gone = [row.pk for lineage, row in standing.items() if lineage not in set(tasks)]
    if not new and not gone:
        return engagement
    EngagementTask.objects.filter(pk__in=gone).update(declined_on=on)
    EngagementTask.objects.bulk_create(
        EngagementTask(engagement=engagement, lineage=lineage, chosen_on=on) for lineage in new
    )
    audit.record(
        name="volunteering.engagement.choose_tasks",
        subject=engagement,
        actor=actor,
        at=at,
        changes={"chosen": len(new), "declined": len(gone)},
    )
    return engagement
