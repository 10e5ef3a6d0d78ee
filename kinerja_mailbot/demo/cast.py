"""The cast of the demo, and what each person does when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.demo.staff import Desk, Person, attach_workbook

BOT = "kinerja@kpu.example"
KASUBBAG = Person("Nama Kasubbag Perencanaan", "kasubbag.perencanaan@kpu.example")
PENYUSUN = Person("Nama Penyusun", "penyusun@kpu.example")
ADMIN = Person("Admin", "admin@kpu.example")
UMUM = Person("Nama Kasubbag Umum", "kasubbag.umum@kpu.example")
TEKNIS = Person("Nama Kasubbag Teknis", "kasubbag.teknis@kpu.example")
HUKUM = Person("Nama Kasubbag Hukum", "kasubbag.hukum@kpu.example")
SEKRETARIS = Person("Nama Sekretaris", "sekretaris@kpu.example")
STRANGER = Person("Toko Alat Tulis", "promo@toko.example")
OLD_ADDRESS = "sekretaris.lama@kpu.example"
ALL = (KASUBBAG, PENYUSUN, ADMIN, UMUM, TEKNIS, HUKUM, SEKRETARIS, STRANGER)

_ONE_PAGE_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
)


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something on a day of October 2026, office time."""

    hari: int
    jam: str
    siapa: Person
    perform: Callable[[Desk], None]

    def at(self, zone: ZoneInfo) -> datetime:
        """Return the moment, aware UTC."""
        hour, minute = (int(part) for part in self.jam.split("."))
        return datetime(2026, 10, self.hari, hour, minute, tzinfo=zone).astimezone(UTC)


def _is_out_of_office(desk: Desk) -> None:
    letter = desk.newest(HUKUM, "Permintaan")
    mail = desk.reply(HUKUM, letter, "Saya sedang dinas luar sampai dengan 2 Oktober 2026.")
    mail.replace_header("Subject", f"Balasan otomatis: {letter.subjek}")
    mail["Auto-Submitted"] = "auto-replied"
    desk.send(mail, HUKUM)


def _advertises(desk: Desk) -> None:
    mail = desk.write(STRANGER, "Penawaran harga ATK", "Berikut penawaran kami, mohon dibalas.")
    mail.add_attachment(_ONE_PAGE_PDF, maintype="application", subtype="pdf", filename="harga.pdf")
    desk.send(mail, STRANGER)


def _returns_form(person: Person, words: str, entries: tuple[Entry, ...], text: str) -> Callable[[Desk], None]:
    def perform(desk: Desk) -> None:
        letter = desk.newest(person, words)
        name, workbook = letter.workbooks()[-1]
        mail = desk.reply(person, letter, text)
        attach_workbook(mail, name, fill_in(workbook, entries))
        desk.send(mail, person)

    return perform


def _sends_pdf(desk: Desk) -> None:
    mail = desk.reply(SEKRETARIS, desk.newest(SEKRETARIS, "Permo"), "Berikut LHP yang kami terima.")
    mail.add_attachment(_ONE_PAGE_PDF, maintype="application", subtype="pdf", filename="LHP BPK 2026.pdf")
    desk.send(mail, SEKRETARIS)


def _forwards_from_phone(desk: Desk) -> None:
    """The form was filled in at the office and mailed home; from the phone that whole mail goes on as an attachment."""
    name, workbook = desk.newest(HUKUM, "Permintaan").workbooks()[-1]
    inner = EmailMessage()
    inner["From"] = inner["To"] = HUKUM.alamat
    inner["Subject"] = "isian"
    inner["Date"] = format_datetime(desk.clock())
    inner.set_content("Isian untuk dikirim.")
    attach_workbook(inner, f"Copy of {name}", fill_in(workbook, figures.HUKUM))
    mail = desk.write(HUKUM, "Fwd: isian", "Dikirim dari ponsel saya")
    mail.add_attachment(inner)
    desk.send(mail, HUKUM)


def _asks_for_status(desk: Desk) -> None:
    letter = desk.newest(KASUBBAG)
    desk.send(desk.reply(KASUBBAG, letter, "Mohon status."), KASUBBAG)


def _analyses(desk: Desk) -> None:
    """Step 6: one indicator in the sheet, the rest in the words of the mail."""
    letter = desk.newest(KASUBBAG, "Rekap")
    name, workbook = letter.workbooks()[-1]
    mail = desk.reply(KASUBBAG, letter, figures.ANALISIS)
    attach_workbook(mail, name, fill_in(workbook, figures.ANALISIS_SHEET))
    desk.send(mail, KASUBBAG)


def _closes(desk: Desk) -> None:
    letter = desk.newest(KASUBBAG, "Rekap")
    desk.send(desk.reply(KASUBBAG, letter, "Tutup periode.\n\nTerima kasih."), KASUBBAG)


ACTS = (
    Act(1, "08.05", HUKUM, _is_out_of_office),
    Act(1, "08.40", STRANGER, _advertises),
    Act(1, "10.15", UMUM, _returns_form(UMUM, "Permintaan", figures.UMUM, "Terlampir isian kami. Terima kasih.")),
    Act(1, "11.40", TEKNIS, _returns_form(TEKNIS, "Permintaan", figures.TEKNIS_FIRST, "Terlampir isian Teknis.")),
    Act(1, "13.30", SEKRETARIS, _sends_pdf),
    Act(1, "14.30", TEKNIS, _returns_form(TEKNIS, "perbaikan", figures.TEKNIS_MENDED, "Sudah kami perbaiki.")),
    Act(2, "09.15", SEKRETARIS, _returns_form(SEKRETARIS, "Permo", figures.SEKRETARIS, "Terlampir isian kami.")),
    Act(5, "09.40", KASUBBAG, _asks_for_status),
    Act(5, "13.40", HUKUM, _forwards_from_phone),
    Act(5, "14.30", KASUBBAG, _analyses),
    Act(5, "15.00", KASUBBAG, _closes),
)
"""Thursday the 1st, Friday the 2nd and Monday the 5th of October 2026."""
