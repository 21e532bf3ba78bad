# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Existing volunteers, by list: read in, gone through together, given another contact person."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.importing import Plan, settle
from samspil.foundation.tables import Table
from samspil.municipalities.models import Unit
from samspil.volunteering.actions.engaging import refuse
from samspil.volunteering.guards import missing_at_the_workplace
from samspil.volunteering.importing import ChangeHere, NewHere, here_at, plan, to_do_until
from samspil.volunteering.models import Engagement, EngagementTask, Volunteer
from samspil.volunteering.permissions import RECEIVE
from samspil.volunteering.queries import may_be_contact_person
from samspil.volunteering.states import HERE, State

_BATCH = 500


@transaction.atomic
def import_volunteers(
    *, table: Table, workplace: Unit, actor: Capacity, on: date, at: datetime, expected: str = ""
) -> Plan:
    """Read existing volunteers in, all or nothing; ``expected`` is the fingerprint of the plan that somebody saw.

    They are active at once, and have until ``todo_until`` for what must be in place. Who is not in the table stays as
    they are. Raises ``PlanRefusedError``, and ``Refusal`` without an agreement in force (R28).
    """
    workplace = Unit.objects.select_for_update().get(pk=workplace.pk)
    RECEIVE.require(actor, workplace)
    refuse(missing_at_the_workplace(workplace, on))
    found = plan(table, here_at(workplace.pk, actor.user_id, on))
    settle(found, expected)
    if found.does_nothing:
        return found
    _enter([write for write in found.writes if isinstance(write, NewHere)], workplace, on, at)
    _change([write for write in found.writes if isinstance(write, ChangeHere)], on, at)
    audit.record(
        name="volunteering.engagements.import",
        subject=workplace,
        actor=actor,
        at=at,
        changes={**found.counts, "file": table.sha256},
    )
    return found


def _enter(news: Sequence[NewHere], workplace: Unit, on: date, at: datetime) -> None:
    volunteers = Volunteer.objects.bulk_create(
        [Volunteer(name=new.name, phone=new.phone, email=new.email, entered_at=at, changed_at=at) for new in news],
        batch_size=_BATCH,
    )
    audit.give_pseudonyms(kind="volunteer", keys=(volunteer.pk for volunteer in volunteers))
    engagements = Engagement.objects.bulk_create(
        [
            Engagement(
                volunteer=volunteer,
                workplace=workplace,
                state=State.ACTIVE,
                contact_person_id=new.contact_id,
                here_since=new.since,
                todo_until=to_do_until(on),
                entered_at=at,
                started_on=on,
            )
            for new, volunteer in zip(news, volunteers, strict=True)
        ],
        batch_size=_BATCH,
    )
    EngagementTask.objects.bulk_create(
        [
            EngagementTask(engagement=engagement, lineage=lineage, chosen_on=on)
            for new, engagement in zip(news, engagements, strict=True)
            for lineage in new.tasks
        ],
        batch_size=_BATCH,
    )


def _change(changes: Sequence[ChangeHere], on: date, at: datetime) -> None:
    people = {one.volunteer_id: {**dict(one.volunteer), "changed_at": at} for one in changes if one.volunteer}
    _update(Volunteer, people, ["name", "phone", "email", "changed_at"])
    places = {one.engagement_id: dict(one.engagement) for one in changes if one.engagement}
    _update(Engagement, places, ["contact_person_id", "here_since"])
    EngagementTask.objects.bulk_create(
        [
            EngagementTask(engagement_id=one.engagement_id, lineage=lineage, chosen_on=on)
            for one in changes
            for lineage in one.tasks
        ],
        batch_size=_BATCH,
    )


def _update(model: Any, values: dict[int, dict[str, Any]], names: list[str]) -> None:
    keys = list(values)
    for start in range(0, len(keys), _BATCH):
        rows = list(model.objects.filter(pk__in=keys[start : start + _BATCH]))
        for row in rows:
            for name, value in values[row.pk].items():
                setattr(row, name, value)
        model.objects.bulk_update(rows, [name.removesuffix("_id") for name in names])


def _chosen(workplace: Unit, engagement_ids: Collection[int], actor: Capacity) -> Any:
    RECEIVE.require(actor, workplace)
    chosen = Engagement.objects.filter(workplace=workplace, state__in=HERE, pk__in=engagement_ids)
    if not engagement_ids or chosen.count() != len(set(engagement_ids)):
        raise Refusal(_("Choose among those who are here."))
    return chosen


@transaction.atomic
def note_gone_through(
    *, workplace: Unit, engagement_ids: Collection[int], actor: Capacity, on: date, at: datetime
) -> int:
    """Note *gennemgået i dag* for the chosen: their tasks and the agreement have been talked through with them."""
    count: int = _chosen(workplace, engagement_ids, actor).update(gone_through_on=on)
    audit.record(
        name="volunteering.engagements.go_through",
        subject=workplace,
        actor=actor,
        at=at,
        changes={"count": count, "on": on.isoformat()},
    )
    return count


@transaction.atomic
def hand_over(
    *,
    workplace: Unit,
    engagement_ids: Collection[int],
    contact_person_id: int,
    actor: Capacity,
    on: date,
    at: datetime,
) -> int:
    """Give all the chosen another contact person, an employee of the workplace (R64, R66)."""
    chosen = _chosen(workplace, engagement_ids, actor)
    if not may_be_contact_person(workplace.pk, contact_person_id, on):
        raise Refusal(_("Choose a contact person who works here."))
    count: int = chosen.update(contact_person_id=contact_person_id)
    audit.record(
        name="volunteering.engagements.hand_over", subject=workplace, actor=actor, at=at, changes={"count": count}
    )
    return count
