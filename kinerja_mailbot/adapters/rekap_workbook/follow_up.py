"""The sheet of TL HP: each recommendation with its age, and what stands in which status, in all and per LHP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter

from kinerja_mailbot.adapters.rekap_workbook.cells import Content, Live, literal
from kinerja_mailbot.adapters.rekap_workbook.formulas import DASH, percent, share
from kinerja_mailbot.adapters.rekap_workbook.look import Kind
from kinerja_mailbot.adapters.rekap_workbook.pages import Pages
from kinerja_mailbot.adapters.rekap_workbook.registers import (
    STATUS_WORDS,
    columns_of,
    headings_of,
    row_of,
    say_who_is_missing,
)
from kinerja_mailbot.adapters.rekap_workbook.table import ORIGIN, Heading, Span, TableSheet
from kinerja_mailbot.domain.form.definition import Column
from kinerja_mailbot.domain.kinerja.rekap import Rekap, TableRow

_OWN_DUE = "batas_waktu"  # shown as the due day, which it decides
_TERM_DAYS = 60  # Peraturan BPK 2/2017
_NARROWER, _NARROWEST = 0.68, 7.0  # part of a column's width on the form, characters
_UNKNOWN = "tidak diketahui"
_SETTLED = ("SESUAI", "TIDAK_DAPAT")
_AGES = (
    Heading("LHP Diterima", Kind.DATE, 13),
    Heading("Umur (hari)", Kind.COUNT, 9),
    Heading("Jatuh Tempo", Kind.DATE, 13),
    Heading("Lewat (hari)", Kind.COUNT, 9),
)
_BUCKETS = (("sampai dengan 30 hari", 0, 30), ("31 s.d. 60 hari", 31, 60), ("lebih dari 60 hari", 61, None))
_STATUS = (
    Span("Status", Kind.TEXT, 1, 3),
    Span("Rekomendasi", Kind.COUNT, 4, 4),
    Span("Nilai (Rp)", Kind.RUPIAH, 5, 5),
    Span("Bagian (%)", Kind.PERCENT, 6, 6),
)
_AGEING = (
    Span("Umur sejak LHP diterima (belum selesai)", Kind.TEXT, 1, 3),
    Span("Rekomendasi", Kind.COUNT, 4, 4),
    Span("Nilai (Rp)", Kind.RUPIAH, 5, 5),
)
_PER_LHP = (
    Span("LHP", Kind.TEXT, 1, 3),
    Span("Telah sesuai", Kind.COUNT, 4, 4),
    Span("Belum sesuai", Kind.COUNT, 5, 5),
    Span("Belum ditindaklanjuti", Kind.COUNT, 6, 6),
    Span("Tidak dapat", Kind.COUNT, 7, 7),
    Span("Jumlah", Kind.COUNT, 8, 8),
    Span("Selesai (%)", Kind.PERCENT, 9, 9),
    Span("Nilai (Rp)", Kind.RUPIAH, 10, 10),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Where the columns stand that formulas need; a form of the office's own may lack them."""

    status: int | None
    nilai: int | None
    diterima: int
    per: str  # the address of the day against which recommendations age

    def letter(self, after: int = 0) -> str:
        """Return the letter of the column so many after "LHP Diterima"."""
        return get_column_letter(self.diterima + after)


def write_tl_hp(pages: Pages) -> None:
    """Write the matrix of recommendations, then what stands in which status, how old it is, and each LHP."""
    rekap, status = pages.rekap, pages.rekap.list_status("tl_hp")
    columns = tuple(column for column in columns_of(status) if column.kunci != _OWN_DUE)
    # Nineteen columns share one page: each gets less than it has on its own form, rows grow instead.
    headings = tuple(replace(h, lebar=max(h.lebar * _NARROWER, _NARROWEST)) for h in headings_of(columns))
    sheet = pages.begin("TL HP", (*headings, *_AGES, ORIGIN), "Rekap Tindak Lanjut Hasil Pemeriksaan (TL HP)")
    per = sheet.note("Dihitung per tanggal:", rekap.per_tanggal, 4)
    layout = _Layout(
        status=_place(columns, "status"), nilai=_place(columns, "nilai_rp"), diterima=len(headings) + 1, per=per
    )
    sheet.table((*row_of(row, columns), *_ages(row, rekap.per_tanggal, layout), str(row.asal)) for row in rekap.tl_hp)
    say_who_is_missing(sheet, status, "TL HP")
    if rekap.tl_hp:
        sheet.side_table("Ringkasan menurut status", _STATUS, list(_by_status(rekap, sheet, layout)))
        sheet.side_table("Umur rekomendasi yang belum selesai", _AGEING, list(_by_age(rekap, sheet, layout)))
        sheet.side_table("Ringkasan menurut LHP", _PER_LHP, list(_by_report(rekap)))
    sheet.footnotes(
        (
            "Jatuh tempo: batas waktu yang dilaporkan, atau 60 hari kalender sejak LHP diterima. Umur dihitung sejak "
            "LHP diterima; keduanya mengikuti tanggal di atas tabel.",
            "Selesai (%): rekomendasi yang telah sesuai dibagi seluruh rekomendasi × 100.",
            "Status merupakan usulan unit; penetapan status merupakan kewenangan pemeriksa.",
        )
    )
    sheet.end()


def _place(columns: Sequence[Column], kunci: str) -> int | None:
    """Return the column of the sheet that holds this key; the first one holds the unit."""
    return next((number for number, column in enumerate(columns, start=2) if column.kunci == kunci), None)


def _ages(row: TableRow, today: date | None, layout: _Layout) -> tuple[Content, ...]:
    settled = row.get("status") in _SETTLED
    came: Content = row.diterima or DASH
    due: Content = row.batas or DASH
    if row.batas is not None and row.diterima is not None and row.get(_OWN_DUE) is None:
        due = Live(f"{layout.letter()}{{r}}+{_TERM_DAYS}", row.batas)
    if settled or today is None:
        return came, DASH, due, DASH
    age: Content = _UNKNOWN
    if row.diterima is not None:
        age = Live(f"{layout.per}-{layout.letter()}{{r}}", (today - row.diterima).days)
    if row.batas is None:
        return came, age, due, DASH
    at = f"{layout.letter(2)}{{r}}"
    late = Live(f'IF({layout.per}>{at},{layout.per}-{at},"{DASH}")', row.lewat_hari or DASH)
    return came, age, due, late


def _by_status(rekap: Rekap, sheet: TableSheet, layout: _Layout) -> Iterator[tuple[Content, ...]]:
    first, count = sheet.next_side_row, len(rekap.tl_hp_ringkas)
    last = first + count - 1
    total = sum(item.jumlah for item in rekap.tl_hp_ringkas)
    rupiah = sum((item.rupiah for item in rekap.tl_hp_ringkas), Decimal(0))
    for item in rekap.tl_hp_ringkas:
        word = STATUS_WORDS.get(item.status, item.status)
        number: Content = item.jumlah
        amount: Content = item.rupiah
        if layout.status is not None:
            number = Live(f"COUNTIF({sheet.range(layout.status)},{literal(word)})", item.jumlah)
            if layout.nilai is not None:
                where = f"{sheet.range(layout.status)},{literal(word)},{sheet.range(layout.nilai)}"
                amount = Live(f"SUMIF({where})", item.rupiah)
        yield word, number, amount, share("D{r}", f"D${last + 1}", item.jumlah, total)
    sums = (Live(f"SUM(D{first}:D{last})", total), Live(f"SUM(E{first}:E{last})", rupiah))
    yield "Jumlah", *sums, percent(total, total) if total else DASH


def _by_age(rekap: Rekap, sheet: TableSheet, layout: _Layout) -> Iterator[tuple[Content, ...]]:
    today = rekap.per_tanggal
    open_rows = [row for row in rekap.tl_hp if row.get("status") not in _SETTLED]
    ages = [(None if today is None or r.diterima is None else (today - r.diterima).days, r) for r in open_rows]
    column = sheet.range(layout.diterima + 1)
    for words, low, high in _BUCKETS:
        rows = [row for age, row in ages if age is not None and low <= age and (high is None or age <= high)]
        test = f'{column},">={low}"' + ("" if high is None else f',{column},"<={high}"')
        amount: Content = _rupiah(rows)
        if layout.nilai is not None:
            amount = Live(f"SUMIFS({sheet.range(layout.nilai)},{test})", _rupiah(rows))
        yield words, Live(f"COUNTIFS({test})", len(rows)), amount
    unknown = [row for age, row in ages if age is None]
    yield _UNKNOWN, Live(f"COUNTIF({column},{literal(_UNKNOWN)})", len(unknown)), _rupiah(unknown)


def _by_report(rekap: Rekap) -> Iterator[tuple[Content, ...]]:
    for lhp in rekap.tl_hp_per_lhp:
        total = Live("SUM(D{r}:G{r})", lhp.seluruh)
        yield lhp.nomor, *lhp.jumlah, total, share("D{r}", "H{r}", lhp.jumlah[0], lhp.seluruh), lhp.rupiah


def _rupiah(rows: Sequence[TableRow]) -> Decimal:
    return sum((value for row in rows if isinstance(value := row.get("nilai_rp"), Decimal)), Decimal(0))
