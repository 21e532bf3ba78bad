# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.tables.shape import MAX_BYTES

FILE_ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")


class TableFileForm(forms.Form):
    """A table to be looked through."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV, 15 MB at most. You see what would happen before it does."),
        error_messages={
            "required": gettext_lazy("Choose the file that holds the table."),
            "missing": gettext_lazy("Choose the file that holds the table."),
            "empty": gettext_lazy("The file is empty. Choose the file that holds the table."),
            "max_length": gettext_lazy("The name of the file is too long. Give it a shorter name."),
        },
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(FILE_ENDINGS)}),
    )

    def __init__(self, *args: Any, said: str = "", **kwargs: Any) -> None:
        """``said`` is what was found wrong with a file that is gone: browsers do not send one twice."""
        super().__init__(*(({}, {}) if said else args), **kwargs)
        self.fields["file"].required = not said
        self._said = said

    def clean_file(self) -> Any:
        """Refuse by size and name before a byte is read."""
        if self._said:
            raise forms.ValidationError(self._said)
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 15 MB. Divide it into several files."))
        if PurePath(file.name or "").suffix.lower() not in (*FILE_ENDINGS, ".xls"):
            raise forms.ValidationError(
                _("This kind of file cannot be read. Save the table as .xlsx or .csv, and try again.")
            )
        return file
