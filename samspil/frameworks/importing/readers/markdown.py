# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Markdown, with HTML as the text it is."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from samspil.frameworks.importing import errors, limits
from samspil.frameworks.importing.characters import clean, one_line, split_marker
from samspil.frameworks.importing.joining import hyphenated_words, join_lines
from samspil.frameworks.importing.readers.text import LINE_ENDS
from samspil.frameworks.importing.readers.text import read as read_plain
from samspil.frameworks.importing.structure import Block
from samspil.frameworks.importing.tables import blocks_of_table

LISTS = {"bullet_list_open", "ordered_list_open"}


def read(text: str) -> list[Block]:
    """Return headings, paragraphs, list items and tables of a Markdown text. One without headings is plain text."""
    if len(text) > limits.MAX_CHARACTERS * 2:
        raise errors.TooLongError
    text = clean(LINE_ENDS.sub("\n", text)).replace("\f", "\n")
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).disable("reference").enable("table")
    blocks = _Walk(hyphenated_words(text)).blocks_of(parser.parse(text))
    return blocks if any(block.level or block.bold for block in blocks) else read_plain(text)


class _Walk:
    """One way through the tokens, knowing how deep in lists it is and which bullet comes next."""

    def __init__(self, hyphenated: set[str]) -> None:
        self.hyphenated = hyphenated
        self.blocks: list[Block] = []
        self.numbers: list[int | None] = []
        self.marker = ""
        self.level = 0
        self.rows: list[list[list[Block]]] | None = None

    def blocks_of(self, tokens: Sequence[Token]) -> list[Block]:
        """Return the blocks of all tokens, in order."""
        for token in tokens:
            self._step(token)
        return self.blocks

    def _step(self, token: Token) -> None:
        kind = token.type
        if kind in LISTS:
            self.numbers.append(int(token.attrGet("start") or 1) if kind.startswith("ordered") else None)
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            self.numbers.pop()
        elif kind == "list_item_open":
            number = self.numbers[-1]
            self.marker = "•" if number is None else f"{number}."
            if number is not None:
                self.numbers[-1] = number + 1
        elif kind == "list_item_close":
            self.marker = ""
        elif kind == "heading_open":
            self.level = int(token.tag[1])
        elif kind == "heading_close":
            self.level = 0
        elif kind in {"inline", "code_block", "fence", "html_block"}:
            self._text(token)
        else:
            self._table(kind)

    def _table(self, kind: str) -> None:
        if kind == "table_open":
            self.rows = []
        elif kind == "tr_open" and self.rows is not None:
            self.rows.append([])
        elif kind in {"td_open", "th_open"} and self.rows:
            self.rows[-1].append([])
        elif kind == "table_close" and self.rows is not None:
            self.blocks += blocks_of_table(self.rows)
            self.rows = None

    def _text(self, token: Token) -> None:
        children = token.children or []
        lines = (
            _lines_of(children) if token.type == "inline" else [*token.info.splitlines(), *token.content.splitlines()]
        )
        text = join_lines(lines, self.hyphenated)
        if not text:
            return
        marker, depth = self.marker, max(len(self.numbers) - 1, 0)
        if not marker:
            marker, text = split_marker(text)
            marker, text = (marker, text) if text else ("", marker)
        block = Block(text, marker=marker, depth=depth, level=self.level, bold=_is_bold(children))
        self.marker = ""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(block)
        else:
            self.blocks.append(block)


def _lines_of(children: Sequence[Token]) -> list[str]:
    lines = [""]
    address = ""
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            lines.append("")
        elif child.type == "link_open":
            address = str(child.attrGet("href") or "")
        elif child.type == "link_close" and address:
            lines[-1] += "" if lines[-1].endswith(address) else f" ({address})"
        elif child.type == "image":
            lines[-1] += " ".join(_lines_of(child.children or []))
        else:
            lines[-1] += child.content
    return [one_line(line) for line in lines]


def _is_bold(children: Sequence[Token]) -> bool:
    """Tell whether every letter stands in bold."""
    inside, seen = 0, False
    for child in children:
        inside += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
        if child.content.strip():
            seen = True
            if not inside:
                return False
    return seen
