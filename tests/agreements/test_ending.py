# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from samspil.agreements import actions
from samspil.agreements.actions.ending import EndingNotReadyError
from samspil.agreements.actions.locking import NotTheLeaderError
from samspil.agreements.change_models import Ending
from samspil.agreements.change_todo import todo_for
from samspil.agreements.content import version_sha256
from samspil.agreements.endings import end_of_notice, endings_due
from samspil.agreements.models import AgreementVersion, InForce
from samspil.agreements.queries import ends_on, tasks_offered
from samspil.config.story import discuss
from samspil.foundation.errors import Refusal
from samspil.med.models import Dialogue
from samspil.notifications.models import Message

WHY = "Der er ikke flere frivillige."


@pytest.fixture
def last_day(on):
    return on + timedelta(days=30)


@pytest.fixture
def proposed(cast, in_force, last_day, on, at):
    return actions.propose_ending(version=in_force, reason=WHY, ends_on=last_day, actor=cast.lene, on=on, at=at)


@pytest.fixture
def discussed_ending(cast, proposed, on, at):
    discuss(dialogue=proposed.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    return proposed


@pytest.fixture
def decided(cast, discussed_ending, on, at):
    return actions.decide_ending(ending=discussed_ending, actor=cast.lene, on=on, at=at)


@pytest.fixture
def under_section_8(in_force):
    AgreementVersion.objects.filter(pk=in_force.pk).update(basis="section_8")
    in_force.refresh_from_db()
    return in_force


def read(response):
    return unescape(response.content.decode())


def hour_at(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)
    call_command("hourly")


@pytest.mark.requirement("R53.ending")
def test_the_end_is_discussed_before_it_is_decided(cast, in_force, proposed, on, at):
    assert (proposed.dialogue.occasion, proposed.dialogue.state) == (Dialogue.Occasion.CHANGE, "waiting")
    with pytest.raises(EndingNotReadyError):
        actions.decide_ending(ending=proposed, actor=cast.lene, on=on, at=at)
    assert ends_on(in_force.agreement) is None


@pytest.mark.requirement("R53.ending")
def test_once_discussed_the_leader_decides_and_everybody_is_told(cast, in_force, decided, last_day, on):
    assert ends_on(in_force.agreement) == last_day
    assert tasks_offered(in_force.agreement, last_day - timedelta(days=1)) != []
    assert tasks_offered(in_force.agreement, last_day) == []
    told = set(Message.objects.filter(key=f"agreements.ends.{decided.pk}").values_list("recipient", flat=True))
    assert {cast.mia.user_id, cast.tove.user_id, cast.arne.user_id} <= told


@pytest.mark.requirement("R53.ending")
def test_it_ends_by_the_hour_on_its_day(cast, in_force, decided, last_day, at, anonymous, monkeypatch):
    assert endings_due(last_day - timedelta(days=1)) == []
    hour_at(monkeypatch, at + timedelta(days=30))

    version = AgreementVersion.objects.get(pk=in_force.pk)
    assert (version.state, version.in_force_until) == ("ended", last_day - timedelta(days=1))
    assert version_sha256(version) == version.content_sha256
    assert not InForce.objects.filter(unit=cast.solbakken).exists()
    page = anonymous.get(reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug]))
    assert "har ikke haft en aftale for frivillighed siden 23. december 2026" in read(page)


def test_after_the_end_a_new_agreement_begins_anew(cast, in_force, decided, at, last_day, monkeypatch):
    hour_at(monkeypatch, at + timedelta(days=30))
    draft = actions.open_draft(
        workplace=cast.solbakken, actor=replace(cast.lene, on=last_day), on=last_day, at=at + timedelta(days=30)
    )

    assert (draft.number, draft.copied_from) == (2, None)


@pytest.mark.requirement("R53.ending")
def test_under_section_8_it_takes_notice_and_a_change_that_was_tried(cast, under_section_8, on, at):
    said = {"version": under_section_8, "reason": WHY, "actor": cast.lene, "on": on, "at": at}
    with pytest.raises(Refusal, match=r"§ 8"):
        actions.propose_ending(**said)
    ending = actions.propose_ending(**said, tried="Drøftet i MED 1. oktober.")

    assert (ending.dialogue, ending.ends_on, ending.decided_at) == (None, date(2027, 2, 24), at)
    assert ends_on(under_section_8.agreement) == date(2027, 2, 24)


@pytest.mark.parametrize(
    ("notice", "first_day_without"),
    [(date(2026, 11, 30), date(2027, 3, 1)), (date(2026, 1, 31), date(2026, 5, 1))],
)
def test_three_calendar_months_at_the_end_of_a_month(notice, first_day_without):
    assert end_of_notice(notice) == first_day_without


@pytest.mark.parametrize("who", ["tove", "hanne", "ole", "mia", "frida"])
def test_only_the_accountable_leader_ends_it(cast, in_force, last_day, on, at, who):
    with pytest.raises(NotTheLeaderError):
        actions.propose_ending(version=in_force, reason=WHY, ends_on=last_day, actor=getattr(cast, who), on=on, at=at)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"ends_on": None}, {"ends_on": date(2026, 11, 22)}])
def test_why_and_from_when(cast, in_force, last_day, on, at, wrong):
    said = {"version": in_force, "reason": WHY, "ends_on": last_day, "actor": cast.lene, "on": on, "at": at}
    with pytest.raises(Refusal):
        actions.propose_ending(**said | wrong)


def test_a_new_version_on_its_way_comes_first(cast, in_force, last_day, on, at):
    actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)

    with pytest.raises(EndingNotReadyError) as caught:
        actions.propose_ending(version=in_force, reason=WHY, ends_on=last_day, actor=cast.lene, on=on, at=at)
    assert [item.code for item in caught.value.missing] == ["open"]


def test_it_can_go_on_after_all(cast, in_force, decided, on, at):
    actions.give_up_ending(ending=decided, actor=cast.lene, on=on, at=at)

    assert ends_on(in_force.agreement) is None
    assert endings_due(decided.ends_on) == []
    with pytest.raises(Refusal):
        actions.give_up_ending(ending=decided, actor=cast.lene, on=on, at=at)


def test_given_up_before_it_was_discussed_it_is_taken_off_the_table(cast, proposed, on, at):
    actions.give_up_ending(ending=proposed, actor=cast.lene, on=on, at=at)

    assert Dialogue.objects.get(pk=proposed.dialogue_id).state == "withdrawn"


def test_the_leader_is_asked_to_decide_when_it_is_discussed(cast, proposed, on, at):
    assert todo_for(cast.lene) == []
    discuss(dialogue=proposed.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)

    assert [line.key for line in todo_for(cast.lene)] == ["agreements.decide_ending"]


def test_the_database_wants_a_dialogue_or_a_change_that_was_tried(proposed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Ending.objects.filter(pk=proposed.pk).update(dialogue=None)


def test_the_pages_from_proposal_to_decision(cast, in_force, client_as, anonymous, url, last_day, on, at):
    client = client_as(cast.lene)

    assert url("end_agreement") in read(client.get(url()))
    assert "LokalMED Solbakken drøfter det først" in read(client.get(url("end_agreement")))
    assert client.post(url("end_agreement"), {"reason": ""}).status_code == 422
    sent = client.post(url("end_agreement"), {"reason": WHY, "ends_on": str(last_day)}, follow=True)
    assert "Den første dag uden den bliver i så fald 23. december 2026" in read(sent)
    discuss(dialogue=Ending.objects.get().dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    client.post(url("decide_ending"))

    assert Ending.objects.get().decided_at is not None
    page = read(anonymous.get(reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug])))
    assert "Aftalen slutter. Den første dag uden den er 23. december 2026." in page
    assert WHY not in page
    client.post(url("give_up_ending"))
    assert Ending.objects.get().given_up_at is not None


def test_others_see_where_it_stands_and_do_nothing(cast, proposed, client_as, url):
    client = client_as(cast.mia)

    shown = read(client.get(url("end_agreement")))
    assert (WHY in shown, url("decide_ending") in shown) == (True, False)
    assert client.post(url("give_up_ending")).status_code == 403
