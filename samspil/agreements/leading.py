# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who leads a workplace and its agreement: the accountable leader, the stand-in, and where there is nobody (R19)."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.agreements.models import Agreement, AgreementPerson, AgreementVersion, InForce, Meets
from samspil.agreements.queries import accountable_leader, named_people
from samspil.agreements.states import OPEN, State
from samspil.foundation.capacity import Capacity
from samspil.foundation.months import months_later
from samspil.foundation.prepared import prepared
from samspil.foundation.todo import Todo
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open, units_below
from samspil.people.models import Role, RoleAssignment, User
from samspil.people.queries import could_stand_in, leaders_of, stand_in_of, stand_ins_from

WITHOUT_LEADER = "leder-ikke-angivet"
"""What the overview is asked for in its address."""
MONTHS_BETWEEN = {Meets.MONTHLY: 1, Meets.QUARTERLY: 3, Meets.HALF_YEARLY: 6}
_LIVING = (*OPEN, State.IN_FORCE)


@dataclass(frozen=True)
class Leading:
    """Who leads one workplace; ``answers`` is None where the agreement waits for a leader."""

    has_agreement: bool
    answers: User | None
    leaders: tuple[RoleAssignment, ...]
    stand_in: RoleAssignment | None
    stand_ins: tuple[RoleAssignment, ...]


def named_at(workplace_id: int, on: date) -> list[int]:
    """Return who leads a workplace or is a contact person there on the day: the answer to ``NAMED_AT_WORKPLACE``."""
    return list(dict.fromkeys(row.user_id for row in named_people(workplace_id, on)))


@dataclass(frozen=True)
class AgreedMeetings:
    """How often staff and volunteers of a workplace meet by the agreement in force; ``first`` is one interval after it."""

    version_id: int
    workplace: str
    since: date
    first: date
    every_months: int


def agreed_meetings(user_id: int, on: date) -> list[AgreedMeetings]:
    """Return what somebody's calendar is to remind of: of the agreements in force that they answer for and lead (R41)."""
    led = RoleAssignment.objects.on(on).filter(user=user_id, role=Role.LEADER).values("unit")
    answers = AgreementPerson.objects.filter(part=AgreementPerson.Part.LEADER, until=None, user=user_id)
    versions = AgreementVersion.objects.filter(
        still_open(on, "agreement__workplace__"),
        pk__in=InForce.objects.values("version"),
        agreement__in=answers.values("agreement"),
        agreement__workplace__in=led,
        in_force_from__lte=on,
    ).exclude(staff_meets="")
    found = []
    for version in versions.select_related("agreement__workplace").order_by("pk"):
        if version.in_force_from is None:
            continue
        months = MONTHS_BETWEEN[Meets(version.staff_meets)]
        first = months_later(version.in_force_from, months)
        name = version.agreement.workplace.name
        found.append(AgreedMeetings(version.pk, name, version.in_force_from, first, months))
    return found


def living_agreement(workplace_id: int) -> Agreement | None:
    """Return the agreement of a workplace if a version of it is on its way or in force."""
    return next(iter(_living_at(workplace_id)), None)


@prepared
def _living_at(workplace_id: int) -> models.QuerySet[Agreement]:
    return Agreement.objects.filter(workplace_id=workplace_id, versions__state__in=_LIVING)


def leading(workplace: Unit, on: date) -> Leading:
    """Return who leads a workplace on the day, and who stands in from then on."""
    agreement = living_agreement(workplace.pk)
    coming = tuple(stand_ins_from(workplace.pk, on))
    return Leading(
        has_agreement=agreement is not None,
        answers=accountable_leader(agreement, on) if agreement else None,
        leaders=tuple(leaders_of(workplace.pk, on)),
        stand_in=next((row for row in coming if row.from_date <= on), None),
        stand_ins=coming,
    )


def answering(workplace_id: int, on: date) -> int | None:
    """Return the user who answers for the agreement; before there is one, the only leader of the workplace."""
    agreement = living_agreement(workplace_id)
    if agreement is not None:
        leader = accountable_leader(agreement, on)
        return leader.pk if leader else None
    leaders = {row.user_id for row in leaders_of(workplace_id, on)}
    return leaders.pop() if len(leaders) == 1 else None


def candidates(workplace_id: int, on: date) -> list[RoleAssignment]:
    """Return who can be named stand-in: all who could, but for the leader whom they would stand in for."""
    leader = answering(workplace_id, on)
    return [row for row in could_stand_in(workplace_id, on) if row.user_id != leader]


def is_standing_in(capacity: Capacity, workplace: Unit) -> bool:
    """Say whether the capacity is that of the workplace's stand-in on its day."""
    if not capacity.is_stand_in or capacity.unit_id != workplace.pk:
        return False
    row = stand_in_of(workplace.pk, capacity.on)
    return row is not None and row.pk == capacity.assignment_id


# Nobody there -------------------------------------------------------------------------------------


def agreements_without_leader(on: date) -> models.QuerySet[Agreement]:
    """Return the agreements, on their way or in force, that nobody answers for on the day: *leder ikke angivet*."""
    leaders = RoleAssignment.objects.on(on).filter(
        role=Role.LEADER,
        is_stand_in=False,
        unit_id=models.OuterRef("agreement__workplace_id"),
        user_id=models.OuterRef("user_id"),
    )
    answers = AgreementPerson.objects.filter(part=AgreementPerson.Part.LEADER, until=None).filter(
        models.Exists(leaders)
    )
    living = AgreementVersion.objects.filter(state__in=_LIVING).values("agreement_id")
    return Agreement.objects.filter(pk__in=living).exclude(pk__in=answers.values("agreement_id"))


def without_leader(workplaces: models.QuerySet[Unit], on: date) -> models.QuerySet[Unit]:
    """Return those of the workplaces whose agreement nobody answers for, or that have neither agreement nor leader."""
    living = AgreementVersion.objects.filter(state__in=_LIVING).values("agreement__workplace_id")
    led = RoleAssignment.objects.on(on).filter(role=Role.LEADER, is_stand_in=False).values("unit_id")
    waiting = agreements_without_leader(on).values("workplace_id")
    covered = InForce.objects.values("unit_id")
    is_nobodys = ~models.Q(pk__in=living) & ~models.Q(pk__in=led) & ~models.Q(pk__in=covered)
    return workplaces.filter(still_open(on)).filter(models.Q(pk__in=waiting) | is_nobodys)


def what_follows(assignment: RoleAssignment, on: date) -> list[str]:
    """Say what ending a role means for the agreement of the workplace: nothing, unless its leader leaves."""
    if assignment.role != Role.LEADER or assignment.is_stand_in or not assignment.unit.is_workplace:
        return []
    if answering(assignment.unit_id, on) != assignment.user_id:
        return []
    if living_agreement(assignment.unit_id) is None:
        return [
            _("Then no leader is given for %(unit)s, and nobody can begin its agreement before there is a new one.")
            % {"unit": assignment.unit.name}
        ]
    return [
        _(
            "Then no leader is given for the agreement of %(unit)s: what is in force goes on, "
            "and a draft waits until a new leader takes over."
        )
        % {"unit": assignment.unit.name}
    ]


def todo_for(capacity: Capacity) -> list[Todo]:
    """Return what a new leader takes over, and where those above and the secretariat are to find a leader."""
    if capacity.unit_id is None or capacity.role not in {Role.LEADER, Role.ADMINISTRATOR}:
        return []
    own = _to_take_over(capacity)
    but = 0 if capacity.role == Role.ADMINISTRATOR else capacity.unit_id
    number = len(_without_leader_below(capacity.unit_id, but, capacity.on))
    if not number:
        return own
    return [
        *own,
        Todo(
            key="agreements.without_leader",
            title=ngettext("One workplace: leader not given", "%(number)d workplaces: leader not given", number)
            % {"number": number},
            detail=_("What is in force goes on, but drafts wait. Give somebody the role of leader."),
            url=f"{reverse('overview')}?status={WITHOUT_LEADER}",
            label=_("See which"),
        ),
    ]


@prepared
def _without_leader_below(unit_id: int, but: int, on: date) -> models.QuerySet[Unit, int]:
    below: models.QuerySet[Unit] = units_below(unit_id).exclude(pk=but).filter(is_workplace=True)
    return without_leader(below, on).order_by().values_list("pk", flat=True)


@prepared
def _waiting_at(workplace_id: int, on: date) -> models.QuerySet[Agreement]:
    return agreements_without_leader(on).filter(workplace_id=workplace_id).select_related("workplace")


def _to_take_over(capacity: Capacity) -> list[Todo]:
    if capacity.role != Role.LEADER or capacity.is_stand_in:
        return []
    agreement = next(iter(_waiting_at(capacity.unit_id or 0, capacity.on)), None)
    if agreement is None:
        return []
    return [
        Todo(
            key="agreements.take_over",
            title=_("Take over the agreement for volunteering"),
            detail=_("No leader is given for it. When you take it over, it is yours to decide on."),
            url=reverse("agreement", args=[agreement.workplace.slug]) + "#leader",
            label=_("Take over"),
        )
    ]
