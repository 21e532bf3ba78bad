# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Forms of what a body may use beside its dialogues."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.foundation.forms import DateInput, LongTextarea
from samspil.foundation.text import clean_text
from samspil.med.actions import ConsentFacts
from samspil.med.actions.settings import LEAST, MOST
from samspil.med.body_models import NUMBERS, CommitteeRhythm, StandingConsent, WheelEntry
from samspil.med.forms import UnitsField, WordsField
from samspil.med.models import Dialogue, Form
from samspil.med.queries import med_settings, newest_forms, own_rhythm
from samspil.med.wheel import Proposed, Rhythm
from samspil.municipalities.forms import CleanCharField
from samspil.people.forms import refuse_personal_number

MOST_LEVELS, LONGEST_LEVEL = 8, 60
FORM_FIELDS = {Dialogue.Occasion.NEW_AGREEMENT: "forms_new", Dialogue.Occasion.CHANGE: "forms_change"}
_LABELS = {
    "meetings_a_year": _("Meetings a year"),
    "paper_days": _("Days before a meeting by which the papers are ready"),
    "evaluation_months": _("Months between evaluations"),
    "review_months": _("Months between reviews of the framework"),
}


class TimeInput(forms.TimeInput):
    """A time of day, picked in the browser's own way."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "form-input-date"}, format="%H:%M")


def _number(name: str, *, required: bool, hint: Any = "") -> forms.IntegerField:
    wrong = _("Write a number between %(least)d and %(most)d.") % {"least": LEAST[name], "most": MOST[name]}
    return forms.IntegerField(
        label=_LABELS[name],
        min_value=LEAST[name],
        max_value=MOST[name],
        required=required,
        help_text=hint,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class _LevelsField(forms.CharField):
    """Names of levels, one a line, from the top."""

    widget = LongTextarea

    def clean(self, value: Any) -> Any:
        """Return the names, or say what is wrong with them."""
        names = [" ".join(line.split()) for line in clean_text(str(value or ""), limit=2_000).split("\n")]
        names = list(dict.fromkeys(name for name in names if name))
        if len(names) > MOST_LEVELS or any(len(name) > LONGEST_LEVEL for name in names):
            raise forms.ValidationError(_("Write at most 8 levels, each with at most 60 characters."))
        return names


class MedSettingsForm(forms.Form):
    """MED as the municipality has it."""

    levels = _LevelsField(
        label=_("Your own names of the levels (optional)"),
        required=False,
        help_text=_("One on each line, the top one first. For example: HovedMED, OmrådeMED, LokalMED."),
    )
    forms_new = forms.MultipleChoiceField(
        label=_("What counts for a new agreement?"),
        choices=Form.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one form that counts.")},
    )
    forms_change = forms.MultipleChoiceField(
        label=_("What counts for a change?"),
        choices=Form.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one form that counts.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NUMBERS:
            self.fields[name] = _number(name, required=True)

    @classmethod
    def as_it_stands(cls) -> "MedSettingsForm":
        """Return the form with what is saved now."""
        saved = med_settings()
        initial: dict[str, Any] = {name: getattr(saved, name) for name in NUMBERS}
        initial |= {field: [str(form) for form in newest_forms(occasion)] for occasion, field in FORM_FIELDS.items()}
        return cls(initial={**initial, "levels": "\n".join(saved.levels)})

    def rhythm(self) -> Rhythm:
        """Return the four numbers."""
        return Rhythm(**{name: self.cleaned_data[name] for name in NUMBERS})

    def chosen_forms(self) -> dict[str, list[str]]:
        """Return the forms that are to count, by occasion."""
        return {str(occasion): self.cleaned_data[field] for occasion, field in FORM_FIELDS.items()}


class RhythmForm(forms.Form):
    """The numbers of one body; empty follows the municipality."""

    def __init__(self, data: Any = None, *, own: CommitteeRhythm, common: Rhythm) -> None:
        super().__init__(data, initial={name: getattr(own, name) for name in NUMBERS})
        for name in NUMBERS:
            hint = _("Empty: as in the rest of the municipality, %(number)d.") % {"number": getattr(common, name)}
            self.fields[name] = _number(name, required=False, hint=hint)

    @classmethod
    def of(cls, committee: Any, common: Rhythm, data: Any = None) -> "RhythmForm":
        """Return the form of a body."""
        return cls(data, own=own_rhythm(committee), common=common)


# The year -----------------------------------------------------------------------------------------


class PlanForm(forms.Form):
    """The dates that are suggested, all ticked."""

    dates = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one date."),
            "invalid_choice": _("The suggestion has changed since you opened the page. Look at it again."),
        },
    )

    def __init__(self, data: Any = None, *, proposed: Sequence[Proposed]) -> None:
        super().__init__(data, initial={"dates": [one.key for one in proposed]})
        self._proposed = proposed
        field: Any = self.fields["dates"]
        field.choices = [(one.key, one.key) for one in proposed]

    def chosen(self) -> list[Proposed]:
        """Return the dates that are ticked."""
        return [one for one in self._proposed if one.key in self.cleaned_data["dates"]]

    def ticked(self) -> set[str]:
        """Return what is ticked when the page is shown."""
        return set(self["dates"].value() or ())


class EntryForm(forms.Form):
    """One date in the year."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=WheelEntry.Kind.choices,
        error_messages={"required": _("Choose what it is."), "invalid_choice": _("Choose what it is.")},
    )
    day = forms.DateField(
        label=_("Which day?"),
        widget=DateInput,
        error_messages={"required": _("Choose the day."), "invalid": _("Choose a date that exists.")},
    )
    time = forms.TimeField(
        label=_("At what time? (optional)"),
        widget=TimeInput,
        required=False,
        error_messages={"invalid": _("Write a time of day, such as 13:30.")},
    )
    title = CleanCharField(
        label=_("In your own words (optional)"),
        max_length=120,
        required=False,
        help_text=_("Stands here, but not in anybody's calendar. No names of people."),
    )
    sequence = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, entry: WheelEntry | None = None, **kwargs: Any) -> None:
        if entry is not None:
            kwargs["initial"] = {
                "day": entry.on,
                "time": entry.time,
                "title": entry.title,
                "sequence": entry.sequence,
            }
        super().__init__(data, **kwargs)
        if entry is not None:
            del self.fields["kind"]
        else:
            del self.fields["sequence"]

    def clean_title(self) -> str:
        """Refuse what looks like a CPR number."""
        return refuse_personal_number(self.cleaned_data["title"])


# Standing consents --------------------------------------------------------------------------------


class ConsentForm(forms.Form):
    """Within which types of task the leader may say yes at once."""

    task_types = forms.MultipleChoiceField(
        label=_("Which types of task?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    other_types = CleanCharField(
        label=_("Other types (optional)"),
        max_length=200,
        required=False,
        help_text=_("With a comma between them."),
    )
    units = UnitsField(
        label=_("At which workplaces?"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all that the body covers."),
    )
    wording = WordsField(
        label=_("What may the leader say yes to?"),
        error_messages={"required": _("Write what the leader may say yes to.")},
    )
    until = forms.DateField(
        label=_("Until which day? (optional)"),
        widget=DateInput,
        required=False,
        help_text=_("Empty: until the body withdraws it."),
        error_messages={"invalid": _("Choose a date that exists.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        types: Sequence[str],
        units: Any,
        consent: StandingConsent | None = None,
    ) -> None:
        initial: dict[str, Any] = {
            "wording": _("Within these types of task the leader may say yes to new activities at once.")
        }
        if consent is not None:
            types = list(dict.fromkeys([*types, *consent.task_types]))
            initial = {
                "task_types": consent.task_types,
                "units": [row.unit_id for row in consent.chosen.all()],
                "wording": consent.wording,
                "until": consent.until,
            }
        super().__init__(data, initial=initial)
        chosen: Any = self.fields["task_types"]
        chosen.choices = [(name, name) for name in types]
        if not types:
            del self.fields["task_types"]
        places: Any = self.fields["units"]
        places.queryset = units
        if len(units) < 2:  # noqa: PLR2004 - one place is all that the body covers
            del self.fields["units"]

    def clean(self) -> dict[str, Any]:
        """Put the types together; at least one is needed."""
        cleaned: dict[str, Any] = super().clean() or {}
        others = [name.strip()[:60] for name in cleaned.get("other_types", "").split(",")]
        cleaned["all_types"] = tuple(dict.fromkeys([*cleaned.get("task_types", ()), *filter(None, others)]))
        if not cleaned["all_types"] and not self.errors:
            name = "task_types" if "task_types" in self.fields else "other_types"
            self.add_error(name, _("Choose at least one type of task."))
        return cleaned

    def clean_other_types(self) -> str:
        """Refuse what looks like a CPR number."""
        return refuse_personal_number(self.cleaned_data["other_types"])

    def facts(self) -> ConsentFacts:
        """Return what was written, for the action."""
        data = self.cleaned_data
        return ConsentFacts(
            wording=data["wording"],
            task_types=data["all_types"],
            units=tuple(data.get("units") or ()),
            until=data["until"],
        )


class WithdrawForm(forms.Form):
    """From when a standing consent no longer holds, and why."""

    from_date = forms.DateField(
        label=_("From which day?"),
        widget=DateInput,
        error_messages={"required": _("Choose the day."), "invalid": _("Choose a date that exists.")},
    )
    reason = CleanCharField(
        label=_("Why is it withdrawn?"),
        max_length=300,
        help_text=_("Both sides can read it."),
        error_messages={"required": _("Write why it is withdrawn.")},
    )

    def clean_reason(self) -> str:
        """Refuse what looks like a CPR number."""
        return refuse_personal_number(self.cleaned_data["reason"])
