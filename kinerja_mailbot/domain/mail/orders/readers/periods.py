"""Orders about a period as a whole: BUKA, SETUJU, TUTUP."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.names import ABOUT, PERIODE
from kinerja_mailbot.domain.mail.orders.readers.said import Said
from kinerja_mailbot.domain.mail.orders.values import Buka, Setuju, Tutup
from kinerja_mailbot.domain.periode import PeriodeError, parse_periode

_OPEN = re.compile(rf"(?:buka|bukakan|dibuka|mulai) ?(?:(?:periode|pengumpulan|data|kinerja) )*(?P<periode>{PERIODE})")
_APPROVE = re.compile(
    r"(?:setuju|setujui|disetujui|kami setujui|acc)"
    rf"(?: (?:laksanakan|dilaksanakan|lanjut|lanjutkan|dilanjutkan|jalankan|proses|diproses|mulai|dimulai))*{ABOUT}"
)
_CLOSE = re.compile(rf"(?:tutup|ditutup){ABOUT}")


def setuju(said: Said) -> Setuju | None:
    """Read SETUJU."""
    return Setuju() if _APPROVE.fullmatch(said.words) and not said.is_question else None


def tutup(said: Said) -> Tutup | None:
    """Read TUTUP."""
    return Tutup() if _CLOSE.fullmatch(said.words) and not said.is_question else None


def buka(said: Said) -> Buka | None:
    """Read BUKA <periode>."""
    found = _OPEN.fullmatch(said.words)
    if found is None or said.is_question:
        return None
    try:
        return Buka(parse_periode(found["periode"]))
    except PeriodeError:
        return None
