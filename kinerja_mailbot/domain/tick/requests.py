"""The requests of a period: composed once when it runs, their deadlines kept fair until they are answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kinerja_mailbot.domain.form.periodic import form_for_period
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.thread import make_message_id, reader_of
from kinerja_mailbot.domain.sop.changes import Penundaan, due_after, minutes_stood
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.sop.version import BacaanHari
from kinerja_mailbot.domain.sop.working_time import WorkingHours, add_standard, count_minutes
from kinerja_mailbot.domain.tick.earlier import find_earlier
from kinerja_mailbot.domain.tick.owed import Event, Progress, with_requests
from kinerja_mailbot.domain.unit import Unit

_SENDING_TIME = 30
"""Net working minutes that a letter may take to leave without a new deadline: the standard time of steps 2 and 3."""


def ask(progress: Progress, facts: Facts, nonces: tuple[str, ...]) -> Progress:
    """Ask every unit for its data once the order of step 1 is given, and tell the Kasubbag.

    The letters go at that moment, whatever the hour: whoever gives an order at night expects it to be carried out;
    their time counts from the next opening. `nonces` holds one for each unit.
    """
    period = progress.period
    is_ordered = period.keadaan is KeadaanPeriode.BERJALAN and period.step(1).selesai_at is not None
    units = facts.daftar.responden
    # While the clock stands nobody is asked: the deadline that the letter must name is not known.
    if not is_ordered or period.permintaan or not units or period.jeda is not None:
        return progress
    requests = tuple(_request(period, unit, nonce, facts) for unit, nonce in zip(units, nonces, strict=True))
    period = with_requests(period, requests)
    asking = tuple(
        letters.permintaan(facts, period, request, unit) for request, unit in zip(requests, units, strict=True)
    )
    composed = tuple(
        Event(at=facts.now, peristiwa="request composed", periode=request.periode, unit=request.unit)
        for request in requests
    )
    return progress.then(period, surat=(*asking, letters.pembukaan(facts, period)), jurnal=composed)


def extend_deadlines(progress: Progress, facts: Facts) -> Progress:
    """Give a unit its whole time when its request was stuck on the way; its ladder starts anew."""
    period, moved, told = progress.period, list[RequestState](), list[Event]()
    for request in period.permintaan if period.jeda is None else ():
        step = period.sop.step(_gathering_step(facts.daftar.unit(request.unit)))
        batas = deadline_after_sending(request, facts.aturan.jam, step.menit, period.sop.bacaan, period.penundaan)
        if batas != request.batas_at:
            moved.append(replace(request, batas_at=batas, tingkat=-1))
            told.append(
                Event(
                    at=facts.now,
                    peristiwa="deadline moved",
                    periode=request.periode,
                    unit=request.unit,
                    rincian=f"request left late; from {request.batas_at.isoformat()} to {batas.isoformat()}",
                )
            )
    return progress.then(with_requests(period, tuple(moved)), jurnal=tuple(told))


def deadline_after_sending(
    request: RequestState,
    hours: WorkingHours,
    menit: int,
    bacaan: BacaanHari,
    pauses: tuple[Penundaan, ...] = (),
) -> datetime:
    """Return the deadline in force, given when the mail server took the request; aware UTC.

    A letter that left within 30 net working minutes keeps the deadline that it promises. One that was stuck longer
    gives the unit its whole standard time (`menit`) from the moment it left; a later deadline stays. Once an answer has
    come the deadline is the correction's and no longer depends on the sending.
    """
    sent = request.dikirim_at
    if sent is None or request.keadaan is not KeadaanPermintaan.MENUNGGU or request.revisi:
        return request.batas_at
    stood = minutes_stood(hours, pauses, request.diminta_at, sent)
    if count_minutes(hours, request.diminta_at, sent) - stood <= _SENDING_TIME:
        return request.batas_at
    return max(request.batas_at, due_after(hours, pauses, sent, menit, bacaan))


def _request(period: PeriodState, unit: Unit, nonce: str, facts: Facts) -> RequestState:
    kode, step = period.periode.kode, period.sop.step(unit.langkah_himpun)
    return RequestState(
        periode=kode,
        unit=unit.id,
        form=form_for_period(
            facts.aturan.form_for(unit.id), period.periode, find_earlier(facts.periode, unit.id, period.periode)
        ),
        nonce=nonce,
        keadaan=KeadaanPermintaan.DISIAPKAN,
        diminta_at=facts.now,
        batas_at=add_standard(facts.aturan.jam, facts.now, step.menit, period.sop.bacaan),
        message_id=make_message_id(
            facts.identitas,
            f"{kode}.permintaan.{unit.id}",
            kode,
            reader_of(unit.id, unit.official_on(facts.today)),
        ),
    )


def _gathering_step(unit: Unit | None) -> int:
    return unit.langkah_himpun if unit else 5  # a unit that has left the register counts as a Subbag
