# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import contextlib
import csv
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from samspil.foundation.tables import Column, TableError, read_table, shape, write_csv, write_xlsx
from tests.tables import excel_file, text_file

COLUMNS = (
    Column("Afdelingsnavn", "name", is_required=True),
    Column("Afdelingskode", "code", is_required=True, also=("Afdelingsnummer",)),
    Column("Pnummer", "p_number", holds_codes=True),
)
HEADINGS = "Afdelingsnavn;Afdelingskode;Pnummer"
FORMULAS = ["=1+1", "+45 12", "-2", "@SUM(A1)", "\tx", "\rx", "＝1"]


def cells(content: bytes, filename: str = "fil.csv") -> list[tuple[int, str, str]]:
    return [(row.number, row["name"], row["code"]) for row in read_table(content, filename, COLUMNS).rows]


def refusal(content: bytes, filename: str = "fil.csv") -> str:
    with pytest.raises(TableError) as refused, translation.override("en"):
        read_table(content, filename, COLUMNS)
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_delimiter_and_encoding_that_danish_systems_write_is_read(delimiter, encoding):
    content = text_file(HEADINGS, "Ældre på Øen;2000;", "", "Åben Skole;3000;", encoding=encoding)
    changed = content.decode(encoding).replace(";", delimiter).encode(encoding)

    assert cells(changed) == [(2, "Ældre på Øen", "2000"), (4, "Åben Skole", "3000")]


def test_headings_are_found_whatever_their_case_spaces_and_place():
    content = text_file("sep=;", "Afdelinger pr. 1. november", " AFDELINGS KODE ;x;afdelings-navn", "10;hej;Nord")

    assert cells(content) == [(4, "Nord", "10")]
    assert read_table(content, "a.csv", COLUMNS).unread == ("x",)


def test_rows_are_numbered_as_excel_shows_them_also_after_a_line_break_in_a_cell():
    assert cells(text_file(HEADINGS, '"Nord\nog Syd";1;', "Vest;2;")) == [(2, "Nord og Syd", "1"), (3, "Vest", "2")]


def test_excel_is_read_with_numbers_dates_and_noughts_in_front():
    def with_noughts(sheet):
        sheet["B3"].number_format = "0000"

    content = excel_file(
        [["Afdelingsnavn", "Afdelingskode"], ["Nord", 12], ["Syd", 7], [date(2026, 2, 1), 3.0]], with_noughts
    )

    assert cells(content, "a.xlsx") == [(2, "Nord", "12"), (3, "Syd", "0007"), (4, "2026-02-01", "3")]


def test_a_sheet_further_back_is_found_by_its_headings():
    workbook = load_workbook(io.BytesIO(excel_file([["Vejledning"], ["Læs mig"]])))
    sheet = workbook.create_sheet()
    sheet.append(["Afdelingsnavn", "Afdelingskode"])
    sheet.append(["Nord", "1"])
    out = io.BytesIO()
    workbook.save(out)

    assert cells(out.getvalue(), "a.xlsx") == [(2, "Nord", "1")]


@pytest.mark.parametrize("heading", ["CPR", "Cpr-nr.", "Personnummer", "CPRnummer"])
def test_a_column_of_cpr_numbers_is_refused(heading):
    assert "CPR" in refusal(text_file(f"{HEADINGS};{heading}", "Nord;1;;x"))


def test_a_cell_like_a_cpr_number_is_refused_by_its_row_and_never_repeated():
    content = text_file(f"{HEADINGS};Note", "Nord;1;1003456789;", "Syd;2;;ring 010180-1234")
    with translation.override("en"):
        table = read_table(content, "a.csv", COLUMNS)

    assert [(problem.row, problem.column) for problem in table.problems] == [(3, "column 4")]
    assert "010180" not in str(table.problems)


def test_a_row_with_too_many_cells_and_an_error_of_excels_are_named():
    table = read_table(text_file(HEADINGS, "Nord;1;;;for meget", "#REF!;2;"), "a.csv", COLUMNS)

    assert [problem.row for problem in table.problems] == [2, 3]


@pytest.mark.parametrize(
    ("content", "filename", "said"),
    [
        (b"", "a.csv", "empty"),
        (b"   \r\n", "a.csv", "empty"),
        (b"Navn;Kode\r\nNord;1\r\n", "a.csv", "Afdelingsnavn, Afdelingskode"),
        (
            b"Afdelingsnavn;Kode\r\nNord;1\r\n",
            "a.csv",
            "missing: Afdelingskode. The file also has these, which are not known: Kode.",
        ),
        (b"Navn;Kode;Leders CPR-nr.\r\nNord;1;x\r\n", "a.csv", "CPR"),
        (b"Afdelingsnavn;Afdelingsnavn;Afdelingskode\r\nNord;Syd;1\r\n", "a.csv", "twice"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "a.xls", "old or a locked"),
        (b"PK\x03\x04rubbish", "a.xlsx", "Excel file cannot be read"),
        (b"%PDF-1.7 \x00", "a.pdf", "kind of file"),
        (b"Afdelingsnavn;\x00", "a.csv", "kind of file"),
        (b"Afdelingsnavn;Afdelingskode\r\nN\x81rd;\xe6", "a.csv", "letters"),
        (text_file(HEADINGS, '"Nord;1;' + "x" * 140_000), "a.csv", "quotation mark"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(content, filename, said):
    assert said in refusal(content, filename)


def test_a_huge_file_too_many_rows_and_too_many_columns_are_refused(monkeypatch):
    assert "15 MB" in refusal(b"x" * (shape.MAX_BYTES + 1))
    assert "columns" in refusal(text_file(HEADINGS + "".join(f";k{n}" for n in range(shape.MAX_COLUMNS)), "Nord;1"))
    assert "60.000" in refusal(text_file(HEADINGS, *(f"Nord;{n};" for n in range(shape.MAX_ROWS + 1))))


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"xl/workbook.xml": b"<workbook/>", **parts}.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (packed(**{"xl/worksheets/sheet1.xml": b" " * 3_000_000}), "unpacks to far more"),
        (packed(**{"xl/vbaProject.bin": b"x"}), "macros"),
        (packed(**{"xl/worksheets/sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "cannot be read"),
        (packed(**{"xl/worksheets/sheet1.xml": "<!DOCTYPE a><a/>".encode("utf-16")}), "cannot be read"),
        (packed(), "cannot be read"),
        (b"PK\x03\x04", "cannot be read"),
    ],
)
def test_an_excel_file_made_to_harm_is_refused(content, said):
    assert said in refusal(content, "a.xlsx")


def test_a_sheet_that_claims_a_cell_far_to_the_right_is_read_all_the_same():
    def far_away(sheet):
        sheet["XFD3"] = "x"

    content = excel_file([["Afdelingsnavn", "Afdelingskode"], ["Nord", "1"]], far_away)

    assert cells(content, "a.xlsx") == [(2, "Nord", "1")]


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_is_written_out_holds_no_formula(formula):
    text = write_csv(["Navn", formula], [[formula, 1]]).decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(write_xlsx(["Navn", formula], [[formula, 1]]))).active

    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=";")) == [
        ["Navn", f"'{formula}"],
        [f"'{formula}", "1"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert sheet["A2"].value.startswith("'")


def test_a_written_table_is_quoted_has_a_bom_and_danish_dates():
    at = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    with translation.override("da"):
        content = write_csv(["Navn", "Dag"], [["Æble; og pære", date(2026, 2, 1)], [True, 2.5], [None, at]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        '"Navn";"Dag"',
        '"Æble; og pære";"01-02-2026"',
        '"ja";"2,5"',
        '"";"23-11-2026 12:00"',
    ]


def test_a_written_workbook_keeps_dates_numbers_and_odd_letters():
    at = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    content = write_xlsx(["Navn", "Dag", "Tid"], [["Æ\x07ble", date(2026, 2, 1), at], [None, 3, 0.5]])
    sheet = load_workbook(io.BytesIO(content)).active

    assert sheet["A2"].value == "Æble"
    assert sheet["B2"].value == datetime(2026, 2, 1)  # noqa: DTZ001 - Excel's dates have no time zone
    assert (sheet["C2"].value, sheet["B3"].value) == (datetime(2026, 11, 23, 12, 0), 3)  # noqa: DTZ001
    assert sheet.freeze_panes == "A2"


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=8))
def test_what_is_written_is_read_back_row_by_row(pairs):
    rows = [[f"n{name}", f"k{code}"] for name, code in pairs]
    table = read_table(write_csv(["Afdelingsnavn", "Afdelingskode"], rows), "a.csv", COLUMNS)

    assert [row.number for row in table.rows] == list(range(2, len(rows) + 2))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    for head in (b"", b"PK\x03\x04", b"Afdelingsnavn;Afdelingskode\n"):
        with contextlib.suppress(TableError):
            read_table(head + content, "a.csv", COLUMNS)


def test_a_column_with_the_own_name_goes_before_one_with_another_name_for_it():
    columns = (Column("Udvalg", "body", is_required=True, also=("MED-udvalg",)),)
    table = read_table(text_file("MED-udvalg;Udvalg;Navn", "ja;LokalMED Nord;x"), "a.csv", columns)

    assert [row["body"] for row in table.rows] == ["LokalMED Nord"]
    assert table.unread == ("MED-udvalg", "Navn")
