# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Telling: a line on the home page now, an e-mail with a link soon after."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction

from samspil.foundation.tenancy import current_municipality_id
from samspil.notifications.models import Message


@transaction.atomic
def tell(
    *, people: Iterable[int], key: str, title: str, link: str, at: datetime, by_email: bool = True
) -> list[Message]:
    """Tell each user (by id) once per ``key``; ``link`` is a path of ours.

    ``title`` stands only behind login; the e-mail has a neutral subject and the link. With
    ``by_email=False`` the caller sends an e-mail of its own, and claims it by ``mark_emailed``.
    """
    told = []
    for user_id in dict.fromkeys(people):
        message, is_new = Message.objects.get_or_create(
            recipient_id=user_id, key=key, defaults={"title": title[:200], "link": link, "told_at": at}
        )
        if is_new:
            told.append(message)
    if told and by_email:
        from samspil.notifications.tasks import deliver  # noqa: PLC0415 - tasks import actions

        transaction.on_commit(partial(deliver.enqueue, current_municipality_id(), [message.pk for message in told]))
    return told


@transaction.atomic
def mark_read(*, message: Message, at: datetime) -> Message:
    """Note that the line was opened; it leaves the home page."""
    if message.read_at is None:
        message.read_at = at
        message.save(update_fields=["read_at"])
    return message


@transaction.atomic
def mark_emailed(*, message: Message, at: datetime) -> bool:
    """Claim the message for sending; False where another worker has it already."""
    return bool(Message.objects.filter(pk=message.pk, emailed_at=None).update(emailed_at=at))
