# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Work that the background worker does."""

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from samspil.foundation import tenancy
from samspil.notifications.actions import mark_emailed
from samspil.notifications.mail import neutral_mail
from samspil.notifications.models import Message


@task()
def deliver(municipality_id: int, message_ids: list[int]) -> int:
    """Send each message as an e-mail with a neutral subject and a link; return how many were sent.

    A message is claimed before it is sent, so that a job that is run again tells nobody twice.
    """
    sent = 0
    for message_id in message_ids:
        with tenancy.scope(municipality_id):
            message = Message.objects.select_related("recipient").get(pk=message_id)
            if not mark_emailed(message=message, at=timezone.now()):
                continue
            subject, body = neutral_mail(message.link)
            EmailMessage(
                subject=subject,
                body=body,
                to=[message.recipient.email],
                headers={"Auto-Submitted": "auto-generated"},
            ).send()
            sent += 1
    return sent
