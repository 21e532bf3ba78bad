# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Messages are seen and opened by the one who was told, in no matter which role here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.permission import Permission
from samspil.notifications.models import Message


def visible_messages(capacity: Capacity) -> models.QuerySet[Message]:
    """Return what the person has been told in this municipality."""
    return Message.objects.filter(recipient_id=capacity.user_id)


def was_told(capacity: Capacity, message: Message) -> bool:
    """Whether the message is the person's own."""
    return visible_messages(capacity).filter(pk=message.pk).exists()


def is_a_person(capacity: Capacity, _subject: object) -> bool:
    """Whether a person stands behind the capacity."""
    return capacity.user_id is not None


VIEW_MESSAGES = Permission("notifications.view_messages", is_a_person, _("everybody with a role here"))
OPEN_MESSAGE = Permission("notifications.open_message", was_told, _("the one who was told"))
CHOOSE_MAIL = Permission("notifications.choose_mail", is_a_person, _("everybody with a role here"))
