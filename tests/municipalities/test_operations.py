# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The page on how Samspil runs: signs of life, what waits, and what did not get there."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from samspil.audit.models import Event
from samspil.foundation.errors import Refusal
from samspil.foundation.health import AUDIT_WHOLE, HOURLY, LATE_AFTER, WORKER, beat, last_beats
from samspil.municipalities import actions
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.notifications.models import Delivery, Message
from samspil.notifications.queries import failures, mail_switch
from tests.reads import reads

PAGE = "/kommune/drift/"


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def told(cast, at):
    tell(people=[cast.tove.user_id, cast.arne.user_id], key="k", kind=Kind.MED, title="Hemmeligt", link="/", at=at)
    return Delivery.objects.order_by("pk")


def fail(delivery, at, outcome="refused"):
    Delivery.objects.filter(pk=delivery.pk).update(outcome=outcome, error="SMTPRecipientsRefused 550", ended_at=at)


def test_it_shows_the_signs_of_life(cast, at, client_as):
    client = client_as(cast.hanne)
    assert "Der bliver ikke sendt mails" in client.get(PAGE).content.decode()

    beat(name=WORKER, at=at - LATE_AFTER + timedelta(seconds=1))
    beat(name=HOURLY, at=at - timedelta(hours=3))
    page = client.get(PAGE).content.decode()

    assert "Der bliver ikke sendt mails" not in page
    assert (page.count("Alt er i orden"), page.count("Længe siden"), page.count("Ikke set endnu")) == (1, 1, 1)


def test_the_hourly_run_and_the_check_of_the_record_leave_a_sign(cast, at):
    call_command("hourly")
    call_command("verify_audit", municipality="eksempelby", verbosity=0)
    assert last_beats() == {HOURLY: at}

    call_command("verify_audit", verbosity=0)
    assert last_beats() == {HOURLY: at, AUDIT_WHOLE: at}


def test_a_broken_record_is_not_said_to_be_whole(cast, at, settings):
    settings.AUDIT_KEY = "another key"
    with pytest.raises(CommandError):
        call_command("verify_audit", verbosity=0)

    assert last_beats() == {}


def test_it_counts_what_waits_and_what_was_sent(cast, at, told, client_as):
    fail(told[0], at, outcome="sent")

    page = client_as(cast.hanne).get(PAGE)

    assert (page.context["mail"].waiting, page.context["mail"].sent) == (1, 1)
    assert page.context["round"] == 0


def test_a_long_round_shows_how_far_it_is(cast, at, told, client_as, monkeypatch):
    monkeypatch.setattr("samspil.municipalities.operations_views.WORTH_A_BAR", 1)
    fail(told[0], at, outcome="sent")

    page = client_as(cast.hanne).get(PAGE)

    assert (page.context["mail"].done, page.context["round"]) == (1, 2)
    assert '<progress value="1" max="2"' in page.content.decode()


def test_what_did_not_get_there_stands_by_name_without_address_or_matter(cast, at, told, client_as):
    fail(told[0], at)

    page = client_as(cast.hanne).get(PAGE).content.decode()

    assert "Tove Krag" in page
    assert "tove@example.dk" not in page
    assert "Hemmeligt" not in page


def test_it_is_tried_again_from_the_page(cast, at, told, client_as):
    fail(told[0], at)
    url = reverse("try_mail_again", args=[told[0].pk])

    assert client_as(cast.hanne).post(url).url == PAGE
    assert list(failures()) == []
    assert Delivery.objects.filter(message=told[0].message, attempt=2).exists()
    assert Event.objects.latest("sequence").name == "municipalities.mail.try_again"
    assert client_as(cast.hanne).post(url).status_code == 404


def test_who_has_seen_the_message_is_missing_nothing(cast, at, told):
    fail(told[0], at)
    Message.objects.update(read_at=at)

    assert list(failures()) == []


def test_mail_is_switched_off_and_on_with_a_question_first(cast, at, told, client_as):
    client = client_as(cast.hanne)
    assert "Det, der venter" in client.get(reverse("switch_mail_off")).content.decode()

    client.post(reverse("switch_mail_off"))
    assert not mail_switch().is_on
    assert {delivery.outcome for delivery in Delivery.objects.all()} == {"called_off"}

    client.get(reverse("switch_mail_on"))
    client.post(reverse("switch_mail_on"))
    assert (mail_switch().is_on, mail_switch().since) == (True, at)
    events = Event.objects.filter(name="municipalities.municipality.switch_mail").order_by("sequence")
    assert [event.changes for event in events] == [{"is_on": False}, {"is_on": True}]


@pytest.mark.parametrize("who", ["lene", "tove", "dorte", "frida"])
def test_it_is_the_secretariats(cast, at, told, client_as, who):
    fail(told[0], at)
    capacity = getattr(cast, who)
    client = client_as(capacity)

    assert client.get(PAGE).status_code == 403
    assert client.post(reverse("switch_mail_off")).status_code == 403
    assert client.post(reverse("try_mail_again", args=[told[0].pk])).status_code == 404
    with pytest.raises(Refusal):
        actions.switch_mail(municipality=cast.municipality, is_on=False, actor=capacity, at=at)
    with pytest.raises(Refusal):
        actions.try_mail_again(delivery=told[0], actor=capacity, at=at)


def test_another_municipality_sees_none_of_it(cast, at, told, other_municipality):
    from samspil.foundation import tenancy

    fail(told[0], at)
    with tenancy.scope(other_municipality.municipality.pk):
        assert list(failures()) == []


@pytest.mark.parametrize("count", [1, 2])
def test_the_page_costs_the_same_however_much_failed(cast, at, told, client_as, count):
    for number, delivery in enumerate(told):
        fail(delivery, at, outcome="refused" if number < count else "sent")

    assert reads(client_as(cast.hanne), PAGE) == 9
