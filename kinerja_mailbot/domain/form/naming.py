"""How messages speak of a cell and its figure: by kode and column, never by the text of a finding."""

from __future__ import annotations

from decimal import Decimal

from kinerja_mailbot.domain import text as office
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Sheet, type_of_satuan
from kinerja_mailbot.domain.form.readers.typed import plain
from kinerja_mailbot.domain.form.record import NIHIL, WHOLE_SHEET

_NAMES = ("indikator", "uraian")  # keys under which a printed row says what it is about
_LONGEST_KEY = 60


def label_of(sheet: Sheet, baris: str, kolom: str) -> str:
    """Return "IK-01 Persentase partisipasi pemilih · Realisasi"; open rows by their key (DOMAIN 2.6)."""
    if baris == WHOLE_SHEET:
        return f"{sheet.judul} · {sheet.nihil or NIHIL}"
    column = sheet.column(kolom)
    title = column.judul if column is not None else kolom
    return cell_name(row_name(sheet, baris), title)


def cell_name(row: str, title: str) -> str:
    """Return the name of a cell, of the names of its row (`row_name`) and of its column."""
    return f"{row} · {title}"


def row_name(sheet: Sheet, baris: str) -> str:
    """Return "IK-01 Persentase partisipasi pemilih"; an open row's key."""
    printed = sheet.row(baris)
    if printed is None:
        return " / ".join(part[:_LONGEST_KEY] for part in baris.split("|") if part)
    name = next((str(value) for key in _NAMES if (value := printed.get(key)) is not None), "")
    return f"{baris} {name}".strip()


def title_of(sheet: Sheet, kolom: str) -> str:
    """Return the printed title of a column."""
    column = sheet.column(kolom)
    return column.judul if column is not None else kolom.replace("_", " ")


def amount(sheet: Sheet, kolom: str, value: Decimal) -> str:
    """Return a figure of this column as it is read: rupiah with their sign, everything else plain."""
    column = sheet.column(kolom)
    return office.rupiah(value) if column is not None and column.jenis is ColumnType.RUPIAH else plain(value)


def what_to_fill(sheet: Sheet, baris: str, column: Column) -> str:
    """Return what belongs into an empty cell, with an example in the row's own satuan."""
    alternative = ""
    if column.boleh_tidak_diukur:
        alternative = ', atau tulis "Tidak diukur pada periode ini" beserta alasannya'
    elif column.boleh_nihil:
        alternative = ', atau tulis "Nihil" apabila tidak ada'
    return f"{_what(_kind(sheet, baris, column))}{alternative}"


def example_for(sheet: Sheet, baris: str, column: Column) -> str:
    """Return an answer as it would be written for this cell."""
    match _kind(sheet, baris, column):
        case ColumnType.PERSEN:
            return "85,5"
        case ColumnType.JUMLAH | ColumnType.UKURAN:
            return "12"
        case ColumnType.NILAI:
            return "69,05"
        case ColumnType.RUPIAH:
            return "12500000"
        case ColumnType.TANGGAL:
            return "5 Januari 2026"
        case ColumnType.TAHUN:
            return "2026"
        case ColumnType.TEKS:
            return "keterangannya"
        case ColumnType.PILIHAN | ColumnType.PREDIKAT:
            return column.pilihan[0].shown if column.pilihan else "BB"
        case ColumnType.YA_TIDAK:
            return "Ya"


def _kind(sheet: Sheet, baris: str, column: Column) -> ColumnType:
    printed = sheet.row(baris)
    if column.jenis is not ColumnType.UKURAN or printed is None:
        return column.jenis
    return type_of_satuan(str(printed.get("satuan") or ""))


def _what(kind: ColumnType) -> str:
    match kind:
        case ColumnType.TEKS:
            return "keterangannya"
        case ColumnType.PERSEN:
            return "angka persen, misalnya 85,5"
        case ColumnType.JUMLAH:
            return "jumlahnya, misalnya 12"
        case ColumnType.NILAI:
            return "nilainya, misalnya 69,05"
        case ColumnType.RUPIAH:
            return "rupiah penuh, misalnya 12500000"
        case ColumnType.TANGGAL:
            return 'tanggalnya, misalnya "5 Januari 2026"'
        case ColumnType.TAHUN:
            return "tahunnya, misalnya 2026"
        case ColumnType.PILIHAN | ColumnType.PREDIKAT:
            return "dengan salah satu pilihan yang tersedia"
        case ColumnType.YA_TIDAK:
            return '"Ya" atau "Tidak"'
        case ColumnType.UKURAN:
            return "sesuai satuannya"
