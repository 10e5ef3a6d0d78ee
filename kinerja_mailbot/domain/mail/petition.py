"""Petitions: more time that a respondent asks the Kasubbag for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class KeadaanPermohonan(StrEnum):
    """The life of a petition."""

    MENUNGGU = "menunggu"
    DISETUJUI = "disetujui"
    DITOLAK = "ditolak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permohonan:
    """More time for the data of one unit; `surel_id` is the mail that asked for it."""

    surel_id: int
    periode: str
    unit: str
    lama: str  # as an order says it: "2 hari"
    alasan: str
    keadaan: KeadaanPermohonan = KeadaanPermohonan.MENUNGGU
