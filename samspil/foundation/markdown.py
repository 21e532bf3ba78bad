# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Texts that people write with headings, lists and links, as safe HTML: raw HTML in them stays text."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_FIRST, _LAST = 2, 4
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "code", "fence", "hr"])


def markdown_html(text: str) -> SafeString:
    """Return ``text`` as HTML to stand under an h1; headings begin at h2, and no level is skipped."""
    tokens = _MARKDOWN.parse(text)
    depth = _FIRST - 1
    for token in tokens:
        if token.type == "heading_open":
            depth = max(_FIRST, min(int(token.tag[1:]), depth + 1, _LAST))
            token.tag = f"h{depth}"
        elif token.type == "heading_close":
            token.tag = f"h{depth}"
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    cleaned = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener")
    # Cleaned on the line above.
    return mark_safe(cleaned)  # noqa: S308
