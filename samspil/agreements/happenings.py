# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What happened to one version, for the timeline beside its text."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements.models import AgreementVersion
from samspil.agreements.states import State
from samspil.med.models import Dialogue


@dataclass(frozen=True)
class Happening:
    """A line of the timeline."""

    at: date
    text: str


def timeline(version: AgreementVersion) -> list[Happening]:
    """Return what happened to the version, oldest first: begun, discussed, decided, in force, superseded."""

    def day(moment: datetime) -> date:
        return timezone.localdate(moment)

    lines = [Happening(day(version.created_at), _("The draft was begun"))]
    dialogue: Dialogue | None = version.dialogue
    if dialogue is not None and version.state not in {State.DRAFT, State.WITHDRAWN}:
        lines.append(Happening(day(dialogue.opened_at), _("Sent to %(body)s") % {"body": dialogue.committee.name}))
        further = version.discussion
        if further is not None and further.pk != dialogue.pk:
            lines.append(Happening(day(further.opened_at), _("Sent on to %(body)s") % {"body": further.committee.name}))
            if further.held_on is not None:
                lines.append(Happening(further.held_on, _("Discussed with MED")))
        if dialogue.held_on is not None:
            lines.append(Happening(dialogue.held_on, _("Discussed with MED")))
    if version.announced_at is not None and version.announced_to is not None:
        words = _("Announced to %(body)s: nothing but words is changed") % {"body": version.announced_to.name}
        lines.append(Happening(day(version.announced_at), words))
    if version.adopted_at is not None:
        lines.append(Happening(day(version.adopted_at), _("Decided by the leader")))
    if version.in_force_from is not None and version.state in {State.IN_FORCE, State.SUPERSEDED, State.ENDED}:
        lines.append(Happening(version.in_force_from, _("In force")))
    if version.in_force_until is not None:
        words = _("Ended") if version.state == State.ENDED else _("Superseded by a new version")
        lines.append(Happening(version.in_force_until, words))
    return sorted(lines, key=lambda line: line.at)
