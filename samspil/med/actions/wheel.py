# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Dates in a body's year: planned, moved, cancelled (R62). Nothing is written because time passed."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.templatetags.samspil import danish_date
from samspil.med.actions.meetings import follow
from samspil.med.body_models import WheelEntry
from samspil.med.models import Committee
from samspil.med.permissions import PLAN
from samspil.med.wheel import Proposed

FURTHEST = 5
"""Years: a date further away is a slip of the pen."""


@transaction.atomic
def plan_year(
    *, committee: Committee, proposed: Sequence[Proposed], actor: Capacity, on: date, at: datetime
) -> list[WheelEntry]:
    """Write the dates of a suggestion that the body takes; what stands there already stays as it is."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    PLAN.require(actor, committee)
    if not proposed:
        raise Refusal(_("Tick at least one date."))
    standing = set(WheelEntry.objects.filter(committee=committee, cancelled_at=None).values_list("kind", "on"))
    rows = []
    for one in proposed:
        _refuse_day(one.on, on)
        if (one.kind, one.on) not in standing:
            rows.append(_row(committee, kind=one.kind, on=one.on, due_on=one.due_on, at=at))
    WheelEntry.objects.bulk_create(rows)
    audit.record(
        name="med.wheel.plan_year",
        subject=committee,
        actor=actor,
        at=at,
        changes={"dates": [f"{row.kind} {row.on.isoformat()}" for row in rows]},
    )
    return rows


@transaction.atomic
def add_entry(
    *,
    committee: Committee,
    kind: str,
    day: date,
    actor: Capacity,
    on: date,
    at: datetime,
    time: time | None = None,
    title: str = "",
) -> WheelEntry:
    """Put one date into the year."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    PLAN.require(actor, committee)
    _refuse_day(day, on)
    entry = _row(committee, kind=kind, on=day, due_on=day, at=at, time=time, title=title)
    _refuse_unfit(entry)
    entry.save()
    audit.record(name="med.wheel.add", subject=entry, actor=actor, at=at, changes=_facts(entry))
    return entry


@transaction.atomic
def change_entry(
    *,
    entry: WheelEntry,
    day: date,
    expected_sequence: int,
    actor: Capacity,
    on: date,
    at: datetime,
    time: time | None = None,
    title: str = "",
) -> WheelEntry:
    """Move a date or call it something else; a cancelled one is put on again. Its place in the sequence stays."""
    entry = _lock(entry, expected_sequence)
    PLAN.require(actor, entry.committee)
    if (entry.on, entry.time, entry.title, entry.cancelled_at) == (day, time, title, None):
        return entry
    if day != entry.on or entry.cancelled_at is not None:
        _refuse_day(day, on)
    before = entry.on
    entry.on, entry.time, entry.title, entry.cancelled_at = day, time, title, None
    _refuse_unfit(entry)
    _save(entry, at)
    changes = {**_facts(entry), "before": before.isoformat()}
    audit.record(name="med.wheel.change", subject=entry, actor=actor, at=at, changes=changes)
    return entry


@transaction.atomic
def cancel_entry(*, entry: WheelEntry, expected_sequence: int, actor: Capacity, at: datetime) -> WheelEntry:
    """Cancel a date: it stays to be seen, struck through, and calendars are told."""
    entry = _lock(entry, expected_sequence)
    PLAN.require(actor, entry.committee)
    if entry.cancelled_at is None:
        entry.cancelled_at = at
        _save(entry, at)
        audit.record(name="med.wheel.cancel", subject=entry, actor=actor, at=at, changes=_facts(entry))
    return entry


@transaction.atomic
def say_held(*, entry: WheelEntry, actor: Capacity, on: date, at: datetime) -> WheelEntry:
    """Say that an evaluation was held, where nothing here shows it: its minutes lie elsewhere."""
    locked = WheelEntry.objects.select_for_update().get(pk=entry.pk)
    PLAN.require(actor, locked.committee)
    if locked.kind != WheelEntry.Kind.EVALUATION or locked.cancelled_at is not None or locked.on > on:
        raise Refusal(_("Choose an evaluation whose day has come."))
    if locked.held_at is None:
        locked.held_at = at
        locked.save(update_fields=["held_at"])
        audit.record(name="med.wheel.held", subject=locked, actor=actor, at=at, changes=_facts(locked))
    return locked


def _lock(entry: WheelEntry, expected_sequence: int) -> WheelEntry:
    locked = WheelEntry.objects.select_for_update().get(pk=entry.pk)
    if locked.sequence != expected_sequence:
        raise Refusal(_("Somebody has changed this date since you opened the page. Reload it to see how it stands."))
    return locked


def _row(committee: Committee, *, kind: str, on: date, due_on: date, at: datetime, **more: object) -> WheelEntry:
    return WheelEntry(committee=committee, kind=kind, on=on, due_on=due_on, planned_at=at, changed_at=at, **more)


def _save(entry: WheelEntry, at: datetime) -> None:
    entry.sequence += 1
    entry.changed_at = at
    entry.save(update_fields=["on", "time", "title", "cancelled_at", "sequence", "changed_at"])
    follow(entry)


def _facts(entry: WheelEntry) -> dict[str, object]:
    """Return what the audit keeps: no words that somebody wrote."""
    return {
        "kind": str(entry.kind),
        "on": entry.on.isoformat(),
        "time": entry.time.isoformat("minutes") if entry.time else "",
        "sequence": entry.sequence,
    }


def _refuse_day(day: date, on: date) -> None:
    if day < on:
        raise Refusal(_("Choose a day that is still to come."))
    if day.year > on.year + FURTHEST:
        raise Refusal(_("Choose a day within the next five years."))


def _refuse_unfit(entry: WheelEntry) -> None:
    if entry.kind not in WheelEntry.Kind.values:
        raise Refusal(_("Choose what it is."))
    if entry.kind == WheelEntry.Kind.OTHER:
        if not entry.title.strip():
            raise Refusal(_("Write what is to happen."))
        return
    taken = WheelEntry.objects.filter(
        committee=entry.committee_id, kind=entry.kind, on=entry.on, cancelled_at=None
    ).exclude(pk=entry.pk)
    if taken.exists():
        raise Refusal(_("%(day)s has one of this kind already. Choose another day.") % {"day": danish_date(entry.on)})
