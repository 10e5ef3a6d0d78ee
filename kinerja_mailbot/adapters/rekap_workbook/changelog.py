"""The sheet Riwayat: what differs from the edition before, cell by cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kinerja_mailbot.adapters.rekap_workbook.cells import Content
from kinerja_mailbot.adapters.rekap_workbook.formulas import DASH
from kinerja_mailbot.adapters.rekap_workbook.look import Kind
from kinerja_mailbot.adapters.rekap_workbook.pages import Pages
from kinerja_mailbot.adapters.rekap_workbook.registers import STATUS_WORDS
from kinerja_mailbot.adapters.rekap_workbook.table import Heading
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.kinerja.changes import Perubahan

_COLUMNS = (
    Heading("No", Kind.CENTRED, 5),
    Heading("Lembar", Kind.TEXT, 18),
    Heading("Unit", Kind.CENTRED, 8),
    Heading("Kode", Kind.TEXT, 22),
    Heading("Kolom", Kind.TEXT, 22),
    Heading("Sebelum", Kind.MEASURE, 30),
    Heading("Sesudah", Kind.MEASURE, 30),
    Heading("Nomor Surel", Kind.CENTRED, 14),
)


def write_riwayat(pages: Pages) -> None:
    """Write every cell that has changed since the edition before."""
    rekap = pages.rekap
    sheet = pages.begin("Riwayat", _COLUMNS, "Riwayat Perubahan")
    sheet.table(_row(number, change) for number, change in enumerate(rekap.riwayat, start=1))
    if not rekap.riwayat_dari:
        sheet.statement("Belum ada edisi sebelumnya yang dapat dibandingkan.")
        sheet.end()
        return
    if not rekap.riwayat:
        sheet.statement("Tidak ada isian yang berubah.")
    sheet.footnotes(
        (
            f"Dibandingkan dengan {rekap.riwayat_dari}.",
            "Nomor surel: surel yang membawa nilai tersebut; bila tidak diketahui, semua surel yang membawa data unit "
            "itu sejak edisi sebelumnya.",
        )
    )
    sheet.end()


def _row(number: int, change: Perubahan) -> tuple[Content, ...]:
    return (
        number,
        change.lembar,
        change.unit,
        change.kode,
        change.kolom,
        _shown(change.sebelum, change.kolom),
        _shown(change.sesudah, change.kolom),
        ", ".join(map(str, change.surel)) or DASH,
    )


def _shown(value: Value | None, kolom: str) -> Content:
    match value:
        case None:
            return DASH
        case Decimal():
            return int(value) if kolom.startswith("Tahun") else value  # a year has no dots
        case date():
            return text.tanggal(value)
        case _:
            return STATUS_WORDS.get(value, value) if kolom.casefold().startswith("status") else value
