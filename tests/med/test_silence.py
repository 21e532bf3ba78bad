# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A record that nobody answers: the secretariat is told and asked, or everybody hears that it counts. Nobody twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samspil.audit.models import Event
from samspil.foundation.capacity import system_capacity
from samspil.med import actions
from samspil.med.queries import todo_for
from samspil.municipalities.actions import close_unit
from samspil.notifications.models import Message
from tests.med.conftest import A, asked_of, gaps

LATE = timedelta(days=15)


@pytest.fixture
def job(cast, on):
    return system_capacity(municipality_id=cast.municipality.pk, on=on + LATE, name="test")


def run(job, on, at, after=LATE):
    return actions.tell_of_silence(actor=job, on=on + after, at=at + after)


def told(ending):
    rows = Message.objects.filter(key__startswith="med.confirmation.", key__endswith=ending)
    return sorted(rows.values_list("recipient__name", "kind"))


def to_settle(cast, on):
    return [todo.key for todo in todo_for(replace(cast.hanne, on=on + LATE)) if todo.key.startswith("med.settle")]


@pytest.mark.requirement("R43.unanswered")
def test_the_secretariat_is_told_and_asked_and_everybody_else_hears_of_it(cast, recorded, job, on, at):
    assert run(job, on, at, timedelta(days=14)) == 0
    assert run(job, on, at) == 1
    assert told(".silence.settle") == [("Hanne Skov", "act")]
    assert told(".silence") == [("Arne Bech", "med"), ("Lene Holm", "med"), ("Tove Krag", "med")]
    assert to_settle(cast, on) == [f"med.settle.{recorded.pk}"]
    assert gaps(recorded, on + LATE) == ["confirmation"]


def test_run_again_it_tells_nobody_twice(cast, recorded, job, on, at):
    run(job, on, at)
    before = Message.objects.count()
    assert (run(job, on, at), run(job, on, at, timedelta(days=40))) == (0, 0)
    assert Message.objects.count() == before
    assert Event.objects.filter(name="med.confirmation.silence").count() == 1


def test_minutes_elsewhere_count_by_silence_and_everybody_hears_it(cast, dialogue, by_minutes, job, on, at):
    actions.record(dialogue=dialogue, record=by_minutes, expected_sha256=A, actor=cast.lene, at=at, on=on)
    assert run(job, on, at) == 1
    assert told(".silence") == [("Arne Bech", "med"), ("Lene Holm", "med"), ("Tove Krag", "med")]
    assert (told(".silence.settle"), to_settle(cast, on), gaps(dialogue, on + LATE)) == ([], [], [])


def test_an_answer_in_time_or_a_new_record_leaves_nothing_to_tell(cast, recorded, dialogue, said, job, on, at):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    assert run(job, on, at) == 0


def test_a_record_that_is_written_anew_is_asked_and_told_anew(cast, recorded, dialogue, said, job, on, at):
    run(job, on, at)
    later = on + LATE
    actions.record(dialogue=dialogue, record=said, expected_sha256=A, actor=cast.lene, at=at + LATE, on=later)
    assert asked_of(dialogue).silence_told_at is None
    assert run(job, on, at, timedelta(days=45)) == 1


def test_what_belongs_to_a_closed_workplace_is_asked_of_nobody(cast, recorded, job, on, at):
    close_unit(unit=cast.solbakken, closed_from=on + timedelta(days=1), succeeded_by=None, actor=cast.hanne, at=at)
    assert run(job, on, at) == 0
    assert to_settle(cast, on) == []
    assert [todo for todo in todo_for(replace(cast.tove, on=on + LATE)) if todo.key.startswith("med.confirm")] == []


def test_a_matter_of_a_closed_workplace_leaves_the_list_of_a_body_that_lives_on(cast, body, dialogue, on, at):
    later = replace(cast.tove, on=on + LATE)
    assert [todo.key for todo in todo_for(later)] == [f"med.discuss.{dialogue.pk}"]
    dialogue.workplace = cast.nordre_skole
    dialogue.save()
    close_unit(unit=cast.nordre_skole, closed_from=on + timedelta(days=1), succeeded_by=None, actor=cast.hanne, at=at)
    assert todo_for(later) == []
