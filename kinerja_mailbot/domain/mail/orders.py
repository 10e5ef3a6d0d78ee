"""The orders that a Kasubbag or penyusun may give by mail (DESIGN section 6), and the reading of them."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.unit import Daftar


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
class Bantuan:
    """BANTUAN."""


Order = Status | MintaRekap | Buka | Setuju | Ingatkan | Tutup | TerimaNihil | Bantuan


def parse_order(text: str, daftar: Daftar) -> Order | None:
    """Return the order that the text gives, or None when there is none or more than one reading.

    Case, punctuation, polite words around it and whatever follows the first line with words do not matter.
    """
    raise NotImplementedError
