"""Overseeing: what concerns no period but the office as a whole is told once: its officials, its calendar, its SOP."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.sop.responsible import MEMORY, as_text, look
from kinerja_mailbot.domain.sop.working_time import is_open
from kinerja_mailbot.domain.tick.yearly import (
    NO_CUTI_BERSAMA,
    Duty,
    due_review,
    owed_for_calendar,
    owed_for_change,
    owed_for_review,
    years_without_cuti_bersama,
)
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.ports import JournalEntry, PeriodBook, Plan

_log = logging.getLogger(__name__)


def oversee(book: PeriodBook, press: Press, facts: Facts) -> int:
    """Write the letters of the year that are owed, and return how many that made; nothing while the office is closed.

    Each letter and the note of what it tells are one transaction: after a crash the same letter is owed again, and
    its key keeps it from being written twice.

    Raises:
        StoreError: the database can't take it now; the next beat owes the same.
    """
    if not is_open(facts.aturan.jam, facts.now):
        return 0
    tell = _Teller(book, press, facts).tell
    return _watch_officials(book, facts, tell) + _watch_calendar(book, facts, tell) + _watch_sop(book, facts, tell)


_Tell = Callable[[Duty | None, str], int]


def _watch_officials(book: PeriodBook, facts: Facts, tell: _Tell) -> int:
    known = book.remembered(MEMORY)
    seen = look(known, facts.daftar, facts.aturan.sop, facts.today)
    memory = as_text(seen)
    return 0 if memory == known else tell(owed_for_change(facts, known, seen), memory)


def _watch_calendar(book: PeriodBook, facts: Facts, tell: _Tell) -> int:
    years = years_without_cuti_bersama(facts)
    told = book.letter_keys(NO_CUTI_BERSAMA) if years else frozenset[str]()
    return sum(tell(owed_for_calendar(facts, year), "") for year in years if f"{NO_CUTI_BERSAMA}{year}" not in told)


def _watch_sop(book: PeriodBook, facts: Facts, tell: _Tell) -> int:
    day = due_review(facts)
    if day is None or day.key in book.letter_keys(day.key):
        return 0
    return tell(owed_for_review(replace(facts, periode=book.periods()), day), "")


class _Teller:
    """Writes one duty, with what is known of the officials from now on."""

    def __init__(self, book: PeriodBook, press: Press, facts: Facts) -> None:
        self._book, self._press, self._facts = book, press, facts

    def tell(self, duty: Duty | None, memory: str) -> int:
        """Write it; return how many letters that made."""
        if duty is None and not memory:
            return 0
        surat, jurnal = ((duty.surat,), (duty.jurnal,)) if duty else ((), ())
        for event in jurnal:
            _log.warning("%s: %s", event.peristiwa, event.rincian)
        entries = tuple(JournalEntry(at=e.at, oleh=e.oleh, peristiwa=e.peristiwa, rincian=e.rincian) for e in jurnal)
        composed = self._press.compose(surat, self._facts.now)
        known = ((MEMORY, memory),) if memory else ()
        self._book.carry_out(Plan(surat=surat, ingatan=known, jurnal=entries), composed, self._facts.now)
        return len(composed)
