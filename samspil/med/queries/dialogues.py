# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What was said in a dialogue, and whether it counts."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Prefetch, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.errors import Missing
from samspil.foundation.prepared import Listed, prepared, read_along
from samspil.foundation.templatetags.samspil import danish_date
from samspil.med.models import (
    Committee,
    Confirmation,
    ConfirmationLink,
    Dialogue,
    Function,
    HeldFor,
    Paper,
    Participant,
    Position,
    Side,
    StandingAnswer,
)
from samspil.med.queries.matters import ids_held_for, latest, leads_concerned, speakers
from samspil.med.queries.settings import allowed_forms
from samspil.med.states import State


def with_committee(dialogues: QuerySet[Dialogue]) -> QuerySet[Dialogue]:
    """Return the dialogues with the one row each of what they refer to."""
    return dialogues.select_related("committee", "current_paper", "recorded_by", "origin__committee", "framework")


@prepared
def _dialogue_at(pk: int) -> QuerySet[Dialogue]:
    return with_committee(Dialogue.objects.filter(pk=pk))


def dialogue_at(pk: int) -> Dialogue | None:
    """Return the dialogue with this key and the one row each of what it refers to; who may see it is another question."""
    return next(iter(_dialogue_at(pk)), None)


def for_list(dialogues: QuerySet[Dialogue]) -> QuerySet[Dialogue]:
    """Return the dialogues with what a line of a list reads; the text of the paper stays where it is."""
    unread = ("current_paper__body", "current_paper__standing_questions")
    return dialogues.select_related("committee", "current_paper", "origin__committee").defer(*unread)


@prepared
def _latest_in(committee_id: int) -> QuerySet[Dialogue]:
    return for_list(Dialogue.objects.filter(ids_held_for((committee_id,))))


def latest_in(committee: Committee) -> Listed:
    """Return the dialogues that a body held or met in, the newest first, to take some of."""
    return _latest_in.listed(committee.pk)


def first_what_waits(dialogues: QuerySet[Dialogue]) -> QuerySet[Dialogue]:
    """Return the dialogues to be discussed, then those that wait for the employee side, then the others, newest first."""
    rank = Case(When(state=State.CONCLUDED, then=2), When(state=State.RECORDED, then=1), default=0)
    return dialogues.order_by(rank, "-opened_at", "-pk")


def with_standing(dialogues: QuerySet[Dialogue]) -> QuerySet[Dialogue]:
    """Return the dialogues with what ``standing`` reads, for a list."""
    return with_committee(dialogues).prefetch_related(_confirmations(), _met_together())


@prepared
def _confirmations_of(dialogues: tuple[int, ...]) -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(dialogue__in=dialogues).select_related("answered_by")


@prepared
def _participants_of(dialogues: tuple[int, ...]) -> QuerySet[Participant]:
    return Participant.objects.filter(dialogue__in=dialogues)


@prepared
def _positions_of(dialogues: tuple[int, ...]) -> QuerySet[Position]:
    return Position.objects.filter(dialogue__in=dialogues)


@prepared
def _held_for(dialogues: tuple[int, ...]) -> QuerySet[HeldFor]:
    return HeldFor.objects.filter(dialogue__in=dialogues).select_related("committee")


def read_standing(dialogues: Iterable[Dialogue]) -> list[Dialogue]:
    """Read what ``standing`` and a line of a list ask of the dialogues; nothing of those that have not been held."""
    found = list(dialogues)
    held = [dialogue for dialogue in found if dialogue.held_on is not None]
    read_along(held, "confirmations", _confirmations_of)
    return found


def read_for_speaking(dialogues: Iterable[Dialogue]) -> list[Dialogue]:
    """Read the same, and the bodies that met together, which decide who speaks for the employees."""
    found = read_standing(dialogues)
    read_along([dialogue for dialogue in found if dialogue.state == State.RECORDED], "held_for", _held_for)
    return found


def read_whole(dialogue: Dialogue) -> Dialogue:
    """Read what a page or a guard asks of one dialogue; nothing is asked of one that has not been held."""
    if dialogue.held_on is not None:
        read_along([dialogue], "confirmations", _confirmations_of)
        read_along([dialogue], "participants", _participants_of)
        read_along([dialogue], "positions", _positions_of)
    return dialogue


def read_with_bodies(dialogue: Dialogue) -> Dialogue:
    """Read the same and the bodies that met together, for the pages of the dialogue itself."""
    if dialogue.held_on is not None:
        read_along([dialogue], "held_for", _held_for)
        read_along([dialogue], "answers", _answers_of)
    return read_whole(dialogue)


def _confirmations() -> Prefetch[Any, Any, Any]:
    return Prefetch("confirmations", Confirmation.objects.select_related("answered_by"))


def _met_together() -> Prefetch[Any, Any, Any]:
    return Prefetch("held_for", HeldFor.objects.select_related("committee"))


def positions(dialogue: Dialogue) -> dict[str, Position]:
    """Return what each side thought, by side."""
    if dialogue.held_on is None:
        return {}
    return {position.side: position for position in dialogue.positions.all()}


def participants(dialogue: Dialogue) -> dict[str, list[tuple[str, list[str]]]]:
    """Return who took part, by side: name and functions as they were on the day."""
    by_side: dict[str, dict[str, list[str]]] = {}
    if dialogue.held_on is None:
        return {}
    for row in dialogue.participants.all():
        functions = by_side.setdefault(row.side, {}).setdefault(row.name, [])
        if row.function and row.function != Function.MEMBER:
            functions.append(str(Function(row.function).label))
    return {side: list(names.items()) for side, names in by_side.items()}


def has_taken_part(dialogue: Dialogue, side: Side, rows: Iterable[Participant]) -> bool:
    """Say whether somebody of this side was there."""
    count = dialogue.management_count if side == Side.MANAGEMENT else dialogue.employee_count
    return bool(count) or any(row.side == side for row in rows)


def current_confirmation(dialogue: Dialogue) -> Confirmation | None:
    """Return the confirmation that was asked for last and still matters."""
    if dialogue.held_on is None:
        return None
    return next((row for row in dialogue.confirmations.all() if row.answer != Confirmation.Answer.VOIDED), None)


def earlier_refusal(dialogue: Dialogue) -> Confirmation | None:
    """Return the last no that something else has come after, so that its words stay readable."""
    if dialogue.held_on is None:
        return None
    refused = [row for row in dialogue.confirmations.all() if row.answer == Confirmation.Answer.VOIDED and row.reason]
    return refused[-1] if refused else None


def is_late(confirmation: Confirmation, on: date) -> bool:
    """Say whether 10 working days have gone without an answer."""
    return confirmation.answer == Confirmation.Answer.ASKED and confirmation.due_on < on


def counts(confirmation: Confirmation, on: date) -> bool:
    """Say whether the employee side's word is there: a yes, a settlement, or silence on minutes elsewhere."""
    if confirmation.answer in {Confirmation.Answer.CONFIRMED, Confirmation.Answer.SETTLED}:
        return True
    return confirmation.how == Confirmation.How.MINUTES and is_late(confirmation, on)


# Does it count? -----------------------------------------------------------------------------------


def conclusion_gaps(dialogue: Dialogue | None, sha256: str, on: date) -> list[Missing]:
    """Return every reason why the dialogue does not count yet for this content on this day; none: it counts.

    Silence counts here, by the date: no row is written because time passed.
    """
    if dialogue is None:
        return [Missing("dialogue", _("Send it to be discussed with MED first."))]
    dialogue = latest(dialogue)
    if dialogue.state in {State.WITHDRAWN, State.SENT_ON}:
        return [Missing("dialogue", _("The discussion was taken back. Send it to be discussed with MED again."))]
    gaps: list[Missing] = []
    paper = dialogue.current_paper
    if paper is None or paper.sha256 != sha256:
        gaps.append(
            Missing("content", _("What was discussed is another text than this one. Present it to the body again."))
        )
    if dialogue.state == State.DEFERRED:
        return [*gaps, Missing("record", deferred_text(dialogue))]
    if dialogue.state not in {State.RECORDED, State.CONCLUDED} or dialogue.held_on is None:
        return [
            *gaps,
            Missing(
                "record",
                _("Write down what you arrived at in %(body)s: it has not been done for this text.")
                % {"body": dialogue.committee.name},
            ),
        ]
    return [
        *gaps,
        *_held_gaps(dialogue, dialogue.held_on, on),
        *_said_gaps(dialogue, sha256),
        *_word_gaps(dialogue, sha256, on),
    ]


def _held_gaps(dialogue: Dialogue, held_on: date, on: date) -> Iterable[Missing]:
    if held_on > on:
        yield Missing(
            "date",
            _("The discussion is dated %(day)s, which is later than the day of the decision.")
            % {"day": danish_date(held_on)},
        )
    if dialogue.form not in allowed_forms(dialogue.committee, dialogue.occasion, held_on):
        yield Missing("form", _("Discuss it in a form that counts here: this one does not."))
    rows = list(dialogue.participants.all())
    for side in Side:
        if not has_taken_part(dialogue, side, rows):
            yield Missing(f"present_{side}", _ABSENT[side])


def _said_gaps(dialogue: Dialogue, sha256: str) -> Iterable[Missing]:
    said = positions(dialogue)
    for side in Side:
        position = said.get(side)
        if position is None or position.sha256 != sha256:
            yield Missing(f"position_{side}", _UNSAID[side])


def _word_gaps(dialogue: Dialogue, sha256: str, on: date) -> Iterable[Missing]:
    confirmation = current_confirmation(dialogue)
    if confirmation is None or confirmation.sha256 != sha256:
        yield Missing("confirmation", _("Ask the employee side to confirm what was said."))
    elif confirmation.answer == Confirmation.Answer.REFUSED:
        yield Missing(
            "refused",
            _(
                "The employee side says that the record is not right. Put it right and ask again, "
                "or ask the HR/MED secretariat to settle it."
            ),
        )
    elif not counts(confirmation, on):
        yield Missing("confirmation", waiting_text(confirmation, on))


def deferred_text(dialogue: Dialogue) -> str:
    """Say that a body has put the matter off, why, and until when."""
    words = {"body": dialogue.committee.name, "reason": dialogue.deferred_reason.rstrip(".")}
    if dialogue.deferred_until is None:
        return _("%(body)s has put it off: %(reason)s. It is still to be discussed.") % words
    words["day"] = danish_date(dialogue.deferred_until)
    return _("%(body)s has put it off until %(day)s: %(reason)s. It is still to be discussed.") % words


def waiting_text(confirmation: Confirmation, on: date) -> str:
    """Say what a confirmation waits for, and what can be done when it has waited too long."""
    due = {"day": danish_date(confirmation.due_on)}
    if confirmation.how == Confirmation.How.MINUTES:
        return _("The employee side can object until %(day)s. If nobody does, the discussion counts after that.") % due
    if is_late(confirmation, on):
        return (
            _("The employee side has not answered by %(day)s. Remind them, or ask the HR/MED secretariat to settle it.")
            % due
        )
    return _("The employee side has yet to confirm what was said. They have until %(day)s.") % due


_ABSENT = {
    Side.MANAGEMENT: gettext_lazy("Say who took part for the management side: nobody did."),
    Side.EMPLOYEES: gettext_lazy("Say who took part for the employee side: nobody did."),
}
_UNSAID = {
    Side.MANAGEMENT: gettext_lazy("Write what the management side thinks of this very text."),
    Side.EMPLOYEES: gettext_lazy("Write what the employee side thinks of this very text."),
}


@dataclass(frozen=True)
class Standing:
    """Where a dialogue stands, in words: a badge, and what happens next and by whom."""

    label: str
    badge: str
    next: Any
    counts: bool = False


def standing(dialogue: Dialogue, on: date) -> Standing:
    """Return where the dialogue stands on the day; needs ``with_standing``."""
    if dialogue.state == State.WITHDRAWN:
        return Standing(_("Taken back"), "neutral", _("The matter was taken back and is not to be discussed now."))
    if dialogue.state == State.DEFERRED:
        return Standing(_("Put off"), "warning", deferred_text(dialogue))
    if dialogue.state == State.SENT_ON:
        return Standing(_("Sent on"), "neutral", _("The body above discusses it now. What was said here is kept."))
    if dialogue.state not in {State.RECORDED, State.CONCLUDED}:
        told = _("Discuss it in %(body)s, and write down afterwards what you arrived at.")
        return Standing(_("To be discussed"), "outline", told % {"body": dialogue.committee.name})
    if dialogue.relied_upon_at is not None:
        return Standing(_("Discussed"), "success", _("The leader has decided on the strength of it."), counts=True)
    return _standing_of_record(dialogue, on)


def _standing_of_record(dialogue: Dialogue, on: date) -> Standing:
    confirmation = current_confirmation(dialogue)
    if confirmation is not None and counts(confirmation, on) and dialogue.framework_id is not None:
        return Standing(_("Discussed"), "success", _("The framework is discussed here."), counts=True)
    if confirmation is not None and counts(confirmation, on):
        has_owner = dialogue.current_paper is not None and bool(dialogue.current_paper.link)
        told = _("It is discussed with MED. Now the leader decides.") if has_owner else _("It is discussed with MED.")
        return Standing(_("Discussed"), "success", told, counts=True)
    if confirmation is not None and confirmation.answer == Confirmation.Answer.REFUSED:
        return Standing(
            _("Not confirmed"),
            "warning",
            _("The employee side says that the record is not right. Put it right, and ask again."),
        )
    if confirmation is not None:
        return Standing(_("Waits for the employee side"), "info", waiting_text(confirmation, on))
    return Standing(_("To be discussed"), "outline", _("Ask the employee side to confirm what was said."))


def may_answer(dialogue: Dialogue, user_id: int | None, on: date) -> bool:
    """Say whether this person can speak for the employee side of the body on the day.

    Not about a record that they wrote themselves while they led, as a stand-in does for some days (R19).
    """
    if user_id is None or not any(seat.user_id == user_id for seat in speakers(dialogue, on)):
        return False
    if dialogue.recorded_by_id != user_id or dialogue.recorded_at is None:
        return True
    return not leads_concerned(user_id, dialogue, timezone.localdate(dialogue.recorded_at))


def hash_of(token: str) -> str:
    """Return what is stored of a one-time link."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def link_by_token(token: str) -> ConfirmationLink | None:
    """Return the one-time link with this token, used or not, or None."""
    return (
        ConfirmationLink.objects.select_related(
            "confirmation__dialogue__committee", "membership__user", "membership__committee"
        )
        .filter(token_sha256=hash_of(token))
        .first()
    )


def earlier_papers(dialogue: Dialogue) -> list[Paper]:
    """Return the papers that *forelæg igen* has put something else in place of, newest first."""
    return _papers_of(dialogue.pk, dialogue.current_paper_id or 0)


@prepared
def _papers_of(dialogue_id: int, but: int) -> QuerySet[Paper]:
    return Paper.objects.filter(dialogue=dialogue_id).exclude(pk=but).order_by("-number")


@prepared
def _answers_of(dialogues: tuple[int, ...]) -> QuerySet[StandingAnswer]:
    return StandingAnswer.objects.filter(dialogue__in=dialogues)
