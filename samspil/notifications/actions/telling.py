# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Telling: a line on the home page now, an e-mail with a link soon after."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from itertools import islice

from django.db import transaction

from samspil.foundation.tenancy import current_municipality_id
from samspil.notifications.kinds import How, Kind
from samspil.notifications.mail import mail_opens
from samspil.notifications.models import Delivery, Message
from samspil.notifications.queries import how_told

BATCH = 1000


@transaction.atomic
def tell(
    *, people: Iterable[int], key: str, kind: Kind, title: str, link: str, at: datetime, letter: str = ""
) -> list[int]:
    """Tell each user (by id) once per ``key``, and return whom it was new to; ``link`` is a path of ours.

    ``title`` stands only behind login; the e-mail has a neutral subject and the link. It goes at once on a working
    day, else on the next one, unless its reader has chosen otherwise for this ``kind``. A ``letter`` (a key of
    ``settings.LETTERS``) carries a one-time link and waits for no day. A job that tells a whole municipality calls it
    with some thousands at a time: told again from the beginning, it goes on where it stopped.
    """
    everybody = iter(dict.fromkeys(people))
    due_at = at if letter else mail_opens(at)
    told: list[int] = []
    is_mailed = False
    while some := list(islice(everybody, BATCH)):
        known = set(Message.objects.filter(key=key, recipient__in=some).values_list("recipient", flat=True))
        new = [user_id for user_id in some if user_id not in known]
        how = how_told(new, kind) if new else {}
        # Somebody else may tell the same at this very moment: the database keeps one of the two.
        Message.objects.bulk_create(
            [
                Message(
                    recipient_id=user_id,
                    key=key,
                    kind=kind,
                    how=how[user_id],
                    letter=letter,
                    title=title[:200],
                    link=link,
                    told_at=at,
                )
                for user_id in new
            ],
            ignore_conflicts=True,
        )
        mailed = [user_id for user_id in new if how[user_id] == How.AT_ONCE]
        rows = Message.objects.filter(key=key, recipient__in=mailed).order_by("pk").values_list("pk", "recipient")
        Delivery.objects.bulk_create(
            [
                Delivery(message_id=pk, recipient_id=user_id, due_at=due_at, is_urgent=bool(letter))
                for pk, user_id in (rows if mailed else ())
            ],
            ignore_conflicts=True,
        )
        told += new
        is_mailed = is_mailed or bool(mailed)
    if is_mailed and due_at <= at:
        from samspil.notifications.tasks import deliver  # noqa: PLC0415 - tasks import actions

        transaction.on_commit(partial(deliver.enqueue, current_municipality_id()))
    return told


@transaction.atomic
def mark_read(*, message: Message, at: datetime) -> Message:
    """Note that the line was opened; it leaves the home page."""
    if message.read_at is None:
        message.read_at = at
        message.save(update_fields=["read_at"])
    return message
