# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspil.agreements.forms import TextField
from samspil.foundation.forms import DateInput


class InvolvementForm(forms.Form):
    """Who else was heard, and when (R55)."""

    words = TextField(
        limit=200,
        label=_("Who was heard, and about what?"),
        help_text=_("For example: The relatives' council, about outings. Write no names."),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Write who was heard.")},
    )
    heard_on = forms.DateField(
        label=_("When?"),
        widget=DateInput,
        error_messages={"required": _("Choose the day."), "invalid": _("Choose a date that exists.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heard_on"].initial = timezone.localdate
