# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What stands many times on the one page as a form: written here, since a template for each is slow."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspil.agreements.forms import Card, SectionRow
from samspil.agreements.templatetags.comments import comments_on
from samspil.foundation.templatetags.form_parts import errors, escaped, hint
from samspil.foundation.templatetags.samspil import check_card

register = template.Library()


@register.simple_tag(takes_context=True)
def section(context: dict[str, Any], row: SectionRow, number: int = 0) -> SafeString:
    """Write one section: its heading is its label, with the number where it is one of the six, smaller where folded away."""
    field = row.field
    wrong = errors(field)
    html_id, name = escaped(field.id_for_label), escaped(field.html_name)
    level, css = ("h2", "") if number else ("h3", ' class="h4"')
    label = f"{number}. {escaped(field.label)}" if number else escaped(field.label)
    mark = escaped(pgettext("a text", "Unchanged")) if row.is_borrowed else ""
    return SafeString(
        f'<div class="form-group{" form-error" if wrong else ""}">\n'
        f'<{level}{css}><label for="{html_id}">{label}</label></{level}>\n'
        f"{hint(field)}\n{wrong}\n{field}\n"
        f'<div class="small-print" data-replace="mark-{name}">{mark}</div>\n'
        f'<input type="hidden" name="revision_{name}" value="{row.shown.revision}">\n'
        f'<input type="hidden" name="was_{name}" value="{escaped(row.shown.was)}">\n'
        f"</div>\n{comments_on(context, 'section', field.html_name, str(field.label))}"
    )


@register.simple_tag
def task_cards(cards: Iterable[Card]) -> SafeString:
    """Write tasks of the catalogue to tick."""
    doubt = _("must be discussed")
    return SafeString("\n".join(_task_card(card, doubt if card.task.is_doubt else "") for card in cards))


def _task_card(card: Card, tag: str) -> str:
    not_part = _("Not part of the task: %(words)s") % {"words": card.task.not_part}
    return check_card("tasks", card.task.code, card.task.title, not_part, checked=card.is_ticked, tag=tag)
