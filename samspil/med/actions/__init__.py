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
from samspil.med.actions.meetings import (
    add_item,
    add_meeting,
    call_off_meeting,
    change_item,
    keep_minutes_here,
    move_item,
    open_meeting,
    put_matters_on,
    send_agenda,
    take_off,
)
from samspil.med.actions.minutes import (
    There,
    approve_minutes,
    close_minutes,
    correct_minutes,
    note_attendance,
    record_at_meeting,
    send_agendas_due,
)
from samspil.med.actions.records import record
from samspil.med.actions.settings import change_rhythm, change_settings
from samspil.med.actions.silence import tell_of_silence
from samspil.med.actions.wheel import add_entry, cancel_entry, change_entry, plan_year, say_held
from samspil.med.papers import Attachment, PaperContent, Record, Said, StandingQuestion

__all__ = [
    "Attachment",
    "ConsentFacts",
    "PaperContent",
    "Record",
    "Said",
    "StandingQuestion",
    "There",
    "add_entry",
    "add_item",
    "add_meeting",
    "add_member",
    "approve_minutes",
    "call_off_meeting",
    "cancel_entry",
    "change_entry",
    "change_item",
    "change_rhythm",
    "change_settings",
    "close_minutes",
    "confirm",
    "confirm_by_link",
    "correct_consent",
    "correct_minutes",
    "create_committee",
    "defer",
    "edit_committee",
    "end_membership",
    "import_members",
    "issue_link",
    "keep_minutes_here",
    "make_feed",
    "move_item",
    "note_attendance",
    "open_dialogue",
    "open_framework_dialogue",
    "open_meeting",
    "plan_year",
    "present_again",
    "propose_consent",
    "put_matters_on",
    "record",
    "record_at_meeting",
    "refuse_by_link",
    "refuse_confirmation",
    "rely_on",
    "reopen",
    "revoke_feed",
    "say_held",
    "send_agenda",
    "send_agendas_due",
    "send_on",
    "settle",
    "take_off",
    "take_stances",
    "take_up",
    "tell_of_silence",
    "withdraw_consent",
    "withdraw_dialogue",
]
