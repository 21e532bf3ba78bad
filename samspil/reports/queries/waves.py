# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How far each wave has come within reach, and what is late: after the deadline, and never before it (R4)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from samspil.agreements.queries import Coverage
from samspil.frameworks.models import Wave
from samspil.frameworks.waves import standing_waves, with_wave
from samspil.reports.queries.area import Area, Counts

NOT_DONE = (Coverage.NOT_BEGUN, Coverage.UNDER_WAY)
"""What a deadline is about: the rest has done what was asked."""


@dataclass(frozen=True)
class WaveLine:
    """A wave with how far its workplaces within reach have come."""

    wave: Wave
    counts: Counts
    on: date

    @property
    def has_begun(self) -> bool:
        """Whether its start has come."""
        return self.wave.has_begun(self.on)

    @property
    def late(self) -> int:
        """How many have passed the deadline without being done."""
        if not self.wave.is_past(self.on):
            return 0
        return sum(self.counts.by_status.get(status, 0) for status in NOT_DONE)


def is_late(status: str, wave: Wave | None, on: date) -> bool:
    """Whether a workplace has passed the deadline of its wave without being done."""
    return wave is not None and wave.is_past(on) and status in NOT_DONE


def late_among(workplaces: models.QuerySet[Any], on: date) -> models.QuerySet[Any]:
    """Return those of the workplaces, which have ``status`` and ``wave_id``, for which ``is_late``."""
    past = [wave.pk for wave in standing_waves() if wave.is_past(on)]
    return workplaces.filter(wave_id__in=past, status__in=NOT_DONE)


def wave_lines(area: Area, on: date) -> list[WaveLine]:
    """Return the waves that have workplaces within reach, the earliest first, counted in one query for all."""
    waves = standing_waves()
    if not waves:
        return []
    by_wave: dict[int, dict[str, int]] = {}
    rows = with_wave(area.workplaces(area.top)).order_by().values_list("wave_id", "status")
    for wave_id, status, number in rows.annotate(models.Count("pk")):
        by_wave.setdefault(wave_id, {})[status] = number
    return [WaveLine(wave, Counts(by_wave[wave.pk]), on) for wave in waves if wave.pk in by_wave]
