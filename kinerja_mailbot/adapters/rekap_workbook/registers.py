"""The sheets of what the examiners found: LHP, TL HP, LHE and its recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kinerja_mailbot.adapters.rekap_workbook.look import Content, Kind
from kinerja_mailbot.adapters.rekap_workbook.pages import Pages
from kinerja_mailbot.adapters.rekap_workbook.table import Heading, Span, TableSheet
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
_DUE = (Heading("Jatuh Tempo", Kind.DATE, 14), Heading("Lewat (hari)", Kind.COUNT, 8))
_OWN_DUE = "batas_waktu"  # shown as the due day, which it decides
_STATUS_SPANS = (
    Span("Status", Kind.TEXT, 1, 3),
    Span("Rekomendasi", Kind.COUNT, 4, 4),
    Span("Nilai (Rp)", Kind.RUPIAH, 5, 5),
    Span("Bagian (%)", Kind.PERCENT, 6, 6),
)
_LHE_SPANS = (
    Span("Komponen", Kind.TEXT, 1, 3),
    Span("Bobot", Kind.PERCENT, 4, 4),
    Span("Nilai", Kind.PERCENT, 5, 5),
    Span("Terhadap bobot (%)", Kind.PERCENT, 6, 6),
)
_FEWEST = 6  # columns that the side tables need


def write_lhp(pages: Pages) -> None:
    """Write the register of LHP."""
    status = pages.rekap.list_status("lhp")
    columns = _columns(status)
    sheet = pages.begin("LHP", _headings(columns), "Rekap Laporan Hasil Pemeriksaan (LHP)")
    sheet.table([_row(row, columns) for row in pages.rekap.lhp])
    _say_who_is_missing(sheet, status, "LHP")
    sheet.end()


def write_tl_hp(pages: Pages) -> None:
    """Write the matrix of recommendations, what stands in which status, and what is overdue."""
    rekap, status = pages.rekap, pages.rekap.list_status("tl_hp")
    columns = tuple(column for column in _columns(status) if column.kunci != _OWN_DUE)
    title = "Rekap Tindak Lanjut Hasil Pemeriksaan (TL HP)"
    sheet = pages.begin("TL HP", (*_headings(columns), *_DUE), title)
    sheet.table([(*_row(row, columns), row.batas or "–", row.lewat_hari or "–") for row in rekap.tl_hp])
    _say_who_is_missing(sheet, status, "TL HP")
    total = sum(item.jumlah for item in rekap.tl_hp_ringkas)
    if total:
        rows: list[tuple[Content, ...]] = [
            (STATUS_WORDS.get(item.status, item.status), item.jumlah, item.rupiah, Decimal(item.jumlah * 100) / total)
            for item in rekap.tl_hp_ringkas
        ]
        rupiah = sum((item.rupiah for item in rekap.tl_hp_ringkas), Decimal(0))
        rows.append(("Jumlah", total, rupiah, Decimal(100)))
        sheet.side_table("Ringkasan menurut status", _STATUS_SPANS, rows)
    day = f" per {text.tanggal(rekap.per_tanggal)}" if rekap.per_tanggal else ""
    sheet.footnotes(
        (
            f"Jatuh tempo: batas waktu yang dilaporkan, atau 60 hari kalender sejak LHP diterima; dihitung{day}.",
            "Status merupakan usulan unit; penetapan status merupakan kewenangan pemeriksa.",
        )
    )
    sheet.end()


def write_lhe(pages: Pages) -> None:
    """Write each LHE with its components, then its recommendations."""
    rekap = pages.rekap
    status = rekap.list_status("lhe_rekomendasi")
    columns = _columns(status)
    sheet = pages.begin("LHE", _headings(columns), "Rekap Laporan Hasil Evaluasi (LHE) AKIP")
    for lhe in rekap.lhe:
        _write_components(sheet, lhe)
    _say_who_is_missing(sheet, rekap.list_status("lhe"), "LHE")
    sheet.title("Rekomendasi LHE")
    sheet.table([_row(row, columns) for row in rekap.lhe_rekomendasi])
    _say_who_is_missing(sheet, status, "rekomendasi LHE")
    sheet.end()


def _write_components(sheet: TableSheet, lhe: LheRingkas) -> None:
    parts: list[tuple[Content, ...]] = [
        (name, weight, value if value is not None else "belum diisi", _share(value, weight))
        for name, weight, value in lhe.komponen
    ]
    weights = sum((weight for _, weight, _ in lhe.komponen), Decimal(0))
    parts.append(("Nilai akuntabilitas kinerja (dilaporkan)", weights, lhe.total if lhe.total is not None else "–", ""))
    if lhe.total_hitung is not None and lhe.total_hitung != lhe.total:
        parts.append(("Jumlah komponen (dihitung)", weights, lhe.total_hitung, ""))
    parts.append(("Predikat (dilaporkan)", "", lhe.predikat or "–", ""))
    if lhe.predikat_hitung and lhe.predikat_hitung != lhe.predikat:
        parts.append(("Predikat menurut nilai", "", lhe.predikat_hitung, ""))
    known = (
        f"Nomor {lhe.nomor}" if lhe.nomor else "",
        text.tanggal(lhe.tanggal) if lhe.tanggal else "",
        f"evaluator {lhe.evaluator}" if lhe.evaluator else "",
        f"tahun yang dievaluasi {lhe.tahun}" if lhe.tahun else "",
    )
    sheet.side_table(f"Hasil evaluasi ({lhe.unit}): {', '.join(filter(None, known))}", _LHE_SPANS, parts)


def _say_who_is_missing(sheet: TableSheet, status: ListStatus | None, name: str) -> None:
    if status is None:
        sheet.statement(f"Data {name} tidak diminta pada periode ini.")
        return
    for unit in status.nihil:
        sheet.statement(f"Nihil: tidak ada {name} dari {unit} pada periode ini.")
    for unit in status.belum:
        sheet.statement(f"Belum diterima: data {name} dari {unit}.")


def _columns(status: ListStatus | None) -> tuple[Column, ...]:
    return status.kolom if status else ()


def _headings(columns: Sequence[Column]) -> tuple[Heading, ...]:
    headings = (_UNIT, *(Heading(c.judul, _KINDS[c.jenis], max(c.lebar, 8)) for c in columns))
    return headings if len(headings) >= _FEWEST else (*headings, *(Heading("") for _ in range(_FEWEST - len(headings))))


def _row(row: TableRow, columns: Sequence[Column]) -> tuple[Content, ...]:
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
    return "" if value is None or not weight else value / weight * 100
