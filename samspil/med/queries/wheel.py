# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The year wheel of a body, what is missing in it, and the calendars that read it (R62)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.foundation.errors import Missing
from samspil.foundation.months import months_later
from samspil.foundation.prepared import prepared
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.todo import Todo
from samspil.frameworks.queries import latest_published
from samspil.med.body_models import CalendarFeed, WheelEntry
from samspil.med.calendars import first_day_shown
from samspil.med.models import Committee, Dialogue, Meeting, Membership
from samspil.med.queries.bodies import leads_covered
from samspil.med.queries.dialogues import hash_of
from samspil.med.queries.settings import rhythm_of
from samspil.med.states import HELD, State
from samspil.med.wheel import Known, Proposed, next_due, propose
from samspil.municipalities.models import ClosedDay

Kind = WheelEntry.Kind
AROUND = timedelta(days=31)
"""How far from its day an evaluation may have been held."""


@prepared
def _entries_of(committee_id: int) -> QuerySet[WheelEntry]:
    return WheelEntry.objects.filter(committee=committee_id).order_by("on", "time", "id")


def entries_of(committee: Committee) -> list[WheelEntry]:
    """Return all dates of a body, the cancelled ones included."""
    return sorted(_entries_of(committee.pk), key=lambda entry: (entry.on, entry.kind != Kind.MEETING))


def next_meeting(entries: list[WheelEntry], on: date) -> WheelEntry | None:
    """Return the meeting that comes next, today's included."""
    coming = (one for one in entries if one.kind == Kind.MEETING and one.cancelled_at is None and one.on >= on)
    return next(coming, None)


def was_held(entry: WheelEntry, held_on: Iterable[date]) -> bool:
    """Say whether an evaluation was held: somebody has said so, or the body met or discussed something around its day.

    Around is a month to either side: an evaluation is talked through at a meeting, which may be moved, and minutes that
    lie elsewhere say nothing of it here.
    """
    return entry.held_at is not None or any(abs(day - entry.on) <= AROUND for day in held_on)


def days_held(committees: Collection[int]) -> dict[int, list[date]]:
    """Return the days on which bodies have discussed something or met, as far as it is written down here."""
    dialogues = Dialogue.objects.filter(committee__in=committees, state__in=HELD, held_on__isnull=False)
    meetings = Meeting.objects.filter(committee__in=committees, closed_at__isnull=False)
    rows = (
        dialogues.order_by()
        .values_list("committee_id", "held_on")
        .union(meetings.order_by().values_list("committee_id", "on"))
    )
    found: dict[int, list[date]] = {}
    for committee, day in rows:
        if day is not None:
            found.setdefault(committee, []).append(day)
    return found


def wheel_gaps(
    committee: Committee, entries: list[WheelEntry], on: date, held: Mapping[int, Collection[date]] | None = None
) -> list[Missing]:
    """Return what the year lacks, in words; it is told and stops nothing (R62).

    Nothing is said about a body that plans nothing here: its year stands somewhere else. ``held`` is ``days_held``,
    where it has been asked for several bodies at once.
    """
    if not entries:
        return []
    planned = [one for one in entries if one.kind == Kind.EVALUATION and one.cancelled_at is None]
    if unplanned := _unplanned(committee, planned, on):
        return unplanned
    past = [one for one in planned if one.on + AROUND < on]
    if not past or past[-1].held_at is not None:
        return []
    last, held = past[-1], days_held((committee.pk,)) if held is None else held
    if was_held(last, held.get(committee.pk, ())):
        return []
    told = _("Nothing here shows that the evaluation of %(day)s was held. Say that it was, or plan it again.")
    return [Missing("evaluation_unheld", told % {"day": danish_date(last.on)}, f"entry-{last.pk}")]


def _unplanned(committee: Committee, planned: list[WheelEntry], on: date) -> list[Missing]:
    if any(one.on >= on for one in planned):
        return []
    if not planned:
        return [Missing("evaluation", _("No evaluation of the interplay has been planned."))]
    due = next_due(planned, None, rhythm_of(committee).evaluation_months)
    if due is not None and due < on:
        told = _("The evaluation due on %(day)s has not been planned.")
        return [Missing("evaluation_past", told % {"day": danish_date(due)})]
    told = _("The evaluation was planned for %(day)s, which has passed. Plan the next one; it is due on %(due)s.")
    days = {"day": danish_date(planned[-1].on), "due": danish_date(due)}
    return [Missing("evaluation_next", told % days)]


@prepared
def _entries_of_all(bodies: tuple[int, ...]) -> QuerySet[WheelEntry]:
    return WheelEntry.objects.filter(committee__in=bodies).select_related("committee").order_by("on", "pk")


def wheel_todo(bodies: Collection[int], on: date) -> list[Todo]:
    """Return a quiet line for each body that somebody sits in and whose evaluation is missing or past."""
    if not bodies:
        return []
    rows = _entries_of_all(tuple(bodies))
    entries: dict[Committee, list[WheelEntry]] = {}
    for row in rows:
        entries.setdefault(row.committee, []).append(row)
    has_past = any(row.kind == Kind.EVALUATION and row.on + AROUND < on for row in rows)
    held = days_held(bodies) if has_past else {}
    return [
        Todo(
            key=f"med.evaluation.{committee.pk}.{gap.code}",
            title=_("Evaluation: %(body)s") % {"body": committee.name},
            detail=gap.text,
            url=reverse("year_wheel", args=[committee.slug]),
            label=_("See the year wheel"),
            is_quiet=True,
        )
        for committee, own in entries.items()
        for gap in wheel_gaps(committee, own, on, held)
    ]


def proposal(committee: Committee, year: int, today: date) -> list[Proposed]:
    """Return the dates to suggest for a year of a body."""
    framework = latest_published()
    first = (
        Dialogue.objects.filter(committee=committee, state=State.CONCLUDED, occasion=Dialogue.Occasion.NEW_AGREEMENT)
        .order_by("held_on")
        .values_list("held_on", flat=True)
        .first()
    )
    known = Known(
        entries=entries_of(committee),
        evaluate_from=first,
        review_from=framework.in_force_from if framework else None,
        closed=frozenset(ClosedDay.objects.filter(day__year=year).values_list("day", flat=True)),
    )
    return propose(year, rhythm_of(committee), known, today)


def year_to_plan(today: date) -> int:
    """Return the year that is planned next: this one in its first half, else the one to come."""
    return months_later(today, 6).year


# Calendars ----------------------------------------------------------------------------------------


def bodies_sat_in(user_id: int, on: date) -> QuerySet[Committee]:
    """Return the bodies in which a person has a seat on the day."""
    return Committee.objects.filter(pk__in=Membership.objects.on(on).filter(user_id=user_id).values("committee_id"))


def follows(user_id: int | None, committee: Committee, on: date) -> bool:
    """Say whether the dates of a body are this person's business: they sit in it, or lead what it speaks for."""
    if user_id is None:
        return False
    return bodies_sat_in(user_id, on).filter(pk=committee.pk).exists() or leads_covered(user_id, committee, on)


def feeds_of(user_id: int) -> QuerySet[CalendarFeed]:
    """Return the addresses of a person that work."""
    return CalendarFeed.objects.filter(user_id=user_id, revoked_at=None).select_related("committee")


def feed_by_token(token: str, on: date) -> CalendarFeed | None:
    """Return the feed with this token, or None; also where the person no longer sits in the body or has left."""
    feed = (
        CalendarFeed.objects.select_related("committee", "user")
        .filter(token_sha256=hash_of(token), revoked_at=None, user__is_active=True)
        .first()
    )
    if feed is None or (feed.committee is not None and not follows(feed.user_id, feed.committee, on)):
        return None
    return feed


def dates_for(feed: CalendarFeed, on: date) -> QuerySet[WheelEntry]:
    """Return the dates that a feed shows."""
    if feed.committee_id is None:
        return calendar_dates(on).filter(committee__in=bodies_sat_in(feed.user_id, on).values("pk"))
    return calendar_dates(on).filter(committee=feed.committee_id)


def calendar_dates(on: date) -> QuerySet[WheelEntry]:
    """Return the dates that calendars show, with their bodies."""
    shown = WheelEntry.objects.filter(on__gte=first_day_shown(on), on__lte=on + timedelta(days=3660))
    return shown.select_related("committee").order_by("on", "id")
