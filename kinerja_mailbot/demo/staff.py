"""The simulated staff: people with a mailbox who answer letters by hand, from an office computer or a phone."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class MailHost(Protocol):
    """The office's mail server, as far as staff touch it."""

    host: str
    smtp_port: int

    def mails(self, address: str) -> list[tuple[int, bytes]]:
        """Return UID and raw bytes of everything delivered to this address, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the office, or a stranger."""

    nama: str
    alamat: str


@dataclass(frozen=True, slots=True)
class Received:
    """A letter in somebody's mailbox."""

    message_id: str
    subjek: str
    tanggal: str
    surat: EmailMessage

    def workbooks(self) -> tuple[tuple[str, bytes], ...]:
        """Return the spreadsheets attached, with their names."""
        return tuple(
            (name, content)
            for part in self.surat.iter_attachments()
            if (name := part.get_filename() or "").endswith(".xlsx")
            and isinstance(content := part.get_content(), bytes)
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """Where staff work: they read their mailboxes and hand mail to the office's server."""

    servers: MailHost
    bot: str
    clock: Callable[[], datetime]

    def letters(self, person: Person) -> tuple[Received, ...]:
        """Return everything in a person's mailbox, oldest first."""
        return tuple(_read(raw) for _, raw in self.servers.mails(person.alamat))

    def newest(self, person: Person, words: str = "") -> Received:
        """Return the newest letter whose subject has these words.

        Raises:
            LookupError: there is none.
        """
        found = [letter for letter in self.letters(person) if words.casefold() in letter.subjek.casefold()]
        if not found:
            raise LookupError(f"{person.nama} has no letter about {words!r}")
        return found[-1]

    def write(self, person: Person, subject: str, text: str, answering: Received | None = None) -> EmailMessage:
        """Begin a mail to the bot, in the thread of the letter that it answers."""
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"] = f"{person.nama} <{person.alamat}>"
        mail["To"] = self.bot
        mail["Subject"] = subject
        mail["Date"] = format_datetime(self.clock())
        mail["Message-ID"] = f"<{self.clock():%Y%m%d%H%M%S}.{person.alamat}>"
        if answering is not None:
            mail["In-Reply-To"] = answering.message_id
            mail["References"] = answering.message_id
            text = f"{text}\n\nPada {answering.tanggal}, {self.bot} menulis:\n> {answering.subjek}\n"
        mail.set_content(text)
        return mail

    def reply(self, person: Person, letter: Received, text: str) -> EmailMessage:
        """Begin a reply."""
        return self.write(person, f"Re: {letter.subjek}", text, letter)

    def send(self, mail: EmailMessage, person: Person) -> None:
        """Hand the mail to the server, as a mail program does."""
        with smtplib.SMTP(self.servers.host, self.servers.smtp_port, timeout=10) as smtp:
            smtp.send_message(mail, person.alamat, [self.bot])


def attach_workbook(mail: EmailMessage, name: str, content: bytes) -> None:
    """Attach a spreadsheet."""
    mail.add_attachment(content, maintype=XLSX[0], subtype=XLSX[1], filename=name)


def _read(raw: bytes) -> Received:
    message = message_from_bytes(raw, policy=policy.default)
    return Received(
        message_id=str(message["Message-ID"]),
        subjek=str(message["Subject"]),
        tanggal=str(message["Date"]),
        surat=message,
    )
