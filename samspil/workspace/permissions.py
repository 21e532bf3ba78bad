# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which workplaces somebody sees here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.permission import Permission
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open
from samspil.people.models import Role
from samspil.people.queries import reaches, units_reached

_OUTSIDE_STAFF = {Role.VOLUNTEER, Role.PARTNER}


def visible_workplaces(capacity: Capacity) -> models.QuerySet[Unit]:
    """Return the workplaces that the capacity reaches, closed ones too: its own, or all below for those who reach down."""
    return Unit.objects.filter(pk__in=units_reached(capacity).values("pk"), is_workplace=True)


def listed_workplaces(capacity: Capacity) -> models.QuerySet[Unit]:
    """Return those of them that are there today; a closed one is found by its address only."""
    return visible_workplaces(capacity).filter(still_open(capacity.on))


def sees_the_workplace(capacity: Capacity, workplace: Unit) -> bool:
    """Whether the workplace is within reach."""
    return workplace.is_workplace and reaches(capacity, workplace.pk)


def has_a_capacity(capacity: Capacity, _subject: object) -> bool:
    """Everybody who acts in a role."""
    return capacity.user_id is not None


def is_staff(capacity: Capacity) -> bool:
    """Say whether somebody is employed here: volunteers and associations do not see how the work goes on (R14)."""
    return capacity.role not in _OUTSIDE_STAFF


VIEW_WORKPLACES = Permission("workspace.view_workplaces", has_a_capacity, _("everybody with a role here"))
VIEW_WORKPLACE = Permission(
    "workspace.view_workplace", sees_the_workplace, _("those who work at the workplace, and the leaders above it")
)
