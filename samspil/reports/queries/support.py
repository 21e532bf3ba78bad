# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""In how many agreements in force the workplace says how it supports its volunteers (R35)."""

from typing import Any

from django.db import models

from samspil.agreements.models import Section
from samspil.agreements.sections import SUPPORT
from samspil.agreements.states import State
from samspil.municipalities.models import Unit


def support_described(workplaces: models.QuerySet[Unit]) -> int:
    """Return at how many of the workplaces it is described in the agreement in force; one query."""
    described: models.QuerySet[Any] = Section.objects.filter(
        kind=SUPPORT, version__state=State.IN_FORCE, version__agreement__workplace__in=workplaces.values("pk")
    ).exclude(text="")
    return described.count()
