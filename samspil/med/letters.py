# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The e-mail that carries a one-time link; ``settings.LETTERS`` names it, and the telling below sends it."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.capacity import system_capacity
from samspil.foundation.tenancy import current_municipality_id
from samspil.med.actions import issue_link
from samspil.med.models import Confirmation
from samspil.med.queries import speakers
from samspil.notifications.mail import Letter
from samspil.notifications.models import Message


def confirmation_letter(message: Message) -> Letter | None:
    """Return the e-mail with a login link and a new one-time link; None where nobody is asked any more.

    The token is made here and only here, so it never lies in the database, the queue's tables included.
    """
    asked = Confirmation.objects.select_related("dialogue__committee", "dialogue__origin__committee", "municipality")
    confirmation = asked.filter(pk=message.key.rpartition(".")[2], answer=Confirmation.Answer.ASKED).first()
    if confirmation is None:
        return None
    seats = speakers(confirmation.dialogue, timezone.localdate(confirmation.asked_at))
    seat = next((seat for seat in seats if seat.user_id == message.recipient_id), None)
    if seat is None:
        return None
    actor = system_capacity(municipality_id=current_municipality_id(), on=timezone.localdate(), name="letters")
    token = issue_link(confirmation=confirmation, membership=seat, actor=actor, at=timezone.now())
    link = reverse("confirm_by_link", args=[confirmation.municipality.slug, token])
    body = _(
        "Hello\n\nThere is something for you to confirm in Samspil. Log in:\n%(login)s\n\n"
        "Or use this link. It is yours alone and works once; nothing happens before you press a button:\n"
        "%(link)s\n\nKind regards\nSamspil"
    )
    addresses = {"login": settings.BASE_URL + message.link, "link": settings.BASE_URL + link}
    return _("There is something for you in Samspil"), body % addresses
