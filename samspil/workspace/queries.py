# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What pages that join areas gather."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from samspil.agreements import change_todo, leading, questions, update_todos
from samspil.agreements import queries as agreements
from samspil.agreements.between import TaskOffered
from samspil.agreements.history import WHAT_HAPPENED, happened_at
from samspil.agreements.models import AgreementVersion, InForce, NoVolunteersStatement
from samspil.agreements.queries import Coverage, CoverageOf
from samspil.agreements.states import OPEN
from samspil.agreements.states import State as AgreementState
from samspil.audit.models import Event
from samspil.foundation.capacity import SYSTEM, Capacity
from samspil.foundation.prepared import prepared
from samspil.foundation.todo import Todo
from samspil.frameworks import queries as frameworks
from samspil.med import queries as med
from samspil.med.models import Committee
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import closing_in_words, still_open
from samspil.people.models import REACHING_ROLES, Role, RoleAssignment
from samspil.people.queries import units_within
from samspil.volunteering import todos as volunteering
from samspil.volunteering import welcome

TODO_SOURCES = (
    frameworks.todo_for,
    med.todo_for,
    agreements.todo_for,
    change_todo.todo_for,
    update_todos.todo_for,
    leading.todo_for,
    volunteering.todo_for,
    welcome.todo_for,
)
"""Every area that gives people something to do; a new one is added here."""

BADGES = {
    Coverage.IN_FORCE: "success",
    Coverage.UNDER_WAY: "info",
    Coverage.NOT_BEGUN: "neutral",
    Coverage.NO_VOLUNTEERS: "outline",
}


def todos(capacity: Capacity) -> list[Todo]:
    """Return everything to do now, what is due first on top."""
    found = [todo for source in TODO_SOURCES for todo in source(capacity)]
    return sorted(found, key=lambda todo: todo.due or date.max)


@dataclass(frozen=True)
class WorkplaceLine:
    """A workplace with how far its agreement has come."""

    unit: Unit
    coverage: CoverageOf

    @property
    def badge(self) -> str:
        """The kind of badge that shows the status."""
        return BADGES[self.coverage.status]


def workplace_lines(units: list[Unit]) -> list[WorkplaceLine]:
    """Return the workplaces with their status, in two queries however many they are."""
    coverage = agreements.coverage(unit.pk for unit in units)
    return [WorkplaceLine(unit, coverage[unit.pk]) for unit in units]


def own_workplace(capacity: Capacity) -> Unit | None:
    """Return the workplace that somebody acts at, a closed one too; None for those who act above the workplaces."""
    return next(iter(_workplace(capacity.unit_id or 0)), None)


@prepared
def _workplace(unit_id: int) -> models.QuerySet[Unit]:
    return Unit.objects.filter(pk=unit_id, is_workplace=True).select_related("succeeded_by")


def listed_within(unit_id: int, on: date, *, below: bool) -> models.QuerySet[Unit]:
    """Return the open workplaces at a unit, and below it where that is wanted."""
    within = units_within(unit_id, below=below).values("pk")
    return Unit.objects.filter(still_open(on), pk__in=within, is_workplace=True)


def some_listed(capacity: Capacity) -> list[Unit]:
    """Return the first two of the workplaces within reach that are there today: is there more than one?"""
    if capacity.unit_id is None:
        return []
    return _some_listed(capacity.unit_id, capacity.on, capacity.role in REACHING_ROLES)


def number_by_status(capacity: Capacity) -> dict[str, int]:
    """Return how many of the workplaces within reach have come how far, counted by the database."""
    if capacity.unit_id is None:
        return {}
    return dict(_number_by_status(capacity.unit_id, capacity.on, capacity.role in REACHING_ROLES))


def listed(capacity: Capacity) -> Any:
    """Return the workplaces within reach by name, for showing them in pages."""
    return listed_by_name.listed(capacity.unit_id or 0, capacity.on, capacity.role in REACHING_ROLES)


@prepared
def listed_by_name(unit_id: int, on: date, below: bool) -> models.QuerySet[Unit]:
    """Return what ``listed`` shows."""
    return listed_within(unit_id, on, below=below).order_by("sort_key")


@prepared
def _some_listed(unit_id: int, on: date, below: bool) -> models.QuerySet[Unit]:
    return listed_within(unit_id, on, below=below)[:2]


@prepared
def _number_by_status(unit_id: int, on: date, below: bool) -> Any:
    here = agreements.with_status(listed_within(unit_id, on, below=below), on)
    return here.order_by().values_list("status").annotate(models.Count("pk"))


@dataclass(frozen=True)
class Workplace:
    """All that the page of one workplace shows."""

    unit: Unit
    line: WorkplaceLine
    leaders: list[RoleAssignment]
    stand_in: RoleAssignment | None
    waits_for_leader: bool
    contact_persons: list[RoleAssignment]
    committee: Committee | None
    tasks: list[TaskOffered]
    no_volunteers: NoVolunteersStatement | None
    is_closed: bool
    closing: str


def workplace(unit: Unit, on: date) -> Workplace:
    """Gather a workplace: who leads it, what has been agreed, who to ask, which body it belongs to."""
    line = workplace_lines([unit])[0]
    version = line.coverage.in_force or line.coverage.under_way
    agreement = version.agreement if version else next(iter(questions.agreement_of(unit.pk)), None)
    # Read with what is rare about it, so that what is not there is not asked for.
    in_force = agreements.own_version_in_force(unit.pk) if line.coverage.in_force else None
    leading_now = [row for row in agreements.named_people(unit.pk, on) if row.role == Role.LEADER]
    is_without = line.coverage.status == Coverage.NO_VOLUNTEERS
    return Workplace(
        unit=unit,
        line=line,
        leaders=[row for row in leading_now if not row.is_stand_in],
        stand_in=next((row for row in leading_now if row.is_stand_in), None),
        waits_for_leader=version is not None and agreements.accountable_leader(version.agreement, on) is None,
        contact_persons=agreements.contact_persons(agreement, on) if agreement else [],
        committee=med.body_for(unit, on),
        tasks=agreements.offered_in(in_force, on) if in_force else [],
        no_volunteers=agreements.no_volunteers(unit.pk) if is_without else None,
        is_closed=unit.is_closed(on),
        closing=closing_in_words(unit, on),
    )


def _who(event: Event) -> str:
    """Return who did it as they were then; volunteers stand by no name, the system by its own."""
    capacity = event.capacity
    if "pseudonym" in capacity:
        return _("a volunteer")
    if capacity.get("role") == SYSTEM:
        return ""
    parts = (capacity.get("person", ""), capacity.get("title") or capacity.get("unit", ""))
    return ", ".join(part for part in parts if part)


def history(unit: Unit) -> list[dict[str, Any]]:
    """Return what happened at a workplace, newest first, for the timeline."""
    return [
        {"on": event.at, "title": WHAT_HAPPENED[event.name], "text": _who(event)}
        for event, _place in happened_at([unit.pk], 30)
    ]


@dataclass(frozen=True)
class FrameworkReach:
    """Whom a new framework version concerns: what ``frameworks`` cannot know, since it stands below."""

    in_force: int
    under_way: int
    at_the_table: int
    bodies: int


def framework_reach() -> FrameworkReach:
    """Return how many agreements and bodies a new version meets; three queries, however many there are."""
    states = AgreementVersion.objects.aggregate(
        under_way=models.Count("pk", filter=models.Q(state__in=OPEN)),
        at_the_table=models.Count("pk", filter=models.Q(state=AgreementState.IN_DIALOGUE)),
    )
    return FrameworkReach(
        in_force=InForce.objects.filter(unit__is_workplace=True).count(), bodies=Committee.objects.count(), **states
    )


def workplaces_concerned(units: models.QuerySet[Unit]) -> models.QuerySet[Unit]:
    """Return those of ``units`` that have an agreement in force or on its way."""
    on_its_way = AgreementVersion.objects.filter(state__in=OPEN).values("agreement__workplace_id")
    return units.filter(models.Q(pk__in=InForce.objects.values("unit_id")) | models.Q(pk__in=on_its_way))
