# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a change of the framework means at a workplace: a form for each change, all on one page (R53)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.agreements.actions.dispositions import LONGEST_EXEMPTION, StandTaken
from samspil.agreements.disposition_models import NEEDS_A_REASON, Stand
from samspil.agreements.forms import TextField
from samspil.agreements.updates import ChangeHere, Update
from samspil.foundation.forms import DateInput, LongTextarea
from samspil.frameworks.models import Element

READ_THROUGH = "laest"
"""The tick that says no to all that stands beside the agreement, in one."""


class StandForm(forms.Form):
    """One choice about one change; a reason and a last day only where they are asked for."""

    stand = forms.ChoiceField(
        label=gettext_lazy("What does it mean with you?"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose what it means with you.")},
    )
    reason = TextField(
        limit=500,
        label=gettext_lazy("Why?"),
        widget=LongTextarea(attrs={"rows": 2}),
        required=False,
    )
    until = forms.DateField(
        label=gettext_lazy("Exempt until"),
        help_text=gettext_lazy("A year at most. The HR/MED secretariat is told."),
        widget=DateInput,
        required=False,
        error_messages={"invalid": gettext_lazy("Choose a date that exists.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, here: ChangeHere, data: Any = None) -> None:
        initial: dict[str, Any] = {"seen": here.change.new_text_sha256}
        if here.stand is not None:
            initial |= {"stand": here.stand.stand, "reason": here.stand.reason, "until": here.stand.until}
        super().__init__(data, prefix=f"c{here.change.lineage.hex}", initial=initial)
        self.here = here
        self.fields["stand"].choices = [(stand.value, stand.label) for stand in here.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice takes."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        stand = cleaned.get("stand")
        if stand in NEEDS_A_REASON and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write why."))
        if stand == Stand.EXEMPTED and "until" not in self.errors:
            today, until = timezone.localdate(), cleaned.get("until")
            if until is None or not today <= until <= today + LONGEST_EXEMPTION:
                self.add_error("until", _("Choose the last day, a year from now at most."))
        return cleaned

    @property
    def taken(self) -> StandTaken | None:
        """The stand that was chosen; only after ``is_valid``."""
        if not self.cleaned_data["stand"]:
            return None
        return StandTaken(
            lineage=self.here.change.lineage,
            stand=Stand(self.cleaned_data["stand"]),
            reason=self.cleaned_data["reason"],
            until=self.cleaned_data["until"],
            new_text_sha256=self.cleaned_data["seen"],
        )


class UpdateForms:
    """The forms of a page: what the agreement itself says first, then what stands beside it."""

    def __init__(self, update: Update, data: Any = None) -> None:
        self.inside = [StandForm(here, data) for here in update.in_the_agreement]
        self.beside = [StandForm(here, data) for here in update.beside]
        self.has_read_the_rest = bool(data and data.get(READ_THROUGH))

    @property
    def all(self) -> Sequence[StandForm]:
        """All of them, in order."""
        return [*self.inside, *self.beside]

    def are_valid(self) -> bool:
        """Whether all can be saved."""
        faulty = [form for form in self.all if not form.is_valid()]
        return not faulty

    @property
    def taken(self) -> list[StandTaken]:
        """What was chosen; what stands beside the agreement and was only read changes nothing here."""
        chosen = [form.taken for form in self.all if form.taken is not None]
        if not self.has_read_the_rest:
            return chosen
        read = [
            StandTaken(form.here.change.lineage, Stand.NO_EFFECT, new_text_sha256=form.cleaned_data["seen"])
            for form in self.beside
            if form.taken is None
        ]
        return [*chosen, *read]


class RetieForm(forms.Form):
    """Which common principle a principle of the workplace's own builds on from now on (R45)."""

    builds_on = forms.TypedChoiceField(
        label=gettext_lazy("Which common principle does it build on?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose which common principle it builds on."),
            "invalid_choice": gettext_lazy("Choose which common principle it builds on."),
        },
    )

    def __init__(self, principles: Sequence[Element], suggested: str = "", data: Any = None) -> None:
        super().__init__(data, initial={"builds_on": suggested})
        self.fields["builds_on"].choices = [(str(element.lineage), element.text) for element in principles]  # type: ignore[attr-defined]
