# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who was heard about the agreement, and when: MED first, and everybody else who was asked (R55)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from samspil.agreements import questions
from samspil.agreements.models import Agreement, Involvement
from samspil.agreements.queries import versions_of
from samspil.agreements.rare_parts import may_have
from samspil.med.states import HELD

LONG_AGO = timedelta(days=366)
"""After more than a year there is a friendly note; nothing waits for it."""


@dataclass(frozen=True)
class Heard:
    """A line: who was heard on a day. ``row`` is None for a dialogue, which stands with its own record."""

    on: date
    title: str
    row: Involvement | None = None


def heard_about(agreement: Agreement) -> list[Heard]:
    """Return everybody who was heard about the agreement, newest first; one query beside the versions."""
    versions = versions_of(agreement.workplace_id)
    held = {
        dialogue.pk: Heard(dialogue.held_on, _("Discussed with MED: %(body)s") % {"body": dialogue.committee.name})
        for version in versions
        for dialogue in (version.dialogue, version.discussion)
        if dialogue is not None and dialogue.held_on is not None and dialogue.state in HELD
    }
    rows = standing_rows(agreement) if not versions or may_have(versions[0], Involvement) else []
    others = [Heard(row.heard_on, row.words, row) for row in rows]
    return sorted([*held.values(), *others], key=lambda line: line.on, reverse=True)


def standing_rows(agreement: Agreement) -> list[Involvement]:
    """Return the rows that nobody has taken out."""
    return questions.involvements(agreement.pk)


def is_long_ago(heard: list[Heard], on: date) -> bool:
    """Whether the last time anybody was heard is more than a year ago; no for those whom nobody has heard yet."""
    return bool(heard) and heard[0].on < on - LONG_AGO
