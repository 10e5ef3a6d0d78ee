"""The letters about time that an order changed, once in each of their moods, with invented content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from kinerja_mailbot.adapters.letterhead import sample_world as world
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.orders import BelumJelas, Kurang
from kinerja_mailbot.domain.mail.timing import ExtendDeadline, PauseClock, ResumeClock
from kinerja_mailbot.domain.sop.changes import MovedDeadline, Penundaan, Perpanjangan

_LATER = world.DUE + timedelta(days=2)
_WHY = "banjir di Distrik Aimas"


def timing_letters(facts: Facts) -> Iterator[Letter]:
    """Yield them; each branch of each template is among them."""
    mail, (head, chief) = world.mail("perencanaan@kpu.example"), world.UNITS
    office = world.KASUBBAG.jabatan
    period = replace(
        facts.periode[0],
        penundaan=(Penundaan(mulai_at=world.EARLIER, alasan=_WHY, oleh=office),),
        perpanjangan=(
            Perpanjangan(
                unit=head.id,
                dari_at=world.DUE,
                menjadi_at=_LATER,
                lama="2 hari kerja",
                alasan=_WHY,
                oleh=office,
                at=world.EARLIER,
            ),
        ),
    )
    asked, also = period.permintaan
    for request, unit, amount in ((asked, head, "2 hari kerja"), (also, chief, "")):
        moved = MovedDeadline(unit.id, request.batas_at, _LATER)
        kode = period.periode.kode
        longer = ExtendDeadline(periode=kode, batas=moved, langkah=(), lama=amount, alasan=_WHY, oleh=office)
        stopped = PauseClock(periode=kode, mulai_at=world.EARLIER, alasan=_WHY, oleh=office)
        resumed = ResumeClock(periode=kode, sampai_at=world.NOW, permintaan=(moved,), langkah=(), oleh=office)
        yield letters.perpanjangan(facts, mail, period, request, unit, longer)
        yield letters.penundaan(facts, mail, period, request, unit, stopped)
        yield letters.kelanjutan(facts, mail, period, request, unit, resumed)
    yield letters.pengingat(facts, period, world.LATE, head, urutan=3, rung=2)
    yield letters.status(replace(facts, periode=(period,)), mail, world.KASUBBAG)
    for lacking in Kurang:
        name = "TUNDA" if lacking is Kurang.CARA else "PERPANJANG"
        order = BelumJelas(perintah=name, kurang=lacking, lama="2 hari kerja", alasan=_WHY)
        yield letters.tanya_perintah(facts, mail, world.KASUBBAG, order, world.UNITS)
