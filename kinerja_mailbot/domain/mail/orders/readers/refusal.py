"""TOLAK, the opposite of SETUJU, with the reason that whoever asked will read."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.readers.said import Said
from kinerja_mailbot.domain.mail.orders.values import Tolak

_REFUSE = re.compile(
    r"(?:maaf )?(?:tolak|ditolak|menolak|kami tolak)(?: (?:permohonan|penunjukan|permintaan|ini|itu|tersebut))*"
    r"(?: (?P<reason>.+))?"
)


def tolak(said: Said) -> Tolak | None:
    """Read TOLAK [alasan]."""
    found = _REFUSE.fullmatch(said.words)
    if found is None or said.is_question:
        return None
    return Tolak(found["reason"] or "")
