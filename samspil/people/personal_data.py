# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What people keeps about a volunteer who can log in."""

from datetime import datetime

from django.utils.translation import gettext as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.personal_data import Area, Entry, Person
from samspil.foundation.templatetags.samspil import danish_date
from samspil.people.actions import forget_volunteers_login
from samspil.people.models import Role, RoleAssignment, User


def find(person: Person) -> list[Entry]:
    """Return the login and the roles as a volunteer; what an employee does stands elsewhere."""
    user = User.objects.filter(pk=person.user_id).first() if person.user_id else None
    if user is None:
        return []
    roles = RoleAssignment.objects.get_queryset().filter(user=user, role=Role.VOLUNTEER).select_related("unit")
    return [
        Entry(_("Log-in"), ((_("Name"), user.name), (_("E-mail"), user.email))),
        *(
            Entry(
                _("Role"),
                (
                    (_("Role"), str(Role(row.role).label)),
                    (_("Place"), row.unit.name),
                    (_("From"), danish_date(row.from_date)),
                    (_("Until"), danish_date(row.until)),
                ),
            )
            for row in roles
        ),
    ]


def erase(*, person: Person, actor: Capacity, at: datetime) -> None:
    """Take the role as a volunteer away, and the login where it is of no other use."""
    del actor, at
    if person.user_id is not None:
        forget_volunteers_login(user_id=person.user_id)


AREA = Area("people", find, erase)
