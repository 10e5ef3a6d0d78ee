"""SMTP servers before mailboxes: aiosmtpd, which hands each letter on and says that it listens ahead."""

from __future__ import annotations

import asyncio
from typing import Protocol

from aiosmtpd.smtp import SMTP, Envelope, Session


class Relayed(Protocol):
    """What an SMTP server needs of the mailboxes behind it."""

    def knows(self, address: str) -> bool:
        """Tell whether there is such a mailbox."""
        ...

    def deliver(self, raw: bytes, to: str, sender: str = "") -> object:
        """See `MailSystem`."""
        ...


class ListeningAhead:
    """aiosmtpd's hook for a server that says, as most do, that several commands may come at once (RFC 2920).

    It reads line by line from a buffer, so that it can do what it does not say by itself.
    """

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        del server, envelope
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]


class Relay(ListeningAhead):
    """aiosmtpd's hooks for an SMTP server before mailboxes: each letter is handed in for each of its recipients."""

    def __init__(self, behind: Relayed) -> None:
        self._behind = behind

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if not self._behind.knows(address):
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        del server, session
        raw = envelope.original_content or b""
        for address in envelope.rcpt_tos:
            await asyncio.to_thread(self._behind.deliver, raw, str(address), envelope.mail_from or "")
        return "250 OK"
