# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every body discusses the framework in force: due until it is written down, and in the way of nothing (R5)."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from samspil.config.story import publish_model_framework
from samspil.foundation.errors import Refusal
from samspil.frameworks import actions as frameworks
from samspil.frameworks.models import Element, FrameworkVersion, Kind
from samspil.frameworks.queries import standing_questions
from samspil.med import actions
from samspil.med.models import Dialogue, Function, Side
from samspil.med.queries import framework_dialogues_due, framework_line, framework_lines, guidelines, todo_for
from samspil.med.states import State
from samspil.municipalities.actions import close_unit
from samspil.notifications.models import Message
from tests.med.conftest import seat, what_was_said
from tests.reads import reads


@pytest.fixture
def framework(cast, on, at):
    return publish_model_framework(administrator=cast.hanne, on=on, at=at)


@pytest.fixture
def wave(cast, framework, on, at):
    """Ældre og Sundhed begins in ten days and has until the sixtieth."""
    del framework
    days = {"starts_on": on + timedelta(days=10), "deadline": on + timedelta(days=60)}
    made = frameworks.add_wave(name="Første", **days, actor=cast.hanne, at=at, on=on)
    frameworks.choose_wave_units(
        wave=made, add=[cast.elderly], remove=[], expected_revision=1, actor=cast.hanne, at=at, on=on
    )
    return made


def fetch(cast, body, on, at):
    return actions.open_framework_dialogue(committee=body, actor=cast.lene, at=at, on=on)


def hold(cast, body, on, at, **changed):
    dialogue = fetch(cast, body, on, at)
    said = replace(what_was_said(body, on), answers={}, **changed)
    sha256 = dialogue.current_paper.sha256
    return actions.record(dialogue=dialogue, record=said, expected_sha256=sha256, actor=cast.lene, at=at, on=on)


def publish(cast, draft, in_force_from, on, at):
    frameworks.publish_version(
        version=draft, in_force_from=in_force_from, predecessor_until=in_force_from, actor=cast.hanne, at=at, on=on
    )


def due(on):
    return [line.committee.name for line in framework_dialogues_due(on)]


@pytest.mark.requirement("R5.due")
def test_an_edition_makes_it_due_in_every_body_until_it_is_written_down(cast, body, staff_meeting, on, at):
    assert due(on) == []
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    assert due(on) == ["LokalMED Solbakken", "Personalemøde Nordre Skole"]

    fetch(cast, body, on, at)
    assert due(on) == ["LokalMED Solbakken", "Personalemøde Nordre Skole"]
    hold(cast, body, on, at)
    assert due(on) == ["Personalemøde Nordre Skole"]


@pytest.mark.requirement("R5.due")
def test_a_body_formed_later_has_it_too(cast, body, framework, on, at):
    hold(cast, body, on, at)
    actions.create_committee(name="LokalMED Nord", units=[cast.nordre_skole], actor=cast.hanne, at=at)
    assert due(on) == ["LokalMED Nord"]


@pytest.mark.requirement("R5.due")
def test_the_next_edition_makes_it_due_again_on_its_day(cast, body, framework, on, at):
    hold(cast, body, on, at)
    draft = frameworks.copy_version(version=framework, actor=cast.hanne, at=at)
    later = on + timedelta(days=30)
    publish(cast, draft, later, on, at)
    assert (due(on), due(later)) == ([], ["LokalMED Solbakken"])


@pytest.mark.requirement("R5.waves")
def test_nothing_is_asked_before_the_wave_and_nobody_is_late_before_its_deadline(cast, body, wave, on):
    line = framework_line(body, on)
    days = [on, wave.starts_on, wave.deadline, wave.deadline + timedelta(days=1)]

    assert (line.starts_on, line.deadline) == (wave.starts_on, wave.deadline)
    assert [line.is_asked(day) for day in days] == [False, True, True, True]
    assert [line.is_late(day) for day in days] == [False, False, False, True]


def test_without_a_wave_it_is_asked_at_once_and_never_late(body, framework, on):
    line = framework_line(body, on)
    assert (line.is_asked(on), line.deadline, line.is_late(on + timedelta(days=900))) == (True, None, False)


def test_a_body_whose_units_are_all_closed_is_asked_nothing(cast, body, framework, on, at):
    close_unit(unit=cast.solbakken, closed_from=on, succeeded_by=None, actor=cast.hanne, at=at)
    assert due(on) == []


# The paper ----------------------------------------------------------------------------------------


def test_the_paper_makes_itself_from_the_edition(cast, body, framework, on, at):
    dialogue = fetch(cast, body, on, at)

    paper = dialogue.current_paper
    principles = [element.text for element in Element.objects.filter(version=framework, kind=Kind.PRINCIPLE)]
    assert (dialogue.framework, dialogue.occasion, paper.sha256) == (framework, "framework", framework.content_sha256)
    assert list(paper.body["attachments"][0]["blocks"][0]["items"]) == principles
    assert paper.body["guidelines"] == [element.text for element in guidelines(framework)]
    asked = [item["question"] for item in paper.standing_questions]
    assert asked == [element.standing_question for element in standing_questions(framework)]
    assert [attachment["title"] for attachment in paper.body["attachments"]] == ["De fælles principper"]


def test_the_paper_says_what_has_changed_since_the_edition_before(cast, body, framework, on, at):
    draft = frameworks.copy_version(version=framework, actor=cast.hanne, at=at)
    first = Element.objects.filter(version=draft, kind=Kind.PRINCIPLE).first()
    Element.objects.filter(pk=first.pk).update(text="Helt nye ord.")
    said = frameworks.Explanation(fate="substantive", reason="Det manglede.")
    frameworks.explain_change(
        version=draft, lineage=first.lineage, said=said, expected_revision=draft.revision, actor=cast.hanne, at=at
    )
    old = fetch(cast, body, on, at)
    publish(cast, draft, on + timedelta(days=1), on, at)

    dialogue = fetch(cast, body, on + timedelta(days=1), at)

    title, blocks = (dialogue.current_paper.body["attachments"][1][key] for key in ("title", "blocks"))
    assert title == "Hvad er ændret siden 1. udgave"
    assert [block["text"] for block in blocks] == ["Ny ordlyd", ""]
    assert list(blocks[1]["items"]) == [f"Helt nye ord. (før: {first.text})"]
    old.refresh_from_db()
    assert old.state == State.WITHDRAWN


def test_the_paper_is_made_once_and_both_sides_are_told(cast, body, framework, on, at):
    first, second = fetch(cast, body, on, at), fetch(cast, body, on, at)

    assert first == second
    told = Message.objects.filter(key=f"med.dialogue.{first.pk}.opened").values_list("recipient__name", flat=True)
    assert set(told) == {"Tove Krag", "Arne Bech"}


def test_who_does_not_belong_to_the_body_fetches_no_paper(cast, body, framework, on, at):
    for stranger in (cast.mia, cast.ole, cast.hanne, cast.dorte, cast.frida):
        with pytest.raises(Refusal):
            actions.open_framework_dialogue(committee=body, actor=stranger, at=at, on=on)


def test_without_a_framework_there_is_nothing_to_fetch(cast, body, on, at):
    with pytest.raises(Refusal, match="ingen værdiramme"):
        fetch(cast, body, on, at)


def test_every_body_discusses_the_framework_itself(cast, body, framework, on, at):
    dialogue = fetch(cast, body, on, at)
    actions.create_committee(name="OmrådeMED", units=[cast.elderly], actor=cast.hanne, at=at)
    with pytest.raises(Refusal, match="drøfter selv værdirammen"):
        actions.send_on(dialogue=dialogue, reason="Videre", actor=cast.lene, at=at)


@pytest.mark.parametrize("occasion", ["framework", "change"])
def test_a_dialogue_about_the_framework_points_to_its_edition(cast, body, framework, at, occasion):
    version = None if occasion == "framework" else framework
    with pytest.raises(IntegrityError), transaction.atomic():
        Dialogue.objects.create(committee=body, occasion=occasion, framework=version, opened_at=at)


# What people see ----------------------------------------------------------------------------------


def test_chair_and_deputy_have_one_line_from_the_start_of_the_wave(cast, body, wave, on):
    assert [[todo.key for todo in todo_for(somebody)] for somebody in (cast.lene, cast.tove)] == [[], []]

    def lines(capacity):
        return [(todo.title, todo.due) for todo in todo_for(replace(capacity, on=wave.starts_on))]

    line = ("Drøft værdirammen, 1. udgave, i LokalMED Solbakken", wave.deadline)
    assert [lines(cast.lene), lines(cast.tove), lines(cast.arne)] == [[line], [line], []]


def test_the_leader_puts_it_before_a_staff_meeting_and_the_contact_is_asked_too(cast, staff_meeting, framework):
    assert [[todo.title for todo in todo_for(one)] for one in (cast.ole, cast.mia)] == [
        ["Drøft værdirammen, 1. udgave, i Personalemøde Nordre Skole"]
    ] * 2


def test_once_the_paper_is_there_the_usual_line_takes_over(cast, body, framework, on, at):
    dialogue = fetch(cast, body, on, at)
    assert [todo.key for todo in todo_for(cast.tove)] == [f"med.discuss.{dialogue.pk}"]
    hold(cast, body, on, at)
    assert [todo.key.rpartition(".")[0] for todo in todo_for(cast.tove)] == ["med.confirm"]


def test_the_page_fetches_the_paper_or_goes_straight_to_the_record(cast, body, framework, client_as):
    client, page = client_as(cast.tove), reverse("framework_dialogue", args=[body.slug])
    assert "1. udgave har været i kraft siden 23. november 2026 og skal drøftes én gang." in unescape(
        client.get(page).content.decode()
    )

    answer = client.post(reverse("open_framework_dialogue", args=[body.slug]), {"then": "referer"})

    dialogue = Dialogue.objects.get(framework=framework)
    assert answer["Location"] == reverse("record_dialogue", args=[dialogue.pk])
    again = client.post(reverse("open_framework_dialogue", args=[body.slug]), {"then": "sag"})
    assert again["Location"] == reverse("dialogue", args=[dialogue.pk])
    assert client.get(again["Location"]).status_code == 200


def test_a_framework_dialogue_is_confirmed_like_any_other(cast, body, framework, on, at):
    dialogue = hold(cast, body, on, at)
    actions.confirm(dialogue=dialogue, actor=cast.tove, at=at, on=on)
    dialogue.refresh_from_db()
    assert dialogue.state == State.CONCLUDED


@pytest.mark.requirement("R27.conclusion")
def test_the_conclusion_is_told_to_both_sides_and_to_the_leaders_of_what_the_body_covers(cast, body, framework, on, at):
    actions.edit_committee(
        committee=body,
        name=body.name,
        level="",
        units=[cast.solbakken, cast.nordre_skole],
        actor=cast.hanne,
        at=at,
    )
    dialogue = hold(cast, body, on, at)

    actions.confirm(dialogue=dialogue, actor=cast.tove, at=at, on=on)

    told = Message.objects.filter(key__startswith="med.confirmation.", key__endswith=".confirmed")
    assert set(told.values_list("recipient__name", flat=True)) == {"Lene Holm", "Arne Bech", "Ole Munk"}


def test_the_lines_cost_the_same_however_many_bodies(cast, body, wave, on, at, client_as, django_assert_num_queries):
    page = reverse("committee", args=[body.slug])
    few = reads(client_as(cast.hanne), page)
    with django_assert_num_queries(5):
        framework_lines(on)
    upper = actions.create_committee(name="Nord", units=[cast.nordre_skole], actor=cast.hanne, at=at)
    seat(upper, cast.ole, Side.MANAGEMENT, Function.CHAIR, by=cast.hanne, at=at)
    with django_assert_num_queries(5):
        framework_lines(on)
    assert reads(client_as(cast.hanne), page) == few
    assert FrameworkVersion.objects.count() == 1
