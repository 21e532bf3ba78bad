# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from samspil.agreements import actions
from samspil.agreements.models import NoVolunteersStatement
from samspil.agreements.queries import Coverage, asked_again_on, coverage, no_volunteers, todo_for, with_status
from samspil.audit.queries import events_of
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal
from samspil.municipalities.models import Unit
from samspil.notifications.models import Message


@pytest.fixture
def stated(cast, framework, body, on, at):
    return actions.state_no_volunteers(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)


def status(unit):
    derived = coverage([unit.pk])[unit.pk].status
    assert with_status(Unit.objects.filter(pk=unit.pk), timezone.localdate()).get().status == derived
    return derived


@pytest.mark.requirement("R4")
def test_the_leader_says_that_there_are_no_volunteers_and_the_body_is_told(cast, stated, on):
    assert status(cast.solbakken) == Coverage.NO_VOLUNTEERS
    assert (stated.from_date, stated.ended_on) == (on, None)
    told = set(Message.objects.values_list("recipient_id", flat=True))
    assert told == {cast.tove.user_id, cast.arne.user_id}
    assert events_of(cast.solbakken).last().name == "agreements.workplace.state_no_volunteers"


@pytest.mark.requirement("R4")
@pytest.mark.parametrize("who", ["tove", "hanne", "ole", "frida", "dorte", "mia", "karim"])
def test_only_the_workplaces_own_leader_says_it_or_takes_it_back(cast, stated, on, at, who):
    actor = getattr(cast, who)
    with pytest.raises(Refusal):
        actions.end_no_volunteers(workplace=cast.solbakken, actor=actor, on=on, at=at)
    actions.end_no_volunteers(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    with pytest.raises(Refusal):
        actions.state_no_volunteers(workplace=cast.solbakken, actor=actor, on=on, at=at)

    assert status(cast.solbakken) == Coverage.NOT_BEGUN


@pytest.mark.requirement("R4")
def test_beginning_a_draft_ends_it(cast, stated, on, at):
    actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)

    stated.refresh_from_db()
    assert stated.ended_on == on
    assert status(cast.solbakken) == Coverage.UNDER_WAY


@pytest.mark.requirement("R4")
def test_it_is_refused_where_an_agreement_is_in_force_or_on_its_way(cast, in_force, on, at):
    with pytest.raises(Refusal, match=r"in force|i kraft"):
        actions.state_no_volunteers(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)


def test_it_is_refused_while_a_draft_is_on_its_way(cast, draft, on, at):
    with pytest.raises(Refusal, match=r"draft|udkast"):
        actions.state_no_volunteers(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)


def test_it_is_said_once_and_the_database_knows(cast, stated, on, at):
    with pytest.raises(Refusal):
        actions.state_no_volunteers(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoVolunteersStatement.objects.create(workplace=cast.solbakken, from_date=on, stated_by_id=cast.lene.user_id)


@pytest.mark.requirement("R4")
def test_it_is_asked_again_after_a_year_and_stands_meanwhile(cast, stated, on, at):
    nearly, later = on + timedelta(days=364), on + timedelta(days=365)
    lene = replace(cast.lene, on=later)
    assert todo_for(replace(cast.lene, on=nearly)) == []
    assert [todo.key for todo in todo_for(lene)] == ["agreements.no_volunteers"]
    assert status(cast.solbakken) == Coverage.NO_VOLUNTEERS

    actions.state_no_volunteers(workplace=cast.solbakken, actor=lene, on=later, at=at + timedelta(days=365))

    stated.refresh_from_db()
    assert (stated.ended_on, no_volunteers(cast.solbakken.pk).from_date) == (later, later)
    assert todo_for(lene) == []


def test_said_on_a_leap_day_it_is_asked_again_the_day_before_march(municipality):
    assert asked_again_on(NoVolunteersStatement(from_date=date(2028, 2, 29))) == date(2029, 2, 28)


def test_another_municipality_sees_nothing_of_it(cast, stated, other_municipality):
    with tenancy.scope(other_municipality.municipality.pk):
        assert not NoVolunteersStatement.objects.exists()


# Pages


@pytest.mark.requirement("R4")
def test_the_leader_says_it_from_the_begin_page_and_everybody_can_read_it(
    cast, framework, body, url, client_as, anonymous
):
    lene = client_as(cast.lene)
    assert url("state_no_volunteers") in lene.get(url()).content.decode()
    assert lene.get(url("state_no_volunteers")).status_code == 200

    answer = lene.post(url("state_no_volunteers"), follow=True)

    assert "23. november 2026" in answer.content.decode()
    assert "23. november 2026" in lene.get(reverse("workplace", args=[cast.solbakken.slug])).content.decode()
    open_page = anonymous.get(reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug]))
    assert (open_page.status_code, "23. november 2026" in open_page.content.decode()) == (404, True)
    lene.get(url("end_no_volunteers"))
    lene.post(url("end_no_volunteers"))
    assert status(cast.solbakken) == Coverage.NOT_BEGUN


@pytest.mark.parametrize("page", ["state_no_volunteers", "end_no_volunteers"])
@pytest.mark.parametrize(("who", "code"), [("mia", 403), ("hanne", 403), ("ole", 404), ("frida", 404)])
def test_others_are_told_whose_it_is_or_see_nothing(cast, stated, url, client_as, page, who, code):
    client = client_as(getattr(cast, who))
    assert client.get(url(page)).status_code == code
    assert client.post(url(page)).status_code == code
    assert no_volunteers(cast.solbakken.pk) is not None


def test_after_a_year_the_page_asks_again(cast, stated, url, client_as, monkeypatch, at):
    from django.utils import timezone

    later = at + timedelta(days=366)
    monkeypatch.setattr(timezone, "now", lambda: later)
    page = client_as(cast.lene).get(url())
    assert page.context["is_asked_again"] is True
    assert url("end_no_volunteers") in page.content.decode()
