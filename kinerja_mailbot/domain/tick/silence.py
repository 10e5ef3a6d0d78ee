"""Silence towards officials who are away: their letters wait, the clock does not, and the Kasubbag is told."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.tick.ladder import due_rung, newly_climbed
from kinerja_mailbot.domain.tick.owed import Event, Progress
from kinerja_mailbot.domain.unit import Unit

_OPEN = (KeadaanPermintaan.MENUNGGU, KeadaanPermintaan.PERLU_PERBAIKAN)


def is_silent(unit: Unit, facts: Facts) -> bool:
    """Tell whether nobody of the unit can be reminded: whoever answers for it today is known to be away."""
    return facts.is_away(unit.id, unit.official_on(facts.today))


def tell_of_absences(progress: Progress, facts: Facts, written: frozenset[str]) -> Progress:
    """Ask the Kasubbag for an acting official, once for each absence, and tell him of rungs that escalate meanwhile.

    The rung itself stays unclimbed: whoever is back gets the newest reminder, one and not three.
    """
    for request in progress.period.permintaan:
        unit, absence = facts.daftar.unit(request.unit), facts.absence_of(request.unit)
        if unit is None or absence is None or request.keadaan not in _OPEN or not is_silent(unit, facts):
            continue
        if _is_first_to_ask(progress.period, facts, unit):
            progress = _ask_for_acting(progress, facts, request, unit, absence, written)
        progress = _escalate_silently(progress, facts, request, unit, written)
    return progress


def silent_key(request: RequestState, rung: int) -> str:
    """Return the key of an escalation during an absence; a new deadline has escalations of its own."""
    return f"{request.periode}.eskalasi.{rung}.{request.unit}.{request.batas_at:%Y%m%dT%H%M}"


def _is_first_to_ask(period: PeriodState, facts: Facts, unit: Unit) -> bool:
    """Tell whether no older period in progress waits for the unit too: one letter speaks for all of them."""
    waiting = (p.periode.kode for p in facts.running() if _waits_for(p, unit))
    return period.periode.kode == next(waiting, period.periode.kode)


def _waits_for(period: PeriodState, unit: Unit) -> bool:
    request = period.request(unit.id)
    return period.jeda is None and request is not None and request.keadaan in _OPEN


def _ask_for_acting(  # noqa: PLR0913, PLR0917 - what the letter speaks of
    progress: Progress, facts: Facts, request: RequestState, unit: Unit, absence: Absence, written: frozenset[str]
) -> Progress:
    letter = letters.tidak_hadir(facts, progress.period, request, unit, absence)
    if letter.kunci in written:
        return progress
    told = Event(
        at=facts.now,
        peristiwa="reminders rest",
        periode=request.periode,
        unit=unit.id,
        rincian=f"away until {absence.sampai or 'an unknown day'}",
    )
    return progress.then(surat=(letter,), jurnal=(told,))


def _escalate_silently(
    progress: Progress, facts: Facts, request: RequestState, unit: Unit, written: frozenset[str]
) -> Progress:
    tiers = facts.aturan.pengingat.tingkat
    reached = due_rung(request, facts.aturan.pengingat, facts.aturan.jam, facts.now)
    climbed = newly_climbed(request, reached) if reached is not None else range(0)
    rung = max((rung for rung in climbed if tiers[rung].eskalasi), default=None)
    if rung is None or silent_key(request, rung) in written:
        return progress
    letter = replace(letters.eskalasi(facts, progress.period, (unit,), rung=rung), kunci=silent_key(request, rung))
    told = Event(
        at=facts.now, peristiwa="escalation", periode=request.periode, unit=unit.id, rincian=f"rung {rung}, away"
    )
    return progress.then(surat=(letter,), jurnal=(told,))
