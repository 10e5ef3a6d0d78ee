"""Orders about a period as a whole: BUKA, SETUJU, ANALISIS SELESAI, TUTUP."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.names import ABOUT, PERIODE
from kinerja_mailbot.domain.mail.orders.readers.said import Said
from kinerja_mailbot.domain.mail.orders.values import AnalisisSelesai, Buka, Setuju, Tutup
from kinerja_mailbot.domain.periode import PeriodeError, parse_periode

_OPEN = re.compile(rf"(?:buka|bukakan|dibuka|mulai) ?(?:(?:periode|pengumpulan|data|kinerja) )*(?P<periode>{PERIODE})")
_APPROVE = re.compile(
    r"(?:setuju|setujui|disetujui|kami setujui|acc)"
    rf"(?: (?:laksanakan|dilaksanakan|lanjut|lanjutkan|dilanjutkan|jalankan|proses|diproses|mulai|dimulai))*{ABOUT}"
)
_ANALYSED = re.compile(rf"anali(?:sis|sa)(?:nya)?(?: evaluasi)?{ABOUT}(?: (?:sudah|telah))? selesai{ABOUT}")
_CLOSE = re.compile(rf"(?:tutup|ditutup){ABOUT}")


def setuju(said: Said) -> Setuju | None:
    """Read SETUJU."""
    return Setuju() if _APPROVE.fullmatch(said.words) and not said.is_question else None


def tutup(said: Said) -> Tutup | None:
    """Read TUTUP."""
    return Tutup() if _CLOSE.fullmatch(said.words) and not said.is_question else None


def analisis_selesai(said: Said) -> AnalisisSelesai | None:
    """Read ANALISIS SELESAI."""
    return AnalisisSelesai() if _ANALYSED.fullmatch(said.words) and not said.is_question else None


def buka(said: Said) -> Buka | None:
    """Read BUKA <periode>."""
    found = _OPEN.fullmatch(said.words)
    if found is None or said.is_question:
        return None
    try:
        return Buka(parse_periode(found["periode"]))
    except PeriodeError:
        return None
