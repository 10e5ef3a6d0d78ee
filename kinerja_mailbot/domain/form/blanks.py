"""The input cells of a sheet before anything is typed: where they stand, how they are read, what an empty one is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Row, Sheet, type_of_satuan
from kinerja_mailbot.domain.form.labels import address
from kinerja_mailbot.domain.form.locate import FoundSheet
from kinerja_mailbot.domain.form.measure import target_of
from kinerja_mailbot.domain.form.naming import cell_name, row_name
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.typed import clean, typed_text
from kinerja_mailbot.domain.form.value import CellOutcome, Value
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.same import Same


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """One row of a sheet as received: its key in storage, the printed row, its line in the file (None: not there)."""

    baris: str
    printed: Row | None
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One input cell: its column's key, its column's number in the file (None: not there), and how it is read."""

    kunci: str
    number: int | None
    is_text: bool
    context: CellContext  # without the value above it
    cell: CheckedCell  # what it is while it is empty


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """What a file says of a sheet's input cells apart from their contents; many files share one."""

    tab: str
    columns: tuple[tuple[int | None, str], ...]  # number and header of each input column
    lines: tuple[int | None, ...]  # of the rows


def blanks_of(
    sheet: Sheet, found: FoundSheet | None, rows: tuple[JudgedRow, ...], periode: Periode | None
) -> tuple[tuple[Blank, ...], ...]:
    """Return the input cells of each row, in the order of the columns.

    Those of printed rows depend on nothing that was typed into them: they are made once for each sheet and layout.
    """
    inputs = tuple(column for column in sheet.kolom if column.isian)
    columns = tuple((found.column(c.kunci), found.header(c.kunci)) if found else (None, "") for c in inputs)
    layout = _Layout(
        tab=found.grid.raw.name if found else sheet.judul, columns=columns, lines=tuple(row.line for row in rows)
    )
    if not sheet.is_open:
        return _printed(Same(sheet), layout, periode)
    return tuple(_row(sheet, row, satuan_of(sheet, found, row), layout, periode) for row in rows)


@lru_cache(maxsize=32)
def _printed(same: Same[Sheet], layout: _Layout, periode: Periode | None) -> tuple[tuple[Blank, ...], ...]:
    sheet = same.value
    rows = (JudgedRow(baris=r.kode, printed=r, line=at) for r, at in zip(sheet.baris, layout.lines, strict=True))
    return tuple(_row(sheet, row, satuan_of(sheet, None, row), layout, periode) for row in rows)


def _row(sheet: Sheet, row: JudgedRow, satuan: str, layout: _Layout, periode: Periode | None) -> tuple[Blank, ...]:
    inputs = (column for column in sheet.kolom if column.isian)
    target = target_of(row.printed) if row.printed else None
    name = row_name(sheet, row.baris)
    return tuple(
        Blank(
            kunci=column.kunci,
            number=number,
            is_text=column.jenis is ColumnType.TEKS,
            context=context_of(column, target, satuan, periode, header),
            cell=empty_cell(sheet.id, layout.tab, row, column.kunci, number, cell_name(name, column.judul)),
        )
        for column, (number, header) in zip(inputs, layout.columns, strict=True)
    )


def empty_cell(  # noqa: PLR0913, PLR0917 - where it stands, in the form and in the file
    lembar: str, tab: str, row: JudgedRow, kolom: str, number: int | None, label: str
) -> CheckedCell:
    """Return a cell without an entry, under the address that it has in the file if it has one."""
    return CheckedCell(
        lembar=lembar,
        lembar_terlihat=tab,
        sel="" if row.line is None or number is None else address(row.line, number),
        baris=row.baris,
        kolom=kolom,
        label=label,
        tertulis="",
        nilai=None,
        hasil=CellOutcome.ACCEPTED,
    )


def context_of(
    column: Column, target: Value | None, satuan: str, periode: Periode | None, header: str = ""
) -> CellContext:
    """Return what a reader may know about a cell of this column and of a row with this target and satuan.

    `header` is the file's own.
    """
    of_row = column.jenis is ColumnType.UKURAN
    return CellContext(
        jenis=type_of_satuan(satuan) if of_row else column.jenis,
        judul=header or column.judul,
        satuan=satuan if of_row else "",
        target=target,
        pilihan=column.pilihan,
        boleh_tidak_diukur=column.boleh_tidak_diukur,
        boleh_nihil=column.boleh_nihil,
        rentang=column.kunci.startswith("target"),
        awal=periode.first_day if periode else None,
        akhir=periode.last_day if periode else None,
    )


def satuan_of(sheet: Sheet, found: FoundSheet | None, row: JudgedRow) -> str:
    """Return the satuan of a row: as we printed it, else as it was typed."""
    if row.printed is not None:
        return str(row.printed.get("satuan") or "")
    if found is None or row.line is None:
        return ""
    return clean(typed_text(found.cell(sheet, row.line, "satuan")))
