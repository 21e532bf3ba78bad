# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from dataclasses import replace
from datetime import timedelta

import pytest

from samspil.audit.models import Event
from samspil.foundation.errors import Refusal, TransitionError
from samspil.med import actions
from samspil.med.models import Function, Side
from samspil.med.papers import Said
from samspil.med.states import State
from samspil.municipalities.queries import working_days_later
from samspil.notifications.models import Message
from samspil.people.models import User
from tests.med.conftest import LONG_AGO, QUESTION, A, B, asked_of, fresh, gaps, seat

# Bodies -------------------------------------------------------------------------------------------


def test_a_body_has_one_place_and_a_unit_one_body(cast, body, at):
    assert body.slug == "lokalmed-solbakken"
    with pytest.raises(Refusal, match="LokalMED Solbakken"):
        actions.create_committee(name="Et til", units=[cast.solbakken], actor=cast.hanne, at=at)
    again = actions.create_committee(name="LokalMED Solbakken", units=[cast.nordre_skole], actor=cast.hanne, at=at)
    assert again.slug == "lokalmed-solbakken-2"


def test_a_leader_sets_up_a_body_for_their_own_units_only(cast, at):
    own = actions.create_committee(name="LokalMED", units=[cast.solbakken], actor=cast.lene, at=at)
    assert [row.unit for row in own.covered.all()] == [cast.solbakken]
    with pytest.raises(Refusal):
        actions.create_committee(name="Skolens", units=[cast.nordre_skole], actor=cast.lene, at=at)
    with pytest.raises(Refusal):
        actions.edit_committee(
            committee=own, name="LokalMED", units=[cast.solbakken, cast.nordre_skole], actor=cast.lene, at=at
        )


def test_editing_changes_units_and_keeps_the_address(cast, body, at):
    edited = actions.edit_committee(
        committee=body, name="MED på Solbakken", level="", units=[cast.nordre_skole], actor=cast.hanne, at=at
    )
    assert (edited.name, edited.slug) == ("MED på Solbakken", "lokalmed-solbakken")
    assert [row.unit for row in edited.covered.all()] == [cast.nordre_skole]


def test_a_body_cannot_stand_under_itself(cast, body, at):
    below = actions.create_committee(name="Under", units=[cast.nordre_skole], parent=body, actor=cast.hanne, at=at)
    with pytest.raises(Refusal):
        actions.edit_committee(
            committee=body, name=body.name, units=[cast.solbakken], parent=below, actor=cast.hanne, at=at
        )


@pytest.mark.requirement("R43.adoption")
def test_a_leader_cannot_sit_on_the_employee_side(cast, body, at):
    mia = seat(body, cast.mia, Side.EMPLOYEES, Function.MEMBER, by=cast.hanne, at=at)
    assert mia.side == Side.EMPLOYEES
    with pytest.raises(Refusal, match="Lene Holm"):
        seat(body, cast.lene, Side.EMPLOYEES, Function.MEMBER, by=cast.hanne, at=at)
    with pytest.raises(Refusal):
        seat(body, cast.mia, Side.EMPLOYEES, Function.MEMBER, by=cast.mia, at=at)


def test_only_people_who_work_here_get_a_seat(cast, body, at):
    with pytest.raises(Refusal, match="Frida Dam"):
        seat(body, cast.frida, Side.EMPLOYEES, Function.MEMBER, by=cast.hanne, at=at)
    with pytest.raises(Refusal, match="Tove Krag"):
        seat(body, cast.tove, Side.MANAGEMENT, Function.MEMBER, by=cast.hanne, at=at)


def test_the_same_seat_twice_is_one_seat(cast, body, at):
    before = body.memberships.count()
    seat(body, cast.arne, Side.EMPLOYEES, Function.SAFETY_REPRESENTATIVE, by=cast.hanne, at=at)
    assert body.memberships.count() == before


def test_a_new_contact_takes_the_former_ones_place(cast, staff_meeting, at, on):
    with pytest.raises(Refusal):
        seat(staff_meeting, cast.arne, Side.EMPLOYEES, Function.MEMBER, by=cast.hanne, at=at)
    actions.add_member(
        committee=staff_meeting,
        user=User.objects.get(pk=cast.arne.user_id),
        side=Side.EMPLOYEES,
        function=Function.EMPLOYEE_CONTACT,
        from_date=on,
        actor=cast.hanne,
        at=at,
    )
    assert [row.user_id for row in staff_meeting.memberships.on(on)] == [cast.arne.user_id]


def test_a_seat_ends_with_its_last_day(cast, body, at, on):
    arne = body.memberships.get(user_id=cast.arne.user_id)
    actions.end_membership(membership=arne, on=on, actor=cast.hanne, at=at)
    actions.end_membership(membership=arne, on=on + timedelta(days=5), actor=cast.hanne, at=at)
    assert body.memberships.on(on).filter(user_id=cast.arne.user_id).exists()
    assert not body.memberships.on(on + timedelta(days=1)).filter(user_id=cast.arne.user_id).exists()


# The paper ----------------------------------------------------------------------------------------


@pytest.mark.requirement("R61.agreement")
def test_a_paper_waits_for_the_body_and_the_members_are_told(cast, dialogue, paper):
    assert dialogue.state == State.WAITING
    assert dialogue.current_paper.body["recommendation"] == paper.recommendation
    assert dialogue.current_paper.sha256 == A
    told = set(Message.objects.values_list("recipient_id", flat=True))
    assert told == {cast.tove.user_id, cast.arne.user_id}


@pytest.mark.requirement("R43.adoption")
def test_presented_again_nothing_said_before_counts(cast, recorded, corrected, said, at, on):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    assert gaps(recorded, on) == []
    row = actions.present_again(dialogue=recorded, paper=corrected, actor=cast.lene, at=at)
    now = fresh(recorded)
    assert (row.number, now.state, now.current_paper, now.conclusion) == (2, State.WAITING, row, said.conclusion)
    assert gaps(recorded, on, B) == ["record"]
    assert gaps(recorded, on, A) == ["content", "record"]


def test_the_same_content_presented_again_changes_nothing(cast, recorded, paper, at, on):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    actions.present_again(dialogue=recorded, paper=paper, actor=cast.lene, at=at)
    assert gaps(recorded, on) == []
    assert recorded.papers.count() == 1


def test_confirming_after_it_was_presented_again_is_refused(cast, recorded, corrected, at, on):
    actions.present_again(dialogue=recorded, paper=corrected, actor=cast.lene, at=at)
    with pytest.raises(Refusal):
        actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    assert not fresh(recorded).confirmations.exclude(answer="voided").exists()


def test_taken_back_it_is_over(cast, recorded, corrected, at, on):
    actions.withdraw_dialogue(dialogue=recorded, actor=cast.lene, at=at)
    assert gaps(recorded, on) == ["dialogue"]
    with pytest.raises(TransitionError):
        actions.present_again(dialogue=recorded, paper=corrected, actor=cast.lene, at=at)
    with pytest.raises(TransitionError):
        actions.withdraw_dialogue(dialogue=recorded, actor=cast.lene, at=at)


# The record ---------------------------------------------------------------------------------------


@pytest.mark.requirement("R43.adoption")
def test_what_was_said_is_written_down_and_the_employee_side_asked(cast, recorded, on):
    now = fresh(recorded)
    assert (now.state, now.form, now.held_on) == (State.RECORDED, "meeting", on)
    assert {(row.name, row.side) for row in now.participants.all()} == {
        ("Lene Holm", "management"),
        ("Tove Krag", "employees"),
        ("Arne Bech", "employees"),
    }
    assert {(row.side, row.stand, row.sha256) for row in now.positions.all()} == {
        ("management", "agree", A),
        ("employees", "agree_with_remarks", A),
    }
    asked = asked_of(now)
    assert (asked.how, asked.answer, asked.due_on) == ("login", "asked", working_days_later(on, 10))
    told = Message.objects.filter(key=f"med.confirmation.{asked.pk}").values_list("recipient_id", flat=True)
    assert set(told) == {cast.tove.user_id, cast.arne.user_id}


@pytest.mark.requirement("R51.dialogue")
def test_the_standing_question_keeps_its_answer(recorded):
    answer = recorded.answers.get()
    assert (str(answer.lineage), answer.answer) == (QUESTION, "At sidde hos en beboer en hel time.")


@pytest.mark.requirement("R43.adoption")
@pytest.mark.parametrize("absent", [Side.MANAGEMENT, Side.EMPLOYEES])
def test_both_sides_must_have_been_there(cast, body, dialogue, said, at, on, absent):
    there = tuple(body.memberships.exclude(side=absent).values_list("pk", flat=True))
    with pytest.raises(Refusal) as refusal:
        actions.record(
            dialogue=dialogue,
            record=replace(said, participants=there),
            expected_sha256=A,
            actor=cast.lene,
            at=at,
            on=on,
        )
    assert [item.code for item in refusal.value.missing] == [f"present_{absent}"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"form": "phone"}, "form"),
        ({"positions": {Side.MANAGEMENT: Said("agree")}}, "position_employees"),
        ({"positions": {Side.MANAGEMENT: Said("agree"), Side.EMPLOYEES: Said("disagree", " ")}}, "words_employees"),
        ({"confirm_by": "phone"}, "confirm_by"),
        ({"confirm_by": "minutes", "minutes_reference": " "}, "minutes"),
    ],
)
@pytest.mark.requirement("R53.forms")
def test_what_is_missing_in_a_record_is_said(cast, dialogue, said, at, on, change, code):
    with pytest.raises(Refusal) as refusal:
        actions.record(
            dialogue=dialogue, record=replace(said, **change), expected_sha256=A, actor=cast.lene, at=at, on=on
        )
    assert [item.code for item in refusal.value.missing] == [code]


def test_a_discussion_cannot_be_in_the_future(cast, dialogue, said, at, on):
    later = replace(said, held_on=on + timedelta(days=1))
    with pytest.raises(Refusal) as refusal:
        actions.record(dialogue=dialogue, record=later, expected_sha256=A, actor=cast.lene, at=at, on=on)
    assert [item.code for item in refusal.value.missing] == ["date"]


def test_only_members_on_the_day_took_part(cast, body, dialogue, said, at, on):
    arne = body.memberships.get(user_id=cast.arne.user_id)
    actions.end_membership(membership=arne, on=on - timedelta(days=1), actor=cast.hanne, at=at)
    with pytest.raises(Refusal, match="Arne Bech"):
        actions.record(dialogue=dialogue, record=said, expected_sha256=A, actor=cast.lene, at=at, on=on)


@pytest.mark.parametrize("form", ["meeting", "extraordinary", "staff_meeting", "trio", "written"])
@pytest.mark.requirement("R53.forms")
def test_all_forms_count(cast, dialogue, said, at, on, form):
    actions.record(dialogue=dialogue, record=replace(said, form=form), expected_sha256=A, actor=cast.lene, at=at, on=on)
    assert gaps(dialogue, on) == ["confirmation"]


def test_a_record_of_an_older_text_is_refused(cast, dialogue, corrected, said, at, on):
    actions.present_again(dialogue=dialogue, paper=corrected, actor=cast.lene, at=at)
    with pytest.raises(Refusal):
        actions.record(dialogue=dialogue, record=said, expected_sha256=A, actor=cast.lene, at=at, on=on)
    actions.record(dialogue=dialogue, record=said, expected_sha256=B, actor=cast.lene, at=at, on=on)
    assert {row.sha256 for row in fresh(dialogue).positions.all()} == {B}


def test_a_record_can_be_put_right_until_it_is_confirmed(cast, recorded, said, at, on):
    again = replace(said, conclusion="Rettet.")
    actions.record(dialogue=recorded, record=again, expected_sha256=A, actor=cast.lene, at=at, on=on)
    assert fresh(recorded).conclusion == "Rettet."
    assert list(recorded.confirmations.values_list("answer", flat=True)) == ["voided", "asked"]
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    with pytest.raises(Refusal):
        actions.record(dialogue=recorded, record=said, expected_sha256=A, actor=cast.lene, at=at, on=on)
    actions.reopen(dialogue=recorded, reason="En dato var forkert.", actor=cast.lene, at=at)
    actions.record(dialogue=recorded, record=said, expected_sha256=A, actor=cast.lene, at=at, on=on)
    assert gaps(recorded, on) == ["confirmation"]


def test_a_staff_meeting_has_head_counts_and_two_names(cast, staff_meeting, paper, said, at, on):
    dialogue = actions.open_dialogue(
        committee=staff_meeting, occasion="new_agreement", paper=paper, actor=cast.ole, at=at
    )
    bare = replace(said, form="staff_meeting", participants=())
    counted = replace(bare, management_count=1, employee_count=14, management_name="Ole Munk", employee_name="Mia Lund")

    def record(record):
        return actions.record(dialogue=dialogue, record=record, expected_sha256=A, actor=cast.ole, at=at, on=on)

    with pytest.raises(Refusal) as refusal:
        record(bare)
    assert [item.code for item in refusal.value.missing] == ["present_management", "present_employees"]
    record(counted)
    assert gaps(dialogue, on) == ["confirmation"]
    with pytest.raises(Refusal):
        actions.confirm(dialogue=dialogue, actor=cast.ole, at=at, on=on)
    actions.confirm(dialogue=dialogue, actor=cast.mia, at=at, on=on)
    assert gaps(dialogue, on) == []


def test_without_an_elected_contact_a_staff_meeting_is_not_recorded(cast, staff_meeting, paper, said, at, on):
    dialogue = actions.open_dialogue(
        committee=staff_meeting, occasion="new_agreement", paper=paper, actor=cast.ole, at=at
    )
    actions.end_membership(
        membership=staff_meeting.memberships.get(), on=on - timedelta(days=1), actor=cast.hanne, at=at
    )
    counted = replace(
        said, form="staff_meeting", management_count=1, employee_count=14, management_name="Ole", employee_name="Mia"
    )
    with pytest.raises(Refusal) as refusal:
        actions.record(dialogue=dialogue, record=counted, expected_sha256=A, actor=cast.ole, at=at, on=on)
    assert [item.code for item in refusal.value.missing] == ["employee_side"]


# Relied upon --------------------------------------------------------------------------------------


@pytest.mark.requirement("R43.adoption")
def test_a_decision_rests_on_the_very_text_that_was_discussed(cast, recorded, at, on):
    def rely(sha256=A, unit=cast.solbakken, day=on):
        return actions.rely_on(dialogue=recorded, sha256=sha256, unit=unit, on=day, actor=cast.lene, at=at)

    with pytest.raises(Refusal) as refusal:
        rely()
    assert [item.code for item in refusal.value.missing] == ["confirmation"]
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    with pytest.raises(Refusal) as refusal:
        rely(sha256=B)
    assert [item.code for item in refusal.value.missing] == [
        "content",
        "position_management",
        "position_employees",
        "confirmation",
    ]
    with pytest.raises(Refusal) as refusal:
        rely(unit=cast.nordre_skole)
    assert [item.code for item in refusal.value.missing] == ["body"]
    with pytest.raises(Refusal) as refusal:
        rely(day=on - timedelta(days=1))
    assert [item.code for item in refusal.value.missing] == ["date"]
    relied = rely()
    assert (relied.state, relied.relied_upon_sha256) == (State.CONCLUDED, A)


def test_nothing_is_changed_once_a_decision_rests_on_it(cast, recorded, corrected, said, at, on):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    lene = {"dialogue": recorded, "actor": cast.lene, "at": at}
    actions.rely_on(sha256=A, unit=cast.solbakken, on=on, **lene)
    for step in (
        lambda: actions.present_again(paper=corrected, **lene),
        lambda: actions.record(record=said, expected_sha256=A, on=on, **lene),
        lambda: actions.reopen(reason="Igen.", **lene),
        lambda: actions.withdraw_dialogue(**lene),
        lambda: actions.settle(dialogue=recorded, reason="x", actor=cast.hanne, at=at, on=on),
    ):
        with pytest.raises(Refusal):
            step()
    assert gaps(recorded, on) == []


def test_silence_that_counts_can_be_relied_upon(cast, dialogue, by_minutes, at, on):
    actions.record(dialogue=dialogue, record=by_minutes, expected_sha256=A, actor=cast.lene, at=at, on=on)
    after = working_days_later(on, 10) + timedelta(days=1)
    relied = actions.rely_on(dialogue=dialogue, sha256=A, unit=cast.solbakken, on=after, actor=cast.lene, at=at)
    assert relied.state == State.CONCLUDED


def test_reopening_needs_a_reason(cast, recorded, at):
    with pytest.raises(Refusal):
        actions.reopen(dialogue=recorded, reason=" ", actor=cast.lene, at=at)
    assert actions.reopen(dialogue=recorded, reason="En til dagsordenen.", actor=cast.lene, at=at).state == "waiting"


def test_every_step_stands_in_the_audit_without_what_was_said(cast, recorded, corrected, said, at, on):
    actions.refuse_confirmation(dialogue=recorded, reason="Hemmelige ord.", actor=cast.tove, at=at, on=on)
    actions.settle(dialogue=recorded, reason="Hemmelige ord.", actor=cast.hanne, at=at, on=on)
    actions.reopen(dialogue=recorded, reason="Hemmelige ord.", actor=cast.lene, at=at)
    actions.present_again(dialogue=recorded, paper=corrected, actor=cast.lene, at=at)
    actions.withdraw_dialogue(dialogue=recorded, actor=cast.lene, at=at)
    events = list(Event.objects.filter(name__startswith="med.").values_list("name", "changes"))
    assert [name for name, _ in events][-7:] == [
        "med.dialogue.open",
        "med.dialogue.record",
        "med.confirmation.refuse",
        "med.confirmation.settle",
        "med.dialogue.reopen",
        "med.dialogue.present_again",
        "med.dialogue.withdraw",
    ]
    assert "Hemmelige" not in str(events)
    assert said.conclusion not in str(events)
    assert LONG_AGO.isoformat() in str(events)
