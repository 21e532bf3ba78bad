# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspil.agreements.between import TaskOffered
from samspil.agreements.forms import TextField
from samspil.foundation.forms import DateInput, LongTextarea
from samspil.people.forms import PersonEmailField, PersonField
from samspil.people.models import RoleAssignment

MOST_HEADS = 5000


def _today() -> date:
    return timezone.localdate()


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """Return a field for a day, with messages that say what to do."""
    messages = {"required": _("Choose the day."), "invalid": _("Choose a date that exists.")}
    return forms.DateField(label=label, widget=DateInput, error_messages=messages, **kwargs)


def heads_field(label: Any, *, least: int, **kwargs: Any) -> forms.IntegerField:
    """Return a field for a number of people."""
    message = _("Write a number.")
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=MOST_HEADS,
        error_messages={"required": message, "invalid": message},
        **kwargs,
    )


def colleagues(staff: Iterable[RoleAssignment]) -> list[tuple[int, str]]:
    """Return the employees to choose among, each once."""
    return list({row.user_id: (row.user_id, str(row.user)) for row in staff}.values())


class TrialVisitForm(forms.Form):
    """Who tries, when, and beside whom."""

    known = forms.TypedChoiceField(
        label=_("Has the person been here before?"), coerce=int, empty_value=None, required=False
    )
    name = PersonField(label=_("Name"), max_length=120, required=False, help_text=_("Or choose above."))
    phone = PersonField(label=_("Phone"), max_length=40, required=False)
    visit_on = day_field(_("Day of the visit"), initial=_today)
    beside = forms.TypedChoiceField(
        label=_("Beside which employee?"), coerce=int, error_messages={"required": _("Choose an employee.")}
    )

    def __init__(
        self, staff: Iterable[RoleAssignment], known: Iterable[tuple[int, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        tried = list(known)
        self.fields["known"].choices = [("", _("No, it is somebody new")), *tried]  # type: ignore[attr-defined]
        self.fields["beside"].choices = [("", _("Choose")), *colleagues(staff)]  # type: ignore[attr-defined]
        if not tried:
            del self.fields["known"]
            self.fields["name"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Ask for a name where nobody is chosen."""
        cleaned = super().clean() or {}
        if not cleaned.get("known") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Write a name."))
        return cleaned


class OccasionForm(forms.Form):
    """An event: what, when, where, who leads the day, how many, and what everybody is told."""

    title = TextField(
        limit=120,
        label=_("What is it called?"),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Write what it is called.")},
    )
    held_on = day_field(_("Day"))
    place = TextField(
        limit=120,
        label=_("Where?"),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Write where.")},
    )
    leader_of_the_day = forms.TypedChoiceField(
        label=_("Who leads the day?"), coerce=int, error_messages={"required": _("Choose somebody.")}
    )
    expected = heads_field(_("How many helpers do you expect?"), least=1)
    briefing = TextField(
        limit=2000,
        label=_("What is everybody told on the day?"),
        help_text=_(
            "Where one meets, what one helps with and what not, confidentiality, fire, first aid, whom to ask."
        ),
        widget=LongTextarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what everybody is told.")},
    )

    def __init__(self, staff: Iterable[RoleAssignment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader_of_the_day"].choices = [("", _("Choose")), *colleagues(staff)]  # type: ignore[attr-defined]


class HeadsForm(forms.Form):
    """A number of people."""

    heads = heads_field(_("How many?"), least=0)

    def __init__(self, *args: Any, label: Any = None, least: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["heads"].label = label
        self.fields["heads"].min_value = least  # type: ignore[attr-defined]


class _WithTasks(forms.Form):
    tasks = forms.TypedMultipleChoiceField(
        label=_("What do they help with?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one task.")},
    )

    def __init__(self, tasks: Iterable[TaskOffered], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].choices = [(str(task.lineage), task.title) for task in tasks]  # type: ignore[attr-defined]


class GroupForm(_WithTasks):
    """A group with its spokesperson; nobody else is named."""

    name = TextField(
        limit=120,
        label=_("What is the group called?"),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Write what the group is called.")},
    )
    heads = heads_field(_("How many are they?"), least=2)
    spokesperson = PersonField(
        label=_("Who speaks for the group?"), max_length=120, error_messages={"required": _("Write a name.")}
    )
    phone = PersonField(label=_("Phone"), max_length=40, required=False)
    contact = forms.TypedChoiceField(
        label=_("Contact person at the workplace"), coerce=int, error_messages={"required": _("Choose an employee.")}
    )

    field_order = ("name", "heads", "spokesperson", "phone", "tasks", "contact")

    def __init__(
        self, staff: Iterable[RoleAssignment], tasks: Iterable[TaskOffered], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(tasks, *args, **kwargs)
        self.fields["contact"].choices = [("", _("Choose")), *colleagues(staff)]  # type: ignore[attr-defined]


class OneOfTheAssociationForm(_WithTasks):
    """One named volunteer of an association."""

    name = PersonField(label=_("Name"), max_length=120, error_messages={"required": _("Write a name.")})
    phone = PersonField(label=_("Phone"), max_length=40, required=False)
    email = PersonEmailField(label=_("E-mail"), required=False)
    contact = forms.TypedChoiceField(
        label=_("Contact person at the workplace"), coerce=int, error_messages={"required": _("Choose an employee.")}
    )

    field_order = ("name", "phone", "email", "tasks", "contact")

    def __init__(
        self, staff: Iterable[RoleAssignment], tasks: Iterable[TaskOffered], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(tasks, *args, **kwargs)
        self.fields["contact"].choices = [("", _("Choose")), *colleagues(staff)]  # type: ignore[attr-defined]


class AssociationForm(forms.Form):
    """Which association one wants to agree with."""

    name = TextField(
        limit=120,
        label=_("What is the association called?"),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Write what the association is called.")},
    )
    reach_them = TextField(
        limit=200,
        label=_("How do you reach the association?"),
        help_text=_("The chair's phone, or an e-mail. Functions are enough."),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Write how you reach the association.")},
    )


class PartnershipForm(_WithTasks):
    """What a workplace and an association agree on; nothing is required until it is to be discussed."""

    purpose = TextField(
        limit=1000,
        label=_("What do you want to do together?"),
        help_text=_("What does it give the citizens?"),
        widget=LongTextarea,
        required=False,
    )
    our_contact = TextField(
        limit=120,
        label=_("Whom does the association ask at the workplace?"),
        help_text=_("A function, such as “the activity worker”. Names change, functions stay."),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        required=False,
    )
    their_contact = TextField(
        limit=120,
        label=_("Whom do you ask in the association?"),
        help_text=_("A function, such as “the chair of the local branch”."),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        required=False,
    )
    meetings = TextField(
        limit=200,
        label=_("When do you meet?"),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        required=False,
    )
    how_to_stop = TextField(
        limit=500, label=_("How does each of you stop?"), widget=LongTextarea(attrs={"rows": 2}), required=False
    )

    field_order = ("purpose", "tasks", "our_contact", "their_contact", "meetings", "how_to_stop")

    def __init__(self, tasks: Iterable[TaskOffered], *args: Any, **kwargs: Any) -> None:
        super().__init__(tasks, *args, **kwargs)
        self.fields["tasks"].required = False
        self.fields["tasks"].label = _("What do the association's volunteers help with?")


class ConfirmationForm(forms.Form):
    """The association's yearly word."""

    confirmed_by = TextField(
        limit=120,
        label=_("Who in the association says so?"),
        help_text=_("By function, such as “the treasurer”."),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Write who in the association says so, by function.")},
    )
    confirmed_on = day_field(_("When?"), initial=_today)


class HandOverForm(forms.Form):
    """To whom one hands a role over; nobody is an answer too."""

    to = forms.TypedChoiceField(label=_("Who takes over?"), coerce=int, empty_value=None, required=False)

    def __init__(self, staff: Iterable[RoleAssignment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Nobody yet")), *colleagues(staff)]  # type: ignore[attr-defined]
