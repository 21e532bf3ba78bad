# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What volunteers give somebody to do now: let them begin, and find a contact person (R66)."""

from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.foundation.capacity import Capacity
from samspil.foundation.todo import Todo
from samspil.people.models import STAFF_ROLES, Role
from samspil.volunteering.forms import NOBODY
from samspil.volunteering.models import Engagement
from samspil.volunteering.queries import with_contact
from samspil.volunteering.states import HERE, State


def todo_for(capacity: Capacity) -> list[Todo]:
    """Return what somebody who looks after volunteers can do today; nothing for others."""
    if capacity.role not in STAFF_ROLES or capacity.unit_id is None:
        return []
    here = Engagement.objects.filter(workplace_id=capacity.unit_id, state__in=HERE)
    mine = Q(state=State.IN_CLEARANCE, contact_person_id=capacity.person)
    count = with_contact(here, capacity.on).aggregate(
        to_begin=Count("pk", filter=mine), without=Count("pk", filter=Q(has_contact=False))
    )
    found = []
    if count["to_begin"]:
        looked_for = urlencode({"tilstand": State.IN_CLEARANCE.value, "kontakt": capacity.person})
        found.append(
            Todo(
                key="volunteering.to_begin",
                title=ngettext("A volunteer waits to begin", "%(number)d volunteers wait to begin", count["to_begin"])
                % {"number": count["to_begin"]},
                detail=_("You are the contact person. See what is missing."),
                url=f"{reverse('volunteers')}?{looked_for}",
                label=_("See who"),
            )
        )
    if count["without"] and capacity.role != Role.EMPLOYEE:
        found.append(
            Todo(
                key="volunteering.without_contact",
                title=ngettext(
                    "A volunteer has no contact person",
                    "%(number)d volunteers have no contact person",
                    count["without"],
                )
                % {"number": count["without"]},
                detail=_("Somebody who works here must look after them."),
                url=f"{reverse('volunteers')}?kontakt={NOBODY}",
                label=_("Choose one"),
            )
        )
    return found
