# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How form fields look: the markup of Det Fælles Designsystem, for every form of the product."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

from samspil.foundation.templatetags import form_parts

_WIDGETS = "django/forms/widgets/"
_INPUTS = ("text", "email", "number", "password", "search", "tel", "url", "date", "datetime", "time")
_FILE = "foundation/forms/widgets/file.html"
_OWN_TEMPLATES = {f"{_WIDGETS}file.html": _FILE, f"{_WIDGETS}clearable_file_input.html": _FILE}
_WRITTEN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"{_WIDGETS}{name}.html": form_parts.text_input for name in _INPUTS},
    f"{_WIDGETS}hidden.html": form_parts.hidden,
    f"{_WIDGETS}textarea.html": form_parts.textarea,
    f"{_WIDGETS}select.html": form_parts.select,
    f"{_WIDGETS}radio.html": form_parts.choices,
    f"{_WIDGETS}checkbox_select.html": form_parts.choices,
    f"{_WIDGETS}checkbox.html": form_parts.checkbox,
}
_FIELD = "foundation/forms/field.html"


class DkfdsRenderer(DjangoTemplates):
    """Renders every form, also those of packages, with label, hint, error and classes of the design system.

    ``required`` is told to screen readers but never enforced by the browser: what is
    missing is said by our own words, in the error summary and at the field. Fields stand in every form, and many in
    some, so they are written in Python: a template for each is slow.
    """

    form_template_name = "foundation/forms/form.html"
    field_template_name = _FIELD

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Write a field or a widget; what has no writer has a template."""
        if template_name == _FIELD:
            return form_parts.field_group(context["field"])
        if template_name in _WRITTEN:
            return _WRITTEN[template_name](context["widget"])
        return super().render(template_name, context, request)

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
