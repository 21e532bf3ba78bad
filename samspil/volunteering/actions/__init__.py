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
from samspil.volunteering.actions.merging import merge_volunteers
from samspil.volunteering.actions.messaging import send_message
from samspil.volunteering.actions.own import (
    OwnWords,
    ask_to_be_forgotten,
    correct_own_words,
    decline_task,
    give_own_page,
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
    "PartnershipWords",
    "SaidToAll",
    "Shown",
    "accept_terms",
    "activate",
    "admit",
    "agree_with_group",
    "answer_facts",
    "apply",
    "ask_for_certificate",
    "ask_to_be_forgotten",
    "begin_reevaluation_of_the_day",
    "cancel_occasion",
    "choose_tasks",
    "confirm_partnership",
    "correct_own_words",
    "correct_volunteer",
    "count_group",
    "count_partnership",
    "decide",
    "decide_partnership",
    "decline",
    "decline_task",
    "draft_partnership",
    "end_engagement",
    "end_partnership",
    "end_rule",
    "enter_volunteer",
    "forget",
    "forget_applications",
    "forget_what_is_due",
    "give_own_page",
    "give_up_partnership",
    "hand_over",
    "hand_over_role",
    "import_volunteers",
    "install_rules",
    "make_terms",
    "merge_volunteers",
    "note_acceptance",
    "note_consents",
    "note_ending",
    "note_gone_through",
    "note_occasion",
    "note_reads",
    "note_trial_visit",
    "note_welcome",
    "order_certificates",
    "pause",
    "pause_without_agreement",
    "plan_occasion",
    "propose_partnership",
    "remove_insurance_line",
    "save_insurance_line",
    "save_rule",
    "send_message",
    "set_common_terms",
    "set_contact_person",
    "take_back_partnership",
    "take_role",
    "withdraw",
    "write_partnership",
]
