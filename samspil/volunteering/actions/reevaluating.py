# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Go over all volunteers after a rule, a task or a place changed, and for the day: nobody is stopped without being told.

What opens for somebody who is active gets a day at least three weeks ahead. On that day the engagement is paused, if it is
still open. Rows are read and written some hundreds at a time, and a round that was broken off goes on where it stopped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity, system_capacity
from samspil.foundation.tenancy import current_municipality_id
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.people.models import Role, RoleAssignment
from samspil.volunteering.actions.certificates import add_orders, tell_orderers
from samspil.volunteering.formality_items import Item, items_of
from samspil.volunteering.formality_rules import rules_on
from samspil.volunteering.models import Engagement, FormalityDate, Reevaluation
from samspil.volunteering.models.engagements import PausedBy
from samspil.volunteering.models.formalities import Level
from samspil.volunteering.states import State

BATCH = 500
NOTICES = (0, 30, 60)
"""Days before a stop on which it is told; a stop that comes nearer is told at once."""
_GRACE = timedelta(days=30)
_GRACE_OF_LAW = timedelta(days=21)
_AHEAD = timedelta(days=NOTICES[-1])


@transaction.atomic
def begin_reevaluation(*, on: date, at: datetime) -> Reevaluation:
    """Begin a round over all active volunteers, in the background; one that is under way begins anew."""
    total = Engagement.objects.filter(state=State.ACTIVE).count()
    row = Reevaluation.objects.select_for_update().filter(finished_at=None).order_by("-pk").first()
    if row is None:
        row = Reevaluation.objects.create(begun_on=on, begun_at=at, total=total)
    else:
        row.begun_on, row.begun_at, row.total, row.done, row.last_engagement = on, at, total, 0, 0
        row.save(update_fields=["begun_on", "begun_at", "total", "done", "last_engagement"])
    from samspil.volunteering.tasks import reevaluate  # noqa: PLC0415 - tasks import actions

    transaction.on_commit(partial(reevaluate.enqueue, current_municipality_id(), row.pk))
    return row


@transaction.atomic
def begin_reevaluation_of_the_day(*, on: date, at: datetime) -> None:
    """Begin the day's round, once: days come, tasks and places change."""
    if not Reevaluation.objects.filter(begun_on=on).exists() and Engagement.objects.filter(state=State.ACTIVE).exists():
        begin_reevaluation(on=on, at=at)


@dataclass
class _Round:
    """What some hundred engagements come to."""

    dates: list[FormalityDate] = field(default_factory=list)
    noticed: list[FormalityDate] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    paused: list[Engagement] = field(default_factory=list)
    told: list[Engagement] = field(default_factory=list)
    wanted: set[tuple[int, str]] = field(default_factory=set)


@transaction.atomic
def reevaluate_some(*, reevaluation_id: int, on: date, at: datetime) -> bool:
    """Go over the next some hundred; say whether there is more to do."""
    row = Reevaluation.objects.select_for_update().filter(pk=reevaluation_id, finished_at=None).first()
    if row is None:
        return False
    engagements = list(
        Engagement.objects.select_for_update(of=("self",))
        .filter(state=State.ACTIVE, pk__gt=row.last_engagement)
        .select_related("workplace", "volunteer")
        .prefetch_related("tasks")
        .order_by("pk")[:BATCH]
    )
    actor = system_capacity(municipality_id=current_municipality_id(), on=on, name="samspil reevaluate")
    found = _settle(engagements, on)
    _write(found, actor, on, at)
    row.done += len(engagements)
    row.dated += len(found.dates)
    row.paused += len(found.paused)
    row.last_engagement = engagements[-1].pk if engagements else row.last_engagement
    is_more = len(engagements) == BATCH
    row.finished_at = None if is_more else at
    row.save(update_fields=["done", "dated", "paused", "last_engagement", "finished_at"])
    if not is_more and (row.dated or row.paused):
        changes = {"volunteers": row.done, "dated": row.dated, "paused": row.paused}
        audit.record(name="volunteering.formalities.reevaluate", subject=row, actor=actor, at=at, changes=changes)
    return is_more


def _settle(engagements: Sequence[Engagement], on: date) -> _Round:
    dates: dict[int, dict[str, FormalityDate]] = {engagement.pk: {} for engagement in engagements}
    for row in FormalityDate.objects.filter(engagement__in=list(dates), closed_on=None):
        dates[row.engagement_id][row.code] = row
    found = _Round()
    known = {engagement.pk: engagement for engagement in engagements}
    stops = [rule for rule in rules_on(on) if rule.is_hard_stop]
    for key, items in items_of(engagements, on, rules=stops).items():
        own = dates[key]
        coming = {item.code: item for item in items if _is_coming(item, on)}
        found.closed += [row.pk for code, row in own.items() if code not in coming]
        _settle_one(known[key], coming, own, found, on)
    return found


def _is_coming(item: Item, on: date) -> bool:
    """Whether a thing due before the first time stops somebody who is active, now or within the notices."""
    return not item.is_in_place or (item.expires_on is not None and item.expires_on <= on + _AHEAD)


def _settle_one(
    engagement: Engagement, coming: dict[str, Item], own: dict[str, FormalityDate], found: _Round, on: date
) -> None:
    is_told = is_paused = False
    for code, item in coming.items():
        row = own.get(code)
        if row is None:
            stops_on = _stops_on(item, engagement, on)
            left = _notice((stops_on - on).days)
            found.dates.append(
                FormalityDate(engagement=engagement, code=code, told_on=on, stops_on=stops_on, noticed=left)
            )
            is_told = True
            if item.rule.certificate:
                found.wanted.add((engagement.pk, code))
            continue
        is_paused = is_paused or (row.stops_on <= on and not item.is_in_place)
        left = _notice((row.stops_on - on).days)
        if left < row.noticed:
            row.noticed = left
            found.noticed.append(row)
            is_told = True
    if is_paused:
        found.paused.append(engagement)
    if is_told:
        found.told.append(engagement)


def _stops_on(item: Item, engagement: Engagement, on: date) -> date:
    grace = _GRACE_OF_LAW if item.rule.level == Level.LAW else _GRACE
    until = item.expires_on if item.is_in_place else engagement.todo_until
    return max(on + grace, until or on)


def _notice(days_left: int) -> int:
    return next((days for days in NOTICES if days_left <= days), NOTICES[-1] + 1)


def _write(found: _Round, actor: Capacity, on: date, at: datetime) -> None:
    FormalityDate.objects.bulk_create(found.dates, ignore_conflicts=True)
    FormalityDate.objects.bulk_update(found.noticed, ["noticed"])
    FormalityDate.objects.filter(pk__in=found.closed).update(closed_on=on)
    add_orders(wanted=found.wanted, on=on)
    if found.wanted:
        concerned = {key for key, _code in found.wanted}
        tell_orderers(units={one.workplace_id for one in found.told if one.pk in concerned}, on=on, at=at)
    Engagement.objects.filter(pk__in=[one.pk for one in found.paused], state=State.ACTIVE).update(
        state=State.PAUSED, paused_on=on, paused_by=PausedBy.FORMALITY
    )
    title = _("Something must be in place soon for some of your volunteers")
    _tell(found.told, title, f"volunteering.formalities:{on.isoformat()}", on, at)
    title = _("A volunteer is on a break, because something is not in place")
    _tell(found.paused, title, f"volunteering.formalities.paused:{on.isoformat()}", on, at)
    for engagement in found.paused:
        changes = {"by": PausedBy.FORMALITY, "on": on.isoformat()}
        audit.record(name="volunteering.engagement.pause", subject=engagement, actor=actor, at=at, changes=changes)


def _tell(engagements: Iterable[Engagement], title: str, key: str, on: date, at: datetime) -> None:
    """Tell the contact persons and the leaders, one line each a day, however many volunteers it is about."""
    concerned = list(engagements)
    if not concerned:
        return
    leaders = RoleAssignment.objects.on(on).filter(role=Role.LEADER, unit__in={one.workplace_id for one in concerned})
    people = {one.contact_person_id for one in concerned if one.contact_person_id}
    people |= set(leaders.values_list("user_id", flat=True))
    tell(people=sorted(people), key=key, kind=Kind.ACT, title=title, link=reverse("formalities_to_review"), at=at)
