# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Forgetting what a person was told, and what others were told of them."""

from datetime import datetime

from django.db import models, transaction

from samspil.foundation.capacity import Capacity
from samspil.foundation.personal_data import Person
from samspil.notifications.models import Delivery, Message, Preference


@transaction.atomic
def forget_messages(*, person: Person, actor: Capacity, at: datetime) -> None:
    """Delete what others were told that leads to a page about the person: its words may name them."""
    del actor, at
    about = models.Q(pk__in=[])
    for page in person.pages:
        about |= models.Q(link__startswith=page)
    _delete(Message.objects.filter(about))


@transaction.atomic
def forget_recipient(*, user_id: int) -> None:
    """Delete everything about telling somebody who has no role here any more."""
    Delivery.objects.filter(recipient_id=user_id).delete()
    _delete(Message.objects.filter(recipient_id=user_id))
    Preference.objects.filter(user_id=user_id).delete()


def _delete(messages: models.QuerySet[Message]) -> None:
    Delivery.objects.filter(message__in=messages).delete()
    messages.delete()
