from __future__ import annotations

import smtplib
from datetime import UTC, datetime
from email import message_from_bytes

import pytest

from kinerja_mailbot.demo.servers import MailServers
from tests.servers import MailSystem

BOT = "bot@contoh.id"
RAW = b"From: bot@contoh.id\r\nSubject: surat\r\nMessage-ID: <1@contoh.id>\r\n\r\nisi\r\n"
NOON = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)


def hand_in(system: MailSystem, *recipients: str) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP(system.host, system.smtp_port) as smtp:
        return smtp.sendmail(BOT, recipients, RAW)


def test_a_letter_by_smtp_stands_in_every_mailbox(mail_system: MailSystem) -> None:
    for address in (BOT, "umum@contoh.id"):
        mail_system.add_mailbox(address, "rahasia")

    refused = hand_in(mail_system, BOT, "umum@contoh.id")

    assert refused == {}
    for address in (BOT, "umum@contoh.id"):
        ((_, raw),) = mail_system.mails(address)
        assert raw.startswith(b"Return-Path: <bot@contoh.id>\r\n")
        assert raw.endswith(RAW)


def test_a_stranger_is_refused(mail_system: MailSystem) -> None:
    mail_system.add_mailbox(BOT, "rahasia")

    refused = hand_in(mail_system, BOT, "orang@lain.id")

    assert refused["orang@lain.id"][0] == 550


def test_a_bouncing_address_answers_with_a_report() -> None:
    with MailServers(lambda: NOON, bouncing=["mati@contoh.id"]) as servers:
        servers.add_mailbox(BOT, "rahasia")
        hand_in(servers, "mati@contoh.id")
        ((_, raw),) = servers.mails(BOT)

    report = message_from_bytes(raw)
    kinds = [part.get_content_type() for part in report.walk()]
    assert report["Return-Path"] == "<>"
    assert (report.get_content_type(), report.get_param("report-type")) == ("multipart/report", "delivery-status")
    assert "message/delivery-status" in kinds
    assert b"Final-Recipient: rfc822; mati@contoh.id" in raw
    assert b"Message-ID: <1@contoh.id>" in raw


def test_the_hook_sees_each_letter_before_its_sender_has_the_answer_and_may_write_itself() -> None:
    seen: list[tuple[str, list[str], bytes]] = []

    with MailServers(lambda: NOON) as servers:
        servers.add_mailbox(BOT, "rahasia")

        def answer(sender: str, recipients: list[str], raw: bytes) -> None:
            seen.append((sender, recipients, raw))
            servers.deliver(b"Subject: balasan\r\n\r\nya\r\n", BOT, "umum@contoh.id")

        servers.on_mail = answer
        hand_in(servers, BOT)
        subjects = [message_from_bytes(raw)["Subject"] for _, raw in servers.mails(BOT)]

    assert seen == [(BOT, [BOT], RAW)]
    assert subjects == ["surat", "balasan"]


def test_delivery_to_nobody_is_an_error(embedded: MailServers) -> None:
    with pytest.raises(KeyError):
        embedded.deliver(RAW, "orang@lain.id")
