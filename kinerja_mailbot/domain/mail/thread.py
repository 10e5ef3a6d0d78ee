"""Our Message-IDs: each carries its period, unit and an HMAC, so that a reply proves which letter it answers."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from kinerja_mailbot.domain.unit import Pejabat

_OURS = re.compile(
    r"<(?P<periode>[^.<>@]+)\.(?P<unit>[^.<>@]+)\.(?P<surat>[0-9a-f]{16})\.(?P<tanda>[0-9a-f]{24})@[^<>@]+>"
)
_ACTING = "~"  # between a unit and its acting official
_NOBODY = "umumnya"  # stands for "no period" or "no unit" in an id


@dataclass(frozen=True, slots=True, kw_only=True)
class BotIdentity:
    """Who the bot is: its addresses, the domain of its Message-IDs, its secret, the server whose word it trusts."""

    alamat: tuple[str, ...]
    domain: str
    kunci: bytes
    authserv_id: str = ""

    @property
    def address(self) -> str:
        """Return the address that letters come from."""
        return self.alamat[0]


@dataclass(frozen=True, slots=True)
class ThreadRef:
    """The thread that a genuine Message-ID of ours belongs to."""

    periode: str | None
    unit: str | None


def reader_of(unit: str | None, person: Pejabat) -> str | None:
    """Return whose thread a letter to this person is: the unit's own, or apart from it that of an acting official.

    So nobody proves himself by a letter that the other one got, and an acting official by none when his time is over.

    >>> regular = Pejabat(nama="Budi", jabatan="Kasubbag", alamat=("budi@kpu.example",))
    >>> reader_of("umum", regular), reader_of(None, regular)
    ('umum', None)
    """
    if unit is None or not person.is_acting:
        return unit
    return f"{unit}{_ACTING}{hashlib.sha256(person.alamat[0].casefold().encode()).hexdigest()[:8]}"


def unit_of_reader(reader: str | None) -> str | None:
    """Return the unit that a thread is about, whoever of its officials reads it."""
    return reader.partition(_ACTING)[0] if reader else reader


def make_message_id(identity: BotIdentity, letter_key: str, periode: str | None, unit: str | None) -> str:
    """Return the Message-ID of a letter: the same letter key always gives the same id.

    >>> me = BotIdentity(alamat=("bot@kpu.example",), domain="kpu.example", kunci=b"k")
    >>> read_message_id(me, make_message_id(me, "2026-TW3.permintaan.umum", "2026-TW3", "umum"))
    ThreadRef(periode='2026-TW3', unit='umum')
    >>> read_message_id(me, "<2026-TW3.umum.0123456789abcdef.0123456789abcdef01234567@kpu.example>") is None
    True
    """
    letter = hashlib.sha256(letter_key.encode()).hexdigest()[:16]
    body = f"{periode or _NOBODY}.{unit or _NOBODY}.{letter}"
    return f"<{body}.{_sign(identity, body)}@{identity.domain}>"


def read_message_id(identity: BotIdentity, message_id: str) -> ThreadRef | None:
    """Return the thread if the id is ours and genuine, else None."""
    found = _OURS.fullmatch(message_id.strip())
    if not found:
        return None
    body = f"{found['periode']}.{found['unit']}.{found['surat']}"
    if not hmac.compare_digest(_sign(identity, body), found["tanda"]):
        return None
    return ThreadRef(*(None if part == _NOBODY else part for part in (found["periode"], found["unit"])))


def is_letter(identity: BotIdentity, message_id: str, letter_key: str) -> bool:
    """Tell whether a genuine id of ours is that of the letter with this key, whoever of the unit read it.

    >>> me = BotIdentity(alamat=("bot@kpu.example",), domain="kpu.example", kunci=b"k")
    >>> is_letter(me, make_message_id(me, "surel.17.perbaikan", "2026-TW3", "umum"), "surel.17.perbaikan")
    True
    """
    found = _OURS.fullmatch(message_id.strip())
    is_same = found is not None and found["surat"] == hashlib.sha256(letter_key.encode()).hexdigest()[:16]
    return is_same and read_message_id(identity, message_id) is not None


def _sign(identity: BotIdentity, body: str) -> str:
    return hmac.new(identity.kunci, b"message-id\x1f" + body.encode(), hashlib.sha256).hexdigest()[:24]
