"""Is it a machine's report about a mail: undelivered, delayed, read, complained about?"""

from __future__ import annotations

import re

from kinerja_mailbot.domain.form.workbook import READABLE
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.rules.auto_reply import automatic_sign
from kinerja_mailbot.domain.mail.verdict import Bounce

_REPORT_PARTS = (
    "message/delivery-status",  # RFC 3464
    "message/global-delivery-status",  # RFC 6533
    "message/disposition-notification",  # RFC 8098, read receipts
    "message/feedback-report",  # RFC 5965, complaints
    "text/rfc822-headers",  # RFC 6522
    "multipart/report",
)
_ROBOT = re.compile(r"(?:mailer-daemon|mdaemon|postmaster|bounces?)(?:[-+=].*)?")
_SUBJECT = re.compile(
    r"""(?:
        undelivered\ mail | undeliverable\b | undelivered\b | mail\ delivery\ (?:failed|failure|system|problem)
      | delivery\ (?:status\ notification|failure|has\ failed|delayed|incomplete|notification)
      | returned\ mail | failure\ notice | message\ (?:undeliverable|delivery\ (?:failure|delayed))
      | mail\ system\ error | could\ not\ send\ message | warning:\ could\ not\ send | delayed\ mail
      | non[ -]?deliver(?:y|able) | read:\s | not\ read:\s
      | message\ recall | recall:\s
      | (?:pesan|surel|email|e-mail)\ (?:tidak|gagal)\ (?:ter)?kirim | (?:pesan|surel|email)\ tidak\ dapat\ dikirim
      | tidak\ terkirim | gagal\ terkirim | gagal\ dikirim | tidak\ dapat\ dikirim | tidak\ terkirimkan
      | pengiriman\ (?:gagal|tertunda|pesan\ gagal) | pemberitahuan\ status\ pengiriman | pengembalian\ pesan
      | dibaca:\s? | tidak\ dibaca:\s? | telah\ dibaca: | sudah\ dibaca:
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def bounce(mail: IncomingMail, _facts: Facts) -> Bounce | None:
    """Recognise a report; never answered, its attachments never data (RFC 3464 section 2, RFC 3834 section 2)."""
    sign = report_sign(mail)
    return Bounce(sign, mail.laporan) if sign else None


def report_sign(mail: IncomingMail) -> str | None:
    """Return by which sign the mail is a report, or None when it is none."""
    return _structure(mail) or _header(mail) or _null_path(mail) or _subject(mail)


def _structure(mail: IncomingMail) -> str | None:
    return next((f"part {part}" for part in _REPORT_PARTS if part in mail.tipe), None)


def _header(mail: IncomingMail) -> str | None:
    if mail.headers("x-failed-recipients"):
        return "X-Failed-Recipients"
    for address in mail.pengirim:
        if _ROBOT.fullmatch(address.partition("@")[0]):
            return f"From {address}"
    return None


def _null_path(mail: IncomingMail) -> str | None:
    if mail.return_path is None:
        return None
    path = mail.return_path.casefold()
    if path.partition("@")[0] == "mailer-daemon":
        return "Return-Path MAILER-DAEMON"
    # RFC 3834 section 3.3 lets answering machines use the null path too; theirs is the better name for it.
    return "null Return-Path" if not path and not automatic_sign(mail) else None


def _subject(mail: IncomingMail) -> str | None:
    # People write "Tidak terkirim kemarin, ini ulangannya" above a form: a subject alone is not enough then.
    if any(item.jenis in READABLE for item in mail.lampiran):
        return None
    found = _SUBJECT.match(mail.subjek.strip())
    return f"subject begins with '{found[0].strip()}'" if found else None
