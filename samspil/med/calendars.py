# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Dates as a calendar file (RFC 5545): neutral titles, no people, and the zone with its own rules for summer time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from samspil.med.body_models import WheelEntry

CALENDAR_TYPE = "text/calendar; charset=utf-8"
ZONE = ZoneInfo("Europe/Copenhagen")
_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)
HOW_LONG = timedelta(hours=1)
"""A date with a time takes an hour in the calendar: when it ends is not asked."""
READ_AGAIN = "PT12H"


@dataclass(frozen=True)
class Recurring:
    """Something that comes again every so many months, without a day that is fixed; known above MED."""

    uid: str
    title: str
    first: date
    every_months: int
    changed_on: date


def calendar_file(name: str, entries: Iterable[WheelEntry], recurring: Iterable[Recurring] = ()) -> bytes:
    """Return the dates as a file; the same dates give the same bytes, so that an unchanged one need not be sent."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Samspil//MED//DA")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", READ_AGAIN)
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(_event(entry))
    for one in recurring:
        calendar.add_component(_reminder(one))
    return bytes(calendar.to_ical())


def neutral_title(entry: WheelEntry) -> str:
    """Return what a calendar shows: the kind and the body, never what somebody wrote."""
    kind = _("Date") if entry.kind == WheelEntry.Kind.OTHER else entry.get_kind_display()
    return f"{kind}, {entry.committee.name}"


def _event(entry: WheelEntry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@samspil")
    changed = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", entry.sequence)
    event.add("summary", neutral_title(entry))
    if entry.time is None:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", datetime.combine(entry.on, entry.time, tzinfo=ZONE))
        event.add("duration", HOW_LONG)
    event.add("status", "CANCELLED" if entry.cancelled_at else "CONFIRMED")
    return event


def _reminder(one: Recurring) -> Event:
    event = Event()
    changed = datetime.combine(one.changed_on, time(), tzinfo=UTC)
    event.add("uid", f"{one.uid}@samspil")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("summary", one.title)
    event.add("dtstart", one.first)
    event.add("dtend", one.first + timedelta(days=1))
    event.add("rrule", {"freq": "monthly", "interval": one.every_months})
    event.add("transp", "TRANSPARENT")
    return event


def _zone() -> Timezone:
    """Return the zone with the rule that the European Union has had since 1996, for every year to come."""
    zone = Timezone()
    zone.add("tzid", "Europe/Copenhagen")
    for part, name, month, first, before, after in (
        (TimezoneDaylight(), "CEST", 3, datetime(1996, 3, 31, 2), _WINTER, _SUMMER),  # noqa: DTZ001 - a zone's own clock
        (TimezoneStandard(), "CET", 10, datetime(1996, 10, 27, 3), _SUMMER, _WINTER),  # noqa: DTZ001 - the same
    ):
        part.add("tzname", name)
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def first_day_shown(today: date) -> date:
    """Return how far back a calendar goes: a year, so that what was held does not vanish from it."""
    return today - timedelta(days=366)
