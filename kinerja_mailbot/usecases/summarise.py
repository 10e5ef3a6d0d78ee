"""Summarising: once a working morning the Kasubbag hears what changed, the penyusun what waits for a word of theirs."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letters import kunci_ringkasan
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.domain.tick.morning import MEMORY, is_morning_come, owed_this_morning, was_looked_at
from kinerja_mailbot.domain.tick.summary import has_news, may_summarise, owed_summary
from kinerja_mailbot.usecases.ports import MailArchive, PeriodBook, Plan
from kinerja_mailbot.usecases.receive import Desk

_MOST_OPENED = 60  # mails whose files are named; the letter shows no more of a kind than a quarter of them


def summarise(archive: MailArchive, book: PeriodBook, desk: Desk, facts: Facts) -> int:
    """Write the letters that this morning owes, and return how many that made.

    Each letter and the note of what it tells are one transaction: after a crash the same letter is owed again.

    Raises:
        StoreError: the database can't take it now; the next beat owes the same.
    """
    if not is_morning_come(facts):
        return 0
    return _tell_changes(archive, book, desk, facts) + _list_matters(archive, book, desk, facts)


def _tell_changes(archive: MailArchive, book: PeriodBook, desk: Desk, facts: Facts) -> int:
    known = book.remembered(MEMORY)
    if was_looked_at(facts, known):
        return 0
    matters = archive.matters()
    news = _with_files(archive, desk, matters) if has_news(facts, matters) else ()
    owed = owed_this_morning(replace(facts, periode=book.periods()), known, news)
    composed = desk.press.compose(owed.surat, facts.now)
    listed = _unlisted(matters) if owed.diringkas else ()
    plan = Plan(surat=owed.surat, diringkas=listed, ingatan=((MEMORY, owed.ingatan),))
    book.carry_out(plan, composed, facts.now)
    return len(composed)


def _list_matters(archive: MailArchive, book: PeriodBook, desk: Desk, facts: Facts) -> int:
    if not may_summarise(facts, book.letter_keys(kunci_ringkasan(facts))):
        return 0
    if not has_news(facts, archive.unlisted_matters()):  # asked at every beat until there is something to tell
        return 0
    matters = archive.matters()
    letter = owed_summary(facts, _with_files(archive, desk, matters))
    if letter is None:
        return 0
    composed = desk.press.compose((letter,), facts.now)
    book.carry_out(Plan(surat=(letter,), diringkas=_unlisted(matters)), composed, facts.now)
    return len(composed)


def _unlisted(matters: tuple[Matter, ...]) -> tuple[int, ...]:
    return tuple(matter.nomor for matter in matters if not matter.diringkas)


def _with_files(archive: MailArchive, desk: Desk, matters: tuple[Matter, ...]) -> tuple[Matter, ...]:
    """Name the files of the newest ones; a mail that could not be decided is left closed."""
    new = [m.nomor for m in matters if not m.diringkas and m.urusan is not Urusan.DISISIHKAN]
    opened = frozenset(new[-_MOST_OPENED:])
    return tuple(replace(m, berkas=_files(archive, desk, m.nomor)) if m.nomor in opened else m for m in matters)


def _files(archive: MailArchive, desk: Desk, mail_id: int) -> tuple[str, ...]:
    archived = archive.mail(mail_id)
    if archived is None:
        return ()
    mail = desk.parser.parse(archived.mentah, mail_id, archived.tiba_at)
    return tuple(attachment.nama or "tanpa nama" for attachment in mail.lampiran)
