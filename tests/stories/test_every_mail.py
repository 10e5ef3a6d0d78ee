"""Every .eml goes through the whole service: fetched by IMAP, archived, judged, decided, answered by SMTP."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from tests.domain.mail_office import ARRIVED, DAFTAR, POLICY
from tests.domain.mail_table import TABLE, Expected
from tests.servers import Dovecot
from tests.stories.mail_stage import OPENED, MailOffice, mail_office, on_the_wire

OUR_ADDRESSES = DAFTAR.addresses()


@pytest.fixture(scope="module")
def office(shared_folder: Path) -> Iterator[MailOffice]:
    clock = StageClock(OPENED)
    with MailServers(clock) as servers, mail_office(servers, shared_folder, clock) as office:
        yield office


@pytest.mark.parametrize("row", TABLE, ids=[row.file for row in TABLE])
def test_every_mail_gets_its_outcome_and_its_answers(office: MailOffice, row: Expected) -> None:
    done = office.receive(row.raw)

    assert (done.surel.verdict, done.surel.label) == (row.verdict, row.label)
    assert (len(done.surat), done.briefly) == (row.answers, row.letters)
    assert done.surel.alasan.partition("no form that counts: ")[2].partition(";")[0] == row.hindrance
    assert all(letter.state == "sent" for letter in done.surat)
    assert done.mentah == on_the_wire(row.raw)


def test_the_table_is_as_long_as_the_promise() -> None:
    outcomes = {(row.verdict, row.label) for row in TABLE}

    assert len(TABLE) >= 120
    assert len(outcomes) >= 15
    assert all(set(_addresses(row)) <= OUR_ADDRESSES for row in TABLE)


@pytest.mark.dovecot
def test_all_mails_at_once_keep_their_verdicts_on_dovecot(dovecot: Dovecot, tmp_path: Path) -> None:
    with mail_office(dovecot, tmp_path, StageClock(OPENED), answers=1_000) as office:
        # Orders change what the others meet: they come last.
        rows = sorted(TABLE, key=lambda row: row.verdict == "order")
        for row in rows:
            office.put(row.raw)
        for _ in range(3):
            office.beat()

        lines = [line for line in reversed(office.service.store.mails(limit=10_000)) if line.verdict != "own"]
        letters = office.service.store.letters()
        assert [line.verdict for line in lines] == [row.verdict for row in rows if row.verdict != "own"]
        assert {line.state for line in lines} <= {"decided", "held", "new"}
        assert {address for letter in letters for address in letter.penerima} <= OUR_ADDRESSES
        assert {letter.state for letter in letters} == {"sent"}


MONSTERS = {
    "ten thousand parts": b"From: x@jahat.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\n\r\nisi\r\n" * 10_000
    + b"--b--\r\n",
    "two thousand levels": b"From: x@jahat.example\r\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2_000))
    + b"\r\nisi\r\n",
    "nested mails": b"From: x@jahat.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + b"isi\r\n",
    "sixty thousand recipients": b"From: x@jahat.example\r\nTo: "
    + b",\r\n ".join(b"u%d@mail.example" % n for n in range(60_000))
    + b"\r\n\r\nisi\r\n",
    "a hundred thousand headers": b"".join(b"X-H: %d\r\n" % n for n in range(100_000)) + b"\r\nisi\r\n",
    "one endless line": b"From: x@jahat.example\r\nSubject: " + b"a" * 2_000_000 + b"\r\n\r\n" + b"b" * 2_000_000,
    "raw bytes of every value": b"From: x@jahat.example\r\n\r\n" + bytes(range(1, 256)) * 100,
    "base64 of nothing": b"From: x@jahat.example\r\nContent-Type: application/zip\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=" * 100_000,
    "encoded words without end": b"From: x@jahat.example\r\nSubject: " + b"=?utf-8?b?" * 20_000 + b"\r\n\r\nisi\r\n",
}


@pytest.mark.parametrize("raw", MONSTERS.values(), ids=MONSTERS)
def test_a_monstrous_mail_is_kept_and_nobody_is_answered(office: MailOffice, raw: bytes) -> None:
    done = office.decide(raw)

    assert (done.surel.verdict, done.surel.label, done.surel.state) == ("unknown", "disimpan", "decided")
    assert (done.surat, done.mentah) == ((), raw)


def test_a_mail_over_the_limit_is_answered_by_its_headers(office: MailOffice) -> None:
    row = next(row for row in TABLE if row.file == "reply-gmail")
    huge = row.raw + b"x" * 70 + (b"\r\n" + b"y" * 70) * (POLICY.batasan.ukuran_surel // 72)

    done = office.receive(huge)

    assert done.surel.alasan == "respondent umum; no form that counts: surel_terlalu_besar"
    assert done.briefly == ("petunjuk > budi@kpu.example budi.salossa@mail.example",)
    assert "Batas ukuran satu surel" in " ".join(_text(done.surat[0].mentah).split())
    assert len(done.mentah) < 5_000


def test_the_office_of_the_table_is_asked_when_its_mails_come(office: MailOffice) -> None:
    office.go_back()

    (period,) = office.service.store.periods()

    assert [request.unit for request in period.permintaan] == ["umum", "teknis", "hukum"]
    assert office.clock() == ARRIVED


def _addresses(row: Expected) -> list[str]:
    return [address for letter in row.letters for address in letter.partition(" > ")[2].split()]


def _text(raw: bytes) -> str:
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())
