# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What pages that join areas gather."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from samspil.agreements import leading
from samspil.agreements import queries as agreements
from samspil.agreements.history import WHAT_HAPPENED, happened_at
from samspil.agreements.models import Agreement, AgreementVersion, InForce, NoVolunteersStatement, Task
from samspil.agreements.queries import Coverage, CoverageOf
from samspil.agreements.states import OPEN
from samspil.agreements.states import State as AgreementState
from samspil.audit.models import Event
from samspil.foundation.capacity import SYSTEM, Capacity
from samspil.foundation.todo import Todo
from samspil.frameworks import queries as frameworks
from samspil.med import queries as med
from samspil.med.models import Committee
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import closing_in_words
from samspil.people.models import Role, RoleAssignment
from samspil.volunteering import todos as volunteering

TODO_SOURCES = (frameworks.todo_for, med.todo_for, agreements.todo_for, leading.todo_for, volunteering.todo_for)
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


def number_by_status(workplaces: models.QuerySet[Unit]) -> dict[str, int]:
    """Return how many of the workplaces have come how far, counted by the database."""
    rows = agreements.with_status(workplaces).order_by().values_list("status").annotate(models.Count("pk"))
    return dict(rows)


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
    tasks: list[Task]
    no_volunteers: NoVolunteersStatement | None
    is_closed: bool
    closing: str


def workplace(unit: Unit, on: date) -> Workplace:
    """Gather a workplace: who leads it, what has been agreed, who to ask, which body it belongs to."""
    line = workplace_lines([unit])[0]
    version = line.coverage.in_force or line.coverage.under_way
    agreement = version.agreement if version else Agreement.objects.filter(workplace=unit).first()
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
        tasks=agreements.offered_tasks(line.coverage.in_force) if line.coverage.in_force else [],
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
