"""The sheets of figures and of progress: capaian, anggaran, status, SOP, notes, data dukung."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from openpyxl.workbook import Workbook

from kinerja_mailbot.adapters.rekap_workbook.look import Content, Kind, Look
from kinerja_mailbot.adapters.rekap_workbook.table import Heading, Letterhead, Span, TableSheet
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.rekap import (
    AnggaranRow,
    CapaianRow,
    Rekap,
    StatusCapaian,
    StepCompliance,
    UnitStatus,
)

NOT_RECEIVED = "belum diterima"

_CAPAIAN = (
    Heading("No", Kind.CENTRED, 4),
    Heading("Unit", Kind.CENTRED, 7),
    Heading("Kode", Kind.TEXT, 9),
    Heading("Sasaran", Kind.TEXT, 19),
    Heading("Indikator Kinerja", Kind.TEXT, 26),
    Heading("Satuan", Kind.TEXT, 9),
    Heading("Jenis", Kind.TEXT, 11),
    Heading("Target", Kind.MEASURE, 9),
    Heading("Realisasi", Kind.MEASURE, 10),
    Heading("Capaian (%)", Kind.PERCENT, 10),
    Heading("Predikat", Kind.CENTRED, 11),
    Heading("Status", Kind.CENTRED, 11),
    Heading("Faktor Pendukung", Kind.TEXT, 18),
    Heading("Faktor Penghambat", Kind.TEXT, 18),
    Heading("Rencana Tindak Lanjut", Kind.TEXT, 18),
    Heading("Data Dukung", Kind.TEXT, 16),
)
_SASARAN = (
    Span("No", Kind.CENTRED, 1, 1),
    Span("Sasaran", Kind.TEXT, 2, 5),
    Span("Indikator terukur", Kind.CENTRED, 6, 7),
    Span("Rata-rata capaian (%)", Kind.PERCENT, 8, 9),
    Span("Predikat", Kind.CENTRED, 10, 11),
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
)
_STATUS = (
    Heading("No", Kind.CENTRED, 5),
    Heading("Unit", Kind.TEXT, 34),
    Heading("Keadaan", Kind.CENTRED, 15),
    Heading("Diminta", Kind.MOMENT, 17),
    Heading("Batas Waktu", Kind.MOMENT, 17),
    Heading("Pertama Diterima", Kind.MOMENT, 17),
    Heading("Ketepatan", Kind.CENTRED, 13),
    Heading("Revisi", Kind.COUNT, 7),
    Heading("Baris Terisi", Kind.CENTRED, 11),
    Heading("Pengingat", Kind.COUNT, 10),
    Heading("Indikator Terukur", Kind.CENTRED, 11),
    Heading("Rata-rata Capaian (%)", Kind.PERCENT, 12),
    Heading("Lembar Nihil", Kind.TEXT, 18),
)
_SOP = (
    Heading("Langkah", Kind.CENTRED, 8),
    Heading("Aktivitas", Kind.TEXT, 46),
    Heading("Pelaksana", Kind.TEXT, 26),
    Heading("Mulai", Kind.MOMENT, 17),
    Heading("Batas Waktu Baku", Kind.MOMENT, 17),
    Heading("Selesai", Kind.MOMENT, 17),
    Heading("Waktu Baku (menit)", Kind.COUNT, 11),
    Heading("Terpakai (menit kerja)", Kind.COUNT, 11),
    Heading("Keterangan", Kind.CENTRED, 18),
)
_CATATAN = (Heading("No", Kind.CENTRED, 5), Heading("Unit", Kind.TEXT, 34), Heading("Catatan", Kind.TEXT, 100))
_DATA_DUKUNG = (
    Heading("No", Kind.CENTRED, 5),
    Heading("Unit", Kind.TEXT, 34),
    Heading("Nama Berkas", Kind.TEXT, 46),
    Heading("Ukuran", Kind.CENTRED, 11),
    Heading("Nomor Surel", Kind.COUNT, 9),
    Heading("Sidik Berkas (SHA-256)", Kind.TEXT, 36),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Writes sheets of one rekap into one workbook."""

    workbook: Workbook
    look: Look
    head: Letterhead
    rekap: Rekap
    zona: ZoneInfo

    def begin(self, title: str, columns: Sequence[Heading], heading: str) -> TableSheet:
        """Begin a sheet."""
        return TableSheet(self.workbook.create_sheet(title), self.look, self.head, heading, columns)

    def write_capaian(self) -> None:
        """Write every indicator, measured or not, and the averages."""
        rekap = self.rekap
        sheet = self.begin("Capaian Kinerja", _CAPAIAN, "Rekap Capaian Kinerja")
        absent = {unit.kode for unit in rekap.unit if unit.keadaan == NOT_RECEIVED}
        mean = (*_blank(4), "Rata-rata capaian", *_blank(4), rekap.rata_capaian, rekap.predikat, *_blank(5))
        sheet.table(
            [_capaian_row(number, row, row.unit in absent) for number, row in enumerate(rekap.capaian, start=1)],
            None if rekap.rata_capaian is None else mean,
        )
        if rekap.sasaran:
            sheet.side_table(
                "Rata-rata capaian per sasaran",
                _SASARAN,
                [
                    (n, s.sasaran, f"{s.terukur} dari {s.indikator}", _or_dash(s.rata_capaian), s.predikat or "–")
                    for n, s in enumerate(rekap.sasaran, start=1)
                ],
            )
        sheet.footnotes(rekap.catatan_kaki)
        sheet.end()

    def write_anggaran(self) -> None:
        """Write the budget lines and what was reported of them."""
        rekap = self.rekap
        sheet = self.begin("Anggaran", _ANGGARAN, "Rekap Realisasi Anggaran")
        absent = {unit.kode for unit in rekap.unit if unit.keadaan == NOT_RECEIVED}
        reported = [row for row in rekap.anggaran if row.realisasi is not None]
        amounts = zip(*((row.pagu, row.realisasi, row.sisa) for row in reported), strict=True)
        sums = [sum((amount for amount in column if amount is not None), Decimal(0)) for column in amounts]
        sheet.table(
            [_anggaran_row(number, row, row.unit in absent) for number, row in enumerate(rekap.anggaran, start=1)],
            (*_blank(3), "Jumlah baris yang telah dilaporkan", *sums, rekap.serapan, None) if reported else None,
        )
        if not rekap.anggaran:
            sheet.statement("Tidak ada baris anggaran pada periode ini.")
        sheet.end()

    def write_status(self) -> None:
        """Write how far each unit is."""
        sheet = self.begin("Status", _STATUS, "Status Penyampaian Data")
        sheet.table([self._status_row(n, unit) for n, unit in enumerate(self.rekap.unit, start=1)])
        sheet.end()

    def write_sop(self) -> None:
        """Write the SOP's steps against their standard times."""
        sheet = self.begin("Kepatuhan SOP", _SOP, f"Kepatuhan terhadap SOP Nomor {self.rekap.sop.nomor}")
        sheet.table([self._sop_row(step) for step in self.rekap.langkah])
        sheet.footnotes(
            (
                "Waktu dihitung dalam menit kerja bersih, tanpa istirahat, akhir pekan, hari libur, dan cuti bersama.",
                "Langkah yang masih berjalan belum memiliki waktu terpakai.",
            )
        )
        sheet.end()

    def write_catatan(self) -> None:
        """Write what needs attention, then the notes on each unit's data."""
        sheet = self.begin("Catatan", _CATATAN, "Catatan")
        notes = [("Rekap", note) for note in self.rekap.perhatian]
        notes += [(unit.nama, note) for unit in self.rekap.unit for note in unit.catatan]
        sheet.table([(number, *note) for number, note in enumerate(notes, start=1)])
        if not notes:
            sheet.statement("Tidak ada catatan.")
        sheet.footnotes(self.rekap.catatan_kaki)
        sheet.end()

    def write_data_dukung(self) -> None:
        """Write the register of files that came along."""
        sheet = self.begin("Data Dukung", _DATA_DUKUNG, "Daftar Data Dukung")
        files = [(unit.nama, file) for unit in self.rekap.unit for file in unit.data_dukung]
        sheet.table(
            [
                (number, name, file.nama, text.ukuran_berkas(file.ukuran), file.surel_id, file.sha256)
                for number, (name, file) in enumerate(files, start=1)
            ]
        )
        if not files:
            sheet.statement("Belum ada berkas data dukung yang diterima.")
        sheet.end()

    def _status_row(self, number: int, unit: UnitStatus) -> tuple[Content, ...]:
        return (
            number,
            unit.nama,
            unit.keadaan,
            self._local(unit.diminta_at),
            self._local(unit.batas_at),
            self._local(unit.diterima_at) or NOT_RECEIVED,
            punctuality(unit),
            unit.revisi,
            f"{unit.terisi} dari {unit.seluruh}" if unit.revisi else "–",
            unit.pengingat,
            f"{unit.terukur} dari {unit.indikator}" if unit.indikator else "–",
            _or_dash(unit.rata_capaian),
            text.rangkai(unit.nihil) if unit.nihil else "–",
        )

    def _sop_row(self, step: StepCompliance) -> tuple[Content, ...]:
        state = step.keadaan
        return (
            step.nomor,
            step.aktivitas,
            step.pelaksana,
            self._local(state.mulai_at) or "–",
            self._local(state.batas_at) or "–",
            self._local(state.selesai_at) or "–",
            step.standar,
            step.terpakai if step.terpakai is not None else "–",
            self._verdict(step),
        )

    def _verdict(self, step: StepCompliance) -> str:
        state = step.keadaan
        if state.mulai_at is None:
            return "belum dimulai"
        late = state.batas_at is not None and (state.selesai_at or self.rekap.dibuat_at) > state.batas_at
        if state.selesai_at is None:
            return "berjalan, melampaui waktu baku" if late else "sedang berjalan"
        return "melampaui waktu baku" if late else "sesuai waktu baku"

    def _local(self, at: datetime | None) -> datetime | None:
        """Return a moment in office time, as Excel wants it."""
        return None if at is None else at.astimezone(self.zona).replace(tzinfo=None, second=0, microsecond=0)


def punctuality(unit: UnitStatus) -> str:
    """Return whether the unit's first form was in time; a dash before it came."""
    match unit.tepat_waktu:
        case None:
            return "–"
        case True:
            return "tepat waktu"
        case False:
            return "setelah batas"


def _capaian_row(number: int, row: CapaianRow, absent: bool) -> tuple[Content, ...]:
    empty = NOT_RECEIVED if absent else row.status.value
    missing = row.status is StatusCapaian.BELUM_DIISI
    return (
        number,
        row.unit,
        row.kode,
        row.sasaran,
        row.indikator,
        row.satuan,
        row.jenis,
        row.target if row.target is not None else "–",
        row.realisasi if row.realisasi is not None else empty,
        _or_dash(row.capaian),
        row.predikat or "–",
        empty if missing else row.status.value,
        row.pendukung,
        row.penghambat,
        row.tindak_lanjut,
        row.bukti,
    )


def _anggaran_row(number: int, row: AnggaranRow, absent: bool) -> tuple[Content, ...]:
    spent: Content = row.realisasi
    if spent is None:
        spent = NOT_RECEIVED if absent else StatusCapaian.BELUM_DIISI.value
    amounts = (_or_dash(row.pagu), spent, _or_dash(row.sisa), _or_dash(row.serapan))
    return (number, row.unit, row.kode, row.uraian, *amounts, row.kendala)


def _or_dash(value: Decimal | None) -> Content:
    return "–" if value is None else value


def _blank(count: int) -> tuple[None, ...]:
    return (None,) * count
