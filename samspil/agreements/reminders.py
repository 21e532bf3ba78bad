# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whom a friendly reminder to workplaces that have not begun goes to, and what it says."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements.queries import Coverage, with_status
from samspil.frameworks.queries import version_in_force as framework_in_force
from samspil.frameworks.waves import reach
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open
from samspil.notifications.models import Message
from samspil.people.models import Role, RoleAssignment

DAYS_BETWEEN = 14
_KEY = "agreements.not_begun"


@dataclass(frozen=True)
class Reminder:
    """What one workplace's leaders are told."""

    workplace: Unit
    leaders: tuple[int, ...]

    @property
    def title(self) -> str:
        """The line on the leader's own page."""
        return _(
            "Do you have volunteers at %(workplace)s? You can begin on your agreement: it takes a quarter of an hour."
        ) % {"workplace": self.workplace.name}

    @property
    def link(self) -> str:
        """The page where one begins."""
        return reverse("agreement", args=[self.workplace.slug])

    def key(self, at: datetime) -> str:
        """What tells one reminder from another: the workplace and the day."""
        return f"{_KEY}.{self.workplace.pk}.{timezone.localdate(at).isoformat()}"


@dataclass(frozen=True)
class Round:
    """A round of reminders: who is told, and which workplaces are left out and why."""

    reminders: tuple[Reminder, ...] = ()
    without_leader: tuple[Unit, ...] = ()
    told_lately: tuple[Unit, ...] = ()
    not_yet: tuple[Unit, ...] = ()

    @property
    def leaders(self) -> set[int]:
        """Everybody who is told something."""
        return {leader for reminder in self.reminders for leader in reminder.leaders}


def reminded_at(workplace_ids: Collection[int], since: datetime | None = None) -> dict[int, datetime]:
    """Return when each workplace was last reminded; without those that have not been."""
    told = Message.objects.filter(key__startswith=f"{_KEY}.").order_by("told_at")
    if len(workplace_ids) == 1:
        told = told.filter(key__startswith=f"{_KEY}.{next(iter(workplace_ids))}.")
    if since is not None:
        told = told.filter(told_at__gt=since)
    found = {int(key.split(".")[2]): moment for key, moment in told.values_list("key", "told_at")}
    return {unit_id: moment for unit_id, moment in found.items() if unit_id in workplace_ids}


def round_of_reminders(workplace_ids: Collection[int], at: datetime) -> Round:
    """Return the round for those of the workplaces that have not begun today; nobody without a framework in force.

    A workplace is reminded once in 14 days, whoever leads it, and not before its wave begins.
    """
    on = timezone.localdate(at)
    if framework_in_force(on) is None:
        return Round()
    units = Unit.objects.filter(still_open(on), pk__in=workplace_ids, is_workplace=True).order_by("sort_key")
    all_of_them, here = list(with_status(units, on).filter(status=Coverage.NOT_BEGUN)), reach()
    not_yet = tuple(unit for unit in all_of_them if (wave := here.of(unit)) and not wave.has_begun(on))
    not_begun = [unit for unit in all_of_them if unit not in not_yet]
    lately = reminded_at({unit.pk for unit in not_begun}, since=at - timedelta(days=DAYS_BETWEEN))
    leaders: dict[int, list[int]] = {}
    roles = RoleAssignment.objects.on(on).filter(
        role=Role.LEADER, unit_id__in=[unit.pk for unit in not_begun], user__is_active=True
    )
    for unit_id, user_id in roles.order_by("id").values_list("unit_id", "user_id"):
        leaders.setdefault(unit_id, []).append(user_id)
    return Round(
        reminders=tuple(
            Reminder(unit, tuple(leaders[unit.pk]))
            for unit in not_begun
            if unit.pk in leaders and unit.pk not in lately
        ),
        without_leader=tuple(unit for unit in not_begun if unit.pk not in leaders),
        told_lately=tuple(unit for unit in not_begun if unit.pk in leaders and unit.pk in lately),
        not_yet=not_yet,
    )
