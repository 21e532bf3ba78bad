# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The smallest parts of form fields, of which a page has hundreds: written here, since a template for each is slow."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
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
    return f" {name}" if value is True else f' {name}="{escaped(value)}"'


def escaped(value: Any) -> str:
    """Escape what stands in a page as Django does, without what it does to keep lazy texts lazy."""
    return str(value) if hasattr(value, "__html__") else escape(str(value))


@register.simple_tag
def hint(field: BoundField) -> str:
    """Write the help of a field under its label; nothing where it has none."""
    if not field.help_text:
        return ""
    html_id = f' id="{escaped(field.auto_id)}_helptext"' if field.auto_id else ""
    return SafeString(f'<span class="form-hint"{html_id}>{escaped(field.help_text)}</span>')


@register.simple_tag
def options(groups: Iterable[tuple[Any, Iterable[Mapping[str, Any]], int]]) -> SafeString:
    """Write the options of a ``<select>``; those of a group with a name stand under it."""
    written: list[str] = []
    for name, choices, _index in groups:
        if name:
            written.append(f'<optgroup label="{escaped(name)}">')
        written += (
            f'<option value="{escaped(one["value"])}"{attributes(one["attrs"])}>{escaped(one["label"])}</option>'
            for one in choices
        )
        if name:
            written.append("</optgroup>")
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
