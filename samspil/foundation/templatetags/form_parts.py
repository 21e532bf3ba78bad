# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The smallest parts of form fields, of which a page has hundreds: written here, since a template for each is slow."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
    return SafeString("\n".join(map(_tick, choices)))


def _tick(one: Mapping[str, Any]) -> str:
    kind, html_id = one["type"], escaped(one["attrs"].get("id", ""))
    state = (" checked" if one["selected"] else "") + (" disabled" if one["attrs"].get("disabled") else "")
    return (
        f'<div class="form-group-{kind}"><input type="{kind}" class="form-{kind}" name="{escaped(one["name"])}" '
        f'id="{html_id}" value="{escaped(one["value"])}"{state}>'
        f'<label class="form-label" for="{html_id}">{escaped(one["label"])}</label></div>'
    )


# Whole fields ------------------------------------------------------------------------------------


@register.simple_tag
def errors(field: BoundField) -> str:
    """Say what is wrong with a field, at the field; nothing where all is well."""
    if not field.errors:
        return ""
    html_id = f' id="{escaped(field.auto_id)}_error"' if field.auto_id else ""
    begins = f'<span class="sr-only">{escaped(_("Error:"))} </span>'
    said = "<br>".join(f"{begins}{escaped(error)}" for error in field.errors)
    return SafeString(f'<span class="form-error-message"{html_id}>\n{said}\n</span>')


def field_group(field: BoundField) -> str:
    """Write a field with its label, hint and errors."""
    wrong = errors(field)
    more = field.css_classes()
    css = f"form-group{' form-error' if wrong else ''}{f' {escaped(more)}' if more else ''}"
    return f'<div class="{css}">\n{_inside(field, wrong)}\n</div>'


def _inside(field: BoundField, wrong: str) -> str:
    if field.widget_type == "checkbox":
        return f'{wrong}\n<div class="form-group-checkbox">{field}{_label(field)}{hint(field)}</div>'
    if not field.use_fieldset:
        return f"{_label(field) if field.label else ''}\n{hint(field)}\n{wrong}\n{field}"
    described = field.aria_describedby
    about = f' aria-describedby="{escaped(described)}"' if described else ""
    legend = f'<legend class="form-label">{escaped(field.label)}</legend>' if field.label else ""
    html_id = escaped(field.auto_id)
    return f'<fieldset id="{html_id}"{about}>\n{legend}\n{hint(field)}\n{wrong}\n{field}\n</fieldset>'


def _label(field: BoundField) -> str:
    return f'<label class="form-label" for="{escaped(field.id_for_label)}">{escaped(field.label)}</label>'


def _begun(kind: str, widget: Mapping[str, Any]) -> str:
    css = widget["attrs"].get("class")
    more = f" {escaped(css)}" if css else ""
    return f'name="{escaped(widget["name"])}" class="form-{kind}{more}"'


def _value(widget: Mapping[str, Any]) -> str:
    return "" if widget["value"] is None else f' value="{escaped(widget["value"])}"'


def text_input(widget: Mapping[str, Any]) -> str:
    """Write a field of one line."""
    of_type = escaped(widget["type"])
    return f'<input type="{of_type}" {_begun("input", widget)}{_value(widget)}{attributes(widget["attrs"])}>'


def hidden(widget: Mapping[str, Any]) -> str:
    """Write a field that is sent along unseen."""
    of_type, name = escaped(widget["type"]), escaped(widget["name"])
    attrs = "".join(
        f" {key}" if value is True else f' {key}="{escaped(value)}"'
        for key, value in widget["attrs"].items()
        if value is not False
    )
    return f'<input type="{of_type}" name="{name}"{_value(widget)}{attrs}>'


def checkbox(widget: Mapping[str, Any]) -> str:
    """Write one thing to tick."""
    return f'<input type="checkbox" {_begun("checkbox", widget)}{_value(widget)}{attributes(widget["attrs"])}>'


def textarea(widget: Mapping[str, Any]) -> str:
    """Write a field of several lines; the line break before the words is no part of them."""
    words = escaped(widget["value"]) if widget["value"] else ""
    return f"<textarea {_begun('input', widget)}{attributes(widget['attrs'])}>\n{words}</textarea>"


def select(widget: Mapping[str, Any]) -> str:
    """Write a list to choose from."""
    begun = f"<select {_begun('select', widget)}{attributes(widget['attrs'])}>"
    return f"{begun}\n{options(widget['optgroups'])}\n</select>"


def choices(widget: Mapping[str, Any]) -> str:
    """Write what can be ticked, under the names of their groups."""
    return "\n".join(
        f'<p class="choice-group">{escaped(name)}</p>\n{ticks(group)}' if name else ticks(group)
        for name, group, _index in widget["optgroups"]
    )
