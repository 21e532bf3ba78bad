# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A first word at the door, and the answer to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.states import check_transition
from samspil.foundation.tenancy import current_municipality_id
from samspil.municipalities.models import Unit
from samspil.notifications.actions import mail_outside, tell
from samspil.notifications.kinds import Kind
from samspil.volunteering.actions.engaging import NewVolunteer, enter_volunteer
from samspil.volunteering.door import email_in, receivers
from samspil.volunteering.models import Application, Volunteer
from samspil.volunteering.permissions import ANSWER
from samspil.volunteering.states import APPLICATION_MAY_FOLLOW, ApplicationState

APPLICANT = "applicant"


@dataclass(frozen=True)
class FirstWord:
    """Three fields in somebody's own words."""

    name: str
    reach_me: str
    words: str


def _applicant(application: Application, on: date) -> Capacity:
    return Capacity(
        municipality_id=current_municipality_id(),
        role=APPLICANT,
        on=on,
        pseudonym=audit.give_pseudonym(kind="application", key=application.pk),
    )


@transaction.atomic
def apply(*, workplace: Unit, said: FirstWord, on: date, at: datetime) -> Application:
    """Receive a first word from anybody, and tell who answers it; without an agreement too, so that it is answered.

    Raises ``Refusal`` where the workplace is closed or its address is secret.
    """
    if not workplace.is_workplace or workplace.is_withheld or workplace.is_closed(on):
        raise Refusal(_("Nobody receives volunteers here. Ask the municipality."))
    if not (said.name.strip() and said.reach_me.strip() and said.words.strip()):
        raise Refusal(_("Write your name, how we reach you, and what you would like to do."))
    application = Application.objects.create(
        workplace=workplace,
        name=said.name.strip(),
        reach_me=said.reach_me.strip(),
        words=said.words.strip(),
        received_at=at,
    )
    tell(
        people=receivers(workplace.pk, on),
        key=f"volunteering.application.{application.pk}",
        kind=Kind.ACT,
        title=_("Somebody would like to be a volunteer at %(place)s") % {"place": workplace.name},
        link=reverse("application", args=[application.pk]),
        at=at,
    )
    _note("receive", application, _applicant(application, on), at)
    return application


def _note(name: str, application: Application, actor: Capacity, at: datetime, **changes: object) -> None:
    audit.record(
        name=f"volunteering.application.{name}", subject=application, actor=actor, at=at, changes=dict(changes)
    )


def _locked(application: Application, to: ApplicationState) -> Application:
    found = Application.objects.select_for_update(of=("self",)).select_related("workplace__municipality")
    locked: Application = found.get(pk=application.pk)
    check_transition(APPLICATION_MAY_FOLLOW, locked.state, to, dict(ApplicationState.choices))
    locked.state = to
    return locked


def _answered(application: Application, answer: str, actor: Capacity, at: datetime) -> bool:
    """Keep the answer, and lead whoever wrote to it; return whether an e-mail goes."""
    application.answer, application.answered_at, application.answered_by_id = answer.strip(), at, actor.user_id
    application.save(update_fields=["state", "answer", "answered_at", "answered_by", "engagement"])
    address = email_in(application.reach_me)
    if not address:
        return False
    workplace = application.workplace
    link = reverse("open_receipt", args=[workplace.municipality.slug, workplace.slug, application.receipt_code])
    return mail_outside(letters={f"volunteering.application.{application.pk}": (address, link)}, at=at)


@transaction.atomic
def admit(
    *,
    application: Application,
    who: NewVolunteer | Volunteer,
    tasks: Iterable[UUID],
    contact_person_id: int | None,
    answer: str,
    actor: Capacity,
    on: date,
    at: datetime,
) -> Application:
    """Say yes: the volunteer is entered, to be made ready, and whoever wrote is answered."""
    ANSWER.require(actor, application)
    application = _locked(application, ApplicationState.ADMITTED)
    application.engagement = enter_volunteer(
        workplace=application.workplace,
        who=who,
        tasks=tasks,
        contact_person_id=contact_person_id,
        actor=actor,
        on=on,
        at=at,
    )
    is_mailed = _answered(application, answer, actor, at)
    _note("admit", application, actor, at, mailed=is_mailed)
    return application


@transaction.atomic
def decline(*, application: Application, answer: str, actor: Capacity, at: datetime) -> Application:
    """Say no, kindly and in words: nobody is left without an answer."""
    ANSWER.require(actor, application)
    if not answer.strip():
        raise Refusal(_("Write a few kind words."))
    application = _locked(application, ApplicationState.DECLINED)
    is_mailed = _answered(application, answer, actor, at)
    _note("decline", application, actor, at, mailed=is_mailed)
    return application


@transaction.atomic
def withdraw(*, application: Application, on: date, at: datetime) -> Application:
    """Take a first word back, with the code of its receipt; what was written is emptied at once."""
    application = _locked(application, ApplicationState.WITHDRAWN)
    application.answered_at = at
    application.name, application.reach_me, application.words = "", "", ""
    application.save(update_fields=["state", "answered_at", "name", "reach_me", "words"])
    _note("withdraw", application, _applicant(application, on), at)
    return application
