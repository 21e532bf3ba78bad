# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Ending an agreement: proposed, discussed, decided, and the day it comes (R53)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.agreements.actions.discussing import LABELS
from samspil.agreements.actions.locking import locked, refuse_closed, require_accountable_leader
from samspil.agreements.change_models import Ending
from samspil.agreements.endings import (
    end_of_notice,
    ending_sha256,
    missing_before_ending,
    missing_before_ending_is_decided,
    paper_of_ending,
)
from samspil.agreements.models import Agreement, AgreementVersion, InForce
from samspil.agreements.queries import contact_persons
from samspil.agreements.states import MAY_FOLLOW, State
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.states import check_transition
from samspil.med import actions as med
from samspil.med.models import Dialogue
from samspil.med.queries import body_for, latest, members
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.people.queries import staff_of, volunteers_of


class EndingNotReadyError(Refusal):
    """The agreement cannot end like this; ``missing`` says what to do first."""


def _locked_ending(ending: Ending) -> Ending:
    Agreement.objects.select_for_update().get(pk=ending.agreement_id)
    return Ending.objects.select_related("version__agreement__workplace", "dialogue").get(pk=ending.pk)


@transaction.atomic
def propose_ending(
    *,
    version: AgreementVersion,
    reason: str,
    actor: Capacity,
    on: date,
    at: datetime,
    ends_on: date | None = None,
    tried: str = "",
) -> Ending:
    """Say that the agreement in force is to end, by the accountable leader.

    Where the leader's decision gave it its force, it goes before the body with the first day without it, and
    ``decide_ending`` follows. Under § 8 it is notice: it ends three calendar months later, and ``tried`` says which
    change was discussed or sought first.
    """
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    current = locked(version)
    workplace = current.agreement.workplace
    refuse_closed(workplace, on)
    require_accountable_leader(current, actor)
    missing = missing_before_ending(current, on)
    if missing:
        raise EndingNotReadyError(_("The agreement cannot end now."), missing=missing)
    if not reason:
        raise Refusal(_("Write why it ends, so that everybody can read it."))
    is_notice = current.basis == AgreementVersion.Basis.SECTION_8
    if is_notice and not tried:
        raise Refusal(_("Write how you have tried to change the agreement first. Under § 8 that comes before notice."))
    last = end_of_notice(on) if is_notice else ends_on
    if last is None or last < on:
        raise Refusal(_("Choose today or a later day."))
    sha256 = ending_sha256(current, reason, last)
    dialogue = None if is_notice else _put_before_the_body(current, reason, last, sha256, actor, on, at)
    ending = Ending.objects.create(
        agreement=current.agreement,
        version=current,
        dialogue=dialogue,
        content_sha256=sha256,
        reason=reason,
        tried=tried if is_notice else "",
        ends_on=last,
        proposed_at=at,
        proposed_by_id=actor.person,
        decided_at=at if is_notice else None,
        decided_by_id=actor.person if is_notice else None,
    )
    name = "agreements.version.give_notice" if is_notice else "agreements.version.propose_ending"
    changes = {"sha256": sha256, "ends_on": last.isoformat(), "dialogue": dialogue.pk if dialogue else None}
    audit.record(name=name, subject=current, actor=actor, at=at, changes=changes)
    if is_notice:
        _tell_of(ending, actor=actor, on=on, at=at)
    return ending


def _put_before_the_body(  # noqa: PLR0917 - all that the paper says
    version: AgreementVersion, reason: str, ends_on: date, sha256: str, actor: Capacity, on: date, at: datetime
) -> Dialogue:
    body = body_for(version.agreement.workplace, on)
    if body is None:
        raise EndingNotReadyError(_("The agreement cannot end now."), missing=missing_before_ending(version, on))
    paper = paper_of_ending(version, reason, ends_on, sha256)
    return med.open_dialogue(committee=body, occasion=Dialogue.Occasion.CHANGE, paper=paper, actor=actor, at=at)


@transaction.atomic
def decide_ending(*, ending: Ending, actor: Capacity, on: date, at: datetime) -> Ending:
    """Decide that it ends, by the accountable leader, once the body has discussed this very ending.

    Where the day has passed meanwhile it ends today.
    """
    current = _locked_ending(ending)
    require_accountable_leader(current.version, actor)
    _refuse_settled(current)
    if current.decided_at is not None:
        raise Refusal(_("It has been decided already."))
    missing = missing_before_ending_is_decided(current, on)
    if missing or current.dialogue is None:
        raise EndingNotReadyError(_("The leader cannot decide yet."), missing=missing)
    med.rely_on(
        dialogue=current.dialogue,
        sha256=current.content_sha256,
        unit=current.version.agreement.workplace,
        on=on,
        actor=actor,
        at=at,
    )
    current.decided_at, current.decided_by_id, current.ends_on = at, actor.person, max(current.ends_on, on)
    current.save(update_fields=["decided_at", "decided_by", "ends_on"])
    audit.record(
        name="agreements.version.decide_ending",
        subject=current.version,
        actor=actor,
        at=at,
        changes={"sha256": current.content_sha256, "ends_on": current.ends_on.isoformat()},
    )
    _tell_of(current, actor=actor, on=on, at=at)
    if current.ends_on <= on:
        end(ending=current, actor=actor, on=on, at=at)
    return current


@transaction.atomic
def give_up_ending(*, ending: Ending, actor: Capacity, on: date, at: datetime) -> Ending:
    """Let the agreement go on after all, as long as it is in force; what lies before the body is taken back."""
    current = _locked_ending(ending)
    require_accountable_leader(current.version, actor)
    _refuse_settled(current)
    if current.dialogue is not None and current.decided_at is None:
        med.withdraw_dialogue(dialogue=latest(current.dialogue), actor=actor, at=at)
    current.given_up_at = at
    current.save(update_fields=["given_up_at"])
    audit.record(name="agreements.version.give_up_ending", subject=current.version, actor=actor, at=at)
    if current.decided_at is not None:
        title = _("The agreement for volunteering at %(workplace)s goes on after all")
        _tell(current, key=f"agreements.goes_on.{current.pk}", title=title, actor=actor, on=on, at=at)
    return current


@transaction.atomic
def end(*, ending: Ending, actor: Capacity, on: date, at: datetime) -> AgreementVersion:
    """Let the agreement end, now that the day has come; its text can still be read."""
    current = _locked_ending(ending)
    version = locked(current.version)
    check_transition(MAY_FOLLOW, version.state, State.ENDED, LABELS)
    if current.decided_at is None or current.given_up_at is not None or current.ends_on > on:
        raise Refusal(_("The day it ends has not come yet."))
    last = current.ends_on - timedelta(days=1)
    version.state, version.in_force_until = State.ENDED, max(version.in_force_from or last, last)
    version.save(update_fields=["state", "in_force_until"])
    InForce.objects.filter(version=version).delete()
    audit.record(
        name="agreements.version.end",
        subject=version,
        actor=actor,
        at=at,
        changes={"sha256": version.content_sha256, "ends_on": current.ends_on.isoformat()},
    )
    return version


def _refuse_settled(ending: Ending) -> None:
    if ending.given_up_at is not None or ending.version.state != State.IN_FORCE:
        raise Refusal(_("This cannot be done now. Reload the page to see how things stand."))


def _tell_of(ending: Ending, *, actor: Capacity, on: date, at: datetime) -> None:
    title = _("The agreement for volunteering at %(workplace)s ends")
    _tell(ending, key=f"agreements.ends.{ending.pk}", title=title, actor=actor, on=on, at=at)


def _tell(ending: Ending, *, key: str, title: str, actor: Capacity, on: date, at: datetime) -> None:
    """Tell staff, contact persons, volunteers with a login and the body, each with a page that they can see."""
    agreement = ending.version.agreement
    workplace = agreement.workplace
    body = body_for(workplace, on)
    agreement_page = reverse("agreement", args=[workplace.slug])
    staff = {*staff_of(workplace.pk, on).values_list("user_id", flat=True)}
    staff |= {row.user_id for row in contact_persons(agreement, on)}
    concerned = [
        (sorted(staff), agreement_page),
        (
            list(volunteers_of(workplace.pk, on).values_list("user_id", flat=True)),
            reverse("workplace", args=[workplace.slug]),
        ),
    ]
    if body is not None:
        concerned.append(([seat.user_id for seat in members(body, on)], reverse("committee", args=[body.slug])))
    for people, link in concerned:
        # The same key: who is concerned twice is told once, with the first link.
        tell(
            people=[user_id for user_id in people if user_id != actor.user_id],
            key=key,
            kind=Kind.AGREEMENT,
            title=title % {"workplace": workplace.name},
            link=link,
            at=at,
        )
