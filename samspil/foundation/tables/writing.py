# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Tables out: a file that Excel in Danish opens rightly, and that holds no formula whatever somebody wrote."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767
_WIDEST = 60


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return the table with ``;``, every cell in quotes, in UTF-8 with BOM; dates as 23-11-2026."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_inert(heading) for heading in headings])
    writer.writerows([_word(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def write_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return the table as an Excel file: headings that stay in sight and can be filtered, dates as dates."""
    workbook = Workbook(write_only=True)
    sheet: Any = workbook.create_sheet()
    made = [[_for_excel(value) for value in row] for row in rows]
    for place, heading in enumerate(headings):
        longest = max((len(str(row[place])) for row in made[:200] if place < len(row)), default=0)
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(longest, len(heading)) + 4, _WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(headings), 1))}{len(made) + 1}"
    bold = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, value=_for_excel(heading))
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in made:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _inert(text: str) -> str:
    """Return text that no spreadsheet works out: an apostrophe stands before what would begin a formula."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return (_("Yes") if value else _("No")).lower()
    if isinstance(value, datetime):
        return _naive(value).strftime("%d-%m-%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, int):
        return str(value)
    return _inert(str(value))


def _for_excel(value: Any) -> Any:
    if isinstance(value, datetime):
        return _naive(value)
    if value is None or isinstance(value, date) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return _word(value)[:_LONGEST_CELL]


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, date):
        return value
    cell: Any = WriteOnlyCell(sheet)
    cell.value = value
    cell.number_format = "dd-mm-yyyy hh:mm" if isinstance(value, datetime) else "dd-mm-yyyy"
    return cell


def _naive(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(tzinfo=None) if timezone.is_aware(moment) else moment
