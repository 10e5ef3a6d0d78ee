"""A version of the SOP: its number, its dates, and the standard time of each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BacaanHari(StrEnum):
    """How 480 minutes are read (DOMAIN F1: a working day since Perpres 21/2023 has only 450 net minutes)."""

    NET_MINUTES = "net_minutes"
    ONE_WORKING_DAY = "one_working_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Langkah:
    """One line of the SOP's table."""

    nomor: int
    aktivitas: str
    pelaksana: str
    menit: int  # standard time, net working minutes
    keluaran: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersiSop:
    """The SOP as it was in force when a period began."""

    nomor: str
    tanggal: date
    efektif: date
    langkah: tuple[Langkah, ...]
    revisi: str = "-"
    bacaan: BacaanHari = BacaanHari.NET_MINUTES

    def step(self, nomor: int) -> Langkah:
        """Return the step with this number; a configured SOP has all six."""
        return next(langkah for langkah in self.langkah if langkah.nomor == nomor)
