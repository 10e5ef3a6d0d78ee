"""Settled mail is moved by UID MOVE alone, into folders that are made when they are missing."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from kinerja_mailbot.adapters.inbox import ImapAccount, ImapInbox
from kinerja_mailbot.usecases.ports import Arrived
from tests.real_servers import Cyrus, missing_cyrus, missing_dovecot
from tests.servers import Dovecot, MailSystem

BOT = "bot@kab-sorong.contoh.id"
PASSWORD = "rahasia"
WIT = ZoneInfo("Asia/Jayapura")
DRAWER = ("Kinerja Kantor", "2026-TW3")


@pytest.fixture
def system(mail_system: MailSystem) -> MailSystem:
    mail_system.add_mailbox(BOT, PASSWORD)
    for number in range(3):
        raw = f"From: umum@contoh.id\r\nTo: {BOT}\r\nSubject: surel {number}\r\n\r\nisi\r\n"
        mail_system.deliver(raw.encode(), BOT, "umum@contoh.id")
    return mail_system


def inbox(system: MailSystem) -> ImapInbox:
    account = ImapAccount(host=system.host, port=system.imap_port, security="polos", user=BOT, password=PASSWORD)
    return ImapInbox(account, WIT)


def arrived(box: ImapInbox, folder: str = "INBOX") -> list[Arrived]:
    return [one for batch in box.fetch_new(folder, None, date(2020, 1, 1)) for one in batch]


def made(box: ImapInbox) -> str:
    """Return the drawer's name with whatever mark this server puts between folders."""
    return next(name for name in map(str.join, "./", (DRAWER, DRAWER)) if box.folder_exists(name))


INSIDE_INBOX = """
namespace inbox {
  inbox = yes
  prefix = INBOX.
  separator = .
}
"""


@pytest.fixture(params=["dovecot", "cyrus"])
def inside(request: pytest.FixtureRequest) -> Iterator[MailSystem]:
    """A server that keeps every folder inside INBOX."""
    is_cyrus = request.param == "cyrus"
    if reason := missing_cyrus() if is_cyrus else missing_dovecot():
        pytest.skip(reason)
    with Cyrus() if is_cyrus else Dovecot(extra=INSIDE_INBOX) as system:
        system.add_mailbox(BOT, PASSWORD)
        system.deliver(b"Subject: surel\r\n\r\nisi\r\n", BOT)
        yield system


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param(("Kinerja", "2026-TW3"), "INBOX.Kinerja.2026-TW3", id="beside"),
        pytest.param(("INBOX", "Kinerja"), "INBOX.Kinerja", id="inside, as the office wrote it"),
        pytest.param(("Arsip é & ü",), "INBOX.Arsip é & ü", id="letters of modified UTF-7"),
    ],
)
def test_folders_are_made_where_the_server_keeps_folders(inside: MailSystem, path: tuple[str, ...], name: str) -> None:
    with inbox(inside) as box:
        (mail,) = arrived(box)

        moved = box.move("INBOX", mail.uidvalidity, (mail.uid,), path)

        assert moved
        assert [one.mentah for one in arrived(box, name)] == [mail.mentah]
        assert [present for _, present in box.check([name]).folder] == [True]


def test_only_the_named_mails_are_moved_and_none_is_lost(system: MailSystem) -> None:
    with inbox(system) as box:
        first, second, third = arrived(box)

        moved = box.move("INBOX", first.uidvalidity, (first.uid, third.uid), DRAWER)

        assert (box.can_move(), moved) == (True, True)
        assert [one.mentah for one in arrived(box)] == [second.mentah]
        assert [one.mentah for one in arrived(box, made(box))] == [first.mentah, third.mentah]


def test_what_a_person_marked_for_deletion_stays(system: MailSystem) -> None:
    with inbox(system) as box:
        first, second, _ = arrived(box)
        with imaplib.IMAP4(system.host, system.imap_port) as person:
            person.login(BOT, PASSWORD)
            person.select()
            person.uid("STORE", str(second.uid), "+FLAGS", r"(\Deleted)")

        box.move("INBOX", first.uidvalidity, (first.uid,), DRAWER)

        assert second.uid in [one.uid for one in arrived(box)]


def test_uids_of_another_life_of_the_folder_move_nothing(system: MailSystem) -> None:
    with inbox(system) as box:
        first, *_ = arrived(box)

        assert not box.move("INBOX", first.uidvalidity + 1, (first.uid,), DRAWER)
        assert len(arrived(box)) == 3


def test_a_mail_that_a_person_moved_meanwhile_is_no_trouble(system: MailSystem) -> None:
    with inbox(system) as box:
        first, *_ = arrived(box)
        box.move("INBOX", first.uidvalidity, (first.uid,), ("Pindahan",))

        box.move("INBOX", first.uidvalidity, (first.uid,), DRAWER)

        assert len(arrived(box)) == 2


def test_a_folder_that_the_server_refuses_to_make_moves_nothing(system: MailSystem) -> None:
    with inbox(system) as box:
        first, *_ = arrived(box)

        assert not box.move("Tidak Ada", first.uidvalidity, (first.uid,), DRAWER)
        assert len(arrived(box)) == 3


def test_the_newest_headers_come_without_the_bodies(system: MailSystem) -> None:
    with inbox(system) as box:
        headers = box.recent_headers("INBOX", 2)

    assert [b"Subject: surel 1" in headers[0], b"Subject: surel 2" in headers[1]] == [True, True]
    assert not any(b"isi" in each for each in headers)
