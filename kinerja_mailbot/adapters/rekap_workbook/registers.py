"""The registers of reports: LHP, and LHE with its recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kinerja_mailbot.adapters.rekap_workbook.cells import Content, Live
from kinerja_mailbot.adapters.rekap_workbook.formulas import DASH, percent
from kinerja_mailbot.adapters.rekap_workbook.look import Kind
from kinerja_mailbot.adapters.rekap_workbook.pages import Pages
from kinerja_mailbot.adapters.rekap_workbook.table import ORIGIN, Heading, Span, TableSheet
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.definition import Column, ColumnType
from kinerja_mailbot.domain.kinerja.rekap import LheRingkas, ListStatus, TableRow

STATUS_WORDS = {
    "SESUAI": "telah sesuai",
    "BELUM_SESUAI": "belum sesuai",
    "BELUM_TL": "belum ditindaklanjuti",
    "TIDAK_DAPAT": "tidak dapat ditindaklanjuti",
}
_KINDS = {
    ColumnType.TEKS: Kind.TEXT,
    ColumnType.PERSEN: Kind.PERCENT,
    ColumnType.JUMLAH: Kind.COUNT,
    ColumnType.NILAI: Kind.PERCENT,
    ColumnType.RUPIAH: Kind.RUPIAH,
    ColumnType.TANGGAL: Kind.DATE,
    ColumnType.TAHUN: Kind.CENTRED,
    ColumnType.PILIHAN: Kind.CENTRED,
    ColumnType.PREDIKAT: Kind.CENTRED,
    ColumnType.YA_TIDAK: Kind.CENTRED,
    ColumnType.UKURAN: Kind.MEASURE,
}
_UNIT = Heading("Unit", Kind.CENTRED, 8)
_LHE_SPANS = (
    Span("Komponen", Kind.TEXT, 1, 3),
    Span("Bobot", Kind.PERCENT, 4, 4),
    Span("Nilai", Kind.PERCENT, 5, 5),
    Span("Terhadap bobot (%)", Kind.PERCENT, 6, 6),
)
_FEWEST = 10  # columns that the side tables need


def write_lhp(pages: Pages) -> None:
    """Write the register of LHP."""
    status = pages.rekap.list_status("lhp")
    columns = columns_of(status)
    sheet = pages.begin("LHP", (*headings_of(columns), ORIGIN), "Rekap Laporan Hasil Pemeriksaan (LHP)")
    sheet.table([(*row_of(row, columns), str(row.asal)) for row in pages.rekap.lhp])
    say_who_is_missing(sheet, status, "LHP")
    sheet.end()


def write_lhe(pages: Pages) -> None:
    """Write each LHE with its components, then its recommendations."""
    rekap = pages.rekap
    status = rekap.list_status("lhe_rekomendasi")
    columns = columns_of(status)
    sheet = pages.begin("LHE", (*headings_of(columns), ORIGIN), "Rekap Laporan Hasil Evaluasi (LHE) AKIP")
    for lhe in rekap.lhe:
        _write_components(sheet, lhe)
    say_who_is_missing(sheet, rekap.list_status("lhe"), "LHE")
    sheet.title("Rekomendasi LHE")
    sheet.table([(*row_of(row, columns), str(row.asal)) for row in rekap.lhe_rekomendasi])
    say_who_is_missing(sheet, status, "rekomendasi LHE")
    sheet.end()


def _write_components(sheet: TableSheet, lhe: LheRingkas) -> None:
    first, count = sheet.next_side_row, len(lhe.komponen)
    parts: list[tuple[Content, ...]] = [
        (name, weight, value if value is not None else "belum diisi", _share(value, weight))
        for name, weight, value in lhe.komponen
    ]
    weights = sum((weight for _, weight, _ in lhe.komponen), Decimal(0))
    whole = Live(f"SUM(D{first}:D{first + count - 1})", weights) if count else weights
    parts.append(("Nilai akuntabilitas kinerja (dilaporkan)", whole, DASH if lhe.total is None else lhe.total, ""))
    if lhe.total_hitung is not None:
        total = Live(f"SUM(E{first}:E{first + count - 1})", lhe.total_hitung)
        parts.append(("Jumlah komponen (dihitung)", whole, total, _share_live(lhe.total_hitung, weights)))
    parts.append(("Predikat (dilaporkan)", "", lhe.predikat or DASH, ""))
    if lhe.predikat_hitung and lhe.predikat_hitung != lhe.predikat:
        parts.append(("Predikat menurut nilai", "", lhe.predikat_hitung, ""))
    known = (
        f"Nomor {lhe.nomor}" if lhe.nomor else "",
        text.tanggal(lhe.tanggal) if lhe.tanggal else "",
        f"evaluator {lhe.evaluator}" if lhe.evaluator else "",
        f"tahun yang dievaluasi {lhe.tahun}" if lhe.tahun else "",
        *str(lhe.asal).splitlines(),
    )
    sheet.side_table(f"Hasil evaluasi ({lhe.unit}): {', '.join(filter(None, known))}", _LHE_SPANS, parts)


def say_who_is_missing(sheet: TableSheet, status: ListStatus | None, name: str) -> None:
    """Write who has declared the list empty, and who has not sent it yet."""
    if status is None:
        sheet.statement(f"Data {name} tidak diminta pada periode ini.")
        return
    for unit in status.nihil:
        sheet.statement(f"Nihil: tidak ada {name} dari {unit} pada periode ini.")
    for unit in status.belum:
        sheet.statement(f"Belum diterima: data {name} dari {unit}.")


def columns_of(status: ListStatus | None) -> tuple[Column, ...]:
    """Return the list's columns as its form has them."""
    return status.kolom if status else ()


def headings_of(columns: Sequence[Column]) -> tuple[Heading, ...]:
    """Return the headings of the list, at least as many as the side tables need."""
    headings = (_UNIT, *(Heading(c.judul, _KINDS[c.jenis], max(c.lebar, 8)) for c in columns))
    return headings if len(headings) >= _FEWEST else (*headings, *(Heading("") for _ in range(_FEWEST - len(headings))))


def row_of(row: TableRow, columns: Sequence[Column]) -> tuple[Content, ...]:
    """Return the row as it was reported."""
    values = (row.unit, *(_shown(row, column) for column in columns))
    return (*values, *(None for _ in range(_FEWEST - len(values))))


def _shown(row: TableRow, column: Column) -> Content:
    value = row.get(column.kunci)
    if column.jenis is ColumnType.PILIHAN and isinstance(value, str):
        return STATUS_WORDS.get(value, value)
    if column.jenis is ColumnType.TAHUN and isinstance(value, Decimal):
        return int(value)
    return value


def _share(value: Decimal | None, weight: Decimal) -> Content:
    return "" if value is None or not weight else _share_live(value, weight)


def _share_live(value: Decimal, weight: Decimal) -> Content:
    return Live("ROUND(E{r}/D{r}*100,2)", percent(value, weight)) if weight else ""
