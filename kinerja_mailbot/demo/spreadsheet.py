"""How simulated staff fill in a form: they look for the sheet, the row and the heading, and type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Entry:
    """Something typed: in which sheet, in the row of which kode (or the n-th row of a list), under which heading."""

    lembar: str
    baris: str | int
    judul: str
    isi: str | float | date


class NotFoundError(LookupError):
    """The person does not find the cell: the form is not as people expect it."""


def fill_in(workbook: bytes, entries: Sequence[Entry]) -> bytes:
    """Return the workbook with the entries typed in.

    Raises:
        NotFoundError: a sheet, heading or row is missing.
    """
    book = load_workbook(BytesIO(workbook))
    for entry in entries:
        if entry.lembar not in book.sheetnames:
            raise NotFoundError(f"no sheet {entry.lembar!r} among {book.sheetnames}")
        _type(book[entry.lembar], entry)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _type(sheet: Worksheet, entry: Entry) -> None:
    if entry.baris == "nihil":
        row, column = _find(sheet, entry.judul)
        sheet.cell(row, column + 1).value = entry.isi
        return
    heading_row, column = _find(sheet, entry.judul)
    row = heading_row + entry.baris if isinstance(entry.baris, int) else _find(sheet, entry.baris, below=heading_row)[0]
    sheet.cell(row, column).value = entry.isi


def _find(sheet: Worksheet, words: str, below: int = 0) -> tuple[int, int]:
    wanted = _plain(words)
    for cells in sheet.iter_rows(min_row=below + 1, max_row=60):
        for cell in cells:
            if cell.value is not None and _plain(str(cell.value)) == wanted:
                return cell.row, cell.column
    raise NotFoundError(f"no cell {words!r} in sheet {sheet.title!r}")


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
