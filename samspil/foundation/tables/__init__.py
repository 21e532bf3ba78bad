# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Tables in and out: CSV and Excel as municipalities write them, and as they can open them."""

from samspil.foundation.tables.reading import read_table
from samspil.foundation.tables.shape import Column, Problem, Row, Table, TableError
from samspil.foundation.tables.writing import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx

__all__ = [
    "CSV_TYPE",
    "XLSX_TYPE",
    "Column",
    "Problem",
    "Row",
    "Table",
    "TableError",
    "read_table",
    "write_csv",
    "write_xlsx",
]
