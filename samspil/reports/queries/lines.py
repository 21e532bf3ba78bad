# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""One line for each workplace: status, age and the last discussion. All derived; nobody types it (R4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.agreements.queries import Coverage, CoverageOf, coverage
from samspil.foundation.prepared import prepared
from samspil.foundation.templatetags.samspil import danish_date
from samspil.frameworks.models import FrameworkVersion, Wave
from samspil.frameworks.waves import reach
from samspil.municipalities.models import Unit
from samspil.reports.queries.waves import NOT_DONE, is_late

BADGES = {Coverage.IN_FORCE: "success", Coverage.UNDER_WAY: "info"}


@dataclass(frozen=True)
class Line:
    """A workplace with how far it has come, since when, and when it was last discussed."""

    unit: Unit
    coverage: CoverageOf
    discussed_on: date | None
    framework_since: date | None
    on: date
    wave: Wave | None = None

    @property
    def status(self) -> Coverage:
        """How far the agreement has come."""
        return self.coverage.status

    @property
    def badge(self) -> str:
        """The kind of badge that shows the status."""
        return BADGES.get(self.status, "neutral")

    @property
    def is_late(self) -> bool:
        """Whether the deadline of its wave has passed, and it is not done."""
        return is_late(self.status, self.wave, self.on)

    @property
    def waits_for_its_wave(self) -> bool:
        """Whether nothing is asked of it yet, because its wave has not begun."""
        return self.status == Coverage.NOT_BEGUN and self.wave is not None and not self.wave.has_begun(self.on)

    @property
    def wave_in_words(self) -> str:
        """What its wave asks of it; nothing where it is done, or in none."""
        if self.wave is None or self.status not in NOT_DONE:
            return ""
        words = {"wave": self.wave.name, "start": danish_date(self.wave.starts_on)}
        words["deadline"] = danish_date(self.wave.deadline)
        if not self.wave.has_begun(self.on):
            return _("%(wave)s, begins on %(start)s") % words
        return _("%(wave)s, by %(deadline)s") % words

    @property
    def days_waited(self) -> int | None:
        """For a workplace that has not begun: how many days there has been a framework to begin from."""
        if self.status != Coverage.NOT_BEGUN or self.framework_since is None:
            return None
        return (self.on - self.framework_since).days

    @property
    def in_force_since(self) -> date | None:
        """Since when the version in force has been so."""
        return self.coverage.in_force.in_force_from if self.coverage.in_force else None

    @property
    def begun_on(self) -> date | None:
        """When the version on its way was begun."""
        return timezone.localdate(self.coverage.under_way.created_at) if self.coverage.under_way else None

    @property
    def age(self) -> str:
        """The age in words."""
        if self.coverage.covered_by and self.in_force_since:
            words = {"since": danish_date(self.in_force_since), "name": self.coverage.covered_by.name}
            return _("since %(since)s, covered by the agreement for %(name)s") % words
        if self.in_force_since:
            return _("since %(since)s") % {"since": danish_date(self.in_force_since)}
        if self.coverage.under_way:
            words = {"state": self.coverage.under_way.get_state_display(), "day": danish_date(self.begun_on)}
            return _("%(state)s, begun on %(day)s") % words
        if self.status == Coverage.NO_VOLUNTEERS:
            return _("since %(since)s") % {"since": danish_date(self.coverage.without_since)}
        if self.status != Coverage.NOT_BEGUN or self.waits_for_its_wave:
            return ""
        if self.days_waited is None:
            return _("no framework in force yet")
        return ngettext(
            "the framework has been in force for one day",
            "the framework has been in force for %(days)d days",
            self.days_waited,
        ) % {"days": self.days_waited}


def framework_since(on: date) -> date | None:
    """Return since when there has been a framework in force, whichever edition."""
    return next(iter(_first_days(on)), None)


@prepared
def _first_days(on: date) -> models.QuerySet[FrameworkVersion, date | None]:
    in_force = FrameworkVersion.objects.in_force(on).order_by("in_force_from")
    return in_force.values_list("in_force_from", flat=True)[:1]


def lines_of(units: Collection[Unit], on: date) -> list[Line]:
    """Return a line for each workplace, in five queries however many they are."""
    keys = [unit.pk for unit in units]
    facts, since, here = coverage(keys), framework_since(on), reach()
    return [Line(unit, facts[unit.pk], facts[unit.pk].discussed, since, on, here.of(unit)) for unit in units]
