"""The parser: raw bytes of any kind become one `IncomingMail`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from kinerja_mailbot.adapters.mime.authentication import read_authentication
from kinerja_mailbot.adapters.mime.headers import (
    decode_words,
    message_ids,
    raw_headers,
    recipients,
    return_path,
    senders,
    subject,
)
from kinerja_mailbot.adapters.mime.parts import Leaf, walk
from kinerja_mailbot.adapters.mime.plain import body_text, links
from kinerja_mailbot.adapters.mime.report import read_report
from kinerja_mailbot.adapters.mime.tree import read_tree
from kinerja_mailbot.domain.form.workbook import FileKind
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.mail.quotation import split_quotation
from kinerja_mailbot.domain.mail.rules.bounce import report_sign

_MAX_SIGNATURE_PICTURE = 100 * 1024  # bytes
_BODY_TYPES = frozenset({"text/plain", "text/html"})
_WORDS = frozenset({FileKind.TEXT, FileKind.HTML, FileKind.CSV, FileKind.EMAIL, FileKind.EMPTY, FileKind.OTHER})
"""What the text of a mail may look like; a workbook declared as text/plain is still an attachment."""


class MimeParser:
    """Parses mail without trusting any of it; see `MailParser`."""

    def parse(self, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:
        """See `MailParser.parse`."""
        message = read_tree(raw)
        tree = walk(message)
        bodies = tuple(leaf for leaf in tree.leaves if _is_body(leaf))
        text = body_text(bodies)
        own, quoted = split_quotation(text)
        headers = tuple(raw_headers(message))
        mail = _with_headers(headers, IncomingMail(id=mail_id, tiba_at=arrived_at))
        mail = replace(mail, tipe=tree.types, teks=own, kutipan=quoted, lampiran=_attachments(tree.leaves))
        mail = replace(mail, tautan=links(bodies))
        if report_sign(mail) is None:
            return mail
        # A report returns what we once sent: our own form in it is nobody's answer.
        return replace(mail, lampiran=(), laporan=read_report(mail, raw, text))


def _with_headers(headers: tuple[tuple[str, str], ...], mail: IncomingMail) -> IncomingMail:
    def all_of(*names: str) -> list[str]:
        return [value for name, value in headers if name in names]

    return replace(
        mail,
        message_id=next(iter(message_ids(all_of("message-id")[:1])), ""),
        in_reply_to=message_ids(all_of("in-reply-to")),
        references=message_ids(all_of("references")),
        pengirim=senders(all_of("from")),
        return_path=return_path(all_of("return-path")),
        kepada=recipients(all_of("to", "cc")),
        subjek=subject(all_of("subject")),
        header=tuple((name, decode_words(value)) for name, value in headers),
        autentikasi=read_authentication(all_of("authentication-results")),
    )


def _attachments(leaves: Iterable[Leaf]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            nama=leaf.nama or f"lampiran-{number}",
            jenis=leaf.jenis,
            tipe=leaf.tipe,
            ukuran=len(leaf.isi),
            sha256=hashlib.sha256(leaf.isi).hexdigest(),
            isi=leaf.isi,
            dari_surel_lampiran=leaf.is_inside_mail,
        )
        for number, leaf in enumerate((leaf for leaf in leaves if _is_attachment(leaf)), 1)
    )


def _is_body(leaf: Leaf) -> bool:
    is_words = leaf.tipe in _BODY_TYPES and leaf.jenis in _WORDS
    return is_words and not (leaf.is_inside_mail or leaf.is_attached or leaf.nama)


def _is_attachment(leaf: Leaf) -> bool:
    if _is_body(leaf):
        return False
    if leaf.is_inside_mail and leaf.tipe in _BODY_TYPES and not leaf.nama and leaf.jenis in _WORDS:
        return False  # the text of an attached mail
    is_picture_of_text = leaf.jenis is FileKind.IMAGE and leaf.has_content_id and leaf.is_related
    return not (is_picture_of_text and len(leaf.isi) < _MAX_SIGNATURE_PICTURE)
