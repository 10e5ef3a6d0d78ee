"""Orders about the data of a unit: INGATKAN, TERIMA <unit> NIHIL."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.names import find_unit, is_everybody
from kinerja_mailbot.domain.mail.orders.readers.said import Said
from kinerja_mailbot.domain.mail.orders.values import Ingatkan, TerimaNihil

_REMIND = re.compile(r"(?:ingatkan|diingatkan|ingatin|pengingat)(?: (?:lagi|kembali))*(?: (?P<unit>.+))?")
_NIHIL = re.compile(r"(?:terima|diterima) (?:nihil (?P<after>.+)|(?P<before>.+) nihil)")


def ingatkan(said: Said) -> Ingatkan | None:
    """Read INGATKAN [unit]."""
    found = _REMIND.fullmatch(said.words)
    if found is None or said.is_question:
        return None
    name = found["unit"] or ""
    if is_everybody(name):
        return Ingatkan(None)
    unit = find_unit(name, said.daftar)
    return Ingatkan(unit) if unit else None


def terima_nihil(said: Said) -> TerimaNihil | None:
    """Read TERIMA <unit> NIHIL."""
    found = _NIHIL.fullmatch(said.words)
    if found is None or said.is_question:
        return None
    unit = find_unit(found["after"] or found["before"], said.daftar)
    return TerimaNihil(unit) if unit else None
