"""Deciding MINTA WAKTU: put before the Kasubbag, then granted like PERPANJANG, or refused with his reason."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.decide.orders.case import Case
from kinerja_mailbot.domain.decide.orders.clock import extend
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.orders import Perpanjang, Setuju, Tolak
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.people import SettlePetition
from kinerja_mailbot.domain.mail.petition import KeadaanPermohonan, Permohonan
from kinerja_mailbot.domain.mail.wishes import read_amount
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.unit import Unit


def decide_petition(
    mail: IncomingMail, facts: Facts, base: Outcome, petition: Permohonan, *, refusal: str | None
) -> Outcome:
    """Decide the Kasubbag's answer; `refusal` is his reason, "" without one, None when he agrees."""
    order = Setuju() if refusal is None else Tolak(refusal)
    case = Case(mail=mail, facts=facts, to=facts.daftar.kasubbag, order=order, base=base)
    period, unit = facts.period(petition.periode), facts.daftar.unit(petition.unit)
    request = period.request(petition.unit) if period else None
    if petition.keadaan is not KeadaanPermohonan.MENUNGGU:
        return case.confirm(f"Permohonan tersebut sudah {petition.keadaan.value}; tidak ada yang diubah.", (), period)
    if period is None or request is None or unit is None:
        return case.confirm("Periode atau unit pada permohonan tersebut tidak lagi terbuka.")
    if refusal is None:
        return _grant(case, petition, period, unit)
    return _refuse(case, petition, period, request, unit, refusal)


def _grant(case: Case, petition: Permohonan, period: PeriodState, unit: Unit) -> Outcome:
    amount = read_amount(petition.lama)
    if amount is None:
        raise ValueError(f"the time asked for by mail {petition.surel_id} can't be read: {petition.lama!r}")
    order = Perpanjang(unit=(unit.id,), lama=amount, alasan=petition.alasan, periode=period.periode.kode)
    outcome = extend(replace(case, order=order), order)
    if not outcome.efek:  # complete by now, or the day is past: said in the confirmation; the petition is done with
        return replace(outcome, unit=unit.id)
    settled = _settled(case, petition, KeadaanPermohonan.DISETUJUI)
    return replace(outcome, label="tambahan waktu disetujui", unit=unit.id, efek=(*outcome.efek, settled))


def _refuse(  # noqa: PLR0913, PLR0917 - what the two letters speak of
    case: Case, petition: Permohonan, period: PeriodState, request: RequestState, unit: Unit, refusal: str
) -> Outcome:
    reason = (f"Alasan yang disampaikan: {refusal}.",) if refusal else ()
    told = letters.kabar(
        case.facts,
        case.facts.diteruskan,
        period,
        request,
        unit,
        hal="Permohonan tambahan waktu belum dapat disetujui",
        pokok=f"Permohonan tambahan waktu {petition.lama} belum dapat disetujui; batas penyampaian tidak berubah.",
        kalimat=(*reason, "Data yang sudah tersedia dapat dikirim lebih dahulu; selebihnya dapat menyusul."),
        kunci=f"surel.{case.mail.id}.kabar",
    )
    confirmed = case.confirm(
        f"Permohonan tambahan waktu {unit.nama} dicatat tidak disetujui; yang bersangkutan telah diberi tahu.",
        (_settled(case, petition, KeadaanPermohonan.DITOLAK),),
        period,
        (told,),
    )
    return replace(confirmed, label="tambahan waktu ditolak", unit=unit.id)


def _settled(case: Case, petition: Permohonan, state: KeadaanPermohonan) -> SettlePetition:
    return SettlePetition(
        surel_id=petition.surel_id,
        unit=petition.unit,
        periode=petition.periode,
        keadaan=state,
        oleh=case.to.jabatan,
    )
