# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every write about volunteers, by what one does: receive them, let them start, pause, say thank you."""

from samspil.volunteering.actions.applying import FirstWord, admit, apply, decline, withdraw
from samspil.volunteering.actions.changing import choose_tasks, correct_volunteer
from samspil.volunteering.actions.engaging import (
    NewVolunteer,
    activate,
    end_engagement,
    enter_volunteer,
    pause,
    set_contact_person,
)
from samspil.volunteering.actions.importing import hand_over, import_volunteers, note_gone_through
from samspil.volunteering.actions.merging import merge_volunteers
from samspil.volunteering.actions.messaging import send_message

__all__ = [
    "FirstWord",
    "NewVolunteer",
    "activate",
    "admit",
    "apply",
    "choose_tasks",
    "correct_volunteer",
    "decline",
    "end_engagement",
    "enter_volunteer",
    "hand_over",
    "import_volunteers",
    "merge_volunteers",
    "note_gone_through",
    "pause",
    "send_message",
    "set_contact_person",
    "withdraw",
]
