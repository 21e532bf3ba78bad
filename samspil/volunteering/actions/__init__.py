# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every write about volunteers, by what one does: receive them, let them start, pause, say thank you."""

from samspil.volunteering.actions.changing import choose_tasks, correct_volunteer
from samspil.volunteering.actions.engaging import (
    NewVolunteer,
    activate,
    end_engagement,
    enter_volunteer,
    pause,
    set_contact_person,
)

__all__ = [
    "NewVolunteer",
    "activate",
    "choose_tasks",
    "correct_volunteer",
    "end_engagement",
    "enter_volunteer",
    "pause",
    "set_contact_person",
]
