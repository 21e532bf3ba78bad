# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms about files, filing, and comparing two versions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.agreements.actions.attaching import LARGEST_FILE
from samspil.agreements.actions.existing import SentFile
from samspil.agreements.file_models import Filing
from samspil.agreements.forms import TextField
from samspil.agreements.models import AgreementVersion
from samspil.foundation.forms import DateInput


class AttachForm(forms.Form):
    """One file to put beside the text."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, Word (.docx), Excel (.xlsx), picture (.png, .jpg) or plain text (.txt), 10 MB at most. "
            "It must hold no personal data about citizens."
        ),
        max_length=200,
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("The file is empty. Choose another."),
            "max_length": _("The name of the file is too long. Give it a shorter name."),
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.txt"}),
    )

    def clean_file(self) -> SentFile:
        """Read no more than what may be kept."""
        file: Any = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError(_("The file is too large. It may be 10 MB at most."))
        return SentFile(str(file.name), file.read())


class FilingForm(forms.Form):
    """Where and when it was filed."""

    case_number = TextField(
        limit=60,
        label=_("Case number"),
        help_text=_("As your own archive writes it. May be empty."),
        required=False,
        widget=forms.TextInput,
    )
    filed_on = forms.DateField(
        label=_("Filed on"),
        help_text=_("Leave it empty while it is not filed."),
        required=False,
        widget=DateInput,
        error_messages={"invalid": _("Choose a day that exists.")},
    )

    def __init__(self, data: Any = None, *, on: date, filing: Filing | None) -> None:
        self.on = on
        initial = {"case_number": filing.case_number, "filed_on": filing.filed_on} if filing else {"filed_on": on}
        super().__init__(data, initial=initial)

    def clean_case_number(self) -> str:
        """Keep it on one line."""
        return " ".join(str(self.cleaned_data["case_number"]).split())

    def clean_filed_on(self) -> date | None:
        """Ask for a day that has come."""
        day: date | None = self.cleaned_data["filed_on"]
        if day is not None and day > self.on:
            raise ValidationError(_("Choose today or a day that has passed."))
        return day


class CompareForm(forms.Form):
    """Which other version to compare with."""

    med = forms.TypedChoiceField(
        label=_("Compare with"),
        coerce=int,
        error_messages={"invalid_choice": _("Choose a version on the list."), "required": _("Choose a version.")},
    )

    def __init__(self, data: Any, others: Sequence[AgreementVersion], chosen: int) -> None:
        super().__init__(data, initial={"med": chosen})
        self.fields["med"].choices = [  # type: ignore[attr-defined]
            (
                other.number,
                _("Version %(number)d, %(state)s") % {"number": other.number, "state": other.get_state_display()},
            )
            for other in others
        ]
