"""A version of the SOP: its number, its dates, and the standard time of each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
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
    pukul: time = time()  # office time of `efektif` from which it holds
    bacaan: BacaanHari = BacaanHari.NET_MINUTES

    def starts_at(self, zone: tzinfo) -> datetime:
        """Return the moment (aware) from which this version holds; no period starts before it (SOP pengesahan 7)."""
        return datetime.combine(self.efektif, self.pukul, zone)

    def step(self, nomor: int) -> Langkah:
        """Return the step with this number; a configured SOP has all six."""
        return next(langkah for langkah in self.langkah if langkah.nomor == nomor)


def version_at(versions: tuple[VersiSop, ...], at: datetime, zone: tzinfo) -> VersiSop:
    """Return the version in force at this moment (aware): the last one that has taken effect, else the first.

    `versions` are ordered by the moment at which they take effect. A period keeps the version that it began with, so a
    new one takes only the periods that are opened afterwards (SOP pengesahan 3, 4).
    """
    in_force = [version for version in versions if version.starts_at(zone) <= at]
    return in_force[-1] if in_force else versions[0]
