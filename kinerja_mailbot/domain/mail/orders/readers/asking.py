"""Orders that only ask: STATUS, REKAP, BANTUAN; they may be put as a question."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.names import ABOUT
from kinerja_mailbot.domain.mail.orders.readers.said import Said
from kinerja_mailbot.domain.mail.orders.values import Bantuan, MintaRekap, Status

_STATUS = re.compile(rf"(?:bagaimana )?status(?:nya)?{ABOUT}")
_REKAP = re.compile(rf"(?:rekap|rekapnya|rekapitulasi){ABOUT}")
_HELP = re.compile(r"(?:bantuan|help|menu|daftar(?: perintah)?|petunjuk)?")


def status(said: Said) -> Status | None:
    """Read STATUS."""
    return Status() if _STATUS.fullmatch(said.words) else None


def rekap(said: Said) -> MintaRekap | None:
    """Read REKAP."""
    return MintaRekap() if _REKAP.fullmatch(said.words) else None


def bantuan(said: Said) -> Bantuan | None:
    """Read BANTUAN."""
    return Bantuan() if _HELP.fullmatch(said.words) else None
