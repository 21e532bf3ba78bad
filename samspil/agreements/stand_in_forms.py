# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.forms import DateInput
from samspil.people.models import RoleAssignment, User


class StandInForm(forms.Form):
    """Who leads in the leader's place, and in which days (R19)."""

    person = forms.TypedChoiceField(
        label=gettext_lazy("Who stands in?"),
        help_text=gettext_lazy("While they stand in, they cannot confirm for the employee side of MED here."),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose who stands in."),
            "invalid_choice": gettext_lazy("Choose somebody from the list."),
        },
    )
    from_date = forms.DateField(
        label=gettext_lazy("From"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Choose the first day."),
            "invalid": gettext_lazy("Choose a date that exists."),
        },
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Twelve months at most. It ends by itself."),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Choose the last day."),
            "invalid": gettext_lazy("Choose a date that exists."),
        },
    )

    def __init__(self, rows: Sequence[RoleAssignment], unit_id: int, sent: Any = None) -> None:
        super().__init__(sent)
        here = [(row.user_id, _described(row, row.title)) for row in rows if row.unit_id == unit_id]
        there = [(row.user_id, _described(row, row.unit.name)) for row in rows if row.unit_id != unit_id]
        groups = [(_("Works here"), here), (_("Leader elsewhere"), there)]
        self.fields["person"].choices = [("", _("Choose a person")), *(group for group in groups if group[1])]  # type: ignore[attr-defined]
        self.fields["from_date"].initial = timezone.localdate
        self.users = {row.user_id: row.user for row in rows}

    @property
    def user(self) -> User:
        """The chosen person."""
        return self.users[self.cleaned_data["person"]]


def _described(row: RoleAssignment, about: str) -> str:
    return f"{row.user.name}, {about}" if about else row.user.name
