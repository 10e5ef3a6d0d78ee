"""Tidying: mail that is settled leaves the inbox for the drawer of its period, where the office wants that."""

from __future__ import annotations

import logging
from datetime import datetime
from itertools import groupby

from kinerja_mailbot.domain.mail.filing import Place, drawer
from kinerja_mailbot.usecases.ports import Filing, FilingRecord, InboxError

_log = logging.getLogger(__name__)
_AT_ONCE = 200


def tidy(filing: Filing, record: FilingRecord, cabinet: tuple[str, ...], now: datetime) -> int:
    """Move settled mails into the drawers of the cabinet and return how many the server has moved.

    What the penyusun still has to see, and what nobody registered wrote, stays where it is. A crash between moving and
    noting it means one more attempt, which finds nothing; whatever goes wrong is only logged, for nothing is lost by
    it: the archive holds every mail.

    Raises:
        StoreError: the database can't take it now.
    """
    moved = 0
    by_target = sorted(record.unfiled(_AT_ONCE), key=_target)
    for (folder, uidvalidity, name), group in groupby(by_target, key=_target):
        places = tuple(group)
        try:
            done = filing.move(folder, uidvalidity, tuple(place.uid for place in places), (*cabinet, name))
        except InboxError as error:
            _log.warning("%d mails of %s were not moved: %s", len(places), folder, error)
            return moved
        if not done:
            _log.warning("the server refused to move %d mails of %s to %s", len(places), folder, name)
        record.mark_filed(places, now)  # a refusal too: it would be the same at every beat
        moved += len(places) if done else 0
    return moved


def _target(place: Place) -> tuple[str, int, str]:
    return place.folder, place.uidvalidity, drawer(place)
