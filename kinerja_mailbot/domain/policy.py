"""The office's settings as decisions see them: frozen, without anything about servers or files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum

from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.periode import JenisPeriode
from kinerja_mailbot.domain.sop.version import VersiSop, version_at
from kinerja_mailbot.domain.sop.working_time import WorkingHours
from kinerja_mailbot.domain.unit import Kantor


class PerintahLangkah1(StrEnum):
    """Step 1: the Kasubbag's standing order, or an order asked for by mail each time."""

    OTOMATIS = "otomatis"
    KONFIRMASI = "konfirmasi"


class Keamanan(StrEnum):
    """How much proof a sender must bring (DESIGN section 7)."""

    SEIMBANG = "seimbang"  # one proof
    KETAT = "ketat"  # authentication and thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Jadwal:
    """Which periods open by themselves, on the first working day after their end."""

    jenis: frozenset[JenisPeriode]
    pukul: time  # office time
    perintah: PerintahLangkah1
    mulai: str = ""  # kode of the first period that may open by itself; earlier ones never do


@dataclass(frozen=True, slots=True, kw_only=True)
class Tingkat:
    """A rung of the reminder ladder: net working minutes after the deadline; negative is before it."""

    menit: int
    lampirkan_format: bool = False
    eskalasi: bool = False  # the Kasubbag is told
    tembusan_sekretaris: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pengingat:
    """The reminder ladder, earliest rung first."""

    tingkat: tuple[Tingkat, ...]
    masa_perbaikan_menit: int  # the window for corrections, net working minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Batasan:
    """Limits on answers and files."""

    jawaban_per_hari: int  # automatic letters to one address a day
    surat_per_jam: int  # the circuit breaker over everything
    ukuran_surel: int  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SkalaPredikat:
    """One band of the predikat scale: from this capaian (percent) on."""

    mulai: Decimal
    sebutan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AturanRekap:
    """How the rekap counts."""

    batas_capaian: Decimal | None  # cap for averages only: 100, 120 or none (DOMAIN 3.3)
    skala: tuple[SkalaPredikat, ...]  # highest band first
    sementara_menit: int  # net working minutes after the last deadline until a provisional rekap goes out
    tembusan_sekretaris: bool


@dataclass(frozen=True, slots=True)
class Kabar:
    """The letters that tell the Kasubbag of the whole: each morning, and twice a year for the review of the SOP."""

    pagi: time | None = None  # office time; None: when the office opens
    tinjauan: tuple[tuple[int, int], ...] = ((6, 1), (12, 1))  # (month, day); the next working day if that is off


@dataclass(frozen=True, slots=True, kw_only=True)
class Pemantauan:
    """What the service checks of itself once a day; nothing, unless the configuration says so."""

    pukul: time = time(7)  # office time
    putar_balik: bool = False  # a mail to itself, which proves sending and receiving
    tunggu_menit: int = 30  # minutes until it must be back
    kabar_admin: bool = False  # one letter to the admin on each working day


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything the office decides about the collection."""

    kantor: Kantor
    sop: VersiSop  # the version in force, or the first one before any is
    jam: WorkingHours
    jadwal: Jadwal
    pengingat: Pengingat
    batasan: Batasan
    rekap: AturanRekap
    keamanan: Keamanan
    versi_sop: tuple[VersiSop, ...] = ()  # every version, oldest first; () where there is only `sop`
    kabar: Kabar = Kabar()
    pemantauan: Pemantauan = Pemantauan()
    format: tuple[tuple[str, Form], ...]  # (unit id, the form with that unit's rows)

    @property
    def first_sop(self) -> VersiSop:
        """Return the oldest version of the SOP: no period starts before it takes effect (SOP pengesahan 7)."""
        return self.versi_sop[0] if self.versi_sop else self.sop

    def on(self, at: datetime) -> Policy:
        """Return the policy with the version of the SOP that is in force at this moment (aware)."""
        return replace(self, sop=version_at(self.versi_sop or (self.sop,), at, self.jam.zona))

    def form_for(self, unit_id: str) -> Form:
        """Return the form of this unit; configuration has made sure that there is one."""
        return next(form for unit, form in self.format if unit == unit_id)
