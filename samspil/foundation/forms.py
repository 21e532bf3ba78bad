# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How form fields look: the markup of Det Fælles Designsystem, for every form of the product."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

_WIDGETS = "django/forms/widgets/"
_INPUTS = ("text", "email", "number", "password", "search", "tel", "url", "date", "datetime", "time")
_OWN_TEMPLATES = {
    **{f"{_WIDGETS}{name}.html": "foundation/forms/widgets/input.html" for name in _INPUTS},
    f"{_WIDGETS}textarea.html": "foundation/forms/widgets/textarea.html",
    f"{_WIDGETS}select.html": "foundation/forms/widgets/select.html",
    f"{_WIDGETS}radio.html": "foundation/forms/widgets/choices.html",
    f"{_WIDGETS}checkbox_select.html": "foundation/forms/widgets/choices.html",
    f"{_WIDGETS}checkbox.html": "foundation/forms/widgets/checkbox.html",
    f"{_WIDGETS}file.html": "foundation/forms/widgets/file.html",
    f"{_WIDGETS}clearable_file_input.html": "foundation/forms/widgets/file.html",
}


class DkfdsRenderer(DjangoTemplates):
    """Renders every form, also those of packages, with label, hint, error and classes of the design system.

    ``required`` is told to screen readers but never enforced by the browser: what is
    missing is said by our own words, in the error summary and at the field.
    """

    form_template_name = "foundation/forms/form.html"
    field_template_name = "foundation/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Return our template where we have one for this widget."""
        return super().get_template(_OWN_TEMPLATES.get(template_name, template_name))


class DateInput(forms.DateInput):
    """A date picked in the browser's own calendar, shown in the reader's own format."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "form-input-date", **(attrs or {})}, format="%Y-%m-%d")


class LongTextarea(forms.Textarea):
    """A text area for sentences; grows with its content where the browser can."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 3, **(attrs or {})})
