# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which workplaces somebody sees here."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.permission import Permission
from samspil.foundation.prepared import prepared
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open
from samspil.people.models import Role
from samspil.people.queries import reaches, units_reached, units_within

_OUTSIDE_STAFF = {Role.VOLUNTEER, Role.PARTNER}


def visible_workplaces(capacity: Capacity) -> models.QuerySet[Unit]:
    """Return the workplaces that the capacity reaches, closed ones too: its own, or all below for those who reach down."""
    return Unit.objects.filter(pk__in=units_reached(capacity).values("pk"), is_workplace=True)


def own_workplace(capacity: Capacity) -> Unit | None:
    """Return the workplace that somebody acts at, a closed one too; None for those who act above the workplaces."""
    return next(iter(_workplace(capacity.unit_id or 0)), None)


@prepared
def _workplace(unit_id: int) -> models.QuerySet[Unit]:
    return Unit.objects.filter(pk=unit_id, is_workplace=True).select_related("succeeded_by")


def listed_workplaces(capacity: Capacity) -> models.QuerySet[Unit]:
    """Return those of them that are there today; a closed one is found by its address only."""
    return visible_workplaces(capacity).filter(still_open(capacity.on))


def listed_within(unit_id: int, on: date, *, below: bool) -> models.QuerySet[Unit]:
    """Return the same for questions that are prepared."""
    within = units_within(unit_id, below=below).values("pk")
    return Unit.objects.filter(still_open(on), pk__in=within, is_workplace=True)


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
