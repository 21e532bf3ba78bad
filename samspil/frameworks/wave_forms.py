# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the secretariat sends about a wave, made clean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.foundation.forms import DateInput
from samspil.frameworks.actions.waves import LONGEST_NAME
from samspil.frameworks.models import Wave
from samspil.municipalities.forms import CleanCharField, UnitField
from samspil.municipalities.queries import unit_choices

IN_THE_WAVE = "med"


class WaveForm(forms.Form):
    """What a wave is called, and from when to when it runs."""

    name = CleanCharField(
        label=_("What is the wave called?"),
        max_length=LONGEST_NAME,
        help_text=_("For example: First wave."),
        error_messages={"required": _("Write what the wave is called.")},
    )
    starts_on = forms.DateField(
        label=_("When does it begin?"),
        help_text=_("Before that day, nothing is asked of the workplaces."),
        widget=DateInput(),
        error_messages={
            "required": _("Choose the day on which the wave begins."),
            "invalid": _("Write the date as day-month-year."),
        },
    )
    deadline = forms.DateField(
        label=_("By when should the agreements be in force?"),
        help_text=_("Nothing counts as late before that day has passed."),
        widget=DateInput(),
        error_messages={
            "required": _("Choose the day by which the agreements should be in force."),
            "invalid": _("Write the date as day-month-year."),
        },
    )


def initial_of_wave(wave: Wave) -> dict[str, Any]:
    """Return what the form shows before anybody has written in it."""
    return {name: getattr(wave, name) for name in WaveForm.base_fields}


class FindForWaveForm(forms.Form):
    """Which units to look at."""

    q = CleanCharField(label=_("Part of the name"), required=False, max_length=100)
    under = UnitField(label=_("Stands under"), required=False)
    vis = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("All")), (IN_THE_WAVE, _("Those in the wave"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["under"]
        if isinstance(field, UnitField):
            field.choices = unit_choices(blank=str(_("The whole municipality")))
