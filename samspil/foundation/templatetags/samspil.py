# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The building blocks of every page, as template tags; ``docs/patterns.md`` shows each in use."""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import forms, template
from django.template.loader import render_to_string
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspil.foundation.errors import Missing
from samspil.foundation.templatetags.form_parts import escaped

register = template.Library()

_SPRITE = "dkfds/img/all-svg-icons.svg"
_ALERT_ICONS = {"info": "info", "success": "success", "warning": "warning", "error": "error"}
_BADGES = {"success", "info", "warning", "error", "outline", "neutral"}


# Words -------------------------------------------------------------------------------------------


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def danish_date(value: date | None) -> str:
    """Write a day as "23. november 2026", in English "23 November 2026"; nothing for nothing."""
    if not value:
        return ""
    local = _local(value)
    return _day_in(local.date() if isinstance(local, datetime) else local, get_language())


@lru_cache(maxsize=4000)
def _day_in(value: date, language: str | None) -> str:
    return date_format(value, "j. F Y" if language == "da" else "j F Y", use_l10n=False)


@register.filter
def danish_time(value: datetime | None) -> str:
    """Write a time of day as "14.05", in English "14:05"."""
    if not value:
        return ""
    return date_format(_local(value), "H.i" if get_language() == "da" else "H:i", use_l10n=False)


@register.filter
def control_code(sha256: str | None) -> str:
    """Shorten a content hash to what a person can compare: twelve signs in groups of four."""
    return " ".join(re.findall(".{4}", (sha256 or "")[:12]))


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """Turn plain text into paragraphs, with everything in it escaped."""
    return mark_safe(linebreaks(str(text or "").strip(), autoescape=True)) if text else mark_safe("")  # noqa: S308


class _Said(template.Node):
    """A sentence without anything put in: translated once for each language instead of each time."""

    def __init__(self, node: TranslateNode) -> None:
        self.asvar, node.asvar = node.asvar, None
        self.node = node
        self.said: dict[str | None, SafeString] = {}

    def render(self, context: template.Context) -> str:
        """Return the sentence, or put it where the template wants it."""
        language = get_language()
        if language not in self.said:
            self.said[language] = SafeString(self.node.render(context))
        if self.asvar is None:
            return self.said[language]
        context[self.asvar] = self.said[language]
        return ""


@register.tag
def translate(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Say a sentence in the reader's language, as Django's own tag does; most are always the same."""
    node = do_translate(parser, token)
    is_sentence = _is_literal(node.filter_expression) and (
        node.message_context is None or _is_literal(node.message_context)
    )
    return _Said(node) if is_sentence else node


def _is_literal(expression: template.base.FilterExpression) -> bool:
    return getattr(expression.var, "literal", None) is not None and not expression.filters


# Addresses ---------------------------------------------------------------------------------------

_ANY_SLUG = "a-slug-of-any-row"


def addresses(name: str) -> Callable[[str], str]:
    """Return what gives the address of each row, escaped: looked for once, since they differ by the slug alone."""
    before, _slug, after = escaped(reverse(name, args=[_ANY_SLUG])).partition(_ANY_SLUG)
    return lambda slug: f"{before}{escaped(slug)}{after}"


# Small things ------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """Draw an icon of the design system. Without ``label`` it is decoration and hidden from screen readers."""
    return _drawn(name, css, str(label))


@lru_cache(maxsize=500)
def _drawn(name: str, css: str, label: str) -> SafeString:
    href = f"{static(_SPRITE)}#{name}"
    if label:
        return format_html(
            '<svg class="icon-svg {}" focusable="false" role="img" aria-label="{}"><use href="{}"></use></svg>',
            css,
            label,
            href,
        )
    return format_html(
        '<svg class="icon-svg {}" focusable="false" aria-hidden="true"><use href="{}"></use></svg>', css, href
    )


@register.simple_tag
def badge(text: str, kind: str = "neutral") -> SafeString:
    """Show a state in a word: ``success``, ``info``, ``warning``, ``error``, ``outline`` or ``neutral``."""
    return _badge(str(text), kind)


@lru_cache(maxsize=500, typed=True)
def _badge(text: str, kind: str) -> SafeString:
    if kind not in _BADGES:
        message = f"no such badge: {kind}"
        raise template.TemplateSyntaxError(message)
    return format_html('<span class="badge badge-{}">{}</span>', kind, text)


@register.simple_tag
def submission_token() -> SafeString:
    """Put in every POST form: the same form sent twice then does nothing twice."""
    return format_html('<input type="hidden" name="submission" value="{}">', uuid.uuid4())


@register.simple_tag
def breadcrumbs(*labels_and_urls: str) -> SafeString:
    """Show the way here: label, URL, label, URL …; the last label is this page and needs no URL."""
    labels, urls, called = labels_and_urls[::2], labels_and_urls[1::2], _("Breadcrumb")
    arrow = icon("chevron-right")
    crumbs = [
        f'<li class="breadcrumbs__list-item">{arrow if number else ""}{_crumb(label, url)}</li>'
        for number, (label, url) in enumerate(zip(labels[:-1], urls, strict=False))
    ]
    crumbs += [
        f'<li class="breadcrumbs__list-item" aria-current="page">{arrow if crumbs else ""}{escaped(label)}</li>'
        for label in labels[-1:]
    ]
    return SafeString(
        f'<nav class="breadcrumbs" aria-label="{escaped(called)}">\n<ol class="breadcrumbs__list">\n'
        + "\n".join(crumbs)
        + "\n</ol>\n</nav>"
    )


def _crumb(label: str, url: str) -> str:
    return f'<a class="breadcrumbs__link" href="{escaped(url)}">{escaped(label)}</a>' if url else escaped(label)


@register.inclusion_tag("foundation/_error_summary.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """List what must be put right, above the h1: of forms, formsets, lists of ``Missing``, or plain sentences."""
    return {"problems": [problem for source in sources for problem in _problems(source)]}


def _problems(source: Any) -> Iterable[Missing]:
    if isinstance(source, forms.BaseForm):
        yield from _problems_of_form(source)
    elif isinstance(source, forms.BaseFormSet):
        yield from (Missing(code="formset", text=text) for text in source.non_form_errors())
        yield from (problem for form in source.forms for problem in _problems_of_form(form))
    elif isinstance(source, Missing):
        yield source
    elif isinstance(source, str):
        if source:
            yield Missing(code="text", text=source)
    else:
        yield from (problem for item in source or () for problem in _problems(item))


def _problems_of_form(form: forms.BaseForm) -> Iterable[Missing]:
    yield from (Missing(code="form", text=text) for text in form.non_field_errors())
    for field in form:
        yield from (Missing(code=field.html_name, text=text, anchor=_anchor(field)) for text in field.errors)


def _anchor(field: forms.BoundField) -> str:
    if field.use_fieldset:
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


# The frame of a page ------------------------------------------------------------------------------


@register.simple_block_tag
def kept(content: str) -> str:
    """Keep a part that stands on the page twice: ``{% kept as name %}…{% endkept %}``."""
    return content


@register.simple_tag
def navigation_links(items: Sequence[Mapping[str, Any]]) -> SafeString:
    """Write the links of the main menu, which stands on the page twice."""
    current = SafeString(' aria-current="page"')
    links = ((item["url"], current if item["current"] else "", item["label"]) for item in items or ())
    return format_html_join("\n", '<li><a href="{}"{}>{}</a></li>', links)


# Boxes with something in them --------------------------------------------------------------------


@register.simple_block_tag
def card(content: str, heading: str = "", level: int = 3, html_id: str = "") -> SafeString:
    """Frame one matter: a heading, some lines, a link."""
    named = f' id="{escaped(html_id)}"' if html_id else ""
    above = f'<h{level} class="box-heading">{escaped(heading)}</h{level}>' if heading else ""
    return SafeString(f'<div class="box"{named}>\n{above}\n{escaped(content)}\n</div>')


@register.simple_block_tag
def locked_box(content: str, heading: str = "", level: int = 2) -> SafeString:
    """Show what is common to all workplaces and cannot be changed here."""
    heading = heading or _("Common to all workplaces")
    return render_to_string("foundation/blocks/locked_box.html", locals())


@register.simple_block_tag
def reminder_box(content: str, heading: str = "", level: int = 2, soft: bool = True) -> SafeString:
    """Show a huskeliste; ``soft`` adds the line that it stops nothing."""
    return render_to_string("foundation/blocks/reminder_box.html", locals())


@register.simple_block_tag
def folded(content: str, summary: str, is_open: bool = False, html_id: str = "") -> SafeString:
    """Fold away what most people do not need."""
    named, is_shown = f' id="{escaped(html_id)}"' if html_id else "", " open" if is_open else ""
    return SafeString(
        f'<details class="folded"{named}{is_shown}>\n<summary>{escaped(summary)}</summary>\n'
        f'<div class="folded-body">{escaped(content)}</div>\n</details>'
    )


@register.simple_block_tag
def notice(content: str, kind: str = "info", heading: str = "", level: int = 2) -> SafeString:
    """Say something important: ``info``, ``success``, ``warning`` or ``error``."""
    labels = {"info": _("Information"), "success": _("Done"), "warning": _("Notice"), "error": _("Error")}
    context = {"content": content, "kind": kind, "heading": heading, "level": level}
    return render_to_string(
        "foundation/blocks/notice.html", {**context, "icon": _ALERT_ICONS[kind], "label": labels[kind]}
    )


# Blocks made of data -----------------------------------------------------------------------------


@register.simple_tag
def todo_line(
    title: str, text: str = "", url: str = "", action: str = "", *, is_first: bool = False, level: int = 2
) -> SafeString:
    """Say one thing to do now: what, by when and why, and the button. The first one's button is dark."""
    said, kind = escaped(title), "primary" if is_first else "secondary"
    more = f'<p class="todo-text">{escaped(text)}</p>' if text else ""
    button = ""
    if url:
        button = (
            f'<a class="button button-{kind}" href="{escaped(url)}">{escaped(action)}'
            f'<span class="sr-only">: {said}</span></a>'
        )
    return SafeString(
        f'<div class="todo">\n<div>\n<h{level} class="todo-title">{said}</h{level}>\n{more}\n</div>\n{button}\n</div>'
    )


@register.simple_tag
def check_card(
    name: str, value: Any, label: str, text: str = "", *, checked: bool = False, tag: str = "", kind: str = "checkbox"
) -> SafeString:
    """Offer one thing to tick, the whole card being the label; ``kind="radio"`` where only one may be chosen."""
    html_id = escaped(f"id_{name}_{value}")
    on = " checked" if checked else ""
    tagged = f'\n<span class="badge badge-outline">{escaped(tag)}</span>' if tag else ""
    more = f'\n<span class="check-card-text">{escaped(text)}</span>' if text else ""
    return SafeString(
        f'<label class="check-card" for="{html_id}">'
        f'<input type="{escaped(kind)}" name="{escaped(name)}" value="{escaped(value)}" id="{html_id}"{on}>\n'
        f'<span class="check-card-body"><span class="check-card-title">{escaped(label)}</span>{tagged}{more}</span></label>'
    )


@register.inclusion_tag("foundation/blocks/missing_box.html")
def missing_box(missing: Sequence[Missing], heading: str = "", level: int = 2, css: str = "") -> dict[str, Any]:
    """List what is missing before a step, in the words of the guards that would refuse it; nothing when nothing is."""
    return {**locals(), "heading": heading or _("This is missing before you can go on")}


@register.inclusion_tag("foundation/blocks/empty_state.html")
def empty_state(text: str, hint: str = "", url: str = "", action: str = "") -> dict[str, Any]:
    """Say that there is nothing yet, and what to do next."""
    return locals()


@register.inclusion_tag("foundation/blocks/step_indicator.html")
def step_indicator(steps: Sequence[Mapping[str, Any]], label: str = "") -> dict[str, Any]:
    """Show the steps of a course: dicts with ``label``, ``state`` (done, current, ahead), perhaps ``url``, ``hint``."""
    return {"steps": steps, "label": label or _("Steps")}


@register.inclusion_tag("foundation/blocks/conflict_box.html")
def conflict_box(conflicts: Sequence[Any]) -> dict[str, Any]:
    """Show both texts of each ``errors.Conflict``; the form below keeps one's own, to be put together by hand."""
    return {"conflicts": conflicts}


@register.inclusion_tag("foundation/blocks/progress.html")
def progress(value: int, maximum: int, text: str, url: str = "") -> dict[str, Any]:
    """Show how far long work has come; with ``url`` it fetches itself anew every two seconds until it is done."""
    return {**locals(), "is_done": value >= maximum}


@register.inclusion_tag("foundation/blocks/data_table.html")
def data_table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], hide_caption: bool = False
) -> dict[str, Any]:
    """Show rows under headings; each becomes a block of its own on a phone. The first cell names its row."""
    return {
        "caption": caption,
        "columns": columns,
        "hide_caption": hide_caption,
        "rows": [list(zip(columns, row, strict=True)) for row in rows],
    }


@register.inclusion_tag("foundation/blocks/timeline.html")
def timeline(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Show what happened, in order: dicts with ``on`` (a date or datetime), ``title`` and perhaps ``text``, ``url``."""
    return {"entries": entries}


@register.inclusion_tag("foundation/blocks/control_code.html")
def control_code_line(sha256: str) -> dict[str, Any]:
    """Print the control code of a text in small print."""
    return {"sha256": sha256}


@register.inclusion_tag("foundation/blocks/copy_button.html")
def copy_button(source: str, label: str = "", css: str = "button-secondary") -> dict[str, Any]:
    """Copy the text of the element with the id ``source``; there only where scripts run."""
    return {"source": source, "label": label or _("Copy the text"), "css": css}


@register.inclusion_tag("foundation/blocks/print_button.html")
def print_button(label: str = "") -> dict[str, Any]:
    """Print this page; there only where scripts run."""
    return {"label": label or _("Print")}


@register.inclusion_tag("foundation/blocks/autosave_status.html")
def autosave_status(form_id: str = "", saved_at: datetime | None = None) -> dict[str, Any]:
    """Say "Saved at 14.05" for the form that saves while one types; put once on the page."""
    return {"form_id": form_id, "saved_at": saved_at}


@register.inclusion_tag("foundation/blocks/returned_words.html")
def returned_words(words: Mapping[str, str] | Sequence[str]) -> dict[str, Any]:
    """Give back what somebody wrote and could not send, to be copied."""
    texts = list(words.values()) if isinstance(words, Mapping) else list(words)
    return {"texts": [{"html_id": f"returned-{number}", "text": text} for number, text in enumerate(texts, 1)]}
