# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What is asked about a volunteer: as little as possible, and how a list is looked through."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samspil.agreements.between import TaskOffered
from samspil.agreements.forms import TextField
from samspil.foundation.forms import LongTextarea
from samspil.people.forms import PersonEmailField, PersonField
from samspil.people.models import RoleAssignment
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.definition import ComesAs
from samspil.volunteering.models.engagements import EndedBy, PausedBy
from samspil.volunteering.states import State

NOBODY = "ingen"
_YEARS_UNDER_18 = 12


class VolunteerForm(forms.Form):
    """Over coffee: a name is enough. The tasks are ticked on cards by the template."""

    name = PersonField(
        label=_("Name"),
        max_length=120,
        error_messages={"required": _("Write a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = PersonField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    email = PersonEmailField(
        label=_("E-mail, if they have one"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Write a whole e-mail address, such as name@mail.dk.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    tasks = forms.TypedMultipleChoiceField(label=_("What would they like to help with?"), required=False)
    contact_person = forms.TypedChoiceField(
        label=_("Contact person"), coerce=int, empty_value=None, required=False, choices=()
    )
    wishes = TextField(label=_("Wishes, in their own words"), limit=1000, required=False, widget=LongTextarea)
    under_18_month = forms.TypedChoiceField(
        label=_("Turns 18 in (month)"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "–"), *MONTHS.items()],
    )
    under_18_year = forms.TypedChoiceField(
        label=_("Turns 18 in (year)"), coerce=int, empty_value=None, required=False, choices=()
    )

    def __init__(
        self,
        data: Any = None,
        *,
        tasks: Iterable[TaskOffered],
        staff: Iterable[RoleAssignment],
        on: date,
        kept: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.kept = list(kept)
        offered = [(str(task.lineage), task.title) for task in tasks]
        self.fields["tasks"].choices = [*offered, *self.kept]  # type: ignore[attr-defined]
        people = {str(row.user_id): row.user.name for row in staff}
        self.fields["contact_person"].choices = [("", _("Not chosen yet")), *people.items()]  # type: ignore[attr-defined]
        years = [(year, str(year)) for year in range(on.year, on.year + _YEARS_UNDER_18)]
        self.fields["under_18_year"].choices = [("", "–"), *years]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for both parts of the month, or none."""
        data = super().clean() or {}
        month, year = data.get("under_18_month"), data.get("under_18_year")
        if bool(month) != bool(year):
            self.add_error("under_18_month" if year else "under_18_year", _("Choose both the month and the year."))
        return data

    @property
    def ticked(self) -> set[str]:
        """The tasks that are ticked now, for the cards."""
        value = self["tasks"].value() or []
        return {str(one) for one in value}

    @property
    def who(self) -> NewVolunteer:
        """What was told about the person."""
        data = self.cleaned_data
        month, year = data.get("under_18_month"), data.get("under_18_year")
        return NewVolunteer(
            name=data["name"],
            phone=data["phone"],
            email=data["email"],
            wishes=data["wishes"],
            under_18_until=date(year, month, 1) if month and year else None,
            comes_as=ComesAs(data.get("comes_as") or ComesAs.VOLUNTEER),
        )


class NewVolunteerForm(VolunteerForm):
    """The same, with the one question that sorts out who is no volunteer (R17)."""

    comes_as = forms.ChoiceField(
        label=_("Why do they come?"),
        choices=[(value, capfirst(label)) for value, label in ComesAs.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why they come.")},
    )
    field_order = ("name", "phone", "email", "comes_as", "tasks", "contact_person")


class VolunteerListForm(forms.Form):
    """Which volunteers: by name, by how far they are, and at one workplace by task and contact person."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    tilstand = forms.ChoiceField(
        label=_("How far"),
        required=False,
        choices=[("", _("All who are here")), *((value, capfirst(label)) for value, label in State.choices)],
    )
    opgave = forms.ChoiceField(label=_("Task"), required=False)
    kontakt = forms.ChoiceField(label=_("Contact person"), required=False)

    def __init__(self, data: Any, *, tasks: Iterable[TaskOffered], contacts: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        offered = [(str(task.lineage), task.title) for task in tasks]
        people = [(str(pk), name) for pk, name in contacts]
        self.fields["opgave"].choices = [("", _("All tasks")), *offered]  # type: ignore[attr-defined]
        self.fields["kontakt"].choices = [("", _("All")), (NOBODY, _("No contact person")), *people]  # type: ignore[attr-defined]
        if not offered:
            del self.fields["opgave"]

    def wanted(self, name: str) -> str:
        """Return what was asked for; nothing where it makes no sense."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def asks(self) -> bool:
        """Whether anything at all was asked for."""
        return any(self.wanted(name) for name in self.fields)


class PauseForm(forms.Form):
    """Who wanted the break; never why (R21)."""

    by = forms.ChoiceField(
        label=_("Who wants the break?"),
        choices=[(by.value, capfirst(by.label)) for by in (PausedBy.VOLUNTEER, PausedBy.WORKPLACE)],
        initial=PausedBy.VOLUNTEER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who wants the break.")},
    )


class EndForm(forms.Form):
    """Who ended it; never why."""

    by = forms.ChoiceField(
        label=_("Who says stop?"),
        choices=[(by.value, capfirst(by.label)) for by in (EndedBy.VOLUNTEER, EndedBy.WORKPLACE)],
        initial=EndedBy.VOLUNTEER,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who says stop.")},
    )
