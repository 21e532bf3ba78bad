# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every write about agreements, by what one does: draft it, discuss it, put it in force."""

from samspil.agreements.actions.covering import set_covered
from samspil.agreements.actions.discussing import decide_boundary, send_to_dialogue, take_back, withdraw
from samspil.agreements.actions.drafting import (
    OwnTask,
    SentPage,
    SentText,
    add_local_principle,
    add_task,
    describe_task,
    open_draft,
    remove_local_principle,
    remove_task,
    save_page,
    set_contact_persons,
    take_over,
)
from samspil.agreements.actions.existing import ExistingAsEntered, SentFile, enter_existing, set_existing_window
from samspil.agreements.actions.no_volunteers import end_no_volunteers, state_no_volunteers
from samspil.agreements.actions.putting_in_force import adopt, put_in_force
from samspil.agreements.actions.reminding import remind_not_begun

__all__ = [
    "ExistingAsEntered",
    "OwnTask",
    "SentFile",
    "SentPage",
    "SentText",
    "add_local_principle",
    "add_task",
    "adopt",
    "decide_boundary",
    "describe_task",
    "end_no_volunteers",
    "enter_existing",
    "open_draft",
    "put_in_force",
    "remind_not_begun",
    "remove_local_principle",
    "remove_task",
    "save_page",
    "send_to_dialogue",
    "set_contact_persons",
    "set_covered",
    "set_existing_window",
    "state_no_volunteers",
    "take_back",
    "take_over",
    "withdraw",
]
