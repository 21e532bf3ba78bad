# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who has an overview, and over what: those who reach down, over all that stands under their own unit (R60)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.permission import Permission
from samspil.municipalities.models import Unit
from samspil.people.models import REACHING_ROLES
from samspil.people.queries import units_reached


def visible_units(capacity: Capacity) -> models.QuerySet[Unit]:
    """Return the units of the overview: the own one and all below; none for those who do not oversee."""
    if capacity.role not in REACHING_ROLES:
        return Unit.objects.none()
    return Unit.objects.filter(pk__in=units_reached(capacity).values("pk"))


def oversees(capacity: Capacity, _subject: object) -> bool:
    """Whether the capacity reaches down at all."""
    return capacity.role in REACHING_ROLES


def oversees_the_unit(capacity: Capacity, unit: Unit) -> bool:
    """Whether the unit is within reach."""
    return visible_units(capacity).filter(pk=unit.pk).exists()


_WHO = _("leaders, for what stands under their own unit, the HR/MED secretariat and the data protection officer")
VIEW_OVERVIEW = Permission("reports.view_overview", oversees, _WHO)
VIEW_UNIT = Permission("reports.view_unit", oversees_the_unit, _WHO)
