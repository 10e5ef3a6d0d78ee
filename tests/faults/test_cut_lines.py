from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from kinerja_mailbot.adapters.inbox import ImapAccount, ImapInbox
from kinerja_mailbot.adapters.mailer import SmtpAccount, SmtpMailer
from kinerja_mailbot.usecases.ports import Arrived, Cursor, InboxError, TemporarySendError, UncertainSendError
from tests.faults.proxy import CuttingProxy
from tests.servers import MailSystem

BOT = "bot@contoh.id"
LETTER = b"From: bot@contoh.id\r\nSubject: surat\r\n\r\nisi\r\n"
WIT = ZoneInfo("Asia/Jayapura")


@pytest.mark.parametrize("allowance", [0, 10, 300, 900, 30_000, 200_000, 900_000])
def test_what_came_before_the_cut_is_good_and_the_rest_comes_later(mail_system: MailSystem, allowance: int) -> None:
    mail_system.add_mailbox(BOT, "rahasia")
    for number in range(60):
        mail_system.deliver(LETTER + b"x" * 990 * 10 + b"%d\r\n" % number, BOT)
    kept: list[Arrived] = []
    with CuttingProxy(mail_system.imap_port, allowance) as proxy:
        account = ImapAccount(
            host="127.0.0.1",
            port=proxy.port,
            security="polos",
            user=BOT,
            password="rahasia",
            timeout=5.0,
        )
        inbox = ImapInbox(account, WIT)
        try:
            for batch in inbox.fetch_new("INBOX", None, date(2020, 1, 1)):
                kept.extend(batch)
        except InboxError:
            cut = True
        else:
            cut = False
        proxy.allowance = None
        cursor = Cursor(kept[-1].uidvalidity, kept[-1].uid) if kept else None

        with inbox:
            for batch in inbox.fetch_new("INBOX", cursor, date(2020, 1, 1)):
                kept.extend(batch)

    assert cut == (allowance < 600_000)
    assert [(one.uid, one.mentah) for one in kept] == mail_system.mails(BOT)


def test_a_letter_whose_answer_is_lost_is_uncertain_and_one_cut_before_is_not(mail_system: MailSystem) -> None:
    mail_system.add_mailbox(BOT, "rahasia")
    outcomes: dict[int, int] = {}
    account = SmtpAccount(host="127.0.0.1", port=0, security="polos", sender=BOT, timeout=5.0)
    for allowance in range(0, 400, 16):
        before = len(mail_system.mails(BOT))
        with CuttingProxy(mail_system.smtp_port, allowance) as proxy:
            try:
                with SmtpMailer(replace(account, port=proxy.port)).session() as session:
                    session.send(LETTER, (BOT,))
            except TemporarySendError:
                expected = {0}
            except UncertainSendError:
                expected = {0, 1}
            else:
                expected = {1}
        outcomes[allowance] = len(mail_system.mails(BOT)) - before

        assert outcomes[allowance] in expected

    assert set(outcomes.values()) == {0, 1}
