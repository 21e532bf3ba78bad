# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What has happened since a version began: tasks that were stopped, and activities that began at once (R53)."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from samspil.agreements.boundary import Boundary
from samspil.agreements.change_models import Ending, NewActivity, TaskStop
from samspil.agreements.models import AgreementVersion, Task
from samspil.agreements.rare_parts import may_have
from samspil.agreements.states import State
from samspil.foundation.memory import once_a_page
from samspil.foundation.prepared import prepared

_HOLDS_IN = (State.ADOPTED, State.IN_FORCE)


@dataclass(frozen=True)
class TaskOffered:
    """What volunteers may do: a task of the text in force, or an activity that began since."""

    lineage: uuid.UUID
    type: str
    title: str
    not_part: str
    added_value: str
    boundary: Boundary
    when_and_where: str = ""
    responsibility: str = ""
    since: date | None = None

    @property
    def is_activity(self) -> bool:
        """Whether it began under a standing consent and waits for the next version."""
        return self.since is not None


@prepared
def _stops(agreement_id: int) -> models.QuerySet[TaskStop]:
    return TaskStop.objects.filter(agreement_id=agreement_id)


@once_a_page
def stops_of(version: AgreementVersion) -> tuple[TaskStop, ...]:
    """Return what was stopped of the agreement, the newest last; nothing of it concerns a version that is history."""
    if version.state not in _HOLDS_IN or not may_have(version, TaskStop):
        return ()
    return tuple(_stops(version.agreement_id))


@once_a_page
def activities_of(version: AgreementVersion) -> tuple[NewActivity, ...]:
    """Return the activities beside the text: those that no later discussed version has taken in, or left out."""
    if version.state not in _HOLDS_IN or not may_have(version, NewActivity):
        return ()
    return tuple(_beside((version.pk,)))


def begun_beside(version_ids: Collection[int]) -> list[tuple[int, str]]:
    """Return the titles of the activities beside many texts in force, each with the key of its version; one query."""
    return [(row.version_pk, row.title) for row in _beside(tuple(version_ids))]


@prepared
def _beside(version_ids: tuple[int, ...]) -> models.QuerySet[Any]:
    stops = TaskStop.objects.filter(agreement=models.OuterRef("agreement"), task_lineage=models.OuterRef("lineage"))
    taken_in = Task.objects.filter(version_id=models.OuterRef("version_pk"), lineage=models.OuterRef("lineage"))
    is_newer = models.Q(agreement__versions__dialogue=None) | models.Q(
        agreement__versions__created_at__lte=models.F("started_at")
    )
    begun = NewActivity.objects.filter(is_newer, agreement__versions__in=version_ids)
    found = begun.annotate(version_pk=models.F("agreement__versions__pk"))
    return found.filter(~models.Exists(stops), ~models.Exists(taken_in)).order_by("from_date", "pk")


def offered(tasks: list[Task], version: AgreementVersion, on: date) -> list[TaskOffered]:
    """Return the tasks but for the stopped ones, and then the activities that have begun."""
    stopped = {stop.task_lineage for stop in stops_of(version) if stop.from_date <= on}
    found = [
        TaskOffered(
            lineage=task.lineage,
            type=task.type,
            title=task.title,
            not_part=task.not_part,
            added_value=task.added_value,
            boundary=Boundary(task.boundary),
            when_and_where=task.when_and_where,
            responsibility=task.responsibility,
        )
        for task in tasks
        if task.lineage not in stopped
    ]
    return found + [
        TaskOffered(
            lineage=activity.lineage,
            type=activity.type,
            title=activity.title,
            not_part=activity.not_part,
            added_value=activity.added_value,
            boundary=activity.boundary,
            since=activity.from_date,
        )
        for activity in activities_of(version)
        if activity.from_date <= on
    ]


@prepared
def _endings(version_id: int) -> models.QuerySet[Ending]:
    standing = Ending.objects.filter(version_id=version_id, given_up_at=None)
    return standing.select_related("dialogue__committee").order_by("pk")[:1]


@once_a_page
def ending_of(version: AgreementVersion) -> Ending | None:
    """Return that the version's agreement is to end or has ended, proposed or decided; None where nobody thinks so."""
    if version.state not in (State.IN_FORCE, State.ENDED) or not may_have(version, Ending):
        return None
    return next(iter(_endings(version.pk)), None)
