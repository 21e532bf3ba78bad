# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What one wants e-mail about: by kind, at once, once a week or never; and what nobody can choose away."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from samspil.foundation.errors import Refusal
from samspil.municipalities.actions import add_closed_day
from samspil.notifications.actions import choose_mail, mark_read, plan_weekly_mail
from samspil.notifications.kinds import How, Kind
from samspil.notifications.models import Delivery, Message
from samspil.notifications.queries import chosen_by, unread
from tests.reads import reads

pytestmark = pytest.mark.usefixtures("clock")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NEXT_MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=COPENHAGEN)


def choose(capacity, at, **choices):
    choose_mail(user_id=capacity.user_id, choices={Kind(kind): How(how) for kind, how in choices.items()}, at=at)


def test_at_once_is_what_one_gets_unless_one_chooses(cast, tell_tove, work):
    tell_tove()

    assert work() == 1
    assert chosen_by(cast.tove.user_id) == {
        Kind.MED: How.AT_ONCE,
        Kind.AGREEMENT: How.AT_ONCE,
        Kind.REMINDER: How.AT_ONCE,
    }


def test_never_means_the_line_on_the_home_page_only(cast, at, tell_tove, work):
    choose(cast.tove, at, med="never")
    tell_tove("med")
    tell_tove("agreement", kind=Kind.AGREEMENT)

    assert work() == 1
    assert set(unread(cast.tove.user_id).values_list("key", flat=True)) == {"med", "agreement"}


def test_a_choice_is_the_persons_own(cast, at, tell_tove, work):
    choose(cast.tove, at, med="never")
    tell_tove(people=[cast.tove.user_id, cast.arne.user_id])

    work()

    assert [sent.to for sent in mail.outbox] == [["arne@example.dk"]]


def test_what_one_must_act_on_cannot_be_chosen_away(cast, at, tell_tove, work):
    with pytest.raises(Refusal):
        choose(cast.tove, at, act="never")
    choose(cast.tove, at, med="never", agreement="never", reminder="never")
    tell_tove(kind=Kind.ACT)

    assert work() == 1


def test_a_no_counts_for_the_mail_that_waits(cast, clock, tell_tove, work):
    saturday = clock.now + timedelta(days=5)
    clock.now = saturday
    tell_tove()
    choose(cast.tove, saturday, med="never")
    clock.now = NEXT_MONDAY

    assert work() == 0
    assert Delivery.objects.get().outcome == "called_off"


# Once a week --------------------------------------------------------------------------------------


@pytest.fixture
def weekly(cast, at):
    choose(cast.tove, at, med="weekly", agreement="weekly")


@pytest.fixture
def monday(clock, work):
    """Let Monday morning come, a week after the last, and say to whom was sent."""

    def morning(moment=NEXT_MONDAY):
        clock.now, before = moment, len(mail.outbox)
        call_command("hourly")
        work()
        return [sent.to[0] for sent in mail.outbox[before:]]

    return morning


def test_a_week_is_one_neutral_mail_on_monday_morning(weekly, tell_tove, work, monday, settings):
    tell_tove("one")
    tell_tove("two", kind=Kind.AGREEMENT)
    assert work() == 0
    assert monday(NEXT_MONDAY - timedelta(minutes=1)) == []

    assert monday() == ["tove@example.dk"]
    assert mail.outbox[0].subject == "Der er noget til dig i Samspil"
    assert f"{settings.BASE_URL}/beskeder/\n" in mail.outbox[0].body
    assert set(Message.objects.values_list("emailed_at", flat=True)) == {NEXT_MONDAY}


def test_the_hourly_run_tells_nobody_twice_and_nobody_about_nothing(weekly, tell_tove, monday):
    tell_tove("one")
    assert monday() == ["tove@example.dk"]

    tell_tove("two")
    assert monday(NEXT_MONDAY + timedelta(hours=1)) == []
    assert monday(NEXT_MONDAY + timedelta(days=2)) == []
    assert monday(NEXT_MONDAY + timedelta(days=7)) == ["tove@example.dk"]
    assert monday(NEXT_MONDAY + timedelta(days=14)) == []


def test_a_late_run_still_sends_mondays_mail(weekly, tell_tove, monday):
    tell_tove()

    assert monday(NEXT_MONDAY + timedelta(days=3)) == ["tove@example.dk"]


def test_what_has_been_read_is_not_new(cast, at, weekly, tell_tove, monday):
    tell_tove()
    mark_read(message=Message.objects.get(), at=at)

    assert monday() == []


def test_never_also_stops_what_waited_for_monday(cast, at, weekly, tell_tove, monday):
    tell_tove()
    choose(cast.tove, at, med="never")

    assert monday() == []


def test_where_monday_is_no_working_day_the_mail_comes_on_the_next(cast, at, weekly, tell_tove, monday):
    add_closed_day(day=NEXT_MONDAY.date(), name="Lukket", actor=cast.hanne, at=at)
    tell_tove()

    assert monday() == []
    assert monday(NEXT_MONDAY + timedelta(days=1)) == ["tove@example.dk"]


def test_a_plan_that_was_interrupted_goes_on_where_it_stopped(cast, at, weekly, clock, tell_tove):
    choose(cast.arne, at, med="weekly")
    tell_tove(people=[cast.tove.user_id, cast.arne.user_id])
    clock.now = NEXT_MONDAY
    plan_weekly_mail(at=clock.now)
    Delivery.objects.filter(recipient=cast.arne.user_id).delete()

    assert plan_weekly_mail(at=clock.now) == 1
    assert Delivery.objects.count() == 2


# The page -----------------------------------------------------------------------------------------


def test_the_page_keeps_the_choice_and_stands_beside_the_messages(cast, client_as):
    client = client_as(cast.tove)
    assert reverse("choose_mail") in client.get(reverse("messages")).content.decode()

    answer = client.post(reverse("choose_mail"), {"med": "weekly", "agreement": "never", "reminder": "at_once"})

    assert answer.url == reverse("choose_mail")
    assert list(chosen_by(cast.tove.user_id).values()) == [How.WEEKLY, How.NEVER, How.AT_ONCE]


@pytest.mark.parametrize("sent", [{}, {"med": "often", "agreement": "never", "reminder": "never"}])
def test_the_page_says_what_to_choose(cast, client_as, sent):
    answer = client_as(cast.tove).post(reverse("choose_mail"), sent)

    assert answer.status_code == 422
    assert chosen_by(cast.tove.user_id)[Kind.MED] == How.AT_ONCE


def test_a_kind_that_is_no_choice_is_not_read_off_the_form(cast, client_as, tell_tove, work):
    sent = {"med": "never", "agreement": "never", "reminder": "never", "act": "never"}
    client_as(cast.tove).post(reverse("choose_mail"), sent)
    tell_tove(kind=Kind.ACT)

    assert work() == 1


def test_a_choice_holds_in_one_municipality(cast, other_municipality, at):
    from samspil.foundation import tenancy

    choose(cast.tove, at, med="never")
    with tenancy.scope(other_municipality.municipality.pk):
        assert chosen_by(cast.tove.user_id)[Kind.MED] == How.AT_ONCE


def test_the_page_costs_the_same_whatever_is_chosen(cast, at, client_as):
    client = client_as(cast.tove)
    before = reads(client, reverse("choose_mail"))
    choose(cast.tove, at, med="never", agreement="weekly", reminder="never")

    assert reads(client, reverse("choose_mail")) == before == 5
