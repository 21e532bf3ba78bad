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
from samspil.volunteering.actions.lanes import (
    agree_with_group,
    cancel_occasion,
    count_group,
    hand_over_role,
    note_occasion,
    note_trial_visit,
    plan_occasion,
    take_role,
)
from samspil.volunteering.actions.partnerships import (
    PartnershipWords,
    confirm_partnership,
    count_partnership,
    decide_partnership,
    draft_partnership,
    end_partnership,
    give_up_partnership,
    propose_partnership,
    take_back_partnership,
    write_partnership,
)

__all__ = [
    "NewVolunteer",
    "PartnershipWords",
    "activate",
    "agree_with_group",
    "cancel_occasion",
    "choose_tasks",
    "confirm_partnership",
    "correct_volunteer",
    "count_group",
    "count_partnership",
    "decide_partnership",
    "draft_partnership",
    "end_engagement",
    "end_partnership",
    "enter_volunteer",
    "give_up_partnership",
    "hand_over_role",
    "note_occasion",
    "note_trial_visit",
    "pause",
    "plan_occasion",
    "propose_partnership",
    "set_contact_person",
    "take_back_partnership",
    "take_role",
    "write_partnership",
]
