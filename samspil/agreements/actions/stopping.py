# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What happens between two versions: a task is stopped at once, an activity begins under a standing consent (R53)."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.agreements.actions.drafting import OWN_TASKS_FROM, CoreTaskError, OwnTask, own_task
from samspil.agreements.actions.locking import NotTheLeaderError, refuse_closed
from samspil.agreements.between import activities_of, stops_of
from samspil.agreements.boundary import Boundary
from samspil.agreements.change_models import NewActivity, TaskStop
from samspil.agreements.models import Agreement, AgreementVersion, Task
from samspil.agreements.permissions import leads_the_workplace
from samspil.agreements.queries import contact_persons, tasks_offered
from samspil.agreements.states import State
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.med.queries import body_for, members, standing_consent_for
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind


class NoConsentError(Refusal):
    """The body has not agreed that the leader may say yes to a task of this type at once; it must be discussed."""


@dataclass(frozen=True)
class Activity:
    """A task that begins at once: ``type`` is the heading that the body has agreed to."""

    type: str
    task: OwnTask


def _in_force(agreement: Agreement, actor: Capacity, on: date) -> AgreementVersion:
    """Return the version in force, its agreement locked; refuses anybody but the leader, and where none is in force."""
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    refuse_closed(agreement.workplace, on)
    if not leads_the_workplace(actor, agreement.workplace):
        raise NotTheLeaderError(_("Only the leader of the workplace can do this."))
    version = AgreementVersion.objects.filter(agreement=agreement, state=State.IN_FORCE).first()
    if version is None:
        raise Refusal(_("No agreement is in force here."))
    return version


@transaction.atomic
def stop_task(
    *, agreement: Agreement, task_lineage: uuid.UUID, reason: str, actor: Capacity, on: date, at: datetime
) -> TaskStop:
    """Let volunteers do a task no more, from today on and everywhere; the dialogue follows (R53).

    It cannot be undone: a task that is to be taken up again comes with the next version. The body and the contact
    persons are told.
    """
    _in_force(agreement, actor, on)
    task = next((one for one in tasks_offered(agreement, on) if one.lineage == task_lineage), None)
    if task is None:
        raise Refusal(_("Volunteers are not offered this task. Reload the page to see how things stand."))
    if not reason:
        raise Refusal(_("Write why it stops, so that the body and the volunteers can read it."))
    stop = TaskStop.objects.create(
        agreement=agreement,
        task_lineage=task_lineage,
        task_title=task.title,
        from_date=on,
        reason=reason,
        stopped_at=at,
        stopped_by_id=actor.person,
    )
    audit.record(
        name="agreements.agreement.stop_task",
        subject=agreement,
        actor=actor,
        at=at,
        changes={"task": str(task_lineage), "from": on.isoformat()},
    )
    title = _("“%(task)s” has been stopped at %(workplace)s")
    _tell(agreement, key=f"agreements.stopped.{stop.pk}", title=title, task=task.title, actor=actor, on=on, at=at)
    return stop


@transaction.atomic
def start_activity(
    *, agreement: Agreement, activity: Activity, from_date: date, actor: Capacity, on: date, at: datetime
) -> NewActivity:
    """Let an activity begin at once, where the body has agreed to its type; never a core task, nor a doubt (R53).

    Raises ``NoConsentError`` where no standing consent counts today and on the day it begins.
    """
    version = _in_force(agreement, actor, on)
    if from_date < on:
        raise Refusal(_("Choose today or a later day."))
    workplace = agreement.workplace
    consent = standing_consent_for(workplace, activity.type, on)
    if consent is None or standing_consent_for(workplace, activity.type, from_date) != consent:
        raise NoConsentError(
            _(
                "The body has not agreed that new activities of this type may begin at once. Make a new version, and discuss it."
            )
        )
    bounded = own_task(version, activity.task, 0)
    if bounded.boundary != Boundary.SUPPLEMENT:
        raise CoreTaskError(
            _("There is doubt about whether this is a supplement. It must be discussed: put it into a new version.")
        )
    begun = NewActivity.objects.create(
        agreement=agreement,
        consent=consent,
        type=activity.type,
        title=activity.task.title,
        not_part=activity.task.not_part,
        added_value=activity.task.added_value,
        boundary_answers=bounded.boundary_answers,
        from_date=from_date,
        started_at=at,
        started_by_id=actor.person,
    )
    audit.record(
        name="agreements.agreement.start_activity",
        subject=agreement,
        actor=actor,
        at=at,
        changes={"lineage": str(begun.lineage), "from": from_date.isoformat(), "consent": consent.pk},
    )
    title = _("A new activity at %(workplace)s: “%(task)s”")
    _tell(agreement, key=f"agreements.activity.{begun.pk}", title=title, task=begun.title, actor=actor, on=on, at=at)
    return begun


def take_in(source: AgreementVersion, draft: AgreementVersion) -> None:
    """Let a draft leave out what was stopped since ``source`` began, and take in what has begun."""
    stopped = [stop.task_lineage for stop in stops_of(source)]
    Task.objects.filter(version=draft, lineage__in=stopped).delete()
    have = set(Task.objects.filter(version=draft).values_list("lineage", flat=True))
    last = Task.objects.filter(version=draft).order_by("-order").first()
    order = max(last.order + 1, OWN_TASKS_FROM) if last else OWN_TASKS_FROM
    for number, begun in enumerate(one for one in activities_of(source) if one.lineage not in have):
        Task.objects.create(
            version=draft,
            lineage=begun.lineage,
            order=order + number,
            type=begun.type,
            title=begun.title,
            not_part=begun.not_part,
            added_value=begun.added_value,
            boundary=begun.boundary,
            boundary_answers=begun.boundary_answers,
        )


def _tell(agreement: Agreement, *, key: str, title: str, task: str, actor: Capacity, on: date, at: datetime) -> None:
    """Tell the contact persons and both sides of the body, each with a page that they can see."""
    workplace = agreement.workplace
    body = body_for(workplace, on)
    people: list[tuple[list[int], str]] = [
        ([row.user_id for row in contact_persons(agreement, on)], reverse("agreement", args=[workplace.slug]))
    ]
    if body is not None:
        seats = [seat.user_id for seat in members(body, on)]
        people.append((seats, reverse("committee", args=[body.slug])))
    for concerned, link in people:
        # The same key: who is concerned twice is told once, with the first link.
        tell(
            people=[user_id for user_id in concerned if user_id != actor.user_id],
            key=key,
            kind=Kind.AGREEMENT,
            title=title % {"task": task, "workplace": workplace.name},
            link=link,
            at=at,
        )
