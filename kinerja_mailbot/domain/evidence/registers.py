"""The registers that an office keeps on paper: surat masuk, surat keluar, tanda terima."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.unit import Kantor


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingLine:
    """A line of the register of incoming mail."""

    tiba_at: datetime
    surel: int  # its number in the archive
    dari: str
    hal: str
    lampiran: tuple[str, ...]
    keterangan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLine:
    """A line of the register of outgoing mail; without a moment it has not left."""

    terkirim_at: datetime | None
    surat: int  # its number in the outbox
    kepada: str
    hal: str
    lampiran: tuple[str, ...]
    keterangan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a sheet of receipt says of one revision."""

    nomor: str
    unit: str
    revisi: int
    tiba_at: datetime
    pengirim: str
    surel: int
    tepat_waktu: bool
    berkas: str
    ukuran: int
    sha256: str
    terisi: int
    seluruh: int
    lengkap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """The registers of one period, each in the order of time."""

    kantor: Kantor
    periode: Periode
    sop: str  # number of the SOP
    masuk: tuple[IncomingLine, ...]
    keluar: tuple[OutgoingLine, ...]
    tanda_terima: tuple[Receipt, ...]
