"""An incoming mail as a value: everything the rules may look at, already decoded and bounded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle

GIVEN_HEADER = "x-kinerja-perintah"
"""Names the machine's user who gave an order there; in a mail from outside it means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A leaf of the MIME tree that is not the mail's own text."""

    nama: str  # cleaned file name, never used for routing
    jenis: FileKind  # by its bytes
    tipe: str  # declared content type, lower case
    ukuran: int  # decoded bytes
    sha256: str
    isi: bytes = field(repr=False)
    dari_surel_lampiran: bool = False  # came inside an attached message/rfc822 (a form forwarded as .eml)
    wadah: str = ""  # name of the zip, winmail.dat or .msg that it was taken from
    halangan: Obstacle | None = None  # a container that could not be opened, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Authentication:
    """One method of the topmost Authentication-Results header (RFC 8601)."""

    server: str  # authserv-id
    metode: str  # "dkim", "spf", "dmarc"
    hasil: str  # "pass", "fail", …
    domain: str  # header.d, smtp.mailfrom's domain, header.from


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What a bounce or a delay notice says (RFC 3464), as far as it could be found."""

    alamat: tuple[str, ...]  # the failing addresses
    tetap: bool  # permanent (5.x.x); False: delayed, 4.x.x, or only a full mailbox
    status: str = ""  # "5.1.1"
    keterangan: str = ""  # the server's words, shortened
    message_id_asal: str = ""  # Message-ID of our letter, from the returned part


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMail:
    """One mail, parsed; header names are lower case, values decoded, in the order of the mail."""

    id: int  # archive id; 0 when only inspected
    tiba_at: datetime  # arrival at our server, aware UTC
    message_id: str = ""  # with angle brackets, as all ids here
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    pengirim: tuple[str, ...] = ()  # addr-specs of From, lower case; anything but exactly one is ambiguous
    return_path: str | None = None  # None: no such header; "": the null return path
    kepada: tuple[str, ...] = ()
    subjek: str = ""
    header: tuple[tuple[str, str], ...] = ()
    tipe: tuple[str, ...] = ()  # content types of all parts in order, lower case; [0] is the root
    teks: str = ""  # the writer's own words: plain text (or HTML made plain) without the quoted original
    kutipan: str = ""  # the quoted original, if any
    lampiran: tuple[Attachment, ...] = ()
    laporan: DeliveryReport | None = None
    autentikasi: tuple[Authentication, ...] = ()
    tautan: tuple[str, ...] = ()  # addresses of web pages in text and HTML, the first ones
    terpotong: bool = False  # too large to fetch whole: only its headers are known

    @property
    def sender(self) -> str | None:
        """Return the one sender, or None when From is missing or ambiguous."""
        return self.pengirim[0] if len(self.pengirim) == 1 else None

    def headers(self, name: str) -> tuple[str, ...]:
        """Return the values of all headers of this (lower-case) name."""
        return tuple(value for key, value in self.header if key == name)

    def thread_ids(self) -> tuple[str, ...]:
        """Return the ids that it answers: In-Reply-To first, then the first and last 20 References."""
        refs = self.references
        bounded = refs if len(refs) <= 40 else refs[:20] + refs[-20:]
        return tuple(dict.fromkeys((*self.in_reply_to, *reversed(bounded))))
