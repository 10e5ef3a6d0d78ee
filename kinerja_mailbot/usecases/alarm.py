"""Telling the admin about a fault of operation, once per key."""

from __future__ import annotations

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.ports import PeriodBook, Plan


def raise_alarm(book: PeriodBook, press: Press, facts: Facts, key: str, sentence: str) -> bool:
    """Queue a letter to the admin unless one with this key was ever queued; tell whether it was new."""
    if not facts.daftar.admin or key in book.letter_keys(key):
        return False
    letter = letters.gangguan(facts, kunci=key, judul="Gangguan layanan", rincian=(sentence,))
    book.carry_out(Plan(surat=(letter,)), press.compose((letter,), facts.now), facts.now)
    return True
