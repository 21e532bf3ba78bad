# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The employee side's word: yes, no, or settled by the secretariat. The leader has no part in it."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import ONE_TIME_LINK, Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.states import check_transition
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.tenancy import current_municipality_id
from samspil.med.actions.concerned import matter_of, owners, tell_concerned
from samspil.med.actions.dialogues import LABELS, lock, refuse_if_relied_upon
from samspil.med.models import Confirmation, ConfirmationLink, Dialogue, Membership
from samspil.med.queries import (
    counts,
    current_confirmation,
    hash_of,
    is_late,
    leads_concerned,
    link_by_token,
    may_answer,
)
from samspil.med.states import MAY_FOLLOW, State
from samspil.notifications import actions as notifications
from samspil.notifications.kinds import Kind
from samspil.people.models import Role
from samspil.people.queries import administrators


@transaction.atomic
def issue_link(*, confirmation: Confirmation, membership: Membership, actor: Capacity, at: datetime) -> str:
    """Make a one-time link for one member and return its token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    link = ConfirmationLink.objects.create(
        confirmation=confirmation, membership=membership, token_sha256=hash_of(token)
    )
    audit.record(
        name="med.confirmation.issue_link", subject=link, actor=actor, at=at, changes={"membership": membership.pk}
    )
    return token


@transaction.atomic
def confirm(
    *, dialogue: Dialogue, actor: Capacity, at: datetime, on: date, expected_revision: int | None = None
) -> Dialogue:
    """Say for the employee side that this is what was said."""
    locked = lock(dialogue)
    confirmation = _open_question(locked, actor.user_id, on, expected_revision)
    return _say_yes(locked, confirmation, how=Confirmation.How.LOGIN, actor=actor, at=at)


@transaction.atomic
def confirm_by_minutes(
    *, dialogue: Dialogue, actor: Capacity, at: datetime, on: date, expected_revision: int
) -> Dialogue:
    """Say the same by approving minutes in which it stands just so; for who could say it by ``confirm``, nobody else."""
    locked = lock(dialogue)
    confirmation = _open_question(locked, actor.user_id, on, expected_revision)
    return _say_yes(locked, confirmation, how=Confirmation.How.MINUTES, actor=actor, at=at)


@transaction.atomic
def confirm_by_link(*, token: str, at: datetime, on: date, expected_revision: int | None = None) -> Dialogue:
    """Say the same by a one-time link, which is used up by it."""
    link, locked, actor = _use_link(token, on)
    confirmation = _open_question(locked, actor.user_id, on, expected_revision, link.confirmation)
    _burn(link, at)
    return _say_yes(locked, confirmation, how=Confirmation.How.LINK, actor=actor, at=at)


@transaction.atomic
def refuse_confirmation(
    *, dialogue: Dialogue, reason: str, actor: Capacity, at: datetime, on: date, expected_revision: int | None = None
) -> Dialogue:
    """Say for the employee side that this is not what was said, and what is wrong."""
    locked = lock(dialogue)
    confirmation = _open_question(locked, actor.user_id, on, expected_revision)
    return _say_no(locked, confirmation, how=Confirmation.How.LOGIN, reason=reason, actor=actor, at=at, on=on)


@transaction.atomic
def refuse_by_link(
    *, token: str, reason: str, at: datetime, on: date, expected_revision: int | None = None
) -> Dialogue:
    """Say no by a one-time link, which is used up by it."""
    link, locked, actor = _use_link(token, on)
    confirmation = _open_question(locked, actor.user_id, on, expected_revision, link.confirmation)
    _burn(link, at)
    return _say_no(locked, confirmation, how=Confirmation.How.LINK, reason=reason, actor=actor, at=at, on=on)


@transaction.atomic
def settle(*, dialogue: Dialogue, reason: str, actor: Capacity, at: datetime, on: date) -> Dialogue:
    """Let the secretariat settle what the employee side refused or left unanswered; the reason is printed.

    The no before it is kept, with its words.
    """
    locked = lock(dialogue)
    refuse_if_relied_upon(locked)
    if actor.role != Role.ADMINISTRATOR or (actor.user_id and leads_concerned(actor.user_id, locked, on)):
        raise Refusal(_("Only the HR/MED secretariat can settle it, and nobody who leads the workplace."))
    if not reason.strip():
        raise Refusal(_("Write why it is settled so. The reason stands on the agreement, where everybody can read it."))
    before = current_confirmation(locked)
    if locked.state != State.RECORDED or before is None or counts(before, on):
        raise Refusal(_("There is nothing to settle: nothing waits for the employee side."))
    if before.answer == Confirmation.Answer.ASKED and not is_late(before, on):
        raise Refusal(
            _("The employee side has until %(day)s to answer. Before that there is nothing to settle.")
            % {"day": danish_date(before.due_on)}
        )
    was = before.answer
    before.answer = Confirmation.Answer.VOIDED
    before.save(update_fields=["answer"])
    settled = Confirmation.objects.create(
        dialogue=locked,
        sha256=before.sha256,
        how=before.how,
        answer=Confirmation.Answer.SETTLED,
        asked_at=before.asked_at,
        due_on=before.due_on,
        answered_at=at,
        answered_by_id=actor.user_id,
        answered_name=actor.person_name,
        reason=reason,
    )
    _conclude(locked)
    audit.record(
        name="med.confirmation.settle",
        subject=settled,
        actor=actor,
        at=at,
        changes={"was": was, "sha256": settled.sha256},
    )
    _tell_everybody(locked, settled, _("Settled by the HR/MED secretariat: %(matter)s"), actor, at)
    return locked


# Between them -------------------------------------------------------------------------------------


def _use_link(token: str, on: date) -> tuple[ConfirmationLink, Dialogue, Capacity]:
    link = link_by_token(token)
    if link is None:
        raise Refusal(_("This link is not known. Open it from the e-mail again, or log in."))
    locked = lock(link.confirmation.dialogue)
    link.refresh_from_db(fields=["used_at"])
    if link.used_at is not None:
        raise Refusal(_("This link has been used. It works once."))
    user = link.membership.user
    actor = Capacity(
        municipality_id=current_municipality_id(),
        role=ONE_TIME_LINK,
        on=on,
        user_id=user.pk,
        person_name=user.name,
        title=str(link.membership.get_function_display()),
        unit_name=link.membership.committee.name,
    )
    return link, locked, actor


def _burn(link: ConfirmationLink, at: datetime) -> None:
    if not ConfirmationLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
        raise Refusal(_("This link has been used. It works once."))


def _open_question(
    dialogue: Dialogue,
    user_id: int | None,
    on: date,
    expected_revision: int | None,
    asked: Confirmation | None = None,
) -> Confirmation:
    """Return the question that this person may answer now; raises ``Refusal`` with what stands in the way."""
    if not may_answer(dialogue, user_id, on):
        raise Refusal(
            _("Only the employee side of %(body)s can answer this, and nobody who leads the workplace.")
            % {"body": dialogue.committee.name}
        )
    current = current_confirmation(dialogue)
    stale = expected_revision is not None and expected_revision != dialogue.revision
    if current is None or (asked is not None and asked.pk != current.pk):
        raise Refusal(_("What was said has been changed since. You get a new question when it is written down."))
    if current.answer != Confirmation.Answer.ASKED:
        raise Refusal(
            _("%(name)s answered this on %(day)s. One answer is enough.")
            % {"name": current.answered_name, "day": danish_date(current.answered_at)}
        )
    if dialogue.state != State.RECORDED or stale:
        raise Refusal(_("What was said has been changed since you opened the page. Read it again before you answer."))
    return current


def _answer(confirmation: Confirmation, *, answer: str, how: str, reason: str, actor: Capacity, at: datetime) -> None:
    """Write the answer if nobody else has in the meantime."""
    written = Confirmation.objects.filter(pk=confirmation.pk, answer=Confirmation.Answer.ASKED).update(
        answer=answer,
        how=how,
        reason=reason,
        answered_at=at,
        answered_by_id=actor.user_id,
        answered_name=actor.person_name,
    )
    if not written:
        raise Refusal(_("Somebody else has just answered. Reload the page to see it."))
    confirmation.refresh_from_db()


def _conclude(dialogue: Dialogue) -> None:
    check_transition(MAY_FOLLOW, dialogue.state, State.CONCLUDED, LABELS)
    dialogue.state = State.CONCLUDED
    dialogue.revision += 1
    dialogue.save(update_fields=["state", "revision"])


def _say_yes(dialogue: Dialogue, confirmation: Confirmation, *, how: str, actor: Capacity, at: datetime) -> Dialogue:
    _answer(confirmation, answer=Confirmation.Answer.CONFIRMED, how=how, reason="", actor=actor, at=at)
    _conclude(dialogue)
    audit.record(
        name="med.confirmation.confirm",
        subject=confirmation,
        actor=actor,
        at=at,
        changes={"how": str(how), "sha256": confirmation.sha256},
    )
    title = _("Discussed and confirmed by the employee side: %(matter)s")
    _tell_everybody(dialogue, confirmation, title, actor, at)
    return dialogue


def _say_no(
    dialogue: Dialogue, confirmation: Confirmation, *, how: str, reason: str, actor: Capacity, at: datetime, on: date
) -> Dialogue:
    if not reason.strip():
        raise Refusal(_("Write what is not right, so that it can be put right."))
    if counts(confirmation, on):
        raise Refusal(
            _("The time to object ended on %(day)s. Ask the leader to take the discussion up again.")
            % {"day": danish_date(confirmation.due_on)}
        )
    _answer(confirmation, answer=Confirmation.Answer.REFUSED, how=how, reason=reason, actor=actor, at=at)
    dialogue.revision += 1
    dialogue.save(update_fields=["revision"])
    audit.record(
        name="med.confirmation.refuse",
        subject=confirmation,
        actor=actor,
        at=at,
        changes={"how": str(how), "sha256": confirmation.sha256},
    )
    words = {"matter": matter_of(dialogue)}
    title = _("The employee side says that the record is not right: %(matter)s") % words
    key, link = f"med.confirmation.{confirmation.pk}.{confirmation.answer}", reverse("dialogue", args=[dialogue.pk])
    settlers = [role.user_id for role in administrators(on)]
    notifications.tell(people=owners(dialogue), key=key, kind=Kind.ACT, title=title, link=link, at=at)
    notifications.tell(
        people=settlers,
        key=f"med.confirmation.{confirmation.pk}.settle",
        kind=Kind.ACT,
        title=title,
        link=link,
        at=at,
    )
    # Whoever has been told by the same key is not told again.
    tell_concerned(dialogue, key=key, title=title, at=at, on=on, but=(actor.user_id, *settlers))
    return dialogue


def _tell_everybody(dialogue: Dialogue, confirmation: Confirmation, title: str, actor: Capacity, at: datetime) -> None:
    """Tell a conclusion to everybody whom it concerns (R27)."""
    key = f"med.confirmation.{confirmation.pk}.{confirmation.answer}"
    told = title % {"matter": matter_of(dialogue)}
    tell_concerned(dialogue, key=key, title=told, at=at, on=actor.on, but=(actor.user_id,))
