# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from samspil.audit.models import Event
from samspil.foundation.errors import Refusal
from samspil.med import actions
from samspil.med.models import Confirmation, ConfirmationLink, Side
from samspil.med.papers import Said
from samspil.med.states import State
from samspil.municipalities.queries import working_days_later
from samspil.notifications.models import Message
from samspil.notifications.sending import send_what_is_due
from samspil.people.actions import grant_role
from samspil.people.models import Role
from tests.med.conftest import A, asked_of, fresh, gaps


def links_in(mailoutbox):
    return [re.findall(r"/bekraeft/([\w-]{20,})/", mail.body)[0] for mail in mailoutbox]


# The employee side's word -------------------------------------------------------------------------


@pytest.mark.requirement("R43.adoption")
def test_the_employee_side_confirms_and_the_leader_cannot(cast, recorded, at, on):
    for outsider in (cast.lene, cast.mia, cast.ole, cast.hanne, cast.frida):
        with pytest.raises(Refusal):
            actions.confirm(dialogue=recorded, actor=outsider, at=at, on=on)
        with pytest.raises(Refusal):
            actions.refuse_confirmation(dialogue=recorded, reason="Nej.", actor=outsider, at=at, on=on)
    assert gaps(recorded, on) == ["confirmation"]
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    assert fresh(recorded).state == State.CONCLUDED
    assert gaps(recorded, on) == []


@pytest.mark.requirement("R43.adoption")
def test_somebody_who_became_leader_no_longer_speaks_for_the_employees(cast, recorded, at, on):
    actions_before = gaps(recorded, on)
    grant_role(
        email="tove@example.dk",
        name="Tove Krag",
        role=Role.LEADER,
        unit=cast.solbakken,
        from_date=on,
        actor=cast.hanne,
        at=at,
    )
    with pytest.raises(Refusal):
        actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    assert gaps(recorded, on) == actions_before
    actions.confirm(dialogue=recorded, actor=cast.arne, at=at, on=on)
    assert gaps(recorded, on) == []


def test_one_answer_is_enough(cast, recorded, at, on):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    with pytest.raises(Refusal, match="Tove Krag"):
        actions.confirm(dialogue=recorded, actor=cast.arne, at=at, on=on)
    with pytest.raises(Refusal, match="Tove Krag"):
        actions.refuse_confirmation(dialogue=recorded, reason="Nej.", actor=cast.arne, at=at, on=on)


def test_an_answer_to_another_record_than_the_one_read_is_refused(cast, recorded, said, at, on):
    read = recorded.revision
    changed = replace(said, positions={Side.MANAGEMENT: Said("agree"), Side.EMPLOYEES: Said("agree")})
    actions.record(dialogue=recorded, record=changed, expected_sha256=A, actor=cast.lene, at=at, on=on)
    with pytest.raises(Refusal):
        actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on, expected_revision=read)
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on, expected_revision=fresh(recorded).revision)


def test_the_database_keeps_one_confirmation_that_counts(recorded, at, on):
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(dialogue=recorded, sha256=A, how="login", asked_at=at, due_on=on)
    Confirmation.objects.create(dialogue=recorded, sha256=A, how="login", answer="voided", asked_at=at, due_on=on)


def test_a_refusal_needs_a_reason_and_stops_the_decision(cast, recorded, at, on):
    with pytest.raises(Refusal):
        actions.refuse_confirmation(dialogue=recorded, reason="  ", actor=cast.tove, at=at, on=on)
    actions.refuse_confirmation(dialogue=recorded, reason="Vi sagde noget andet.", actor=cast.tove, at=at, on=on)
    assert gaps(recorded, on) == ["refused"]
    told = Message.objects.filter(key__endswith=".refused").values_list("recipient_id", "kind")
    assert set(told) == {(cast.lene.user_id, "act"), (cast.arne.user_id, "med")}


@pytest.mark.requirement("R43.unanswered")
def test_a_refusal_is_settled_by_the_secretariat_with_a_reason(cast, recorded, at, on):
    def settle(actor, reason="Ordlyden er rettet efter lydoptagelsen."):
        return actions.settle(dialogue=recorded, reason=reason, actor=actor, at=at, on=on)

    with pytest.raises(Refusal):
        settle(cast.hanne)
    actions.refuse_confirmation(dialogue=recorded, reason="Vi sagde noget andet.", actor=cast.tove, at=at, on=on)
    with pytest.raises(Refusal):
        settle(cast.lene)
    with pytest.raises(Refusal):
        settle(cast.hanne, reason=" ")
    settle(cast.hanne)
    assert gaps(recorded, on) == []
    assert list(recorded.confirmations.values_list("answer", "reason")) == [
        ("voided", "Vi sagde noget andet."),
        ("settled", "Ordlyden er rettet efter lydoptagelsen."),
    ]


@pytest.mark.requirement("R43.unanswered")
def test_no_answer_is_settled_after_ten_working_days_and_not_before(cast, recorded, at, on):
    tenth = working_days_later(on, 10)
    with pytest.raises(Refusal):
        actions.settle(dialogue=recorded, reason="Intet svar.", actor=cast.hanne, at=at, on=tenth)
    assert gaps(recorded, tenth + timedelta(days=1)) == ["confirmation"]
    actions.settle(dialogue=recorded, reason="Intet svar.", actor=cast.hanne, at=at, on=tenth + timedelta(days=1))
    assert gaps(recorded, tenth + timedelta(days=1)) == []


@pytest.mark.requirement("R43.adoption")
def test_with_minutes_elsewhere_silence_counts_after_ten_working_days(cast, dialogue, by_minutes, at, on):
    actions.record(dialogue=dialogue, record=by_minutes, expected_sha256=A, actor=cast.lene, at=at, on=on)
    told = Message.objects.filter(key__startswith="med.confirmation.").values_list("recipient_id", "kind")
    assert set(told) == {(cast.tove.user_id, "act"), (cast.arne.user_id, "med")}
    tenth = working_days_later(on, 10)
    assert gaps(dialogue, working_days_later(on, 9)) == ["confirmation"]
    assert gaps(dialogue, tenth) == ["confirmation"]
    assert gaps(dialogue, tenth + timedelta(days=1)) == []


@pytest.mark.requirement("R43.adoption")
def test_with_minutes_elsewhere_an_objection_in_time_stops_it(cast, dialogue, by_minutes, at, on):
    actions.record(dialogue=dialogue, record=by_minutes, expected_sha256=A, actor=cast.lene, at=at, on=on)
    after = working_days_later(on, 10) + timedelta(days=1)
    with pytest.raises(Refusal):
        actions.refuse_confirmation(dialogue=dialogue, reason="For sent.", actor=cast.arne, at=at, on=after)
    actions.refuse_confirmation(
        dialogue=dialogue, reason="Det blev ikke sagt.", actor=cast.arne, at=at, on=working_days_later(on, 10)
    )
    assert gaps(dialogue, after) == ["refused"]


@pytest.mark.requirement("R27.told")
@pytest.mark.parametrize("how", ["confirmed", "settled"])
def test_a_conclusion_is_told_to_both_sides_and_the_owner_but_not_to_whoever_made_it(cast, recorded, at, on, how):
    if how == "confirmed":
        actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    else:
        actions.refuse_confirmation(dialogue=recorded, reason="Nej.", actor=cast.tove, at=at, on=on)
        actions.settle(dialogue=recorded, reason="Talt igennem.", actor=cast.hanne, at=at, on=on)

    told = set(Message.objects.filter(key__endswith=f".{how}").values_list("recipient_id", flat=True))
    everybody = {cast.lene.user_id, cast.tove.user_id, cast.arne.user_id}
    assert told == everybody - {cast.tove.user_id if how == "confirmed" else None}


# The one-time link --------------------------------------------------------------------------------


@pytest.fixture
def tokens(cast, dialogue, said, at, on, mailoutbox, django_capture_on_commit_callbacks):
    """The one-time links in the e-mails to Tove and Arne."""
    with django_capture_on_commit_callbacks(execute=True):
        actions.record(dialogue=dialogue, record=said, expected_sha256=A, actor=cast.lene, at=at, on=on)
    asked = [mail for mail in mailoutbox if "/bekraeft/" in mail.body]
    return dict(zip([mail.to[0] for mail in asked], links_in(asked), strict=True))


@pytest.mark.requirement("R43.adoption")
def test_a_link_goes_to_the_address_on_the_body_and_only_its_hash_is_kept(tokens):
    assert sorted(tokens) == ["arne@example.dk", "tove@example.dk"]
    kept = set(ConfirmationLink.objects.values_list("token_sha256", flat=True))
    assert len(kept) == 2
    assert not kept & set(tokens.values())


def test_a_link_waits_for_no_working_day(
    cast, dialogue, said, on, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    saturday = datetime(2026, 11, 28, 10, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: saturday)
    with django_capture_on_commit_callbacks(execute=True):
        actions.record(dialogue=dialogue, record=said, expected_sha256=A, actor=cast.lene, at=saturday, on=on)

    assert sorted(mail.to[0] for mail in mailoutbox) == ["arne@example.dk", "tove@example.dk"]
    assert len(links_in(mailoutbox)) == 2


def test_nobody_is_sent_a_link_to_a_question_that_has_been_answered(cast, recorded, at, on, mailoutbox):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)

    send_what_is_due(cast.municipality.pk)

    assert [mail for mail in mailoutbox if "/bekraeft/" in mail.body] == []
    assert not ConfirmationLink.objects.exists()


@pytest.mark.requirement("R43.adoption")
def test_a_link_counts_once(dialogue, tokens, at, on):
    actions.confirm_by_link(token=tokens["tove@example.dk"], at=at, on=on)
    assert gaps(dialogue, on) == []
    confirmation = asked_of(dialogue)
    assert (confirmation.how, confirmation.answered_name) == ("link", "Tove Krag")
    for token in tokens.values():
        with pytest.raises(Refusal):
            actions.confirm_by_link(token=token, at=at, on=on)
        with pytest.raises(Refusal):
            actions.refuse_by_link(token=token, reason="Nej.", at=at, on=on)
    event = Event.objects.get(name="med.confirmation.confirm")
    assert (event.capacity["role"], event.capacity["person"]) == ("one_time_link", "Tove Krag")


@pytest.mark.requirement("R43.adoption")
def test_a_link_can_say_no(dialogue, tokens, at, on):
    actions.refuse_by_link(token=tokens["arne@example.dk"], reason="Det blev ikke sagt.", at=at, on=on)
    assert gaps(dialogue, on) == ["refused"]


@pytest.mark.parametrize("undo", ["present_again", "record", "reopen", "withdraw"])
def test_a_link_dies_with_what_it_asked_about(cast, dialogue, tokens, corrected, said, at, on, undo):
    lene = {"dialogue": dialogue, "actor": cast.lene, "at": at}
    if undo == "present_again":
        actions.present_again(paper=corrected, **lene)
    elif undo == "record":
        actions.record(record=said, expected_sha256=A, on=on, **lene)
    elif undo == "reopen":
        actions.reopen(reason="Mødet fortsætter.", **lene)
    else:
        actions.withdraw_dialogue(**lene)
    with pytest.raises(Refusal):
        actions.confirm_by_link(token=tokens["tove@example.dk"], at=at, on=on)
    assert ConfirmationLink.objects.filter(used_at=None).count() == 2


def test_a_link_of_somebody_who_has_left_the_body_is_refused(cast, body, dialogue, tokens, at, on):
    arne = body.memberships.get(user_id=cast.arne.user_id)
    actions.end_membership(membership=arne, on=on, actor=cast.hanne, at=at)
    tomorrow = on + timedelta(days=1)
    with pytest.raises(Refusal):
        actions.confirm_by_link(token=tokens["arne@example.dk"], at=at, on=tomorrow)
    actions.confirm_by_link(token=tokens["tove@example.dk"], at=at, on=tomorrow)


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "ø" * 5000])
def test_a_made_up_link_is_refused(recorded, at, on, token):
    with pytest.raises(Refusal):
        actions.confirm_by_link(token=token, at=at, on=on)
