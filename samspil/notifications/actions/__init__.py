# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every write about telling: the message, the choice of its reader, the e-mail."""

from samspil.notifications.actions.choosing import choose_mail, switch_mail_off, switch_mail_on
from samspil.notifications.actions.forgetting import forget_messages, forget_recipient
from samspil.notifications.actions.mailing import (
    claim,
    forget_old_deliveries,
    note_outcome,
    plan_weekly_mail,
    postpone_while_closed,
    take_up_lost,
    try_again,
)
from samspil.notifications.actions.telling import mark_read, tell

__all__ = [
    "choose_mail",
    "claim",
    "forget_messages",
    "forget_old_deliveries",
    "forget_recipient",
    "mark_read",
    "note_outcome",
    "plan_weekly_mail",
    "postpone_while_closed",
    "switch_mail_off",
    "switch_mail_on",
    "take_up_lost",
    "tell",
    "try_again",
]
