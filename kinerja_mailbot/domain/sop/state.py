"""A period in progress, as the store knows it: its steps, its requests, its editions of the rekap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.sop.changes import Penundaan, Perpanjangan, open_pause
from kinerja_mailbot.domain.sop.version import VersiSop


class KeadaanPeriode(StrEnum):
    """The life of a period."""

    MENUNGGU_PERINTAH = "menunggu perintah"  # step 1: waits for the Kasubbag's SETUJU
    BERJALAN = "berjalan"
    DITUTUP = "ditutup"


class KeadaanPermintaan(StrEnum):
    """The life of one request."""

    DISIAPKAN = "disiapkan"  # not yet accepted by the mail server
    MENUNGGU = "menunggu"
    PERLU_PERBAIKAN = "perlu perbaikan"
    LENGKAP = "lengkap"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """One step of one period; all times aware UTC. A finished step never changes (SOP pengesahan 4)."""

    nomor: int
    mulai_at: datetime | None = None
    batas_at: datetime | None = None
    selesai_at: datetime | None = None
    oleh: str = ""
    bukti: str = ""  # the letter key or mail id that finished it


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOnRecord:
    """A file that came with a submission and is kept as data dukung."""

    nama: str
    ukuran: int
    sha256: str
    surel_id: int


@dataclass(frozen=True, slots=True)
class Penerimaan:
    """A receipt that was given: for which revision, its number, and the mail that it answers."""

    revisi: int
    nomor: str
    surel_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestState:
    """What one unit was asked and what it has answered so far."""

    periode: str
    unit: str
    form: Form
    nonce: str
    keadaan: KeadaanPermintaan
    diminta_at: datetime  # when the letter was composed
    batas_at: datetime  # the deadline in force: the promised one, or the correction's
    dikirim_at: datetime | None = None  # when the mail server took it
    pertama_tiba_at: datetime | None = None  # first form that arrived: punctual or late is judged by it
    tepat_waktu: bool | None = None  # of that first form; never changes afterwards
    lengkap_at: datetime | None = None
    revisi: int = 0
    sel: tuple[StoredCell, ...] = ()  # the record: all revisions merged
    terisi: int = 0
    seluruh: int = 0
    pengingat: int = 0  # reminders composed so far
    pengingat_terakhir_at: datetime | None = None
    tingkat: int = -1  # highest rung of the ladder used for this deadline; the store resets it when `batas_at` moves
    message_id: str = ""  # of the request letter: the head of the thread
    data_dukung: tuple[FileOnRecord, ...] = ()
    penerimaan: tuple[Penerimaan, ...] = ()  # of every revision, oldest first; empty where nobody asks for them
    catatan: tuple[str, ...] = ()  # open questions and notices of the newest revision, formal Indonesian


@dataclass(frozen=True, slots=True, kw_only=True)
class RekapState:
    """An edition of the rekap that was mailed."""

    edisi: int
    lengkap: bool
    revisi: tuple[tuple[str, int], ...]  # (unit, revision) that it was made from
    dibuat_at: datetime
    analisis: int = 0  # the revision of the analysis in it; 0: none


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisState:
    """The analysis of step 6 as it stands: the newest revision, merged with all before it."""

    revisi: int
    sel: tuple[StoredCell, ...]
    lengkap_at: datetime | None = None  # arrival of the mail that first made it complete
    oleh: str = ""  # who wrote that mail, or the newest one while it is not complete
    surel_id: int = 0  # that mail


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodState:
    """One period with everything that decisions need."""

    periode: Periode
    keadaan: KeadaanPeriode
    dibuka_at: datetime
    sop: VersiSop
    langkah: tuple[StepState, ...]
    permintaan: tuple[RequestState, ...] = ()
    rekap: tuple[RekapState, ...] = ()
    perpanjangan: tuple[Perpanjangan, ...] = ()  # oldest first
    penundaan: tuple[Penundaan, ...] = ()  # oldest first; at most the last one is open
    analisis: AnalysisState | None = None

    @property
    def jeda(self) -> Penundaan | None:
        """Return the pause for which the clock stands now."""
        return open_pause(self.penundaan)

    def step(self, nomor: int) -> StepState:
        """Return the step with this number."""
        return next(s for s in self.langkah if s.nomor == nomor)

    def request(self, unit: str) -> RequestState | None:
        """Return the request to this unit."""
        return next((r for r in self.permintaan if r.unit == unit), None)
