# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Tables as a municipality's systems write them, for the tests of imports."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from samspil.foundation.tables import Column, Table, read_table


def text_file(*lines: str, encoding: str = "utf-8") -> bytes:
    """Return the lines as Windows writes them."""
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def excel_file(rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None) -> bytes:
    """Return the rows as the first sheet of an Excel file; ``change`` may do something to the sheet."""
    workbook = Workbook()
    sheet: Any = workbook.active
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def table_of(columns: Sequence[Column], *lines: str) -> Table:
    """Read the lines as an import does."""
    return read_table(text_file(*lines), "fil.csv", columns)


def choose(client: Client, name: str, content: bytes, filename: str = "fil.csv") -> Any:
    """Choose a file on an import page."""
    return client.post(reverse(name), {"file": SimpleUploadedFile(filename, content)})


def confirm(client: Client, name: str, looked: Any) -> Any:
    """Say yes to the plan that a page shows."""
    context = looked.context
    return client.post(reverse(name), {"waiting": str(context["token"]), "fingerprint": context["plan"].fingerprint})
