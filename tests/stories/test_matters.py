"""What the bot can't settle reaches the penyusun the next morning; the spam folder and the archive folder."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import ADMIN, BOT, PENYUSUN, STRANGER, UMUM
from kinerja_mailbot.domain.policy import PerintahLangkah1
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from kinerja_mailbot.service import Service
from tests.domain.office import wit
from tests.stories.stage import LONG_AGO, PASSWORD, Stage, request, sent_twice, settle


def test_a_held_form_is_listed_the_next_morning_and_counts_after_terima(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        form = stage.returns_form(UMUM, figures.UMUM)
        form.replace_header("From", STRANGER.alamat)
        stage.desk.send(form, STRANGER)
        settle(service)
        assert "Ringkasan" not in " ".join(stage.subjects(PENYUSUN))

        stage.clock.now = wit("2026-10-02 07.30")
        settle(service)
        summary = stage.desk.newest(PENYUSUN, "Ringkasan surel")
        [matter] = service.store.matters()
        body = summary.surat.get_body(("plain",))
        assert body is not None
        assert f"TERIMA {matter.nomor}" in body.get_content()

        stage.desk.send(stage.desk.reply(PENYUSUN, summary, f"Terima {matter.nomor}"), PENYUSUN)
        settle(service)

        assert request(service, "umum").keadaan is KeadaanPermintaan.LENGKAP
        assert "Tanda terima" in stage.subjects(UMUM)[-1]
        assert stage.subjects(PENYUSUN)[-1] == f"Jawaban atas perintah TERIMA {matter.nomor}"
        assert (stage.subjects(STRANGER), service.store.matters()) == ([], ())
        assert sent_twice(service) == []


def test_an_advertisement_is_listed_once_and_dismissed(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        stage.desk.send(stage.desk.write(STRANGER, "Promo www.toko.example", "Mohon dibalas."), STRANGER)
        settle(service)
        stage.clock.now = wit("2026-10-02 07.30")
        settle(service)
        summary = stage.desk.newest(PENYUSUN, "Ringkasan surel")
        [matter] = service.store.matters()
        stage.desk.send(stage.desk.reply(PENYUSUN, summary, f"ABAIKAN {matter.nomor}"), PENYUSUN)
        settle(service)
        stage.clock.now = wit("2026-10-05 07.30")
        settle(service)

        assert "www.toko.example" not in summary.surat.as_string()
        assert len([subject for subject in stage.subjects(PENYUSUN) if "Ringkasan" in subject]) == 1
        assert service.store.matters() == ()
        assert [line.state for line in service.store.mails() if line.verdict == "unknown"] == ["decided"]


def test_the_same_broken_file_is_answered_once_a_day(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        for minute in range(3):
            stage.clock.now = wit(f"2026-10-01 10.0{minute}")
            mail = stage.desk.reply(UMUM, stage.with_form(UMUM), "Terlampir.")
            mail.add_attachment(b"PK\x03\x04rusak", maintype="application", subtype="zip", filename="isian.xlsx")
            stage.desk.send(mail, UMUM)
            settle(service)
        answers = len([s for s in stage.subjects(UMUM) if s.startswith("Petunjuk")])
        labels = [line.label for line in service.store.mails() if line.verdict == "reply"]

        assert answers == 1
        assert labels == ["petunjuk berulang", "petunjuk berulang", "petunjuk"]


@contextmanager
def with_folders(stage: Stage) -> Iterator[Service]:
    """Run the service with a folder for spam and one for settled mail."""
    config = stage.config(("umum",), perintah=PerintahLangkah1.OTOMATIS, by_schedule=True)
    config = replace(config, imap=replace(config.imap, folder=("INBOX", "Junk"), arsip=("Kinerja",)))
    with Service(config, clock=stage.clock) as service, service.exclusive():
        service.store.in_service_since(LONG_AGO)
        yield service


@contextmanager
def mailbox(stage: Stage) -> Iterator[imaplib.IMAP4]:
    with imaplib.IMAP4(stage.system.host, stage.system.imap_port) as imap:
        imap.login(BOT, PASSWORD)
        yield imap


def put_among_spam(stage: Stage, mail: EmailMessage) -> None:
    with mailbox(stage) as imap:
        status, _ = imap.append("Junk", "", imaplib.Time2Internaldate(stage.clock.now), bytes(mail))
        assert status == "OK"


def count(stage: Stage, *names: str) -> int:
    """Return how many mails lie in the first of these folders that there is."""
    with mailbox(stage) as imap:
        for name in names:
            status, answer = imap.select(f'"{name}"', readonly=True)
            if status == "OK":
                return int(answer[0] or 0)
    raise AssertionError(f"none of {names} is there")


def test_a_reply_among_the_spam_counts_and_the_admin_hears_of_it(stage: Stage) -> None:
    with mailbox(stage) as imap:
        imap.create("Junk")
    with with_folders(stage) as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        put_among_spam(stage, stage.returns_form(UMUM, figures.UMUM))
        put_among_spam(stage, stage.desk.write(STRANGER, "Promo", "Mohon dibalas."))
        settle(service)

        assert request(service, "umum").keadaan is KeadaanPermintaan.LENGKAP
        assert "Tanda terima" in stage.subjects(UMUM)[-1]
        assert [subject for subject in stage.subjects(ADMIN) if "spam" in subject] == [
            "Balasan responden masuk ke folder spam"
        ]
        assert service.store.matters() == ()


def test_settled_mail_leaves_the_inbox_and_what_waits_stays(stage: Stage) -> None:
    with mailbox(stage) as imap:
        imap.create("Junk")
    with with_folders(stage) as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        stage.desk.send(stage.desk.write(STRANGER, "Promo", "Mohon dibalas."), STRANGER)
        settle(service)
        letters = len(service.store.letters())

        assert count(stage, "INBOX") == 1
        assert count(stage, "Kinerja/2026-TW3", "Kinerja.2026-TW3") == 1
        assert count(stage, "Kinerja/Terkirim", "Kinerja.Terkirim") == letters
        assert sent_twice(service) == []
