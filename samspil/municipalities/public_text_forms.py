# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.foundation.forms import LongTextarea
from samspil.foundation.text import clean_text, looks_like_personal_number


class PublicTextForm(forms.Form):
    """A text that everybody can read."""

    text = forms.CharField(
        label=_("The text"),
        help_text=_("Begin a heading with ##, a line of a list with -, and write a link as [words](address)."),
        widget=LongTextarea({"rows": 20}),
        strip=False,
        error_messages={"required": _("Write the text, or use the draft again.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def clean_text(self) -> str:
        """Return the text safe to store; never with a CPR number."""
        text = clean_text(str(self.cleaned_data["text"]))
        if looks_like_personal_number(text):
            raise ValidationError(
                _("This looks like a CPR number. Samspil never stores those: take it out and save again."), code="cpr"
            )
        if not text:
            raise ValidationError(_("Write the text, or use the draft again."), code="required")
        return text


class AccessibilityForm(PublicTextForm):
    """The accessibility statement, and where the one made in the state's tool lies."""

    statement_url = forms.URLField(
        label=_("Address of your statement in the state's tool, WAS (may be empty)"),
        help_text=_("When it stands here, the page begins with a link to it."),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": _("Write a whole address, such as https://www.was.digst.dk/your-site.")},
    )
    field_order = ("statement_url", "text", "revision")

    def clean_statement_url(self) -> str:
        """Return an address that a browser opens as a page."""
        url: Any = self.cleaned_data["statement_url"]
        if url and not str(url).startswith(("https://", "http://")):
            raise ValidationError(_("Write a whole address, such as https://www.was.digst.dk/your-site."))
        return str(url)
