"""Keeping copies of sent letters where people look for them, where the office wants that."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Protocol

from kinerja_mailbot.usecases.ports import InboxError, PeriodBook, Plan, StoreError, Turns
from kinerja_mailbot.usecases.ports.sent_folder import SentFolder, SentRecord

_log = logging.getLogger(__name__)
KEPT = "terkirim.sampai"  # when the last kept letter was sent, and its id
_AT_ONCE = 50
_AT_FIRST = timedelta(days=1)  # of what was sent before the office asked for copies


class Record(SentRecord, PeriodBook, Turns, Protocol):
    """What was sent, and how far that is kept."""


def keep_sent(folder: SentFolder, record: Record, now: datetime) -> int:
    """Copy what was sent since the last time and return how many letters that were.

    A crash between copying and noting it means one more attempt, which finds the copies there. Whatever goes wrong is
    only logged and tried again at the next beat: the letters themselves are in the store.
    """
    try:
        with record.turn("terkirim") as is_ours:
            return _copy(folder, record, now) if is_ours else 0
    except (InboxError, StoreError) as error:
        _log.warning("sent letters were not copied into the mailbox: %s", error)
        return 0


def _copy(folder: SentFolder, record: Record, now: datetime) -> int:
    moment, _, number = record.remembered(KEPT).partition(" ")
    since = datetime.fromisoformat(moment) if moment else now - _AT_FIRST
    letters = record.sent_after(since, int(number or 0), _AT_ONCE)
    if not letters:
        return 0
    folder.keep(letters)
    last = letters[-1]
    record.carry_out(Plan(ingatan=((KEPT, f"{last.at.isoformat()} {last.id}"),)), (), now)
    return len(letters)
