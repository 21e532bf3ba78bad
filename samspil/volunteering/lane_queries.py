# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What is not one volunteer at a time: visits, events, groups, associations, and the roles of employees."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models

from samspil.volunteering.models import (
    Engagement,
    GroupAgreement,
    Occasion,
    PartnershipAgreement,
    PartnershipConfirmation,
    StaffRole,
    TrialVisit,
)
from samspil.volunteering.partnerships import due_after
from samspil.volunteering.states import HERE, PartnershipState

SHOWN_VISITS = 25
LOOKING_BACK = timedelta(days=365)


def occasions_at(unit_id: int, on: date) -> models.QuerySet[Occasion]:
    """Return the events of a workplace that are to come or were within a year, the last first."""
    rows = Occasion.objects.filter(workplace_id=unit_id, on__gte=on - LOOKING_BACK)
    return rows.select_related("leader_of_the_day")


def trial_visits_at(unit_id: int) -> models.QuerySet[TrialVisit]:
    """Return the newest trial visits of a workplace, with who came and beside whom."""
    rows = TrialVisit.objects.filter(workplace_id=unit_id).select_related("volunteer", "beside")
    return rows.order_by("-on", "-pk")[:SHOWN_VISITS]


def tried_at(unit_id: int) -> list[tuple[int, str]]:
    """Return those who have tried here and do not belong to the workplace yet, by name."""
    here = Engagement.objects.filter(workplace_id=unit_id, state__in=HERE).values("volunteer_id")
    rows = TrialVisit.objects.filter(workplace_id=unit_id).exclude(volunteer__in=here)
    return list(rows.order_by("volunteer__name").values_list("volunteer_id", "volunteer__name").distinct())


def groups_at(unit_id: int) -> models.QuerySet[GroupAgreement]:
    """Return the groups of a workplace that have not stopped, by name."""
    rows = GroupAgreement.objects.filter(engagement__workplace_id=unit_id, engagement__state__in=HERE)
    return rows.select_related("engagement__volunteer").order_by("name", "pk")


@dataclass(frozen=True)
class PartnershipLine:
    """An agreement with an association, and when the association's word is due next."""

    partnership: PartnershipAgreement
    due: date | None
    is_overdue: bool


def partnership_lines(unit_id: int, on: date) -> list[PartnershipLine]:
    """Return the agreements with associations that are on their way or in force; one query for all."""
    shown = (PartnershipState.DRAFT, PartnershipState.IN_DIALOGUE, PartnershipState.IN_FORCE)
    rows = PartnershipAgreement.objects.filter(workplace_id=unit_id, state__in=shown).select_related("organisation")
    lines = []
    for row in _with_last_word(rows, on):
        due = due_after(row, row.last_word)
        lines.append(PartnershipLine(row, due, due is not None and due <= on))
    return lines


def _with_last_word(rows: models.QuerySet[PartnershipAgreement], on: date) -> models.QuerySet[Any]:
    """Return the rows with ``last_word``: the day of the association's last word through all editions."""
    said = PartnershipConfirmation.objects.filter(
        partnership__lineage=models.OuterRef("lineage"), confirmed_on__lte=on
    ).values("confirmed_on")
    found: models.QuerySet[Any] = rows.annotate(last_word=models.Subquery(said[:1]))
    return found


def roles_taken_at(unit_id: int) -> models.QuerySet[StaffRole]:
    """Return who has taken on which role at a workplace (R64)."""
    return StaffRole.objects.filter(workplace_id=unit_id, until=None).select_related("user")
