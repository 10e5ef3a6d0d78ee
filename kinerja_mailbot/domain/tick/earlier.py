"""Finding what a unit has reported for the period before."""

from __future__ import annotations

from kinerja_mailbot.domain.form.earlier import Earlier
from kinerja_mailbot.domain.form.periodic import last_quarter
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.sop.state import PeriodState


def find_earlier(periods: tuple[PeriodState, ...], unit: str, periode: Periode) -> Earlier | None:
    """Return the unit's newest record among the earlier periods of the same year, None when it has none.

    Figures are counted since the year's beginning, so another year's say nothing. Of a quarter and a semester that end
    on the same day, the one of the same kind as `periode` counts.
    """
    end = last_quarter(periode)
    known = [
        (last_quarter(period.periode), period.periode.jenis is periode.jenis, period.periode.kode, request.sel)
        for period in periods
        if period.periode.tahun == periode.tahun
        and last_quarter(period.periode) < end
        and (request := period.request(unit)) is not None
        and request.sel
    ]
    if not known:
        return None
    _, _, kode, cells = max(known, key=lambda found: found[:3])
    found = next(period.periode for period in periods if period.periode.kode == kode)
    return Earlier(found, cells)
