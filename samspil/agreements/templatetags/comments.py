# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Colleagues' comments beside the clause that they are about."""

from typing import Any

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag(takes_context=True)
def comments_on(context: dict[str, Any], kind: str, key: object = "", title: str = "") -> str:
    """Show the comments on a clause, folded, and the way to write one; ``whole`` is the whole draft.

    Nothing where the page has no ``commenting`` for its reader.
    """
    commenting = context.get("commenting")
    if not commenting:
        return ""
    clause = "" if kind == "whole" else f"{kind}:{key}"
    shown = commenting.about(clause)
    said = {
        "commenting": commenting,
        "workplace": context.get("workplace"),
        "clause": clause,
        "title": title,
        "comments": shown,
        "waiting": sum(comment.outcome == comment.Outcome.NOT_YET for comment in shown),
    }
    return render_to_string("agreements/_comments_on.html", said) if shown or commenting.may_write else ""
