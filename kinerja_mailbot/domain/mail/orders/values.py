"""The orders that a Kasubbag or penyusun may give (DESIGN section 6), as values."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain.periode import Periode


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


@dataclass(frozen=True, slots=True)
class Bantuan:
    """BANTUAN."""


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
    | Bantuan
)
"""Everything that may be ordered. A new order is a value here, a reader in `reading.READERS`, its name in
`naming.name_of` and what it does in `domain.decide.orders`."""


def is_binding(order: Order) -> bool:
    """Tell whether the order changes something; the others only ask, so that a doubt beside them does not matter."""
    return not isinstance(order, (Status, MintaRekap, Bantuan))
