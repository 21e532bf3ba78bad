# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every write about agreements, by what one does: draft it, discuss it, put it in force."""

from samspil.agreements.actions.announcing import announce, object_to
from samspil.agreements.actions.attaching import attach_file, remove_file
from samspil.agreements.actions.commenting import (
    add_comment,
    close_comment_round,
    edit_comment,
    forget_comments,
    open_comment_round,
    prolong_comment_round,
    remove_comment,
    settle_comment,
)
from samspil.agreements.actions.conditions import set_conditions
from samspil.agreements.actions.covering import set_covered
from samspil.agreements.actions.discussing import decide_boundary, send_to_dialogue, take_back, withdraw
from samspil.agreements.actions.dispositions import (
    StandTaken,
    follow_edition,
    retie_local_principle,
    switch_edition,
    take_stand,
    take_stands,
)
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
)
from samspil.agreements.actions.ending import decide_ending, end, give_up_ending, propose_ending
from samspil.agreements.actions.existing import ExistingAsEntered, SentFile, enter_existing, set_existing_window
from samspil.agreements.actions.filing import note_filing
from samspil.agreements.actions.involving import add_involvement, take_out_involvement
from samspil.agreements.actions.leading import end_stand_in, name_stand_in, take_over
from samspil.agreements.actions.no_volunteers import end_no_volunteers, state_no_volunteers
from samspil.agreements.actions.putting_in_force import adopt, put_in_force
from samspil.agreements.actions.reminding import remind_not_begun
from samspil.agreements.actions.stopping import Activity, start_activity, stop_task

__all__ = [
    "Activity",
    "ExistingAsEntered",
    "OwnTask",
    "SentFile",
    "SentPage",
    "SentText",
    "StandTaken",
    "add_comment",
    "add_involvement",
    "add_local_principle",
    "add_task",
    "adopt",
    "announce",
    "attach_file",
    "close_comment_round",
    "decide_boundary",
    "decide_ending",
    "describe_task",
    "edit_comment",
    "end",
    "end_no_volunteers",
    "end_stand_in",
    "enter_existing",
    "follow_edition",
    "forget_comments",
    "give_up_ending",
    "name_stand_in",
    "note_filing",
    "object_to",
    "open_comment_round",
    "open_draft",
    "prolong_comment_round",
    "propose_ending",
    "put_in_force",
    "remind_not_begun",
    "remove_comment",
    "remove_file",
    "remove_local_principle",
    "remove_task",
    "retie_local_principle",
    "save_page",
    "send_to_dialogue",
    "set_conditions",
    "set_contact_persons",
    "set_covered",
    "set_existing_window",
    "settle_comment",
    "start_activity",
    "state_no_volunteers",
    "stop_task",
    "switch_edition",
    "take_back",
    "take_out_involvement",
    "take_over",
    "take_stand",
    "take_stands",
    "withdraw",
]
