# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What is asked at the door, and what is written back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.agreements.forms import TextField
from samspil.foundation.forms import LongTextarea
from samspil.people.forms import PersonField
from samspil.volunteering.forms import NewVolunteerForm


class DoorForm(forms.Form):
    """Three fields in one's own words."""

    name = PersonField(
        label=_("What is your name?"),
        max_length=120,
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    reach_me = PersonField(
        label=_("How do we reach you?"),
        help_text=_("A phone number or an e-mail."),
        max_length=200,
        error_messages={"required": _("Write a phone number or an e-mail.")},
        widget=forms.TextInput(attrs={"autocomplete": "on"}),
    )
    words = TextField(
        label=_("What would you like to do with us?"),
        help_text=_("A few words are enough. Write nothing about illness or other private matters."),
        limit=1000,
        widget=LongTextarea,
        error_messages={"required": _("Write a few words about what you would like to do.")},
    )


class AnswerForm(forms.Form):
    """What is written back, suggested and changed as one likes."""

    answer = TextField(
        label=_("Your answer"),
        limit=3000,
        widget=LongTextarea(attrs={"rows": 9}),
        error_messages={"required": _("Write a few kind words.")},
    )


class AdmitForm(NewVolunteerForm):
    """Yes: the volunteer as they wrote themselves, and the answer."""

    answer = TextField(
        label=_("Your answer"),
        limit=3000,
        widget=LongTextarea(attrs={"rows": 9}),
        error_messages={"required": _("Write a few kind words.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*self.field_order, "answer"])
