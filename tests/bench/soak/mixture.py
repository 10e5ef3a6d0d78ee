"""What comes into an office's mailbox in years: replies of every quality, orders, robots, strangers, and malice."""

from __future__ import annotations

import random
import re
from collections import deque
from collections.abc import Callable
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.bounces import bounce_report
from kinerja_mailbot.demo.cast import BOT, HUKUM, KASUBBAG, OLD_ADDRESS, PENYUSUN, SEKRETARIS, TEKNIS, UMUM
from kinerja_mailbot.demo.spreadsheet import Entry, NotFoundError
from kinerja_mailbot.demo.staff import Person, attach_workbook
from kinerja_mailbot.demo.story import StageClock
from tests.bench.inspect_many import with_people
from tests.bench.soak.mailboxes import Held, Post
from tests.bench.soak.stamped import typed
from tests.containers import zipped
from tests.domain.mail_table import TABLE
from tests.mutations import DAMAGES, damaged
from tests.stories import forgery

RESPONDENTS = (UMUM, TEKNIS, HUKUM, SEKRETARIS)
FIGURES = {
    UMUM: figures.UMUM,
    TEKNIS: (*figures.TEKNIS_FIRST, *figures.TEKNIS_MENDED),
    HUKUM: figures.HUKUM,
    SEKRETARIS: figures.SEKRETARIS,
}
WORDS = (
    "Mohon petunjuk, apakah realisasi dihitung kumulatif?",
    "BANTUAN",
    "MINTA WAKTU 2 hari karena listrik padam",
    "NIHIL LHP",
    "1a",
    "1: 85,5\n2 benar: sudah diperiksa kembali",
    "Terima kasih, akan segera kami kirim.",
    "Data menyusul besok.",
)
ORDERS = (
    "STATUS",
    "Mohon status.",
    "INGATKAN teknis",
    "INGATKAN",
    "BANTUAN",
    "Tolong diurus.",
    "PERPANJANG hukum 1 hari karena listrik padam",
    "REKAP",
    "ABAIKAN 3, 4, 5",
)
_BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "%s">]><a>&b;</a>' % (b"c" * 100_000)
_ID_LINE = re.compile(rb"(?im)^message-id:[^\r\n]*")
_RECENT = 400
_SMALL = 1_000_000  # bytes; what comes again
_PHOTOS = 10_000_000  # pairs of bytes; with base64 more than the 25 MB of the configuration


def whole(person: Person) -> tuple[Entry, ...]:
    """Return what the person types when everything is right, whatever the targets of the quarter."""
    typed = FIGURES[person]
    rows = dict.fromkeys(e.baris for e in typed if e.lembar == "Capaian Kinerja")
    reasons = (("Faktor Penghambat / Kendala", "Jaringan listrik."), ("Rencana Tindak Lanjut", "Dijadwalkan ulang."))
    return (*typed, *(Entry("Capaian Kinerja", row, judul, isi) for row in rows for judul, isi in reasons))


class Mixture:
    """Makes the mails, the same ones for the same seed and the same letters."""

    def __init__(self, post: Post, clock: StageClock, seed: int) -> None:
        self._post, self._clock = post, clock
        self._dice = random.Random(seed)  # noqa: S311  # a soak must repeat
        self._count = 0
        self._recent: deque[bytes] = deque(maxlen=_RECENT)
        self._filled: dict[tuple[str, int], tuple[str, bytes]] = {}
        self._table = [with_people(row.raw) for row in TABLE if row.verdict not in {"own", "order"}]
        kinds: dict[Callable[[], bytes], float] = {
            self._right: 12,
            self._partial: 8,
            self._old_form: 4,
            self._broken: 2,
            self._hostile: 3,
            self._unproven: 3,
            self._says: 6,
            self._evidence: 4,
            self._robot: 8,
            self._returned: 6,
            self._order: 6,
            self._advertisement: 9,
            self._stranger_with_form: 3,
            self._of_the_table: 16,
            self._again: 6,
            self._damaged: 4,
            self._huge: 0.05,
        }
        self._kinds, self._weights = list(kinds), list(kinds.values())

    def next(self) -> bytes:
        """Return the next mail."""
        (make,) = self._dice.choices(self._kinds, self._weights)
        raw = make()
        if len(raw) < _SMALL:
            self._recent.append(raw)
        return raw

    def reply_with_form(self, person: Person, variant: int = 0) -> bytes:
        """Return the person's reply to the newest request, all right, as far as one knows."""
        return self._with_form(person, self._newest_form(person), variant)

    def answer(self, person: Person, text: str, words: bytes = b"") -> bytes:
        """Return a reply in words to the newest letter that says this."""
        letters = [held for held in self._post.letters[person.alamat] if words in held.mentah]
        return bytes(self._reply(person, letters[-1] if letters else None, text))

    # --- people who answer ----------------------------------------------------------------------------------------

    def _right(self) -> bytes:
        person = self._dice.choice(RESPONDENTS)
        return self._with_form(person, self._newest_form(person), self._dice.randrange(2))

    def _partial(self) -> bytes:
        person = self._dice.choice(RESPONDENTS)
        return self._with_form(person, self._newest_form(person), 2 + self._dice.randrange(3))

    def _old_form(self) -> bytes:
        person = self._dice.choice(RESPONDENTS)
        forms = self._post.forms[person.alamat]
        return self._with_form(person, forms[0] if forms else None, 0)

    def _broken(self) -> bytes:
        person = self._dice.choice(RESPONDENTS)
        mail = self._reply(person, self._newest_form(person), "Terlampir.")
        attach_workbook(mail, "Isian.xlsx", self._workbook(person, 0)[1][: self._dice.randrange(5_000)])
        return bytes(mail)

    def _hostile(self) -> bytes:
        person = self._dice.choice(RESPONDENTS)
        mail = self._reply(person, self._newest_form(person), "Terlampir isian.")
        name, book = self._workbook(person, 0)
        match self._dice.randrange(3):
            case 0:
                attach_workbook(mail, name, forgery.with_parts(book, **{"xl/workbook.xml": _BOMB}))
            case 1:
                attach_workbook(mail, "isian.zip", zipped((name, b"\0" * 30_000_000)))
            case _:
                parts = {"xl/vbaProject.bin": b"\0" * 100, "xl/sharedStrings.xml": b"<" * 500_000}
                attach_workbook(mail, name.replace(".xlsx", ".xlsm"), forgery.with_parts(book, **parts))
        return bytes(mail)

    def _unproven(self) -> bytes:
        return bytes(self._begin(self._dice.choice(RESPONDENTS), "Data kinerja", "Terlampir, mohon diproses."))

    def _says(self) -> bytes:
        person = self._dice.choice(RESPONDENTS)
        return bytes(self._reply(person, self._any_letter(person), self._dice.choice(WORDS)))

    def _evidence(self) -> bytes:
        person = self._dice.choice(RESPONDENTS)
        mail = self._reply(person, self._any_letter(person), "Data dukung.")
        content = b"%PDF-1.4\n" + self._dice.randbytes(2_000) + b"\n%%EOF\n"
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=f"bukti {self._count}.pdf")
        return bytes(mail)

    def _order(self) -> bytes:
        person = self._dice.choice((KASUBBAG, KASUBBAG, PENYUSUN))
        return bytes(self._reply(person, self._any_letter(person), self._dice.choice(ORDERS)))

    # --- machines and strangers -----------------------------------------------------------------------------------

    def _robot(self) -> bytes:
        person = self._dice.choice((*RESPONDENTS, KASUBBAG))
        mail = self._reply(person, self._any_letter(person), "Saya sedang dinas luar.")
        mail.replace_header("Subject", f"Balasan otomatis: {mail['Subject']}")
        mail["Auto-Submitted"] = "auto-replied"
        return bytes(mail)

    def _returned(self) -> bytes:
        address = self._dice.choice((OLD_ADDRESS, OLD_ADDRESS, TEKNIS.alamat))
        letters = self._post.letters[address]
        letter = self._dice.choice(letters).mentah if letters else b"Subject: x\r\n\r\n"
        return bounce_report(address, BOT, letter, self._clock())

    def _advertisement(self) -> bytes:
        shop = Person("Toko", f"promo{self._dice.randrange(5_000)}@toko.example")
        mail = self._begin(shop, f"Penawaran {self._count}", "Mohon dibalas. " * self._dice.randrange(1, 200))
        if self._dice.random() < 0.5:
            mail["Precedence"] = "bulk"
        return bytes(mail)

    def _stranger_with_form(self) -> bytes:
        stranger = Person("Orang Luar", f"orang{self._dice.randrange(500)}@luar.example")
        owner = self._dice.choice(RESPONDENTS)
        mail = self._begin(stranger, "Fwd: isian", "Terlampir.")
        attach_workbook(mail, *self._workbook(owner, 1))
        return bytes(mail)

    def _of_the_table(self) -> bytes:
        raw = self._dice.choice(self._table)
        self._count += 1
        line = b"Message-ID: <%d.tabel@luar.example>" % self._count
        return _ID_LINE.sub(line, raw, count=1) if _ID_LINE.search(raw) else line + b"\r\n" + raw

    def _again(self) -> bytes:
        return self._dice.choice(self._recent) if self._recent else self._advertisement()

    def _huge(self) -> bytes:
        """Return a mail beyond the limit of what is fetched whole."""
        person = self._dice.choice(RESPONDENTS)
        mail = self._reply(person, self._any_letter(person), "Terlampir foto kegiatan.")
        mail.add_attachment(b"\xff\xd8" * _PHOTOS, maintype="image", subtype="jpeg", filename="foto.jpg")
        return bytes(mail)

    def _damaged(self) -> bytes:
        self._count += 1
        raw = self._again()
        kinds = tuple(self._dice.choice(DAMAGES) for _ in range(self._dice.randint(1, 3)))
        return damaged(raw, kinds, self._count)

    # --- how mails are made ---------------------------------------------------------------------------------------

    def _with_form(self, person: Person, letter: Held | None, variant: int) -> bytes:
        mail = self._reply(person, letter, "Terlampir isian kami.")
        attach_workbook(mail, *self._workbook(person, variant, letter))
        return bytes(mail)

    def _workbook(self, person: Person, variant: int, letter: Held | None = None) -> tuple[str, bytes]:
        """Return the form of a letter filled in: 0 and 1 are right, the others wrong in one row or another."""
        letter = letter or self._newest_form(person)
        if letter is None:
            return "Isian.xlsx", forgery.form()
        key = letter.message_id, variant
        if key not in self._filled:
            if len(self._filled) > _RECENT:
                self._filled.clear()
            name, blank = letter.workbook()
            self._filled[key] = name, _typed(blank, person, variant)
        return self._filled[key]

    def _newest_form(self, person: Person) -> Held | None:
        forms = self._post.forms[person.alamat]
        return forms[-1] if forms else None

    def _any_letter(self, person: Person) -> Held | None:
        letters = self._post.letters[person.alamat]
        return self._dice.choice(letters) if letters else None

    def _reply(self, person: Person, letter: Held | None, text: str) -> EmailMessage:
        if letter is None:
            return self._begin(person, "Data kinerja", text)
        subject = letter.subject
        mail = self._begin(person, f"Re: {subject}", f"{text}\n\n> {subject}\n")
        mail["In-Reply-To"] = mail["References"] = letter.message_id
        return mail

    def _begin(self, person: Person, subject: str, text: str) -> EmailMessage:
        self._count += 1
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"], mail["To"] = f"{person.nama} <{person.alamat}>", BOT
        mail["Subject"], mail["Date"] = subject, format_datetime(self._now())
        mail["Message-ID"] = f"<{self._count}.{person.alamat}>"
        mail.set_content(text)
        return mail

    def _now(self) -> datetime:
        return self._clock()


def _typed(blank: bytes, person: Person, variant: int) -> bytes:
    entries = list(whole(person))
    if variant == 1:
        entries = [e for e in entries if e.judul != "Faktor Pendukung"]
    elif variant > 1:
        numbers = [n for n, e in enumerate(entries) if isinstance(e.isi, int | float)]
        for place in numbers[variant :: variant + 1]:
            entries[place] = Entry(entries[place].lembar, entries[place].baris, entries[place].judul, "sudah baik")
    try:
        return typed(blank, entries)
    except NotFoundError:  # a corrected form asks for some rows only
        return blank
