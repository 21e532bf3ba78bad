# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The waves in which workplaces put the framework into practice: set, corrected, filled, ended (R5)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal, StaleRevisionError
from samspil.foundation.text import clean_text
from samspil.frameworks.actions.drafts import DateRefusal
from samspil.frameworks.models import Wave, WaveUnit
from samspil.frameworks.permissions import SET_WAVES
from samspil.municipalities.models import Unit

LONGEST_NAME = 80


def _write(wave: Wave, *, name: str, starts_on: date, deadline: date, on: date) -> Wave:
    line = " ".join(clean_text(name).split())[:LONGEST_NAME].rstrip()
    if not line:
        raise Refusal(_("Write what the wave is called."))
    if deadline < starts_on:
        raise DateRefusal(_("The deadline cannot be before the start. Choose a later day."), field="deadline")
    if deadline < on and deadline != wave.deadline:
        raise DateRefusal(_("Choose a deadline that is today or later."), field="deadline")
    if Wave.objects.standing().filter(name=line).exclude(pk=wave.pk).exists():
        raise Refusal(_("Another wave is called “%(name)s”. Choose another name.") % {"name": line})
    wave.name, wave.starts_on, wave.deadline = line, starts_on, deadline
    wave.save()
    return wave


def _locked(wave: Wave, expected_revision: int, actor: Capacity) -> Wave:
    SET_WAVES.require(actor, wave)
    locked: Wave = Wave.objects.select_for_update().get(pk=wave.pk)
    if locked.ended_on is not None:
        raise Refusal(_("The wave has been ended, and stays as it was. Set a new one instead."))
    if locked.revision != expected_revision:
        raise StaleRevisionError(
            _("Somebody has changed the wave since you opened the page. See how it stands now, and try again."), ()
        )
    locked.revision += 1
    return locked


def _dates(wave: Wave) -> dict[str, object]:
    return {"starts_on": wave.starts_on.isoformat(), "deadline": wave.deadline.isoformat()}


@transaction.atomic
def add_wave(*, name: str, starts_on: date, deadline: date, actor: Capacity, at: datetime, on: date) -> Wave:
    """Set a wave; who is in it is said afterwards."""
    SET_WAVES.require(actor, None)
    wave = _write(Wave(), name=name, starts_on=starts_on, deadline=deadline, on=on)
    audit.record(name="frameworks.wave.add", subject=wave, actor=actor, at=at, changes=_dates(wave))
    return wave


@transaction.atomic
def edit_wave(
    *,
    wave: Wave,
    name: str,
    starts_on: date,
    deadline: date,
    expected_revision: int,
    actor: Capacity,
    at: datetime,
    on: date,
) -> Wave:
    """Give a wave another name or other days. What is late follows at once."""
    locked = _locked(wave, expected_revision, actor)
    edited = _write(locked, name=name, starts_on=starts_on, deadline=deadline, on=on)
    audit.record(name="frameworks.wave.edit", subject=edited, actor=actor, at=at, changes=_dates(edited))
    return edited


@transaction.atomic
def choose_wave_units(
    *,
    wave: Wave,
    add: Collection[Unit],
    remove: Collection[Unit],
    expected_revision: int,
    actor: Capacity,
    at: datetime,
    on: date,
) -> int:
    """Put units in a wave and take others out, and return how many that changed.

    A unit is in one standing wave at most: one that another wave has is refused.
    """
    locked = _locked(wave, expected_revision, actor)
    standing = WaveUnit.objects.select_for_update().filter(until=None)
    wanted = {unit.pk for unit in add}
    taken = standing.filter(unit_id__in=wanted).exclude(wave=locked).select_related("unit", "wave").first()
    if taken is not None:
        raise Refusal(
            _("%(unit)s is in “%(wave)s” already. Take it out there first.")
            % {"unit": taken.unit.name, "wave": taken.wave.name}
        )
    if Unit.objects.filter(pk__in=wanted).count() != len(wanted):
        raise Refusal(_("One of the units is no longer there. Reload the page and choose again."))
    here = set(standing.filter(wave=locked).values_list("unit_id", flat=True))
    put_in, taken_out = wanted - here, {unit.pk for unit in remove} & here - wanted
    if not put_in and not taken_out:
        return 0
    standing.filter(wave=locked, unit_id__in=taken_out).update(until=on)
    try:
        with transaction.atomic():
            WaveUnit.objects.bulk_create(WaveUnit(wave=locked, unit_id=pk) for pk in sorted(put_in))
    except IntegrityError as error:
        raise Refusal(
            _("One of the units has just been put in another wave. Reload the page and choose again.")
        ) from error
    locked.save(update_fields=["revision"])
    audit.record(
        name="frameworks.wave.choose_units",
        subject=locked,
        actor=actor,
        at=at,
        changes={"put_in": sorted(put_in), "taken_out": sorted(taken_out)},
    )
    return len(put_in) + len(taken_out)


@transaction.atomic
def end_wave(*, wave: Wave, expected_revision: int, actor: Capacity, at: datetime, on: date) -> Wave:
    """End a wave: from now on nothing follows from it, and its units can be put in another."""
    locked = _locked(wave, expected_revision, actor)
    locked.ended_on = on
    locked.save(update_fields=["ended_on", "revision"])
    WaveUnit.objects.filter(wave=locked, until=None).update(until=on)
    audit.record(name="frameworks.wave.end", subject=locked, actor=actor, at=at, changes={"ended_on": on.isoformat()})
    return locked
