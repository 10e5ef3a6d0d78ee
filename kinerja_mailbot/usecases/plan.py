"""The tick: what has fallen due since the last look is written down and its letters go into the outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letters import TIDAK_HADIR
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState
from kinerja_mailbot.domain.tick.due import owed_to, owed_to_new
from kinerja_mailbot.domain.tick.owed import Event, Owed
from kinerja_mailbot.domain.tick.schedule import ScheduledPeriod, due_periods
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.ports import JournalEntry, PeriodBook, Plan


def tick(book: PeriodBook, press: Press, facts: Facts, new_nonce: Callable[[], str]) -> int:
    """Open the periods that are owed, go through those that exist, and return how many letters were written.

    `facts` needs neither periods nor mails; its `now` is the moment of the tick. Each period is one transaction: after
    a crash in the middle the periods already written owe nothing more, and the rest is decided again. A second tick at
    the same moment writes nothing.

    Raises:
        StoreError: the database can't take it now; the next tick owes the same.
    """
    facts = replace(facts, periode=book.periods(receipts=False))
    written = 0
    for owed in _debts(book, facts, new_nonce):
        letters = press.compose(owed.surat, facts.now)
        book.carry_out(_plan_of(owed), letters, facts.now)
        written += len(letters)
    return written


def open_owed(book: PeriodBook, press: Press, facts: Facts, new_nonce: Callable[[], str]) -> int:
    """Open the periods that are owed and nothing else; return how many letters were written.

    Raises:
        StoreError: the database can't take it now; the next tick owes the same.
    """
    facts = replace(facts, periode=book.periods(receipts=False))
    nonces = tuple(new_nonce() for _ in facts.daftar.responden)
    written = 0
    for due in _unknown(book, facts):
        owed = owed_to_new(due.periode, facts, nonces)
        letters = press.compose(owed.surat, facts.now)
        book.carry_out(_plan_of(owed), letters, facts.now)
        written += len(letters)
    return written


def _debts(book: PeriodBook, facts: Facts, new_nonce: Callable[[], str]) -> Iterator[Owed]:
    def nonces() -> tuple[str, ...]:
        return tuple(new_nonce() for _ in facts.daftar.responden)

    every = [owed_to_new(due.periode, facts, nonces()) for due in _unknown(book, facts)]
    told = book.letter_keys(TIDAK_HADIR) if facts.tidak_hadir else frozenset[str]()
    every += [owed_to(period, facts, nonces(), told | _keys(book, period)) for period in facts.periode]
    return (owed for owed in every if not owed.is_nothing)


def _keys(book: PeriodBook, period: PeriodState) -> frozenset[str]:
    """Return the keys of the letters of a period so far; a closed one gets no more (SOP pengesahan 6)."""
    if period.keadaan is KeadaanPeriode.DITUTUP:
        return frozenset()
    return book.letter_keys(f"{period.periode.kode}.")


def _unknown(book: PeriodBook, facts: Facts) -> tuple[ScheduledPeriod, ...]:
    """Return the scheduled periods that were never opened; the store alone remembers those closed long ago."""
    opened = {period.periode.kode: period.dibuka_at for period in facts.periode}
    rules = facts.aturan
    efektif = rules.first_sop.efektif
    due = due_periods(rules.jadwal, rules.jam, efektif, opened, facts.now, is_paused=facts.is_paused)
    if not due:
        return ()
    known = {period.periode.kode for period in book.periods([one.periode.kode for one in due], receipts=False)}
    return tuple(one for one in due if one.periode.kode not in known)


def _plan_of(owed: Owed) -> Plan:
    return Plan(
        periode_baru=() if owed.periode_baru is None else (owed.periode_baru,),
        permintaan=owed.permintaan,
        langkah=owed.langkah,
        surat=owed.surat,
        jurnal=tuple(_entry(event) for event in owed.jurnal),
    )


def _entry(event: Event) -> JournalEntry:
    return JournalEntry(
        at=event.at,
        oleh=event.oleh,
        peristiwa=event.peristiwa,
        periode=event.periode,
        unit=event.unit,
        rincian=event.rincian,
    )
