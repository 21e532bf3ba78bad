# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The way of an e-mail: planned, claimed, ended, tried again.

**At least once, with one doubt at most.** An attempt is claimed before it is sent and ended afterwards, each in a
transaction of its own. Who stops in between leaves an attempt of which nobody knows whether the mail went. It is tried
once more after 15 minutes, and only once: a neutral link that comes twice harms less than a discussion that somebody
never heard of, but nobody is mailed over and over by a worker that keeps falling.
"""

from datetime import datetime, time, timedelta
from functools import partial
from itertools import islice

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.tenancy import current_municipality_id
from samspil.notifications.kinds import How
from samspil.notifications.mail import mail_opens
from samspil.notifications.models import FAILED, Delivery, Message, OutsideMail
from samspil.notifications.queries import due, lost, mail_switch, monday_of, other_attempts, readers_of_the_week

Outcome = Delivery.Outcome
WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
"""How long to wait after the first, second … attempt that the mail server could not take just now."""
WEEKLY_AT = time(7)
KEPT_FOR = timedelta(days=90)
BATCH = 1000


@transaction.atomic
def plan_weekly_mail(*, at: datetime) -> int:
    """Plan one e-mail for each who wants one a week and has something new; return how many were planned.

    It is about what was told before Monday at 7.00 (the first working day of the week where Monday is none). Whoever
    has had this week's mail gets no other, so it can run as often as one likes, and late.
    """
    week = monday_of(at)
    moment = mail_opens(timezone.make_aware(datetime.combine(week, WEEKLY_AT), timezone.get_default_timezone()))
    if at < moment:
        return 0
    readers = readers_of_the_week(week, moment).iterator(chunk_size=BATCH)
    planned = 0
    while some := list(islice(readers, BATCH)):
        rows = [Delivery(recipient_id=user_id, week=week, due_at=moment) for user_id in some]
        planned += len(Delivery.objects.bulk_create(rows, ignore_conflicts=True))
    return planned


@transaction.atomic
def postpone_while_closed(*, at: datetime) -> None:
    """Let what is due wait for the next working day where today is none; one-time links do not wait."""
    opens = mail_opens(at)
    if opens > at:
        due(at).filter(is_urgent=False).update(due_at=opens)


@transaction.atomic
def claim(*, delivery_id: int, at: datetime) -> Delivery | None:
    """Take an attempt for sending; None where another worker has it, or it has been called off."""
    mine = Delivery.objects.filter(pk=delivery_id, outcome="", claimed_at=None).update(claimed_at=at)
    if not mine:
        return None
    return Delivery.objects.select_related("message", "recipient").get(pk=delivery_id)


@transaction.atomic
def note_outcome(*, delivery: Delivery, outcome: Delivery.Outcome, at: datetime, error: str = "") -> Delivery.Outcome:
    """End an attempt, and plan the next one where the mail server could not take it just now; return what it became.

    After the last wait what was to be ``POSTPONED`` is ``GIVEN_UP``.
    """
    if outcome == Outcome.POSTPONED and delivery.attempt > len(WAITS):
        outcome = Outcome.GIVEN_UP
    ended = Delivery.objects.filter(pk=delivery.pk, outcome="").update(outcome=outcome, error=error[:60], ended_at=at)
    if outcome == Outcome.SENT:
        _covered_by(delivery).update(emailed_at=at)
    elif outcome == Outcome.POSTPONED and ended:
        _plan_next(delivery, at + WAITS[delivery.attempt - 1])
    return outcome


@transaction.atomic
def take_up_lost(*, at: datetime) -> int:
    """Try again, once, what was claimed 15 minutes ago and never ended; return how many were taken up."""
    taken = 0
    for delivery in lost(at)[:BATCH]:
        is_second = other_attempts(delivery).filter(outcome=Outcome.LOST).exists()
        outcome = Outcome.GIVEN_UP if is_second else Outcome.LOST
        ended = Delivery.objects.filter(pk=delivery.pk, outcome="").update(
            outcome=outcome, error="interrupted", ended_at=at
        )
        if ended and not is_second:
            taken += 1
            _plan_next(delivery, at)
    return taken


@transaction.atomic
def try_again(*, delivery: Delivery, at: datetime) -> None:
    """Plan one more attempt at an e-mail that did not get there; refused where there is nothing to try again."""
    found = Delivery.objects.select_for_update().get(pk=delivery.pk)
    newest = other_attempts(found).order_by("-attempt").first()
    if found.outcome not in FAILED or newest != found:
        raise Refusal(_("It is being tried again already."))
    if not mail_switch().is_on:
        raise Refusal(_("E-mail about messages is switched off. Switch it on first."))
    _plan_next(found, at)
    from samspil.notifications.tasks import deliver  # noqa: PLC0415 - tasks import actions

    transaction.on_commit(partial(deliver.enqueue, current_municipality_id()))


@transaction.atomic
def forget_old_deliveries(*, at: datetime) -> int:
    """Delete the log of e-mails that ended 90 days ago; what people were told stays."""
    ended = {"ended_at__lt": at - KEPT_FOR}
    return Delivery.objects.filter(**ended).delete()[0] + OutsideMail.objects.filter(**ended).delete()[0]


def _plan_next(delivery: Delivery, wanted_at: datetime) -> None:
    if not mail_switch().is_on:
        return
    Delivery.objects.create(
        recipient_id=delivery.recipient_id,
        message_id=delivery.message_id,
        week=delivery.week,
        attempt=delivery.attempt + 1,
        is_urgent=delivery.is_urgent,
        due_at=wanted_at if delivery.is_urgent else mail_opens(wanted_at),
    )


def _covered_by(delivery: Delivery) -> models.QuerySet[Message]:
    """Return what the e-mail was about: one message, or all that waited for somebody's Monday."""
    if delivery.message_id is not None:
        return Message.objects.filter(pk=delivery.message_id)
    return Message.objects.filter(
        recipient=delivery.recipient_id, how=How.WEEKLY, emailed_at=None, told_at__lte=delivery.claimed_at
    )
