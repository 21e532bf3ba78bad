# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a wave makes of what a leader is asked to do: quiet before its start, with a deadline from then on (R4)."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.todo import Todo
from samspil.frameworks.models import Wave
from samspil.frameworks.waves import wave_of


def deadline_in_words(wave: Wave, on: date) -> str:
    """Say by when the agreement should be in force, or that this day has passed."""
    if wave.is_past(on):
        return _("The deadline was %(day)s.") % {"day": danish_date(wave.deadline)}
    return _("To be in force by %(day)s.") % {"day": danish_date(wave.deadline)}


def with_deadline(todo: Todo, workplace_id: int, on: date) -> Todo:
    """Return the line with the deadline of the workplace's wave, if it is in one that has begun."""
    wave = wave_of(workplace_id)
    if wave is None or not wave.has_begun(on):
        return todo
    return replace(todo, detail=f"{deadline_in_words(wave, on)} {todo.detail}", due=wave.deadline)


def to_begin(todo: Todo, workplace_id: int, on: date) -> Todo:
    """Return the line that asks a leader to begin; before the wave's start it asks nothing, and says when."""
    wave = wave_of(workplace_id)
    if wave is None or wave.has_begun(on):
        return with_deadline(todo, workplace_id, on)
    words = {"wave": wave.name, "day": danish_date(wave.starts_on)}
    return replace(
        todo,
        title=_("Your wave, “%(wave)s”, begins on %(day)s.") % words,
        detail=_("Until then you need not do anything about the agreement."),
        label=_("You may begin now, if you like"),
        is_quiet=True,
    )
