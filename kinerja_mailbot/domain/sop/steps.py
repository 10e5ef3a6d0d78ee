"""The six steps of the SOP as they move: each starts, gets its deadline and finishes by what has happened.

1 the order; 2 the format goes to the Ka.Subbag; 3 to the Sekretaris; 4 the Sekretaris's data is gathered; 5 the
Ka.Subbag's data is gathered and compiled; 6 the Kasubbag analyses. The SOP's table is serial, but the letters of 2
and 3 leave together and their answers come in side by side, so 4 (after 3) and 5 (after 2) run in parallel
(DOMAIN 6.1 iii).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.sop.changes import due_after, minutes_stood
from kinerja_mailbot.domain.sop.state import (
    KeadaanPeriode,
    KeadaanPermintaan,
    PeriodState,
    RekapState,
    RequestState,
    StepState,
)
from kinerja_mailbot.domain.sop.version import VersiSop
from kinerja_mailbot.domain.sop.working_time import WorkingHours, add_standard, count_minutes
from kinerja_mailbot.domain.unit import Unit

STANDING_ORDER = "jadwal (perintah tetap Kasubbag)"
"""Who gives the order of step 1 when the office has decided so once and for all (`otomatis`)."""

BOT = "kinerja-mailbot"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """How a step ended."""

    at: datetime
    oleh: str = ""
    bukti: str = ""


def begin_period(
    periode: Periode, sop: VersiSop, hours: WorkingHours, now: datetime, *, oleh: str | None
) -> PeriodState:
    """Return a period that opens now under this version of the SOP.

    With `oleh` the order of step 1 is given and the period runs; with None it waits for the Kasubbag's SETUJU.
    """
    order = StepState(nomor=1, mulai_at=now, batas_at=_deadline(sop, 1, hours, now))
    if oleh is not None:
        order = replace(order, selesai_at=now, oleh=oleh)
    period = PeriodState(
        periode=periode,
        keadaan=KeadaanPeriode.MENUNGGU_PERINTAH if oleh is None else KeadaanPeriode.BERJALAN,
        dibuka_at=now,
        sop=sop,
        langkah=(order, *(StepState(nomor=nomor) for nomor in range(2, 7))),
    )
    return with_steps(period, move_steps(period, (), hours, now))


def move_steps(
    period: PeriodState, units: tuple[Unit, ...], hours: WorkingHours, now: datetime
) -> tuple[StepState, ...]:
    """Return the steps that start or finish by what the period shows, in their new state, by number.

    Starts and ends are taken from what happened (a letter was sent, a form was complete), not from the time of looking.
    All that follows is returned at once: moving again with the result changes nothing. A finished step never changes
    (SOP pengesahan 4). A unit that has left the register counts as a Subbag.
    """
    moved, by_id = period, {unit.id: unit for unit in units}
    for nomor in range(1, 7):  # no step starts or ends because of a later one
        step = _moved(moved, moved.step(nomor), by_id, hours, now)
        moved = with_steps(moved, (step,))
    return tuple(new for new, old in zip(moved.langkah, period.langkah, strict=True) if new != old)


def with_steps(period: PeriodState, steps: tuple[StepState, ...]) -> PeriodState:
    """Return the period with these steps in place of those with the same numbers."""
    newer = {step.nomor: step for step in steps}
    return replace(period, langkah=tuple(newer.get(step.nomor, step) for step in period.langkah))


def _moved(
    period: PeriodState, step: StepState, units: Mapping[str, Unit], hours: WorkingHours, now: datetime
) -> StepState:
    if step.selesai_at is not None:
        return step
    if step.mulai_at is None:
        begun = _begun(period, step.nomor)
        if begun is None:
            return step
        step = replace(step, mulai_at=begun, batas_at=_due(period, step.nomor, units, hours, begun))
    done = _ended(period, step.nomor, units, now)
    if done is None or step.mulai_at is None:
        return step
    # What was complete before its step began (a form that came while another letter was stuck) ends it at once.
    at = max(done.at, step.mulai_at)
    return replace(step, selesai_at=at, oleh=step.oleh or done.oleh, bukti=step.bukti or done.bukti)


def _deadline(sop: VersiSop, nomor: int, hours: WorkingHours, start: datetime) -> datetime:
    return add_standard(hours, start, sop.step(nomor).menit, sop.bacaan)


def _due(period: PeriodState, nomor: int, units: Mapping[str, Unit], hours: WorkingHours, begun: datetime) -> datetime:
    """Return when a step that began then is due: pauses are left out, extended deadlines are waited for."""
    due = due_after(hours, period.penundaan, begun, period.sop.step(nomor).menit, period.sop.bacaan)
    extended = {change.unit for change in period.perpanjangan}
    awaited = (r.batas_at for r in period.permintaan if r.unit in extended and _steps_of(r, units)[1] == nomor)
    return max((due, *awaited))


def minutes_used(period: PeriodState, step: StepState, hours: WorkingHours) -> int | None:
    """Return the net working minutes that a finished step took, pauses left out; None until it is finished."""
    if step.mulai_at is None or step.selesai_at is None:
        return None
    stood = minutes_stood(hours, period.penundaan, step.mulai_at, step.selesai_at)
    return max(count_minutes(hours, step.mulai_at, step.selesai_at) - stood, 0)


def _begun(period: PeriodState, nomor: int) -> datetime | None:
    """Return when the step began, or None if what it waits for has not happened."""
    match nomor:
        case 1:
            return period.dibuka_at
        case 2 | 3:
            return period.step(1).selesai_at
        case 4:
            return period.step(3).selesai_at
        case 5:
            return period.step(2).selesai_at
        case _:
            rekap = _first_complete_rekap(period)
            return rekap.dibuat_at if rekap else None


def _ended(period: PeriodState, nomor: int, units: Mapping[str, Unit], now: datetime) -> _Done | None:
    """Return how the step ended: by an event of the mail or an order, never by the mere passing of time."""
    match nomor:
        case 1:
            running = period.keadaan is KeadaanPeriode.BERJALAN
            return _Done(at=period.dibuka_at, oleh=STANDING_ORDER) if running else None
        case 2 | 3:
            return _end_of_sending(period, tuple(r for r in period.permintaan if _steps_of(r, units)[0] == nomor))
        case 4 | 5:
            asked = tuple(r for r in period.permintaan if _steps_of(r, units)[1] == nomor)
            gathered = _end_of_gathering(period, asked)
            return _end_of_compiling(period, gathered) if gathered and nomor == 5 else gathered
        case _:
            return _end_of_analysis(period, now)


def _end_of_sending(period: PeriodState, asked: tuple[RequestState, ...]) -> _Done | None:
    sent = [(r.dikirim_at, r.unit) for r in asked if r.dikirim_at is not None]
    if not period.permintaan or len(sent) < len(asked):
        return None
    if not sent:  # nobody is asked by this step: it is over when it begins
        return _Done(at=period.dibuka_at, oleh=BOT)
    at, unit = max(sent)
    return _Done(at=at, oleh=BOT, bukti=f"{period.periode.kode}.permintaan.{unit}")


def _end_of_gathering(period: PeriodState, asked: tuple[RequestState, ...]) -> _Done | None:
    complete = [
        (r.lengkap_at, r.unit) for r in asked if r.lengkap_at is not None and r.keadaan is KeadaanPermintaan.LENGKAP
    ]
    if not period.permintaan or len(complete) < len(asked):
        return None
    if not complete:
        return _Done(at=period.dibuka_at, oleh=BOT)
    at, unit = max(complete)
    return _Done(at=at, oleh=unit)


def _end_of_compiling(period: PeriodState, gathered: _Done) -> _Done | None:
    rekap = _first_complete_rekap(period)
    if rekap is None:
        return None
    key = f"{period.periode.kode}.rekap.{rekap.edisi}"
    return _Done(at=max(gathered.at, rekap.dibuat_at), oleh=BOT, bukti=key)


def _end_of_analysis(period: PeriodState, now: datetime) -> _Done | None:
    found = period.analisis
    if found is not None and found.lengkap_at is not None:
        return _Done(at=found.lengkap_at, oleh=found.oleh, bukti=f"surel.{found.surel_id}")
    return _Done(at=now) if period.keadaan is KeadaanPeriode.DITUTUP else None


def _steps_of(request: RequestState, units: Mapping[str, Unit]) -> tuple[int, int]:
    unit = units.get(request.unit)
    return (unit.langkah_kirim, unit.langkah_himpun) if unit else (2, 5)


def _first_complete_rekap(period: PeriodState) -> RekapState | None:
    return next((edition for edition in sorted(period.rekap, key=lambda r: r.edisi) if edition.lengkap), None)
