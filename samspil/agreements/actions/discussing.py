# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""From draft to discussion, at the table, and back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.agreements.actions.locking import (
    dialogue_of,
    locked,
    refuse_closed,
    require_accountable_leader,
    require_leader,
)
from samspil.agreements.boundary import Boundary
from samspil.agreements.content import task_sha256, version_sha256
from samspil.agreements.guards import missing_before_dialogue
from samspil.agreements.models import AgreementVersion, BoundaryDecision, Task
from samspil.agreements.papers import paper_of
from samspil.agreements.states import MAY_FOLLOW, State
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.states import check_transition
from samspil.med import actions as med
from samspil.med.models import Dialogue
from samspil.med.queries import body_for

LABELS = {state: state.label for state in State}


class MissingBeforeDialogueError(Refusal):
    """The draft is not ready to be discussed; ``missing`` says what to do."""


@transaction.atomic
def send_to_dialogue(*, version: AgreementVersion, actor: Capacity, on: date, at: datetime) -> AgreementVersion:
    """Put the draft before the workplace's MED body; from now on its text is read only but at the table (R43, R61)."""
    current = locked(version)
    check_transition(MAY_FOLLOW, current.state, State.IN_DIALOGUE, LABELS)
    refuse_closed(current.agreement.workplace, on)
    require_leader(current, actor)
    missing = missing_before_dialogue(current, on)
    body = body_for(current.agreement.workplace, on)
    if missing or body is None:
        raise MissingBeforeDialogueError(
            _("Something is missing before the agreement can be discussed."), missing=missing
        )
    current.content_sha256 = version_sha256(current)
    occasion = Dialogue.Occasion.CHANGE if current.copied_from_id else Dialogue.Occasion.NEW_AGREEMENT
    current.dialogue = med.open_dialogue(
        committee=body, occasion=occasion, paper=paper_of(current, current.content_sha256), actor=actor, at=at
    )
    current.state = State.IN_DIALOGUE
    current.save(update_fields=["content_sha256", "dialogue", "state"])
    audit.record(
        name="agreements.version.send_to_dialogue",
        subject=current,
        actor=actor,
        at=at,
        changes={"sha256": current.content_sha256, "dialogue": current.dialogue.pk},
    )
    return current


def put_before_the_body_again(version: AgreementVersion, actor: Capacity, at: datetime) -> None:
    """Give the body what was corrected at the table; what was confirmed before no longer counts."""
    version.content_sha256 = version_sha256(version)
    version.save(update_fields=["content_sha256"])
    med.present_again(
        dialogue=dialogue_of(version), paper=paper_of(version, version.content_sha256), actor=actor, at=at
    )


def unannounce(version: AgreementVersion, state: State) -> None:
    """Let an announcement no longer count; the body that had it can see what became of it, and the ticks are kept."""
    version.state = state
    version.announced_at = version.announced_by = version.objection_due = version.rests_on = None
    version.save(update_fields=["state", "announced_at", "announced_by", "objection_due", "rests_on"])


@transaction.atomic
def take_back(*, version: AgreementVersion, reason: str, actor: Capacity, at: datetime) -> AgreementVersion:
    """Make it a draft again, with a reason; the discussion is taken off the body's table, or the announcement back."""
    current = locked(version)
    check_transition(MAY_FOLLOW, current.state, State.DRAFT, LABELS)
    require_leader(current, actor)
    if not reason:
        raise Refusal(_("Write why you take it back, so that the body can see it."))
    if current.state == State.IN_DIALOGUE:
        med.withdraw_dialogue(dialogue=dialogue_of(current), actor=actor, at=at)
    else:
        unannounce(current, State.DRAFT)
    current.state, current.taken_back_because = State.DRAFT, reason
    current.save(update_fields=["state", "taken_back_because"])
    audit.record(name="agreements.version.take_back", subject=current, actor=actor, at=at)
    return current


@transaction.atomic
def withdraw(*, version: AgreementVersion, reason: str, actor: Capacity, at: datetime) -> AgreementVersion:
    """Give the version up for good; it can still be read, and what is in force goes on."""
    current = locked(version)
    check_transition(MAY_FOLLOW, current.state, State.WITHDRAWN, LABELS)
    require_leader(current, actor)
    if not reason:
        raise Refusal(_("Write why you give it up."))
    if current.state == State.IN_DIALOGUE:
        med.withdraw_dialogue(dialogue=dialogue_of(current), actor=actor, at=at)
    if current.state == State.ANNOUNCED:
        unannounce(current, State.WITHDRAWN)
    current.state, current.withdrawn_because = State.WITHDRAWN, reason
    current.save(update_fields=["state", "withdrawn_because"])
    audit.record(name="agreements.version.withdraw", subject=current, actor=actor, at=at)
    return current


@transaction.atomic
def decide_boundary(
    *, task: Task, outcome: BoundaryDecision.Outcome, reason: str, actor: Capacity, at: datetime
) -> BoundaryDecision:
    """Answer a doubt: confirm or strike, by the accountable leader, in or after the dialogue (R16)."""
    current = locked(task.version)
    require_accountable_leader(current, actor)
    if task.boundary != Boundary.DOUBT or current.state != State.IN_DIALOGUE:
        raise Refusal(_("Only a doubt is decided on, and only while the agreement is being discussed."))
    if not reason:
        raise Refusal(_("Write why, so that others can learn from it."))
    decision, is_new = BoundaryDecision.objects.get_or_create(
        version=current,
        task_lineage=task.lineage,
        task_sha256=task_sha256(task),
        defaults={
            "outcome": outcome,
            "reason": reason,
            "decided_at": at,
            "decided_by_id": actor.person,
            "decided_by_name": ", ".join(part for part in (actor.person_name, actor.title) if part)[:160],
        },
    )
    if not is_new:
        raise Refusal(_("The doubt has been decided on already."))
    audit.record(
        name="agreements.boundary.decide", subject=decision, actor=actor, at=at, changes={"outcome": str(outcome)}
    )
    return decision
