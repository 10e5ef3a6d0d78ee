"""The sheets of figures: capaian of each indicator, and the budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja_mailbot.adapters.rekap_workbook.cells import Content, Live, literal
from kinerja_mailbot.adapters.rekap_workbook.formulas import (
    DASH,
    absorption,
    average_where,
    capped_capaian,
    percent,
    predikat,
    raw_capaian,
    rest,
)
from kinerja_mailbot.adapters.rekap_workbook.look import Kind
from kinerja_mailbot.adapters.rekap_workbook.pages import ABOUT_ORIGINS, CAPAIAN, CAPPED, NOT_RECEIVED, Pages
from kinerja_mailbot.adapters.rekap_workbook.table import ORIGIN, Heading, Span, TableSheet
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.rekap import AnggaranRow, CapaianRow, Rekap, StatusCapaian

ANGGARAN = "Anggaran"
STATUS = 14
"""The column of the sheet of capaian that says where an indicator stands."""

_SASARAN_COLUMN = 4
_BUDGET_UNIT, _PAGU, _SPENT = 2, 5, 6
_MOST_LIVE = 2_000_000  # cells that all formulas of one side table may look at: beyond that opening takes minutes
_SASARAN = (
    Span("No", Kind.CENTRED, 1, 1),
    Span("Sasaran", Kind.TEXT, 2, 5),
    Span("Terukur", Kind.COUNT, 6, 6),
    Span("Indikator", Kind.COUNT, 7, 7),
    Span("Rata-rata capaian (%)", Kind.PERCENT, 8, 10),
    Span("Predikat", Kind.CENTRED, 11, 13),
)
_COUNTS = (
    Span("No", Kind.CENTRED, 1, 1),
    Span("Status", Kind.TEXT, 2, 5),
    Span("Indikator", Kind.COUNT, 6, 6),
    Span("Bagian (%)", Kind.PERCENT, 7, 7),
)
_PER_UNIT = (
    Span("No", Kind.CENTRED, 1, 1),
    Span("Unit", Kind.CENTRED, 2, 2),
    Span("Nama unit", Kind.TEXT, 3, 4),
    Span("Pagu (Rp)", Kind.RUPIAH, 5, 5),
    Span("Realisasi (Rp)", Kind.RUPIAH, 6, 6),
    Span("Sisa (Rp)", Kind.RUPIAH, 7, 7),
    Span("Serapan (%)", Kind.PERCENT, 8, 8),
)
_ANGGARAN = (
    Heading("No", Kind.CENTRED, 5),
    Heading("Unit", Kind.CENTRED, 8),
    Heading("Kode RO / Komponen", Kind.TEXT, 17),
    Heading("Uraian", Kind.TEXT, 40),
    Heading("Pagu (Rp)", Kind.RUPIAH, 17),
    Heading("Realisasi (Rp)", Kind.RUPIAH, 17),
    Heading("Sisa (Rp)", Kind.RUPIAH, 17),
    Heading("Serapan (%)", Kind.PERCENT, 11),
    Heading("Kendala", Kind.TEXT, 30),
    ORIGIN,
)


def write_capaian(pages: Pages) -> None:
    """Write every indicator, measured or not, then the averages per sasaran and the counts per status."""
    rekap = pages.rekap
    sheet = pages.begin(CAPAIAN, _capaian_columns(rekap), "Rekap Capaian Kinerja")
    absent = pages.absent
    rows = (_capaian_row(n, row, rekap, row.unit in absent) for n, row in enumerate(rekap.capaian, start=1))
    sheet.table(rows, _mean(rekap))
    if rekap.sasaran:
        sheet.side_table("Rata-rata capaian per sasaran", _SASARAN, list(_sasaran_rows(rekap, sheet)))
    if rekap.capaian:
        sheet.side_table("Jumlah indikator menurut status", _COUNTS, list(_status_rows(rekap, sheet, absent)))
    sheet.footnotes((*rekap.catatan_kaki, ABOUT_ORIGINS))
    sheet.end()


def write_anggaran(pages: Pages) -> None:
    """Write the budget lines and what was reported of them, in all and per unit."""
    rekap, absent = pages.rekap, pages.absent
    sheet = pages.begin(ANGGARAN, _ANGGARAN, "Rekap Realisasi Anggaran")
    reported = [row for row in rekap.anggaran if row.sisa is not None]
    sheet.table(
        (_anggaran_row(number, row, row.unit in absent) for number, row in enumerate(rekap.anggaran, start=1)),
        _budget_total(rekap, reported) if reported else None,
    )
    if not rekap.anggaran:
        sheet.statement("Tidak ada baris anggaran pada periode ini.")
    elif reported:
        sheet.side_table("Realisasi menurut unit", _PER_UNIT, list(_unit_rows(rekap, sheet)))
        sheet.footnotes(
            (
                "Serapan: realisasi / pagu × 100. Sisa: pagu dikurangi realisasi.",
                "Jumlah dan serapan dihitung atas baris yang telah dilaporkan; baris lain tidak dianggap nol.",
                ABOUT_ORIGINS,
            )
        )
    sheet.end()


def _capaian_columns(rekap: Rekap) -> tuple[Heading, ...]:
    top = "untuk rata-rata" if rekap.batas_capaian is None else f"maks. {text.angka(rekap.batas_capaian)}"
    return (
        Heading("No", Kind.CENTRED, 4),
        Heading("Unit", Kind.CENTRED, 7),
        Heading("Kode", Kind.TEXT, 9),
        Heading("Sasaran", Kind.TEXT, 18),
        Heading("Indikator Kinerja", Kind.TEXT, 24),
        Heading("Satuan", Kind.TEXT, 9),
        Heading("Jenis", Kind.TEXT, 11),
        Heading("Target", Kind.MEASURE, 9),
        Heading("Realisasi", Kind.MEASURE, 10),
        Heading("Realisasi Periode Lalu", Kind.MEASURE, 10),
        Heading("Capaian (%)", Kind.PERCENT, 10),
        Heading(f"Capaian {top} (%)", Kind.PERCENT, 10),
        Heading("Predikat", Kind.CENTRED, 11),
        Heading("Status", Kind.CENTRED, 11),
        Heading("Faktor Pendukung", Kind.TEXT, 18),
        Heading("Faktor Penghambat", Kind.TEXT, 18),
        Heading("Rencana Tindak Lanjut", Kind.TEXT, 18),
        Heading("Data Dukung", Kind.TEXT, 15),
        ORIGIN,
    )


def _capaian_row(number: int, row: CapaianRow, rekap: Rekap, absent: bool) -> tuple[Content, ...]:
    empty = NOT_RECEIVED if absent else row.status.value
    return (
        number,
        row.unit,
        row.kode,
        row.sasaran,
        row.indikator,
        row.satuan,
        row.jenis,
        row.target if row.target is not None else DASH,
        row.realisasi if row.realisasi is not None else empty,
        row.lalu if row.lalu is not None else DASH,
        raw_capaian(row, "H", "I"),
        capped_capaian(row, "K", rekap.batas_capaian),
        predikat(row.predikat, "K{r}", rekap.skala),
        empty if row.status is StatusCapaian.BELUM_DIISI else row.status.value,
        row.pendukung,
        row.penghambat,
        row.tindak_lanjut,
        row.bukti,
        str(row.asal),
    )


def _mean(rekap: Rekap) -> tuple[Content, ...] | None:
    if rekap.rata_capaian is None:
        return None
    mean = Live("ROUND(AVERAGE(L{a}:L{z}),2)", rekap.rata_capaian)
    word = predikat(rekap.predikat, "L{r}", rekap.skala)
    return (*_blank(4), "Rata-rata capaian", *_blank(6), mean, word, *_blank(6))


def _sasaran_rows(rekap: Rekap, sheet: TableSheet) -> Iterator[tuple[Content, ...]]:
    keys, values = sheet.range(_SASARAN_COLUMN), sheet.range(CAPPED)
    live = len(rekap.sasaran) * len(rekap.capaian) <= _MOST_LIVE
    for number, goal in enumerate(rekap.sasaran, start=1):
        mean = goal.rata_capaian
        if not live:
            shown: Content = DASH if mean is None else mean
            yield number, goal.sasaran, goal.terukur, goal.indikator, shown, goal.predikat or DASH
            continue
        yield (
            number,
            goal.sasaran,
            Live(f"SUMPRODUCT(({keys}=B{{r}})*ISNUMBER({values}))", goal.terukur),
            Live(f"SUMPRODUCT(({keys}=B{{r}})*1)", goal.indikator),
            average_where(keys, "B{r}", goal.sasaran, values, mean),
            predikat(goal.predikat, "H{r}", rekap.skala),
        )


def _status_rows(rekap: Rekap, sheet: TableSheet, absent: frozenset[str]) -> Iterator[tuple[Content, ...]]:
    column = sheet.range(STATUS)
    words = [_status_word(row, absent) for row in rekap.capaian]
    kinds = (*(status.value for status in StatusCapaian), NOT_RECEIVED)
    first, total = sheet.next_side_row, len(words)
    for number, word in enumerate(kinds, start=1):
        count = words.count(word)
        part = Live(f"ROUND(F{{r}}/F{first + len(kinds)}*100,2)", percent(count, total))
        yield number, word, Live(f"COUNTIF({column},{literal(word)})", count), part
    yield None, "Jumlah", Live(f"SUM(F{first}:F{first + len(kinds) - 1})", total), Decimal(100)


def _status_word(row: CapaianRow, absent: frozenset[str]) -> str:
    return NOT_RECEIVED if row.status is StatusCapaian.BELUM_DIISI and row.unit in absent else row.status.value


def _anggaran_row(number: int, row: AnggaranRow, absent: bool) -> tuple[Content, ...]:
    spent: Content = row.realisasi
    if spent is None:
        spent = NOT_RECEIVED if absent else StatusCapaian.BELUM_DIISI.value
    pagu = row.pagu if row.pagu is not None else DASH
    return (number, row.unit, row.kode, row.uraian, pagu, spent, rest(row), absorption(row), row.kendala, str(row.asal))


def _budget_total(rekap: Rekap, reported: list[AnggaranRow]) -> tuple[Content, ...]:
    pagu, spent = _sums(reported)
    both = "ISNUMBER(E{a}:E{z})*ISNUMBER(F{a}:F{z})"
    share = DASH if rekap.serapan is None else Live("ROUND(F{r}/E{r}*100,2)", rekap.serapan)
    return (
        *_blank(3),
        "Jumlah baris yang telah dilaporkan",
        Live(f"SUMPRODUCT({both},E{{a}}:E{{z}})", pagu),
        Live(f"SUMPRODUCT({both},F{{a}}:F{{z}})", spent),
        Live("E{r}-F{r}", pagu - spent),
        share,
        *_blank(2),
    )


def _unit_rows(rekap: Rekap, sheet: TableSheet) -> Iterator[tuple[Content, ...]]:
    units, pagus, spents = sheet.range(_BUDGET_UNIT), sheet.range(_PAGU), sheet.range(_SPENT)
    groups: dict[str, list[AnggaranRow]] = {}
    for row in rekap.anggaran:
        groups.setdefault(row.unit, []).append(row)
    live = len(groups) * len(rekap.anggaran) <= _MOST_LIVE
    names = {unit.kode: unit.nama for unit in rekap.unit}
    for number, (unit, rows) in enumerate(groups.items(), start=1):
        reported = [row for row in rows if row.sisa is not None]
        if not reported:  # nothing reported is not zero rupiah
            yield number, unit, names.get(unit, unit), *(DASH,) * 4
            continue
        pagu, spent = _sums(reported)
        mine = f"({units}=B{{r}})*ISNUMBER({pagus})*ISNUMBER({spents})"
        yield (
            number,
            unit,
            names.get(unit, unit),
            Live(f"SUMPRODUCT({mine},{pagus})", pagu) if live else pagu,
            Live(f"SUMPRODUCT({mine},{spents})", spent) if live else spent,
            Live("E{r}-F{r}", pagu - spent),
            Live("ROUND(F{r}/E{r}*100,2)", percent(spent, pagu)) if pagu else DASH,
        )


def _sums(rows: list[AnggaranRow]) -> tuple[Decimal, Decimal]:
    pagu = sum((row.pagu for row in rows if row.pagu is not None), Decimal(0))
    return pagu, sum((row.realisasi for row in rows if row.realisasi is not None), Decimal(0))


def _blank(count: int) -> tuple[None, ...]:
    return (None,) * count
