"""Compiling the rekap: from the stored values of a period to every figure that is shown."""

from __future__ import annotations

from datetime import datetime

from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.policy import Policy
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.domain.unit import Daftar


def compile_rekap(
    period: PeriodState, daftar: Daftar, policy: Policy, *, edisi: int, nama_edisi: str, now: datetime
) -> Rekap:
    """Compile a period; units that have not answered are shown as "belum diterima", never left out."""
    raise NotImplementedError
