# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A change of nothing but words: announced, with time for the employee side to object, instead of discussed (R53)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements.actions.discussing import LABELS, unannounce
from samspil.agreements.actions.locking import locked, refuse_closed, require_accountable_leader
from samspil.agreements.content import version_sha256
from samspil.agreements.guards import missing_before_announcing
from samspil.agreements.models import AgreementVersion
from samspil.agreements.permissions import objects_to_the_change
from samspil.agreements.queries import accountable_leader
from samspil.agreements.states import MAY_FOLLOW, State
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.states import check_transition
from samspil.med.queries import body_for, employee_side
from samspil.municipalities.queries import working_days_later
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind

DAYS_TO_OBJECT = 10
"""Working days that the employee side has."""


class MaterialChangeError(Refusal):
    """Something has been changed that takes a dialogue, or the change cannot be announced here; ``missing`` says what."""


class NotTheEmployeeSideError(Refusal):
    """Somebody else than the body's employee side tried to object."""


@transaction.atomic
def announce(
    *, version: AgreementVersion, reason: str, actor: Capacity, at: datetime, words: Collection[str] = ()
) -> AgreementVersion:
    """Announce a next version that means the same; the text is frozen, and the employee side can object (R53).

    ``words`` are the keys of the changed texts that are only worded otherwise (``changes.ChangedPart.key``). Where the
    local text is unchanged, a newer edition of the framework is what changes, and none are needed.
    """
    on = timezone.localdate(at)
    current = locked(version)
    check_transition(MAY_FOLLOW, current.state, State.ANNOUNCED, LABELS)
    refuse_closed(current.agreement.workplace, on)
    require_accountable_leader(current, actor)
    if not reason:
        raise Refusal(_("Write why nothing but the words is changed. The employee side reads it."))
    missing = missing_before_announcing(current, words, on)
    body, before = body_for(current.agreement.workplace, on), current.copied_from
    if missing or body is None or before is None:
        raise MaterialChangeError(_("The change cannot be announced."), missing=missing)
    current.state, current.content_sha256, current.dialogue = State.ANNOUNCED, version_sha256(current), None
    current.editorial_reason, current.editorial_parts = reason, sorted(words)
    current.announced_to, current.announced_at, current.announced_by_id = body, at, actor.person
    current.objection_due, current.rests_on = working_days_later(on, DAYS_TO_OBJECT), before.rests_on or before
    current.objected_because = ""
    current.save()
    audit.record(
        name="agreements.version.announce",
        subject=current,
        actor=actor,
        at=at,
        changes={
            "sha256": current.content_sha256,
            "words": current.editorial_parts,
            "committee": body.pk,
            "objection_due": current.objection_due.isoformat(),
        },
    )
    workplace = current.agreement.workplace
    tell(
        people=[seat.user_id for seat in employee_side(body, on) if seat.user_id != actor.user_id],
        key=f"agreements.announced.{current.pk}.{at.isoformat()}",
        kind=Kind.ACT,
        title=_("An editorial change at %(workplace)s: you can ask to discuss it") % {"workplace": workplace.name},
        link=reverse("announced_change", args=[workplace.slug, current.number]),
        at=at,
    )
    return current


@transaction.atomic
def object_to(*, version: AgreementVersion, reason: str, actor: Capacity, at: datetime) -> AgreementVersion:
    """Ask, for the employee side, that an announced change be discussed; it is a draft again, and the leader reads why."""
    current = locked(version)
    check_transition(MAY_FOLLOW, current.state, State.DRAFT, LABELS)
    if current.state != State.ANNOUNCED:
        raise Refusal(_("Only an announced change can be objected to."))
    if not objects_to_the_change(actor, current):
        raise NotTheEmployeeSideError(_("Only the employee side of the body can object."))
    if not reason:
        raise Refusal(_("Write what you want to discuss, so that the leader can read it."))
    leader = accountable_leader(current.agreement, timezone.localdate(at))
    concerned = {current.announced_by_id, leader.pk if leader else None}
    unannounce(current, State.DRAFT)
    current.objected_because = reason
    current.save(update_fields=["objected_because"])
    audit.record(name="agreements.version.object_to", subject=current, actor=actor, at=at)
    workplace = current.agreement.workplace
    tell(
        people=[user_id for user_id in concerned if user_id is not None],
        key=f"agreements.objected.{current.pk}.{at.isoformat()}",
        kind=Kind.ACT,
        title=_("The employee side wants to discuss the change at %(workplace)s") % {"workplace": workplace.name},
        link=reverse("agreement", args=[workplace.slug]),
        at=at,
    )
    return current
