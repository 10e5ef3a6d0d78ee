"""How an order moves what is open in a period: deadlines of requests and due times of unfinished steps."""

from __future__ import annotations

from datetime import datetime

from kinerja_mailbot.domain.sop.changes import MovedDeadline, MovedStep, Penundaan, after_pause
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.sop.working_time import WorkingHours


def open_requests(period: PeriodState) -> tuple[RequestState, ...]:
    """Return the requests that still wait for data; only their deadlines may move (SOP pengesahan 4)."""
    return tuple(r for r in period.permintaan if r.keadaan is not KeadaanPermintaan.LENGKAP)


def steps_along(period: PeriodState, nomor: int, menjadi_at: datetime) -> tuple[MovedStep, ...]:
    """Return the gathering step moved so that it is not due before a deadline that it waits for."""
    return tuple(
        MovedStep(step.nomor, step.batas_at, menjadi_at)
        for step in period.langkah
        if step.nomor == nomor and step.selesai_at is None and step.batas_at is not None and step.batas_at < menjadi_at
    )


def deadlines_after(
    period: PeriodState, pause: Penundaan, hours: WorkingHours, resumed: datetime
) -> tuple[MovedDeadline, ...]:
    """Return every open deadline that the pause moves; without office time in it there is none."""
    return tuple(
        MovedDeadline(request.unit, request.batas_at, due)
        for request in open_requests(period)
        if (due := after_pause(hours, request.batas_at, pause.mulai_at, resumed)) != request.batas_at
    )


def steps_after(period: PeriodState, pause: Penundaan, hours: WorkingHours, resumed: datetime) -> tuple[MovedStep, ...]:
    """Return every unfinished step that the pause moves; finished ones never change (SOP pengesahan 4)."""
    return tuple(
        MovedStep(step.nomor, step.batas_at, due)
        for step in period.langkah
        if step.selesai_at is None and step.batas_at is not None
        if (due := after_pause(hours, step.batas_at, pause.mulai_at, resumed)) != step.batas_at
    )


def is_in_time(period: PeriodState, request: RequestState, at: datetime) -> bool:
    """Tell whether what arrived at that moment was in time: nothing is late while the clock stands."""
    pause = period.jeda
    stands = pause is not None and pause.mulai_at <= min(request.batas_at, at)
    return stands or at <= request.batas_at
