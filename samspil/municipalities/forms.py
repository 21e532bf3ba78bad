# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspil.foundation.forms import DateInput
from samspil.foundation.text import clean_text
from samspil.municipalities.kle import is_kle_number
from samspil.municipalities.models import Sector, Unit
from samspil.municipalities.queries import has_many_units, unit_choices, units_called

_PHONE = re.compile(r"\+?[\d ()-]{5,29}")


class CleanCharField(forms.CharField):
    """One line of text, made safe to store."""

    def clean(self, value: Any) -> str:
        """Return the text on one line, or say what is wrong with it."""
        return str(super().clean(" ".join(clean_text(str(value or "")).split())))


class UnitField(forms.TypedChoiceField):
    """A unit chosen from the tree, shown indented."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=self._unit, empty_value=None, **kwargs)

    @staticmethod
    def _unit(value: str) -> Unit:
        return Unit.objects.get(pk=value)


class UnitNameField(forms.CharField):
    """A unit by its name or its code, where there are too many to choose among."""

    def prepare_value(self, value: Any) -> Any:
        """Show the name of a unit that is given by its key."""
        unit = Unit.objects.filter(pk=value).first() if isinstance(value, int) else None
        return _offered(unit) if unit else value

    def clean(self, value: Any) -> Any:
        """Return the unit, or say which ones there are."""
        words = str(super().clean(clean_text(str(value or ""), limit=200)))
        if not words:
            return None
        found = units_called(words)
        is_it = [unit for unit in found if words in {unit.name, unit.code, _offered(unit)}]
        if len(is_it) == 1 or len(found) == 1:
            return (is_it or found)[0]
        if not found:
            raise ValidationError(_("No unit is called that. Write its name or its code."))
        names = ", ".join(_offered(unit) for unit in found[:5])
        raise ValidationError(_("There are several. Write one of them: %(names)s"), params={"names": names})


def _offered(unit: Unit) -> str:
    return f"{unit.name} ({unit.code})" if unit.code else unit.name


def offer_units(form: forms.Form, name: str) -> None:
    """Let the field offer the units of the municipality in scope: to choose among, or to name where there are many."""
    field = form.fields[name]
    if not isinstance(field, UnitField):
        return
    if not has_many_units():
        field.choices = unit_choices(blank=str(_("Choose a unit")))
        return
    form.fields[name] = UnitNameField(
        label=field.label,
        required=field.required,
        help_text=field.help_text or _("Write its name or its code."),
        error_messages={"required": field.error_messages["required"]},
    )


class UnitForm(forms.Form):
    """A unit of the organisation; the top unit has no place to choose."""

    name = CleanCharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Write the name of the unit.")}
    )
    parent = UnitField(label=_("Stands under"), error_messages={"required": _("Choose what the unit stands under.")})
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=Sector.choices,
        help_text=_("Decides which template an agreement begins with."),
        error_messages={"required": _("Choose a sector.")},
    )
    is_workplace = forms.BooleanField(
        label=_("It is a workplace"),
        required=False,
        help_text=_("A workplace has its own leader and its own agreement."),
    )
    is_self_owning = forms.BooleanField(
        label=_("It is a self-owning institution"),
        required=False,
        help_text=_("It answers for its data itself. That stands on its pages."),
    )
    data_protection_contact = CleanCharField(
        label=_("Its own data protection officer"),
        max_length=200,
        required=False,
        help_text=_("Name, e-mail and phone in one line. Leave it empty if it has none of its own."),
    )

    def __init__(self, *args: Any, is_top: bool = False, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = is_new
        sector = self.fields["sector"]
        if is_new and isinstance(sector, forms.ChoiceField):
            sector.choices = [("", _("As the unit above")), *Sector.choices]
            sector.required = False
        if is_top:
            del self.fields["parent"]
        else:
            offer_units(self, "parent")

    def clean(self) -> dict[str, Any]:
        """Keep a data protection officer only where the unit answers for its data itself; inherit the sector if there is one."""
        cleaned: dict[str, Any] = super().clean() or {}
        above = cleaned.get("parent")
        if self.is_new and not cleaned.get("sector") and above and "sector" not in self.errors:
            cleaned["sector"] = above.sector
            if above.sector == Sector.OTHER:
                self.add_error("sector", _("Choose a sector: the unit above has none to take over."))
        if cleaned.get("data_protection_contact") and not cleaned.get("is_self_owning"):
            self.add_error("is_self_owning", _("Tick this too, or remove the data protection officer."))
        return cleaned


class CloseUnitForm(forms.Form):
    """From when a unit is closed, and what it becomes a part of."""

    closed_from = forms.DateField(
        label=_("Closed from"),
        widget=DateInput,
        help_text=_("The first day on which it is not there any more."),
        error_messages={"required": _("Choose the day."), "invalid": _("Choose a date that exists.")},
    )
    succeeded_by = UnitField(
        label=_("What does it become a part of? (may be empty)"),
        required=False,
        help_text=_("Links and posters then lead to that unit. Leave it empty if it just closes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_from"].initial = timezone.localdate
        offer_units(self, "succeeded_by")
        if isinstance(field := self.fields["succeeded_by"], UnitField):
            field.choices = unit_choices(blank=str(_("Nothing, it just closes")))


class ClosedDayForm(forms.Form):
    """A day that is no working day here."""

    day = forms.DateField(
        label=_("Day"),
        widget=DateInput,
        error_messages={"required": _("Choose the day."), "invalid": _("Choose a date that exists.")},
    )
    name = CleanCharField(
        label=_("What is it called?"),
        max_length=60,
        help_text=_("For example: the day after Ascension Day."),
        error_messages={"required": _("Write what the day is called.")},
    )


class ContactForm(forms.Form):
    """Who people can turn to."""

    contact_label = CleanCharField(
        label=_("Office"), max_length=100, error_messages={"required": _("Write the name of the office.")}
    )
    contact_phone = CleanCharField(label=_("Phone"), max_length=30, required=False)
    contact_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Write a whole e-mail address, such as name@municipality.dk.")},
    )

    def clean_contact_phone(self) -> str:
        """Accept what can be called."""
        phone: str = self.cleaned_data["contact_phone"]
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError(_("Write a phone number: digits and spaces, perhaps with a plus before."))
        return phone

    def clean(self) -> dict[str, Any]:
        """Ask for one way to get in touch."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not (cleaned.get("contact_phone") or cleaned.get("contact_email")):
            raise ValidationError(_("Write a phone number or an e-mail, so that people can get in touch."))
        return cleaned


class JournalForm(forms.Form):
    """How agreements are filed."""

    kle_number = CleanCharField(
        label=_("KLE number of agreements"),
        help_text=_("81.50.05 unless you file them under another."),
        max_length=12,
        error_messages={"required": _("Write the KLE number.")},
    )

    def clean_kle_number(self) -> str:
        """Accept what is built as a KLE number is."""
        number: str = self.cleaned_data["kle_number"].upper()
        if not is_kle_number(number):
            raise ValidationError(_("Write a KLE number such as 81.50.05, perhaps with a facet: 81.50.05-P19."))
        return number


class FindUnitsForm(forms.Form):
    """Which units to look at together."""

    q = CleanCharField(label=_("Part of the name"), required=False, max_length=100)
    under = UnitField(label=_("Stands under"), required=False)
    vis = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All")),
            ("uden-sektor", _("Those without a sector")),
            ("ikke-arbejdspladser", _("Those that are not workplaces")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["under"]
        if isinstance(field, UnitField):
            field.choices = unit_choices(blank=str(_("The whole municipality")))


class SetUnitsForm(forms.Form):
    """What many units get at once; empty leaves it as it is."""

    LEAVE = ("", _("Leave it as it is"))

    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[LEAVE, *Sector.choices])
    is_workplace = forms.TypedChoiceField(
        label=_("Are they workplaces?"),
        required=False,
        choices=[LEAVE, ("ja", _("Yes, each has its own leader and its own agreement")), ("nej", _("No"))],
        coerce=lambda answer: answer == "ja",
        empty_value=None,
    )
    which = forms.ChoiceField(
        label=_("Which units?"),
        widget=forms.RadioSelect,
        choices=[("ticked", _("Those that I have ticked")), ("all", _("All that were found"))],
        initial="ticked",
        error_messages={"required": _("Choose which units.")},
    )
