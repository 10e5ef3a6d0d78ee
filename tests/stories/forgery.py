"""What an attacker makes at home: forms typed anew or signed with any key, mails in any name, odd workbooks."""

from __future__ import annotations

import io
import zipfile
from email import policy
from email.message import EmailMessage
from hashlib import sha256

from openpyxl import Workbook

from kinerja_mailbot.domain.form.identity import FormMeta, sign_meta
from tests.domain.mail_office import ME

XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
BOUNCE = """From: MAILER-DAEMON@mx.jahat.example
To: kinerja@kpu.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.kpu.example

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1

--b
Content-Type: message/rfc822

From: kinerja@kpu.example
Message-ID: {letter}

isi
--b--
"""


def form(*, periode: str = "2026-TW3", nonce: str = "nonce", key: bytes | None = None, value: object = 85.5) -> bytes:
    """Return the form of umum; with a key as the bot signs it, without one typed anew."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Capaian"
    sheet.append(["Kode", "Realisasi"])
    sheet.append(["IK-1", value])
    if key is not None:
        meta = FormMeta(format="kinerja", versi=1, unit="umum", periode=periode, nonce=nonce)
        hidden = book.create_sheet("_meta")
        for name in ("format", "versi", "unit", "periode", "nonce"):
            hidden.append([name, str(getattr(meta, name))])
        hidden.append(["tanda", sign_meta(meta, key)])
    return saved(book)


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def mail(
    sender: str, *, answers: str = "", text: str = "Terlampir.", file: bytes = b"", **headers: str
) -> EmailMessage:
    """Return a mail that says it is from somebody; `answers` is the Message-ID that it replies to."""
    made = EmailMessage(policy=policy.SMTP)
    made["From"], made["To"] = sender, ME.address
    made["Message-ID"] = headers.pop(
        "message_id", f"<{sha256(repr((sender, text, file)).encode()).hexdigest()[:16]}@jahat.example>"
    )
    made["Subject"] = headers.pop("subject", "Re: [KINERJA 2026-TW3 UKL] Permintaan Data Kinerja")
    if answers:
        made["In-Reply-To"] = made["References"] = answers
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    if file:
        made.add_attachment(file, maintype=XLSX[0], subtype=XLSX[1], filename="Isian.xlsx")
    return made


def vouched(message: EmailMessage, *results: str) -> bytes:
    """Return the mail below these Authentication-Results, the topmost first."""
    return b"".join(f"Authentication-Results: {one}\r\n".encode() for one in results) + bytes(message)


def bounce(address: str, letter: str) -> bytes:
    return BOUNCE.format(address=address, letter=letter).replace("\n", "\r\n").encode()


def with_parts(book: bytes, **parts: bytes) -> bytes:
    """Return the workbook with these parts replaced or added; dots and slashes stand as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()
