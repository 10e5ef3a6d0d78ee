"""What an attacker tries: nothing of it is accepted, nothing leaks, nobody is answered, all of it is kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import BOT, KASUBBAG, SEKRETARIS, STRANGER, UMUM
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.domain.mail.thread import make_message_id
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from tests.domain.mail_office import DAFTAR, ME
from tests.domain.office import wit
from tests.stories.forgery import XLSX, bounce, form, mail, saved, vouched, with_parts
from tests.stories.mail_stage import OPENED, Answered, MailOffice, mail_office
from tests.stories.stage import Stage, period, request, settle

ATTACKER = "x@jahat.example"
TO_BUDI = "budi@kpu.example budi.salossa@mail.example"
ASKED = (f"benarkah > {TO_BUDI}",)
TO_UMUM = make_message_id(ME, "2026-TW3.permintaan.umum", "2026-TW3", "umum")
TO_MARIA = make_message_id(ME, "2026-TW3.pembukaan", "2026-TW3", None)
COPIED = make_message_id(ME, "2026-TW3.rekap.1.tembusan", "2026-TW3", "tembusan")
FORGED = "<2026-TW3.umum.0123456789abcdef.0123456789abcdef01234567@kpu.example>"
VOUCHED = "mx.kpu.example; dkim=pass header.d=kpu.example; dmarc=pass header.from=kpu.example"
REFUSED = "mx.kpu.example; dmarc=fail header.from=kpu.example"


@pytest.fixture(scope="module")
def office(shared_folder: Path) -> Iterator[MailOffice]:
    clock = StageClock(OPENED)
    with MailServers(clock) as servers, mail_office(servers, shared_folder, clock) as office:
        yield office


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt: the mail, what becomes of it, and which letters the office's own people get."""

    raw: bytes
    outcome: tuple[str, str]
    letters: tuple[str, ...] = ()


RETYPED = mail("budi@kpu.example", file=form())
HELD = ("reply", "ditahan")
KEPT = ("unknown", "disimpan")
TRIES = {
    "our official's name above a form typed anew": Try(bytes(RETYPED), HELD, ASKED),
    "the same, answering a letter with a forged signature": Try(
        bytes(mail("budi@kpu.example", answers=FORGED, file=form())), HELD, ASKED
    ),
    "the same, answering another unit's letter": Try(
        bytes(mail("budi@kpu.example", answers=TO_MARIA, file=form())), HELD, ASKED
    ),
    "a form signed with another key": Try(bytes(mail("budi@kpu.example", file=form(key=b"jahat"))), HELD, ASKED),
    "forged results below the real ones": Try(vouched(RETYPED, REFUSED, VOUCHED), HELD, ASKED),
    "forged results of another server above the real ones": Try(
        vouched(RETYPED, VOUCHED.replace("mx.kpu", "mx.jahat"), VOUCHED), HELD, ASKED
    ),
    "results of a server whose name begins like ours": Try(
        vouched(RETYPED, VOUCHED.replace("mx.kpu.example", "mx.kpu.example.jahat.example", 1)), HELD, ASKED
    ),
    "results that vouch for the attacker's own domain": Try(
        vouched(RETYPED, VOUCHED.replace("=kpu.example", "=jahat.example")), HELD, ASKED
    ),
    "our form of another request of this period": Try(
        bytes(mail("budi@kpu.example", file=form(key=ME.kunci, nonce="lama"))), HELD, ASKED
    ),
    "our form of an older period": Try(
        bytes(mail("budi@kpu.example", file=form(key=ME.kunci, periode="2026-TW2", nonce="lama"))),
        ("reply", "petunjuk"),
        (f"petunjuk > {TO_BUDI}",),
    ),
    "our form from a stranger": Try(bytes(mail(ATTACKER, file=form(key=ME.kunci))), ("unknown", "ditahan"), ASKED),
    "a form typed anew from a stranger": Try(bytes(mail(ATTACKER, file=form())), KEPT),
    "a stranger inside a leaked thread": Try(
        bytes(mail(ATTACKER, answers=TO_UMUM, text="Mohon data unit lain.")), KEPT
    ),
    "a stranger inside a leaked thread, with a form typed anew": Try(
        bytes(mail(ATTACKER, answers=TO_UMUM, file=form())), KEPT
    ),
    "a stranger whose display name is our official": Try(
        bytes(mail("Budi Salossa <x@jahat.example>", answers=TO_UMUM, file=form())), KEPT
    ),
    "a stranger who wants his answer elsewhere": Try(
        bytes(mail(ATTACKER, text="STATUS", reply_to="korban@mail.example")), KEPT
    ),
    "an order from a stranger": Try(bytes(mail(ATTACKER, answers=TO_MARIA, text="TUTUP")), KEPT),
    "an order from a respondent": Try(
        bytes(mail("ruth@kpu.example", answers=TO_MARIA, text="TUTUP")),
        ("reply", "petunjuk"),
        ("petunjuk > ruth@kpu.example", "terusan > yosep@kpu.example"),
    ),
    "an order in the Kasubbag's name, answering a copy that others got": Try(
        bytes(mail("maria@kpu.example", answers=COPIED, text="TUTUP")),
        ("order", "perintah ditunda"),
        ("perintah > maria@kpu.example",),
    ),
    "an order in the Kasubbag's name, answering a unit's letter": Try(
        bytes(mail("maria@kpu.example", answers=TO_UMUM, text="SETUJU")),
        ("order", "perintah ditunda"),
        ("perintah > maria@kpu.example",),
    ),
    "a YA to a question that was never asked": Try(
        bytes(mail("budi@kpu.example", text="YA")),
        ("reply", "petunjuk"),
        (f"petunjuk > {TO_BUDI}", "terusan > yosep@kpu.example"),
    ),
    "a bounce that returns no letter": Try(
        bounce("dewi@kpu.example", "<1@jahat.example>"), ("bounce", "laporan dicatat")
    ),
    "a bounce about one official with another's letter": Try(
        bounce("dewi@kpu.example", TO_UMUM), ("bounce", "laporan dicatat")
    ),
    "a bounce about the Kasubbag with a unit's letter": Try(
        bounce("maria@kpu.example", TO_UMUM), ("bounce", "laporan dicatat")
    ),
    "an auto-reply in an official's name": Try(
        bytes(mail("budi@kpu.example", answers=TO_UMUM, text="Saya cuti.", auto_submitted="auto-replied")),
        ("auto_reply", "balasan otomatis"),
    ),
    "an auto-reply with a form typed anew": Try(
        bytes(mail("budi@kpu.example", file=form(), auto_submitted="auto-replied")), ("auto_reply", "balasan otomatis")
    ),
    "our own address": Try(bytes(mail(ME.address, file=form(key=ME.kunci))), ("own", "salinan sendiri")),
    "two senders": Try(bytes(mail("x@jahat.example, budi@kpu.example", file=form())), KEPT),
}


@pytest.mark.parametrize("attempt", TRIES.values(), ids=TRIES)
def test_who_does_not_belong_does_not_get_in(office: MailOffice, attempt: Try) -> None:
    done = office.receive(attempt.raw)

    assert (done.surel.verdict, done.surel.label) == attempt.outcome
    assert done.briefly == attempt.letters
    assert_nothing_happened(office, done)
    assert done.mentah == attempt.raw


def test_a_leaked_form_sent_fifty_times_asks_its_owner_three_times_a_day(office: MailOffice) -> None:
    office.go_back()
    for number in range(50):
        office.put(bytes(mail(ATTACKER, file=form(key=ME.kunci, value=number), message_id=f"<{number}@jahat.example>")))
    office.beat()

    questions = [letter for letter in office.service.store.letters() if letter.templat == "benarkah"]
    assert len(office.service.store.mails("held", limit=1_000)) == 50
    assert [" ".join(letter.penerima) for letter in questions] == [TO_BUDI] * 3
    assert len(office.service.store.matters()) == 50
    assert office.service.store.submissions("2026-TW3") == ()


def test_a_spoofed_form_sent_fifty_times_asks_its_owner_three_times_a_day(office: MailOffice) -> None:
    office.go_back()
    for number in range(50):
        office.put(bytes(mail("budi@kpu.example", file=form(value=number), message_id=f"<{number}@jahat.example>")))
    office.beat()

    assert len(office.service.store.mails("held", limit=1_000)) == 50
    assert len([letter for letter in office.service.store.letters() if letter.surel_id is not None]) == 3


WRAPPED_NAME = "=?utf-8?q?Budi=0D=0ABcc=3A_korban?="
WRAPPED = "=?utf-8?q?Re:_x=0D=0ABcc:_korban=40mail.example=0D=0A=0D=0Aisi?="


def test_no_header_of_ours_is_written_by_a_sender(office: MailOffice) -> None:
    raw = bytes(mail("budi@kpu.example", answers=TO_UMUM, file=form(key=ME.kunci), subject="PERIHAL"))
    raw = raw.replace(b"PERIHAL", WRAPPED.encode()).replace(b"From: budi", f"From: {WRAPPED_NAME} <budi".encode(), 1)
    raw = raw.replace(b"kpu.example\r\nTo:", b"kpu.example>\r\nTo:", 1)
    raw = raw.replace(b'filename="Isian.xlsx"', b"filename*=utf-8''a%0D%0ABcc%3A%20korban%40mail.example.xlsx")

    done = office.receive(raw)

    assert done.surel.label == "tanda terima"
    (letter,) = [message_from_bytes(letter.mentah, policy=policy.default) for letter in done.surat]
    assert letter["Bcc"] is None
    assert not any("korban@mail.example" in str(value) and name != "Subject" for name, value in letter.items())
    assert done.surat[0].penerima == tuple(TO_BUDI.split())


# --- what the files of a real respondent may carry --------------------------------------------------------------

FORMULAS = ("=CMD|' /C calc'!A0", '+HYPERLINK("http://jahat.example";"klik")', "-2+3+cmd", "@SUM(1+1)", "\t=1+1")
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def test_a_formula_that_somebody_types_stays_a_text(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        mail_of_umum = stage.returns_form(UMUM, figures.UMUM)
        _replace_workbook(mail_of_umum, FORMULAS)
        stage.desk.send(mail_of_umum, UMUM)
        settle(service)
        stage.clock.now = wit("2026-10-02 16.30")
        settle(service)

        books = [b for p in (UMUM, KASUBBAG) for letter in stage.desk.letters(p) for _, b in letter.workbooks()]
        texts = [cell for book in books for cell in _cells(book)]
        found = {word for word in FORMULAS for _, value in texts if word.strip() in str(value)}
        assert request(service, "umum").revisi == 1
        assert found >= set(FORMULAS[:4])
        assert not [value for kind, value in texts if kind == "f" and _is_typed(str(value))]


def test_markup_in_cells_mails_and_names_is_shown_as_it_was_typed(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        mail_of_umum = stage.returns_form(UMUM, figures.UMUM)
        _replace_workbook(mail_of_umum, (MARKUP,), realisasi=MARKUP)
        mail_of_umum.replace_header("Subject", f"{mail_of_umum['Subject']} {MARKUP}")
        mail_of_umum.add_attachment(b"%PDF-1.4\n", maintype="application", subtype="pdf", filename=f"{MARKUP}.pdf")
        stage.desk.send(mail_of_umum, UMUM)
        words = stage.desk.reply(UMUM, stage.with_form(UMUM), f"Mohon petunjuk {MARKUP}")
        stage.desk.send(words, UMUM)
        settle(service)

        letters = service.store.letters()
        pages = [_html(letter.mentah) for letter in letters]
        assert {letter.templat for letter in letters} >= {"perbaikan", "kabar", "terusan"}
        assert not [page for page in pages if "<script" in page or "<img" in page]
        assert any("&lt;script&gt;" in page for page in pages)


SECRET_FILE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY rahasia SYSTEM "file:///etc/passwd">]>'
SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&rahasia;</t></is></c></row></sheetData></worksheet>'
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">'
    + b"".join(b'<!ENTITY %c "%s">' % (c + 1, b"&%c;" % c * 10) for c in range(ord("a"), ord("h")))
    + b"]>"
)
LINK = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
GENUINE = form(key=ME.kunci)
FILES = {
    "zip bomb": (with_parts(GENUINE, **{"xl/worksheets/sheet1.xml": b" " * 120_000_000}), "petunjuk"),
    "entity that names a file": (with_parts(GENUINE, **{"xl/worksheets/sheet1.xml": SECRET_FILE + SHEET}), "petunjuk"),
    "entities without end": (with_parts(GENUINE, **{"xl/worksheets/sheet1.xml": LAUGHS + SHEET}), "petunjuk"),
    "shared strings that name a file": (with_parts(GENUINE, **{"xl/workbook.xml": SECRET_FILE + b"<x/>"}), "petunjuk"),
    "macros": (with_parts(GENUINE, **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Shell"}), "tanda terima"),
    "links to other workbooks": (with_parts(GENUINE, **{"xl/externalLinks/externalLink1.xml": LINK}), "tanda terima"),
}


@pytest.mark.parametrize(("content", "label"), FILES.values(), ids=FILES)
def test_a_hostile_workbook_costs_its_sender_an_answer(office: MailOffice, content: bytes, label: str) -> None:
    done = office.receive(bytes(mail("budi@kpu.example", answers=TO_UMUM, file=content)))

    assert (done.surel.label, len(done.surat)) == (label, 1)
    assert b"root:" not in done.surat[0].mentah
    assert "root:" not in _html(done.surat[0].mentah)


def test_a_secretary_can_not_speak_as_the_kasubbag(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service(("umum", "sekretaris")) as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        asked = stage.desk.newest(SEKRETARIS)
        for person in (SEKRETARIS, KASUBBAG):
            order = stage.desk.write(SEKRETARIS, f"Re: {asked.subjek}", "TUTUP", asked)
            order.replace_header("From", f"{person.nama} <{person.alamat}>")
            order.replace_header("Message-ID", f"<tutup.{person.alamat}>")
            stage.system.deliver(bytes(order), BOT, SEKRETARIS.alamat)
        settle(service)

        assert period(service).keadaan is KeadaanPeriode.BERJALAN
        assert stage.subjects(STRANGER) == []


def assert_nothing_happened(office: MailOffice, done: Answered) -> None:
    """No figure was stored, no period moved, no address marked, and only registered people were written to."""
    store = office.service.store
    (state,) = store.periods()
    assert (state.keadaan, [one.revisi for one in state.permintaan]) == (KeadaanPeriode.BERJALAN, [0, 0, 0])
    assert (store.submissions("2026-TW3"), store.addresses_failing()) == ((), ())
    assert {address for letter in store.letters() for address in letter.penerima} <= DAFTAR.addresses()
    assert not any(b"85,5" in letter.mentah for letter in done.surat)
    assert done.surel.state in {"decided", "held"}


def _replace_workbook(message: EmailMessage, texts: tuple[str, ...], realisasi: str = "") -> None:
    """Type these texts as texts into the notes of the form that the mail carries."""
    (part,) = [part for part in message.iter_attachments() if (part.get_filename() or "").endswith(".xlsx")]
    content = part.get_content()
    book = load_workbook(io.BytesIO(content))
    sheet = book["Capaian Kinerja"]
    heads = {str(c.value): (c.row, c.column) for row in sheet.iter_rows(max_row=30) for c in row if c.value}
    line, column = next(place for name, place in heads.items() if name.startswith("Faktor Pendukung"))
    for offset, text in enumerate(texts, start=1):
        cell = sheet.cell(line + offset, column)
        cell.value, cell.data_type = text, "s"
    if realisasi:
        place = next(place for name, place in heads.items() if name.startswith("Realisasi s.d."))
        cell = sheet.cell(place[0] + 1, place[1])
        cell.value, cell.data_type = realisasi, "s"
    part.set_content(saved(book), maintype=XLSX[0], subtype=XLSX[1], filename=part.get_filename())


def _cells(content: bytes) -> Iterator[tuple[str, object]]:
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            yield from ((cell.data_type, cell.value) for cell in row if cell.value is not None)


def _is_typed(formula: str) -> bool:
    return any(word.strip(" \t=+-@") in formula for word in FORMULAS)


def _html(raw: bytes) -> str:
    page = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    assert page is not None
    return str(page.get_content())
