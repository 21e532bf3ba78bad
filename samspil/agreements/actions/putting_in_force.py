# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Deciding, and the day it begins."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.agreements.actions.covering import hold_places
from samspil.agreements.actions.discussing import LABELS
from samspil.agreements.actions.locking import dialogue_of, locked, refuse_closed, require_accountable_leader
from samspil.agreements.actions.no_volunteers import end_standing
from samspil.agreements.content import version_sha256
from samspil.agreements.covering import covered_by
from samspil.agreements.guards import missing_before_adoption, missing_before_force
from samspil.agreements.models import Agreement, AgreementVersion, BoundaryDecision
from samspil.agreements.states import MAY_FOLLOW, State
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.states import check_transition
from samspil.med import actions as med
from samspil.med.queries import members
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.people.queries import staff_of, volunteers_of


class DialogueMissingError(Refusal):
    """There is no concluded dialogue on exactly this content; ``missing`` says what to do (R43)."""


class NotYetError(Refusal):
    """It cannot enter into force today; ``missing`` says why."""


@transaction.atomic
def adopt(
    *, version: AgreementVersion, in_force_from: date, actor: Capacity, on: date, at: datetime
) -> AgreementVersion:
    """Decide on exactly what was discussed, or was announced and not objected to; in force from ``in_force_from``.

    When that day is today the version enters into force at once. The accountable leader decides; what was announced
    needs no second word of the leader, so the hourly job finishes it. Raises ``DialogueMissingError`` on every path where
    neither the dialogue nor the announcement counts.
    """
    current = locked(version)
    check_transition(MAY_FOLLOW, current.state, State.ADOPTED, LABELS)
    refuse_closed(current.agreement.workplace, on)
    if not (current.is_editorial and actor.is_system):
        require_accountable_leader(current, actor)
    if in_force_from < on:
        raise Refusal(_("Choose today or a later day. An agreement cannot begin in the past."))
    missing = missing_before_adoption(current, on)
    sha256 = version_sha256(current)
    if missing or sha256 != current.content_sha256:
        raise DialogueMissingError(_("The leader cannot decide yet."), missing=missing)
    if current.is_editorial:
        _keep_decisions(current)
    else:
        med.rely_on(
            dialogue=dialogue_of(current), sha256=sha256, unit=current.agreement.workplace, on=on, actor=actor, at=at
        )
    current.state = State.ADOPTED
    current.adopted_at, current.in_force_from = at, in_force_from
    current.adopted_by_id = current.announced_by_id if actor.is_system else actor.person
    current.save(update_fields=["state", "adopted_at", "adopted_by", "in_force_from"])
    changes = {"sha256": sha256, "in_force_from": in_force_from.isoformat()}
    rests = {"rests_on": current.rests_on_id} if current.is_editorial else {"dialogue": current.dialogue_id}
    audit.record(name="agreements.version.adopt", subject=current, actor=actor, at=at, changes={**changes, **rests})
    if in_force_from <= on:
        return put_in_force(version=current, actor=actor, on=on, at=at)
    return current


def _keep_decisions(version: AgreementVersion) -> None:
    """Let what was decided on doubts hold on for the same words, of the same tasks."""
    for decision in BoundaryDecision.objects.filter(version_id=version.copied_from_id):
        decision.pk, decision.version = None, version
        decision._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
        decision.save()


@transaction.atomic
def put_in_force(*, version: AgreementVersion, actor: Capacity, on: date, at: datetime) -> AgreementVersion:
    """Let an adopted version begin when its day has come; the one before is superseded, never ended twice."""
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    current = locked(version)
    check_transition(MAY_FOLLOW, current.state, State.IN_FORCE, LABELS)
    missing = missing_before_force(current, on)
    if missing:
        raise NotYetError(_("It cannot enter into force yet."), missing=missing)
    before = AgreementVersion.objects.filter(agreement=current.agreement, state=State.IN_FORCE).first()
    if before is not None:
        before.state = State.SUPERSEDED
        begins = current.in_force_from or on
        before.in_force_until = max(before.in_force_from or begins, begins - timedelta(days=1))
        before.save(update_fields=["state", "in_force_until"])
    current.state = State.IN_FORCE
    current.save(update_fields=["state"])
    hold_places(current)
    audit.record(
        name="agreements.version.put_in_force",
        subject=current,
        actor=actor,
        at=at,
        changes={"sha256": current.content_sha256, "number": current.number},
    )
    for row in covered_by(current):
        end_standing(row.unit, on)
    _tell_everybody(current, actor=actor, on=on, at=at)
    return current


def _tell_everybody(version: AgreementVersion, *, actor: Capacity, on: date, at: datetime) -> None:
    """Tell the staff, the volunteers with a login and both sides of the body, each with a page that they can see (R27)."""
    workplace = version.agreement.workplace
    for place in (workplace, *(row.unit for row in covered_by(version))):
        concerned: list[tuple[Iterable[int], str]] = [
            (staff_of(place.pk, on).values_list("user_id", flat=True), reverse("agreement", args=[place.slug])),
            (volunteers_of(place.pk, on).values_list("user_id", flat=True), reverse("workplace", args=[place.slug])),
        ]
        if place == workplace and version.dialogue is not None:
            seats = members(version.dialogue.committee, on).values_list("user_id", flat=True)
            concerned.append((seats, reverse("dialogue", args=[version.dialogue.pk])))
        if place == workplace and version.is_editorial and version.announced_to is not None:
            seats = members(version.announced_to, on).values_list("user_id", flat=True)
            concerned.append((seats, reverse("announced_change", args=[workplace.slug, version.number])))
        for people, link in concerned:
            # The same key: who is concerned twice is told once, with the first link.
            tell(
                people=[user_id for user_id in people if user_id != actor.user_id],
                key=f"agreements.in_force.{version.pk}",
                kind=Kind.AGREEMENT,
                title=_("A new agreement for volunteering is in force at %(workplace)s") % {"workplace": place.name},
                link=link,
                at=at,
            )
