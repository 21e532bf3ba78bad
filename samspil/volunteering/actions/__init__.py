# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every write about volunteers, by what one does: receive them, let them start, pause, say thank you, forget."""

from samspil.volunteering.actions.applying import FirstWord, admit, apply, decline, withdraw
from samspil.volunteering.actions.changing import choose_tasks, correct_volunteer
from samspil.volunteering.actions.ending import note_ending, pause_without_agreement
from samspil.volunteering.actions.engaging import (
    NewVolunteer,
    activate,
    end_engagement,
    enter_volunteer,
    pause,
    set_contact_person,
)
from samspil.volunteering.actions.forgetting import forget, forget_applications, forget_what_is_due, note_reads
from samspil.volunteering.actions.importing import hand_over, import_volunteers, note_gone_through
from samspil.volunteering.actions.merging import merge_volunteers
from samspil.volunteering.actions.messaging import send_message
from samspil.volunteering.actions.own import (
    OwnWords,
    ask_to_be_forgotten,
    correct_own_words,
    decline_task,
    give_own_page,
)
from samspil.volunteering.actions.terms import (
    SaidToAll,
    Shown,
    accept_terms,
    make_terms,
    note_acceptance,
    note_welcome,
    set_common_terms,
)

__all__ = [
    "FirstWord",
    "NewVolunteer",
    "OwnWords",
    "SaidToAll",
    "Shown",
    "accept_terms",
    "activate",
    "admit",
    "apply",
    "ask_to_be_forgotten",
    "choose_tasks",
    "correct_own_words",
    "correct_volunteer",
    "decline",
    "decline_task",
    "end_engagement",
    "enter_volunteer",
    "forget",
    "forget_applications",
    "forget_what_is_due",
    "give_own_page",
    "hand_over",
    "import_volunteers",
    "make_terms",
    "merge_volunteers",
    "note_acceptance",
    "note_ending",
    "note_gone_through",
    "note_reads",
    "note_welcome",
    "pause",
    "pause_without_agreement",
    "send_message",
    "set_common_terms",
    "set_contact_person",
    "withdraw",
]
