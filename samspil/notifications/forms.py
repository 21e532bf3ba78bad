# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.notifications.kinds import How, Kind


class MailForm(forms.Form):
    """How one wants to hear of each kind that one can choose for."""

    def __init__(self, data: Any = None, *, chosen: Mapping[Kind, How]) -> None:
        super().__init__(data, initial={str(kind): how for kind, how in chosen.items()})
        for kind in chosen:
            self.fields[str(kind)] = forms.ChoiceField(
                label=kind.label,
                choices=How.choices,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose how you want to hear of this."),
                    "invalid_choice": _("Choose one of the three."),
                },
            )

    @property
    def choices(self) -> dict[Kind, How]:
        """What was chosen, when the form is valid."""
        return {Kind(name): How(how) for name, how in self.cleaned_data.items()}
