# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a next version changes in the interplay: structure always, words unless the leader says why not (R53).

The common elements are no local text: what a new framework changes is asked elsewhere.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from samspil.agreements.content import contents_of
from samspil.agreements.differences import Difference, local_differences
from samspil.agreements.models import AgreementVersion
from samspil.agreements.queries import struck_lineages
from samspil.foundation.memory import once_a_page


@dataclass(frozen=True)
class ChangedPart:
    """One thing that differs. ``key`` is empty where no word of the leader makes it editorial."""

    title: str
    difference: Difference
    key: str = ""

    @property
    def is_words(self) -> bool:
        """Whether the leader can mark it as nothing but other words."""
        return bool(self.key)


@dataclass(frozen=True)
class Change:
    """What differs from the version in force: material, and marked as nothing but other words."""

    material: tuple[ChangedPart, ...] = ()
    editorial: tuple[ChangedPart, ...] = ()

    @property
    def structure(self) -> tuple[ChangedPart, ...]:
        """What always takes a dialogue."""
        return tuple(part for part in self.material if not part.is_words)

    @property
    def words(self) -> tuple[ChangedPart, ...]:
        """What can be marked as nothing but other words, marked or not."""
        return tuple(part for part in self.material if part.is_words) + self.editorial

    def marking(self, keys: Collection[str]) -> "Change":
        """Return the same with the texts of these keys marked as nothing but other words."""
        parts = self.material + self.editorial
        return Change(
            material=tuple(part for part in parts if not part.is_words or part.key not in keys),
            editorial=tuple(part for part in parts if part.is_words and part.key in keys),
        )

    @property
    def is_none(self) -> bool:
        """Whether the local text says the same as before."""
        return not self.material and not self.editorial


def change_of(version: AgreementVersion, marked: Collection[str] | None = None) -> Change:
    """Return what differs from the version that it was copied from; ``marked`` are the keys of what is only words.

    Left out, ``marked`` is what was announced. A task that was struck before is no task that is missing now.
    """
    return _unmarked(version).marking(version.editorial_parts if marked is None else marked)


@once_a_page
def _unmarked(version: AgreementVersion) -> Change:
    before = version.copied_from
    if before is None:
        return Change()
    struck = {str(lineage) for lineage in struck_lineages(before)}
    old, new = contents_of(before, version)
    old["tasks"] = [task for task in old["tasks"] if task["lineage"] not in struck]
    return compare(old, new)


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Change:
    """Return the change between two contents, as ``content.version_content`` gives them; nothing is marked yet."""
    return Change(
        tuple(
            ChangedPart(found.title or part.heading, found, found.words)
            for part in local_differences(old, new)
            for found in part.differences
        )
    )
