# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The Danish guide by role: the same files that stand in ``docs/da``, as pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = settings.GUIDE / "da"
FIRST = "README"
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class GuidePage:
    """A page of the guide, ready to be shown."""

    title: str
    html: SafeString


def guide_page(name: str) -> GuidePage | None:
    """Return a page by its file's name without the ending; None where there is none."""
    if name not in {file.stem for file in FOLDER.glob("*.md")}:
        return None
    tokens = _MARKDOWN.parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    title = next(_headings(tokens))[1]
    for heading, text in _headings(tokens):
        heading.attrSet("id", re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-"))
    for token in tokens:
        for child in token.children or ():
            _point_here(child)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    html = html.replace("<table>", '<div class="table-wrap"><table class="table">')
    html = html.replace("</table>", "</table></div>")
    # The text is our own and raw HTML in it is escaped.
    return GuidePage(title, mark_safe(html))  # noqa: S308


def _headings(tokens: list[Token]) -> Iterator[tuple[Token, str]]:
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            yield token, inline.content


def _point_here(token: Token) -> None:
    """Point a link at the page instead of the file, and a picture at its static file."""
    if token.type == "image":
        token.attrSet("src", static(f"samspil/guide/{Path(str(token.attrGet('src'))).name}"))
    if token.type != "link_open":
        return
    file, hash_, anchor = str(token.attrGet("href")).partition("#")
    if file.endswith(".md") and "/" not in file:
        name = file.removesuffix(".md")
        path = reverse("help") if name == FIRST else reverse("help_page", args=[name])
        token.attrSet("href", path + hash_ + anchor)
    elif file and "://" not in file:
        # A document beside the guide: there to be read in the repository only.
        del token.attrs["href"]
