"""The debts of a tick: from the facts and one period, everything that the passing of time makes us owe it."""

from __future__ import annotations

from datetime import time

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.policy import PerintahLangkah1
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState, StepState
from kinerja_mailbot.domain.sop.steps import STANDING_ORDER, begin_period, minutes_used, move_steps, with_steps
from kinerja_mailbot.domain.sop.working_time import is_open
from kinerja_mailbot.domain.tick.owed import Event, Owed, Progress
from kinerja_mailbot.domain.tick.reminders import remind
from kinerja_mailbot.domain.tick.requests import ask, extend_deadlines
from kinerja_mailbot.domain.tick.silence import tell_of_absences
from kinerja_mailbot.domain.tick.succession import ask_successors

# Steps of the office itself. What 4 and 5 wait for is reminded and escalated by the ladder, unit by unit.
_INTERNAL_STEPS = (1, 2, 3, 6)


def new_period(periode: Periode, facts: Facts, *, oleh: str | None = None) -> PeriodState:
    """Return a period that opens now, with its snapshot of the SOP.

    With `oleh` it runs by that person's order (BUKA). Without, the schedule opens it: it runs by the Kasubbag's
    standing order (`otomatis`) or waits for his SETUJU (`konfirmasi`).
    """
    if oleh is None and facts.aturan.jadwal.perintah is PerintahLangkah1.OTOMATIS:
        oleh = STANDING_ORDER
    return begin_period(periode, facts.aturan.sop, facts.aturan.jam, facts.now, oleh=oleh)


def refusal_before_sop(facts: Facts) -> str:
    """Return why no period can start yet, or "" when the SOP is in force (SOP pengesahan 7)."""
    sop = facts.aturan.sop
    if sop.starts_at(facts.aturan.jam.zona) <= facts.now:
        return ""
    hour = f" pukul {sop.pukul:%H.%M} {facts.aturan.kantor.singkatan_zona}" if sop.pukul != time() else ""
    return (
        f"Periode belum dapat dibuka karena SOP Nomor {sop.nomor} baru berlaku mulai "
        f"{text.tanggal(sop.efektif)}{hour} (Pengesahan butir 7)."
    )


def owed_to_new(periode: Periode, facts: Facts, nonces: tuple[str, ...]) -> Owed:
    """Return what opening a scheduled period owes: the period, its requests, their letters.

    `nonces` holds one for each unit of the register.
    """
    period = new_period(periode, facts)
    opened = Event(
        at=facts.now,
        peristiwa="period opened",
        periode=periode.kode,
        oleh=period.step(1).oleh or "jadwal",
        rincian=period.keadaan.value,
    )
    progress = Progress(period=period).then(jurnal=(opened,))
    return _go_through(progress, facts, nonces, frozenset()).as_new()


def owed_to(period: PeriodState, facts: Facts, nonces: tuple[str, ...], written: frozenset[str]) -> Owed:
    """Return what a period that the store knows is owed now; nothing when asked again with the result stored.

    `nonces` holds one for each unit of the register; `written` are the keys of the period's letters
    so far, and of those about absences.
    """
    return _go_through(Progress(period=period), facts, nonces, written).since(period)


def _go_through(progress: Progress, facts: Facts, nonces: tuple[str, ...], written: frozenset[str]) -> Progress:
    """Ask first, so that a new period is complete at once; move the steps before anybody is told that one is late."""
    if progress.period.keadaan is KeadaanPeriode.DITUTUP:  # no letters any more (SOP pengesahan 6)
        return _move(progress, facts)
    progress = ask(progress, facts, nonces)
    progress = extend_deadlines(progress, facts)
    progress = _move(progress, facts)
    # Nobody is reminded on a day off, nor while the clock stands.
    if not is_open(facts.aturan.jam, facts.now) or progress.period.jeda is not None:
        return progress
    match progress.period.keadaan:
        case KeadaanPeriode.MENUNGGU_PERINTAH:
            progress = _ask_for_order(progress, facts, written)
        case KeadaanPeriode.BERJALAN:
            progress = ask_successors(progress, facts, written)
            progress = tell_of_absences(progress, facts, written)
            progress = remind(progress, facts, written)
        case KeadaanPeriode.DITUTUP:
            pass
    return _tell_overdue_steps(progress, facts, written)


def _move(progress: Progress, facts: Facts) -> Progress:
    period = progress.period
    moved = move_steps(period, facts.daftar.responden, facts.aturan.jam, facts.now)
    finished = tuple(_finished(period, step, facts) for step in moved if step.selesai_at is not None)
    return progress.then(with_steps(period, moved), jurnal=finished)


def _finished(period: PeriodState, step: StepState, facts: Facts) -> Event:
    used = minutes_used(period, step, facts.aturan.jam) or 0
    return Event(
        at=facts.now,
        peristiwa="step finished",
        periode=period.periode.kode,
        oleh=step.oleh,
        rincian=f"step {step.nomor}, {used} of {period.sop.step(step.nomor).menit} net minutes",
    )


def _ask_for_order(progress: Progress, facts: Facts, written: frozenset[str]) -> Progress:
    letter = letters.konfirmasi_pembukaan(facts, progress.period)
    if letter.kunci in written:
        return progress
    told = Event(at=facts.now, peristiwa="order asked for", periode=progress.period.periode.kode)
    return progress.then(surat=(letter,), jurnal=(told,))


def _tell_overdue_steps(progress: Progress, facts: Facts, written: frozenset[str]) -> Progress:
    """Tell once, whose it is, that an internal step ran past its time."""
    for nomor in _INTERNAL_STEPS:
        step = progress.period.step(nomor)
        if step.selesai_at is not None or step.batas_at is None or facts.now <= step.batas_at:
            continue
        letter = letters.langkah_terlampaui(facts, progress.period, step)
        if letter.kunci not in written:
            told = Event(
                at=facts.now,
                peristiwa="step overdue",
                periode=progress.period.periode.kode,
                rincian=f"step {nomor}",
            )
            progress = progress.then(surat=(letter,), jurnal=(told,))
    return progress
