# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.agreements.conditions import ELSEWHERE, IN_THE_HOME, MOST_HOURS, Conditions
from samspil.agreements.forms import TextField
from samspil.agreements.models import Meets, PlaceType

_LABELS = {
    PlaceType.CITIZENS_HOME: _("In the citizen's home"),
    PlaceType.OUTDOORS: _("Outdoors: a park, a wood, a beach"),
    PlaceType.EVENT: _("At an event elsewhere"),
}


def _hours(label: Any) -> forms.IntegerField:
    wrong = _("Write a number of hours a month, from 0 to %(most)d.") % {"most": MOST_HOURS}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_HOURS,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        widget=forms.NumberInput(attrs={"class": "input-char-5", "inputmode": "numeric"}),
    )


class ConditionsForm(forms.Form):
    """Places, hours and meetings. All of it may be empty."""

    staff_meets = forms.ChoiceField(
        label=_("How often do employees and volunteers meet?"),
        required=False,
        choices=lambda: [("", _("We have no fixed meeting")), *((one.value, one.label) for one in Meets)],
        error_messages={"invalid_choice": _("Choose how often you meet among what is listed.")},
        widget=forms.Select,
    )

    def __init__(self, data: Any = None, *, said: Conditions) -> None:
        super().__init__(data, initial=self._initial(said))
        self.fields["hours_of_leader"] = _hours(_("The leader: hours a month"))
        self.fields["hours_of_coordinator"] = _hours(_("The coordinator: hours a month"))
        for type_ in ELSEWHERE:
            self.fields[type_] = forms.BooleanField(
                label=_LABELS[type_],
                required=False,
                help_text=IN_THE_HOME if type_ == PlaceType.CITIZENS_HOME else "",
            )
            self.fields[f"{type_}_words"] = TextField(
                limit=200,
                label=_("%(place)s: a line about it (may be empty)") % {"place": _LABELS[type_]},
                required=False,
                widget=forms.TextInput(attrs={"class": "input-width-xl"}),
            )

    @staticmethod
    def _initial(said: Conditions) -> dict[str, Any]:
        places = dict.fromkeys(said.places, True) | {f"{key}_words": text for key, text in said.places.items()}
        return {
            "hours_of_leader": said.hours_of_leader,
            "hours_of_coordinator": said.hours_of_coordinator,
            "staff_meets": said.staff_meets,
            **places,
        }

    def places(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the tick and the line of each place, for the template."""
        return [(self[type_], self[f"{type_}_words"]) for type_ in ELSEWHERE]

    def conditions(self) -> Conditions:
        """Return what was sent; a line makes a place of its own, ticked or not. Only after ``is_valid``."""
        sent = self.cleaned_data
        return Conditions(
            places={
                type_.value: sent[f"{type_}_words"] for type_ in ELSEWHERE if sent[type_] or sent[f"{type_}_words"]
            },
            hours_of_leader=sent["hours_of_leader"],
            hours_of_coordinator=sent["hours_of_coordinator"],
            staff_meets=sent["staff_meets"],
        )
