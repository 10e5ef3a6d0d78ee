"""The orders that a Kasubbag or penyusun may give (DESIGN section 6), as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kinerja_mailbot.domain.mail.orders.amounts import Hingga
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.sop.changes import Lama


@dataclass(frozen=True, slots=True)
class Status:
    """STATUS."""


@dataclass(frozen=True, slots=True)
class MintaRekap:
    """REKAP."""


@dataclass(frozen=True, slots=True)
class Buka:
    """BUKA TW3 2026."""

    periode: Periode


@dataclass(frozen=True, slots=True)
class Setuju:
    """SETUJU."""


@dataclass(frozen=True, slots=True)
class Ingatkan:
    """INGATKAN [unit]; without a unit, everybody who owes data."""

    unit: str | None


@dataclass(frozen=True, slots=True)
class Tutup:
    """TUTUP."""


@dataclass(frozen=True, slots=True)
class TerimaNihil:
    """TERIMA <unit> NIHIL."""

    unit: str


@dataclass(frozen=True, slots=True)
class TerimaSurel:
    """TERIMA 12: mails of the daily summary, by their numbers, are processed as if they had just come."""

    nomor: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Abaikan:
    """ABAIKAN 12: mails of the daily summary, by their numbers, are not listed any more."""

    nomor: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnalisisSelesai:
    """ANALISIS SELESAI: the analysis of step 6 is finished with what is on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TunjukPlh:
    """PLH <unit> <nama> <alamat> <nomor surat> s.d. <tanggal>; what the order lacks is empty and is asked for."""

    sebutan: str  # "Plh." or "Plt."
    unit: str | None
    nama: str
    alamat: str
    nomor: str
    sejak: str  # days as they were written; "" begins today
    sampai: str


@dataclass(frozen=True, slots=True)
class Tolak:
    """TOLAK [alasan]: no to what a letter has asked."""

    alasan: str


@dataclass(frozen=True, slots=True)
class Tinjau:
    """TINJAU <catatan>: a review of the SOP is recorded (SOP pengesahan 2); an empty note is asked for."""

    catatan: str


@dataclass(frozen=True, slots=True)
class Bantuan:
    """BANTUAN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Perpanjang:
    """PERPANJANG <unit|semua> <n> hari <alasan>; without units the only one that still owes data."""

    unit: tuple[str, ...] = ()
    semua: bool = False
    lama: Lama | Hingga
    alasan: str
    periode: str | None = None


@dataclass(frozen=True, slots=True)
class Tunda:
    """TUNDA <alasan>: the clock stands until LANJUT (kahar, SOP pengesahan 3)."""

    alasan: str


@dataclass(frozen=True, slots=True)
class Lanjut:
    """LANJUT: the clock goes on."""


class Kurang(StrEnum):
    """What an order lacks."""

    ALASAN = "alasan"
    LAMA = "lama"
    UNIT = "unit"
    CARA = "cara"  # TUNDA with a unit or a length of time, which only PERPANJANG takes


@dataclass(frozen=True, slots=True, kw_only=True)
class BelumJelas:
    """An order that was begun but can't be carried out as it stands: what it lacks is asked for."""

    perintah: str  # "PERPANJANG"
    kurang: Kurang
    unit: tuple[str, ...] = ()
    semua: bool = False
    lama: str = ""  # as it was written
    alasan: str = ""


Order = (
    AnalisisSelesai
    | Status
    | MintaRekap
    | Buka
    | Setuju
    | Ingatkan
    | Tutup
    | TerimaNihil
    | TerimaSurel
    | Abaikan
    | TunjukPlh
    | Tolak
    | Tinjau
    | Bantuan
    | Perpanjang
    | Tunda
    | Lanjut
    | BelumJelas
)
"""Everything that may be ordered. A new order is a value here, a reader in `reading.READERS`, its name in
`naming.name_of` and what it does in `domain.decide.orders`."""


def is_binding(order: Order) -> bool:
    """Tell whether the order changes something; the others only ask, so that a doubt beside them does not matter."""
    return not isinstance(order, (Status, MintaRekap, Bantuan, BelumJelas))
