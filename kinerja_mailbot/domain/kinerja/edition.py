"""Editions of the rekap: when one is owed, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain.policy import Policy
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, PeriodState
from kinerja_mailbot.domain.sop.working_time import add_minutes, is_open


@dataclass(frozen=True, slots=True)
class OwedEdition:
    """An edition that is to be made now: its number in the period, its name, whether every unit is complete."""

    edisi: int
    nama: str
    lengkap: bool


def owed_edition(period: PeriodState, policy: Policy, now: datetime) -> OwedEdition | None:
    """Return the edition that is owed at `now`, or None.

    A complete one as soon as the last unit is complete, and again after every revision ("perbaikan n"). A provisional
    one once, in office time, when the last deadline has passed by `sementara_menit` net working minutes. A period that
    is closed or waits for its order owes nothing.
    """
    if period.keadaan is not KeadaanPeriode.BERJALAN or not period.permintaan:
        return None
    number = max((edition.edisi for edition in period.rekap), default=0) + 1
    complete = [edition for edition in period.rekap if edition.lengkap]
    if all(request.keadaan is KeadaanPermintaan.LENGKAP for request in period.permintaan):
        made_from = dict(revisions(period))
        if any(dict(edition.revisi) == made_from for edition in complete):
            return None
        return OwedEdition(number, f"perbaikan {len(complete)}" if complete else "lengkap", lengkap=True)
    if period.rekap or not is_open(policy.jam, now):
        return None  # after a complete edition the corrections in progress are waited for
    last = max(request.batas_at for request in period.permintaan)
    over = now >= add_minutes(policy.jam, last, policy.rekap.sementara_menit)
    return OwedEdition(number, "sementara", lengkap=False) if over else None


def revisions(period: PeriodState) -> tuple[tuple[str, int], ...]:
    """Return from which revision of each unit an edition made now is made."""
    return tuple((request.unit, request.revisi) for request in period.permintaan)
