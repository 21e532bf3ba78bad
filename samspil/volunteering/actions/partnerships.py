# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Agree with an association: draft, discuss with MED, decide, confirm once a year, stop."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.states import check_transition
from samspil.med import actions as med
from samspil.med.models import Dialogue
from samspil.med.queries import body_for
from samspil.municipalities.models import Unit
from samspil.volunteering.actions.engaging import refuse
from samspil.volunteering.guards import missing_at_the_workplace
from samspil.volunteering.models import PartnerOrganisation, PartnershipAgreement, PartnershipConfirmation
from samspil.volunteering.models.engagements import PausedBy
from samspil.volunteering.partnerships import (
    missing_before_proposal,
    paper_of,
    partnership_sha256,
)
from samspil.volunteering.permissions import DECIDE_PARTNERSHIP, DRAFT_PARTNERSHIP, RECEIVE
from samspil.volunteering.states import PARTNERSHIP_MAY_FOLLOW, PartnershipState, State

LABELS = dict(PartnershipState.choices)


@dataclass(frozen=True)
class PartnershipWords:
    """What the two have agreed, as the page sends it; ``tasks`` are lineages."""

    purpose: str
    tasks: tuple[UUID, ...]
    our_contact: str
    their_contact: str
    meetings: str
    how_to_stop: str


def _locked(partnership: PartnershipAgreement) -> PartnershipAgreement:
    rows = PartnershipAgreement.objects.select_for_update(of=("self",)).select_related("organisation", "workplace")
    return rows.get(pk=partnership.pk)


def _step(partnership: PartnershipAgreement, to: PartnershipState) -> None:
    check_transition(PARTNERSHIP_MAY_FOLLOW, partnership.state, to, LABELS)
    partnership.state = to


def _note(name: str, partnership: PartnershipAgreement, actor: Capacity, at: datetime, **changes: object) -> None:
    audit.record(
        name=f"volunteering.partnership.{name}", subject=partnership, actor=actor, at=at, changes=dict(changes)
    )


@transaction.atomic
def draft_partnership(
    *, workplace: Unit, name: str, reach_them: str, cvr_number: str = "", actor: Capacity, on: date, at: datetime
) -> PartnershipAgreement:
    """Begin an agreement with an association, or a new edition of the one that is in force (R27, R34)."""
    workplace = Unit.objects.select_for_update().get(pk=workplace.pk)
    RECEIVE.require(actor, workplace)
    refuse(missing_at_the_workplace(workplace, on))
    organisation, _is_new = PartnerOrganisation.objects.get_or_create(
        name=name.strip(), defaults={"reach_them": reach_them, "cvr_number": cvr_number, "entered_at": at}
    )
    rows = PartnershipAgreement.objects.filter(workplace=workplace, organisation=organisation).order_by("-number")
    if rows.filter(state__in=(PartnershipState.DRAFT, PartnershipState.IN_DIALOGUE)).exists():
        raise Refusal(_("An agreement with %(name)s is on its way already.") % {"name": organisation.name})
    newest = rows.first()
    partnership = PartnershipAgreement(
        organisation=organisation,
        workplace=workplace,
        number=newest.number + 1 if newest else 1,
        created_at=at,
    )
    in_force = rows.filter(state=PartnershipState.IN_FORCE).first()
    if in_force is not None:
        for field in (
            "lineage",
            "purpose",
            "tasks",
            "our_contact",
            "their_contact",
            "meetings",
            "how_to_stop",
            "heads",
        ):
            setattr(partnership, field, getattr(in_force, field))
    partnership.save()
    _note("draft", partnership, actor, at, number=partnership.number)
    return partnership


@transaction.atomic
def write_partnership(
    *, partnership: PartnershipAgreement, words: PartnershipWords, actor: Capacity, at: datetime
) -> PartnershipAgreement:
    """Save what the two have agreed; at the table it is put before the body again."""
    partnership = _locked(partnership)
    DRAFT_PARTNERSHIP.require(actor, partnership)
    if partnership.state not in {PartnershipState.DRAFT, PartnershipState.IN_DIALOGUE}:
        raise Refusal(_("What has been decided on is never changed. Begin a new edition instead."))
    for field in ("purpose", "our_contact", "their_contact", "meetings", "how_to_stop"):
        setattr(partnership, field, getattr(words, field).strip())
    partnership.tasks = sorted(str(lineage) for lineage in words.tasks)
    partnership.save(update_fields=["purpose", "tasks", "our_contact", "their_contact", "meetings", "how_to_stop"])
    if partnership.state == PartnershipState.IN_DIALOGUE and partnership.dialogue is not None:
        partnership.content_sha256 = partnership_sha256(partnership)
        partnership.save(update_fields=["content_sha256"])
        paper = paper_of(partnership, partnership.content_sha256)
        med.present_again(dialogue=partnership.dialogue, paper=paper, actor=actor, at=at)
    _note("write", partnership, actor, at, sha256=partnership_sha256(partnership))
    return partnership


@transaction.atomic
def propose_partnership(
    *, partnership: PartnershipAgreement, actor: Capacity, on: date, at: datetime
) -> PartnershipAgreement:
    """Put the agreement with the association before the workplace's MED body; raises ``Refusal`` with what is missing."""
    partnership = _locked(partnership)
    DRAFT_PARTNERSHIP.require(actor, partnership)
    _step(partnership, PartnershipState.IN_DIALOGUE)
    refuse(missing_before_proposal(partnership, on))
    partnership.content_sha256 = partnership_sha256(partnership)
    body = body_for(partnership.workplace, on)
    if body is None:
        raise Refusal(_("No MED body covers the workplace. The HR/MED secretariat can set one up."))
    partnership.dialogue = med.open_dialogue(
        committee=body,
        occasion=Dialogue.Occasion.CHANGE,
        paper=paper_of(partnership, partnership.content_sha256),
        actor=actor,
        at=at,
    )
    partnership.save(update_fields=["state", "content_sha256", "dialogue"])
    _note("propose", partnership, actor, at, sha256=partnership.content_sha256)
    return partnership


@transaction.atomic
def take_back_partnership(*, partnership: PartnershipAgreement, actor: Capacity, at: datetime) -> PartnershipAgreement:
    """Make it a draft again; the discussion is taken off the body's table."""
    partnership = _locked(partnership)
    DRAFT_PARTNERSHIP.require(actor, partnership)
    _step(partnership, PartnershipState.DRAFT)
    if partnership.dialogue is not None:
        med.withdraw_dialogue(dialogue=partnership.dialogue, actor=actor, at=at)
    partnership.save(update_fields=["state"])
    _note("take_back", partnership, actor, at)
    return partnership


@transaction.atomic
def give_up_partnership(*, partnership: PartnershipAgreement, actor: Capacity, at: datetime) -> PartnershipAgreement:
    """Give the draft up for good; it can still be read."""
    partnership = _locked(partnership)
    DRAFT_PARTNERSHIP.require(actor, partnership)
    was_discussed = partnership.state == PartnershipState.IN_DIALOGUE
    _step(partnership, PartnershipState.WITHDRAWN)
    if was_discussed and partnership.dialogue is not None:
        med.withdraw_dialogue(dialogue=partnership.dialogue, actor=actor, at=at)
    partnership.save(update_fields=["state"])
    _note("give_up", partnership, actor, at)
    return partnership


@transaction.atomic
def decide_partnership(
    *, partnership: PartnershipAgreement, actor: Capacity, on: date, at: datetime
) -> PartnershipAgreement:
    """Decide, by the accountable leader, on exactly what was discussed; the edition before is superseded."""
    partnership = _locked(partnership)
    DECIDE_PARTNERSHIP.require(actor, partnership)
    _step(partnership, PartnershipState.IN_FORCE)
    refuse(missing_at_the_workplace(partnership.workplace, on))
    sha256 = partnership_sha256(partnership)
    if partnership.dialogue is None:
        raise Refusal(_("Send it to be discussed with MED first."))
    med.rely_on(dialogue=partnership.dialogue, sha256=sha256, unit=partnership.workplace, on=on, actor=actor, at=at)
    before = PartnershipAgreement.objects.filter(
        workplace=partnership.workplace, organisation=partnership.organisation, state=PartnershipState.IN_FORCE
    ).first()
    if before is not None:
        before.state, before.ended_on = PartnershipState.SUPERSEDED, on
        before.save(update_fields=["state", "ended_on"])
    partnership.in_force_from, partnership.decided_by_id = on, actor.user_id
    partnership.save(update_fields=["state", "in_force_from", "decided_by"])
    if before is not None:
        before.engagements.update(partnership=partnership)
    _note("decide", partnership, actor, at, sha256=sha256, dialogue=partnership.dialogue.pk)
    return partnership


@transaction.atomic
def end_partnership(
    *, partnership: PartnershipAgreement, actor: Capacity, on: date, at: datetime
) -> PartnershipAgreement:
    """Stop working with the association; its volunteers are on a break until somebody else stands behind them."""
    partnership = _locked(partnership)
    DECIDE_PARTNERSHIP.require(actor, partnership)
    _step(partnership, PartnershipState.ENDED)
    partnership.ended_on = on
    partnership.save(update_fields=["state", "ended_on"])
    partnership.engagements.filter(state=State.ACTIVE).update(
        state=State.PAUSED, paused_on=on, paused_by=PausedBy.AGREEMENT
    )
    _note("end", partnership, actor, at, on=on.isoformat())
    return partnership


@transaction.atomic
def confirm_partnership(
    *, partnership: PartnershipAgreement, confirmed_by: str, confirmed_on: date, actor: Capacity, on: date, at: datetime
) -> PartnershipConfirmation:
    """Note the association's yearly word on certificates and insurance, by whom in the association (function)."""
    partnership = _locked(partnership)
    RECEIVE.require(actor, partnership.workplace)
    if partnership.state != PartnershipState.IN_FORCE:
        raise Refusal(_("No agreement with the association is in force."))
    if confirmed_on > on:
        raise Refusal(_("Choose today or a day that has been."))
    if not confirmed_by.strip():
        raise Refusal(_("Write who in the association says so, by function."))
    row = PartnershipConfirmation.objects.create(
        partnership=partnership,
        confirmed_on=confirmed_on,
        confirmed_by=confirmed_by.strip(),
        noted_at=at,
        noted_by_id=actor.person,
    )
    _note("confirm", partnership, actor, at, on=confirmed_on.isoformat())
    return row


@transaction.atomic
def count_partnership(
    *, partnership: PartnershipAgreement, heads: int, actor: Capacity, at: datetime
) -> PartnershipAgreement:
    """Note how many volunteers come from the association, where they are not named one by one."""
    partnership = _locked(partnership)
    RECEIVE.require(actor, partnership.workplace)
    partnership.heads = heads
    partnership.save(update_fields=["heads"])
    _note("count", partnership, actor, at, heads=heads)
    return partnership
