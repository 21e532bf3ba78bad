# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Excel files, opened only as far as is safe: no bombs, no entities, no macros, no formulas worked out."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from samspil.foundation.tables.shape import HEADING_WITHIN, MAX_COLUMNS, MAX_ROWS, MEGABYTE, TableError

_MAX_PARTS = 500
_MAX_UNPACKED = 150 * MEGABYTE
_MAX_SHARED_TEXT = 40 * MEGABYTE
_MAX_RATIO = 200
_MAX_SHEETS = 20
_OVERLAP = 16
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
)
"""What zipfile and openpyxl raise on files that are damaged or made to harm."""


def sheets_of(content: bytes) -> Iterator[Iterator[list[str]]]:
    """Yield the rows of each visible sheet as text; raises ``TableError`` where the file is not to be trusted."""
    try:
        _refuse(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles that it does not know
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"][:_MAX_SHEETS]
    except _BROKEN as error:
        raise _broken() from error
    try:
        for sheet in sheets:
            sheet.reset_dimensions()
            yield _lines(sheet)
    finally:
        workbook.close()


def _broken() -> TableError:
    return TableError(_("The Excel file cannot be read. Open it in Excel, save it as .xlsx again, and try once more."))


def _refuse(content: bytes) -> None:
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    names = {part.filename.casefold() for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise TableError(_("The file is protected by a password. Save it without, and try again."))
    if "xl/workbook.xml" not in names:
        raise TableError(_("This kind of file cannot be read. Save the table as .xlsx or .csv, and try again."))
    if any(name.rsplit("/", 1)[-1].startswith("vbaproject") for name in names):
        raise TableError(_("The file holds macros. Save it as .xlsx without macros, and try again."))
    swells = any(
        part.file_size > MEGABYTE and part.file_size > _MAX_RATIO * max(part.compress_size, 1) for part in parts
    )
    shared = max((part.file_size for part in parts if "sharedstrings" in part.filename.casefold()), default=0)
    if (
        swells
        or len(parts) > _MAX_PARTS
        or shared > _MAX_SHARED_TEXT
        or sum(part.file_size for part in parts) > _MAX_UNPACKED
    ):
        raise TableError(_("The file unpacks to far more than a table does. Save the table alone as .xlsx."))
    for part in parts:
        if part.filename.casefold().endswith((".xml", ".rels")):
            _refuse_entities(archive, part)


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Excel never declares entities, and never writes UTF-16, where a declaration could hide."""
    before = b""
    with archive.open(part) as file:
        while chunk := file.read(MEGABYTE):
            seen = before + chunk
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or b"\x00" in seen:
                raise _broken()
            before = chunk[-_OVERLAP:]


def _lines(sheet: Any) -> Iterator[list[str]]:
    try:
        top = map(_line, sheet.iter_rows(max_row=HEADING_WITHIN, max_col=MAX_COLUMNS + 1))
        width = max(map(len, top), default=1)
        # One more than the headings, so that a cell beyond them is seen; never all 16,384.
        rows = sheet.iter_rows(max_col=width + 1)
        yield from (_line(row) for row in islice(rows, MAX_ROWS + HEADING_WITHIN))
        # A sheet that was formatted to its very end has a million empty rows; look at some of them only.
        yield from (line for line in map(_line, islice(rows, 1000)) if line)
    except _BROKEN as error:
        raise _broken() from error


def _line(row: Sequence[Any]) -> list[str]:
    """Return the cells as text, without the empty ones at the end."""
    line = [_text(cell) for cell in row]
    while line and not line[-1].strip():
        line.pop()
    return line


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        form = str(cell.number_format or "")
        # A number shown as 0042 is a code with its noughts.
        return str(value).zfill(len(form)) if form and set(form) == {"0"} and value >= 0 else str(value)
    return str(value)
