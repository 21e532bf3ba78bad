# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The way of an e-mail, with a real mail server at the end of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from samspil.foundation.errors import Refusal
from samspil.municipalities.actions import add_closed_day
from samspil.notifications.actions import (
    claim,
    forget_old_deliveries,
    mark_read,
    switch_mail_off,
    switch_mail_on,
    try_again,
)
from samspil.notifications.actions.mailing import WAITS
from samspil.notifications.kinds import How, Kind
from samspil.notifications.models import Delivery, Message
from samspil.notifications.queries import LOST_AFTER, failures
from samspil.notifications.sending import send_what_is_due
from samspil.people.models import User
from tests.notifications.conftest import TITLE

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=COPENHAGEN)
MONDAY_AT_7 = datetime(2026, 11, 30, 7, 0, tzinfo=COPENHAGEN)
TOVE = "tove@example.dk"
ARNE = "arne@example.dk"


def test_what_is_sent_is_neutral_danish_and_made_by_a_machine(relay, tell_tove, work, settings):
    tell_tove()

    assert work() == 1
    ((address, sent),) = relay.taken
    assert address == TOVE
    assert sent["To"] == TOVE
    assert sent["Subject"] == "Der er noget til dig i Samspil"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent.get_content_type() == "text/plain"
    assert sent.get_content_charset() == "utf-8"
    assert sent.get_content().splitlines()[2:4] == ["Der er noget til dig i Samspil:", settings.BASE_URL + "/med/1/"]
    assert TITLE not in sent.as_string()


def test_an_email_that_is_taken_is_noted_and_not_sent_again(relay, at, tell_tove, work, attempts):
    tell_tove()

    assert (work(), work()) == (1, 0)
    assert attempts() == [(1, "sent", "")]
    assert Message.objects.get().emailed_at == at


def test_one_connection_takes_many(cast, relay, tell_tove, work):
    tell_tove(people=[cast.tove.user_id, cast.arne.user_id, cast.mia.user_id])

    assert work() == 3
    assert relay.sent_to == [TOVE, ARNE, "mia@example.dk"]


def test_a_server_that_is_busy_is_asked_again_with_growing_waits(relay, clock, tell_tove, work, attempts):
    relay.says[TOVE] = "451 4.7.1 Greylisted tove@example.dk"
    tell_tove()
    work()
    for wait in WAITS:
        clock.now += wait - timedelta(seconds=1)
        assert work() == 0
        clock.now += timedelta(seconds=1)
        work()

    assert attempts() == [
        *[(number, "postponed", "SMTPRecipientsRefused 451") for number in range(1, 5)],
        (5, "given_up", "SMTPRecipientsRefused 451"),
    ]
    assert [failure.attempt for failure in failures()] == [5]


def test_a_server_that_is_busy_once_gets_it_the_second_time(relay, clock, tell_tove, work, attempts):
    relay.says[TOVE] = "450 4.2.0 Try later"
    tell_tove()
    work()
    del relay.says[TOVE]
    clock.now += WAITS[0]

    assert work() == 1
    assert [outcome for _, outcome, _ in attempts()] == ["postponed", "sent"]
    assert list(failures()) == []


@pytest.mark.parametrize("when", ["recipient", "content"])
def test_a_refusal_for_good_is_not_tried_again(relay, clock, tell_tove, work, attempts, when):
    if when == "recipient":
        relay.says[TOVE] = "550 5.1.1 No such user tove@example.dk"
    else:
        relay.after_data = "554 5.7.1 Not wanted here"
    tell_tove()
    work()
    clock.now += timedelta(days=1)

    assert work() == 0
    error = "SMTPRecipientsRefused 550" if when == "recipient" else "SMTPDataError 554"
    assert attempts() == [(1, "refused", error)]
    assert Message.objects.get().emailed_at is None


def test_one_refusal_stops_nobody_else(cast, relay, tell_tove, work):
    relay.says[TOVE] = "550 5.1.1 No such user"
    tell_tove(people=[cast.tove.user_id, cast.arne.user_id])

    assert work() == 1
    assert relay.sent_to == [ARNE]


def test_an_address_that_cannot_be_written_is_refused(relay, tell_tove, work, attempts):
    User.objects.filter(email=TOVE).update(email=f"{TOVE}, {ARNE}x")
    tell_tove()
    work()

    assert attempts() == [(1, "refused", "ValueError")]
    assert relay.taken == []


@pytest.mark.parametrize("says", ["drop", "slow"])
def test_a_connection_that_fails_ends_the_turn_and_uses_up_one_attempt(
    cast, relay, clock, tell_tove, work, attempts, says
):
    relay.says[TOVE] = says
    tell_tove(people=[cast.tove.user_id, cast.arne.user_id])

    assert work() == 0
    waits = (1, "", "")
    assert attempts() == [(1, "postponed", "SMTPServerDisconnected"), waits, (2, "", "")]
    assert work() == 1
    assert relay.sent_to == [ARNE]


def test_a_server_that_is_not_there_loses_nothing(cast, relay, clock, settings, tell_tove, work):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    tell_tove(people=[cast.tove.user_id, cast.arne.user_id])
    assert work() == 0

    settings.EMAIL_PORT = port
    clock.now += WAITS[0]
    assert work() == 2


def test_no_address_and_no_word_of_the_server_stands_in_the_log(relay, tell_tove, work):
    relay.says[TOVE] = "550 5.1.1 tove@example.dk is unknown"
    tell_tove()
    work()

    kept = " ".join(str(value) for value in Delivery.objects.values_list().get())
    assert "@" not in kept
    assert "unknown" not in kept


# Falling and getting up -----------------------------------------------------------------------------


class Falls(BaseEmailBackend):
    """A worker that is killed while it sends."""

    def send_messages(self, email_messages):
        raise SystemExit


def test_what_was_interrupted_is_tried_once_more_after_a_quarter_of_an_hour(
    relay, clock, settings, tell_tove, work, attempts
):
    tell_tove()
    whole, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Falls"
    with pytest.raises(SystemExit):
        work()
    settings.EMAIL_BACKEND = whole
    clock.now += LOST_AFTER
    assert work() == 0

    clock.now += timedelta(seconds=1)
    assert work() == 1
    assert attempts() == [(1, "lost", "interrupted"), (2, "sent", "")]


def test_who_falls_twice_is_not_tried_a_third_time(clock, settings, tell_tove, work, attempts):
    settings.EMAIL_BACKEND = f"{__name__}.Falls"
    tell_tove()
    for _ in range(2):
        with pytest.raises(SystemExit):
            work()
        clock.now += LOST_AFTER + timedelta(seconds=1)

    assert work() == 0
    assert attempts() == [(1, "lost", "interrupted"), (2, "given_up", "interrupted")]


def test_an_attempt_is_claimed_by_one_worker(clock, tell_tove):
    tell_tove()
    waits = Delivery.objects.get()

    assert claim(delivery_id=waits.pk, at=clock.now) == waits
    assert claim(delivery_id=waits.pk, at=clock.now) is None


class SaysIfInTransaction(BaseEmailBackend):
    """Notes whether the database waits for the mail server."""

    seen: list[bool] = []

    def send_messages(self, email_messages):
        self.seen.append(connection.in_atomic_block)
        return len(email_messages)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_mail_server_is_waited_for(clock, settings):
    from samspil.config.cast import build_cast
    from samspil.foundation import tenancy
    from samspil.notifications.actions import tell

    settings.EMAIL_BACKEND = f"{__name__}.SaysIfInTransaction"
    SaysIfInTransaction.seen.clear()
    cast = build_cast(on=clock.now.date(), at=clock.now)
    with tenancy.scope(cast.municipality.pk):
        tell(people=[cast.tove.person], key="k", kind=Kind.MED, title=TITLE, link="/", at=clock.now)
    with tenancy.scope(cast.municipality.pk):
        assert Delivery.objects.get().outcome == "sent"
    assert SaysIfInTransaction.seen == [False]


@pytest.mark.django_db(transaction=True)
def test_the_worker_finds_by_itself_what_has_come_due(clock, settings):
    from django.core import mail
    from django.core.management import call_command

    from samspil.config.cast import build_cast
    from samspil.foundation import tenancy
    from samspil.notifications.actions import tell

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    clock.now = SATURDAY
    cast = build_cast(on=clock.now.date(), at=clock.now)
    with tenancy.scope(cast.municipality.pk):
        tell(people=[cast.tove.person], key="k", kind=Kind.MED, title=TITLE, link="/", at=clock.now)
    call_command("worker", "--batch", verbosity=0)
    assert mail.outbox == []

    clock.now = MONDAY_AT_7
    call_command("worker", "--batch", verbosity=0)
    assert [sent.to for sent in mail.outbox] == [[TOVE]]


def test_a_turn_ends_in_time_and_says_that_there_is_more(cast, relay, tell_tove):
    tell_tove()

    turn = send_what_is_due(cast.municipality.pk, seconds=0)

    assert (turn.sent, turn.is_more) == (0, True)


# Days ---------------------------------------------------------------------------------------------


def test_in_a_weekend_it_waits_until_monday_at_seven(relay, clock, tell_tove, work):
    clock.now = SATURDAY
    tell_tove()
    assert (work(), Delivery.objects.get().due_at) == (0, MONDAY_AT_7)

    clock.now = MONDAY_AT_7 - timedelta(minutes=1)
    assert work() == 0
    clock.now = MONDAY_AT_7
    assert work() == 1


def test_on_a_closed_day_and_in_the_holidays_it_waits_for_the_next_working_day(cast, at, clock, tell_tove):
    add_closed_day(day=datetime(2026, 12, 24, tzinfo=COPENHAGEN).date(), name="Juleaften", actor=cast.hanne, at=at)
    clock.now = datetime(2026, 12, 24, 9, 0, tzinfo=COPENHAGEN)
    tell_tove()

    assert Delivery.objects.get().due_at == datetime(2026, 12, 28, 7, 0, tzinfo=COPENHAGEN)


def test_in_the_night_before_a_working_day_it_goes_at_once(relay, clock, tell_tove, work):
    clock.now = datetime(2026, 11, 24, 2, 0, tzinfo=COPENHAGEN)
    tell_tove()

    assert work() == 1


def test_a_day_that_is_closed_later_counts_for_what_waits(cast, at, relay, clock, tell_tove, work):
    tell_tove()
    add_closed_day(day=at.date(), name="Strømmen er gået", actor=cast.hanne, at=at)

    assert work() == 0
    assert Delivery.objects.get().due_at == datetime(2026, 11, 24, 7, 0, tzinfo=COPENHAGEN)


def test_an_attempt_that_falls_in_a_weekend_waits_too(relay, clock, tell_tove, work):
    clock.now = datetime(2026, 11, 27, 23, 58, tzinfo=COPENHAGEN)
    relay.says[TOVE] = "451 4.3.0 Later"
    tell_tove()
    work()

    assert Delivery.objects.get(attempt=2).due_at == MONDAY_AT_7


# What is no longer needed, and the past -------------------------------------------------------------


def test_what_has_been_read_in_the_meantime_is_not_mailed(relay, clock, tell_tove, work, attempts):
    clock.now = SATURDAY
    tell_tove()
    mark_read(message=Message.objects.get(), at=clock.now)
    clock.now = MONDAY_AT_7

    assert work() == 0
    assert attempts() == [(1, "called_off", "")]


def test_switching_mail_on_mails_nobody_about_the_past(cast, relay, clock, tell_tove, work):
    from samspil.notifications.actions import choose_mail, plan_weekly_mail

    choose_mail(user_id=cast.arne.user_id, choices={Kind.MED: How.WEEKLY}, at=clock.now)
    both = [cast.tove.user_id, cast.arne.user_id]
    tell_tove("before", people=both)
    assert switch_mail_off(at=clock.now)
    tell_tove("while off", people=both)
    tell_tove("while off, to act on", kind=Kind.ACT, people=both)
    clock.now += timedelta(hours=1)
    assert switch_mail_on(at=clock.now)

    assert work() == 0
    clock.now = MONDAY_AT_7
    assert plan_weekly_mail(at=clock.now) == 0
    assert (work(), relay.taken) == (0, [])

    tell_tove("from now on")
    assert (work(), relay.sent_to) == (1, [TOVE])


def test_switching_off_what_is_off_and_on_what_is_on_changes_nothing(clock, tell_tove):
    assert not switch_mail_on(at=clock.now)
    assert switch_mail_off(at=clock.now)
    assert not switch_mail_off(at=clock.now)
    assert switch_mail_on(at=clock.now)


def test_nothing_is_tried_again_after_mail_was_switched_off(relay, clock, tell_tove, work, attempts):
    relay.says[TOVE] = "451 4.3.0 Later"
    tell_tove()
    work()
    switch_mail_off(at=clock.now)
    switch_mail_on(at=clock.now)
    clock.now += timedelta(days=1)

    assert work() == 0
    assert [outcome for _, outcome, _ in attempts()] == ["postponed", "called_off"]


def test_trying_again_is_one_more_attempt_and_no_second_one_beside_it(relay, clock, tell_tove, work, attempts):
    relay.says[TOVE] = "550 5.1.1 No such user"
    tell_tove()
    work()
    failed = failures().get()
    del relay.says[TOVE]

    try_again(delivery=failed, at=clock.now)
    with pytest.raises(Refusal):
        try_again(delivery=failed, at=clock.now)

    assert list(failures()) == []
    assert work() == 1
    assert [outcome for _, outcome, _ in attempts()] == ["refused", "sent"]


def test_the_log_is_forgotten_after_ninety_days_and_the_message_stays(relay, clock, tell_tove, work):
    tell_tove()
    work()

    assert forget_old_deliveries(at=clock.now + timedelta(days=90)) == 0
    assert forget_old_deliveries(at=clock.now + timedelta(days=90, seconds=1)) == 1
    assert Message.objects.count() == 1
