from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.filekind import sniff
from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.domain.form.value import CellError, RawCell, RawValue, Uncalculated
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, RawSheet, RawWorkbook, Unreadable

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedSheetReader]:
    with SandboxedSheetReader() as reader:
        yield reader


def saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def new_sheet(title: str = "Isian") -> tuple[Workbook, Worksheet]:
    workbook = Workbook()
    sheet = workbook.create_sheet(title, 0)
    workbook.remove(workbook.worksheets[1])
    return workbook, sheet


def read(reader: SandboxedSheetReader, content: bytes) -> RawWorkbook:
    result = reader.read(content)
    assert isinstance(result, RawWorkbook), result
    return result


def at(sheet: RawSheet, row: int, column: int) -> RawCell:
    return sheet.rows[row - sheet.first_row][column - sheet.first_column]


CELLS: dict[str, tuple[RawValue, str, RawCell]] = {
    "whole number": (85, "General", RawCell(85, "General")),
    "fraction": (85.5, "General", RawCell(85.5, "General")),
    "percent cell": (0.85, "0%", RawCell(0.85, "0%")),
    "percent cell with decimals": (0.855, "0.0%", RawCell(0.855, "0.0%")),
    "percent sign as a literal": (85.5, '0.00"%"', RawCell(85.5, '0.00"%"')),
    "text": ("85 persen", "General", RawCell("85 persen")),
    "date": (date(2026, 1, 5), "dd mmmm yyyy", RawCell(date(2026, 1, 5))),
    "date with Indonesian months": (date(2026, 1, 5), "[$-421]d mmmm yyyy", RawCell(date(2026, 1, 5))),
    "moment": (datetime(2026, 1, 5, 9, 5), "dd/mm/yyyy hh:mm", RawCell(datetime(2026, 1, 5, 9, 5))),  # noqa: DTZ001
    "time": (time(9, 5), "hh:mm", RawCell(time(9, 5))),
    "truth": (True, "General", RawCell(True)),
}


@pytest.mark.parametrize(("value", "number_format", "expected"), CELLS.values(), ids=CELLS)
def test_a_cell_arrives_as_it_was_typed(
    reader: SandboxedSheetReader, value: RawValue, number_format: str, expected: RawCell
) -> None:
    workbook, sheet = new_sheet()
    cell = sheet["C4"]
    cell.value = value
    cell.number_format = number_format

    result = read(reader, saved(workbook))

    assert result.sheets == (RawSheet(name="Isian", rows=((expected,),), first_row=3, first_column=2),)


def test_a_formula_without_result_is_unreadable_not_empty(reader: SandboxedSheetReader) -> None:
    workbook, sheet = new_sheet()
    sheet["A1"].value = 2
    sheet["D9"].value = "=A1*2"

    result = read(reader, saved(workbook))

    assert at(result.sheets[0], 8, 3) == RawCell(Uncalculated("=A1*2"))


def test_an_error_is_named(reader: SandboxedSheetReader) -> None:
    workbook, sheet = new_sheet()
    sheet["B2"].value = "#REF!"
    sheet["B2"].data_type = "e"

    result = read(reader, saved(workbook))

    assert at(result.sheets[0], 1, 1) == RawCell(CellError("#REF!"))


def test_merged_cells_and_hidden_sheets_are_told(reader: SandboxedSheetReader) -> None:
    workbook, sheet = new_sheet()
    sheet["A1"].value = "Sasaran"
    sheet.merge_cells("A1:A3")
    hidden = workbook.create_sheet("Lama")
    hidden.sheet_state = "hidden"
    hidden["A1"].value = 1
    meta = workbook.create_sheet("_meta")
    meta.sheet_state = "veryHidden"
    meta["A1"].value = "format"

    result = read(reader, saved(workbook))

    assert [(s.name, s.hidden, s.merged) for s in result.sheets] == [
        ("Isian", False, ((0, 0, 2, 0),)),
        ("Lama", True, ()),
        ("_meta", True, ()),
    ]
    assert result.remarks == ('Lembar "Lama" tersembunyi tetapi berisi data; isinya tetap dibaca.',)


def test_hidden_rows_are_read_and_mentioned(reader: SandboxedSheetReader) -> None:
    workbook, sheet = new_sheet()
    sheet["A1"].value, sheet["A2"].value = 1, 2
    sheet.row_dimensions[2].hidden = True

    result = read(reader, saved(workbook))

    assert at(result.sheets[0], 1, 0) == RawCell(2, "General")
    assert result.remarks == ('Lembar "Isian" memuat baris tersembunyi yang berisi data; baris itu tetap dibaca.',)


def test_a_long_sheet_is_cut_and_says_so(reader: SandboxedSheetReader) -> None:
    workbook, sheet = new_sheet()
    for row in range(1, 5_011):
        sheet.cell(row, 1).value = row

    result = read(reader, saved(workbook))

    assert len(result.sheets[0].rows) == 5_000
    assert result.remarks == ('Lembar "Isian" sangat besar; yang dibaca hanya 5.000 baris dan 100 kolom pertama.',)


UNREADABLE = {
    "nothing": (b"", Unreadable(FileKind.EMPTY, Obstacle.EMPTY)),
    "pdf": (b"%PDF-1.7", Unreadable(FileKind.PDF, Obstacle.NOT_A_WORKBOOK)),
    "html named xls": (b"<html><table></table>", Unreadable(FileKind.HTML, Obstacle.NOT_A_WORKBOOK)),
}


@pytest.mark.parametrize(("content", "expected"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_workbook_is_not_even_tried(
    reader: SandboxedSheetReader, content: bytes, expected: Unreadable
) -> None:
    assert reader.read(content) == expected


@pytest.mark.parametrize("name", ["terkunci.xls", "terkunci.ods"])
def test_a_password_is_told_from_damage(reader: SandboxedSheetReader, name: str) -> None:
    content = (Path(__file__).parent / "workbooks" / name).read_bytes()  # written by LibreOffice 7.4

    assert reader.read(content) == Unreadable(sniff(content), Obstacle.ENCRYPTED)


def test_the_reader_works_again_after_it_was_closed() -> None:
    workbook, sheet = new_sheet()
    sheet["A1"].value = "ada"
    reader = SandboxedSheetReader()
    reader.read(saved(workbook))
    reader.close()

    result = read(reader, saved(workbook))
    reader.close()

    assert at(result.sheets[0], 0, 0) == RawCell("ada")


@needs_libreoffice
@pytest.mark.parametrize("ending", ["ods", "xls", "xlsx"])
def test_what_libreoffice_saves_is_read(reader: SandboxedSheetReader, tmp_path: Path, ending: str) -> None:
    workbook, sheet = new_sheet()
    sheet["A1"].value, sheet["B1"].value, sheet["C1"].value = 85.5, 0.85, date(2026, 1, 5)
    sheet["B1"].number_format = "0%"
    sheet["D1"].value, sheet["E1"].value = "=A1*2", "=1/0"
    (tmp_path / "a.xlsx").write_bytes(saved(workbook))
    convert(tmp_path / "a.xlsx", ending, tmp_path / "out")

    result = read(reader, (tmp_path / "out" / f"a.{ending}").read_bytes())

    row = result.sheets[0].rows[0]
    assert [cell.value for cell in row[:4]] == [85.5, 0.85, date(2026, 1, 5), 171]
    if ending != "xls":  # calamine gives neither formats nor errors of the old format
        assert row[1].number_format in {"0%", "0.00%"}
        assert row[4].value == CellError("#DIV/0!")


def convert(source: Path, ending: str, folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder.parent / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
