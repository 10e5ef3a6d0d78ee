"""The rekap as a value: every figure that the workbook and the letter to the Kasubbag show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kinerja_mailbot.domain.form.definition import Column
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.kinerja.analysed import LembarAnalisis
from kinerja_mailbot.domain.kinerja.changes import Perubahan
from kinerja_mailbot.domain.kinerja.origin import NOWHERE, Asal
from kinerja_mailbot.domain.kinerja.timeline import BarisTahunan, Tren
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.policy import SkalaPredikat
from kinerja_mailbot.domain.sop.state import FileOnRecord, StepState
from kinerja_mailbot.domain.sop.version import VersiSop


class StatusCapaian(StrEnum):
    """Where an indicator stands."""

    TERCAPAI = "tercapai"
    BELUM_TERCAPAI = "belum tercapai"
    TIDAK_DIUKUR = "tidak diukur"
    BELUM_DIISI = "belum diisi"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapaianRow:
    """One indicator of one unit. Percent as 103.10; `capaian` is raw, `capaian_rata` capped for averages."""

    unit: str  # kode
    kode: str
    sasaran: str
    indikator: str
    satuan: str
    jenis: str
    rumus: str  # POS, NEG_LAN, …
    target: Value | None
    realisasi: Value | None
    capaian: Decimal | None
    capaian_rata: Decimal | None
    predikat: str
    status: StatusCapaian
    pendukung: str = ""
    penghambat: str = ""
    tindak_lanjut: str = ""
    bukti: str = ""
    lalu: Value | None = None  # realisasi of the period before, as printed on the form
    asal: Asal = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class AnggaranRow:
    """One budget line of one unit, in whole rupiah; serapan in percent."""

    unit: str
    kode: str
    uraian: str
    pagu: Decimal | None
    realisasi: Decimal | None
    sisa: Decimal | None
    serapan: Decimal | None
    kendala: str = ""
    asal: Asal = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of an open list (LHP, TL HP, LHE) with its column keys; the rekap shows them as reported."""

    unit: str
    nilai: tuple[tuple[str, Value], ...]
    kunci: str = ""  # names the row in every revision
    diterima: date | None = None  # TL HP: the day on which its LHP was received
    batas: date | None = None  # TL HP: the day until which it is to be settled
    lewat_hari: int = 0  # calendar days beyond that day, 0 when settled or in time
    asal: Asal = NOWHERE

    def get(self, kunci: str) -> Value | None:
        """Return the value under this column key."""
        return next((value for key, value in self.nilai if key == kunci), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStatus:
    """An open list, or the LHE: its columns as the form defines them, and who has nothing in it, or nothing yet."""

    lembar: str
    judul: str
    kolom: tuple[Column, ...] = ()
    nihil: tuple[str, ...] = ()  # names of the units that declared it empty
    belum: tuple[str, ...] = ()  # names of the units that were asked and have reported nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class SasaranRingkas:
    """The average capaian (percent, capped) of the indicators that serve one sasaran."""

    sasaran: str
    rata_capaian: Decimal | None
    terukur: int
    indikator: int
    predikat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TindakLanjutRingkas:
    """TL HP by status: how many recommendations, how many rupiah (DOMAIN 2.2)."""

    status: str  # SESUAI, BELUM_SESUAI, BELUM_TL, TIDAK_DAPAT
    jumlah: int
    rupiah: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LheRingkas:
    """An LHE as reported: components, total and predikat, and what our own sum makes of it."""

    unit: str
    komponen: tuple[tuple[str, Decimal, Decimal | None], ...]  # (name, weight, value)
    total: Decimal | None
    predikat: str
    predikat_hitung: str
    total_hitung: Decimal | None = None  # the sum of the components, None unless all are reported
    nomor: str = ""
    tanggal: date | None = None
    evaluator: str = ""
    tahun: int | None = None  # the year that was evaluated
    asal: Asal = NOWHERE  # by component's name, or the form's row: NO, TGL …


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStatus:
    """How far one unit is."""

    kode: str
    nama: str
    keadaan: str  # lengkap | perlu perbaikan | belum diterima
    diminta_at: datetime | None
    batas_at: datetime | None
    diterima_at: datetime | None  # first form
    tepat_waktu: bool | None
    revisi: int
    terisi: int
    seluruh: int
    pengingat: int
    rata_capaian: Decimal | None
    terukur: int = 0
    indikator: int = 0
    nihil: tuple[str, ...] = ()  # sheets declared NIHIL
    catatan: tuple[str, ...] = ()
    data_dukung: tuple[FileOnRecord, ...] = ()
    predikat: str = ""  # of `rata_capaian`


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCompliance:
    """A step against its standard time, in net working minutes (None while it runs)."""

    nomor: int
    aktivitas: str
    pelaksana: str
    standar: int
    keadaan: StepState
    terpakai: int | None
    perubahan: str = ""  # what orders changed about its time: "UKL diperpanjang 2 hari kerja: banjir"


@dataclass(frozen=True, slots=True, kw_only=True)
class LhpRingkas:
    """The recommendations of one LHP by status, in the order of `TindakLanjutRingkas`; rupiah of all of them."""

    nomor: str
    jumlah: tuple[int, ...]
    rupiah: Decimal

    @property
    def seluruh(self) -> int:
        """Return how many recommendations the LHP has."""
        return sum(self.jumlah)


@dataclass(frozen=True, slots=True)
class Penanda:
    """An official who signs the printed rekap."""

    jabatan: str
    nama: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekap:
    """The compiled rekap of one period."""

    periode: Periode
    edisi: int
    nama_edisi: str  # sementara | lengkap | perbaikan 1 …
    dibuat_at: datetime
    sop: VersiSop
    unit: tuple[UnitStatus, ...]
    capaian: tuple[CapaianRow, ...]
    anggaran: tuple[AnggaranRow, ...]
    lhp: tuple[TableRow, ...]
    tl_hp: tuple[TableRow, ...]
    tl_hp_ringkas: tuple[TindakLanjutRingkas, ...]
    lhe: tuple[LheRingkas, ...]
    lhe_rekomendasi: tuple[TableRow, ...]
    langkah: tuple[StepCompliance, ...]
    rata_capaian: Decimal | None
    serapan: Decimal | None
    perhatian: tuple[str, ...] = ()  # what needs attention, formal Indonesian sentences
    catatan_kaki: tuple[str, ...] = ()  # which formula, which cap, which scale
    per_tanggal: date | None = None  # the day against which TL HP ages
    predikat: str = ""  # of `rata_capaian`
    sasaran: tuple[SasaranRingkas, ...] = ()
    daftar: tuple[ListStatus, ...] = ()
    tl_hp_per_lhp: tuple[LhpRingkas, ...] = ()
    batas_capaian: Decimal | None = None  # cap in averages, percent
    skala: tuple[SkalaPredikat, ...] = ()  # highest band first
    penyusun: Penanda | None = None
    mengetahui: Penanda | None = None
    riwayat: tuple[Perubahan, ...] = ()  # what differs from `riwayat_dari`
    riwayat_dari: str = ""  # the edition that this one was compared with; empty for a first one
    tren: tuple[Tren, ...] = ()
    tahunan: tuple[BarisTahunan, ...] = ()  # of a fourth quarter or a year
    analisis: LembarAnalisis | None = None  # None until every unit's data is complete
    tinjauan: int | None = None  # reviews of the SOP recorded in the year of `dibuat_at`; None: not looked up

    @property
    def is_complete(self) -> bool:
        """Tell whether every unit's data is complete."""
        return all(u.keadaan == "lengkap" for u in self.unit)

    @property
    def masuk(self) -> int:
        """Return how many units have sent anything."""
        return sum(u.revisi > 0 for u in self.unit)

    @property
    def tepat_waktu(self) -> tuple[int, int]:
        """Return how many units were punctual with their first form, of how many whose first form came."""
        judged = [u.tepat_waktu for u in self.unit if u.tepat_waktu is not None]
        return sum(judged), len(judged)

    def list_status(self, lembar: str) -> ListStatus | None:
        """Return what is known of an open list; None when nobody was asked for it."""
        return next((status for status in self.daftar if status.lembar == lembar), None)

    def count(self, status: StatusCapaian) -> int:
        """Return how many indicators stand so."""
        return sum(row.status is status for row in self.capaian)
