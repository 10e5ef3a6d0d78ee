"""Orders that only ask: STATUS, REKAP, BANTUAN; they may be put as a question."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.names import ABOUT
from kinerja_mailbot.domain.mail.orders.readers.said import Said
from kinerja_mailbot.domain.mail.orders.values import Bantuan, MintaRekap, Status

# By then "yang belum mengirim" is "semua", whoever is meant by it.
_STATUS = re.compile(
    rf"(?:bagaimana )?(?:laporan )?(?:status|progres|perkembangan|kemajuan)(?:nya)?{ABOUT}(?: hari ini| bagaimana)*"
    rf"|siapa (?:semua|(?:yang |yg )?sudah (?:me\w+|masuk|lengkap)){ABOUT}"
    r"|(?:sudah )?berapa(?: (?:unit|subbag|bagian|data|isian|yang|yg|sudah))* (?:semua|masuk|lengkap|mengirim|diterima)"
)
_REKAP = re.compile(rf"(?:rekap|rekapnya|rekapitulasi){ABOUT}(?: ke)?")
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
