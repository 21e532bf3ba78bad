# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whether a planned evaluation was held follows from what was written down around its day; it stops nothing (R62)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samspil.audit.models import Event
from samspil.foundation.errors import Refusal
from samspil.med import actions
from samspil.med.models import Dialogue
from samspil.med.queries import entries_of, todo_for, wheel_gaps
from tests.med.conftest import A, what_was_said

DAYS = 60


@pytest.fixture
def evaluation(cast, body, on, at):
    """An evaluation 60 days ahead, and the next one a year after it."""
    found = actions.add_entry(
        committee=body, kind="evaluation", day=on + timedelta(days=DAYS), actor=cast.lene, on=on, at=at
    )
    actions.add_entry(
        committee=body, kind="evaluation", day=on + timedelta(days=DAYS + 365), actor=cast.lene, on=on, at=at
    )
    return found


def codes(body, on, days):
    return [gap.code for gap in wheel_gaps(body, entries_of(body), on + timedelta(days=days))]


@pytest.mark.requirement("R62.flagged")
def test_one_that_nothing_shows_is_told_a_month_after_its_day(body, evaluation, on):
    assert [codes(body, on, days) for days in (0, DAYS, DAYS + 31, DAYS + 32)] == [[], [], [], ["evaluation_unheld"]]


@pytest.mark.parametrize(("apart", "expected"), [(-31, []), (31, []), (-32, ["evaluation_unheld"])])
def test_a_discussion_around_the_day_shows_that_it_was_held(cast, body, evaluation, paper, on, at, apart, expected):
    dialogue = actions.open_dialogue(committee=body, occasion="change", paper=paper, actor=cast.lene, at=at)
    day = evaluation.on + timedelta(days=apart)
    said = what_was_said(body, day)
    actions.record(dialogue=dialogue, record=said, expected_sha256=A, actor=cast.lene, at=at, on=day)
    assert codes(body, on, DAYS + 40) == expected


def test_closed_minutes_around_the_day_show_it(cast, body, evaluation, on, at):
    day = evaluation.on - timedelta(days=10)
    actions.keep_minutes_here(committee=body, is_here=True, actor=cast.lene, at=at)
    meeting = actions.add_meeting(committee=body, day=day, form="meeting", actor=cast.lene, on=day, at=at)
    item = actions.add_item(meeting=meeting, title="Evaluering", text="", actor=cast.lene, at=at)
    actions.change_item(
        item=item, title="Evaluering", text="", conclusion="Går godt.", expected_revision=1, actor=cast.lene, at=at
    )
    assert codes(body, on, DAYS + 40) == ["evaluation_unheld"]
    there = actions.There(people=[cast.lene.user_id, cast.tove.user_id])
    actions.note_attendance(meeting=meeting, there=there, actor=cast.lene, at=at)
    actions.close_minutes(meeting=meeting, actor=cast.lene, at=at, on=day)
    assert codes(body, on, DAYS + 40) == []


def test_a_body_with_its_minutes_elsewhere_says_so_itself(cast, body, evaluation, on, at):
    with pytest.raises(Refusal, match="hvis dag er kommet"):
        actions.say_held(entry=evaluation, actor=cast.tove, on=on, at=at)
    later = evaluation.on
    with pytest.raises(Refusal):
        actions.say_held(entry=evaluation, actor=cast.mia, on=later, at=at)
    actions.say_held(entry=evaluation, actor=cast.tove, on=later, at=at)
    actions.say_held(entry=evaluation, actor=cast.tove, on=later, at=at)
    assert codes(body, on, DAYS + 40) == []
    assert Event.objects.filter(name="med.wheel.held").count() == 1


def test_it_stands_in_small_on_the_members_home_and_blocks_nothing(cast, body, evaluation, paper, on, at):
    later = on + timedelta(days=DAYS + 40)
    keys = {(todo.key, todo.is_quiet) for todo in todo_for(replace(cast.tove, on=later))}
    assert (f"med.evaluation.{body.pk}.evaluation_unheld", True) in keys
    assert not [todo for todo in todo_for(replace(cast.mia, on=later)) if "evaluation" in todo.key]
    actions.open_dialogue(committee=body, occasion="change", paper=paper, actor=cast.lene, at=at)
    assert Dialogue.objects.count() == 1


def test_the_next_one_stands_where_it_stood_when_this_one_is_moved(cast, body, evaluation, on, at):
    first, second = entries_of(body)
    actions.change_entry(
        entry=first, day=first.on + timedelta(days=20), expected_sequence=0, actor=cast.tove, on=on, at=at
    )
    moved, same = entries_of(body)
    assert (moved.on, moved.due_on, same.on) == (first.on + timedelta(days=20), first.on, second.on)
