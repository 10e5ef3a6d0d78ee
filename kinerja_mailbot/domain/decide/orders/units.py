"""Carrying out the orders about the data of a unit: INGATKAN, TERIMA <unit> NIHIL."""

from __future__ import annotations

from kinerja_mailbot.domain.decide.orders.case import NOTHING_OPEN, Case
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.outcome import CountReminder, DeclareNil, Outcome
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan


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
    """Remind one unit, or all that owe data (INGATKAN)."""
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
    reminders = tuple(
        letters.pengingat(facts, period, request, unit, urutan=request.pengingat + 1, rung=max(request.tingkat, 0))
        for request, unit in owing
    )
    effects = tuple(CountReminder(periode=period.periode.kode, unit=unit.id) for _, unit in owing)
    result = f"Pengingat disampaikan kepada {', '.join(unit.nama for _, unit in owing)}."
    return case.confirm(result, effects, period, reminders)
