# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a person sends about the framework, made clean."""

import re
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.forms import DateInput, LongTextarea
from samspil.foundation.text import clean_text
from samspil.frameworks.actions import PolicyFacts, Wording
from samspil.frameworks.importing import MAX_BYTES
from samspil.frameworks.models import Audience, Element, Kind, Policy, Purpose
from samspil.municipalities.models import Sector

FILE_ENDINGS = (".docx", ".pdf", ".txt", ".md")
_LONGEST_TEXT = 200_000
_PREVIEW = 60

PLACEMENTS = (
    (Kind.VALUE.value, gettext_lazy("value")),
    (Kind.DEFINITION.value, gettext_lazy("definition")),
    (Kind.COMMITMENT.value, gettext_lazy("what we want")),
    (Kind.PRINCIPLE.value, gettext_lazy("common principle")),
    (f"{Kind.GUIDELINE}.{Audience.LEADER}", gettext_lazy("checklist for leaders")),
    (f"{Kind.GUIDELINE}.{Audience.COMMITTEE}", gettext_lazy("checklist for MED bodies")),
    (f"{Kind.GUIDELINE}.{Audience.EMPLOYEE}", gettext_lazy("checklist for employees")),
    (f"{Kind.GUIDELINE}.{Audience.OTHER}", gettext_lazy("checklist for others")),
    (Kind.PASSAGE.value, gettext_lazy("text")),
)
"""Kind and audience as one choice, which is how a person thinks of it."""


class CleanTextField(forms.CharField):
    """Text without the signs that could not be stored or would deceive a reader."""

    def __init__(self, *, limit: int, **options: Any) -> None:
        super().__init__(**options)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        """Clean before the length and the emptiness are judged."""
        return clean_text(str(value or ""), limit=self.limit)


class ImportForm(forms.Form):
    """A document to be read."""

    file = forms.FileField(
        label=gettext_lazy("The document"),
        help_text=gettext_lazy("Word (.docx), PDF, .txt or .md, 20 MB at most. Only the text is read, no pictures."),
        error_messages={
            "required": gettext_lazy("Choose the file that holds the framework."),
            "missing": gettext_lazy("Choose the file that holds the framework."),
            "empty": gettext_lazy("The file is empty. Choose the file that holds the framework."),
            "max_length": gettext_lazy("The name of the file is too long. Give it a shorter name."),
        },
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(FILE_ENDINGS)}),
    )

    def clean_file(self) -> Any:
        """Refuse by size and name before a byte is read."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Remove the pictures, or save the text alone as .docx, and try again.")
            )
        if PurePath(file.name or "").suffix.lower() not in FILE_ENDINGS:
            raise forms.ValidationError(
                _("This kind of file cannot be read. Save the document as .docx, .pdf, .txt or .md, and try again.")
            )
        return file


class TitleForm(forms.Form):
    """The name of the draft."""

    title = CleanTextField(
        label=gettext_lazy("Title"), limit=200, error_messages={"required": gettext_lazy("Write a title.")}
    )


class PlacementForm(forms.Form):
    """What a paragraph of the source is."""

    placement = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=PLACEMENTS,
        initial=Kind.PASSAGE.value,
        error_messages={"required": gettext_lazy("Choose what kind of part it is.")},
    )

    def kind_and_audience(self) -> tuple[str, str]:
        """Return the choice as the two that are stored."""
        kind, _dot, audience = self.cleaned_data["placement"].partition(".")
        return kind, audience


class ElementForm(PlacementForm):
    """One part of the framework in a person's words."""

    title = CleanTextField(
        label=gettext_lazy("Heading"),
        help_text=gettext_lazy("Leave it empty where none is needed."),
        limit=300,
        required=False,
    )
    text = CleanTextField(
        label=gettext_lazy("Text"),
        limit=_LONGEST_TEXT,
        widget=LongTextarea({"rows": 6}),
        error_messages={"required": gettext_lazy("Write a text. If the part is not to be there, remove it instead.")},
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("Does the part say one of these things?"),
        help_text=gettext_lazy("Then Samspil shows your words where they are needed, and not its own."),
        choices=(("", gettext_lazy("no, none of them")), *Purpose.choices),
        required=False,
    )
    standing_question = CleanTextField(
        label=gettext_lazy("Question in every dialogue"),
        help_text=gettext_lazy("Put each time MED discusses a new agreement. Can be empty."),
        limit=300,
        required=False,
    )
    evaluation_question = CleanTextField(
        label=gettext_lazy("Question in the evaluation"),
        help_text=gettext_lazy("Can be empty."),
        limit=300,
        required=False,
    )

    def wording(self) -> Wording:
        """Return what was sent as the action takes it."""
        kind, audience = self.kind_and_audience()
        data = self.cleaned_data
        return Wording(
            kind=kind,
            audience=audience,
            title=data["title"],
            text=data["text"],
            purpose=data["purpose"],
            standing_question=data["standing_question"],
            evaluation_question=data["evaluation_question"],
        )


def initial_of(element: Element) -> dict[str, str]:
    """Return what the form shows before anybody has written in it."""
    return {
        "placement": f"{element.kind}.{element.audience}" if element.audience else element.kind,
        "title": element.title,
        "text": element.text,
        "purpose": element.purpose,
        "standing_question": element.standing_question,
        "evaluation_question": element.evaluation_question,
    }


def split_places(text: str) -> list[tuple[str, str]]:
    """Return where a text can be divided, after sentences and lines: the place, and how the second half begins."""
    places = [match.end() for match in re.finditer(r"[.!?:;][”»\")]*\s+|\n+\s*", text)]
    if not places:
        places = [match.end() for match in re.finditer(r",\s+", text)]
    if not places:
        places = [match.end() for match in re.finditer(r"\s+", text)]
    return [(str(place), _beginning(text[place:])) for place in dict.fromkeys(places) if text[place:].strip()]


def _beginning(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _PREVIEW else f"{text[:_PREVIEW].rsplit(' ', 1)[0]} …"


class SplitForm(forms.Form):
    """Where a part is to be divided."""

    place = forms.ChoiceField(
        label=gettext_lazy("Where does the second part begin?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose where the second part begins."),
            "invalid_choice": gettext_lazy("Choose where the second part begins."),
        },
    )

    def __init__(self, *args: Any, text: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(place, _("“%(words)s”") % {"words": words}) for place, words in split_places(text)]


class PublishForm(forms.Form):
    """From when the framework holds, and what that means for the one before."""

    in_force_from = forms.DateField(
        label=gettext_lazy("In force from"),
        widget=DateInput(),
        error_messages={
            "required": gettext_lazy("Choose the day from which the framework is in force."),
            "invalid": gettext_lazy("Write the date as day-month-year."),
        },
    )
    predecessor_until = forms.DateField(
        label=gettext_lazy("Transition date"),
        help_text=gettext_lazy("Until this day, agreements on the edition before can still come into force."),
        widget=DateInput(),
        error_messages={
            "required": gettext_lazy("Choose until when agreements on the edition before may still come into force."),
            "invalid": gettext_lazy("Write the date as day-month-year."),
        },
    )

    def __init__(self, *args: Any, has_predecessor: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_predecessor:
            del self.fields["predecessor_until"]


class WebAddressField(forms.URLField):
    """An address of the web and of nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def to_python(self, value: Any) -> str:
        """Clean before the address is read."""
        return str(super().to_python(clean_text(str(value or ""))))


class PolicyForm(forms.Form):
    """What is said about a policy."""

    level = forms.ChoiceField(
        label=gettext_lazy("What kind of policy is it?"),
        choices=[
            (
                Policy.Level.CITIZENSHIP,
                gettext_lazy("The policy for citizenship: what the council wants with citizens"),
            ),
            (Policy.Level.SECTOR, gettext_lazy("A sector policy: for one or more sectors")),
            (Policy.Level.CROSS_CUTTING, gettext_lazy("Another policy for the whole municipality")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what kind of policy it is."),
            "invalid_choice": gettext_lazy("Choose what kind of policy it is."),
        },
    )
    sectors = forms.MultipleChoiceField(
        label=gettext_lazy("Which sectors?"),
        help_text=gettext_lazy("Only for a sector policy. The workplaces of the sector see it on their agreement."),
        choices=[(sector.value, sector.label) for sector in Sector if sector != Sector.OTHER],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose sectors from the list.")},
    )
    title = CleanTextField(
        label=gettext_lazy("What is the policy called?"),
        limit=200,
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": gettext_lazy("Write what the policy is called.")},
    )
    owner_body = CleanTextField(
        label=gettext_lazy("Who approved it?"),
        help_text=gettext_lazy("For example the council, a committee of it or the main MED body."),
        limit=120,
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": gettext_lazy("Write who approved the policy.")},
    )
    approved_on = forms.DateField(
        label=gettext_lazy("When was it approved?"),
        widget=DateInput(),
        error_messages={
            "required": gettext_lazy("Choose the day when the policy was approved."),
            "invalid": gettext_lazy("Write the date as day-month-year."),
        },
    )
    valid_from = forms.DateField(
        label=gettext_lazy("From when does it hold?"),
        help_text=gettext_lazy("May be a day to come."),
        widget=DateInput(),
        error_messages={
            "required": gettext_lazy("Choose the day from which the policy holds."),
            "invalid": gettext_lazy("Write the date as day-month-year."),
        },
    )
    link = WebAddressField(
        label=gettext_lazy("Where can one read it? (may be empty)"),
        help_text=gettext_lazy("The address on the web. Everybody can follow it."),
        required=False,
        widget=forms.URLInput(attrs={"class": "input-width-xl"}),
        assume_scheme="https",
        max_length=500,
        error_messages={"invalid": gettext_lazy("Write the whole address of the policy, beginning with https://.")},
    )

    def clean(self) -> dict[str, Any]:
        """Let a sector policy have sectors, and no other."""
        data = super().clean() or {}
        if data.get("level") and "sectors" in data:
            is_sector = data["level"] == Policy.Level.SECTOR
            if is_sector and not data["sectors"]:
                self.add_error("sectors", _("Choose the sectors that the policy is for."))
            elif not is_sector and data["sectors"]:
                self.add_error(
                    "sectors",
                    _("Only a sector policy is for certain sectors. Take the ticks away, or choose that kind."),
                )
        return data

    def facts(self) -> PolicyFacts:
        """Return what was sent as the action takes it; only after ``is_valid``."""
        return PolicyFacts(**{**self.cleaned_data, "sectors": tuple(self.cleaned_data["sectors"])})


def initial_of_policy(policy: Policy) -> dict[str, Any]:
    """Return what the form shows before anybody has written in it."""
    return {name: getattr(policy, name) for name in PolicyForm.base_fields}


class EndPolicyForm(forms.Form):
    """The last day of a policy."""

    last_day = forms.DateField(
        label=gettext_lazy("What is its last day?"),
        widget=DateInput(),
        error_messages={
            "required": gettext_lazy("Choose the last day on which the policy holds."),
            "invalid": gettext_lazy("Write the date as day-month-year."),
        },
    )
