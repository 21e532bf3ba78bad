# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Following a new edition of the framework: taking a stand on each change, and moving what is on its way to it (R53)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.agreements.actions.announcing import announce
from samspil.agreements.actions.drafting import AT_THE_TABLE, changed, open_draft
from samspil.agreements.actions.locking import NotTheLeaderError, for_writing, refuse_closed
from samspil.agreements.disposition_models import NEEDS_A_REASON, Disposition, Stand
from samspil.agreements.models import Agreement, AgreementVersion, LocalPrinciple
from samspil.agreements.permissions import is_the_accountable_leader
from samspil.agreements.updates import ChangeHere, update_of
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Missing, Refusal
from samspil.frameworks.models import Element, Kind
from samspil.frameworks.queries import version_in_force as framework_in_force
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind as Message
from samspil.people.queries import administrators

LONGEST_EXEMPTION = timedelta(days=366)
"""An exemption is for a time: a year at most, then the question is asked again."""


class StandMissingError(Refusal):
    """Somebody has not said what a change means here."""


@dataclass(frozen=True)
class StandTaken:
    """A stand as it was sent; ``new_text_sha256`` is the code of the words that were shown, empty where none were."""

    lineage: UUID
    stand: Stand
    reason: str = ""
    until: date | None = None
    new_text_sha256: str = ""


@transaction.atomic
def take_stand(
    *,
    agreement: Agreement,
    lineage: UUID,
    stand: Stand,
    reason: str = "",
    until: date | None = None,
    new_text_sha256: str = "",
    actor: Capacity,
    at: datetime,
) -> Disposition:
    """Say what one change of the framework means at the workplace; see ``take_stands``."""
    taken = StandTaken(lineage, stand, reason, until, new_text_sha256)
    return take_stands(agreement=agreement, taken=[taken], actor=actor, at=at)[0]


@transaction.atomic
def take_stands(
    *, agreement: Agreement, taken: Iterable[StandTaken], actor: Capacity, at: datetime
) -> list[Disposition]:
    """Say what changes of the framework mean at the workplace, by the leader who answers for it or the stand-in.

    A stand on the same new words is replaced and kept. An exemption has a reason and a last day, a year ahead at
    most, and the secretariat is told. Own text that has lost what it builds on can only be revised, or wait.
    """
    current = Agreement.objects.select_for_update(of=("self",)).select_related("workplace").get(pk=agreement.pk)
    refuse_closed(current.workplace, actor.on)
    if not is_the_accountable_leader(actor, current.workplace):
        raise NotTheLeaderError(_("Only the leader who answers for the agreement can do this."))
    update = update_of(current, actor.on)
    if update is None:
        raise Refusal(_("The agreement builds on the edition in force. There is nothing to take a stand on."))
    rows = []
    for one in taken:
        here = update.by_lineage.get(one.lineage)
        if here is None:
            raise Refusal(_("This is no longer a change that you are asked about. Reload the page."))
        _refuse_wrong(one, here, actor.on)
        row, is_new = _write(current, one, here, actor, at)
        rows.append(row)
        if is_new:
            audit.record(
                name="agreements.disposition.take",
                subject=row,
                actor=actor,
                at=at,
                changes={
                    "agreement": current.pk,
                    "lineage": str(row.lineage),
                    "sha256": row.new_text_sha256,
                    "stand": str(row.stand),
                    "until": row.until.isoformat() if row.until else "",
                },
            )
    if any(row.stand == Stand.EXEMPTED for row in rows):
        _tell_the_secretariat(current, rows, actor, at)
    return rows


def _refuse_wrong(one: StandTaken, here: ChangeHere, on: date) -> None:
    if one.new_text_sha256 and one.new_text_sha256 != here.change.new_text_sha256:
        raise Refusal(
            _("The framework has been changed again since you opened the page. Reload it, and read the new words.")
        )
    if one.stand not in here.choices:
        raise Refusal(
            _(
                "Your own text builds on something that is gone. Choose that you revise your text, or that you are exempt."
            )
        )
    if one.stand in NEEDS_A_REASON and not one.reason.strip():
        raise Refusal(_("Write why."))
    if one.stand != Stand.EXEMPTED:
        return
    if one.until is None or not on <= one.until <= on + LONGEST_EXEMPTION:
        raise Refusal(_("Choose the last day, a year from now at most."))


def _write(
    agreement: Agreement, one: StandTaken, here: ChangeHere, actor: Capacity, at: datetime
) -> tuple[Disposition, bool]:
    said = {
        "stand": one.stand,
        "reason": one.reason.strip() if one.stand in NEEDS_A_REASON else "",
        "until": one.until if one.stand == Stand.EXEMPTED else None,
    }
    key = {"lineage": one.lineage, "new_text_sha256": here.change.new_text_sha256}
    live = Disposition.objects.filter(agreement=agreement, replaced_at=None, **key)
    before = live.first()
    if before is not None and all(getattr(before, name) == value for name, value in said.items()):
        return before, False
    live.update(replaced_at=at)
    return Disposition.objects.create(agreement=agreement, **key, **said, by_id=actor.person, at=at), True


def _tell_the_secretariat(agreement: Agreement, rows: Iterable[Disposition], actor: Capacity, at: datetime) -> None:
    newest = max(row.pk for row in rows if row.stand == Stand.EXEMPTED)
    tell(
        people=[role.user_id for role in administrators(actor.on) if role.user_id != actor.user_id],
        key=f"agreements.exempted.{newest}",
        kind=Message.AGREEMENT,
        title=_("%(workplace)s has said that it is exempt from a change of the framework for a time")
        % {"workplace": agreement.workplace.name},
        link=reverse("update_agreement", args=[agreement.workplace.slug]),
        at=at,
    )


@transaction.atomic
def follow_edition(*, agreement: Agreement, actor: Capacity, on: date, at: datetime) -> AgreementVersion:
    """Let a version with the same own text, pinned to the edition in force, be announced instead of discussed (R53).

    Every substantive change has a stand, and none of them takes new text or time. The employee side can object.
    """
    current = Agreement.objects.select_for_update(of=("self",)).select_related("workplace").get(pk=agreement.pk)
    update = update_of(current, on)
    if update is None:
        raise Refusal(_("It builds on the edition in force already."))
    if not update.follows_without_dialogue:
        missing = [
            Missing("stand", _("Take a stand on “%(text)s”") % {"text": here.title}, here.anchor)
            for here in update.waiting
        ]
        raise StandMissingError(
            _("It cannot follow by itself: answer every change, or make a new version that is discussed."),
            missing=missing,
        )
    with override(settings.LANGUAGE_CODE):
        reason = _(
            "Edition %(number)d of the framework: every change has been answered, and our own text stays as it is."
        ) % {"number": update.edition.number}
    draft = open_draft(workplace=current.workplace, actor=actor, on=on, at=at)
    announced = announce(version=draft, reason=reason, actor=actor, at=at)
    audit.record(
        name="agreements.agreement.follow_edition",
        subject=current,
        actor=actor,
        at=at,
        changes={"version": announced.pk, "edition": update.edition.number},
    )
    return announced


@transaction.atomic
def switch_edition(*, version: AgreementVersion, actor: Capacity, on: date, at: datetime) -> AgreementVersion:
    """Pin what is on its way to the edition in force; own text is left as it is. In dialogue it is *forelæg igen*."""
    current = for_writing(version, actor, AT_THE_TABLE)
    edition = framework_in_force(on)
    if edition is None or edition.number <= current.framework.number:
        raise Refusal(_("It builds on the edition in force already."))
    before = current.framework.number
    current.framework = edition
    current.save(update_fields=["framework"])
    changed(current, actor, at)
    audit.record(
        name="agreements.version.switch_edition",
        subject=current,
        actor=actor,
        at=at,
        changes={"from": before, "to": edition.number},
    )
    return current


@transaction.atomic
def retie_local_principle(
    *, principle: LocalPrinciple, builds_on: UUID, actor: Capacity, at: datetime
) -> LocalPrinciple:
    """Let a local principle build on another common one, where the one it built on is gone (R45)."""
    current = for_writing(principle.version, actor, AT_THE_TABLE)
    if not Element.objects.filter(version=current.framework_id, kind=Kind.PRINCIPLE, lineage=builds_on).exists():
        raise Refusal(_("Choose which common principle it builds on."))
    if principle.builds_on == builds_on:
        return principle
    principle.builds_on = builds_on
    principle.save(update_fields=["builds_on"])
    changed(current, actor, at)
    audit.record(
        name="agreements.local_principle.retie",
        subject=principle,
        actor=actor,
        at=at,
        changes={"builds_on": str(builds_on)},
    )
    return principle
