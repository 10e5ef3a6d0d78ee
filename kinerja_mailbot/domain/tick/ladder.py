"""The reminder ladder: on which rung a request stands, and whether it is owed a reminder now."""

from __future__ import annotations

from datetime import datetime

from kinerja_mailbot.domain.policy import Pengingat
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, RequestState
from kinerja_mailbot.domain.sop.working_time import WorkingHours, add_minutes, half_day, is_open


def due_rung(request: RequestState, pengingat: Pengingat, hours: WorkingHours, now: datetime) -> int | None:
    """Return the rung (index in `pengingat.tingkat`) whose reminder is owed now, or None.

    Only the newest rung that was reached is owed: those before it are superseded, so that after downtime one letter
    goes out, not three. Reminders go out in office time only, at most one in each working half-day, and none
    to a unit whose data is complete or whose request has not left yet (DOMAIN 6.3).
    `request.tingkat` is the highest rung already used; whoever moves `batas_at` sets it back to -1, and the ladder
    starts anew.
    """
    if not is_open(hours, now) or not _is_awaited(request) or _was_reminded_lately(request, hours, now):
        return None
    begun = _window_start(request, pengingat, hours)
    reached = (
        rung
        for rung in range(len(pengingat.tingkat) - 1, request.tingkat, -1)
        if begun < rung_moment(request, pengingat, rung, hours) <= now
    )
    return next(reached, None)


def rung_moment(request: RequestState, pengingat: Pengingat, rung: int, hours: WorkingHours) -> datetime:
    """Return when a request reaches a rung: its deadline moved by the rung's net working minutes; aware UTC.

    Half of a 480-minute step is the rung of -240 minutes; 0 is the deadline itself.
    """
    minutes = pengingat.tingkat[rung].menit
    return add_minutes(hours, request.batas_at, minutes) if minutes else request.batas_at


def newly_climbed(request: RequestState, rung: int) -> range:
    """Return the rungs that a reminder on `rung` settles: that one and those that it supersedes."""
    return range(request.tingkat + 1, rung + 1)


def _is_awaited(request: RequestState) -> bool:
    match request.keadaan:
        case KeadaanPermintaan.MENUNGGU | KeadaanPermintaan.PERLU_PERBAIKAN:
            return True
        case KeadaanPermintaan.DISIAPKAN | KeadaanPermintaan.LENGKAP:
            return False


def _was_reminded_lately(request: RequestState, hours: WorkingHours, now: datetime) -> bool:
    last = request.pengingat_terakhir_at
    return last is not None and half_day(hours, last) == half_day(hours, now)


def _window_start(request: RequestState, pengingat: Pengingat, hours: WorkingHours) -> datetime:
    """Return when the window for this answer began: a rung before it would remind of a letter just sent."""
    if request.keadaan is KeadaanPermintaan.PERLU_PERBAIKAN:
        return add_minutes(hours, request.batas_at, -pengingat.masa_perbaikan_menit)
    return request.dikirim_at or request.diminta_at
