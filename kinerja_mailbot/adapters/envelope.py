"""The exact bytes of an outgoing letter: 7-bit safe, threaded, and marked so that robots stay quiet.

yagmail's own composer is not used: it attaches strings that happen to name a file, sends unescaped HTML, and gives two
reminders one Message-ID.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from zoneinfo import ZoneInfo

from kinerja_mailbot.domain.mail.letter import Letter, OutgoingMail, Thread
from kinerja_mailbot.domain.mail.rules.own import OWN_HEADER
from kinerja_mailbot.domain.mail.thread import BotIdentity, make_message_id, reader_of
from kinerja_mailbot.domain.unit import Pejabat
from kinerja_mailbot.usecases.ports import NamedFile, RenderedLetter

_MAX_REFERENCES = 20
_ID = re.compile(r"<[!-;=?-~]{1,400}>")
_OWN_HEADER = "-".join(word.capitalize() for word in OWN_HEADER.split("-"))
_ID_HEADERS = frozenset({"message-id", "in-reply-to", "references", OWN_HEADER})
_TYPES = {
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": ("application", "pdf"),
    "csv": ("text", "csv"),
    "zip": ("application", "zip"),
}


class _IdKeepingPolicy(EmailPolicy):
    """The library would turn a Message-ID longer than a line into an encoded word, which no mail program can match."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _ID_HEADERS:
            lines = "\r\n ".join(str(value).split())
            return f"{name}: {lines}\r\n".encode("ascii", "replace")
        if name.lower() == "subject" and value.isascii():
            # The library begins a long subject on the second line, which some programs show with a leading space.
            return ("\r\n ".join(_words_wrapped(f"{name}: {value}")) + "\r\n").encode()
        return super().fold_binary(name, value)


_POLICY = _IdKeepingPolicy(linesep=SMTP.linesep, cte_type="7bit", max_line_length=76)


class LetterComposer:
    """Composes letters in the name of the office's system; see `MailComposer`."""

    def __init__(self, identitas: BotIdentity, nama: str, zona: ZoneInfo) -> None:
        self._identitas = identitas
        self._nama = nama
        self._zona = zona

    def compose(
        self, letter: Letter, rendered: RenderedLetter, files: Sequence[NamedFile], now: datetime
    ) -> OutgoingMail:
        """See `MailComposer.compose`; the same arguments give the same bytes."""
        reader = reader_of(letter.unit, letter.kepada[0])
        message_id = make_message_id(self._identitas, letter.kunci, letter.periode, reader)
        to = _addresses(letter.kepada)
        copies = _addresses(letter.tembusan, without=to)
        message = EmailMessage(policy=_POLICY)
        message["From"] = _address(self._nama, self._identitas.address)
        message["To"] = to
        if copies:
            message["Cc"] = copies
        message["Subject"] = one_line(letter.subjek)
        message["Date"] = now.astimezone(self._zona)
        _thread(message, message_id, letter.utas)
        _quiet(message, letter)
        _body(message, rendered, files)
        _settle_boundaries(message, message_id)
        return OutgoingMail(
            kunci=letter.kunci,
            message_id=message_id,
            subjek=one_line(letter.subjek),
            templat=letter.templat,
            penerima=tuple(address.addr_spec for address in (*to, *copies)),
            mentah=message.as_bytes(),
            periode=letter.periode,
            unit=letter.unit,
        )


def _words_wrapped(line: str) -> list[str]:
    """Fold between words only: a break inside "2026-TW3" would come back as a space."""
    return textwrap.wrap(line, 76, break_long_words=False, break_on_hyphens=False)


def one_line(text: str) -> str:
    r"""Return the text without line ends and other control characters, so that it can't begin a header of its own.

    >>> one_line("Rekap\r\nBcc: orang@mail.example")
    'Rekap Bcc: orang@mail.example'
    """
    spaced = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} else char for char in text)
    return " ".join(spaced.split())


def _addresses(people: Iterable[Pejabat], without: Iterable[Address] = ()) -> tuple[Address, ...]:
    """Return every registered address of everybody once: who wrote from the second one looks for the answer there."""
    found: dict[str, Address] = {}
    taken = {address.addr_spec.casefold() for address in without}
    for person in people:
        for spec in person.tujuan:
            if spec.casefold() not in taken:
                found.setdefault(spec.casefold(), _address(person.nama or person.jabatan, spec))
    return tuple(found.values())


def _address(name: str, spec: str) -> Address:
    return Address(display_name=one_line(name), addr_spec=spec.strip())


def _thread(message: EmailMessage, message_id: str, thread: Thread | None) -> None:
    message["Message-ID"] = message_id
    # Servers that put a Message-ID of their own leave this one; its HMAC says that the mail is ours.
    message[_OWN_HEADER] = message_id
    if thread is None:
        return
    answered = _ID.findall(thread.in_reply_to)[:1]
    chain = list(dict.fromkeys(each for ref in (*thread.references, *answered) for each in _ID.findall(ref)))
    if answered:
        message["In-Reply-To"] = answered[0]
    if chain:
        # The head of the thread stays, as mail programs build the tree from it.
        message["References"] = " ".join(chain[:1] + chain[1:][-(_MAX_REFERENCES - 1) :])


def _quiet(message: EmailMessage, letter: Letter) -> None:
    is_answer = letter.utas is not None and letter.kunci.startswith("surel.")
    # RFC 3834 section 5: robots do not answer either; "replied" is for what a mail has caused.
    message["Auto-Submitted"] = "auto-replied" if is_answer else "auto-generated"
    # Exchange goes by its own header. No "Precedence: bulk": filters take it for advertising.
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"


def _body(message: EmailMessage, rendered: RenderedLetter, files: Sequence[NamedFile]) -> None:
    message.set_content(rendered.teks, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    for file in files:
        name = one_line(file.nama)
        maintype, subtype = _TYPES.get(name.rpartition(".")[2].lower(), ("application", "octet-stream"))
        message.add_attachment(file.isi, maintype=maintype, subtype=subtype, filename=name)
    message["Content-Language"] = "id"  # last: the library moves Content-* headers into the parts it makes


def _settle_boundaries(message: EmailMessage, message_id: str) -> None:
    # The library's boundaries are random; ours make the bytes of a letter repeatable.
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            digest = hashlib.sha256(f"{message_id}{number}".encode()).hexdigest()[:24]
            part.set_boundary(f"=_kinerja_{digest}")
