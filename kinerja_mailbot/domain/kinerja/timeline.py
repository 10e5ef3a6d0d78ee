"""Indicators across periods as values: points, trends, years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.periode import Periode


@dataclass(frozen=True, slots=True, kw_only=True)
class Titik:
    """One indicator in one period."""

    periode: Periode
    target: Value | None
    realisasi: Value | None
    capaian: Decimal | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tren:
    """One indicator across the periods of the same kind, oldest first, this rekap's own last."""

    unit: str
    kode: str
    indikator: str
    satuan: str
    titik: tuple[Titik, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisTahunan:
    """One indicator of a year made from its quarters."""

    unit: str
    kode: str
    indikator: str
    satuan: str
    sifat: str
    target: Value | None  # of the year
    triwulan: tuple[Value | None, ...]  # the four quarters as reported
    setahun: Value | None
    capaian: Decimal | None
    rumus: str = ""  # POS, NEG_LAN, …
    pertentangan: tuple[str, ...] = ()  # formal Indonesian clauses
