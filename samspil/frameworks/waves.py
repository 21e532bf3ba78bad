# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which wave a workplace is in: its own, or else that of the nearest unit above it (R4, R5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.foundation.memory import once_a_page
from samspil.foundation.prepared import prepared
from samspil.frameworks.models import Wave, WaveUnit
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import ids_above, still_open

NO_WAVE = 0
"""What ``with_wave`` says of a workplace that is in none."""
_NAMED = 3


@prepared
def _in_a_wave(unit_ids: tuple[int, ...] | None) -> models.QuerySet[WaveUnit]:
    rows = WaveUnit.objects.filter(until=None).select_related("wave")
    return rows if unit_ids is None else rows.filter(unit_id__in=unit_ids)


@prepared
def _inner_units() -> models.QuerySet[Unit, tuple[int, int | None]]:
    has_some_below = models.Exists(Unit.objects.filter(parent_id=models.OuterRef("pk")))
    return Unit.objects.filter(has_some_below).order_by().values_list("pk", "parent_id")


def wave_of(unit_id: int) -> Wave | None:
    """Return the wave that a unit is in, or None; for one unit, from its path."""
    path = ids_above(unit_id)
    found = {row.unit_id: row.wave for row in _in_a_wave(path)}
    return next((found[pk] for pk in reversed(path) if pk in found), None)


@dataclass(frozen=True)
class Reach:
    """Which units were put in which wave, and the part of the tree that says whom that reaches."""

    own: Mapping[int, Wave] = field(default_factory=dict)
    above: Mapping[int, int | None] = field(default_factory=dict)

    def of(self, unit: Unit) -> Wave | None:
        """Return the wave that a unit is in."""
        return self.own.get(unit.pk) or self.at(unit.parent_id)

    def at(self, unit_id: int | None) -> Wave | None:
        """Return the wave of a unit that something stands under, or of the nearest one above it."""
        return next((self.own[pk] for pk in self._path(unit_id) if pk in self.own), None)

    def _path(self, unit_id: int | None) -> Iterator[int]:
        while unit_id is not None:
            yield unit_id
            unit_id = self.above.get(unit_id)


@once_a_page
def reach() -> Reach:
    """Return whom the standing waves reach, in two queries; units that nothing stands under are not fetched."""
    own = {row.unit_id: row.wave for row in _in_a_wave(None)}
    if not own:
        return Reach()
    return Reach(own, dict(_inner_units()))


def branches_first() -> tuple[Any, ...]:
    """Return an order of units for choosing: what stands at the top, then what has units below it, then the rest."""
    has_some_below = models.Exists(Unit.objects.filter(parent_id=models.OuterRef("pk")))
    height = models.Case(models.When(parent__parent=None, then=0), models.When(has_some_below, then=1), default=2)
    return height, "sort_key", "pk"


def standing_waves() -> list[Wave]:
    """Return the standing waves that somebody is in, the earliest first."""
    return sorted(set(reach().own.values()), key=lambda wave: (wave.starts_on, wave.deadline, wave.pk))


def with_wave(units: models.QuerySet[Unit]) -> models.QuerySet[Any]:
    """Annotate units with ``wave_id``, for filtering and counting in the database; ``NO_WAVE`` for none."""
    here = reach()
    own: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    for unit_id, wave in here.own.items():
        own.setdefault(wave.pk, []).append(unit_id)
    for unit_id in here.above:
        wave_above = here.at(unit_id)
        if wave_above is not None:
            below.setdefault(wave_above.pk, []).append(unit_id)
    nearest_first = [
        *(models.When(pk__in=found, then=models.Value(pk)) for pk, found in own.items()),
        *(models.When(parent_id__in=found, then=models.Value(pk)) for pk, found in below.items()),
    ]
    none: Any = models.Value(NO_WAVE)
    named: Any = models.Case(*nearest_first, default=none) if nearest_first else none
    return units.annotate(wave_id=models.ExpressionWrapper(named, output_field=models.BigIntegerField()))


def workplaces_in(wave: Wave) -> models.QuerySet[Any]:
    """Return the workplaces that a standing wave reaches, by name."""
    here = Unit.objects.filter(still_open(timezone.localdate()), is_workplace=True)
    reached = with_wave(here).filter(wave_id=wave.pk)
    return reached.select_related("parent").order_by("sort_key", "pk")


def number_reached() -> dict[int, int]:
    """Return how many workplaces each standing wave reaches."""
    here = Unit.objects.filter(still_open(timezone.localdate()), is_workplace=True)
    rows = with_wave(here).order_by().values_list("wave_id")
    return dict(rows.annotate(models.Count("pk")))


def chosen_units(wave: Wave) -> list[Unit]:
    """Return the units that were put in a wave; of an ended one, those that were in it to the end."""
    rows = WaveUnit.objects.filter(wave=wave, until=wave.ended_on).values("unit_id")
    return list(Unit.objects.filter(pk__in=rows).select_related("parent").order_by("sort_key", "pk"))


def overlaps(wave: Wave) -> list[str]:
    """Say in sentences where another wave is set nearer or further up than this one, and which of them counts."""
    here = reach()
    units = Unit.objects.filter(pk__in=here.own).order_by("sort_key", "pk")
    nearer: dict[Wave, list[str]] = {}
    further: dict[Wave, list[str]] = {}
    for unit in units:
        own, above = here.own[unit.pk], here.at(unit.parent_id)
        if above is None or own == above:
            continue
        if above == wave:
            nearer.setdefault(own, []).append(unit.name)
        elif own == wave:
            further.setdefault(above, []).append(unit.name)
    return [
        *(
            _("Not with this wave: %(units)s. They are in “%(wave)s”, which is set nearer to them.")
            % {"units": _named(names), "wave": other.name}
            for other, names in nearer.items()
        ),
        *(
            _("With this wave, although what they stand under is in “%(wave)s”: %(units)s.")
            % {"units": _named(names), "wave": other.name}
            for other, names in further.items()
        ),
    ]


def _named(names: list[str]) -> str:
    if len(names) <= _NAMED + 1:
        return ", ".join(names)
    rest = len(names) - _NAMED
    more = ngettext("and %(number)d more", "and %(number)d more", rest) % {"number": rest}
    return f"{', '.join(names[:_NAMED])} {more}"
