# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What volunteers do at many workplaces at once, for everybody to read: titles of tasks, no names (R33)."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from samspil.agreements.between import begun_beside
from samspil.agreements.change_models import TaskStop
from samspil.agreements.models import BoundaryDecision, InForce, Task


def tasks_in_force(unit_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the titles of the tasks offered at each unit by the agreement in force there, in four queries."""
    version_of = dict(InForce.objects.filter(unit_id__in=list(unit_ids)).values_list("unit_id", "version_id"))
    versions = set(version_of.values())
    struck = set(
        BoundaryDecision.objects.filter(version_id__in=versions, outcome=BoundaryDecision.Outcome.STRIKE).values_list(
            "version_id", "task_lineage"
        )
    )
    titles: dict[int, list[str]] = defaultdict(list)
    stops = TaskStop.objects.filter(agreement=OuterRef("version__agreement"), task_lineage=OuterRef("lineage"))
    tasks = Task.objects.filter(~Exists(stops), version_id__in=versions)
    for version, lineage, title in tasks.values_list("version_id", "lineage", "title"):
        if (version, lineage) not in struck:
            titles[version].append(title)
    for version, title in begun_beside(versions):
        titles[version].append(title)
    return {unit: titles[version] for unit, version in version_of.items()}
