# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Tables used as layout: the order a person would read their cells in."""

from collections.abc import Sequence
from dataclasses import replace

from samspil.frameworks.importing.characters import is_number
from samspil.frameworks.importing.structure import Audience, Block
from samspil.frameworks.importing.vocabulary import audience_in

Cell = Sequence[Block]
SHORT = 60


def blocks_of_table(rows: Sequence[Sequence[Cell]]) -> list[Block]:
    """Return the paragraphs of a table in reading order.

    Where the first row names audiences, each column is read by itself under its name; else row by row, and a short
    first cell beside a longer one is the heading of its row.
    """
    rows = [[list(cell) for cell in row] for row in rows if any(row)]
    if len(rows) > 1 and _names_audiences(rows[0]):
        return _by_column(rows)
    return [block for row in rows for block in _row(row)]


def _names_audiences(row: Sequence[Cell]) -> bool:
    names = [audience_in(cell[0].text) for cell in row if len(cell) == 1 and len(cell[0].text) <= SHORT]
    return len({name for name in names if name is not Audience.NONE}) > 1


def _by_column(rows: Sequence[Sequence[Cell]]) -> list[Block]:
    blocks: list[Block] = []
    for column in range(max(len(row) for row in rows)):
        cells = [row[column] for row in rows if column < len(row)]
        head, *rest = cells
        if column < len(rows[0]):
            blocks += [replace(block, bold=True, marker="") for block in head]
        else:
            rest = cells
        body = [block for cell in rest for block in cell]
        marked = any(block.marker for block in body)
        blocks += [block if marked or block.level else replace(block, marker="•") for block in body]
    return blocks


def _row(row: Sequence[Cell]) -> list[Block]:
    cells = [cell for cell in row if cell]
    if len(cells) < 2:  # noqa: PLR2004 - one cell is no row
        return [block for cell in cells for block in cell]
    first, *rest = cells
    beside = [block for cell in rest for block in cell]
    if len(first) == 1 and (is_number(first[0].text) or first[0].text.isdecimal()):
        number = first[0].text if is_number(first[0].text) else f"{first[0].text}."
        return [replace(beside[0], marker=number), *beside[1:]]
    if len(first) == 1 and len(first[0].text) <= SHORT < sum(len(block.text) for block in beside):
        return [replace(first[0], bold=True, marker=first[0].marker), *beside]
    return [block for cell in cells for block in cell]
