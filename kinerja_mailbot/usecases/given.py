"""Orders given at the machine: put into the archive as a mail, then decided like every other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import GIVEN_HEADER
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.unit import Pejabat
from kinerja_mailbot.usecases.ports import MailArchive
from kinerja_mailbot.usecases.receive import Desk, decide_mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What became of an order: the number of its mail, the answers to its giver, how many letters others get."""

    surel_id: int
    dipahami: bool
    jawaban: tuple[Letter, ...]
    surat_lain: int


def give_order(  # noqa: PLR0913 - who, what, and the means
    archive: MailArchive, desk: Desk, facts: Facts, *, text: str, giver: Pejabat, by: str
) -> Given:
    """Carry out an order in the name of `giver`, given by the machine's user `by`; everybody concerned gets his letter.

    The archive holds it like a mail, so that journal, effects and answers have a number to name. Killed before the
    decision, the service decides it; decided twice, it acts once.

    Raises:
        StoreError: the database can't take it now; nothing was ordered.
    """
    mail_id = archive.archive_given(_as_mail(facts, text, giver, by), by, facts.now)
    outcome = decide_mail(archive, desk, facts, mail_id)
    mine = tuple(letter for letter in outcome.surat if giver in letter.kepada)
    return Given(
        surel_id=mail_id,
        dipahami=outcome.label != "perintah tidak dipahami",
        jawaban=mine,
        surat_lain=len(outcome.surat) - len(mine),
    )


def _as_mail(facts: Facts, text: str, giver: Pejabat, by: str) -> bytes:
    """Return the order as RFC 5322 has it; header values are addresses and figures of our own."""
    me = facts.identitas
    user = "".join(character for character in by if character.isalnum() or character in "-_.")[:64]
    headers = (
        ("From", giver.alamat[0]),
        ("To", me.address),
        ("Date", _date(facts.now)),
        ("Message-ID", f"<perintah.{facts.now:%Y%m%d%H%M%S%f}.{user or 'server'}@{me.domain}>"),
        ("Subject", "Perintah di server"),
        (GIVEN_HEADER.title(), user or "server"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"{head}\r\n{text}\r\n".encode("utf-8", "replace")


def _date(at: datetime) -> str:
    days, months = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "JanFebMarAprMayJunJulAugSepOctNovDec"
    return f"{days[at.weekday()]}, {at.day} {months[at.month * 3 - 3 : at.month * 3]} {at:%Y %H:%M:%S %z}"
