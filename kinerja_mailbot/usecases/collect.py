"""Collecting: a folder is read past what its server withholds, and anew where the server has gone back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.usecases.ports import Cursor, Inbox, MailArchive, WentBackError, WithheldError, WithheldRecord
from kinerja_mailbot.usecases.receive import fetch

_log = logging.getLogger(__name__)
_AGAIN = timedelta(days=1)


class MailRoom(MailArchive, WithheldRecord, Protocol):
    """The parts of the store that collecting needs."""


@dataclass(frozen=True, slots=True)
class Collected:
    """How many mails of a folder were new, and which ones its server withholds since now or still."""

    fresh: int = 0
    ditahan: tuple[Cursor, ...] = ()


def collect(
    inbox: Inbox,
    store: MailRoom,
    folder: str,
    facts: Facts,
    stopping: Callable[[], bool] = lambda: False,
) -> Collected:
    """Archive everything new in a folder; step over a mail that was asked for three times in vain.

    A crash between stepping over and telling the admin is mended the next day, when the mail is tried again. A folder
    that is older than what we know of it (its server has put a backup back) is read anew: what is known counts once.

    Raises:
        InboxError: the connection failed, or a mail was withheld for the first or second time.
        StoreError: the database can't take it now.
    """
    fresh, withheld = 0, list[Cursor]()
    while True:
        try:
            fresh += fetch(inbox, store, folder, facts, stopping)
            break
        except WithheldError as error:
            if not store.withhold(folder, error.place, facts.now):
                raise
            _log.error("%s: stepped over", error)
            withheld.append(error.place)
        except WentBackError as error:
            _log.warning("%s: it is read anew", error)
            store.read_anew(folder, error.uidvalidity, facts.now)
    for place in () if stopping() else store.withheld(folder, facts.now - _AGAIN):
        try:
            fresh += _try_again(inbox, store, folder, place, facts)
        except WithheldError as error:
            store.withhold(folder, error.place, facts.now)
            withheld.append(place)
    return Collected(fresh, tuple(withheld))


def _try_again(inbox: Inbox, store: MailRoom, folder: str, place: Cursor, facts: Facts) -> int:
    mail = inbox.fetch_again(folder, place)
    fresh = store.archive(folder, (mail,), place, facts.now) if mail is not None else 0
    store.handed_over(folder, place, facts.now)
    _log.info("UID %d of %s, withheld until now, is %s", place.uid, folder, "here" if mail is not None else "gone")
    return fresh
