# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the contact person is reminded of, and what happens when there is no agreement any more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samspil.agreements.models import InForce, Task
from samspil.foundation.capacity import system_capacity
from samspil.notifications.models import Message
from samspil.volunteering import actions, hourly
from samspil.volunteering.actions import Shown
from samspil.volunteering.models import Engagement
from samspil.volunteering.states import State
from samspil.volunteering.welcome import todo_for
from tests.volunteering.clearing import put_in_place


@pytest.fixture
def active(cast, aase, on, at):
    """Aase has begun today."""
    put_in_place(aase, actor=cast.mia, on=on, at=at)
    return actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)


def keys(capacity, on, days):
    return [todo.key for todo in todo_for(replace(capacity, on=on + timedelta(days=days)))]


@pytest.mark.requirement("R57", "R66")
def test_two_weeks_and_three_months_and_then_nothing_for_each_head(cast, active, on):
    seen = {days: keys(cast.mia, on, days) for days in (0, 13, 14, 80, 93, 170, 190, 400)}

    assert seen == {
        0: [],
        13: [],
        14: ["volunteering.newcomers"],
        80: ["volunteering.newcomers"],
        93: ["volunteering.talks"],
        170: ["volunteering.talks"],
        190: [],
        400: [],
    }
    assert keys(cast.tove, on, 14) == []


@pytest.mark.requirement("R57", "R66")
def test_what_is_noted_is_not_asked_for(cast, active, on, at):
    later = replace(cast.mia, on=on + timedelta(days=100))
    shown = Shown(first_day_on=on, first_month_on=on, talk_on=on + timedelta(days=99))
    actions.note_welcome(engagement=active, shown=shown, actor=later, on=later.on, at=at)

    assert (keys(cast.mia, on, 14), keys(cast.mia, on, 100)) == ([], [])


@pytest.mark.requirement("R56")
def test_changed_tasks_are_a_line_for_the_contact_person_only(cast, active, task, on, at):
    actions.make_terms(engagement=active, actor=cast.mia, on=on, at=at)
    assert keys(cast.mia, on, 0) == []

    Task.objects.filter(lineage=task.lineage).update(when_and_where="Om mandagen")

    assert keys(cast.mia, on, 0) == ["volunteering.ask_again"]
    assert keys(cast.lene, on, 0) == []


@pytest.mark.requirement("R28", "R32")
def test_an_agreement_that_ended_pauses_its_volunteers_once_and_tells_the_leader_without_names(cast, active, on, at):
    system = system_capacity(municipality_id=cast.municipality.pk, on=on, name="test")
    hourly.run(actor=system, on=on, at=at)
    assert Engagement.objects.get().state == State.ACTIVE
    InForce.objects.all().delete()
    before = Message.objects.count()

    hourly.run(actor=system, on=on, at=at)
    hourly.run(actor=system, on=on, at=at)

    found = Engagement.objects.get()
    assert (found.state, found.paused_by, found.paused_on) == (State.PAUSED, "agreement", on)
    told = Message.objects.order_by("pk")[before:]
    assert [(row.recipient_id, "Aase" in row.title) for row in told] == [(cast.lene.person, False)]
