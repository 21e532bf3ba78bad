# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Writes about the bodies, their dialogues and the employee side's word."""

from samspil.med.actions.committees import add_member, create_committee, edit_committee, end_membership
from samspil.med.actions.confirmations import (
    confirm,
    confirm_by_link,
    issue_link,
    refuse_by_link,
    refuse_confirmation,
    settle,
)
from samspil.med.actions.consents import ConsentFacts, correct_consent, propose_consent, withdraw_consent
from samspil.med.actions.dialogues import open_dialogue, present_again, rely_on, reopen, withdraw_dialogue
from samspil.med.actions.feeds import make_feed, revoke_feed
from samspil.med.actions.framework_dialogues import open_framework_dialogue, take_stances
from samspil.med.actions.importing import import_members
from samspil.med.actions.life import defer, send_on, take_up
from samspil.med.actions.records import record
from samspil.med.actions.settings import change_rhythm, change_settings
from samspil.med.actions.wheel import add_entry, cancel_entry, change_entry, plan_year
from samspil.med.papers import Attachment, PaperContent, Record, Said, StandingQuestion

__all__ = [
    "Attachment",
    "ConsentFacts",
    "PaperContent",
    "Record",
    "Said",
    "StandingQuestion",
    "add_entry",
    "add_member",
    "cancel_entry",
    "change_entry",
    "change_rhythm",
    "change_settings",
    "confirm",
    "confirm_by_link",
    "correct_consent",
    "create_committee",
    "defer",
    "edit_committee",
    "end_membership",
    "import_members",
    "issue_link",
    "make_feed",
    "open_dialogue",
    "open_framework_dialogue",
    "plan_year",
    "present_again",
    "propose_consent",
    "record",
    "refuse_by_link",
    "refuse_confirmation",
    "rely_on",
    "reopen",
    "revoke_feed",
    "send_on",
    "settle",
    "take_stances",
    "take_up",
    "withdraw_consent",
    "withdraw_dialogue",
]
