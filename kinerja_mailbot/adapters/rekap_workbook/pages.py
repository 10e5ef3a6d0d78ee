"""The sheets of progress: status of each unit, steps of the SOP, notes, data dukung."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from openpyxl.workbook import Workbook

from kinerja_mailbot.adapters.rekap_workbook.cells import Content, Live, literal
from kinerja_mailbot.adapters.rekap_workbook.formulas import DASH, average_where, share
from kinerja_mailbot.adapters.rekap_workbook.grid import Grid
from kinerja_mailbot.adapters.rekap_workbook.look import Kind, Look
from kinerja_mailbot.adapters.rekap_workbook.table import Heading, Letterhead, Span, TableSheet
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.rekap import (
    Rekap,
    StepCompliance,
    UnitStatus,
)

NOT_RECEIVED, COMPLETE = "belum diterima", "lengkap"
ON_TIME, LATE = "tepat waktu", "setelah batas"
ABOUT_ORIGINS = (
    "Penerimaan (Surel): nomor tanda terima dan surel yang membawa nilai baris tersebut; riwayat setiap sel dapat "
    "ditelusuri pada sistem (perintah trace)."
)
CAPAIAN = "Capaian Kinerja"
UNIT, CAPPED = 2, 12
"""The sheet of capaian, and the columns into which other sheets look: the unit's kode, the capaian for averages."""

_STATUS = (
    Heading("No", Kind.CENTRED, 5),
    Heading("Kode", Kind.CENTRED, 7),
    Heading("Unit", Kind.TEXT, 30),
    Heading("Keadaan", Kind.CENTRED, 15),
    Heading("Diminta", Kind.MOMENT, 17),
    Heading("Batas Waktu", Kind.MOMENT, 17),
    Heading("Pertama Diterima", Kind.MOMENT, 17),
    Heading("Ketepatan", Kind.CENTRED, 13),
    Heading("Revisi", Kind.COUNT, 7),
    Heading("Pengingat", Kind.COUNT, 10),
    Heading("Baris Terisi", Kind.COUNT, 8),
    Heading("Baris Diminta", Kind.COUNT, 8),
    Heading("Kelengkapan (%)", Kind.PERCENT, 12),
    Heading("Indikator Terukur", Kind.CENTRED, 11),
    Heading("Rata-rata Capaian (%)", Kind.PERCENT, 12),
    Heading("Lembar Nihil", Kind.TEXT, 16),
)
_RATES = (
    Span("Ukuran", Kind.TEXT, 1, 3),
    Span("Unit", Kind.COUNT, 4, 4),
    Span("Dari", Kind.COUNT, 5, 5),
    Span("Bagian (%)", Kind.PERCENT, 6, 6),
)
_MOST_LIVE = 100  # units whose averages are formulas; each looks at every indicator
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
    Heading("Nama Berkas", Kind.TEXT, 36),
    Heading("Ukuran", Kind.CENTRED, 11),
    Heading("Nomor Surel", Kind.COUNT, 9),
    Heading("Sidik Berkas (SHA-256)", Kind.TEXT, 58),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Writes sheets of one rekap into one workbook."""

    workbook: Workbook
    look: Look
    head: Letterhead
    rekap: Rekap
    zona: ZoneInfo
    sheets: dict[str, TableSheet] = field(default_factory=dict)  # by title
    grids: dict[str, Grid] = field(default_factory=dict)  # by title: whatever is written by ourselves

    @property
    def absent(self) -> frozenset[str]:
        """Return the kode of the units from which nothing has come."""
        return frozenset(unit.kode for unit in self.rekap.unit if unit.keadaan == NOT_RECEIVED)

    def begin(self, title: str, columns: Sequence[Heading], heading: str) -> TableSheet:
        """Begin a sheet."""
        sheet = TableSheet(self.workbook.create_sheet(title), self.look, self.head, heading, columns)
        self.sheets[title], self.grids[title] = sheet, sheet.grid
        return sheet

    def write_status(self) -> None:
        """Write how far each unit is."""
        sheet = self.begin("Status", _STATUS, "Status Penyampaian Data")
        sheet.table(self._status_row(n, unit) for n, unit in enumerate(self.rekap.unit, start=1))
        if self.rekap.unit:
            sheet.side_table("Kelengkapan dan ketepatan waktu", _RATES, self._rates(sheet))
        sheet.footnotes(("Ketepatan waktu dinilai dari kiriman pertama setiap unit.",))
        sheet.end()

    def write_sop(self) -> None:
        """Write the SOP's steps against their standard times."""
        sheet = self.begin("Kepatuhan SOP", _SOP, f"Kepatuhan terhadap SOP Nomor {self.rekap.sop.nomor}")
        sheet.table([self._sop_row(step) for step in self.rekap.langkah])
        sheet.footnotes(
            (
                "Waktu dihitung dalam menit kerja bersih, tanpa istirahat, akhir pekan, hari libur, dan cuti bersama.",
                "Langkah yang masih berjalan belum memiliki waktu terpakai.",
                *self._reviews(),
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
            unit.kode,
            unit.nama,
            unit.keadaan,
            self._local(unit.diminta_at),
            self._local(unit.batas_at),
            self._local(unit.diterima_at) or NOT_RECEIVED,
            punctuality(unit),
            unit.revisi,
            unit.pengingat,
            unit.terisi,
            unit.seluruh,
            share("K{r}", "L{r}", unit.terisi, unit.seluruh),
            f"{unit.terukur} dari {unit.indikator}" if unit.indikator else DASH,
            self.mean_of(unit, "B{r}"),
            text.rangkai(unit.nihil) if unit.nihil else DASH,
        )

    def mean_of(self, unit: UnitStatus, kode: str) -> Content:
        """Return the unit's average capaian, looked up in the sheet of capaian by the kode in this cell."""
        capaian = self.sheets.get(CAPAIAN)
        if capaian is None or unit.rata_capaian is None or len(self.rekap.unit) > _MOST_LIVE:
            return DASH if unit.rata_capaian is None else unit.rata_capaian
        keys, values = capaian.range(UNIT, sheet=CAPAIAN), capaian.range(CAPPED, sheet=CAPAIAN)
        return average_where(keys, kode, unit.kode, values, unit.rata_capaian)

    def _rates(self, sheet: TableSheet) -> list[tuple[Content, ...]]:
        complete = sum(unit.keadaan == COMPLETE for unit in self.rekap.unit)
        (punctual, judged), count = self.rekap.tepat_waktu, len(self.rekap.unit)
        state, timely, units = sheet.range(4), sheet.range(8), sheet.range(2)
        on_time = f"COUNTIF({timely},{literal(ON_TIME)})"
        return [
            (
                "Unit dengan data lengkap",
                Live(f"COUNTIF({state},{literal(COMPLETE)})", complete),
                Live(f"COUNTA({units})", count),
                share("D{r}", "E{r}", complete, count),
            ),
            (
                "Unit yang mengirim tepat waktu, dari yang telah mengirim",
                Live(on_time, punctual),
                Live(f"{on_time}+COUNTIF({timely},{literal(LATE)})", judged),
                share("D{r}", "E{r}", punctual, judged),
            ),
        ]

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
            "; ".join(filter(None, (self._verdict(step), step.perubahan))),
        )

    def _reviews(self) -> tuple[str, ...]:
        """Return how often the SOP was reviewed this year; nothing where nobody has looked it up."""
        count, year = self.rekap.tinjauan, self.rekap.dibuat_at.astimezone(self.zona).year
        if count is None:
            return ()
        told = f"{count} kali" if count else "belum ada"
        return (f"Tinjauan SOP yang tercatat pada tahun {year}: {told}; SOP meminta paling sedikit dua kali setahun.",)

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
            return DASH
        case True:
            return ON_TIME
        case False:
            return LATE
