# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What was changed when within one's own area, by whom as a function (R60)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from samspil.agreements.history import WHAT_HAPPENED, happened_at
from samspil.audit.models import Event
from samspil.municipalities.models import Unit
from samspil.people.models import Role

MOST = 20


@dataclass(frozen=True)
class Change:
    """Something that happened at a workplace."""

    at: datetime
    what: Any
    workplace: Unit
    who: str


def _function(event: Event) -> str:
    """Return in which function it was done; never who."""
    capacity = event.capacity
    role = capacity.get("role", "")
    if capacity.get("title"):
        return str(capacity["title"])
    return str(Role(role).label) if role in Role.values else _("Samspil itself")


def changes_in(units: models.QuerySet[Unit]) -> list[Change]:
    """Return the last things that happened at the workplaces among the visible units, newest first."""
    happened = happened_at(list(units.filter(is_workplace=True).values_list("pk", flat=True)), MOST)
    workplaces = Unit.objects.in_bulk({place for _event, place in happened})
    return [
        Change(event.at, WHAT_HAPPENED[event.name], workplaces[place], _function(event)) for event, place in happened
    ]
