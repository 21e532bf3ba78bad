# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A matter before a body: put in, put in again, taken back, reopened, relied upon."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Missing, Refusal
from samspil.foundation.states import check_transition
from samspil.frameworks.models import FrameworkVersion
from samspil.med.models import Committee, Confirmation, Dialogue, Paper
from samspil.med.papers import PaperContent, whole_sha256
from samspil.med.permissions import RECORD
from samspil.med.queries import bodies_of, conclusion_gaps, covers, latest, seats_in
from samspil.med.states import MAY_FOLLOW, State
from samspil.municipalities.models import Unit
from samspil.notifications import actions as notifications
from samspil.notifications.kinds import Kind

LABELS = dict(State.choices)


def lock(dialogue: Dialogue) -> Dialogue:
    """Return the row as it is now, held until the transaction ends: one writer at a time."""
    return Dialogue.objects.select_for_update().get(pk=dialogue.pk)


def refuse_if_relied_upon(dialogue: Dialogue) -> None:
    """Raise ``Refusal`` where a decision rests on the dialogue already."""
    if dialogue.relied_upon_at is not None:
        raise Refusal(_("A decision rests on this discussion already. Make a new edition and discuss that."))


def void_confirmations(dialogue: Dialogue) -> None:
    """Let no answer that was given before count any longer; their one-time links die with them."""
    Confirmation.objects.filter(dialogue=dialogue).exclude(answer=Confirmation.Answer.VOIDED).update(
        answer=Confirmation.Answer.VOIDED
    )


def tell_members(dialogue: Dialogue, *, key: str, title: str, actor: Capacity, at: datetime) -> None:
    """Tell both sides of the body, but not whoever did it."""
    seats = seats_in(bodies_of(dialogue), at.date())
    notifications.tell(
        people=[seat.user_id for seat in seats if seat.user_id != actor.user_id],
        key=f"med.dialogue.{dialogue.pk}.{key}",
        kind=Kind.MED,
        title=title,
        link=reverse("dialogue", args=[dialogue.pk]),
        at=at,
    )


def _put_in(dialogue: Dialogue, paper: PaperContent, number: int, at: datetime) -> Paper:
    row = Paper.objects.create(
        dialogue=dialogue,
        number=number,
        title=paper.title[:200],
        link=paper.link,
        body=paper.body(),
        sha256=paper.sha256,
        standing_questions=paper.questions(),
        presented_at=at,
    )
    dialogue.current_paper = row
    return row


def copy_paper(dialogue: Dialogue, paper: Paper, at: datetime) -> None:
    """Put the very paper that lay before another body before this one."""
    dialogue.current_paper = Paper.objects.create(
        dialogue=dialogue,
        number=1,
        title=paper.title,
        link=paper.link,
        body=paper.body,
        sha256=paper.sha256,
        standing_questions=paper.standing_questions,
        presented_at=at,
    )
    dialogue.save(update_fields=["current_paper"])


@transaction.atomic
def open_dialogue(
    *,
    committee: Committee,
    occasion: str,
    paper: PaperContent,
    actor: Capacity,
    at: datetime,
    framework: FrameworkVersion | None = None,
    workplace: Unit | None = None,
) -> Dialogue:
    """Put a matter before a body, perhaps one of a workplace; the members of both sides are told."""
    dialogue = Dialogue.objects.create(
        committee=committee,
        occasion=occasion,
        framework=framework,
        workplace=workplace,
        opened_at=at,
        opened_by_id=actor.user_id,
        state=State.WAITING,
    )
    _put_in(dialogue, paper, 1, at)
    dialogue.save(update_fields=["current_paper"])
    audit.record(
        name="med.dialogue.open",
        subject=dialogue,
        actor=actor,
        at=at,
        changes={"occasion": str(occasion), "sha256": paper.sha256, "committee": committee.pk},
    )
    title = _("To be discussed in %(body)s: %(matter)s") % {"body": committee.name, "matter": paper.title}
    tell_members(dialogue, key="opened", title=title, actor=actor, at=at)
    return dialogue


@transaction.atomic
def present_again(*, dialogue: Dialogue, paper: PaperContent, actor: Capacity, at: datetime) -> Paper:
    """Put a corrected paper in place of the one before (*forelæg igen*); what was said is kept for the next record.

    Nobody's confirmation survives it. The very same content and files change nothing.
    """
    locked = lock(dialogue)
    refuse_if_relied_upon(locked)
    before = locked.current_paper
    whole = whole_sha256(paper.sha256, paper.body())
    if before is not None and whole_sha256(before.sha256, before.body) == whole and locked.state != State.WITHDRAWN:
        return before
    if locked.state != State.WAITING:
        check_transition(MAY_FOLLOW, locked.state, State.WAITING, LABELS)
    void_confirmations(locked)
    row = _put_in(locked, paper, locked.papers.count() + 1, at)
    locked.state = State.WAITING
    locked.revision += 1
    locked.save(update_fields=["current_paper", "state", "revision"])
    audit.record(
        name="med.dialogue.present_again",
        subject=locked,
        actor=actor,
        at=at,
        changes={"number": row.number, "sha256": paper.sha256, "before": before.sha256 if before else ""},
    )
    title = _("Corrected and presented again: %(matter)s") % {"matter": paper.title}
    tell_members(locked, key=f"again.{row.number}", title=title, actor=actor, at=at)
    return row


@transaction.atomic
def withdraw_dialogue(*, dialogue: Dialogue, actor: Capacity, at: datetime) -> Dialogue:
    """Take the matter back from the body; refused once a decision rests on it."""
    locked = lock(dialogue)
    refuse_if_relied_upon(locked)
    check_transition(MAY_FOLLOW, locked.state, State.WITHDRAWN, LABELS)
    void_confirmations(locked)
    locked.state = State.WITHDRAWN
    locked.revision += 1
    locked.save(update_fields=["state", "revision"])
    audit.record(name="med.dialogue.withdraw", subject=locked, actor=actor, at=at)
    matter = locked.current_paper.title if locked.current_paper else ""
    title = _("Taken back, not to be discussed now: %(matter)s") % {"matter": matter}
    tell_members(locked, key="withdrawn", title=title, actor=actor, at=at)
    return locked


@transaction.atomic
def reopen(*, dialogue: Dialogue, reason: str, actor: Capacity, at: datetime) -> Dialogue:
    """Take a recorded dialogue up again, with a reason that both sides can read; refused once relied upon."""
    locked = lock(dialogue)
    RECORD.require(actor, locked)
    refuse_if_relied_upon(locked)
    if not reason.strip():
        raise Refusal(_("Write why the discussion is taken up again."))
    check_transition(MAY_FOLLOW, locked.state, State.WAITING, LABELS)
    void_confirmations(locked)
    locked.state = State.WAITING
    locked.reopened_reason = reason
    locked.revision += 1
    locked.save(update_fields=["state", "reopened_reason", "revision"])
    audit.record(name="med.dialogue.reopen", subject=locked, actor=actor, at=at, changes={"revision": locked.revision})
    matter = locked.current_paper.title if locked.current_paper else ""
    title = _("Taken up again: %(matter)s") % {"matter": matter}
    tell_members(locked, key=f"reopened.{locked.revision}", title=title, actor=actor, at=at)
    return locked


@transaction.atomic
def rely_on(*, dialogue: Dialogue, sha256: str, unit: Unit, on: date, actor: Capacity, at: datetime) -> Dialogue:
    """Let a decision rest on the dialogue; raises ``Refusal`` with everything that is missing.

    A matter that was sent on counts where it was discussed last. Afterwards nothing about the dialogue
    can be changed. The row stays locked, so two decisions take turns.
    """
    locked = lock(latest(lock(dialogue)))
    missing = conclusion_gaps(locked, sha256, on)
    if not covers(locked, unit):
        missing.append(
            Missing(
                "body",
                _("%(body)s does not cover %(unit)s. Discuss it in the body that does.")
                % {"body": locked.committee.name, "unit": unit.name},
            )
        )
    if missing:
        raise Refusal(_("It has not been discussed with MED yet:"), missing=missing)
    if locked.relied_upon_at is not None:
        return locked
    if locked.state != State.CONCLUDED:
        check_transition(MAY_FOLLOW, locked.state, State.CONCLUDED, LABELS)
    locked.state = State.CONCLUDED
    locked.relied_upon_at, locked.relied_upon_sha256 = at, sha256
    locked.revision += 1
    locked.save(update_fields=["state", "relied_upon_at", "relied_upon_sha256", "revision"])
    audit.record(name="med.dialogue.rely_on", subject=locked, actor=actor, at=at, changes={"sha256": sha256})
    return locked
