# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Two rows that are one person become one."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.volunteering.actions.changing import correct_volunteer
from samspil.volunteering.actions.engaging import NewVolunteer
from samspil.volunteering.models import Engagement, EngagementTask, Volunteer
from samspil.volunteering.models.engagements import EndedBy
from samspil.volunteering.permissions import LOOK_AFTER
from samspil.volunteering.states import HERE, State

_FURTHEST = (State.ACTIVE, State.PAUSED, State.IN_CLEARANCE)


@transaction.atomic
def merge_volunteers(
    *, first: Engagement, second: Engagement, who: NewVolunteer, actor: Capacity, on: date, at: datetime
) -> Engagement:
    """Make two who are here one, with the fields that were chosen; the place that has come furthest goes on.

    The other place is ended and its tasks go over; everything else about the person follows. Raises ``Refusal`` where
    both have a login, or both are at yet another workplace.
    """
    rows = list(Engagement.objects.select_for_update(of=("self",)).filter(pk__in={first.pk, second.pk}).order_by("pk"))
    for row in rows:
        LOOK_AFTER.require(actor, row)
    if len(rows) != 2 or any(row.state not in HERE for row in rows):  # noqa: PLR2004 - a pair
        raise Refusal(_("Choose two who are here."))
    kept, other = sorted(rows, key=lambda row: (_FURTHEST.index(State(row.state)), row.pk))
    if kept.workplace_id != other.workplace_id or kept.volunteer_id == other.volunteer_id:
        raise Refusal(_("Choose two who are at the same workplace."))
    volunteer, gone = _both(kept, other)
    _carry_over(kept, other, on)
    _move_all(gone, volunteer)
    gone.delete()
    if gone.user_id and not volunteer.user_id:
        volunteer.user_id = gone.user_id
        volunteer.save(update_fields=["user"])
    kept.refresh_from_db()
    correct_volunteer(engagement=kept, who=who, actor=actor, at=at)
    audit.record(name="volunteering.engagement.merge", subject=kept, actor=actor, at=at, changes={"merged": other.pk})
    return kept


def _both(kept: Engagement, other: Engagement) -> tuple[Volunteer, Volunteer]:
    people = {
        row.pk: row
        for row in Volunteer.objects.select_for_update().filter(pk__in=[kept.volunteer_id, other.volunteer_id])
    }
    volunteer, gone = people[kept.volunteer_id or 0], people[other.volunteer_id or 0]
    if volunteer.user_id and gone.user_id:
        raise Refusal(_("Both have a login of their own. Ask the municipality to close one of them first."))
    elsewhere = Engagement.objects.filter(state__in=HERE).exclude(workplace_id=kept.workplace_id)
    places = set(elsewhere.filter(volunteer=volunteer).values_list("workplace", flat=True))
    if elsewhere.filter(volunteer=gone, workplace__in=places).exists():
        raise Refusal(_("Both are at another workplace too. They must be made one there first."))
    return volunteer, gone


def _carry_over(kept: Engagement, other: Engagement, on: date) -> None:
    """Let the tasks and the earliest days go over, and end the other place."""
    has = set(EngagementTask.objects.filter(engagement=kept, declined_on=None).values_list("lineage", flat=True))
    tasks = EngagementTask.objects.filter(engagement=other, declined_on=None).exclude(lineage__in=has)
    EngagementTask.objects.bulk_create(
        EngagementTask(engagement=kept, lineage=task.lineage, chosen_on=task.chosen_on) for task in list(tasks)
    )
    days = [day for day in (kept.here_since, other.here_since) if day]
    kept.here_since = min(days) if days else None
    kept.contact_person_id = kept.contact_person_id or other.contact_person_id
    kept.save(update_fields=["here_since", "contact_person"])
    other.state, other.ended_on, other.ended_by = State.ENDED, on, EndedBy.WORKPLACE
    other.paused_on, other.paused_by = None, ""
    other.save(update_fields=["state", "ended_on", "ended_by", "paused_on", "paused_by"])


def _move_all(gone: Volunteer, volunteer: Volunteer) -> None:
    """Let every row that points to the one point to the other; visits to try are over, for both are here."""
    gone.trial_visits.all().delete()
    for relation in Volunteer._meta.related_objects:  # noqa: SLF001 - Django's public name for it
        name = relation.field.name
        model: Any = relation.related_model
        model.objects.filter(**{name: gone}).update(**{name: volunteer})
