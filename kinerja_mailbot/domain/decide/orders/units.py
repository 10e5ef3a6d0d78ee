"""Carrying out the orders about the data of a unit: INGATKAN, TERIMA <unit> NIHIL."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.decide.orders.case import NOTHING_OPEN, Case
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.outcome import CountReminder, DeclareNil, Outcome
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.sop.working_time import half_day
from kinerja_mailbot.domain.tick.silence import is_silent
from kinerja_mailbot.domain.unit import Unit


def accept_nil(case: Case, unit_id: str) -> Outcome:
    """Accept that a unit has nothing to report (TERIMA <unit> NIHIL)."""
    period, unit = case.period, case.facts.daftar.unit(unit_id)
    request = period.request(unit_id) if period else None
    if period is None or request is None or unit is None:
        return case.confirm(NOTHING_OPEN)
    if request.keadaan is KeadaanPermintaan.LENGKAP:
        return case.confirm(f"Data {unit.nama} sudah lengkap; tidak ada yang diubah.", (), period)
    effect = DeclareNil(periode=period.periode.kode, unit=unit_id, oleh=case.to.jabatan)
    result = f"Data {unit.nama} untuk {period.periode.nama} diterima sebagai nihil."
    return case.confirm(result, (effect,), period)


def remind(case: Case, unit_id: str | None) -> Outcome:
    """Remind one unit, or all that owe data (INGATKAN); nobody twice in the same half-day (DOMAIN 6.3).

    Whoever is away gets nothing, as from the ladder: the answer says so, and how somebody comes to act for him.
    """
    facts, period = case.facts, case.period
    if period is None:
        return case.confirm(NOTHING_OPEN)
    if period.jeda is not None:
        return case.confirm("Hitungan waktu sedang ditunda; pengingat disampaikan setelah perintah LANJUT.", (), period)
    owing = tuple(
        (request, unit)
        for request in period.permintaan
        if request.keadaan in {KeadaanPermintaan.MENUNGGU, KeadaanPermintaan.PERLU_PERBAIKAN}
        and unit_id in {None, request.unit}
        and (unit := facts.daftar.unit(request.unit)) is not None
    )
    if not owing:
        return case.confirm("Tidak ada data yang perlu diingatkan.", (), period)
    absent = tuple(unit for _, unit in owing if is_silent(unit, facts))
    present = tuple((request, unit) for request, unit in owing if unit not in absent)
    waiting = tuple((request, unit) for request, unit in present if not _is_reminded(facts, request))
    told = tuple((request, unit) for request, unit in present if _is_reminded(facts, request))
    reminders = tuple(_reminder(case, period, request, unit) for request, unit in waiting)
    effects = tuple(CountReminder(periode=period.periode.kode, unit=unit.id) for _, unit in waiting)
    sentences = (
        _done(waiting),
        letters.kalimat_sudah_diingatkan(facts, told),
        letters.kalimat_tidak_diingatkan(facts, absent),
    )
    return case.confirm(" ".join(s for s in sentences if s), effects, period, reminders)


def _is_reminded(facts: Facts, request: RequestState) -> bool:
    last, hours = request.pengingat_terakhir_at, facts.aturan.jam
    return last is not None and half_day(hours, last) == half_day(hours, facts.now)


def _reminder(case: Case, period: PeriodState, request: RequestState, unit: Unit) -> Letter:
    number, rung = request.pengingat + 1, max(request.tingkat, 0)
    letter = letters.pengingat(case.facts, period, request, unit, urutan=number, rung=rung)
    # A key of the mail, not of the number: decided once more, the same order makes no second letter.
    return replace(letter, kunci=f"{period.periode.kode}.pengingat.surel-{case.mail.id}.{unit.id}")


def _done(reminded: tuple[tuple[RequestState, Unit], ...]) -> str:
    names = ", ".join(unit.nama for _, unit in reminded)
    return f"Pengingat disampaikan kepada {names}." if names else ""
