"""The third quarter in its sixth step: every unit has answered, the complete rekap was mailed."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.thread import BotIdentity
from kinerja_mailbot.domain.sop.state import PeriodState, RekapState
from kinerja_mailbot.domain.sop.steps import move_steps, with_steps
from tests.domain.collection import TW3
from tests.domain.kinerja.quarter import (
    DAFTAR,
    FILLED_SEKRETARIS,
    FILLED_UMUM,
    NOW,
    POLICY,
    TEKNIS,
    quarter,
    request,
)

__all__ = ["FACTS", "NOW", "PERIOD", "kasubbag_mail"]


def _period() -> PeriodState:
    answered = quarter(FILLED_UMUM, request("teknis", TEKNIS, 8, 8), FILLED_SEKRETARIS)
    made = RekapState(edisi=1, lengkap=True, revisi=(("umum", 1), ("teknis", 1), ("sekretaris", 1)), dibuat_at=NOW)
    period = replace(answered, rekap=(made,))
    return with_steps(period, move_steps(period, DAFTAR.responden, POLICY.jam, NOW))


PERIOD = _period()
FACTS = Facts(
    now=NOW,
    identitas=BotIdentity(alamat=("kinerja@kpu.example",), domain="kpu.example", kunci=b"kunci", authserv_id=""),
    daftar=DAFTAR,
    aturan=POLICY,
    periode=(PERIOD,),
)


def kasubbag_mail(words: str, answers: tuple[str, ...] = ()) -> IncomingMail:
    """Return a mail from the Kasubbag's registered address that answers these letters."""
    return IncomingMail(
        id=41,
        tiba_at=NOW,
        message_id="<41@kantor.example>",
        in_reply_to=answers,
        pengirim=(DAFTAR.kasubbag.alamat[0].casefold(),),
        subjek=f"Re: [KINERJA {TW3.kode}] Rekap Data Kinerja",
        teks=words,
    )
