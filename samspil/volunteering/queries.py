# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who volunteers where, with what, and who looks after them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models

from samspil.agreements.models import Agreement, AgreementVersion, Task
from samspil.agreements.queries import offered_tasks, version_in_force
from samspil.people.queries import staff_of
from samspil.volunteering.models import Engagement
from samspil.volunteering.states import HERE


@dataclass(frozen=True)
class Room:
    """What a workplace has room for today: the agreement in force and the tasks that it offers."""

    version: AgreementVersion
    tasks: tuple[Task, ...]

    @property
    def agreement(self) -> Agreement:
        """The agreement that is in force."""
        return self.version.agreement

    def offers(self, lineage: UUID) -> bool:
        """Whether a task of this lineage is offered today."""
        return any(task.lineage == lineage for task in self.tasks)


def room_at(unit_id: int) -> Room | None:
    """Return what the workplace has room for; None without an agreement in force (R28, R32)."""
    version = version_in_force(unit_id)
    return Room(version, tuple(offered_tasks(version))) if version else None


def engagements_at(unit_id: int) -> models.QuerySet[Engagement]:
    """Return those who belong to a workplace, with who they are, by name."""
    return (
        Engagement.objects.filter(workplace_id=unit_id, state__in=HERE)
        .select_related("volunteer", "contact_person")
        .prefetch_related("tasks")
        .order_by("volunteer__name", "pk")
    )


def chosen_lineages(engagement: Engagement) -> set[UUID]:
    """Return the lineages of the tasks that the volunteer has chosen and not declined."""
    return {task.lineage for task in engagement.tasks.all() if task.declined_on is None}


def may_be_contact_person(unit_id: int, user_id: int, on: date) -> bool:
    """Whether somebody works at the workplace on the day, and so can look after a volunteer (R66)."""
    return staff_of(unit_id, on).filter(user_id=user_id).exists()
