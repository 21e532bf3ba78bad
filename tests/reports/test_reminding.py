# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from samspil.agreements import actions
from samspil.agreements.actions.reminding import NobodyToRemindError
from samspil.audit.models import Event
from samspil.config.story import publish_model_framework
from samspil.foundation.errors import Refusal
from samspil.municipalities.actions import create_unit
from samspil.municipalities.models import Sector, Unit
from samspil.notifications.models import Message
from tests.reads import reads

REMIND = "remind_not_begun"


@pytest.fixture
def framework(cast, on, at):
    return publish_model_framework(administrator=cast.hanne, on=on, at=at)


def about_reminders():
    return Message.objects.filter(key__startswith="agreements.not_begun.")


def everything():
    return list(Unit.objects.filter(is_workplace=True))


@pytest.mark.requirement("R4")
def test_each_leader_of_a_workplace_that_has_not_begun_is_told_once(cast, framework, on, at):
    actions.open_draft(workplace=cast.nordre_skole, actor=cast.ole, on=on, at=at)
    told = actions.remind_not_begun(workplaces=everything(), actor=cast.hanne, at=at)
    assert [reminder.workplace for reminder in told.reminders] == [cast.solbakken]
    assert [message.recipient_id for message in about_reminders()] == [cast.lene.user_id]
    assert "Plejecenter Solbakken" in about_reminders().get().title

    for days in (0, 1, 13):
        with pytest.raises(NobodyToRemindError):
            actions.remind_not_begun(workplaces=everything(), actor=cast.hanne, at=at + timedelta(days=days))
    assert about_reminders().count() == 1

    actions.remind_not_begun(workplaces=everything(), actor=cast.hanne, at=at + timedelta(days=14))
    assert about_reminders().count() == 2


def test_the_reminder_is_an_event_without_names(cast, framework, at):
    actions.remind_not_begun(workplaces=everything(), actor=cast.hanne, at=at)
    event = Event.objects.get(name="agreements.reminder.send")
    assert event.changes == {"workplaces": [cast.nordre_skole.pk, cast.solbakken.pk], "leaders": 2}


def test_only_the_secretariat_reminds(cast, framework, client_as, at):
    for capacity in (cast.lene, cast.dorte, cast.mia):
        with pytest.raises(Refusal):
            actions.remind_not_begun(workplaces=everything(), actor=capacity, at=at)
        assert client_as(capacity).get(reverse(REMIND)).status_code == 403
        assert client_as(capacity).post(reverse(REMIND)).status_code == 403
    assert not about_reminders().exists()


def test_nobody_is_reminded_before_there_is_a_framework_or_where_nobody_leads(cast, client_as, on, at):
    with pytest.raises(NobodyToRemindError):
        actions.remind_not_begun(workplaces=everything(), actor=cast.hanne, at=at)
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    create_unit(name="Uden", parent=cast.top, sector=Sector.OTHER, is_workplace=True, actor=cast.hanne, at=at)
    told = actions.remind_not_begun(workplaces=everything(), actor=cast.hanne, at=at)
    assert [unit.name for unit in told.without_leader] == ["Uden"]
    assert len(told.reminders) == 2


def test_workplaces_of_another_municipality_are_never_reminded(cast, other_municipality, framework, at):
    elsewhere = other_municipality.anlaegget
    with pytest.raises(NobodyToRemindError):
        actions.remind_not_begun(workplaces=[elsewhere], actor=cast.hanne, at=at)
    with pytest.raises(Refusal):
        actions.remind_not_begun(workplaces=everything(), actor=other_municipality.kaj, at=at)


def test_the_secretariat_reads_the_words_and_confirms(
    cast, framework, client_as, django_capture_on_commit_callbacks, settings
):
    client = client_as(cast.hanne)
    assert reverse(REMIND) in client.get(reverse("overview")).content.decode()
    page = client.get(reverse(REMIND) + "?sektor=care_home").content.decode()
    assert "Har I frivillige på Plejecenter Solbakken?" in page
    assert "Nordre Skole" not in page
    assert "Mind én leder om det" in page
    shown = client.get(reverse(REMIND) + "?sektor=care_home").context["mark"]

    # What is confirmed is what was shown.
    other = client.post(reverse(REMIND), {"shown": shown})
    assert other.status_code == 409
    assert "Listen har ændret sig" in other.content.decode()
    assert not about_reminders().exists()

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse(REMIND) + "?sektor=care_home", {"shown": shown}, follow=True)
    assert "Én leder har fået besked." in answer.content.decode()
    assert [message.recipient_id for message in about_reminders()] == [cast.lene.user_id]
    for sent in mail.outbox:
        assert "Solbakken" not in sent.subject
        assert "frivillige" not in sent.body

    page = client.get(reverse(REMIND) + "?sektor=care_home").content.decode()
    assert "Der er ingen at minde om det her" in page
    assert (
        "Lederen blev mindet om det den"
        in client.get(reverse("overview_why", args=["plejecenter-solbakken"])).content.decode()
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_workplaces(cast, framework, client_as, at, count):
    for number in range(count):
        create_unit(
            name=f"N {number}", parent=cast.top, sector=Sector.OTHER, is_workplace=True, actor=cast.hanne, at=at
        )
    assert reads(client_as(cast.hanne), reverse(REMIND)) == 11
