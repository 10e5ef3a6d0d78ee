from __future__ import annotations

import imaplib
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from kinerja_mailbot.adapters.inbox import ImapAccount, ImapInbox, ImapWatcher
from kinerja_mailbot.adapters.inbox.fetched import Fetched, read_fetches
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.usecases.ports import Arrived, Cursor, Inbox, InboxError, InboxLoginError, WentBackError
from tests.servers import Dovecot, MailSystem, free_ports

BOT = "bot@kab-sorong.contoh.id"
PASSWORD = "rahasia"
WIT = ZoneInfo("Asia/Jayapura")
LONG_AGO = date(2020, 1, 1)


def mail(number: int, size: int = 0) -> bytes:
    padding = b"x" * 70 + b"\r\n"
    head = f"From: umum@contoh.id\r\nTo: {BOT}\r\nSubject: surel {number}\r\n\r\n.titik di depan\r\n".encode()
    return head + padding * (size // len(padding))


def account(system: MailSystem, password: str = PASSWORD) -> ImapAccount:
    return ImapAccount(host=system.host, port=system.imap_port, security="polos", user=BOT, password=password)


def everything(inbox: Inbox, cursor: Cursor | None = None, since: date = LONG_AGO) -> list[Arrived]:
    return [one for batch in inbox.fetch_new("INBOX", cursor, since) for one in batch]


@pytest.fixture
def system(mail_system: MailSystem) -> MailSystem:
    mail_system.add_mailbox(BOT, PASSWORD)
    return mail_system


def test_mails_come_whole_and_in_the_order_of_their_uids(system: MailSystem) -> None:
    for number in range(5):
        system.deliver(mail(number), BOT, "umum@contoh.id")

    with ImapInbox(account(system), WIT) as inbox:
        arrived = everything(inbox)

    assert [(one.uid, one.mentah) for one in arrived] == system.mails(BOT)
    assert len(arrived) == 5
    assert all(one.tiba_at.tzinfo is UTC for one in arrived)


def test_only_mails_beyond_the_cursor_come(system: MailSystem) -> None:
    system.deliver(mail(1), BOT)
    with ImapInbox(account(system), WIT) as inbox:
        (first,) = everything(inbox)
        cursor = Cursor(first.uidvalidity, first.uid)
        nothing = everything(inbox, cursor)
        system.deliver(mail(2), BOT)

        news = everything(inbox, cursor)

    assert nothing == []
    assert [b"surel 2" in one.mentah for one in news] == [True]


@pytest.mark.parametrize(
    ("beyond", "later"),
    [
        pytest.param(3, timedelta(), id="UIDs that were never given"),
        pytest.param(0, timedelta(seconds=1), id="another mail where we had one"),
    ],
)
def test_a_folder_that_is_older_than_the_cursor_is_told(system: MailSystem, beyond: int, later: timedelta) -> None:
    system.deliver(mail(1), BOT)
    with ImapInbox(account(system), WIT) as inbox:
        (one,) = everything(inbox)
        inbox.close()

        with pytest.raises(WentBackError):
            everything(inbox, Cursor(one.uidvalidity, one.uid + beyond, one.tiba_at + later))


def test_a_cursor_whose_mail_was_taken_away_is_as_good_as_any(system: MailSystem) -> None:
    system.deliver(mail(1), BOT)
    with ImapInbox(account(system), WIT) as inbox:
        (one,) = everything(inbox)
        with imaplib.IMAP4(system.host, system.imap_port) as person:
            person.login(BOT, PASSWORD)
            person.select()
            person.store("1", "+FLAGS", r"\Deleted")
            person.expunge()
        system.deliver(mail(2), BOT)
        inbox.close()

        news = everything(inbox, Cursor(one.uidvalidity, one.uid, one.tiba_at))

    assert [b"surel 2" in one.mentah for one in news] == [True]


def test_another_uidvalidity_means_everything_since_the_day(system: MailSystem) -> None:
    system.deliver(mail(1), BOT)

    with ImapInbox(account(system), WIT) as inbox:
        (first,) = everything(inbox)
        again = everything(inbox, Cursor(first.uidvalidity + 1, 999_999))

    assert again == [first]


def test_mails_from_before_the_day_stay_out(system: MailSystem) -> None:
    system.deliver(mail(1), BOT)

    with ImapInbox(account(system), WIT) as inbox:
        (first,) = everything(inbox)
        today = first.tiba_at.astimezone(WIT).date()

        assert everything(inbox, since=today) == [first]
        assert everything(inbox, since=today + timedelta(days=1)) == []


def test_the_day_is_the_offices_day() -> None:
    early = datetime(2026, 10, 1, 7, 30, tzinfo=WIT)  # still 30 September in UTC
    with MailServers(lambda: early) as servers:
        servers.add_mailbox(BOT, PASSWORD)
        servers.deliver(mail(1), BOT)
        with ImapInbox(account(servers), WIT) as inbox:
            arrived = everything(inbox, since=date(2026, 10, 1))

    assert [one.tiba_at for one in arrived] == [early]


def test_batches_hold_at_most_fifty_mails(system: MailSystem) -> None:
    for number in range(53):
        system.deliver(mail(number), BOT)

    with ImapInbox(account(system), WIT) as inbox:
        sizes = [len(batch) for batch in inbox.fetch_new("INBOX", None, LONG_AGO)]

    assert sizes == [50, 3]


def test_heavy_mails_come_in_batches_of_their_own(system: MailSystem) -> None:
    for number in range(3):
        system.deliver(mail(number, size=9_000_000), BOT)

    with ImapInbox(account(system), WIT) as inbox:
        sizes = [len(batch) for batch in inbox.fetch_new("INBOX", None, LONG_AGO)]

    assert sizes == [2, 1]


def test_a_mail_that_is_too_large_comes_as_its_headers(system: MailSystem) -> None:
    system.deliver(mail(1, size=200_000), BOT)
    system.deliver(mail(2), BOT)

    with ImapInbox(account(system), WIT, max_bytes=100_000) as inbox:
        large, small = everything(inbox)

    assert large.terpotong
    assert b"Subject: surel 1" in large.mentah
    assert b"xxx" not in large.mentah
    assert not small.terpotong


@pytest.mark.dovecot
def test_reading_leaves_no_flag_behind(dovecot: Dovecot) -> None:
    dovecot.add_mailbox(BOT, PASSWORD)
    dovecot.deliver(mail(1), BOT)

    with ImapInbox(account(dovecot), WIT) as inbox:
        everything(inbox)

    files = [each.name for each in (dovecot.home(BOT) / "Maildir").glob("[cn]*/*") if each.is_file()]
    assert [name.rpartition(":2,")[2] for name in files if ":2," in name] in ([], [""])
    assert len(files) == 1


def test_a_connection_that_the_server_cut_is_opened_again(embedded: MailServers) -> None:
    embedded.add_mailbox(BOT, PASSWORD)
    embedded.deliver(mail(1), BOT)
    with ImapInbox(account(embedded), WIT) as inbox:
        everything(inbox)
        embedded.disconnect()

        again = everything(inbox)

    assert len(again) == 1


def test_a_wrong_password_is_told_apart(system: MailSystem) -> None:
    with pytest.raises(InboxLoginError), ImapInbox(account(system, "salah"), WIT) as inbox:
        everything(inbox)


@pytest.mark.dovecot
def test_a_password_outside_ascii_is_no_crash(dovecot: Dovecot) -> None:
    dovecot.add_mailbox(BOT, "rahasia€")

    with ImapInbox(account(dovecot, "rahasia€"), WIT) as inbox:
        welcome = inbox.folder_exists("INBOX")

    assert welcome
    with pytest.raises(InboxLoginError):
        ImapInbox(account(dovecot, "rahasía"), WIT).folder_exists("INBOX")


def test_an_unreachable_server_is_an_inbox_error() -> None:
    (port,) = free_ports(1)
    nowhere = ImapAccount(host="127.0.0.1", port=port, security="polos", user=BOT, password=PASSWORD)

    with pytest.raises(InboxError):
        everything(ImapInbox(nowhere, WIT))


def test_a_missing_folder_is_an_inbox_error(system: MailSystem) -> None:
    with ImapInbox(account(system), WIT) as inbox, pytest.raises(InboxError):
        list(inbox.fetch_new("Tidak Ada", None, LONG_AGO))


def test_check_tells_what_the_server_can_do(system: MailSystem) -> None:
    with ImapInbox(account(system), WIT) as inbox:
        report = inbox.check(["INBOX", "Tidak Ada"])

    assert (report.tls, report.idle, report.move, report.uidplus) == (None, True, True, True)
    assert report.folder == (("INBOX", True), ("Tidak Ada", False))


# --- TLS -----------------------------------------------------------------------------------------------------------


@pytest.mark.dovecot
@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_a_certificate_of_a_known_authority_is_accepted(
    dovecot_tls: Dovecot, certificate: tuple[Path, Path], security: Literal["ssl", "starttls"]
) -> None:
    dovecot_tls.add_mailbox(BOT, PASSWORD)
    port = dovecot_tls.imaps_port if security == "ssl" else dovecot_tls.imap_port

    with ImapInbox(
        ImapAccount(
            host="localhost", port=port, security=security, user=BOT, password=PASSWORD, ca_file=str(certificate[0])
        ),
        WIT,
    ) as inbox:
        report = inbox.check([])

    assert report.tls is not None


@pytest.mark.dovecot
@pytest.mark.parametrize("security", ["ssl", "starttls"])
@pytest.mark.parametrize(("host", "known"), [("localhost", False), ("127.0.0.1", True)], ids=["unknown", "other name"])
def test_a_certificate_that_proves_nothing_is_refused(
    dovecot_tls: Dovecot, certificate: tuple[Path, Path], security: Literal["ssl", "starttls"], host: str, known: bool
) -> None:
    dovecot_tls.add_mailbox(BOT, PASSWORD)
    port = dovecot_tls.imaps_port if security == "ssl" else dovecot_tls.imap_port
    ca_file = str(certificate[0]) if known else None

    inbox = ImapInbox(
        ImapAccount(host=host, port=port, security=security, user=BOT, password=PASSWORD, ca_file=ca_file), WIT
    )

    with pytest.raises(InboxError, match="CERTIFICATE_VERIFY_FAILED"):
        inbox.check([])


# --- FETCH answers of all shapes -----------------------------------------------------------------------------------

SHAPES: list[tuple[str, list[object], tuple[Fetched, ...]]] = [
    ("nothing", [None], ()),
    ("uid before", [(b"1 (UID 7 BODY[] {4}", b"a\r\nb"), b")"], (Fetched(uid=7, body=b"a\r\nb"),)),
    ("uid behind", [(b"1 (BODY[] {1}", b"a"), b" UID 7)"], (Fetched(uid=7, body=b"a"),)),
    (
        "flags of others in between",
        [(b"1 (UID 7 BODY[] {1}", b"a"), b")", b"3 (FLAGS (\\Seen))", (b"2 (UID 8 BODY[] {1}", b"b"), b")"],
        (Fetched(uid=7, body=b"a"), Fetched(uid=8, body=b"b")),
    ),
    ("empty mail", [b'1 (UID 7 BODY[] "")'], (Fetched(uid=7, body=b""),)),
    ("quoted body", [b'1 (UID 7 BODY[] "a \\"b\\"")'], (Fetched(uid=7, body=b'a "b"'),)),
    ("no date", [b'1 (UID 7 INTERNALDATE "00-Foo-2026 00:00:00 +0000")'], (Fetched(uid=7),)),
]


@pytest.mark.parametrize(("parts", "expected"), [each[1:] for each in SHAPES], ids=[each[0] for each in SHAPES])
def test_every_shape_of_answer_is_read(parts: list[object], expected: tuple[Fetched, ...]) -> None:
    assert read_fetches(parts) == expected


# --- IDLE ----------------------------------------------------------------------------------------------------------


class Bell:
    """Counts the calls and lets a test wait for the next one."""

    def __init__(self) -> None:
        self.rung = threading.Semaphore(0)

    def __call__(self) -> None:
        self.rung.release()

    def wait(self, seconds: float) -> bool:
        return self.rung.acquire(timeout=seconds)


def test_a_new_mail_wakes_long_before_idle_is_said_anew(system: MailSystem) -> None:
    bell = Bell()
    watcher = ImapWatcher(account(system))
    watcher.start(bell)
    connected = bell.wait(30)

    woken = False
    for number in range(10):  # the IDLE command follows the first call; not every server tells what came in between
        system.deliver(mail(number), BOT)
        if woken := bell.wait(3):
            break

    watcher.stop()
    assert (connected, woken, watcher.supports_idle) == (True, True, True)


def test_no_mail_of_a_busy_morning_is_overlooked(system: MailSystem) -> None:
    bell = Bell()
    seen: list[Arrived] = []
    watcher = ImapWatcher(account(system))
    watcher.start(bell)
    with ImapInbox(account(system), WIT) as inbox:
        for number in range(15):
            system.deliver(mail(number), BOT)
            time.sleep(0.01 * (number % 4))

        while len(seen) < 15 and bell.wait(3):
            seen = everything(inbox)

    watcher.stop()
    assert len(seen) == 15


def test_the_watcher_comes_back_after_a_restart_of_the_server(embedded: MailServers) -> None:
    embedded.add_mailbox(BOT, PASSWORD)
    bell = Bell()
    watcher = ImapWatcher(account(embedded))
    watcher.start(bell)
    connected = bell.wait(5)
    time.sleep(0.2)

    embedded.disconnect()
    back = bell.wait(5)

    watcher.stop()
    assert (connected, back) == (True, True)


def test_stopping_the_watcher_takes_less_than_a_second(system: MailSystem) -> None:
    bell = Bell()
    watcher = ImapWatcher(account(system))
    watcher.start(bell)
    bell.wait(5)
    begun = time.monotonic()

    watcher.stop()

    assert time.monotonic() - begun < 1
    assert not [each for each in threading.enumerate() if each.name == "imap-idle"]


def test_without_idle_the_watcher_ends_quietly() -> None:
    bell = Bell()
    with MailServers(lambda: datetime(2026, 10, 1, tzinfo=UTC), idle=False) as servers:
        servers.add_mailbox(BOT, PASSWORD)
        watcher = ImapWatcher(account(servers))
        watcher.start(bell)
        woken = bell.wait(0.5)

        watcher.stop()

    assert (woken, watcher.supports_idle, watcher.last_error) == (False, False, None)


def test_a_refused_password_is_not_tried_again_at_once(embedded: MailServers) -> None:
    embedded.add_mailbox(BOT, PASSWORD)
    bell = Bell()
    watcher = ImapWatcher(account(embedded, "salah"))
    watcher.start(bell)
    woken = bell.wait(1.5)

    watcher.stop()

    assert not woken
    assert "AUTHENTICATIONFAILED" in (watcher.last_error or "")
