# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What becomes of a matter that a body does not finish: put off, taken up again, sent on to the body above."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.states import check_transition
from samspil.foundation.templatetags.samspil import danish_date
from samspil.med.actions.concerned import matter_of, tell_concerned
from samspil.med.actions.dialogues import LABELS, copy_paper, lock, refuse_if_relied_upon, tell_members
from samspil.med.models import Confirmation, Dialogue
from samspil.med.permissions import RECORD
from samspil.med.queries import body_above
from samspil.med.states import MAY_FOLLOW, State


@transaction.atomic
def defer(*, dialogue: Dialogue, reason: str, until: date | None, actor: Capacity, at: datetime, on: date) -> Dialogue:
    """Put the matter off, with a reason and perhaps a day; it still waits, and both sides and the owner are told."""
    locked = lock(dialogue)
    RECORD.require(actor, locked)
    refuse_if_relied_upon(locked)
    if not reason.strip():
        raise Refusal(_("Write why it is put off."))
    if until is not None and until <= on:
        raise Refusal(_("Choose a day after today, or none."))
    check_transition(MAY_FOLLOW, locked.state, State.DEFERRED, LABELS)
    locked.state = State.DEFERRED
    locked.deferred_reason, locked.deferred_until = reason, until
    locked.revision += 1
    locked.save(update_fields=["state", "deferred_reason", "deferred_until", "revision"])
    audit.record(
        name="med.dialogue.defer",
        subject=locked,
        actor=actor,
        at=at,
        changes={"until": until.isoformat() if until else "", "revision": locked.revision},
    )
    matter = matter_of(locked)
    title = (
        _("Put off until %(day)s: %(matter)s") % {"day": danish_date(until), "matter": matter}
        if until
        else _("Put off: %(matter)s") % {"matter": matter}
    )
    _tell_all(locked, f"deferred.{locked.revision}", title, actor, at)
    return locked


@transaction.atomic
def take_up(*, dialogue: Dialogue, actor: Capacity, at: datetime) -> Dialogue:
    """Take a matter up again that was put off; whoever records it directly need not."""
    locked = lock(dialogue)
    RECORD.require(actor, locked)
    if locked.state != State.DEFERRED:
        raise Refusal(_("It is not put off. There is nothing to take up again."))
    check_transition(MAY_FOLLOW, locked.state, State.WAITING, LABELS)
    locked.state = State.WAITING
    locked.deferred_until = None
    locked.revision += 1
    locked.save(update_fields=["state", "deferred_until", "revision"])
    audit.record(name="med.dialogue.take_up", subject=locked, actor=actor, at=at, changes={"revision": locked.revision})
    _tell_all(
        locked,
        f"taken_up.{locked.revision}",
        _("Taken up again: %(matter)s") % {"matter": matter_of(locked)},
        actor,
        at,
    )
    return locked


@transaction.atomic
def send_on(*, dialogue: Dialogue, reason: str, actor: Capacity, at: datetime) -> Dialogue:
    """Send the matter on to the body above, and return the dialogue that goes on with it there.

    What was said here is kept. Whoever owns the matter keeps pointing to where it began.
    """
    locked = lock(dialogue)
    RECORD.require(actor, locked)
    refuse_if_relied_upon(locked)
    if locked.framework_id is not None:
        raise Refusal(
            _(
                "Every body discusses the framework itself. If several meet together, write that down when you record it."
            )
        )
    if not reason.strip():
        raise Refusal(_("Write why it is sent on."))
    paper, above = locked.current_paper, body_above(locked.committee)
    if above is None or paper is None:
        raise Refusal(
            _("No body stands above %(body)s. The HR/MED secretariat can set one up.") % {"body": locked.committee.name}
        )
    check_transition(MAY_FOLLOW, locked.state, State.SENT_ON, LABELS)
    Confirmation.objects.filter(dialogue=locked, answer=Confirmation.Answer.ASKED).update(
        answer=Confirmation.Answer.VOIDED
    )
    locked.state, locked.sent_on_reason = State.SENT_ON, reason
    locked.revision += 1
    locked.save(update_fields=["state", "sent_on_reason", "revision"])
    further = Dialogue.objects.create(
        committee=above,
        occasion=locked.occasion,
        workplace_id=locked.workplace_id,
        origin_id=locked.origin_id or locked.pk,
        opened_at=at,
        opened_by_id=actor.user_id,
        state=State.WAITING,
    )
    copy_paper(further, paper, at)
    audit.record(
        name="med.dialogue.send_on",
        subject=locked,
        actor=actor,
        at=at,
        changes={"to": further.pk, "committee": above.pk, "sha256": paper.sha256},
    )
    words = {"body": above.name, "matter": paper.title}
    _tell_all(locked, "sent_on", _("Sent on to %(body)s: %(matter)s") % words, actor, at)
    title = _("To be discussed in %(body)s: %(matter)s") % words
    tell_members(further, key="opened", title=title, actor=actor, at=at)
    return further


def _tell_all(dialogue: Dialogue, key: str, title: str, actor: Capacity, at: datetime) -> None:
    """Tell everybody whom the matter concerns, but not whoever did it."""
    tell_concerned(
        dialogue, key=f"med.dialogue.{dialogue.pk}.{key}", title=title, at=at, on=at.date(), but=(actor.user_id,)
    )
