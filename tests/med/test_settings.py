# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspil.audit.models import Event
from samspil.foundation.errors import Refusal
from samspil.med import actions
from samspil.med.body_models import FormRule
from samspil.med.models import Committee, Dialogue, Form
from samspil.med.queries import allowed_forms, by_level, conclusion_gaps, med_settings, rhythm_of
from samspil.med.wheel import Rhythm
from tests.med.conftest import A, fresh, gaps

ALL = [str(form) for form in Form]
NEW, CHANGE = Dialogue.Occasion.NEW_AGREEMENT, Dialogue.Occasion.CHANGE


def saved(cast, at, on, *, new=ALL, change=ALL, levels=(), rhythm=None):
    return actions.change_settings(
        levels=levels,
        rhythm=rhythm or Rhythm(),
        forms={NEW: new, CHANGE: change},
        actor=cast.hanne,
        on=on,
        at=at,
    )


def test_until_the_municipality_has_chosen_all_forms_count(body, staff_meeting, on):
    assert allowed_forms(body, NEW, on) == tuple(Form)
    assert allowed_forms(staff_meeting, NEW, on) == (Form.STAFF_MEETING, Form.WRITTEN)


@pytest.mark.requirement("R53.forms")
def test_the_municipality_says_which_forms_count_for_each_occasion(cast, body, at, on):
    saved(cast, at, on, new=["meeting", "trio"], change=["written"])

    tomorrow = on + timedelta(days=1)
    assert allowed_forms(body, NEW, tomorrow) == (Form.MEETING, Form.TRIO)
    assert allowed_forms(body, CHANGE, tomorrow) == (Form.WRITTEN,)


def test_a_form_let_in_counts_at_once_and_one_taken_out_until_the_end_of_the_day(cast, body, at, on):
    saved(cast, at, on - timedelta(days=10), new=["meeting"])

    saved(cast, at, on, new=["trio"])

    days = [on - timedelta(days=1), on, on + timedelta(days=1)]
    assert [allowed_forms(body, NEW, day) for day in days] == [
        (Form.MEETING,),
        (Form.MEETING, Form.TRIO),
        (Form.TRIO,),
    ]


def test_a_choice_taken_back_the_same_day_is_as_if_it_had_not_been_made(cast, body, at, on):
    saved(cast, at, on, new=["meeting"])
    saved(cast, at, on, new=ALL)

    assert allowed_forms(body, NEW, on + timedelta(days=9)) == tuple(Form)


def test_saving_the_same_again_makes_no_new_rule(cast, at, on):
    saved(cast, at, on, new=["meeting"])
    count = FormRule.objects.count()

    saved(cast, at, on, new=["meeting"])

    assert FormRule.objects.count() == count


def test_a_staff_meeting_can_always_meet(cast, staff_meeting, at, on):
    saved(cast, at, on, new=["trio"])

    assert allowed_forms(staff_meeting, NEW, on + timedelta(days=1)) == (Form.STAFF_MEETING,)


@pytest.mark.requirement("R53.forms")
def test_a_discussion_in_a_form_that_does_not_count_is_refused(cast, dialogue, said, at, on):
    saved(cast, at, on - timedelta(days=1), new=["meeting"])

    with pytest.raises(Refusal) as refused:
        actions.record(
            dialogue=dialogue,
            record=replace(said, form="trio"),
            expected_sha256=A,
            actor=cast.lene,
            at=at,
            on=on,
        )

    assert [gap.code for gap in refused.value.missing] == ["form"]


def test_what_was_concluded_in_a_form_goes_on_counting_when_it_no_longer_does(cast, recorded, at, on):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)

    saved(cast, at, on, new=["written"])

    assert gaps(recorded, on + timedelta(days=30)) == []


def test_a_discussion_dated_after_the_change_does_not_count(cast, recorded, at, on):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    saved(cast, at, on - timedelta(days=1), new=["written"])

    assert [gap.code for gap in conclusion_gaps(fresh(recorded), A, on)] == ["form"]


@pytest.mark.requirement("R62.numbers")
def test_a_body_has_the_municipalitys_numbers_and_some_of_its_own(cast, body, at, on):
    saved(cast, at, on, rhythm=Rhythm(meetings_a_year=6, paper_days=10))

    actions.change_rhythm(committee=body, numbers={"meetings_a_year": 2}, actor=cast.tove, at=at)

    assert rhythm_of(body) == Rhythm(meetings_a_year=2, paper_days=10)


@pytest.mark.parametrize(
    ("name", "value"), [("meetings_a_year", 13), ("evaluation_months", 0), ("review_months", 121), ("paper_days", 61)]
)
def test_a_number_that_makes_no_year_is_refused(cast, body, at, on, name, value):
    with pytest.raises(Refusal):
        saved(cast, at, on, rhythm=replace(Rhythm(), **{name: value}))
    with pytest.raises(Refusal):
        actions.change_rhythm(committee=body, numbers={name: value}, actor=cast.hanne, at=at)


def test_only_the_secretariat_changes_the_settings(cast, at, on, client_as):
    with pytest.raises(Refusal):
        actions.change_settings(
            levels=[], rhythm=Rhythm(), forms={NEW: ALL, CHANGE: ALL}, actor=cast.lene, on=on, at=at
        )
    assert client_as(cast.lene).get(reverse("med_settings")).status_code == 403


def test_no_form_at_all_is_refused(cast, at, on):
    with pytest.raises(Refusal):
        saved(cast, at, on, change=[])


def test_bodies_stand_in_the_order_of_their_levels(cast, body, staff_meeting, at, on):
    actions.create_committee(name="Område Syd", units=[cast.elderly], level="OmrådeMED", actor=cast.hanne, at=at)

    saved(cast, at, on, levels=["OmrådeMED", "LokalMED", "OmrådeMED", " "])

    assert med_settings().levels == ["OmrådeMED", "LokalMED"]
    assert [one.name for one in by_level(Committee.objects.all())] == [
        "Område Syd",
        "LokalMED Solbakken",
        "Personalemøde Nordre Skole",
    ]


def sent(**changes):
    return {
        "levels": "HovedMED\nLokalMED",
        "forms_new": ["meeting", "trio"],
        "forms_change": ["written"],
        "meetings_a_year": "5",
        "paper_days": "7",
        "evaluation_months": "12",
        "review_months": "36",
        **changes,
    }


@pytest.mark.requirement("R53.forms")
def test_the_settings_are_saved_on_one_page_and_told_in_the_record(cast, body, client_as):
    client = client_as(cast.hanne)

    answer = client.post(reverse("med_settings"), sent())

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("med_settings"))
    assert (med_settings().meetings_a_year, med_settings().levels) == (5, ["HovedMED", "LokalMED"])
    event = Event.objects.filter(name="med.settings.change").get()
    assert event.changes["forms"] == {"new_agreement": ["meeting", "trio"], "change": ["written"]}
    page = client.get(reverse("med_settings")).text
    assert "HovedMED\nLokalMED" in page
    assert '<option value="HovedMED">' in client.get(reverse("edit_committee", args=[body.slug])).text


@pytest.mark.parametrize(
    "wrong",
    [{"forms_new": []}, {"meetings_a_year": "99"}, {"paper_days": "mange"}, {"levels": "x" * 61}],
)
def test_what_is_wrong_is_said_at_its_field(cast, client_as, wrong):
    answer = client_as(cast.hanne).post(reverse("med_settings"), sent(**wrong))

    assert (answer.status_code, FormRule.objects.count()) == (422, 0)


@pytest.mark.requirement("R53.forms")
def test_the_page_offers_the_forms_that_counted_since_the_matter_was_put_in(cast, dialogue, at, on, client_as):
    saved(cast, at, on - timedelta(days=30), new=["meeting", "trio"])

    page = client_as(cast.lene).get(reverse("record_dialogue", args=[dialogue.pk])).text

    offered = [form for form in Form if f'name="form" id="id_form_{list(Form).index(form)}"' in page]
    assert page.count('name="form"') == 2
    assert [f'value="{form}"' in page for form in (Form.MEETING, Form.TRIO)] == [True, True]
    assert len(offered) == 2


def test_the_settings_take_the_same_number_of_queries_however_many_rules_there_are(cast, at, on, client_as):
    client = client_as(cast.hanne)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("med_settings")).status_code == 200
        return len(captured)

    saved(cast, at, on, new=["meeting"])
    few = queries()
    for form in ("trio", "written", "meeting"):
        saved(cast, at, on, new=[form], change=[form])

    assert queries() == few
