# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What somebody has been told and not yet opened."""

from django.db import models

from samspil.notifications.models import Message


def unread(user_id: int) -> models.QuerySet[Message]:
    """Return the lines for a user's home page, newest first."""
    return Message.objects.filter(recipient_id=user_id, read_at=None).order_by("-told_at")
