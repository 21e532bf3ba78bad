# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Units and working days of the municipality in scope."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.utils import timezone
from tree_queries.query import TreeQuerySet

from samspil.foundation.memory import once_a_page
from samspil.foundation.text import sort_key
from samspil.municipalities.models import ClosedDay, Municipality, Unit
from samspil.municipalities.working_days import add_working_days, is_working_day


def municipality_by_slug(slug: str) -> Municipality | None:
    """Return the municipality at this address, or None."""
    return Municipality.objects.filter(slug=slug).first()


def municipalities() -> models.QuerySet[Municipality]:
    """Return every municipality, by name: for the front page and for commands."""
    return Municipality.objects.order_by("name")


def units_below(unit_id: int) -> TreeQuerySet:
    """Return the unit itself and all below it."""
    return Unit.objects.get_queryset().descendants(unit_id, include_self=True)


@once_a_page
def ids_above(unit_id: int) -> tuple[int, ...]:
    """Return the ids from the top down to the unit, itself included; one query for each four levels."""
    path = [unit_id]
    while True:
        parents = (
            Unit.objects.filter(pk=path[0])
            .values_list(
                "parent_id", "parent__parent_id", "parent__parent__parent_id", "parent__parent__parent__parent_id"
            )
            .first()
        )
        found = [pk for pk in parents or () if pk is not None]
        path = [*reversed(found), *path]
        if len(found) < len(parents or ()) or not found:
            return tuple(path)


@dataclass(frozen=True)
class Node:
    """A unit with what stands under it."""

    unit: Unit
    depth: int
    children: "list[Node]"

    def walk(self) -> "Iterator[Node]":
        """Yield the node and all below it, as a person would read the tree."""
        yield self
        for child in self.children:
            yield from child.walk()


def with_number_below(units: models.QuerySet[Unit]) -> models.QuerySet[Any]:
    """Annotate units with ``number_below``: how many stand right under each, by name."""
    return units.annotate(number_below=models.Count("children")).order_by("sort_key", "pk")


def unit_tree() -> list[Node]:
    """Return the whole organisation as a tree, siblings in Danish order, in one query."""
    below: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.order_by("sort_key"):
        below.setdefault(unit.parent_id, []).append(unit)

    def nodes(parent_id: int | None, depth: int) -> list[Node]:
        return [Node(unit, depth, nodes(unit.pk, depth + 1)) for unit in below.get(parent_id, [])]

    return nodes(None, 0)


MOST_IN_ONE_LIST = 60


@once_a_page
def has_many_units() -> bool:
    """Say whether there are too many units to show or to choose among at once."""
    return bool(Unit.objects.count() > MOST_IN_ONE_LIST)


def units_called(words: str) -> list[Unit]:
    """Return the units with this code, else this name, else with these words in the name; six at most.

    A name followed by its code in brackets, as it is offered, is that one.
    """
    name, _, code = words.strip().removesuffix(")").rpartition(" (")
    exact = Unit.objects.filter(code=words.strip()).exclude(code="") | Unit.objects.filter(
        code=code, sort_key=sort_key(name)
    ).exclude(code="")
    for found in (exact, Unit.objects.filter(sort_key=sort_key(words.strip()))):
        if units := list(found[:6]):
            return units
    return list(Unit.objects.filter(sort_key__contains=sort_key(words.strip())).order_by("sort_key")[:6])


def unit_choices(*, blank: str = "") -> list[tuple[str, str]]:
    """Return the units for a list to choose from, indented as in the tree."""
    choices = [
        (str(node.unit.pk), "\u2003" * node.depth + node.unit.name) for top in unit_tree() for node in top.walk()
    ]
    return [("", blank), *choices]


def path_of(unit: Unit) -> Iterable[Unit]:
    """Return the units from the top down to ``unit``, itself included."""
    path: Iterable[Unit] = Unit.objects.get_queryset().ancestors(unit, include_self=True)
    return path


def working_days_later(start: date, days: int) -> date:
    """Return the day ``days`` working days after ``start``: holidays and the municipality's own days do not count."""
    closed = set(ClosedDay.objects.filter(day__gte=start).values_list("day", flat=True))
    return add_working_days(start, days, closed)


MAIL_OPENS_AT = time(7)


def mail_opens(at: datetime) -> datetime:
    """Return when people here may be mailed: ``at`` itself on a working day, else the next one at 7.00."""
    day = timezone.localdate(at)
    closed = set(ClosedDay.objects.filter(day__gte=day).values_list("day", flat=True))
    if is_working_day(day, closed):
        return at
    opens = datetime.combine(add_working_days(day, 1, closed), MAIL_OPENS_AT)
    return timezone.make_aware(opens, timezone.get_default_timezone())
