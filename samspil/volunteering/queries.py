# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who volunteers where, with what, and who looks after them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils import timezone

from samspil.agreements.between import TaskOffered
from samspil.agreements.models import Agreement, AgreementVersion, Task
from samspil.agreements.queries import offered_in, version_in_force
from samspil.foundation.memory import once_a_page
from samspil.foundation.personal_data import Person
from samspil.people.models import STAFF_ROLES, RoleAssignment
from samspil.people.queries import staff_of
from samspil.volunteering.models import Engagement, Volunteer
from samspil.volunteering.states import HERE


@dataclass(frozen=True)
class Room:
    """What a workplace has room for today: the agreement in force and the tasks that it offers."""

    version: AgreementVersion
    tasks: tuple[TaskOffered, ...]

    @property
    def agreement(self) -> Agreement:
        """The agreement that is in force."""
        return self.version.agreement

    def offers(self, lineage: UUID) -> bool:
        """Whether a task of this lineage is offered today."""
        return any(task.lineage == lineage for task in self.tasks)


@once_a_page
def room_at(unit_id: int) -> Room | None:
    """Return what the workplace has room for today: stopped tasks are out, activities that have begun are in (R53).

    None without an agreement in force (R28, R32).
    """
    version = version_in_force(unit_id)
    return Room(version, tuple(offered_in(version, timezone.localdate()))) if version else None


def chosen_lineages(engagement: Engagement) -> set[UUID]:
    """Return the lineages of the tasks that the volunteer has chosen and not declined."""
    return {task.lineage for task in engagement.tasks.all() if task.declined_on is None}


def task_titles(lineages: Iterable[UUID]) -> dict[UUID, str]:
    """Return what tasks are called, by lineage, in the newest version that has them; one query."""
    rows = Task.objects.filter(lineage__in=set(lineages)).order_by("version__number", "pk")
    return dict(rows.values_list("lineage", "title"))


def titles_at(room: Room | None, lineages: Iterable[UUID]) -> dict[UUID, str]:
    """Return the same at one workplace: those that it offers as they stand there, in no query, the others in one."""
    offered = {task.lineage: task.title for task in room.tasks} if room else {}
    wanted = set(lineages)
    further = wanted - offered.keys()
    return {**{key: offered[key] for key in wanted - further}, **(task_titles(further) if further else {})}


def with_contact(engagements: models.QuerySet[Engagement], on: date) -> models.QuerySet[Engagement]:
    """Annotate ``has_contact``: the contact person still works at the workplace on the day (R66)."""
    works_there = RoleAssignment.objects.on(on).filter(
        role__in=STAFF_ROLES, unit_id=models.OuterRef("workplace_id"), user_id=models.OuterRef("contact_person_id")
    )
    return engagements.annotate(has_contact=models.Exists(works_there))


_RARE = ("certificate_orders", "fact_answers", "formalities", "formality_dates", "terms")


def with_rare_parts(engagements: models.QuerySet[Engagement], on: date) -> models.QuerySet[Engagement]:
    """Read the welcome along, and ask along whether there is anything of what not everybody has; for pages that write nothing."""
    related = {name: Engagement._meta.get_field(name).related_model for name in _RARE}  # noqa: SLF001 - public in all but name
    there = {
        f"has_{name}": models.Exists(model._default_manager.filter(engagement=models.OuterRef("pk")))  # type: ignore[union-attr]  # noqa: SLF001
        for name, model in related.items()
    }
    return with_contact(engagements, on).annotate(**there).select_related("welcome")


def may_have(engagement: Engagement, relation: str) -> bool:
    """Say whether it is worth asking for the rows: no only where it was asked along and there were none."""
    return bool(getattr(engagement, f"has_{relation}", True))


def for_list(engagements: models.QuerySet[Engagement], on: date) -> models.QuerySet[Any]:
    """Return them with all that a list shows, by name; those who are forgotten are no longer there."""
    return (
        with_contact(engagements, on)
        .filter(volunteer__isnull=False)
        .select_related("volunteer", "contact_person", "workplace")
        .prefetch_related("tasks")
        .order_by("volunteer__name", "pk")
    )


def readers_of(unit_id: int, lineage: UUID | None) -> list[Volunteer]:
    """Return who is written to: the volunteers who are here, or those with one task, by name."""
    here = Engagement.objects.filter(workplace_id=unit_id, state__in=HERE)
    if lineage is not None:
        here = here.filter(tasks__lineage=lineage, tasks__declined_on=None)
    return list(Volunteer.objects.filter(pk__in=here.values("volunteer")).order_by("name", "pk"))


@once_a_page
def may_be_contact_person(unit_id: int, user_id: int, on: date) -> bool:
    """Whether somebody works at the workplace on the day, and so can look after a volunteer (R66)."""
    return staff_of(unit_id, on).filter(user_id=user_id).exists()


def person_of(volunteer: Volunteer) -> Person:
    """Return whom it is about, for every area that keeps something about them."""
    pages = tuple(reverse("volunteer", args=[pk]) for pk in volunteer.engagements.values_list("pk", flat=True))
    reached_at = tuple(way for way in (volunteer.phone, volunteer.email) if way)
    return Person(volunteer_id=volunteer.pk, user_id=volunteer.user_id, pages=pages, reached_at=reached_at)
