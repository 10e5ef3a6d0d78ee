"""Taking turns: whoever owes data twice, of two periods or units, gets one reminder in each half-day (DOMAIN 6.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.sop.working_time import half_day
from kinerja_mailbot.domain.tick.ladder import due_rung
from kinerja_mailbot.domain.tick.silence import is_silent
from kinerja_mailbot.domain.unit import Unit


def units_in_turn(period: PeriodState, due: tuple[tuple[RequestState, Unit], ...], facts: Facts) -> frozenset[str]:
    """Return which of the units that are due a reminder get it now: those whose official hears of nothing else.

    Of what is due to one person at the same time the oldest deadline goes first; the rest is due in the next half-day,
    on the rung that it has reached by then.
    """
    if not due:
        return frozenset()
    asked = _asked(facts, period)
    return frozenset(
        unit.id
        for request, unit in due
        if not any(_goes_before(other, theirs, request, facts) for other, theirs in asked[_person(unit, facts)])
    )


def _asked(facts: Facts, period: PeriodState) -> dict[str, list[tuple[RequestState, Unit]]]:
    """Return what every official is asked for in the periods in progress; `period` as the tick has it by now."""
    found: dict[str, list[tuple[RequestState, Unit]]] = {}
    for request, unit in _requests(facts, period):
        found.setdefault(_person(unit, facts), []).append((request, unit))
    return found


def _requests(facts: Facts, period: PeriodState) -> Iterator[tuple[RequestState, Unit]]:
    elsewhere = (p for p in facts.running() if p.periode.kode != period.periode.kode and p.jeda is None)
    units = {unit.id: unit for unit in facts.daftar.responden}
    for known in (period, *elsewhere):
        yield from ((r, units[r.unit]) for r in known.permintaan if r.unit in units)


def _goes_before(other: RequestState, unit: Unit, request: RequestState, facts: Facts) -> bool:
    if (other.periode, other.unit) == (request.periode, request.unit):
        return False
    hours, last = facts.aturan.jam, other.pengingat_terakhir_at
    if last is not None and half_day(hours, last) == half_day(hours, facts.now):
        return True
    if _rank(other) > _rank(request) or is_silent(unit, facts):
        return False
    return due_rung(other, facts.aturan.pengingat, hours, facts.now) is not None


def _rank(request: RequestState) -> tuple[datetime, str, str]:
    return request.batas_at, request.periode, request.unit


def _person(unit: Unit, facts: Facts) -> str:
    return unit.official_on(facts.today).alamat[0].casefold()
