# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Units and working days of the municipality in scope."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from tree_queries.query import TreeQuerySet

from samspil.foundation.memory import once_a_page
from samspil.foundation.prepared import prepared
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.text import sort_key
from samspil.municipalities.models import ClosedDay, Municipality, Unit
from samspil.municipalities.working_days import add_working_days, is_working_day


@prepared
def _at_address(slug: str) -> models.QuerySet[Municipality]:
    return Municipality.objects.filter(slug=slug)


def municipality_by_slug(slug: str) -> Municipality | None:
    """Return the municipality at this address, or None."""
    return next(iter(_at_address(slug)), None)


def municipalities() -> models.QuerySet[Municipality]:
    """Return every municipality, by name: for the front page and for commands."""
    return Municipality.objects.order_by("name")


def units_below(unit_id: int) -> TreeQuerySet:
    """Return the unit itself and all below it."""
    return Unit.objects.get_queryset().descendants(unit_id, include_self=True)


@prepared
def _unit_at(slug: str) -> models.QuerySet[Unit]:
    return Unit.objects.filter(slug=slug)


def unit_at(slug: str) -> Unit | None:
    """Return the unit at an address; who may see it is another question."""
    return next(iter(_unit_at(slug)), None)


@prepared
def _workplace_at(slug: str) -> models.QuerySet[Unit]:
    return Unit.objects.filter(slug=slug, is_workplace=True).select_related("succeeded_by")


def workplace_at(slug: str) -> Unit | None:
    """Return the workplace at an address, a closed one too; who may see it is another question."""
    return next(iter(_workplace_at(slug)), None)


def still_open(on: date, prefix: str = "") -> models.Q:
    """Return the condition that a unit is not closed on the day; ``prefix`` leads to the unit, as ``unit__``."""
    return models.Q(**{f"{prefix}closed_from": None}) | models.Q(**{f"{prefix}closed_from__gt": on})


def closed_units(on: date) -> models.QuerySet[Unit]:
    """Return the units that are closed on the day, the last one first, each with where it went."""
    closed = Unit.objects.exclude(still_open(on)).select_related("succeeded_by")
    return closed.order_by("-closed_from", "sort_key", "pk")


@once_a_page
def successor_of(unit: Unit, on: date) -> Unit | None:
    """Return the unit that this one became a part of, through all mergers; None where it just closed."""
    found = unit.succeeded_by
    while found is not None and found.succeeded_by is not None and found.is_closed(on):
        found = found.succeeded_by
    return found


@prepared
def _merged_into(unit_ids: tuple[int, ...], on: date) -> models.QuerySet[Unit]:
    return Unit.objects.filter(succeeded_by__in=unit_ids, closed_from__lte=on).order_by("closed_from", "pk")


@once_a_page
def predecessors_of(unit: Unit, on: date) -> tuple[Unit, ...]:
    """Return the units that have become a part of this one, directly or by way of another."""
    found: list[Unit] = []
    wanted: tuple[int, ...] = (unit.pk,)
    while wanted:
        merged = _merged_into(wanted, on)
        found += merged
        wanted = tuple(one.pk for one in merged)
    return tuple(found)


def closing_in_words(unit: Unit, on: date, *, for_all: bool = False) -> str:
    """Say since when the unit is closed, or from when it will be, and what it becomes a part of; empty if neither.

    ``for_all``: on an open page, where a withheld successor has no name.
    """
    if unit.closed_from is None:
        return ""
    successor = unit.succeeded_by
    if successor is not None and for_all and successor.is_withheld:
        successor = None
    words = {
        "name": unit.name,
        "day": danish_date(unit.closed_from),
        "successor": successor.name if successor else "",
    }
    if unit.is_closed(on):
        if successor:
            return _("%(name)s has been closed since %(day)s and has become a part of %(successor)s.") % words
        return _("%(name)s has been closed since %(day)s.") % words
    if successor:
        return _("%(name)s closes on %(day)s and becomes a part of %(successor)s.") % words
    return _("%(name)s closes on %(day)s.") % words


@prepared
def _four_above(unit_id: int) -> models.QuerySet[Unit, tuple[int | None, ...]]:
    above = ("parent_id", "parent__parent_id", "parent__parent__parent_id", "parent__parent__parent__parent_id")
    return Unit.objects.filter(pk=unit_id).order_by().values_list(*above)


@once_a_page
def ids_above(unit_id: int) -> tuple[int, ...]:
    """Return the ids from the top down to the unit, itself included; one query for each four levels."""
    path = [unit_id]
    while True:
        parents = next(iter(_four_above(path[0])), None)
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


def with_number_below(units: models.QuerySet[Unit], on: date) -> models.QuerySet[Any]:
    """Annotate units with ``number_below``: how many open ones stand right under each, by name."""
    is_open = still_open(on, "children__")
    return units.annotate(number_below=models.Count("children", filter=is_open)).order_by("sort_key", "pk")


def unit_tree() -> list[Node]:
    """Return the organisation of today as a tree, siblings in Danish order, in one query."""
    below: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.filter(still_open(timezone.localdate())).order_by("sort_key"):
        below.setdefault(unit.parent_id, []).append(unit)

    def nodes(parent_id: int | None, depth: int) -> list[Node]:
        return [Node(unit, depth, nodes(unit.pk, depth + 1)) for unit in below.get(parent_id, [])]

    return nodes(None, 0)


MOST_IN_ONE_LIST = 60


@prepared
def _some_more_units() -> models.QuerySet[Unit, int]:
    return Unit.objects.order_by().values_list("pk", flat=True)[: MOST_IN_ONE_LIST + 1]


@once_a_page
def has_many_units() -> bool:
    """Say whether there are too many units to show or to choose among at once."""
    return len(_some_more_units()) > MOST_IN_ONE_LIST


def units_called(words: str) -> list[Unit]:
    """Return the open units with this code, else this name, else with these words in the name; six at most.

    A name followed by its code in brackets, as it is offered, is that one.
    """
    name, _bracket, code = words.strip().removesuffix(")").rpartition(" (")
    here = Unit.objects.filter(still_open(timezone.localdate()))
    exact = here.filter(code=words.strip()).exclude(code="") | here.filter(code=code, sort_key=sort_key(name)).exclude(
        code=""
    )
    for found in (exact, here.filter(sort_key=sort_key(words.strip()))):
        if units := list(found[:6]):
            return units
    return list(here.filter(sort_key__contains=sort_key(words.strip())).order_by("sort_key")[:6])


def unit_choices(*, blank: str = "") -> list[tuple[str, str]]:
    """Return the units for a list to choose from, indented as in the tree."""
    choices = [
        (str(node.unit.pk), "\u2003" * node.depth + node.unit.name) for top in unit_tree() for node in top.walk()
    ]
    return [("", blank), *choices]


def path_of(unit: Unit) -> list[Unit]:
    """Return the units from the top down to ``unit``, itself included."""
    path = ids_above(unit.pk)
    return sorted(_units_among(path), key=lambda one: path.index(one.pk))


@prepared
def _units_among(unit_ids: tuple[int, ...]) -> models.QuerySet[Unit]:
    return Unit.objects.filter(pk__in=unit_ids).order_by()


@prepared
def _some_closed(on: date) -> models.QuerySet[Unit]:
    return closed_units(on).order_by()[:1]


def has_closed_units(on: date) -> bool:
    """Say whether any unit is closed on the day."""
    return bool(_some_closed(on))


@prepared
def _tops(on: date) -> models.QuerySet[Unit]:
    return Unit.objects.filter(still_open(on), parent=None)


def top_unit(on: date) -> Unit | None:
    """Return the unit that all others stand under."""
    return next(iter(_tops(on)), None)


@prepared
def units_under(parent_id: int, on: date) -> models.QuerySet[Any]:
    """Return the open units right under one, as ``with_number_below`` has them."""
    return with_number_below(Unit.objects.filter(still_open(on), parent=parent_id), on)


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
