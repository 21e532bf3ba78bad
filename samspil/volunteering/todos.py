# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What volunteers give somebody to do now: answer who would like to join, let them begin, find a contact person."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.foundation.capacity import Capacity
from samspil.foundation.prepared import prepared
from samspil.foundation.todo import Todo
from samspil.people.models import STAFF_ROLES, Role
from samspil.volunteering.door import WaitingRow, has_receivers, longest_waiting, waiting_rows
from samspil.volunteering.formality_review import todo_about_formalities
from samspil.volunteering.forms import NOBODY
from samspil.volunteering.models import Engagement
from samspil.volunteering.queries import with_contact
from samspil.volunteering.states import HERE, State


def todo_for(capacity: Capacity) -> list[Todo]:
    """Return what somebody who looks after volunteers can do today; nothing for others."""
    about_formalities = list(todo_about_formalities(capacity))
    if capacity.role not in STAFF_ROLES or capacity.unit_id is None:
        return about_formalities
    return [*_to_answer(capacity), *_to_look_after(capacity), *about_formalities]


def _to_answer(capacity: Capacity) -> list[Todo]:
    """Return who waits for an answer: for those who receive, then for the leader, then for the leader above."""
    waiting = longest_waiting(Role(capacity.role), capacity.unit_id, capacity.user_id or 0)
    rows = waiting_rows(waiting, capacity.on)
    own = [row for row in rows if row.application.workplace_id == capacity.unit_id]
    others = [row for row in rows if row.application.workplace_id != capacity.unit_id and row.is_very_late]
    found = [_answer_higher_up(row) for row in others[:1]]
    if not own:
        return found
    first, is_quiet = own[0], False
    if capacity.role == Role.LEADER and not first.is_late:
        is_quiet = has_receivers(first.application.workplace_id, capacity.on)
    url = reverse("application", args=[first.application.pk]) if len(own) == 1 else reverse("applications")
    return [
        *found,
        Todo(
            key="volunteering.to_answer",
            title=ngettext(
                "Somebody would like to be a volunteer",
                "%(number)d would like to be volunteers",
                len(own),
            )
            % {"number": len(own)},
            detail=_("Answer by %(day)s, also when it is no.") % {"day": date_format(first.answer_by, "DATE_FORMAT")},
            url=url,
            label=_("Answer"),
            due=first.answer_by,
            is_quiet=is_quiet,
        ),
    ]


def _answer_higher_up(row: WaitingRow) -> Todo:
    return Todo(
        key="volunteering.answer_higher_up",
        title=_("Somebody at %(place)s still waits for an answer") % {"place": row.application.workplace.name},
        detail=_("They wrote on %(day)s, and nobody has answered.")
        % {"day": date_format(timezone.localtime(row.application.received_at), "DATE_FORMAT")},
        url=reverse("application", args=[row.application.pk]),
        label=_("See it"),
        due=row.goes_up_on,
    )


@prepared
def _counted(unit_id: int, person: int, on: date) -> QuerySet[Any, tuple[int, int]]:
    """Return one row, none where nobody is here: how many wait to begin with the person, how many have no contact."""
    here = with_contact(Engagement.objects.filter(workplace_id=unit_id, state__in=HERE), on)
    mine = Q(state=State.IN_CLEARANCE, contact_person_id=person)
    counts = (
        here.order_by()
        .values("workplace_id")
        .annotate(to_begin=Count("pk", filter=mine), without=Count("pk", filter=Q(has_contact=False)))
    )
    return counts.values_list("to_begin", "without")


def _to_look_after(capacity: Capacity) -> list[Todo]:
    to_begin, without = next(iter(_counted(capacity.unit_id or 0, capacity.person, capacity.on)), (0, 0))
    found = []
    if to_begin:
        looked_for = urlencode({"tilstand": State.IN_CLEARANCE.value, "kontakt": capacity.person})
        found.append(
            Todo(
                key="volunteering.to_begin",
                title=ngettext("A volunteer waits to begin", "%(number)d volunteers wait to begin", to_begin)
                % {"number": to_begin},
                detail=_("You are the contact person. See what is missing."),
                url=f"{reverse('volunteers')}?{looked_for}",
                label=_("See who"),
            )
        )
    if without and capacity.role != Role.EMPLOYEE:
        found.append(
            Todo(
                key="volunteering.without_contact",
                title=ngettext(
                    "A volunteer has no contact person",
                    "%(number)d volunteers have no contact person",
                    without,
                )
                % {"number": without},
                detail=_("Somebody who works here must look after them."),
                url=f"{reverse('volunteers')}?kontakt={NOBODY}",
                label=_("Choose one"),
            )
        )
    return found
