# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the clock brings to volunteers; it can run as often as one likes, and late."""

from datetime import date, datetime

from samspil.foundation.capacity import Capacity
from samspil.volunteering import actions
from samspil.volunteering.actions.formality_rules import ensure_rules
from samspil.volunteering.models import Engagement


def run(*, actor: Capacity, on: date, at: datetime) -> None:
    """Pause those whose workplace has no agreement any more, forget those whose day has come, and go over formalities."""
    actions.pause_without_agreement(actor=actor, on=on, at=at)
    actions.forget_what_is_due(actor=actor, on=on, at=at)
    if Engagement.objects.exists():
        ensure_rules(on=on, at=at)
    actions.begin_reevaluation_of_the_day(on=on, at=at)
