"""Carrying out the orders that change the clock: PERPANJANG, TUNDA, LANJUT (SOP pengesahan 3 and 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.decide.orders.case import NOTHING_OPEN, Case
from kinerja_mailbot.domain.decide.orders.deadline import Refused, new_deadline
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.orders import BelumJelas, Kurang, Perpanjang, Tunda
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.timing import ExtendDeadline, PauseClock, ResumeClock, TimingEffect
from kinerja_mailbot.domain.sop.changes import Lama, MovedDeadline, Penundaan
from kinerja_mailbot.domain.sop.moving import deadlines_after, open_requests, steps_after, steps_along
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState, RequestState
from kinerja_mailbot.domain.sop.working_time import count_minutes
from kinerja_mailbot.domain.unit import Pejabat, Unit


def extend(case: Case, order: Perpanjang) -> Outcome:
    """Give units more time (PERPANJANG), once for each mail and once a day for the same words."""
    chosen = _requests_of(case, order)
    if isinstance(chosen, Outcome):
        return chosen
    period, requests = chosen
    effects, told, sentences = list[ExtendDeadline](), list[Letter](), list[str]()
    for request, unit in requests:
        effect = _extension(case, order, period, request, unit)
        if isinstance(effect, Refused):
            sentences.append(effect.kalimat)
            continue
        effects.append(effect)
        sentences.append(letters.kalimat_perpanjangan(case.facts, unit, effect.batas, effect.lama))
        told.append(letters.perpanjangan(case.facts, case.mail, period, request, unit, effect))
    if effects:
        sentences.append(f"Alasan: {order.alasan}. Unit terkait telah diberi tahu.")
    return case.confirm(" ".join(sentences), tuple(effects), period, tuple(told), _copies(case, effects))


def pause(case: Case, order: Tunda) -> Outcome:
    """Stop the clock of every open period from the arrival of the mail on (TUNDA)."""
    periods = _open_periods(case)
    if not periods:
        return case.confirm(NOTHING_OPEN)
    running = tuple(period for period in periods if period.jeda is None)
    if not running:
        return case.confirm(letters.kalimat_sedang_ditunda(case.facts, periods[0]), (), periods[0])
    at, giver = _given_at(case), case.to.jabatan
    effects = tuple(
        PauseClock(periode=period.periode.kode, mulai_at=max(at, _last_change(period)), alasan=order.alasan, oleh=giver)
        for period in running
    )
    told = tuple(
        letters.penundaan(case.facts, case.mail, period, request, unit, effect)
        for period, effect in zip(running, effects, strict=True)
        for request, unit in _waiting(case, period)
    )
    result = letters.kalimat_penundaan(case.facts, running, order.alasan, effects[-1].mulai_at)
    return case.confirm(result, effects, running[-1], told, _copies(case, effects))


def resume(case: Case) -> Outcome:
    """Let the clock go on (LANJUT); all that is open moves by the working minutes for which it stood."""
    stopped = tuple((p, p.jeda) for p in _open_periods(case) if p.jeda is not None)
    if not stopped:
        return case.confirm(_not_paused(case))
    hours, effects, told, sentences = case.facts.aturan.jam, list[ResumeClock](), list[Letter](), list[str]()
    for period, standing in stopped:
        at = max(_given_at(case), standing.mulai_at)
        effect = _resumption(case, period, standing, at)
        effects.append(effect)
        stood = count_minutes(hours, standing.mulai_at, at)
        sentences.append(letters.kalimat_kelanjutan(case.facts, period, at, stood))
        told += [
            letters.kelanjutan(case.facts, case.mail, period, request, unit, effect)
            for request, unit in _waiting(case, period)
        ]
    return case.confirm(" ".join(sentences), tuple(effects), stopped[-1][0], tuple(told), _copies(case, effects))


def ask_back(case: Case, order: BelumJelas) -> Outcome:
    """Ask for what an order lacks, with choices that can be sent back as they are."""
    units = tuple(unit for unit in case.facts.daftar.responden if unit.id in order.unit)
    if order.kurang is Kurang.UNIT and not units:
        period = case.period
        units = tuple(unit for _, unit in _waiting(case, period)) if period else ()
    letter = letters.tanya_perintah(case.facts, case.mail, case.to, order, units or case.facts.daftar.responden)
    return replace(case.base, label="perintah ditanyakan", surat=(letter,))


def _requests_of(case: Case, order: Perpanjang) -> Outcome | tuple[PeriodState, tuple[tuple[RequestState, Unit], ...]]:
    """Return whose deadlines are meant, or the answer that asks or tells why there are none."""
    period = _period_of(case, order)
    if period is None:
        return case.confirm(NOTHING_OPEN)
    waiting = _waiting(case, period)
    if not waiting:
        state = "sudah lengkap" if period.permintaan else "belum diminta"
        return case.confirm(f"Seluruh data {period.periode.nama} {state}; tidak ada batas yang diubah.", (), period)
    if order.semua:
        return period, waiting
    if not order.unit:
        if len(waiting) == 1:
            return period, waiting
        lama = order.lama.sebutan if isinstance(order.lama, Lama) else ""
        asked = BelumJelas(perintah="PERPANJANG", kurang=Kurang.UNIT, lama=lama, alasan=order.alasan)
        return ask_back(case, asked)
    meant = tuple((request, unit) for request, unit in waiting if unit.id in order.unit)
    if not meant:
        names = text.rangkai([u.nama for u in case.facts.daftar.responden if u.id in order.unit])
        return case.confirm(f"Data {names} sudah lengkap; batas waktunya tidak diubah.", (), period)
    return period, meant


def _period_of(case: Case, order: Perpanjang) -> PeriodState | None:
    if order.periode is None:
        return case.period
    named = case.facts.period(order.periode)
    return named if named is not None and named.keadaan is KeadaanPeriode.BERJALAN else None


def _extension(
    case: Case, order: Perpanjang, period: PeriodState, request: RequestState, unit: Unit
) -> ExtendDeadline | Refused:
    lama = order.lama.sebutan if isinstance(order.lama, Lama) else ""
    same = (unit.id, lama, order.alasan.casefold())
    today = case.facts.today
    for earlier in period.perpanjangan:
        is_today = case.facts.office_day(earlier.at) == today
        if lama and is_today and (earlier.unit, earlier.lama, earlier.alasan.casefold()) == same:
            return Refused(letters.kalimat_sudah_diperpanjang(case.facts, unit, earlier))
    until = new_deadline(case.facts, period, request, unit, order.lama)
    if isinstance(until, Refused):
        return until
    return ExtendDeadline(
        periode=period.periode.kode,
        batas=MovedDeadline(unit.id, request.batas_at, until),
        langkah=steps_along(period, unit.langkah_himpun, until),
        lama=lama,
        alasan=order.alasan,
        oleh=case.to.jabatan,
    )


def _resumption(case: Case, period: PeriodState, standing: Penundaan, at: datetime) -> ResumeClock:
    hours = case.facts.aturan.jam
    return ResumeClock(
        periode=period.periode.kode,
        sampai_at=at,
        permintaan=deadlines_after(period, standing, hours, at),
        langkah=steps_after(period, standing, hours, at),
        oleh=case.to.jabatan,
    )


def _copies(case: Case, effects: Sequence[TimingEffect]) -> tuple[Pejabat, ...]:
    """Return the Kasubbag where a penyusun has changed the clock."""
    kasubbag = case.facts.daftar.kasubbag
    return (kasubbag,) if effects and case.to != kasubbag else ()


def _open_periods(case: Case) -> tuple[PeriodState, ...]:
    return tuple(p for p in case.facts.periode if p.keadaan is not KeadaanPeriode.DITUTUP)


def _waiting(case: Case, period: PeriodState) -> tuple[tuple[RequestState, Unit], ...]:
    return tuple(
        (request, unit)
        for request in open_requests(period)
        if (unit := case.facts.daftar.unit(request.unit)) is not None
    )


def _given_at(case: Case) -> datetime:
    return min(case.mail.tiba_at, case.facts.now)  # the server's clock may be ahead of ours


def _last_change(period: PeriodState) -> datetime:
    """Return when the last pause ended: an order that comes late by mail does not reach into it."""
    return max((p.sampai_at for p in period.penundaan if p.sampai_at is not None), default=period.dibuka_at)


def _not_paused(case: Case) -> str:
    waiting = [p for p in case.facts.periode if p.keadaan is KeadaanPeriode.MENUNGGU_PERINTAH]
    if waiting:
        return (
            f"Hitungan waktu tidak sedang ditunda. Apabila yang dimaksud adalah memulai pengumpulan data "
            f"{waiting[0].periode.nama}, mohon membalas dengan SETUJU."
        )
    return "Hitungan waktu tidak sedang ditunda; tidak ada yang diubah."
