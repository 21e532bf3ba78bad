# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Agendas of a body that writes them here: off by default, in an order that can be changed, sent in time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from samspil.audit.models import Event
from samspil.foundation.capacity import system_capacity
from samspil.foundation.errors import Refusal
from samspil.med import actions
from samspil.med.body_models import WheelEntry
from samspil.med.models import AgendaItem, Meeting
from samspil.med.queries import points_of, stage, title_of, waiting_for
from samspil.med.states import State
from samspil.notifications.models import Message
from tests.med.conftest import fresh
from tests.reads import reads


@pytest.fixture
def here(cast, body, at):
    """LokalMED Solbakken, which writes agenda and minutes here."""
    return actions.keep_minutes_here(committee=body, is_here=True, actor=cast.tove, at=at)


def begin(body, capacity, day, on, at, form="meeting"):
    return actions.add_meeting(committee=body, day=day, form=form, actor=capacity, on=on, at=at)


@pytest.fixture
def meeting(cast, here, dialogue, on, at):
    """A meeting today, with Lene's paper on its agenda."""
    del dialogue
    return begin(here, cast.lene, on, on, at)


def titles(meeting):
    return [point.said["title"] for point in points_of(Meeting.objects.get(pk=meeting.pk))]


def test_a_body_that_writes_elsewhere_sees_none_of_it(cast, body, dialogue, on, at, client_as):
    with pytest.raises(Refusal, match="et andet sted"):
        begin(body, cast.lene, on, on, at)
    client = client_as(cast.mia)
    assert "Dagsordener og referater" not in client.get(reverse("committee", args=[body.slug])).content.decode()
    assert Meeting.objects.count() == 0


def test_who_takes_part_turns_it_on_and_off_and_nothing_that_was_written_is_lost(cast, meeting, here, at):
    with pytest.raises(Refusal):
        actions.keep_minutes_here(committee=here, is_here=False, actor=cast.mia, at=at)
    actions.keep_minutes_here(committee=here, is_here=False, actor=cast.lene, at=at)
    told = list(Event.objects.filter(name="med.committee.minutes_here").values_list("changes", flat=True))
    assert told == [{"is_here": True}, {"is_here": False}]
    assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_what_waits_stands_on_the_agenda_by_itself_and_stays_there_alone(cast, meeting, here, dialogue, on, at):
    assert titles(meeting) == ["Aftale for frivillighed, 1. udgave"]
    assert list(waiting_for(meeting)) == []
    second = begin(here, cast.tove, on + timedelta(days=30), on, at)
    assert titles(second) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(meeting=meeting, dialogue=dialogue, position=9, added_at=at)


def test_a_date_of_the_year_wheel_has_one_agenda_that_moves_with_it(cast, here, on, at):
    entry = actions.add_entry(
        committee=here, kind="meeting", day=on + timedelta(days=30), actor=cast.lene, on=on, at=at
    )
    meeting = actions.open_meeting(entry=entry, actor=cast.tove, at=at)
    assert actions.open_meeting(entry=entry, actor=cast.lene, at=at) == meeting
    moved = actions.change_entry(
        entry=entry, day=on + timedelta(days=35), expected_sequence=0, actor=cast.lene, on=on, at=at
    )
    assert Meeting.objects.get(pk=meeting.pk).on == on + timedelta(days=35)
    actions.cancel_entry(entry=moved, expected_sequence=1, actor=cast.lene, at=at)
    assert stage(Meeting.objects.get(pk=meeting.pk), 0) == ("Aflyst", "neutral")
    with pytest.raises(Refusal, match="ikke er aflyst"):
        actions.open_meeting(entry=_other(here, on, at, cast), actor=cast.lene, at=at)


def _other(body, on, at, cast):
    entry = actions.add_entry(
        committee=body, kind="meeting", day=on + timedelta(days=60), actor=cast.lene, on=on, at=at
    )
    return actions.cancel_entry(entry=entry, expected_sequence=0, actor=cast.lene, at=at)


def test_a_date_cannot_move_onto_another_meeting(cast, here, on, at):
    day = on + timedelta(days=35)
    entry = actions.add_entry(
        committee=here, kind="meeting", day=on + timedelta(days=30), actor=cast.lene, on=on, at=at
    )
    actions.open_meeting(entry=entry, actor=cast.lene, at=at)
    begin(here, cast.lene, day, on, at)
    with pytest.raises(Refusal, match="allerede"):
        actions.change_entry(entry=entry, day=day, expected_sequence=0, actor=cast.lene, on=on, at=at)
    assert WheelEntry.objects.get(pk=entry.pk).on == on + timedelta(days=30)


@pytest.mark.parametrize("who", ["lene", "tove", "arne", "hanne"])
def test_chair_deputy_members_and_secretariat_put_points_on_and_move_them(cast, meeting, at, who):
    actor = getattr(cast, who)
    item = actions.add_item(meeting=meeting, title="Sommerfest", text="", actor=actor, at=at)
    actions.move_item(item=item, is_up=True, actor=actor, at=at)
    assert titles(meeting) == ["Sommerfest", "Aftale for frivillighed, 1. udgave"]
    actions.move_item(item=item, is_up=True, actor=actor, at=at)
    actions.move_item(item=item, is_up=False, actor=actor, at=at)
    assert titles(meeting) == ["Aftale for frivillighed, 1. udgave", "Sommerfest"]
    actions.take_off(item=item, actor=actor, at=at)
    assert titles(meeting) == ["Aftale for frivillighed, 1. udgave"]


@pytest.mark.parametrize("who", ["mia", "ole", "dorte", "karim"])
def test_nobody_else_does(cast, meeting, at, who):
    with pytest.raises(Refusal):
        actions.add_item(meeting=meeting, title="Sommerfest", text="", actor=getattr(cast, who), at=at)


def test_a_matter_taken_off_waits_for_the_next_meeting(cast, meeting, dialogue, at):
    actions.take_off(item=meeting.items.get(), actor=cast.lene, at=at)
    assert [one.pk for one in waiting_for(meeting)] == [dialogue.pk]
    assert fresh(dialogue).state == State.WAITING
    assert actions.put_matters_on(meeting=meeting, actor=cast.lene, at=at) == 1
    assert title_of(meeting.items.get()) == "Aftale for frivillighed, 1. udgave"


@pytest.mark.parametrize(("days", "stands"), [(None, True), (10, True), (40, False)])
def test_a_matter_that_was_put_off_comes_back_when_its_day_has_come(cast, here, dialogue, on, at, days, stands):
    until = on + timedelta(days=days) if days else None
    actions.defer(dialogue=dialogue, reason="AMR er syg.", until=until, actor=cast.tove, at=at, on=on)
    meeting = begin(here, cast.lene, on + timedelta(days=20), on, at)
    assert meeting.items.exists() is stands
    assert fresh(dialogue).state == (State.WAITING if stands else State.DEFERRED)


def test_two_cannot_write_over_each_other_in_a_point(cast, meeting, at):
    item = actions.add_item(meeting=meeting, title="Sommerfest", text="", actor=cast.lene, at=at)
    words = {"title": "Sommerfest", "text": "", "expected_revision": 1, "at": at}
    actions.change_item(item=item, conclusion="I juni.", actor=cast.lene, **words)
    with pytest.raises(Refusal, match="siden du åbnede"):
        actions.change_item(item=item, conclusion="I maj.", actor=cast.tove, **words)
    assert AgendaItem.objects.get(pk=item.pk).conclusion == "I juni."
    with pytest.raises(Refusal, match="hører til i referatet"):
        actions.take_off(item=item, actor=cast.lene, at=at)


def told(meeting, start):
    rows = Message.objects.filter(key__startswith=f"med.meeting.{meeting.pk}.{start}")
    return sorted(rows.values_list("recipient__name", flat=True))


def test_the_members_are_told_by_hand_or_when_the_day_comes_and_once(cast, here, dialogue, on, at):
    job = system_capacity(municipality_id=cast.municipality.pk, on=on, name="test")
    meeting = begin(here, cast.lene, on + timedelta(days=20), on, at)
    assert actions.send_agendas_due(actor=job, on=on + timedelta(days=12), at=at) == 0
    assert actions.send_agendas_due(actor=job, on=on + timedelta(days=13), at=at) == 1
    assert actions.send_agendas_due(actor=job, on=on + timedelta(days=13), at=at) == 0
    assert told(meeting, "agenda") == ["Arne Bech", "Lene Holm", "Tove Krag"]
    later = at + timedelta(days=14)
    actions.send_agenda(meeting=meeting, actor=cast.lene, on=on, at=later)
    assert told(meeting, "agenda") == ["Arne Bech", "Arne Bech", "Lene Holm", "Tove Krag", "Tove Krag"]


def test_nothing_is_sent_of_an_empty_agenda_a_meeting_called_off_or_one_that_is_over(cast, here, on, at):
    job = system_capacity(municipality_id=cast.municipality.pk, on=on, name="test")
    empty = begin(here, cast.lene, on + timedelta(days=2), on, at)
    assert actions.send_agendas_due(actor=job, on=on, at=at) == 0
    with pytest.raises(Refusal, match="mindst ét punkt"):
        actions.send_agenda(meeting=empty, actor=cast.lene, on=on, at=at)
    actions.add_item(meeting=empty, title="Sommerfest", text="", actor=cast.lene, at=at)
    actions.call_off_meeting(meeting=empty, actor=cast.lene, at=at)
    assert actions.send_agendas_due(actor=job, on=on, at=at) == 0
    over = begin(here, cast.lene, on - timedelta(days=2), on, at)
    actions.add_item(meeting=over, title="Sommerfest", text="", actor=cast.lene, at=at)
    assert actions.send_agendas_due(actor=job, on=on, at=at) == 0


def test_whoever_had_the_agenda_is_told_when_it_is_called_off(cast, here, dialogue, on, at):
    meeting = begin(here, cast.lene, on + timedelta(days=2), on, at)
    actions.send_agenda(meeting=meeting, actor=cast.lene, on=on, at=at)
    actions.call_off_meeting(meeting=meeting, actor=cast.lene, at=at)
    assert told(meeting, "called_off") == ["Arne Bech", "Tove Krag"]
    begin(here, cast.lene, on + timedelta(days=2), on, at)


def test_conclusions_are_not_shown_to_colleagues_before_the_minutes_are_closed(cast, meeting, at, client_as):
    item = actions.add_item(meeting=meeting, title="Sommerfest", text="Hvor?", actor=cast.lene, at=at)
    actions.change_item(
        item=item, title="Sommerfest", text="Hvor?", conclusion="I haven.", expected_revision=1, actor=cast.lene, at=at
    )
    url = reverse("meeting", args=[meeting.pk])
    colleague, member = (client_as(who).get(url).content.decode() for who in (cast.mia, cast.arne))
    assert ("Hvor?" in colleague, "I haven." in colleague) == (True, False)
    assert ("Hvor?" in member, "I haven." in member) == (True, True)
    assert client_as(cast.frida).get(url).status_code == 404


def test_a_page_takes_the_same_few_queries_for_two_points_as_for_ten(cast, meeting, here, at, client_as):
    def count():
        return reads(client_as(cast.tove), reverse("meeting", args=[meeting.pk]))

    few = count()
    for number in range(9):
        actions.add_item(meeting=meeting, title=f"Punkt {number}", text="", actor=cast.lene, at=at)
    assert count() == few
    assert few <= 4 + 10  # the middleware's, and the page's own
