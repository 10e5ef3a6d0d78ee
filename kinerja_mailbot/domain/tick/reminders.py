"""Reminders to whoever is late, by the ladder, with the escalation to the Kasubbag."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.policy import Pengingat
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.tick.ladder import due_rung, newly_climbed
from kinerja_mailbot.domain.tick.owed import Event, Progress, with_requests
from kinerja_mailbot.domain.tick.silence import is_silent, silent_key
from kinerja_mailbot.domain.tick.turns import units_in_turn
from kinerja_mailbot.domain.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reminder:
    """A unit that is reminded now: its request as it was, and the rung that it has reached."""

    unit: Unit
    request: RequestState
    rung: int


def remind(progress: Progress, facts: Facts, written: frozenset[str]) -> Progress:
    """Remind the units that reached a new rung and tell the Kasubbag where a rung says so.

    The Kasubbag gets one letter for each escalating rung, naming every unit that reached it now; a rung that was
    superseded during downtime still escalates. Whoever is away is not written to. `written` are the keys of the
    period's letters so far.
    """
    reminders = _owed_reminders(progress.period, facts)
    if not reminders:
        return progress
    climbed = tuple(
        replace(r.request, pengingat=r.request.pengingat + 1, pengingat_terakhir_at=facts.now, tingkat=r.rung)
        for r in reminders
    )
    period = with_requests(progress.period, climbed)
    reminding = tuple(
        letters.pengingat(facts, period, request, r.unit, urutan=request.pengingat, rung=r.rung)
        for r, request in zip(reminders, climbed, strict=True)
    )
    told = tuple(event for r in reminders for event in _events(r, facts))
    return _escalate(progress.then(period, surat=reminding, jurnal=told), reminders, facts, written)


def _owed_reminders(period: PeriodState, facts: Facts) -> tuple[_Reminder, ...]:
    due = tuple(
        _Reminder(unit=unit, request=request, rung=rung)
        for request in period.permintaan
        if (unit := facts.daftar.unit(request.unit)) is not None
        if not is_silent(unit, facts)
        if (rung := due_rung(request, facts.aturan.pengingat, facts.aturan.jam, facts.now)) is not None
    )
    in_turn = units_in_turn(period, tuple((r.request, r.unit) for r in due), facts)
    return tuple(reminder for reminder in due if reminder.unit.id in in_turn)


def _escalate(progress: Progress, reminders: tuple[_Reminder, ...], facts: Facts, written: frozenset[str]) -> Progress:
    by_rung: dict[int, list[_Reminder]] = {}
    for reminder in reminders:
        rung = _escalating_rung(reminder, facts.aturan.pengingat)
        if rung is not None and silent_key(reminder.request, rung) not in written:
            by_rung.setdefault(rung, []).append(reminder)
    for rung, late in sorted(by_rung.items()):
        letter = letters.eskalasi(facts, progress.period, tuple(r.unit for r in late), rung=rung)
        told = tuple(_event("escalation", r, facts, rincian=f"rung {rung}") for r in late)
        progress = progress.then(surat=(_under_free_key(letter, late[0].request, written),), jurnal=told)
    return progress


def _escalating_rung(reminder: _Reminder, pengingat: Pengingat) -> int | None:
    climbed = newly_climbed(reminder.request, reminder.rung)
    return max((rung for rung in climbed if pengingat.tingkat[rung].eskalasi), default=None)


def _under_free_key(letter: Letter, first: RequestState, written: frozenset[str]) -> Letter:
    """Return the letter under a key of its own when the same unit reaches the rung again, late with its correction."""
    if letter.kunci not in written:
        return letter
    return replace(letter, kunci=f"{letter.kunci}.{first.pengingat + 1}")


def _events(reminder: _Reminder, facts: Facts) -> tuple[Event, ...]:
    tingkat = facts.aturan.pengingat.tingkat
    told = _event("reminder", reminder, facts, rincian=f"no. {reminder.request.pengingat + 1}, rung {reminder.rung}")
    passed_before = any(rung.menit >= 0 for rung in tingkat[: reminder.request.tingkat + 1])
    if passed_before or tingkat[reminder.rung].menit < 0:
        return (told,)
    corrects = reminder.request.keadaan is KeadaanPermintaan.PERLU_PERBAIKAN
    missed = "no correction by deadline" if corrects else "no answer by deadline"
    return (_event(missed, reminder, facts, rincian=reminder.request.batas_at.isoformat()), told)


def _event(peristiwa: str, reminder: _Reminder, facts: Facts, rincian: str) -> Event:
    return Event(
        at=facts.now,
        peristiwa=peristiwa,
        periode=reminder.request.periode,
        unit=reminder.unit.id,
        rincian=rincian,
    )
