# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What volunteers do at many workplaces at once, for everybody to read: titles of tasks, no names (R33)."""

from collections import defaultdict
from collections.abc import Iterable

from samspil.agreements import questions
from samspil.agreements.between import begun_beside


def tasks_in_force(unit_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the titles of the tasks offered at each unit by the agreement in force there, in four queries."""
    version_of = dict(questions.in_force_among(tuple(unit_ids)))
    versions = tuple(version_of.values())
    struck = set(questions.struck_in(versions))
    titles: dict[int, list[str]] = defaultdict(list)
    for version, lineage, title in questions.titles_in(versions):
        if (version, lineage) not in struck:
            titles[version].append(title)
    for version, title in begun_beside(versions):
        titles[version].append(title)
    return {unit: titles[version] for unit, version in version_of.items()}
