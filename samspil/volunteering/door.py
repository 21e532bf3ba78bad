# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who answers a first word and by when, and what is suggested to be written back."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements.models import AgreementPerson
from samspil.agreements.queries import named_people
from samspil.foundation.capacity import Capacity
from samspil.foundation.prepared import prepared
from samspil.municipalities.models import ClosedDay, Unit
from samspil.municipalities.working_days import add_working_days
from samspil.people.models import Role, RoleAssignment
from samspil.people.queries import administrators, leaders_of, stand_in_of
from samspil.volunteering.models import Application
from samspil.volunteering.permissions import applications_seen, visible_applications
from samspil.volunteering.states import ApplicationState

ANSWER_WITHIN = 5
"""Working days in which whoever writes has an answer; after that the leader is asked."""
HIGHER_UP_AFTER = 10
"""Working days after which the leader above sees it."""
KEPT_MONTHS = 6
"""How long an answered first word is kept, unless the municipality says otherwise."""
_EMAIL = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]+")


@dataclass(frozen=True)
class WaitingRow:
    """A first word that waits: since when, and by when it is answered."""

    application: Application
    answer_by: date
    goes_up_on: date
    is_late: bool
    is_very_late: bool


def waiting_rows(applications: Iterable[Application], on: date) -> list[WaitingRow]:
    """Return them, oldest first, each with its dates; one query for the municipality's own days."""
    found = sorted(applications, key=lambda one: (one.received_at, one.pk))
    if not found:
        return []
    first = timezone.localdate(found[0].received_at)
    closed = set(_closed_since(first))
    rows = []
    for one in found:
        received = timezone.localdate(one.received_at)
        by = add_working_days(received, ANSWER_WITHIN, closed)
        up = add_working_days(received, HIGHER_UP_AFTER, closed)
        rows.append(WaitingRow(one, by, up, on > by, on > up))
    return rows


@prepared
def _closed_since(first: date) -> models.QuerySet[ClosedDay, date]:
    return ClosedDay.objects.filter(day__gte=first).values_list("day", flat=True)


def waiting_for(capacity: Capacity) -> models.QuerySet[Application]:
    """Return what waits for an answer and the capacity sees."""
    return _in_order(visible_applications(capacity))


def _in_order(seen: models.QuerySet[Application]) -> models.QuerySet[Application]:
    waits = seen.filter(state=ApplicationState.WAITING)
    return waits.select_related("workplace").order_by("received_at", "pk")


@prepared
def longest_waiting(role: Role, unit_id: int | None, user_id: int) -> models.QuerySet[Application]:
    """Return what has waited longest of what the capacity sees: enough to say what is oldest; an area may have hundreds."""
    return _in_order(applications_seen(role, unit_id, user_id))[:50]


def receivers(unit_id: int, on: date) -> list[int]:
    """Return the users who answer first: contact persons and coordinators, else the leader, else the secretariat."""
    contacts = [row.user_id for row in named_people(unit_id, on) if row.is_contact]
    coordinators = RoleAssignment.objects.on(on).filter(role=Role.VOLUNTEER_COORDINATOR, unit_id=unit_id)
    first = [*contacts, *coordinators.values_list("user_id", flat=True)]
    if first:
        return list(dict.fromkeys(first))
    stand_in = stand_in_of(unit_id, on)
    leading = [row.user_id for row in leaders_of(unit_id, on)] + ([stand_in.user_id] if stand_in else [])
    return list(dict.fromkeys(leading)) or [row.user_id for row in administrators(on)]


def has_receivers(unit_id: int, on: date) -> bool:
    """Whether somebody else than the leader answers first."""
    coordinators = RoleAssignment.objects.on(on).filter(role=Role.VOLUNTEER_COORDINATOR, unit_id=unit_id)
    contacts = AgreementPerson.objects.filter(
        agreement__workplace_id=unit_id, part=AgreementPerson.Part.CONTACT_PERSON, until=None
    )
    return coordinators.exists() or contacts.exists()


def answer_by(application: Application) -> date:
    """Return the day by which whoever wrote has an answer."""
    return waiting_rows([application], timezone.localdate(application.received_at))[0].answer_by


def email_in(reach_me: str) -> str:
    """Return the e-mail in what somebody wrote about how to reach them; empty where there is none."""
    found = _EMAIL.search(reach_me)
    return found.group().rstrip(".").lower() if found else ""


def phone_in(reach_me: str) -> str:
    """Return what is left when the e-mail is taken out, if it has a number in it."""
    rest = " ".join(_EMAIL.sub("", reach_me).split()).strip(" ,;/")
    return rest[:40] if sum(sign.isdigit() for sign in rest) >= 8 else ""  # noqa: PLR2004 - a Danish number has 8


def suggested_yes(application: Application, me: Capacity) -> str:
    """Return kind words to change as one likes."""
    return _(
        "Dear %(name)s\n\nThank you for writing to us. We would like to have you here. I will get in touch, so that we "
        "can find a day for you to come by and see the place.\n\nKind regards\n%(me)s\n%(place)s"
    ) % _names(application, me)


def suggested_no(application: Application, me: Capacity, *, has_agreement: bool) -> str:
    """Return kind words to change as one likes; without an agreement they say so."""
    if not has_agreement:
        return _(
            "Dear %(name)s\n\nThank you for writing to us. We have no agreement for volunteering yet, and we want one "
            "before anybody begins: it is good for you and for us. Write again later, or ask the municipality "
            "where volunteers are wanted now.\n\nKind regards\n%(me)s\n%(place)s"
        ) % _names(application, me)
    return _(
        "Dear %(name)s\n\nThank you for writing to us. Just now we have no task that fits what you would like to do. "
        "You are welcome to write again, and the municipality knows of other places where volunteers are wanted."
        "\n\nKind regards\n%(me)s\n%(place)s"
    ) % _names(application, me)


def _names(application: Application, me: Capacity) -> dict[str, str]:
    return {"name": application.name.split(" ")[0], "me": me.person_name, "place": application.workplace.name}


def open_workplace(slug: str, on: date) -> Unit | None:
    """Return the workplace whose door stands open to everybody: neither withheld nor closed."""
    found: Sequence[Unit] = list(
        Unit.objects.filter(slug=slug, is_workplace=True, is_withheld=False).select_related("municipality")
    )
    return next((unit for unit in found if not unit.is_closed(on)), None)
