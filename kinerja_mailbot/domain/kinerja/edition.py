"""Editions of the rekap: when one is owed, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain.policy import Policy
from kinerja_mailbot.domain.sop.state import FileOnRecord, KeadaanPeriode, KeadaanPermintaan, PeriodState, RekapState
from kinerja_mailbot.domain.sop.working_time import add_minutes, is_open

FINAL, CORRECTED = "final", "perbaikan"


@dataclass(frozen=True, slots=True)
class OwedEdition:
    """An edition that is to be made now: its number in the period, its name, whether every unit is complete."""

    edisi: int
    nama: str
    lengkap: bool
    analisis: int = 0  # the revision of the finished analysis that goes into it; 0: none

    @property
    def is_final(self) -> bool:
        """Tell whether it is made because the analysis is finished."""
        return self.nama.startswith(FINAL)


def owed_edition(period: PeriodState, policy: Policy, now: datetime) -> OwedEdition | None:
    """Return the edition that is owed at `now`, or None.

    A complete one as soon as the last unit is complete, and again after every revision ("perbaikan n"); the final one
    when the analysis is finished, which later ones keep. A provisional one once, in office time, when the last deadline
    has passed by `sementara_menit` net working minutes. A period that waits for its order owes nothing, a closed one no
    more than the final edition of an analysis that came with the order to close.
    """
    if not period.permintaan or not _may_owe(period):
        return None
    number = max((edition.edisi for edition in period.rekap), default=0) + 1
    complete = [edition for edition in period.rekap if edition.lengkap]
    if all(request.keadaan is KeadaanPermintaan.LENGKAP for request in period.permintaan):
        made_from, analysis = dict(revisions(period)), finished_analysis(period)
        if any(dict(edition.revisi) == made_from and edition.analisis == analysis for edition in complete):
            return None
        return OwedEdition(number, _name(complete, analysis), lengkap=True, analisis=analysis)
    if period.rekap or not is_open(policy.jam, now) or period.jeda is not None:
        return None  # after a complete edition the corrections in progress are waited for
    last = max(request.batas_at for request in period.permintaan)
    over = now >= add_minutes(policy.jam, last, policy.rekap.sementara_menit)
    return OwedEdition(number, "sementara", lengkap=False) if over else None


def _may_owe(period: PeriodState) -> bool:
    """Tell whether the period is in progress, or was closed together with an analysis that no edition holds yet."""
    if period.keadaan is KeadaanPeriode.DITUTUP:
        return finished_analysis(period) not in {0, *(edition.analisis for edition in period.rekap)}
    return period.keadaan is KeadaanPeriode.BERJALAN


def finished_analysis(period: PeriodState) -> int:
    """Return the newest revision of the analysis once it is finished, else 0."""
    found = period.analisis
    return found.revisi if found is not None and found.lengkap_at is not None else 0


def _name(complete: list[RekapState], analysis: int) -> str:
    if not complete:
        return "lengkap"
    known = {edition.analisis for edition in complete} - {0}
    if analysis and analysis not in known:
        return f"{FINAL} {len(known) + 1}" if known else FINAL
    return f"{CORRECTED} {len(complete) - len(known)}"


def revisions(period: PeriodState) -> tuple[tuple[str, int], ...]:
    """Return from which revision of each unit an edition made now is made."""
    return tuple((request.unit, request.revisi) for request in period.permintaan)


def late_files(period: PeriodState) -> tuple[tuple[str, FileOnRecord], ...]:
    """Return the data dukung (unit, file) that came after the newest complete edition: they make none of their own.

    Mails are numbered as they come, and an edition is made with the mail that completed it.
    """
    edition = next((made for made in reversed(period.rekap) if made.lengkap), None)
    if edition is None:
        return ()
    brought = dict(edition.revisi)
    completed_by = max(
        (
            receipt.surel_id
            for request in period.permintaan
            for receipt in request.penerimaan
            if receipt.revisi <= brought.get(request.unit, 0)
        ),
        default=0,
    )
    if edition.analisis and period.analisis is not None:
        completed_by = max(completed_by, period.analisis.surel_id)
    return tuple(
        (request.unit, file)
        for request in period.permintaan
        for file in request.data_dukung
        if completed_by and file.surel_id > completed_by
    )
