"""The exact bytes of an outgoing letter: 7-bit safe, threaded, and marked so that robots stay quiet.

yagmail's own composer is not used: it attaches strings that happen to name a file, sends unescaped HTML, and gives two
reminders one Message-ID. Nor is `email.message.EmailMessage`: parsing and refolding what we wrote ourselves takes ten
times as long as writing it, and it turns an id longer than a line into an encoded word that no mail program can match.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from kinerja_mailbot.adapters.envelope.header_lines import HeaderLine, mailbox, one_line, unstructured, wrapped
from kinerja_mailbot.adapters.envelope.parts import Part, alternatives, attached, mixed, text_part
from kinerja_mailbot.domain.mail.letter import Letter, OutgoingMail, Thread
from kinerja_mailbot.domain.mail.rules.own import OWN_HEADER
from kinerja_mailbot.domain.mail.thread import BotIdentity, make_message_id, reader_of
from kinerja_mailbot.domain.unit import Pejabat
from kinerja_mailbot.usecases.ports import NamedFile, RenderedLetter

_MAX_REFERENCES = 20
_ID = re.compile(r"<[!-;=?-~]{1,400}>")
_OWN_HEADER = "-".join(word.capitalize() for word in OWN_HEADER.split("-"))


class LetterComposer:
    """Composes letters in the name of the office's system; see `MailComposer`.

    There is no Cc: whoever gets a copy gets a letter of his own, which is another `Letter` (see `Press`).
    """

    def __init__(self, identitas: BotIdentity, nama: str, zona: ZoneInfo) -> None:
        self._identitas = identitas
        self._nama = nama
        self._zona = zona

    def compose(
        self, letter: Letter, rendered: RenderedLetter, files: Sequence[NamedFile], now: datetime
    ) -> OutgoingMail:
        """See `MailComposer.compose`; the same arguments give the same bytes."""
        message_id = make_message_id(
            self._identitas, letter.kunci, letter.periode, reader_of(letter.unit, letter.kepada[0])
        )
        to = _readers(letter.kepada)
        head = (
            ("From", mailbox(self._nama, self._identitas.address)),
            ("To", ",\r\n ".join(mailbox(name, spec) for spec, name in to.items())),
            ("Subject", unstructured("Subject", letter.subjek)),
            ("Date", format_datetime(now.astimezone(self._zona))),
            *_thread(message_id, letter.utas),
            *_quiet(letter),
            ("MIME-Version", "1.0"),
            ("Content-Language", "id"),
        )
        return OutgoingMail(
            kunci=letter.kunci,
            message_id=message_id,
            subjek=one_line(letter.subjek),
            templat=letter.templat,
            penerima=tuple(to),
            mentah=_body(message_id, rendered, files).as_bytes(head),
            periode=letter.periode,
            unit=letter.unit,
        )


def _readers(people: Iterable[Pejabat]) -> dict[str, str]:
    """Return the name to every registered address, once: who wrote from his second one looks for the answer there."""
    found: dict[str, tuple[str, str]] = {}
    for person in people:
        for spec in person.tujuan:
            found.setdefault(spec.strip().casefold(), (spec.strip(), person.nama or person.jabatan))
    return dict(found.values())


def _thread(message_id: str, thread: Thread | None) -> Iterator[HeaderLine]:
    yield "Message-ID", message_id
    # Servers that put a Message-ID of their own leave this one; its HMAC says that the mail is ours.
    yield _OWN_HEADER, message_id
    if thread is None:
        return
    answered = _ID.findall(thread.in_reply_to)[:1]
    chain = list(dict.fromkeys(each for ref in (*thread.references, *answered) for each in _ID.findall(ref)))
    if answered:
        yield "In-Reply-To", answered[0]
    if chain:
        # The head of the thread stays, as mail programs build the tree from it.
        yield "References", wrapped(chain[:1] + chain[1:][-(_MAX_REFERENCES - 1) :])


def _quiet(letter: Letter) -> Iterator[HeaderLine]:
    is_answer = letter.utas is not None and letter.kunci.startswith("surel.")
    # RFC 3834 section 5: robots do not answer either; "replied" is for what a mail has caused.
    yield "Auto-Submitted", "auto-replied" if is_answer else "auto-generated"
    # Exchange goes by its own header. No "Precedence: bulk": filters take it for advertising.
    yield "X-Auto-Response-Suppress", "OOF, AutoReply"


def _body(message_id: str, rendered: RenderedLetter, files: Sequence[NamedFile]) -> Part:
    # A library's boundaries are random; ours make the bytes of a letter repeatable.
    outer, inner = (
        f"=_kinerja_{hashlib.sha256(f'{message_id}{number}'.encode()).hexdigest()[:24]}" for number in range(2)
    )
    if not files:
        return alternatives(outer, text_part("plain", rendered.teks), text_part("html", rendered.html))
    letter = alternatives(inner, text_part("plain", rendered.teks), text_part("html", rendered.html))
    return mixed(outer, letter, *(attached(one_line(file.nama), file.isi) for file in files))
