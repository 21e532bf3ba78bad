# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Work that the background worker does."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from samspil.foundation import tenancy
from samspil.foundation.capacity import system_capacity
from samspil.med.actions import issue_link
from samspil.med.models import Confirmation
from samspil.med.queries import speakers
from samspil.notifications.actions import mark_emailed
from samspil.notifications.models import Message


@task()
def send_links(municipality_id: int, confirmation_id: int) -> int:
    """Send each one asked an e-mail with a login link and a one-time link of their own; return how many were sent.

    The token is made here and only here, so it never lies in the database, the queue's tables included. A
    message is claimed before it is sent, so that a job that is run again tells nobody twice.
    """
    sent = 0
    with tenancy.scope(municipality_id):
        confirmation = Confirmation.objects.select_related(
            "dialogue__committee", "dialogue__origin__committee", "municipality"
        ).get(pk=confirmation_id)
        seats = speakers(confirmation.dialogue, timezone.localdate(confirmation.asked_at))
        if confirmation.answer != Confirmation.Answer.ASKED:
            return 0
    for seat in seats:
        with tenancy.scope(municipality_id):
            message = Message.objects.filter(recipient=seat.user_id, key=f"med.confirmation.{confirmation_id}").first()
            if message is None or not mark_emailed(message=message, at=timezone.now()):
                continue
            actor = system_capacity(municipality_id=municipality_id, on=timezone.localdate(), name="send_links")
            token = issue_link(confirmation=confirmation, membership=seat, actor=actor, at=timezone.now())
            link = reverse("confirm_by_link", args=[confirmation.municipality.slug, token])
            EmailMessage(
                subject=_("There is something for you in Samspil"),
                body=_(
                    "Hello\n\nThere is something for you to confirm in Samspil. Log in:\n%(login)s\n\n"
                    "Or use this link. It is yours alone and works once; nothing happens before you press a button:\n"
                    "%(link)s\n\nKind regards\nSamspil"
                )
                % {"login": settings.BASE_URL + message.link, "link": settings.BASE_URL + link},
                to=[seat.user.email],
                headers={"Auto-Submitted": "auto-generated"},
            ).send()
            sent += 1
    return sent
