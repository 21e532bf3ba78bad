# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A document as PDF/UA-1 and PDF/A-2a in one file, made by typst.

The same document gives the same bytes, on any day. What people wrote is data: it reaches typst as
strings and is never read as markup.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst
from django.utils import dateformat
from django.utils.translation import gettext, override

from samspil.foundation.pdf.letters import breakable, only_known, printable

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "document.typ"
_FONTS = _HERE / "fonts"
_DEEPEST_HEADING = 3
_LONG = 1500
"""A framed block of more characters than this may break across two pages."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Block:
    """One piece of a document; made by the functions below, which say what each kind carries."""

    kind: Literal["heading", "paragraph", "list", "task", "quote", "facts", "small"]
    text: str = ""
    level: int = 1
    items: tuple[str, ...] = ()
    pairs: Pairs = ()
    label: str = ""
    numbered: bool = False


def heading(text: str, level: int = 1) -> Block:
    """Return a heading under the document's title; levels 1 to 3, and a skipped level is closed up."""
    return Block("heading", text, level=level)


def paragraph(text: str) -> Block:
    """Return running text; an empty line begins a new paragraph, a single line break stays a line break."""
    return Block("paragraph", text)


def bullets(*items: str) -> Block:
    """Return a list with bullets."""
    return Block("list", items=items)


def numbered(*items: str) -> Block:
    """Return a list with numbers."""
    return Block("list", items=items, numbered=True)


def task(title: str, pairs: Pairs, label: str = "") -> Block:
    """Return a framed task: what it is, then boundary, added value and so on; ``label`` is a mark beside the title."""
    return Block("task", title, pairs=pairs, label=label)


def quote(text: str = "", *, items: tuple[str, ...] = (), label: str = "") -> Block:
    """Return words that stand fixed, such as the common principles, set apart under ``label``."""
    return Block("quote", text, items=items, label=label)


def facts(pairs: Pairs) -> Block:
    """Return names and values side by side, such as a timeline or who does what."""
    return Block("facts", pairs=pairs)


def small(text: str) -> Block:
    """Return a remark in small print."""
    return Block("small", text)


@dataclass(frozen=True)
class Document:
    """All that goes on paper. ``date`` is the document's own date; the day of printing is nowhere."""

    title: str
    municipality: str
    date: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    language: str = "da"
    facts: Pairs = ()
    footer: str = ""
    control_code: str = ""
    large_print: bool = False

    def __post_init__(self) -> None:
        """Refuse a document without a title: neither standard allows it."""
        if not printable(self.title).strip():
            message = "A document needs a title."
            raise ValueError(message)


def render_pdf(document: Document) -> bytes:
    """Return the document as PDF/UA-1 and PDF/A-2a.

    Signs that none of our fonts can draw (an emoji, say) are shown as □, and a line at the end says so.
    """
    data = _prepared(document)
    try:
        return _compiled(data, document.date)
    except typst.TypstError:
        with override(document.language):
            data["small_print"].append(gettext("Signs that cannot be shown on paper have been replaced by □."))
        return _compiled(_mapped(data, only_known), document.date)


def _compiled(data: dict[str, Any], on: date) -> bytes:
    return typst.compile(
        str(_TEMPLATE),
        root=str(_HERE),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"document": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(datetime.combine(on, time(), UTC).timestamp()),
    )


def _prepared(document: Document) -> dict[str, Any]:
    """Return what the template reads: every string printable, every heading one level below the last at most."""
    with override(document.language):
        small_print = [gettext("Dated %(date)s.") % {"date": dateformat.format(document.date, gettext("j. F Y"))}]
        if document.control_code:
            small_print.append(gettext("Control code: %(code)s") % {"code": document.control_code})
        page_of = gettext("Page {page} of {pages}")
    data = {
        "title": " ".join(document.title.split()),
        "subtitle": " ".join(document.subtitle.split()),
        "municipality": " ".join(document.municipality.split()),
        "language": document.language,
        "date": {"year": document.date.year, "month": document.date.month, "day": document.date.day},
        "facts": _pairs(document.facts),
        "blocks": _blocks(document.blocks),
        "footer": " ".join(document.footer.split()),
        "page_of": page_of,
        "large_print": document.large_print,
    }
    return {**_mapped(data, lambda text: breakable(printable(text))), "small_print": small_print}


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """Return the blocks that carry something; headings never skip a level, which both standards refuse."""
    prepared = []
    depth = 0
    for block in blocks:
        text = printable(block.text).strip()
        items = [item.strip() for item in block.items if printable(item).strip()]
        pairs = _pairs(block.pairs)
        if not (text or items or pairs):
            continue
        level = max(1, min(block.level, depth + 1, _DEEPEST_HEADING))
        if block.kind == "heading":
            depth = level
            text = " ".join(text.split())
        prepared.append(
            {
                "kind": block.kind,
                "text": text,
                "paragraphs": [part.strip("\n") for part in text.split("\n\n") if part.strip()],
                "level": level,
                "items": items,
                "pairs": pairs,
                "label": " ".join(block.label.split()),
                "numbered": block.numbered,
                "long": len(text) + sum(map(len, items)) + sum(len(value) for _, value in pairs) > _LONG,
            }
        )
    return prepared


def _pairs(pairs: Pairs) -> list[list[str]]:
    return [[" ".join(name.split()), value.strip()] for name, value in pairs if printable(value).strip()]


def _mapped(value: Any, change: Any) -> Any:
    """Return ``value`` with every string in it passed through ``change``; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    return value
