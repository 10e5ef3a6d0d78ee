"""The order by which the clock goes on: LANJUT."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.names import ABOUT
from kinerja_mailbot.domain.mail.orders.readers.said import Said
from kinerja_mailbot.domain.mail.orders.values import Lanjut

_RESUME = re.compile(
    r"(?:(?:pengumpulan|data|kinerja|proses|hitungan waktu|waktu) )*"
    r"(?:(?:sudah )?(?:bisa|dapat|boleh|silakan) )*"
    r"(?:lanjut|lanjutkan|dilanjutkan|teruskan|diteruskan|mulai lagi|berjalan lagi)"
    rf"(?: (?:lagi|kembali|proses|hitungan waktu|waktu|semua|sop))*{ABOUT}"
    r"(?: (?:(?:karena|krn|sebab|berhubung) .+|.*\b(?:surut|pulih|normal|aman|kondusif|teratasi)))?"
)


def lanjut(said: Said) -> Lanjut | None:
    """Read LANJUT."""
    return Lanjut() if _RESUME.fullmatch(said.words) and not said.is_question else None
