# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reminding the workplaces that have not begun."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.agreements.permissions import REMIND
from samspil.agreements.reminders import Round, round_of_reminders
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.municipalities.models import Municipality, Unit
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind


class NobodyToRemindError(Refusal):
    """They have begun, have been reminded already, or have no leader."""


@transaction.atomic
def remind_not_begun(*, workplaces: Collection[Unit], actor: Capacity, at: datetime) -> Round:
    """Tell the leaders of those of the workplaces that have not begun, once in 14 days, in friendly words.

    Raises ``NobodyToRemindError`` where nobody is left to tell.
    """
    REMIND.require(actor)
    municipality = Municipality.objects.select_for_update(no_key=True).get(pk=actor.municipality_id)
    told = round_of_reminders([unit.pk for unit in workplaces], at)
    if not told.reminders:
        raise NobodyToRemindError(
            _("There is nobody to remind now. The workplaces have begun, have no leader, or were reminded lately.")
        )
    for reminder in told.reminders:
        tell(
            people=reminder.leaders,
            key=reminder.key(at),
            kind=Kind.REMINDER,
            title=reminder.title,
            link=reminder.link,
            at=at,
        )
    audit.record(
        name="agreements.reminder.send",
        subject=municipality,
        actor=actor,
        at=at,
        changes={
            "workplaces": [reminder.workplace.pk for reminder in told.reminders],
            "leaders": len(told.leaders),
        },
    )
    return told
