"""Composing: the bytes that go out, read back with the standard library and with our own parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_mailbot.adapters.envelope import LetterComposer
from kinerja_mailbot.adapters.mime import MimeParser
from kinerja_mailbot.domain.mail.chain import judge
from kinerja_mailbot.domain.mail.letter import Letter, OutgoingMail, Thread
from kinerja_mailbot.domain.mail.thread import ThreadRef, read_message_id
from kinerja_mailbot.domain.mail.verdict import Own
from kinerja_mailbot.domain.unit import Pejabat
from kinerja_mailbot.usecases.ports import NamedFile, RenderedLetter
from tests.domain.mail_office import ARRIVED, FACTS, KASUBBAG, ME, UMUM

NOW = datetime(2026, 10, 6, 0, 5, tzinfo=UTC)
RENDERED = RenderedLetter(teks="Yth. Bapak/Ibu – mohon mengisi.\n.\n", html="<p>Yth. Bapak/Ibu – mohon mengisi.</p>")
FILES = (NamedFile("Format – Umum.xlsx", b"PK\x03\x04isi"),)


@dataclass(frozen=True, slots=True)
class Isi:
    """No template is rendered here."""


LETTER = Letter(
    kunci="2026-TW3.permintaan.umum",
    templat="permintaan",
    kepada=UMUM.pejabat,
    subjek="[KINERJA 2026-TW3 UKL] Permintaan Data Kinerja Triwulan III Tahun 2026 – mohon diisi",
    isi=Isi(),
    periode="2026-TW3",
    unit="umum",
)


def compose(
    letter: Letter = LETTER, rendered: RenderedLetter = RENDERED, files: Sequence[NamedFile] = FILES
) -> OutgoingMail:
    composer = LetterComposer(ME, "Sistem Pengumpulan Data Kinerja", ZoneInfo("Asia/Jayapura"))
    return composer.compose(letter, rendered, files, NOW)


def read(mail: OutgoingMail) -> EmailMessage:
    message = message_from_bytes(mail.mentah, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_letter_says_from_whom_to_whom_and_when() -> None:
    message = read(compose())

    assert message["From"] == "Sistem Pengumpulan Data Kinerja <kinerja@kpu.example>"
    assert message["To"] == "Budi Salossa <budi@kpu.example>, Budi Salossa <budi.salossa@mail.example>"
    assert message["Subject"] == LETTER.subjek
    assert message["Date"] == "Tue, 06 Oct 2026 09:05:00 +0900"


def test_the_envelope_names_everybody_once() -> None:
    mail = compose(replace(LETTER, kepada=(*UMUM.pejabat, KASUBBAG, *UMUM.pejabat)))

    assert mail.penerima == ("budi@kpu.example", "budi.salossa@mail.example", "maria@kpu.example")
    assert [address.addr_spec for address in read(mail)["To"].addresses] == list(mail.penerima)


def test_the_bytes_are_repeatable_seven_bit_and_crlf() -> None:
    raw = compose().mentah

    assert raw == compose().mentah
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    assert max(map(len, raw.split(b"\r\n"))) <= 200


def test_text_html_and_workbook_arrive_as_they_were() -> None:
    message = read(compose())

    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == RENDERED.teks.splitlines()
    assert html.get_content().strip() == RENDERED.html
    workbook = next(message.iter_attachments())
    assert workbook.get_content_type() == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert (workbook.get_filename(), workbook.get_content()) == ("Format – Umum.xlsx", b"PK\x03\x04isi")


def test_robots_are_told_to_stay_quiet() -> None:
    message = read(compose())

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["Precedence"] is None


def test_an_answer_stays_in_its_thread() -> None:
    head = compose().message_id
    letter = replace(LETTER, kunci="surel.17.tanda-terima", utas=Thread("<a.b@mail.example>", (head,)))

    mail = compose(letter)

    raw = mail.mentah
    assert b"In-Reply-To: <a.b@mail.example>\r\n" in raw
    assert f"References: {head}\r\n <a.b@mail.example>\r\n".encode() in raw
    assert b"Auto-Submitted: auto-replied\r\n" in raw
    assert f"Message-ID: {mail.message_id}\r\n".encode() in raw


def test_a_long_thread_keeps_its_head() -> None:
    chain = tuple(f"<{number}@mail.example>" for number in range(100))
    letter = replace(LETTER, utas=Thread("<baru@mail.example>", chain))

    references = str(read(compose(letter))["References"]).split()

    assert (len(references), references[0], references[-1]) == (20, "<0@mail.example>", "<baru@mail.example>")


def test_the_id_proves_period_and_unit_even_in_a_long_domain() -> None:
    identity = replace(ME, domain="surel.kpu-kabupaten-sorong.papua-barat-daya.example")
    composer = LetterComposer(identity, "Sistem", ZoneInfo("Asia/Jayapura"))

    mail = composer.compose(LETTER, RENDERED, (), NOW)

    back = MimeParser().parse(mail.mentah, 1, ARRIVED)
    assert back.message_id == mail.message_id
    assert read_message_id(identity, back.message_id) == ThreadRef("2026-TW3", "umum")


@pytest.mark.parametrize("server_id", [None, b"<baru@server.example>"])
def test_our_own_copy_is_known_again(server_id: bytes | None) -> None:
    mail = compose()
    line = f"Message-ID: {mail.message_id}\r\n".encode()
    raw = mail.mentah if server_id is None else mail.mentah.replace(line, b"Message-ID: " + server_id + b"\r\n", 1)

    verdict = judge(MimeParser().parse(raw, 1, ARRIVED), FACTS)

    assert isinstance(verdict, Own)
    assert verdict.message_id == mail.message_id


HOSTILE = st.text(st.sampled_from('aB \r\n\t\x00\x0b\u2028\u202e:<>@,;"é–='), max_size=60)


@given(subject=HOSTILE, name=HOSTILE, reply_to=HOSTILE)
def test_nothing_that_somebody_typed_becomes_a_header(subject: str, name: str, reply_to: str) -> None:
    person = Pejabat(nama=name + "\r\nBcc: x@jahat.example", jabatan="Kasubbag", alamat=("budi@kpu.example",))
    letter = replace(
        LETTER,
        subjek=subject + "\r\nBcc: x@jahat.example\r\n\r\nisi",
        kepada=(person,),
        utas=Thread(reply_to + "<a@b>\r\nBcc: x@jahat.example", (reply_to,)),
    )

    mail = compose(letter)

    message = read(mail)
    assert message["Bcc"] is None
    assert sorted(set(message.keys())) == sorted(
        {"From", "To", "Subject", "Date", "Message-ID", "X-Kinerja-Mailbot", "In-Reply-To", "References"}
        | {"Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language", "MIME-Version", "Content-Type"}
    )
    assert mail.penerima == ("budi@kpu.example",)


def decoded(value: str) -> str:
    return str(make_header(decode_header(value)))


WORDS = st.text(
    st.one_of(st.sampled_from('aB ,"\\=?_.<>@–é'), st.characters(exclude_categories=["C", "Z"])), max_size=90
)


@given(words=WORDS)
def test_subjects_names_and_file_names_are_read_back_as_they_were(words: str) -> None:
    person = Pejabat(nama=f"x{words}", jabatan="Kasubbag", alamat=("budi@kpu.example",))
    files = (NamedFile(f"{words}.xlsx", b"isi"),)

    mail = compose(replace(LETTER, kepada=(person,), subjek=words), RENDERED, files)

    message = message_from_bytes(mail.mentah)
    meant = " ".join(words.split())
    assert (decoded(message["Subject"]), mail.subjek) == (meant, meant)
    name, address = parseaddr(message["To"])
    assert (decoded(name), address) == (" ".join(f"x{words}".split()), "budi@kpu.example")
    assert next(read(mail).iter_attachments()).get_filename() == " ".join(f"{words}.xlsx".split())
    assert not message.defects


@given(
    text=st.text(
        st.one_of(st.sampled_from("a \t.=\n–"), st.characters(exclude_categories=["C", "Zl", "Zp"])), max_size=300
    )
)
def test_bodies_are_read_back_as_they_were_from_lines_of_76_characters(text: str) -> None:
    mail = compose(LETTER, RenderedLetter(teks=text, html=text), ())

    parts = [part.get_payload(decode=True) for part in read(mail).iter_parts()]
    assert parts == [text.encode().replace(b"\n", b"\r\n")] * 2
    assert max(map(len, mail.mentah.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 76


def test_what_is_no_address_gets_into_no_header() -> None:
    person = Pejabat(nama="Budi", jabatan="Kasubbag", alamat=("budi@kpu.example\r\nBcc: x@jahat.example",))

    with pytest.raises(ValueError, match="not an address"):
        compose(replace(LETTER, kepada=(person,)))
