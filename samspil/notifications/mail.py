# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What an e-mail about a message says: that there is something, and where; never what."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from samspil.notifications.models import Delivery, Message

Letter = tuple[str, str]
"""Subject and text."""


def neutral_mail(link: str) -> Letter:
    """Return the subject and the text of the e-mail that leads to ``link``, a path of ours."""
    body = _("Hello\n\nThere is something for you in Samspil:\n%(link)s\n\nKind regards\nSamspil")
    return _("There is something for you in Samspil"), body % {"link": settings.BASE_URL + link}


def letter_of(delivery: Delivery) -> Letter | None:
    """Return what is sent: the neutral mail, or the letter that an area above has for it; None: nothing any more."""
    message = delivery.message
    if message is None:
        return neutral_mail(reverse("messages"))
    if not message.letter:
        return neutral_mail(message.link)
    compose: Callable[[Message], Letter | None] = import_string(settings.LETTERS[message.letter])
    return compose(message)


def mail_opens(at: datetime) -> datetime:
    """Return the first moment from ``at`` on when people here are mailed; the area that knows the days says it."""
    opens: Callable[[datetime], datetime] = import_string(settings.MAIL_OPENS)
    return opens(at)
