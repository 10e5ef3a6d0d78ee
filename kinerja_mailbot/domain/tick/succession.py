"""Whoever answers for a unit by now, and has not been asked himself, gets the request in a thread of his own."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letters.wording import first_asked, successor_key
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from kinerja_mailbot.domain.tick.owed import Event, Progress

_OPEN = (KeadaanPermintaan.MENUNGGU, KeadaanPermintaan.PERLU_PERBAIKAN)


def ask_successors(progress: Progress, facts: Facts, written: frozenset[str]) -> Progress:
    """Ask an acting official whose time has begun, or the regular one who is back and never saw the request.

    A forwarded copy would do neither: its thread proves who wrote only as long as nobody else has got it. Who is known
    to be away is asked when he is back.
    """
    for request in progress.period.permintaan:
        unit = facts.daftar.unit(request.unit)
        if unit is None or request.keadaan not in _OPEN:
            continue
        person = unit.official_on(facts.today)
        key = successor_key(request, unit, person)
        was_asked = first_asked(facts, request, unit).alamat == person.alamat or key in written
        if was_asked or facts.is_away(unit.id, person):
            continue
        letter = replace(letters.permintaan(facts, progress.period, request, unit), kunci=key)
        asked = Event(
            at=facts.now,
            peristiwa="request composed",
            periode=request.periode,
            unit=unit.id,
            rincian=f"for {person.jabatan}",
        )
        progress = progress.then(surat=(letter,), jurnal=(asked,))
    return progress
