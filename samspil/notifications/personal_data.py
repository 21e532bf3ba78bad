# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What telling keeps about a person: messages to them, and messages to others that lead to their page."""

from django.utils.translation import gettext as _

from samspil.foundation.personal_data import Area, Entry, Person
from samspil.foundation.templatetags.samspil import danish_date
from samspil.notifications.actions import forget_messages
from samspil.notifications.models import Message


def find(person: Person) -> list[Entry]:
    """Return what somebody was told."""
    rows = Message.objects.filter(recipient_id=person.user_id) if person.user_id else Message.objects.none()
    return [Entry(_("Message"), ((_("Day"), danish_date(row.told_at)), (_("Words"), row.title))) for row in rows]


AREA = Area("notifications", find, forget_messages)
