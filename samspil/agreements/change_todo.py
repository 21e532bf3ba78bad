# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a change asks of somebody: of the employee side to look at it, of the leader to take it into the next version."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.agreements.change_models import Ending, NewActivity, TaskStop
from samspil.agreements.endings import missing_before_ending_is_decided
from samspil.agreements.models import Agreement, AgreementVersion, Task
from samspil.agreements.states import OPEN, State
from samspil.foundation.capacity import Capacity
from samspil.foundation.prepared import prepared
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.todo import Todo
from samspil.med.models import Membership, Side
from samspil.med.queries import employee_side
from samspil.people.models import STAFF_ROLES, Role


def todo_for(capacity: Capacity) -> list[Todo]:
    """Return the lines about changes; one query where there is nothing to do."""
    if capacity.user_id is None or capacity.role not in STAFF_ROLES:
        return []
    return _of_the_leader(capacity) if capacity.role == Role.LEADER else _to_look_at(capacity)


@prepared
def _announced_to(person: int, on: date) -> QuerySet[AgreementVersion]:
    seats = Membership.objects.on(on).filter(user_id=person, side=Side.EMPLOYEES)
    announced = AgreementVersion.objects.filter(
        state=State.ANNOUNCED, objection_due__gte=on, announced_to__in=seats.values("committee_id")
    )
    return announced.select_related("agreement__workplace", "announced_to").order_by("objection_due", "pk")


def _to_look_at(capacity: Capacity) -> list[Todo]:
    return [
        Todo(
            key="agreements.announced",
            title=_("Look at a change at %(workplace)s") % {"workplace": version.agreement.workplace.name},
            detail=_(
                "The leader says that nothing but the language is changed. You can ask to discuss it until %(day)s."
            )
            % {"day": danish_date(version.objection_due)},
            url=reverse("announced_change", args=[version.agreement.workplace.slug, version.number]),
            label=_("See the change"),
            due=version.objection_due,
        )
        for version in _announced_to(capacity.person, capacity.on)
        if version.announced_to is not None
        and any(seat.user_id == capacity.user_id for seat in employee_side(version.announced_to, capacity.on))
    ]


def _of_the_leader(capacity: Capacity) -> list[Todo]:
    """Ask once whether anything has happened since the version began, then only for what has."""
    agreement: Any = next(iter(_agreement_of(capacity.unit_id)), None) if capacity.unit_id is not None else None
    if agreement is None:
        return []
    found = _to_take_in(capacity) if agreement.has_happened else []
    return found + (_to_end(agreement, capacity) if agreement.is_to_end else [])


@prepared
def _agreement_of(workplace_id: int) -> QuerySet[Agreement]:
    rows = TaskStop.objects.filter(agreement=OuterRef("pk")), NewActivity.objects.filter(agreement=OuterRef("pk"))
    proposed = Ending.objects.filter(
        agreement=OuterRef("pk"), given_up_at=None, decided_at=None, version__state=State.IN_FORCE
    )
    own = Agreement.objects.filter(workplace_id=workplace_id).annotate(
        has_happened=Exists(rows[0]) | Exists(rows[1]), is_to_end=Exists(proposed)
    )
    return own.order_by("pk")[:1]


def _to_end(agreement: Agreement, capacity: Capacity) -> list[Todo]:
    proposed = Ending.objects.filter(agreement=agreement, given_up_at=None, decided_at=None)
    ending = proposed.select_related("dialogue", "agreement__workplace").latest("pk")
    if missing_before_ending_is_decided(ending, capacity.on):
        return []
    return [
        Todo(
            key="agreements.decide_ending",
            title=_("Decide whether the agreement ends"),
            detail=_("It has been discussed, and the employee side has confirmed what was said."),
            url=reverse("end_agreement", args=[ending.agreement.workplace.slug]),
            label=_("Decide"),
        )
    ]


def _to_take_in(capacity: Capacity) -> list[Todo]:
    """Return what the next version leaves out or takes in, until one is on its way."""
    of_agreement = AgreementVersion.objects.filter(agreement=OuterRef("agreement"))
    here = Task.objects.filter(version__agreement=OuterRef("agreement"), version__state=State.IN_FORCE)
    stops = TaskStop.objects.filter(agreement__workplace_id=capacity.unit_id).filter(
        Exists(here.filter(lineage=OuterRef("task_lineage"))), ~Exists(of_agreement.filter(state__in=OPEN))
    )
    begun = NewActivity.objects.filter(agreement__workplace_id=capacity.unit_id).filter(
        Exists(of_agreement.filter(state=State.IN_FORCE, created_at__lte=OuterRef("started_at"))),
        ~Exists(here.filter(lineage=OuterRef("lineage"))),
        ~Exists(of_agreement.filter(state__in=OPEN)),
        ~Exists(TaskStop.objects.filter(agreement=OuterRef("agreement"), task_lineage=OuterRef("lineage"))),
    )
    stopped = [
        (stop.agreement, _("“%(task)s” is stopped: take it into the next version") % {"task": stop.task_title})
        for stop in stops.select_related("agreement__workplace")
    ]
    started = [
        (activity.agreement, _("“%(task)s” has begun: take it into the next version") % {"task": activity.title})
        for activity in begun.select_related("agreement__workplace")
    ]
    return [
        Todo(
            key="agreements.take_in",
            title=title,
            detail=_("Make a new version; the change is in the draft already. Then MED discusses it."),
            url=reverse("agreement", args=[agreement.workplace.slug]),
            label=_("Go to the agreement"),
        )
        for agreement, title in stopped + started
    ]
