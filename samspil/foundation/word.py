# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A document as Word, made of the same blocks as the PDF: for writing on in, where the PDF is for reading.

Headings, lists and tables are real ones, and the language is said, so that it can be read aloud.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime, time

import docx
from django.utils.translation import gettext, override
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from samspil.foundation.pdf import Block, Document, Pairs
from samspil.foundation.pdf.letters import printable

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DEEPEST_HEADING = 4
_COUNTRY = {"da": "da-DK", "en": "en-GB"}


def render_docx(document: Document) -> bytes:
    """Return the document as a Word file."""
    with override(document.language):
        word = _Word(document)
        word.write(document)
    out = io.BytesIO()
    word.file.save(out)
    return out.getvalue()


class _Word:
    """A Word file while it is written; ``depth`` is that of the headings, none of which may skip a level."""

    def __init__(self, document: Document) -> None:
        self.file = docx.Document()
        self.depth = 0
        self.kinds: dict[str, Callable[[Block], None]] = {
            "heading": self.heading,
            "paragraph": self.paragraph,
            "list": self.listed,
            "task": self.task,
            "quote": self.quote,
            "facts": lambda block: self.table(block.pairs),
            "small": lambda block: self.small(block.text),
        }
        language = _COUNTRY.get(document.language, document.language)
        said = self.file.core_properties
        said.title, said.author, said.language = _line(document.title), _line(document.municipality), language
        said.subject, said.comments = _line(document.subtitle), ""
        said.created = said.modified = datetime.combine(document.date, time(), UTC)
        for mark in self.file.styles.element.iter(qn("w:lang")):
            mark.set(qn("w:val"), language)
        footer = " · ".join(part for part in (_line(document.municipality), _line(document.footer)) if part)
        self.file.sections[0].footer.paragraphs[0].text = footer

    def write(self, document: Document) -> None:
        self.file.add_paragraph(_line(document.title), style="Title")
        if _line(document.subtitle):
            self.file.add_paragraph(_line(document.subtitle), style="Subtitle")
        self.table(document.facts)
        for block in document.blocks:
            self.kinds[block.kind](block)
        if document.control_code:
            self.small(gettext("Control code: %(code)s") % {"code": document.control_code})

    def heading(self, block: Block) -> None:
        if _line(block.text):
            self.depth = max(1, min(block.level, self.depth + 1, _DEEPEST_HEADING))
            self.file.add_heading(_line(block.text), level=self.depth)

    def paragraph(self, block: Block, style: str | None = None) -> None:
        for part in printable(block.text).strip().split("\n\n"):
            if part.strip():
                self.file.add_paragraph(part.strip("\n"), style=style)

    def listed(self, block: Block) -> None:
        for item in block.items:
            if _line(item):
                self.file.add_paragraph(_line(item), style="List Number" if block.numbered else "List Bullet")

    def task(self, block: Block) -> None:
        label = f" ({_line(block.label)})" if block.label else ""
        self.file.add_heading(f"{_line(block.text)}{label}", level=min(self.depth + 1, _DEEPEST_HEADING))
        for name, value in _filled(block.pairs):
            paragraph = self.file.add_paragraph()
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(value)

    def quote(self, block: Block) -> None:
        if _line(block.label):
            self.file.add_paragraph().add_run(_line(block.label)).bold = True
        self.paragraph(block, "Quote")
        self.listed(block)

    def small(self, text: str) -> None:
        if _line(text):
            self.file.add_paragraph(_line(text), style="Caption")

    def table(self, pairs: Pairs) -> None:
        rows = _filled(pairs)
        if not rows:
            return
        table = self.file.add_table(rows=1, cols=2, style="Table Grid")
        header = table.rows[0]
        # What repeats on each page and is read aloud as the heading of its column.
        header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no other way
        for cell, text in zip(header.cells, (gettext("What"), gettext("Says")), strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        for name, value in rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = name, value
        self.file.add_paragraph()


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _filled(pairs: Pairs) -> list[tuple[str, str]]:
    return [(_line(name), printable(value).strip()) for name, value in pairs if printable(value).strip()]
