# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What is kept about a person, wherever it lies: each area finds and erases its own, and nothing is left to memory.

The areas are named in ``settings.PERSONAL_DATA``, from the top down, so that what points at a row goes before the row.
``docs/data.md`` says why each field is kept; a test compares it with the models.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from samspil.foundation.capacity import Capacity


@dataclass(frozen=True)
class Person:
    """Whom it is about: a volunteer, with the login where they have one.

    ``pages`` are the addresses of the pages about them, by which messages to others about them are found.
    """

    volunteer_id: int
    user_id: int | None = None
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One thing that is kept: what it is, and its words by what they are called."""

    what: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Area:
    """What one area does with a person's data; ``erase(person=, actor=, at=)``."""

    name: str
    find: Callable[[Person], list[Entry]]
    erase: Callable[..., None]


def areas() -> tuple[Area, ...]:
    """Return the areas that keep anything about people, from the top down."""
    return tuple(import_string(path) for path in settings.PERSONAL_DATA)


def find(person: Person) -> list[Entry]:
    """Return everything that is kept about somebody."""
    return [entry for area in areas() for entry in area.find(person)]


def export(person: Person) -> list[dict[str, Any]]:
    """Return the same as data, to be handed out (GDPR, article 15)."""
    return [{"what": entry.what, **dict(entry.fields)} for entry in find(person)]


def erase(person: Person, *, actor: Capacity, at: datetime) -> None:
    """Erase it in every area; the caller decides that it may be."""
    for area in areas():
        area.erase(person=person, actor=actor, at=at)
