# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every write about volunteers, by what one does: receive them, let them start, pause, say thank you, forget."""

from samspil.volunteering.actions.applying import FirstWord, admit, apply, decline, withdraw
from samspil.volunteering.actions.certificates import ask_for_certificate, note_consents, order_certificates
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
from samspil.volunteering.actions.formalities import answer_facts, decide
from samspil.volunteering.actions.formality_rules import (
    end_rule,
    install_rules,
    remove_insurance_line,
    save_insurance_line,
    save_rule,
)
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
from samspil.volunteering.actions.reevaluating import begin_reevaluation_of_the_day
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
    "answer_facts",
    "apply",
    "ask_for_certificate",
    "ask_to_be_forgotten",
    "begin_reevaluation_of_the_day",
    "choose_tasks",
    "correct_own_words",
    "correct_volunteer",
    "decide",
    "decline",
    "decline_task",
    "end_engagement",
    "end_rule",
    "enter_volunteer",
    "forget",
    "forget_applications",
    "forget_what_is_due",
    "give_own_page",
    "hand_over",
    "import_volunteers",
    "install_rules",
    "make_terms",
    "merge_volunteers",
    "note_acceptance",
    "note_consents",
    "note_ending",
    "note_gone_through",
    "note_reads",
    "note_welcome",
    "order_certificates",
    "pause",
    "pause_without_agreement",
    "remove_insurance_line",
    "save_insurance_line",
    "save_rule",
    "send_message",
    "set_common_terms",
    "set_contact_person",
    "withdraw",
]
