# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""In how many agreements in force the workplace says how it supports its volunteers (R35)."""

from datetime import date

from django.db import models

from samspil.agreements.models import Section
from samspil.agreements.sections import SUPPORT
from samspil.agreements.states import State
from samspil.foundation.prepared import prepared
from samspil.reports.queries.area import Area, workplaces_of


def support_described(area: Area) -> int:
    """Return at how many of the workplaces within reach it is described in the agreement in force; one query."""
    return _described.listed(area.top.pk, area.parents(area.top), area.on).count()


@prepared
def _described(unit_id: int, parents: tuple[int, ...], on: date) -> models.QuerySet[Section]:
    workplaces = workplaces_of(unit_id, parents, on)
    return Section.objects.filter(
        kind=SUPPORT, version__state=State.IN_FORCE, version__agreement__workplace__in=workplaces.values("pk")
    ).exclude(text="")
