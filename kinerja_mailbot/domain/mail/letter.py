"""An outgoing letter as a value: to whom, what it says, what comes with it, before anything is rendered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kinerja_mailbot.domain.form.checked import CheckedCell, StoredCell
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.form.identity import FormMeta
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.kinerja.report import Laporan
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.unit import Pejabat, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFile:
    """A form workbook to attach: blank, pre-filled, or with the asked cells marked (`-PERBAIKAN`)."""

    nama: str
    form: Form
    meta: FormMeta
    unit: Unit
    periode: Periode
    batas_at: datetime
    isian: tuple[StoredCell, ...] = ()
    ditanyakan: tuple[CheckedCell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RekapFile:
    """The rekap workbook to attach."""

    nama: str
    rekap: Rekap


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """The laporan to attach: nota dinas and draft of LKjIP chapter III."""

    nama: str
    laporan: Laporan


Enclosure = FormFile | RekapFile | ReportFile


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a letter belongs: the Message-ID that it answers and the chain before it, oldest first."""

    in_reply_to: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter that is owed. `kunci` is unique in the outbox for ever: the same debt is never paid twice."""

    kunci: str  # "2026-TW3.pengingat.2.umum", "surel.17.tanda-terima"
    templat: str  # templates/surat/<templat>.md
    kepada: tuple[Pejabat, ...]
    subjek: str
    isi: object = field(repr=False)  # a frozen dataclass; the template reads its fields
    tembusan: tuple[Pejabat, ...] = ()
    lampiran: tuple[Enclosure, ...] = field(default=(), repr=False)
    utas: Thread | None = None
    periode: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """A composed letter: the exact bytes that every attempt sends."""

    kunci: str
    message_id: str
    subjek: str
    templat: str
    penerima: tuple[str, ...]  # envelope recipients; the bot's own address is added on delivery
    mentah: bytes = field(repr=False)
    periode: str | None = None
    unit: str | None = None
