# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from dataclasses import replace
from datetime import timedelta

import pytest

from samspil.med import actions, queries
from samspil.med.models import Dialogue, Function, Side
from samspil.med.papers import plain_text
from samspil.municipalities.queries import working_days_later
from tests.med.conftest import seat

A = "a" * 64


def fresh(dialogue):
    return queries.read_whole(queries.with_committee(Dialogue.objects.all()).get(pk=dialogue.pk))


def keys(capacity):
    return [todo.key.rpartition(".")[0] for todo in queries.todo_for(capacity)]


def test_the_nearest_body_speaks_for_a_unit(cast, body, at, on):
    above = actions.create_committee(name="Hovedudvalg", units=[cast.top], actor=cast.hanne, at=at)
    assert queries.body_for(cast.solbakken, on) == body
    assert queries.body_for(cast.elderly, on) == above
    assert queries.body_for(cast.nordre_skole, on) == above


def test_a_unit_without_any_body_has_none(cast, body, on):
    assert queries.body_for(cast.solbakken, on) == body
    assert queries.body_for(cast.nordre_skole, on) is None


def test_the_employee_side_of_a_staff_meeting_is_its_contact(cast, body, staff_meeting, on):
    assert [one.user_id for one in queries.employee_side(staff_meeting, on)] == [cast.mia.user_id]
    assert {one.user_id for one in queries.employee_side(body, on)} == {cast.tove.user_id, cast.arne.user_id}


def test_the_deputy_chair_or_a_union_representative_speaks_for_minutes(cast, body, on):
    assert [one.user_id for one in queries.spokespersons(body, on)] == [cast.tove.user_id]
    for one in body.memberships.filter(user_id=cast.tove.user_id):
        one.until = on - timedelta(days=1)
        one.save()
    assert [one.user_id for one in queries.spokespersons(body, on)] == [cast.arne.user_id]


def test_what_a_body_lacks_is_said(cast, at, on):
    committee = actions.create_committee(name="LokalMED", units=[cast.solbakken], actor=cast.lene, at=at)
    assert [item.code for item in queries.sides_missing(committee, on)] == ["management", "employees"]
    seat(committee, cast.lene, Side.MANAGEMENT, Function.CHAIR, by=cast.lene, at=at)
    seat(committee, cast.tove, Side.EMPLOYEES, Function.DEPUTY, by=cast.lene, at=at)
    assert queries.sides_missing(committee, on) == []


@pytest.mark.requirement("R43.adoption")
def test_without_a_dialogue_it_is_said_what_to_do(on):
    assert [item.code for item in queries.conclusion_gaps(None, A, on)] == ["dialogue"]


def test_positions_are_by_side(recorded):
    said = queries.positions(fresh(recorded))
    assert {side: position.stand for side, position in said.items()} == {
        "management": "agree",
        "employees": "agree_with_remarks",
    }


def test_whoever_has_two_functions_is_named_once(recorded):
    there = queries.participants(fresh(recorded))
    assert [name for name, _ in there["employees"]] == ["Tove Krag", "Arne Bech"]
    assert len(dict(there["employees"])["Tove Krag"]) == 2


def test_what_to_do_follows_the_dialogue(cast, dialogue, said, at, on):
    everybody = {"lene": cast.lene, "tove": cast.tove, "mia": cast.mia, "ole": cast.ole, "hanne": cast.hanne}

    def todo():
        return {name: keys(capacity) for name, capacity in everybody.items()}

    nothing: dict[str, list[str]] = {name: [] for name in everybody}
    assert todo() == nothing | {"lene": ["med.discuss"], "tove": ["med.discuss"]}
    actions.record(dialogue=dialogue, record=said, expected_sha256=A, actor=cast.lene, at=at, on=on)
    assert todo() == nothing | {"tove": ["med.confirm"]}
    actions.refuse_confirmation(dialogue=dialogue, reason="Nej.", actor=cast.tove, at=at, on=on)
    assert todo() == nothing | {"lene": ["med.put_right"], "hanne": ["med.settle"]}
    actions.settle(dialogue=dialogue, reason="Sådan.", actor=cast.hanne, at=at, on=on)
    assert todo() == nothing


def test_the_secretariat_is_told_when_nobody_answers(cast, recorded, on):
    late = replace(cast.hanne, on=working_days_later(on, 10) + timedelta(days=1))
    assert keys(cast.hanne) == []
    assert keys(late) == ["med.settle"]


def test_where_it_stands_is_said_in_a_word(cast, dialogue, by_minutes, at, on):
    def labels(day):
        shown = queries.standing(fresh(dialogue), day)
        return shown.badge, shown.counts

    after = working_days_later(on, 10) + timedelta(days=1)
    assert labels(on) == ("outline", False)
    actions.record(dialogue=dialogue, record=by_minutes, expected_sha256=A, actor=cast.lene, at=at, on=on)
    assert labels(on) == ("info", False)
    assert labels(after) == ("success", True)
    actions.withdraw_dialogue(dialogue=dialogue, actor=cast.lene, at=at)
    assert labels(after) == ("neutral", False)


@pytest.mark.requirement("R61.agreement")
def test_the_paper_as_text_holds_every_word(paper):
    text = plain_text(title=paper.title, body=paper.body(), questions=paper.questions())
    for words in (
        paper.title,
        paper.presentation,
        paper.recommendation,
        "Opgaver",
        "Læse højt",
        "Afgrænsning: Supplement",
        "- Mandag",
        "Frivillige er et supplement.",
        "Kontaktperson: Mia Lund",
        "- Hvad får frivillige mulighed for, som vi ikke får?",
    ):
        assert words in text
