# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Fills an empty database with a municipality of a profile: a few agreements made as people make them, the rest copied."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from samspil.agreements.actions import send_to_dialogue
from samspil.audit.models import Pseudonym
from samspil.config.story import publish_model_framework, put_agreement_in_force, write_draft
from samspil.foundation import tenancy
from samspil.foundation.capacity import Capacity
from samspil.foundation.text import sort_key
from samspil.med.models import Committee, CoveredByCommittee, Function, Membership, Side
from samspil.municipalities.actions import address_of, create_municipality
from samspil.municipalities.models import Municipality, Sector, Unit
from samspil.people.models import Role, RoleAssignment, User
from samspil.people.queries import capacity_of
from samspil.volunteering.models import Application, Engagement, EngagementTask, Volunteer
from samspil.volunteering.queries import room_at
from scripts.bench.copying import Original, copy_agreements
from scripts.bench.profiles import AREAS, Profile, email_of, name_of, shares

BATCH = 5_000
LONG_AGO = date(2020, 1, 1)
SECTORS = (Sector.CARE_HOME, Sector.SCHOOL)
PLACES = {Sector.CARE_HOME: "Plejecenter", Sector.SCHOOL: "Skolen"}
# Of ten workplaces: six have an agreement in force, two a draft, one a dialogue, one nothing.
HOW_FAR = ("in_force",) * 6 + ("draft",) * 2 + ("in_dialogue", "")


@dataclass
class Workplace:
    """A workplace while it is being built: its staff, its leader first."""

    number: int
    unit: Unit
    body: Committee | None = None
    staff: list[RoleAssignment] = field(default_factory=list)

    @property
    def how_far(self) -> str:
        """How far its agreement has come."""
        return HOW_FAR[self.number % len(HOW_FAR)]


@dataclass
class Built:
    """The municipality that was built, and who to look at it as."""

    municipality: Municipality
    administrator: RoleAssignment
    area_leader: RoleAssignment
    workplaces: list[Workplace]

    def first(self, how_far: str) -> Workplace:
        """Return the first workplace whose agreement has come this far."""
        return next(workplace for workplace in self.workplaces if workplace.how_far == how_far)


class Builder:
    """Builds one municipality; everything in one transaction, so that half of one is never measured."""

    def __init__(self, profile: Profile, say: Callable[[str], None]) -> None:
        self.profile = profile
        self.say = say
        self.now = timezone.localtime()
        self.people = 0

    def build(self) -> Built:
        """Build it all."""
        began = time.monotonic()
        with transaction.atomic():
            municipality = create_municipality(
                name="Målby Kommune", slug="maalby", at=self.at(400), contact_email="med@example.dk"
            )
            with tenancy.scope(municipality.pk):
                built = self._fill(municipality)
        self.say(f"built in {time.monotonic() - began:.0f} s: {self.people} people")
        return built

    def at(self, days: int) -> datetime:
        """Return the moment that many days ago."""
        return self.now - timedelta(days=days)

    def _fill(self, municipality: Municipality) -> Built:
        top = Unit.objects.get(parent=None)
        areas = self._units(
            [(f"{AREAS[number % len(AREAS)]} {number // len(AREAS) + 1}", top, Sector.OTHER, False)
             for number in range(self.profile.areas)]
        )  # fmt: skip
        places = self._units(
            [(f"{PLACES[SECTORS[number % 2]]} {name_of(number).split()[1]} {number + 1}",
              areas[number % len(areas)], SECTORS[number % 2], True)
             for number in range(self.profile.workplaces)]
        )  # fmt: skip
        workplaces = [Workplace(number, unit) for number, unit in enumerate(places)]
        administrator, *leaders = self._roles(
            [(Role.ADMINISTRATOR, top), *((Role.LEADER, area) for area in areas)], municipality
        )
        self._staff(workplaces, municipality)
        self._volunteers(workplaces, municipality)
        bodies = self._bodies([(area, [leader, *self._of(workplaces, area)]) for area, leader in zip(areas, leaders, strict=True)]
                              + [(workplace.unit, workplace.staff) for workplace in workplaces])  # fmt: skip
        for workplace, body in zip(workplaces, bodies[len(areas) :], strict=True):
            workplace.body = body
        hanne = self._capacity(administrator, 300)
        publish_model_framework(administrator=hanne, on=hanne.on, at=self.at(300))
        self._agreements(workplaces)
        self._engagements([workplace for workplace in workplaces if workplace.how_far == "in_force"])
        return Built(municipality, administrator, leaders[0], workplaces)

    def _of(self, workplaces: list[Workplace], area: Unit) -> list[RoleAssignment]:
        """Return five employees of different workplaces of an area, for its body."""
        return [workplace.staff[-1] for workplace in workplaces if workplace.unit.parent_id == area.pk][:5]

    def _units(self, rows: Sequence[tuple[str, Unit, Sector, bool]]) -> list[Unit]:
        return Unit.objects.bulk_create(
            Unit(
                name=name, sort_key=sort_key(name), slug=address_of(name), parent=parent, sector=sector,
                is_workplace=is_workplace, code=address_of(name)[:40],
            )
            for name, parent, sector, is_workplace in rows
        )  # fmt: skip

    def _roles(self, rows: Sequence[tuple[Role, Unit]], municipality: Municipality) -> list[RoleAssignment]:
        locked = make_password(None)
        numbers = range(self.people, self.people + len(rows))
        self.people += len(rows)
        users = User.objects.bulk_create(
            (User(email=email_of(number), name=name_of(number), password=locked) for number in numbers), BATCH
        )
        made: list[RoleAssignment] = RoleAssignment.objects.bulk_create(
            (
                RoleAssignment(
                    municipality=municipality, user=user, role=role, unit=unit, title=str(role), from_date=LONG_AGO
                )
                for user, (role, unit) in zip(users, rows, strict=True)
            ),
            BATCH,
        )
        return made

    def _staff(self, workplaces: list[Workplace], municipality: Municipality) -> None:
        rows: list[tuple[Role, Unit]] = []
        owners: list[Workplace] = []
        for workplace, count in zip(workplaces, shares(self.profile.employees, len(workplaces)), strict=True):
            roles = [Role.LEADER, Role.VOLUNTEER_COORDINATOR, *[Role.EMPLOYEE] * (count - 2)]
            rows += [(role, workplace.unit) for role in roles]
            owners += [workplace] * len(roles)
        for workplace, assignment in zip(owners, self._roles(rows, municipality), strict=True):
            workplace.staff.append(assignment)

    def _volunteers(self, workplaces: list[Workplace], municipality: Municipality) -> None:
        counts = zip(workplaces, shares(self.profile.volunteers, len(workplaces)), strict=True)
        rows = [(Role.VOLUNTEER, workplace.unit) for workplace, count in counts for _ in range(count)]
        made = self._roles(rows, municipality)
        Pseudonym.objects.bulk_create((Pseudonym(kind="people.user", key=str(one.user_id)) for one in made), BATCH)

    def _engagements(self, workplaces: list[Workplace]) -> None:
        """Give the volunteers a place where an agreement is in force, and let some more write."""
        offered = {workplace.unit.pk: offered_tasks_of(workplace.unit.pk) for workplace in workplaces}
        counts = list(zip(workplaces, shares(self.profile.volunteers, len(workplaces)), strict=True))
        places = [workplace for workplace, count in counts for _ in range(count)]
        people = Volunteer.objects.bulk_create(
            (
                Volunteer(name=name_of(number), phone=f"20{number:06}", entered_at=self.at(60), changed_at=self.at(60))
                for number in range(len(places))
            ),
            BATCH,
        )
        made = Engagement.objects.bulk_create(
            (
                Engagement(
                    volunteer=one, workplace=place.unit, contact_person_id=place.staff[1].user_id,
                    state="in_clearance" if number % 10 == 0 else "active", entered_at=self.at(60),
                    started_on=None if number % 10 == 0 else self.at(50).date(),
                )
                for number, (one, place) in enumerate(zip(people, places, strict=True))
            ),
            BATCH,
        )  # fmt: skip
        EngagementTask.objects.bulk_create(
            (
                EngagementTask(engagement=one, lineage=lineage, chosen_on=self.at(60).date())
                for one in made
                for lineage in offered[one.workplace_id][:2]
            ),
            BATCH,
        )
        Pseudonym.objects.bulk_create((Pseudonym(kind="volunteer", key=str(one.pk)) for one in people), BATCH)
        Application.objects.bulk_create(
            (
                Application(
                    workplace=workplace.unit, name=name_of(number), reach_me=f"30{number:06}",
                    words="Jeg vil gerne gå ture.", received_at=self.at(number % 9),
                )
                for workplace in workplaces
                for number in range(3)
            ),
            BATCH,
        )  # fmt: skip

    def _bodies(self, rows: Sequence[tuple[Unit, Sequence[RoleAssignment]]]) -> list[Committee]:
        """Give each unit a body: the leader in the chair, a deputy, a safety representative and two more."""
        bodies: list[Committee] = Committee.objects.bulk_create(
            Committee(name=f"LokalMED {unit.name}", slug=unit.slug, level="LokalMED", created_at=self.at(350))
            for unit, _ in rows
        )
        CoveredByCommittee.objects.bulk_create(
            CoveredByCommittee(committee=body, unit=unit) for body, (unit, _) in zip(bodies, rows, strict=True)
        )
        seats = (
            (Side.MANAGEMENT, Function.CHAIR), (Side.EMPLOYEES, Function.DEPUTY),
            (Side.EMPLOYEES, Function.SAFETY_REPRESENTATIVE), (Side.EMPLOYEES, Function.MEMBER),
            (Side.EMPLOYEES, Function.MEMBER),
        )  # fmt: skip
        Membership.objects.bulk_create(
            (
                Membership(committee=body, user_id=one.user_id, side=side, function=function, from_date=LONG_AGO)
                for body, (_, staff) in zip(bodies, rows, strict=True)
                for one, (side, function) in zip(staff, seats, strict=False)
            ),
            BATCH,
        )
        return bodies

    def _agreements(self, workplaces: list[Workplace]) -> None:
        """Make one agreement for each sector and state by the actions, and copy it to the others."""
        groups: dict[tuple[str, str], list[Workplace]] = {}
        for workplace in workplaces:
            if workplace.how_far:
                groups.setdefault((workplace.unit.sector, workplace.how_far), []).append(workplace)
        for (_, how_far), (model, *others) in groups.items():
            self._really(model, how_far)
            copy_agreements(self._original(model), [self._original(other) for other in others])

    def _original(self, workplace: Workplace) -> Original:
        if workplace.body is None:
            message = f"{workplace.unit} has no body"
            raise ValueError(message)
        return Original(workplace.unit, workplace.body, workplace.staff)

    def _really(self, workplace: Workplace, how_far: str) -> None:
        days = {"in_force": 200, "draft": 20, "in_dialogue": 6}[how_far]
        leader, deputy, contact = (self._capacity(one, days) for one in workplace.staff[:3])
        moment: dict[str, Any] = {"on": leader.on, "at": self.at(days)}
        if how_far == "in_force":
            put_agreement_in_force(
                workplace=workplace.unit, leader=leader, employee=deputy, contact=contact,
                remarks="Ture ud af huset aftales samme dag.", **moment,
            )  # fmt: skip
            return
        version = write_draft(workplace=workplace.unit, leader=leader, contact=contact, tasks=5, **moment)
        if how_far == "in_dialogue":
            send_to_dialogue(version=version, actor=leader, **moment)

    def _capacity(self, assignment: RoleAssignment, days: int) -> Capacity:
        return capacity_of(assignment, self.at(days).date())


def offered_tasks_of(unit_id: int) -> list[Any]:
    """Return the lineages of what a workplace offers."""
    room = room_at(unit_id)
    return [task.lineage for task in room.tasks] if room else []
