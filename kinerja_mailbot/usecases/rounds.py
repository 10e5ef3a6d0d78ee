"""The daily rounds: the service compares itself with the mailbox, writes to itself, and tells the admin how it is."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.health import Health
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.tick.rounds import BACKUP, OVERDUE, RECONCILED, is_round_come, may_tell
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.ports import FolderMissingError, InboxError, JournalEntry, MailArchive, PeriodBook, Plan
from kinerja_mailbot.usecases.ports.rounds import Listing, Machine, RoundsBook, Shelf

_log = logging.getLogger(__name__)
_BOT = "bot"
_PAGE = 20_000  # mails of a folder that are compared at once


class WatchedStore(MailArchive, PeriodBook, RoundsBook, Protocol):
    """The parts of the store that the rounds need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Whom the rounds visit."""

    shelf: Shelf
    machine: Machine
    folders: tuple[str, ...]
    is_one_file: bool  # the database, which we then can copy ourselves


def make_rounds(rounds: Rounds, store: WatchedStore, press: Press, facts: Facts, *, may_read: bool = True) -> int:
    """Do what of today's rounds is due, and return how many letters that made; `may_read`: the mailbox is in order.

    Each part is one transaction with the note that it was done: after a crash it is done once more or not at all. A
    mailbox that can't be read is compared at a later beat; the other flows tell of it.

    Raises:
        StoreError: the database can't take it now; the next beat owes the same.
    """
    if not is_round_come(facts):
        return 0
    if may_read:
        _reconcile(rounds, store, facts)
    written = _write_to_ourselves(store, press, facts)
    _note_what_is_overdue(store, facts)
    return written + _tell_the_admin(rounds, store, press, facts)


def _reconcile(rounds: Rounds, store: WatchedStore, facts: Facts) -> None:
    """Fetch what lies in the folders and was never archived, whatever the cursor says."""
    today = f"{facts.today}"
    if store.remembered(RECONCILED).startswith(today):
        return
    try:
        found = tuple((folder, _fetch_missing(rounds.shelf, store, folder, facts)) for folder in rounds.folders)
    except InboxError as error:
        _log.warning("the mailbox could not be compared with the store: %s", error)
        return
    told = ", ".join(f"{folder}: {count}" for folder, count in found if count)
    entry = JournalEntry(at=facts.now, oleh=_BOT, peristiwa="mails found that were not archived", rincian=told)
    if told:
        _log.warning("mails found that were not archived: %s", told)
    known = (RECONCILED, f"{today} {sum(count for _, count in found)}")
    store.carry_out(Plan(ingatan=(known,), jurnal=(entry,) if told else ()), (), facts.now)


def _fetch_missing(shelf: Shelf, store: WatchedStore, folder: str, facts: Facts) -> int:
    """Compare page by page, so that the lists stay small in a mailbox of many years; return how many were missing."""
    cursor = store.cursor(folder)
    since = facts.office_day(store.in_service_since(facts.now))
    found = after = 0
    while cursor is not None and after < cursor.uid:
        seen = store.sighted(folder, cursor.uidvalidity, after, _PAGE)
        until = min(seen[-1], cursor.uid) if len(seen) == _PAGE else cursor.uid
        try:
            listing = shelf.listed(folder, since, after + 1, until)
        except FolderMissingError:
            return found  # taken away with all that it held
        if cursor.uidvalidity != listing.uidvalidity:
            return found  # the next ordinary reading takes the whole folder
        if missing := listing.uids.difference(seen):
            for batch in shelf.fetch_these(folder, Listing(listing.uidvalidity, missing), since):
                found += store.archive(folder, batch, cursor, facts.now)
        after = until
    return found


def _write_to_ourselves(store: WatchedStore, press: Press, facts: Facts) -> int:
    if not facts.aturan.pemantauan.putar_balik:
        return 0
    return _queue(store, press, facts, letters.putar_balik(facts))


def _note_what_is_overdue(store: WatchedStore, facts: Facts) -> None:
    """Write into log and journal, once, that today's mail to ourselves has not come back: a letter may not leave."""
    out, today = store.loop_back(f"{letters.PUTAR_BALIK}{facts.today}"), f"{facts.today}"
    limit = facts.aturan.pemantauan.tunggu_menit
    if out is None or not out.is_overdue(facts.now, limit) or store.remembered(OVERDUE) == today:
        return
    _log.error("the mail to ourselves has not come back within %d minutes", limit)
    entry = JournalEntry(at=facts.now, oleh=_BOT, peristiwa="mail to ourselves overdue", rincian=f"{limit} minutes")
    store.carry_out(Plan(ingatan=((OVERDUE, today),), jurnal=(entry,)), (), facts.now)


def _tell_the_admin(rounds: Rounds, store: WatchedStore, press: Press, facts: Facts) -> int:
    key = f"{letters.KABAR_ADMIN}{facts.today}"
    out = store.loop_back(f"{letters.PUTAR_BALIK}{facts.today}")
    if not facts.daftar.admin or not may_tell(facts, out) or key in store.letter_keys(key):
        return 0
    day, _, found = store.remembered(RECONCILED).partition(" ")
    copied = store.remembered(BACKUP)
    midnight = datetime.combine(facts.today, time(), facts.aturan.jam.zona)
    health = Health(
        kemarin=store.counts(midnight - timedelta(days=1), midnight),
        antrean=store.queues(),
        putar_balik=out,
        sisa_ruang=rounds.machine.free_space(),
        cadangan_at=datetime.fromisoformat(copied) if copied else None,
        ditemukan=int(found) if day == f"{facts.today}" else 0,
        basis_satu_berkas=rounds.is_one_file,
    )
    return _queue(store, press, facts, letters.kabar_admin(facts, health))


def _queue(store: WatchedStore, press: Press, facts: Facts, letter: Letter) -> int:
    if letter.kunci in store.letter_keys(letter.kunci):
        return 0
    store.carry_out(Plan(surat=(letter,)), press.compose((letter,), facts.now), facts.now)
    return 1
