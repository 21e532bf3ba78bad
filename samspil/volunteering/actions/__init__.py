# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every write about volunteers, by what one does: receive them, let them start, pause, say thank you."""

from samspil.volunteering.actions.certificates import ask_for_certificate, note_consents, order_certificates
from samspil.volunteering.actions.changing import choose_tasks, correct_volunteer
from samspil.volunteering.actions.engaging import (
    NewVolunteer,
    activate,
    end_engagement,
    enter_volunteer,
    pause,
    set_contact_person,
)
from samspil.volunteering.actions.formalities import answer_facts, decide
from samspil.volunteering.actions.formality_rules import (
    end_rule,
    install_rules,
    remove_insurance_line,
    save_insurance_line,
    save_rule,
)
from samspil.volunteering.actions.reevaluating import begin_reevaluation_of_the_day

__all__ = [
    "NewVolunteer",
    "activate",
    "answer_facts",
    "ask_for_certificate",
    "begin_reevaluation_of_the_day",
    "choose_tasks",
    "correct_volunteer",
    "decide",
    "end_engagement",
    "end_rule",
    "enter_volunteer",
    "install_rules",
    "note_consents",
    "order_certificates",
    "pause",
    "remove_insurance_line",
    "save_insurance_line",
    "save_rule",
    "set_contact_person",
]
