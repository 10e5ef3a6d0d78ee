"""The verdict on an incoming mail: what it is, by the first rule of `CHAIN` that recognises it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kinerja_mailbot.domain.mail.incoming import DeliveryReport
from kinerja_mailbot.domain.mail.orders import Order
from kinerja_mailbot.domain.unit import Peserta


class Proof(StrEnum):
    """Why we believe that a mail is from whom it says (DESIGN section 7); From alone is none."""

    AUTHENTICATED = "authenticated"  # our server's Authentication-Results, aligned
    THREAD = "thread"  # answers a letter that only the registered address received
    WORKBOOK = "workbook"  # carries a form of ours, by its HMAC; found when the sheets are read
    RELEASED = "released"  # the owner said YA


@dataclass(frozen=True, slots=True)
class Own:
    """A mail of ours: a copy for the proof of sending."""

    alasan: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report, delay notice, read receipt or feedback report; `laporan` where an address was found."""

    alasan: str
    laporan: DeliveryReport | None


@dataclass(frozen=True, slots=True)
class AutoReply:
    """A robot's answer. `lunak`: recognised only by its subject, so a readable form inside still counts."""

    alasan: str
    lunak: bool = False


@dataclass(frozen=True, slots=True)
class OrderMail:
    """A line from the Kasubbag or a penyusun; `perintah` is None when it is not understood."""

    alasan: str
    peserta: Peserta
    perintah: Order | None
    bukti: frozenset[Proof]


@dataclass(frozen=True, slots=True)
class Reply:
    """A mail of a registered respondent, with or without a form."""

    alasan: str
    peserta: Peserta
    bukti: frozenset[Proof]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anybody else: kept, listed, never answered."""

    alasan: str


Verdict = Own | Bounce | AutoReply | OrderMail | Reply | Unknown

VERDICT_NAMES = {
    Own: "own",
    Bounce: "bounce",
    AutoReply: "auto_reply",
    OrderMail: "order",
    Reply: "reply",
    Unknown: "unknown",
}
