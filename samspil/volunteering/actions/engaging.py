# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Receive a volunteer, let them start, pause and stop."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Missing, Refusal
from samspil.foundation.states import check_transition
from samspil.municipalities.models import Unit
from samspil.volunteering.actions.certificates import want_certificates
from samspil.volunteering.actions.formality_rules import ensure_rules
from samspil.volunteering.actions.letting_go import let_go, open_own_page
from samspil.volunteering.definition import ComesAs, kind_words
from samspil.volunteering.guards import missing_at_the_workplace, missing_before_start
from samspil.volunteering.models import Engagement, EngagementTask, Volunteer
from samspil.volunteering.models.engagements import EndedBy, PausedBy, Through
from samspil.volunteering.permissions import LOOK_AFTER, PAUSE_OR_STOP, RECEIVE
from samspil.volunteering.queries import may_be_contact_person, room_at
from samspil.volunteering.states import HERE, MAY_FOLLOW, State


@dataclass(frozen=True)
class NewVolunteer:
    """Who comes, as told over coffee; a phone number is enough, and so is a name."""

    name: str
    phone: str = ""
    email: str = ""
    wishes: str = ""
    under_18_until: date | None = None
    comes_as: ComesAs = ComesAs.VOLUNTEER


def refuse(missing: list[Missing]) -> None:
    """Raise ``Refusal`` with all that is missing, if anything is."""
    if missing:
        raise Refusal(_("This must be in place first:"), missing=missing)


def _locked(engagement: Engagement) -> Engagement:
    rows = Engagement.objects.select_for_update(of=("self",)).select_related("workplace", "volunteer")
    return rows.prefetch_related("tasks").get(pk=engagement.pk)


def _step(engagement: Engagement, to: State) -> None:
    check_transition(MAY_FOLLOW, engagement.state, to, dict(State.choices))
    engagement.state = to


def _note(name: str, engagement: Engagement, actor: Capacity, at: datetime, **changes: object) -> None:
    audit.record(name=f"volunteering.engagement.{name}", subject=engagement, actor=actor, at=at, changes=changes)


@transaction.atomic
def enter_volunteer(
    *,
    workplace: Unit,
    who: NewVolunteer | Volunteer,
    tasks: Iterable[UUID],
    contact_person_id: int | None,
    through: Through = Through.SELF,
    partnership_id: int | None = None,
    is_lasting: bool = True,
    actor: Capacity,
    on: date,
    at: datetime,
) -> Engagement:
    """Give somebody a place at the workplace, to be made ready; ``who`` may be a volunteer who is known already.

    Raises ``Refusal`` without an agreement in force (R28, R32), for somebody who is no volunteer (R17), for a task
    that the agreement does not offer, for a contact person who does not work here, and for somebody who is here already.
    """
    workplace = Unit.objects.select_for_update().get(pk=workplace.pk)
    RECEIVE.require(actor, workplace)
    refuse(missing_at_the_workplace(workplace, on))
    room = room_at(workplace.pk)
    chosen = list(dict.fromkeys(tasks))
    if room is None or not all(room.offers(lineage) for lineage in chosen):
        raise Refusal(_("The agreement does not offer that task. Choose among those that it offers."))
    if contact_person_id is not None and not may_be_contact_person(workplace.pk, contact_person_id, on):
        raise Refusal(_("Choose a contact person who works here."))
    volunteer = known_or_new(who, at)
    if Engagement.objects.filter(volunteer=volunteer, workplace=workplace, state__in=HERE).exists():
        raise Refusal(_("%(name)s is at this workplace already.") % {"name": volunteer.name})
    engagement = Engagement.objects.create(
        volunteer=volunteer,
        workplace=workplace,
        through=through,
        partnership_id=partnership_id,
        contact_person_id=contact_person_id,
        is_lasting=is_lasting,
        entered_at=at,
    )
    EngagementTask.objects.bulk_create(
        EngagementTask(engagement=engagement, lineage=lineage, chosen_on=on) for lineage in chosen
    )
    ensure_rules(on=on, at=at)
    want_certificates(engagements=[engagement], on=on, at=at)
    open_own_page(engagement=engagement, actor=actor, on=on, at=at)
    _note("enter", engagement, actor, at, through=through, tasks=len(chosen))
    return engagement


def known_or_new(who: NewVolunteer | Volunteer, at: datetime) -> Volunteer:
    """Return the person, written down if new; the caller says for how long they are remembered."""
    if isinstance(who, NewVolunteer):
        if who.comes_as != ComesAs.VOLUNTEER:
            raise Refusal(kind_words(who.comes_as))
        if not who.name.strip():
            raise Refusal(_("Write a name."))
        volunteer = Volunteer.objects.create(
            name=who.name.strip(),
            phone=who.phone.strip(),
            email=who.email.strip(),
            wishes=who.wishes.strip(),
            under_18_until=who.under_18_until,
            entered_at=at,
            changed_at=at,
        )
        audit.give_pseudonym(kind="volunteer", key=volunteer.pk)
        return volunteer
    volunteer = Volunteer.objects.select_for_update().get(pk=who.pk)
    volunteer.forget_on = None
    volunteer.save(update_fields=["forget_on"])
    return volunteer


@transaction.atomic
def set_contact_person(
    *, engagement: Engagement, contact_person_id: int, actor: Capacity, on: date, at: datetime
) -> Engagement:
    """Give the volunteer another contact person, an employee of the workplace (R66)."""
    engagement = _locked(engagement)
    LOOK_AFTER.require(actor, engagement)
    if engagement.state not in HERE:
        raise Refusal(_("The volunteer has stopped here."))
    if not may_be_contact_person(engagement.workplace_id, contact_person_id, on):
        raise Refusal(_("Choose a contact person who works here."))
    engagement.contact_person_id = contact_person_id
    engagement.save(update_fields=["contact_person"])
    _note("set_contact_person", engagement, actor, at)
    return engagement


@transaction.atomic
def activate(*, engagement: Engagement, actor: Capacity, on: date, at: datetime) -> Engagement:
    """Let the volunteer start, or come back from a break; raises ``Refusal`` with all that is missing (R23, R39)."""
    engagement = _locked(engagement)
    LOOK_AFTER.require(actor, engagement)
    _step(engagement, State.ACTIVE)
    ensure_rules(on=on, at=at)
    refuse(missing_before_start(engagement, on))
    engagement.started_on = engagement.started_on or on
    engagement.paused_on, engagement.paused_by = None, ""
    engagement.save(update_fields=["state", "started_on", "paused_on", "paused_by"])
    _note("activate", engagement, actor, at, on=on.isoformat())
    return engagement


@transaction.atomic
def pause(*, engagement: Engagement, by: PausedBy, actor: Capacity, on: date, at: datetime) -> Engagement:
    """Take a break, at once and without a reason (R21)."""
    engagement = _locked(engagement)
    PAUSE_OR_STOP.require(actor, engagement)
    _step(engagement, State.PAUSED)
    engagement.paused_on, engagement.paused_by = on, by
    engagement.save(update_fields=["state", "paused_on", "paused_by"])
    _note("pause", engagement, actor, at, by=by, on=on.isoformat())
    return engagement


@transaction.atomic
def end_engagement(*, engagement: Engagement, by: EndedBy, actor: Capacity, on: date, at: datetime) -> Engagement:
    """Stop at the workplace; nobody says why."""
    engagement = _locked(engagement)
    PAUSE_OR_STOP.require(actor, engagement)
    _step(engagement, State.ENDED)
    engagement.ended_on, engagement.ended_by = on, by
    engagement.paused_on, engagement.paused_by = None, ""
    engagement.save(update_fields=["state", "ended_on", "ended_by", "paused_on", "paused_by"])
    let_go(engagement=engagement, actor=actor, on=on, at=at)
    _note("end", engagement, actor, at, by=by, on=on.isoformat())
    return engagement
