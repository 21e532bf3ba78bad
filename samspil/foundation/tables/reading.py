# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A file becomes a table: which kind, which encoding, which delimiter, where the headings stand."""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samspil.foundation.tables.shape import (
    HEADING_WITHIN,
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Column,
    Problem,
    Row,
    Table,
    TableError,
)
from samspil.foundation.tables.workbook import sheets_of
from samspil.foundation.text import clean_text, looks_like_personal_number

_HEADINGS_SHOWN = 12
_DELIMITERS = (";", ",", "\t")
_ZIP, _OLD_EXCEL, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_PERSONAL = re.compile(r"cpr|personn(umme)?r|personnumber|socialsecurity")
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
_ERRORS_OF_EXCEL = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}


class _Found(NamedTuple):
    """The row of headings: its number, the column at each place, and what is not asked for."""

    number: int
    columns: dict[int, Column]
    unread: tuple[str, ...]
    width: int


def read_table(content: bytes, filename: str, columns: Sequence[Column]) -> Table:
    """Read the first sheet, or text with ``;``, ``,`` or tab, that has the headings asked for.

    Raises ``TableError`` where the file as a whole cannot be used. What is wrong with a single row
    (too many cells, a CPR number, an error of Excel's) stands in ``problems``; the words of a CPR
    number are never repeated.
    """
    if len(content) > MAX_BYTES:
        raise TableError(_("The file is larger than 15 MB. Divide it into several files."))
    if not content.strip():
        raise TableError(_("The file is empty. Choose the file that holds the table."))
    candidates = _candidates(content, filename)
    best: _Found | None = None
    widest: list[str] = []
    for lines in candidates:
        top = list(islice(lines, HEADING_WITHIN))
        found = _headings(top, columns)
        if found is not None and not _absent(found, columns):
            return _table(found, chain(top[found.number :], lines), content)
        if found is not None and (best is None or len(found.columns) > len(best.columns)):
            best = found
        widest = max([widest, *top], key=lambda line: sum(map(bool, line)))
    raise _no_headings(best, widest, columns)


def _candidates(content: bytes, filename: str) -> Iterable[Iterator[list[str]]]:
    """Return each way to read the file: its sheets, or its text by each delimiter."""
    if content.startswith(_ZIP):
        return sheets_of(content)
    if content.startswith(_OLD_EXCEL) or filename.lower().endswith(".xls"):
        raise TableError(_("This is an old or a locked Excel file. Open it in Excel, save it as .xlsx, and try again."))
    text = _decoded(content)
    return [_lines(text, delimiter) for delimiter in _DELIMITERS]


def _decoded(content: bytes) -> str:
    try:
        if content.startswith(_UTF16):
            return content.decode("utf-16")
        if b"\x00" in content or content.startswith(_PDF):
            raise TableError(_("This kind of file cannot be read. Save the table as .xlsx or .csv, and try again."))
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise TableError(
            _("The letters in the file cannot be read. Save it as “CSV UTF-8” or .xlsx, and try again.")
        ) from error


def _lines(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [_KEPT_AS_TEXT.sub(r"\1", cell) if cell.startswith('="') else cell for cell in line]
    except csv.Error as error:
        raise TableError(
            _("The file has a quotation mark that is never closed, or a cell that is far too long. Save it anew.")
        ) from error


def _folded(heading: str) -> str:
    """Return a heading without case, spaces and signs, as it is compared."""
    text = unicodedata.normalize("NFC", heading).casefold()
    return "".join(sign for sign in text if sign.isalnum())


def _headings(top: Sequence[Sequence[str]], columns: Sequence[Column]) -> _Found | None:
    """Return the row with most of the headings asked for, or None where none has any."""
    known = {_folded(name): column for column in columns for name in (column.heading, *column.also)}
    best: _Found | None = None
    for number, line in enumerate(top, 1):
        at_place = {place: column for place, heading in enumerate(line) if (column := known.get(_folded(heading)))}
        by_their_own_name = {column.key for place, column in at_place.items() if _is_own_name(line[place], column)}
        at_place = {
            place: column
            for place, column in at_place.items()
            if column.key not in by_their_own_name or _is_own_name(line[place], column)
        }
        if at_place and (best is None or len(at_place) > len(best.columns)):
            unread = [heading for place, heading in enumerate(line) if place not in at_place]
            best = _Found(number, at_place, _shown(unread), len(line))
    return best


def _is_own_name(heading: str, column: Column) -> bool:
    """Whether it is the heading of the example, and not one that may also be used for it."""
    return _folded(heading) == _folded(column.heading)


def _shown(headings: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(heading.split())[:60] for heading in headings if heading.strip())


def _absent(found: _Found, columns: Sequence[Column]) -> list[str]:
    keys = {column.key for column in found.columns.values()}
    return [column.heading for column in columns if column.is_required and column.key not in keys]


def _no_headings(found: _Found | None, widest: Sequence[str], columns: Sequence[Column]) -> TableError:
    """Name the headings that are missing beside those that the file has, so that the two can be matched."""
    unread = found.unread if found else _shown(widest)
    personal = next((heading for heading in unread if _PERSONAL.search(_folded(heading))), "")
    if personal:
        return _personal(personal)
    absent = _absent(found, columns) if found else [column.heading for column in columns if column.is_required]
    words = {"headings": ", ".join(absent), "found": ", ".join(unread[:_HEADINGS_SHOWN])}
    if found is None:
        return TableError(_("The headings were not found. The file must have at least: %(headings)s.") % words)
    if not unread:
        return TableError(
            _("These columns are missing: %(headings)s. Add them, or write the headings as in the example.") % words
        )
    return TableError(
        _(
            "These columns are missing: %(headings)s. The file also has these, which are not known: %(found)s. "
            "Give those that mean the same the name they have in the example, and add the rest."
        )
        % words
    )


def _personal(heading: str) -> TableError:
    return TableError(
        _("The column “%(heading)s” looks like CPR numbers. Delete it: Samspil never stores those.")
        % {"heading": heading}
    )


def _refuse_headings(found: _Found) -> None:
    if found.width > MAX_COLUMNS:
        raise TableError(
            _("The file has more than %(limit)d columns. Keep only those needed.") % {"limit": MAX_COLUMNS}
        )
    for heading in found.unread:
        if _PERSONAL.search(_folded(heading)):
            raise _personal(heading)
    headings = [column.heading for column in found.columns.values()]
    twice = next((heading for heading in headings if headings.count(heading) > 1), "")
    if twice:
        raise TableError(
            _("The column “%(heading)s” stands there twice. Delete the one not to be used.") % {"heading": twice}
        )


def _table(found: _Found, lines: Iterable[list[str]], content: bytes) -> Table:
    _refuse_headings(found)
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, found.number + 1):
        if not any(cell and not cell.isspace() for cell in line):
            continue
        if len(rows) == MAX_ROWS:
            raise TableError(
                _("The file has more than %(limit)s rows. Divide it into several files.")
                % {"limit": f"{MAX_ROWS:,}".replace(",", ".")}
            )
        problems += _problems(number, line, found)
        rows.append(Row(number, {column.key: _cell(line, place) for place, column in found.columns.items()}))
    return Table(
        rows=tuple(rows),
        keys=frozenset(column.key for column in found.columns.values()),
        unread=found.unread,
        problems=tuple(problems),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _cell(line: Sequence[str], place: int) -> str:
    if place >= len(line):
        return ""
    text = line[place].strip()
    if not (text.isascii() and text.isprintable()):
        try:
            text = clean_text(text, limit=MAX_CELL)
        except ValidationError:
            return ""  # said in the row's problems
    # What we write ourselves before a sign that a spreadsheet would take for a formula.
    if text.startswith("'") and text[1:2] in {"=", "+", "-", "@"}:
        text = text[1:]
    return " ".join(text.split())


def _problems(number: int, line: Sequence[str], found: _Found) -> Iterator[Problem]:
    if any(cell.strip() for cell in line[found.width :]):
        yield Problem(
            number,
            "",
            _(
                "The row has more cells than there are headings. Perhaps a sign that divides the cells stands in a text."
            ),
        )
    for place, cell in enumerate(line):
        if not cell:
            continue
        column = found.columns.get(place)
        heading = column.heading if column else _("column %(number)d") % {"number": place + 1}
        if len(cell) > MAX_CELL:
            yield Problem(number, heading, _("The text is far too long. Make it shorter."))
        elif not (column and column.holds_codes) and looks_like_personal_number(cell):
            yield Problem(number, heading, _("This looks like a CPR number. Delete it: Samspil never stores those."))
        elif column and cell.strip() in _ERRORS_OF_EXCEL:
            yield Problem(number, heading, _("The cell holds an error of Excel’s. Write what should stand there."))
