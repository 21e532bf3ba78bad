# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from collections.abc import Sequence
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samspil.foundation.forms import DateInput
from samspil.foundation.text import looks_like_personal_number
from samspil.municipalities.forms import CleanCharField, UnitField, offer_units
from samspil.people.models import Role
from samspil.people.permissions import STAFF_A_LEADER_ENTERS
from samspil.people.queries import ROLE_ORDER


def refuse_personal_number(text: str) -> str:
    """Return ``text``; raises ``ValidationError`` where it holds what looks like a CPR number."""
    if looks_like_personal_number(text):
        raise ValidationError(
            _("This looks like a CPR number. Samspil never stores those: take it out and save again."), code="cpr"
        )
    return text


class PersonField(CleanCharField):
    """One line of text about a person; never a CPR number."""

    def clean(self, value: Any) -> str:
        """Return the text, or refuse it."""
        return refuse_personal_number(super().clean(value))


class PersonEmailField(forms.EmailField):
    """An e-mail of a person; never one with a CPR number in it."""

    def clean(self, value: Any) -> str:
        """Return the address in small letters, or refuse it."""
        return refuse_personal_number(str(super().clean(value))).lower()


class EmailForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Which address the one-time code goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = _("Your e-mail at work")
        field.help_text = _("We send a code to it. You need no password.")
        field.error_messages.update(
            required=_("Write your e-mail."), invalid=_("Write a whole e-mail address, such as name@municipality.dk.")
        )
        field.widget.attrs = {"autocomplete": "email", "class": "form-input-wide"}


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("The code from the e-mail")
        field.error_messages.update(required=_("Write the code from the e-mail."))
        field.widget.attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}


class PersonForm(forms.Form):
    """A person in a role at one workplace; the unit is given by the page."""

    name = PersonField(label=_("Name"), max_length=120, error_messages={"required": _("Write the person’s name.")})
    email = PersonEmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The one the person reads at work. The code for logging in is sent to it."),
        error_messages={
            "required": _("Write the person’s e-mail."),
            "invalid": _("Write a whole e-mail address, such as name@municipality.dk."),
        },
    )
    title = PersonField(
        label=_("Title"),
        max_length=80,
        required=False,
        help_text=_("For example nurse or teacher. You can leave it out."),
    )
    from_date = forms.DateField(
        label=_("From"),
        widget=DateInput,
        error_messages={
            "required": _("Choose from which day."),
            "invalid": _("Choose a date that exists."),
        },
    )

    field_order: Sequence[str] | None = ("name", "email", "role", "title", "from_date")
    roles: tuple[Role, ...] = STAFF_A_LEADER_ENTERS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = self._role_field()
        self.fields["from_date"].initial = timezone.localdate
        self.order_fields(self.field_order)

    def _role_field(self) -> forms.ChoiceField:
        choices = [("", _("Choose a role")), *((role.value, capfirst(str(role.label))) for role in self.roles)]
        return forms.ChoiceField(label=_("Role"), choices=choices, error_messages={"required": _("Choose a role.")})

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])


class PersonInUnitForm(PersonForm):
    """A person in any role at any unit of the municipality."""

    unit = UnitField(label=_("Unit"), error_messages={"required": _("Choose a unit.")})
    field_order = ("name", "email", "role", "unit", "title", "from_date")
    roles = tuple(ROLE_ORDER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, "unit")


class EndRoleForm(forms.Form):
    """The last day of a role."""

    on = forms.DateField(
        label=_("Last day"),
        widget=DateInput,
        error_messages={"required": _("Choose the last day."), "invalid": _("Choose a date that exists.")},
    )
