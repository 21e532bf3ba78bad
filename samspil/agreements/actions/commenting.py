# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Colleagues' comments to a draft, before it is discussed with MED: nothing waits for them (R55)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.template.defaultfilters import date as date_format
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.agreements.actions.locking import FrozenTextError, locked, require_leader
from samspil.agreements.comment_models import Comment, CommentRound
from samspil.agreements.comment_rounds import (
    MOST_DAYS,
    clauses_of,
    is_running,
    round_of,
    rounds_to_forget,
)
from samspil.agreements.models import AgreementVersion
from samspil.agreements.permissions import COMMENT
from samspil.agreements.states import State
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.people.queries import staff_of


class RoundOverError(Refusal):
    """The comment round is over, or there was none."""


@transaction.atomic
def open_comment_round(
    *, version: AgreementVersion, last_day: date, words: str, actor: Capacity, on: date, at: datetime
) -> CommentRound:
    """Ask the colleagues for comments to the draft until ``last_day``; they are told."""
    current = _draft_of_the_leader(version, actor)
    if round_of(current) is not None:
        raise Refusal(_("There is a comment round already. Choose a later last day for it instead."))
    _check_last_day(last_day, on)
    found = CommentRound.objects.create(
        version=current, opened_at=at, opened_by_id=actor.person, last_day=last_day, words=words
    )
    _tell_the_colleagues(found, current, on, at)
    audit.record(
        name="agreements.version.open_comment_round",
        subject=current,
        actor=actor,
        at=at,
        changes={"last_day": last_day.isoformat()},
    )
    return found


@transaction.atomic
def prolong_comment_round(
    *, version: AgreementVersion, last_day: date, words: str, actor: Capacity, on: date, at: datetime
) -> CommentRound:
    """Give the round another last day; one that was over runs again, and the colleagues are told of that."""
    current = _draft_of_the_leader(version, actor)
    found = _round(current)
    _check_last_day(last_day, on)
    was_running = is_running(found, current, on)
    found.last_day, found.words, found.closed_at = last_day, words, None
    found.save(update_fields=["last_day", "words", "closed_at"])
    if not was_running:
        _tell_the_colleagues(found, current, on, at)
    audit.record(
        name="agreements.version.prolong_comment_round",
        subject=current,
        actor=actor,
        at=at,
        changes={"last_day": last_day.isoformat()},
    )
    return found


@transaction.atomic
def close_comment_round(*, version: AgreementVersion, actor: Capacity, on: date, at: datetime) -> CommentRound:
    """End the round before its day; what was said stays."""
    current = _draft_of_the_leader(version, actor)
    found = _running(current, on)
    found.closed_at = at
    found.save(update_fields=["closed_at"])
    audit.record(name="agreements.version.close_comment_round", subject=current, actor=actor, at=at)
    return found


@transaction.atomic
def add_comment(
    *, version: AgreementVersion, clause: str, text: str, actor: Capacity, on: date, at: datetime
) -> Comment:
    """Comment on a clause of the draft, or with an empty ``clause`` on the whole."""
    current = locked(version)
    COMMENT.require(actor, current.agreement.workplace)
    found = _running(current, on)
    clauses = clauses_of(current)
    if clause and clause not in clauses:
        raise Refusal(_("What you commented on is no longer in the draft. Write the comment about the whole instead."))
    if not text:
        raise Refusal(_("Write your comment."))
    comment = Comment.objects.create(
        round=found,
        clause=clause,
        clause_title=clauses.get(clause, ""),
        author_id=actor.person,
        text=text,
        written_at=at,
    )
    audit.record(name="agreements.comment.add", subject=comment, actor=actor, at=at)
    return comment


@transaction.atomic
def edit_comment(*, comment: Comment, text: str, actor: Capacity, on: date, at: datetime) -> Comment:
    """Change one's own comment while the round runs; the leader has to look at the new words again."""
    current = _own(comment, actor, on)
    if not text:
        raise Refusal(_("Write your comment."))
    if text != current.text:
        current.text, current.written_at = text, at
        current.outcome, current.answer = Comment.Outcome.NOT_YET, ""
        current.save(update_fields=["text", "written_at", "outcome", "answer"])
    audit.record(name="agreements.comment.edit", subject=current, actor=actor, at=at)
    return current


@transaction.atomic
def remove_comment(*, comment: Comment, actor: Capacity, on: date, at: datetime) -> None:
    """Take one's own comment away while the round runs."""
    current = _own(comment, actor, on)
    audit.record(name="agreements.comment.remove", subject=current, actor=actor, at=at)
    current.delete()


@transaction.atomic
def settle_comment(*, comment: Comment, outcome: str, answer: str, actor: Capacity, at: datetime) -> Comment:
    """Say what became of a comment: taken in, or answered in a line; its author is told once."""
    version = _draft_of_the_leader(comment.round.version, actor)
    current = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if outcome not in {Comment.Outcome.TAKEN_IN, Comment.Outcome.ANSWERED}:
        raise Refusal(_("Say whether it is taken in, or write an answer."))
    if outcome == Comment.Outcome.ANSWERED and not answer:
        raise Refusal(_("Write an answer in a line."))
    current.outcome, current.answer = Comment.Outcome(outcome), answer
    current.save(update_fields=["outcome", "answer"])
    workplace = version.agreement.workplace
    tell(
        people=[current.author_id],
        key=f"agreements.comment.{current.pk}.settled",
        kind=Kind.AGREEMENT,
        title=_("Your comment to the draft has been looked at"),
        link=reverse("agreement", args=[workplace.slug]),
        at=at,
    )
    audit.record(
        name="agreements.comment.settle", subject=current, actor=actor, at=at, changes={"outcome": str(outcome)}
    )
    return current


@transaction.atomic
def forget_comments(*, found: CommentRound, actor: Capacity, on: date, at: datetime) -> int:
    """Delete the comments of a round that have been kept long enough; return how many there were."""
    if not actor.is_system or found not in rounds_to_forget(on):
        raise Refusal(_("The comments are deleted by themselves when their time is up."))
    count, _by_model = Comment.objects.filter(round=found).delete()
    audit.record(
        name="agreements.version.forget_comments",
        subject=found.version,
        actor=actor,
        at=at,
        changes={"comments": count},
    )
    return count


def _draft_of_the_leader(version: AgreementVersion, actor: Capacity) -> AgreementVersion:
    current = locked(version)
    require_leader(current, actor)
    if current.state != State.DRAFT:
        raise FrozenTextError(_("It is no longer a draft, so there is nothing to comment on. Reload the page."))
    return current


def _round(version: AgreementVersion) -> CommentRound:
    found = round_of(version)
    if found is None:
        raise RoundOverError(_("There is no comment round. Open one first."))
    return found


def _running(version: AgreementVersion, on: date) -> CommentRound:
    found = round_of(version)
    if found is None or not is_running(found, version, on):
        raise RoundOverError(_("The comment round is over. Tell the leader, or whoever sits in MED for you."))
    return found


def _own(comment: Comment, actor: Capacity, on: date) -> Comment:
    version = locked(comment.round.version)
    COMMENT.require(actor, version.agreement.workplace)
    current = Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk).first()
    if current is None or current.author_id != actor.user_id:
        raise Refusal(_("You can only change a comment of your own."))
    _running(version, on)
    return current


def _check_last_day(last_day: date, on: date) -> None:
    if not on <= last_day <= on + timedelta(days=MOST_DAYS):
        raise Refusal(_("Choose a last day from today and at most two months on."))


def _tell_the_colleagues(found: CommentRound, version: AgreementVersion, on: date, at: datetime) -> None:
    workplace = version.agreement.workplace
    staff = staff_of(workplace.pk, on).exclude(user_id=found.opened_by_id)
    tell(
        people=staff.values_list("user_id", flat=True),
        key=f"agreements.comment_round.{found.pk}.{found.last_day}",
        kind=Kind.AGREEMENT,
        title=_("Read the draft of the agreement, and comment on it by %(day)s")
        % {"day": date_format(found.last_day, "DATE_FORMAT")},
        link=reverse("agreement", args=[workplace.slug]),
        at=at,
    )
