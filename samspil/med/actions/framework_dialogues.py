# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The framework before a body, and what the body makes of its guidelines (R5, R63)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.frameworks.queries import version_in_force
from samspil.med.actions.dialogues import open_dialogue, withdraw_dialogue
from samspil.med.framework_paper import framework_paper
from samspil.med.models import Committee, Dialogue, GuidelineStance
from samspil.med.permissions import HOLD_FRAMEWORK, TAKE_STANCE
from samspil.med.queries import framework_line, guidelines, leaders_of_bodies, members, stance_lines, text_sha256
from samspil.med.states import State
from samspil.notifications import actions as notifications
from samspil.notifications.kinds import Kind


@transaction.atomic
def open_framework_dialogue(*, committee: Committee, actor: Capacity, at: datetime, on: date) -> Dialogue:
    """Put the edition in force before the body, with a paper made for it; the one that lies there already is returned.

    A paper on an older edition that nobody has discussed is taken back.
    """
    HOLD_FRAMEWORK.require(actor, committee)
    Committee.objects.select_for_update().get(pk=committee.pk)
    version = version_in_force(on)
    if version is None:
        raise Refusal(_("No framework is in force yet. There is nothing to discuss."))
    line = framework_line(committee, on)
    if line is None:
        raise Refusal(_("Everything that %(body)s speaks for is closed.") % {"body": committee.name})
    if line.dialogue is not None:
        return line.dialogue
    older = Dialogue.objects.filter(committee=committee, state__in=(State.WAITING, State.DEFERRED))
    for waiting in older.exclude(framework=None):
        withdraw_dialogue(dialogue=waiting, actor=actor, at=at)
    dialogue = open_dialogue(
        committee=committee,
        occasion=Dialogue.Occasion.FRAMEWORK,
        framework=version,
        paper=framework_paper(version, committee),
        actor=actor,
        at=at,
    )
    changes = {"edition": version.number, "dialogue": dialogue.pk}
    audit.record(name="med.framework.put_before", subject=committee, actor=actor, at=at, changes=changes)
    return dialogue


@transaction.atomic
def take_stances(
    *, committee: Committee, stances: Mapping[UUID, tuple[str, str]], actor: Capacity, at: datetime, on: date
) -> list[GuidelineStance]:
    """Say what the body makes of guidelines: by lineage, a stance and its words. What is the same is left alone.

    The stance before is kept with the day on which it ended. Both sides and the leaders are told once.
    """
    TAKE_STANCE.require(actor, committee)
    Committee.objects.select_for_update().get(pk=committee.pk)
    lines = {line.element.lineage: line for line in stance_lines(committee, guidelines(version_in_force(on)))}
    if set(stances) - set(lines):
        raise Refusal(_("The framework has changed since you opened the page. Read its guidelines again."))
    written = []
    for lineage, (stance, words) in stances.items():
        line = lines[lineage]
        kept = words.strip() if stance == GuidelineStance.Stance.OWN_WORDS else ""
        if stance not in GuidelineStance.Stance.values:
            raise Refusal(_("Choose what you make of the guideline."))
        if stance == GuidelineStance.Stance.OWN_WORDS and not kept:
            raise Refusal(_("Write your own words for the guideline: “%(text)s”.") % {"text": line.element.text})
        before, sha256 = line.stance, text_sha256(line.element)
        if before is not None:
            if (before.stance, before.words, before.text_sha256) == (stance, kept, sha256):
                continue
            before.ended_at = at
            before.save(update_fields=["ended_at"])
        written.append(
            GuidelineStance.objects.create(
                committee=committee,
                lineage=lineage,
                text_sha256=sha256,
                stance=stance,
                words=kept,
                taken_at=at,
                taken_by_id=actor.user_id,
            )
        )
    if written:
        _note(committee, written, actor, at, on)
    return written


def _note(committee: Committee, written: list[GuidelineStance], actor: Capacity, at: datetime, on: date) -> None:
    taken: dict[str, Any] = {str(row.lineage): str(row.stance) for row in written}
    audit.record(name="med.stances.take", subject=committee, actor=actor, at=at, changes=taken)
    people = [*(seat.user_id for seat in members(committee, on)), *leaders_of_bodies([committee], on)]
    notifications.tell(
        people=[user for user in people if user != actor.user_id],
        key=f"med.stances.{written[-1].pk}",
        kind=Kind.MED,
        title=_("%(body)s has said what it makes of the guidelines") % {"body": committee.name},
        link=reverse("guideline_stances", args=[committee.slug]),
        at=at,
    )
