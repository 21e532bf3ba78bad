# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a new edition of the framework gives people to do: the leader here, the secretariat for all (R53)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.agreements.models import Agreement
from samspil.agreements.update_stages import Stage, outdated_versions, updates_due
from samspil.agreements.updates import Update, update_of
from samspil.foundation.capacity import Capacity
from samspil.foundation.prepared import prepared
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.todo import Todo
from samspil.people.models import Role


def todo_for(capacity: Capacity) -> list[Todo]:
    """Return what is to be done about the edition in force; one query where nobody is on an older one."""
    if capacity.role == Role.ADMINISTRATOR:
        return _of_all(capacity)
    if capacity.role != Role.LEADER or capacity.unit_id is None:
        return []
    if not _outdated_at(capacity.unit_id, capacity.on):
        return []
    agreement = Agreement.objects.select_related("workplace").get(workplace_id=capacity.unit_id)
    update = update_of(agreement, capacity.on)
    return _here(update, agreement) if update is not None else []


@prepared
def _outdated_at(workplace_id: int, on: date) -> QuerySet[Any, int]:
    outdated = outdated_versions(on).filter(agreement__workplace_id=workplace_id)
    return outdated.order_by().values_list("pk", flat=True)[:1]


def _here(update: Update, agreement: Agreement) -> list[Todo]:
    number = {"number": update.edition.number}
    slug = agreement.workplace.slug
    page = reverse("update_agreement", args=[slug])
    if update.stage == Stage.TO_TAKE:
        waiting = len(update.waiting)
        detail = ngettext(
            "One change is to be answered.", "%(waiting)d changes are to be answered. It takes a few minutes.", waiting
        ) % {"waiting": waiting}
        title = _("Take a stand on edition %(number)d of the framework") % number
        return [Todo(key="agreements.update", title=title, detail=detail, url=page, label=_("See what is new"))]
    if update.stage == Stage.TO_FOLLOW:
        return [
            Todo(
                key="agreements.follow",
                title=_("Go on with edition %(number)d of the framework") % number,
                detail=_("You have answered every change. One step is left."),
                url=page,
                label=_("See what comes next"),
            )
        ]
    if update.stage != Stage.TO_SWITCH or update.can_switch is None:
        return []
    until = update.edition.predecessor_until
    detail = _("It builds on the edition before.")
    if until is not None:
        detail = _("As it is, it can come into force until %(day)s.") % {"day": danish_date(until)}
    return [
        Todo(
            key="agreements.switch_edition",
            title=_("Move your draft to edition %(number)d of the framework") % number,
            detail=detail,
            url=page,
            label=_("See what is new"),
            due=until,
        )
    ]


def _of_all(capacity: Capacity) -> list[Todo]:
    if not outdated_versions(capacity.on).exists():
        return []
    number = len(updates_due(capacity.on))
    if not number:
        return []
    title = ngettext(
        "One agreement is not done with the new edition of the framework",
        "%(number)d agreements are not done with the new edition of the framework",
        number,
    ) % {"number": number}
    return [
        Todo(
            key="agreements.updates",
            title=title,
            detail=_("The leaders take a stand. You can see how far they are."),
            url=reverse("framework_updates"),
            label=_("See how far"),
        )
    ]
