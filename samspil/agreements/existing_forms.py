# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms about agreements from before the framework."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.agreements.actions.existing import FILE_LIMIT, ExistingAsEntered, SentFile, type_of_file
from samspil.agreements.catalogue import CatalogueTask
from samspil.agreements.forms import OwnTaskForm, TextField
from samspil.foundation.forms import DateInput, LongTextarea
from samspil.med.models import Form

_TEXT_LIMIT = 20_000
_A_YEAR = timedelta(days=365)
OWN_TASKS = 4
"""How many tasks that the catalogue does not have can be named at once."""


class ExistingForm(forms.Form):
    """The agreement as it is, and how it came about."""

    text = TextField(
        limit=_TEXT_LIMIT,
        label=_("The agreement's words"),
        help_text=_("Copy them in here, or choose the file below. Leave out names of people."),
        required=False,
        widget=LongTextarea({"rows": 8}),
    )
    file = forms.FileField(
        label=_("The agreement as a file (may be empty)"),
        help_text=_("PDF, Word (.docx) or plain text, 5 MB at most. Only people who work here can open it."),
        required=False,
        max_length=200,
        error_messages={
            "empty": _("The file is empty. Choose another."),
            "max_length": _("The name of the file is too long. Give it a shorter name."),
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt,.md"}),
    )
    discussed_on = forms.DateField(
        label=_("When was it discussed with the employees?"),
        widget=DateInput,
        error_messages={"required": _("Choose the day it was discussed."), "invalid": _("Choose a day that exists.")},
    )
    form = forms.ChoiceField(
        label=_("How was it discussed?"),
        choices=Form.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how it was discussed."),
            "invalid_choice": _("Choose how it was discussed."),
        },
    )
    minutes_reference = TextField(
        limit=300,
        label=_("Where do the minutes lie?"),
        help_text=_("For example: minutes of LokalMED, 4 March, item 3."),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Write where the minutes lie.")},
    )
    in_force_since = forms.DateField(
        label=_("In force since when?"),
        widget=DateInput,
        error_messages={"required": _("Choose the day it began."), "invalid": _("Choose a day that exists.")},
    )
    review_on = forms.DateField(
        label=_("When will you look at it again, at the latest?"),
        help_text=_("Then you make a new version, which is discussed with MED."),
        widget=DateInput,
        error_messages={"required": _("Choose a day to come."), "invalid": _("Choose a day that exists.")},
    )
    tasks = forms.MultipleChoiceField(
        label=_("What do volunteers help with?"),
        help_text=_("Tick what the agreement is about. The boundary comes along."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose among the tasks on the list.")},
    )

    def __init__(self, catalogue: Iterable[CatalogueTask], on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["tasks"].choices = [(entry.code, entry.title) for entry in catalogue]  # type: ignore[attr-defined]
        self.fields["review_on"].initial = on + _A_YEAR

    def _passed(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day > self.on:
            raise ValidationError(_("Choose a day that has passed."))
        return day

    def clean_discussed_on(self) -> date:
        """Ask for a day that has passed."""
        return self._passed("discussed_on")

    def clean_in_force_since(self) -> date:
        """Ask for a day that has passed."""
        return self._passed("in_force_since")

    def clean_review_on(self) -> date:
        """Ask for a day to come."""
        day: date = self.cleaned_data["review_on"]
        if day <= self.on:
            raise ValidationError(_("Choose a day to come."))
        return day

    def clean_file(self) -> SentFile | None:
        """Take what is small enough and is what it says."""
        file: Any = self.cleaned_data.get("file")
        if not file:
            return None
        if (file.size or 0) > FILE_LIMIT:
            raise ValidationError(_("The file is too large. It may be 5 MB at most."))
        content = file.read()
        if not type_of_file(content):
            raise ValidationError(_("The file must be PDF, Word (.docx) or plain text."))
        name = "".join(sign for sign in str(file.name) if sign.isprintable() and sign not in "/\\")
        return SentFile(name[-200:] or "aftale", content)

    def clean(self) -> dict[str, Any]:
        """Ask for words or a file."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("text") and not cleaned.get("file"):
            self.add_error("text", _("Write the agreement's words, or choose its file."))
        return cleaned

    def entered(self, own: "list[OwnTaskForm]") -> ExistingAsEntered:
        """Return it as an action takes it; only after ``is_valid``."""
        data = self.cleaned_data
        return ExistingAsEntered(
            discussed_on=data["discussed_on"],
            form=data["form"],
            minutes_reference=data["minutes_reference"],
            in_force_since=data["in_force_since"],
            review_on=data["review_on"],
            text=data["text"],
            file=data["file"],
            ticked=frozenset(data["tasks"]),
            own_tasks=tuple(form.task() for form in own if form.has_changed()),
        )


def own_task_forms(data: Any = None) -> list[OwnTaskForm]:
    """Return the forms for tasks that the catalogue does not have; those left empty do not count."""
    return [
        OwnTaskForm(data, prefix=f"egen{number}", empty_permitted=True, use_required_attribute=False)
        for number in range(OWN_TASKS)
    ]


class WindowForm(forms.Form):
    """The days in which existing agreements can be entered."""

    opens = forms.DateField(
        label=_("First day"),
        widget=DateInput,
        error_messages={"required": _("Choose the first day."), "invalid": _("Choose a day that exists.")},
    )
    closes = forms.DateField(
        label=_("Last day"),
        help_text=_("It closes by itself after this day. To close it now, choose today."),
        widget=DateInput,
        error_messages={"required": _("Choose the last day."), "invalid": _("Choose a day that exists.")},
    )
