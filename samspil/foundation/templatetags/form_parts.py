# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The smallest parts of form fields, of which a page has hundreds: written here, since a template for each is slow."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """Write the attributes of a widget but for its class; ``required`` is told to screen readers only."""
    written = (_attribute(name, value) for name, value in attrs.items() if value is not False and name != "class")
    return SafeString("".join(written))


def _attribute(name: str, value: Any) -> str:
    if name == "required":
        return ' aria-required="true"'
    return f" {name}" if value is True else f' {name}="{_escaped(value)}"'


def _escaped(value: Any) -> str:
    return str(value) if hasattr(value, "__html__") else escape(str(value))


@register.simple_tag
def options(choices: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write the options of a ``<select>``, or of one group in it."""
    written = (
        f'<option value="{_escaped(one["value"])}"{attributes(one["attrs"])}>{_escaped(one["label"])}</option>'
        for one in choices
    )
    return SafeString("\n".join(written))


@register.simple_tag
def ticks(choices: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write what can be ticked, one under the other."""
    return format_html_join(
        "\n",
        '<div class="form-group-{0}"><input type="{0}" class="form-{0}" name="{1}" id="{2}" value="{3}"{4}{5}>'
        '<label class="form-label" for="{2}">{6}</label></div>',
        (
            (
                one["type"],
                one["name"],
                one["attrs"].get("id", ""),
                one["value"],
                _ON if one["selected"] else "",
                _OFF if one["attrs"].get("disabled") else "",
                one["label"],
            )
            for one in choices
        ),
    )


_ON, _OFF = SafeString(" checked"), SafeString(" disabled")
