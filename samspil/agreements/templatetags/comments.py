# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Colleagues' comments beside the clause that they are about."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("agreements/_comments_on.html", takes_context=True)
def comments_on(context: dict[str, Any], kind: str, key: object = "", title: str = "") -> dict[str, Any]:
    """Show the comments on a clause, folded, and the way to write one; ``whole`` is the whole draft.

    Nothing where the page has no ``commenting`` for its reader.
    """
    commenting = context.get("commenting")
    clause = "" if kind == "whole" else f"{kind}:{key}"
    shown = commenting.about(clause) if commenting else []
    return {
        "commenting": commenting,
        "workplace": context.get("workplace"),
        "clause": clause,
        "title": title,
        "comments": shown,
        "waiting": sum(comment.outcome == comment.Outcome.NOT_YET for comment in shown),
    }
