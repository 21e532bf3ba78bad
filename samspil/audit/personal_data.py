# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the audit keeps about a volunteer: a pseudonym, and who has looked at their record."""

from datetime import datetime

from django.utils.translation import gettext as _

from samspil.audit.actions import forget_reads_about, take_pseudonym
from samspil.audit.models import ReadEvent
from samspil.foundation.capacity import Capacity
from samspil.foundation.personal_data import Area, Entry, Person
from samspil.foundation.templatetags.samspil import danish_date

VOLUNTEER = "volunteering.volunteer"
"""The label of a volunteer's record, which stands above this area."""


def find(person: Person) -> list[Entry]:
    """Return who has looked at the record."""
    rows = ReadEvent.objects.filter(subject_type=VOLUNTEER, subject_id=str(person.volunteer_id))
    return [
        Entry(
            _("Somebody looked at your record"),
            ((_("Day"), danish_date(row.at)), (_("Who"), f"{row.reader.name}, {row.role}"), (_("Where"), row.unit)),
        )
        for row in rows.select_related("reader")
    ]


def erase(*, person: Person, actor: Capacity, at: datetime) -> None:
    """Take the pseudonym away, so that the events are nobody's any more, and the list of readers."""
    del actor, at
    take_pseudonym(kind="volunteer", key=person.volunteer_id)
    forget_reads_about(label=VOLUNTEER, key=person.volunteer_id)


AREA = Area("audit", find, erase)
