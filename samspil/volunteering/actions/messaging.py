# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Words to many volunteers at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.municipalities.models import Unit
from samspil.notifications.actions import mail_outside
from samspil.volunteering.models import VolunteerMessage
from samspil.volunteering.permissions import RECEIVE
from samspil.volunteering.queries import readers_of


@transaction.atomic
def send_message(
    *, workplace: Unit, lineage: UUID | None, text: str, actor: Capacity, at: datetime
) -> VolunteerMessage:
    """Write to the volunteers of the workplace, or of one task: by e-mail with a link where they have an address."""
    RECEIVE.require(actor, workplace)
    if not text.strip():
        raise Refusal(_("Write what you want to tell them."))
    readers = readers_of(workplace.pk, lineage)
    if not readers:
        raise Refusal(_("There is nobody to write to."))
    message = VolunteerMessage.objects.create(
        workplace=workplace, lineage=lineage, text=text.strip(), sent_by_id=actor.person, sent_at=at
    )
    link = reverse("open_volunteer_message", args=[workplace.municipality.slug, message.code])
    letters = {message.about(one.pk): (one.email, link) for one in readers if one.email}
    is_mailed = mail_outside(letters=letters, at=at)
    audit.record(
        name="volunteering.message.send",
        subject=message,
        actor=actor,
        at=at,
        changes={"readers": len(readers), "mailed": len(letters) if is_mailed else 0},
    )
    return message
