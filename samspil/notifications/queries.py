# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What somebody has been told and not yet opened, and how the e-mail about it goes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone

from samspil.notifications.kinds import ALWAYS_MAILED, CHOSEN_BY_THE_READER, How, Kind
from samspil.notifications.models import FAILED, Delivery, MailSwitch, Message, OutsideMail, Preference

LOST_AFTER = timedelta(minutes=15)
"""No attempt takes this long: the mail server is given 20 seconds to answer."""


def unread(user_id: int) -> models.QuerySet[Message]:
    """Return the lines for a user's home page, newest first."""
    return Message.objects.filter(recipient_id=user_id, read_at=None).order_by("-told_at")


def chosen_by(user_id: int) -> dict[Kind, How]:
    """Return how somebody wants to hear of each kind that they can choose for."""
    rows = dict(Preference.objects.filter(user=user_id).values_list("kind", "how"))
    return {kind: How(rows.get(kind, How.AT_ONCE)) for kind in CHOSEN_BY_THE_READER}


def how_told(user_ids: Collection[int], kind: Kind) -> dict[int, How]:
    """Return how each of the people hears of this kind; nobody by e-mail while the municipality sends none."""
    if not mail_switch().is_on:
        return dict.fromkeys(user_ids, How.NEVER)
    found = dict.fromkeys(user_ids, How.AT_ONCE)
    if kind not in ALWAYS_MAILED:
        rows = Preference.objects.filter(user__in=user_ids, kind=kind).values_list("user", "how")
        found |= {user: How(how) for user, how in rows}
    return found


@dataclass(frozen=True)
class Switch:
    """Whether e-mail about messages is sent here, and since when; ``since`` is None where it always was."""

    is_on: bool
    since: datetime | None


def mail_switch() -> Switch:
    """Return whether the municipality sends e-mail about messages."""
    row = MailSwitch.objects.first()
    return Switch(row is None or row.on_since is not None, row.on_since if row else None)


def waiting() -> models.QuerySet[Delivery]:
    """Return the e-mails that are planned and not yet begun."""
    return Delivery.objects.filter(outcome="", claimed_at=None)


def due(at: datetime) -> models.QuerySet[Delivery]:
    """Return what is to be sent now, one-time links first, then in the order in which people were told."""
    return waiting().filter(due_at__lte=at).order_by("-is_urgent", "due_at", "pk")


def lost(at: datetime) -> models.QuerySet[Delivery]:
    """Return what was begun and never ended: whoever did it is gone."""
    return Delivery.objects.filter(outcome="", claimed_at__lt=at - LOST_AFTER)


def is_something_to_send(at: datetime) -> bool:
    """Say whether the worker has something to do here."""
    return due(at).exists() or lost(at).exists() or outside_due(at).exists()


def outside_due(at: datetime) -> models.QuerySet[OutsideMail]:
    """Return the e-mails to people without a login that are to be sent now."""
    return OutsideMail.objects.filter(outcome="", due_at__lte=at).order_by("due_at", "pk")


def outside_outcomes(about: Collection[str]) -> dict[str, str]:
    """Return how the e-mails about these have gone: nothing while one waits; what is absent was never planned."""
    rows = OutsideMail.objects.filter(about__in=about).values_list("about", "outcome")
    return dict(rows)


def monday_of(at: datetime) -> date:
    """Return the Monday of the week."""
    day = timezone.localdate(at)
    return day - timedelta(days=day.weekday())


def readers_of_the_week(week: date, before: datetime) -> models.QuerySet[Message, int]:
    """Return whom something new waits for that they hear of once a week, and who has not had this week's mail."""
    had = Delivery.objects.filter(week=week, recipient=models.OuterRef("recipient"))
    waits = Message.objects.filter(how=How.WEEKLY, emailed_at=None, read_at=None, told_at__lt=before)
    return waits.exclude(models.Exists(had)).order_by("recipient").values_list("recipient", flat=True).distinct()


def other_attempts(delivery: Delivery) -> models.QuerySet[Delivery]:
    """Return all attempts at the same e-mail."""
    if delivery.message_id is not None:
        return Delivery.objects.filter(message=delivery.message_id)
    return Delivery.objects.filter(message=None, recipient=delivery.recipient_id, week=delivery.week)


def failures() -> models.QuerySet[Delivery]:
    """Return the e-mails that did not get there and are not tried again, newest first.

    Whoever has seen the message on the home page in the meantime is no longer missing anything.
    """
    later = Delivery.objects.filter(attempt__gt=models.OuterRef("attempt")).filter(
        models.Q(message=models.OuterRef("message"))
        | models.Q(message=None, recipient=models.OuterRef("recipient"), week=models.OuterRef("week"))
    )
    ended = Delivery.objects.filter(outcome__in=FAILED, message__read_at=None)
    return ended.exclude(models.Exists(later)).select_related("recipient", "message").order_by("-ended_at", "-pk")


@dataclass(frozen=True)
class Post:
    """How the e-mail goes: how many wait, how many of these are due, and how many went in the last seven days.

    ``done`` is how many have ended since the oldest that is due: with ``due`` it is the progress of a long round.
    """

    waiting: int
    due: int
    next_at: datetime | None
    done: int
    sent: int


def post(at: datetime) -> Post:
    """Return how the e-mail of this municipality goes."""
    rest = waiting().aggregate(
        count=models.Count("pk"),
        due=models.Count("pk", filter=models.Q(due_at__lte=at)),
        next_at=models.Min("due_at"),
    )
    sent = Delivery.objects.filter(outcome=Delivery.Outcome.SENT, ended_at__gt=at - timedelta(days=7)).count()
    done = Delivery.objects.filter(ended_at__gte=rest["next_at"]).count() if rest["due"] else 0
    return Post(rest["count"], rest["due"], rest["next_at"], done, sent)
