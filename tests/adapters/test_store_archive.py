"""Mails are archived once, in one transaction with the cursor, and decided one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.mail.outcome import HoldMail, ReleaseMail
from kinerja_mailbot.usecases.ports import ArchivedMail, Arrived, Cursor
from tests.adapters.store_cases import (
    LATER,
    NOW,
    archive_one,
    arrived,
    events,
    known,
    letter,
    new_store,
    open_period,
    outcome,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


def test_a_folder_never_seen_has_no_cursor(store: Store) -> None:
    assert store.cursor("INBOX") is None


def test_mails_and_cursor_are_kept_together(store: Store) -> None:
    fresh = store.archive("INBOX", (arrived("satu", 4), arrived("dua", 5)), Cursor(7, 5), NOW)

    assert fresh == 2
    assert store.cursor("INBOX") == Cursor(7, 5)
    assert [(mail.id, mail.tiba_at, mail.mentah) for mail in store.undecided(9)] == [
        (1, NOW, arrived("satu").mentah),
        (2, NOW, arrived("dua").mentah),
    ]


def test_a_batch_that_breaks_leaves_no_mail_and_no_cursor(store: Store) -> None:
    naive = Arrived(folder="INBOX", uidvalidity=7, uid=2, tiba_at=NOW.replace(tzinfo=None), mentah=b"x")

    with pytest.raises(Exception, match="has no time zone"):
        store.archive("INBOX", (arrived("satu", 1), naive), Cursor(7, 2), NOW)

    assert store.cursor("INBOX") is None
    assert store.undecided(9) == ()


@pytest.mark.parametrize(
    ("again", "cursor"),
    [
        (arrived("satu", 1), Cursor(7, 1)),
        (arrived("satu", 9), Cursor(7, 9)),
        (arrived("satu", 1, uidvalidity=8), Cursor(8, 1)),
        (arrived("satu", 1, folder="Spam"), Cursor(7, 1)),
    ],
    ids=["fetched again", "copied within the folder", "new UIDVALIDITY", "moved to another folder"],
)
def test_the_same_content_is_one_mail_wherever_it_is_seen(store: Store, again: Arrived, cursor: Cursor) -> None:
    archive_one(store, "satu")

    fresh = store.archive(again.folder, (again,), cursor, LATER)

    assert fresh == 0
    assert len(store.mails()) == 1
    assert store.cursor(again.folder) == cursor


def test_the_fingerprint_decides_what_the_same_content_is(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'a.db'}", fingerprint=lambda raw: raw.split(b"\r\n")[0].hex()) as store:
        store.migrate()

        fresh = store.archive("INBOX", (arrived("satu", 1), arrived("dua", 2)), Cursor(7, 2), NOW)

    assert fresh == 1


def test_a_listing_shows_sender_and_subject(store: Store) -> None:
    raw = b"From: Umum <Umum@kpu.example>\r\nSubject: =?utf-8?q?Isian_TW_III?=\r\n\r\nTerlampir\r\n"
    mail = Arrived(folder="INBOX", uidvalidity=7, uid=1, tiba_at=NOW, mentah=raw)

    store.archive("INBOX", (mail,), Cursor(7, 1), NOW)

    assert [(line.pengirim, line.subjek) for line in store.mails()] == [("umum@kpu.example", "Isian TW III")]


def test_two_deliveries_of_one_mail_are_one_mail(store: Store) -> None:
    raw = b"From: umum@kpu.example\r\nSubject: Isian\r\n\r\nTerlampir\r\n"
    one = Arrived(folder="INBOX", uidvalidity=7, uid=1, tiba_at=NOW, mentah=b"Received: by a\r\n" + raw)
    two = Arrived(folder="INBOX", uidvalidity=7, uid=2, tiba_at=NOW, mentah=b"Received: by b\r\n" + raw)

    assert store.archive("INBOX", (one, two), Cursor(7, 2), NOW) == 1


def test_a_listing_shows_sender_and_subject_whatever_characters_they_have(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'a.db'}", peek=lambda _: ("umum@kpu.example", "Kin\ud800erja\x00")) as store:
        store.migrate()
        archive_one(store, "satu")

        (line,) = store.mails()

    assert (line.pengirim, line.subjek) == ("umum@kpu.example", "Kin?erja\ufffd")


def test_within_a_uidvalidity_the_cursor_never_goes_back(store: Store) -> None:
    store.archive("INBOX", (), Cursor(7, 50), NOW)

    store.archive("INBOX", (), Cursor(7, 40), NOW)

    assert store.cursor("INBOX") == Cursor(7, 50)


def test_uids_use_all_of_their_32_bits(store: Store) -> None:
    store.archive("INBOX", (), Cursor(2**32 - 1, 2**32 - 1), NOW)

    assert store.cursor("INBOX") == Cursor(2**32 - 1, 2**32 - 1)


def test_a_mail_too_large_to_fetch_says_so(store: Store) -> None:
    cut = Arrived(folder="INBOX", uidvalidity=7, uid=1, tiba_at=NOW, mentah=b"Subject: besar\r\n\r\n", terpotong=True)

    store.archive("INBOX", (cut,), Cursor(7, 1), NOW)

    assert store.mail(1) == ArchivedMail(
        id=1, tiba_at=NOW, percobaan=0, mentah=cut.mentah, terpotong=True, folder="INBOX"
    )


def test_mails_wait_in_the_order_of_their_arrival_a_batch_at_a_time(store: Store) -> None:
    for uid in range(1, 6):
        archive_one(store, f"surel {uid}", uid)

    assert [mail.id for mail in store.undecided(3)] == [1, 2, 3]


def test_a_decided_mail_is_still_there_but_no_longer_waits(store: Store) -> None:
    open_period(store)
    mail_id = archive_one(store, "satu")

    store.apply(mail_id, outcome(), (), LATER)

    assert store.undecided(9) == ()
    assert store.mail(mail_id) is not None
    (line,) = store.mails("decided")
    assert (line.verdict, line.label, line.alasan, line.unit) == (
        "reply",
        "tanda terima",
        "form of this request",
        "umum",
    )


def test_an_unknown_id_is_no_mail(store: Store) -> None:
    assert store.mail(99) is None
    assert store.reset_for_replay(99, NOW) is False


def test_the_third_failure_sets_a_mail_aside(store: Store) -> None:
    mail_id = archive_one(store, "racun")

    told = [store.shunt(mail_id, f"KeyError: {n}", LATER) for n in range(3)]

    assert told == [False, False, True]
    assert store.undecided(9) == ()
    (line,) = store.status_facts().disisihkan
    assert (line.id, line.state, line.percobaan, line.error) == (mail_id, "shunted", 3, "KeyError: 2")
    assert store.mail(mail_id) is not None


def test_a_mail_set_aside_can_be_tried_again(store: Store) -> None:
    mail_id = archive_one(store, "racun")
    for _ in range(3):
        store.shunt(mail_id, "KeyError", LATER)

    found = store.reset_for_replay(mail_id, LATER)

    assert found
    assert [(mail.id, mail.percobaan) for mail in store.undecided(9)] == [(mail_id, 0)]
    assert "mail replayed" in events(store)


def test_a_held_mail_waits_for_its_owner_and_comes_back_as_released(store: Store) -> None:
    open_period(store)
    held, answer = archive_one(store, "isian", 1), archive_one(store, "YA", 2)
    store.apply(held, outcome(HoldMail(surel_id=held, unit="teknis", periode="2026-TW3")), (), LATER)
    before = known(store, unit=("teknis", "umum")).ditahan, [m.id for m in store.undecided(9)]

    store.apply(answer, outcome(ReleaseMail(held)), (), LATER)

    assert before == ({"teknis": (held,)}, [answer])
    assert known(store, unit=("teknis",)).ditahan == {}
    assert [(mail.id, mail.dilepas) for mail in store.undecided(9)] == [(held, True)]


def test_a_second_yes_does_not_decide_a_mail_again(store: Store) -> None:
    held = archive_one(store, "isian", 1)
    store.apply(held, outcome(HoldMail(surel_id=held, unit="umum", periode=None)), (), LATER)
    store.apply(archive_one(store, "YA", 2), outcome(ReleaseMail(held)), (), LATER)
    store.apply(held, outcome(), (), LATER)

    store.apply(archive_one(store, "Ya, benar", 3), outcome(ReleaseMail(held)), (), LATER)

    assert store.undecided(9) == ()


def test_answers_to_an_address_are_counted_and_requests_are_not(store: Store) -> None:
    open_period(store)
    first, second = archive_one(store, "satu", 1), archive_one(store, "dua", 2)
    store.apply(first, outcome(), (letter("surel.1.tanda-terima"),), NOW)
    store.apply(second, outcome(), (letter("surel.2.tanda-terima", to=("lain@kpu.example",)),), LATER)

    counted = known(store, alamat=("Umum@KPU.example", "lain@kpu.example", "siapa@kpu.example"))

    assert counted.dijawab == {"Umum@KPU.example": 1, "lain@kpu.example": 1}
    assert known(store, NOW + timedelta(seconds=1), alamat=("umum@kpu.example",)).dijawab == {}


def test_an_answer_of_today_counts_though_the_clock_was_put_back_since(store: Store) -> None:
    for number, at in enumerate((NOW - timedelta(days=1), LATER, NOW - timedelta(hours=1), LATER)):
        mail_id = archive_one(store, f"mail {number}", number)
        store.apply(mail_id, outcome(), (letter(f"surel.{mail_id}.tanda-terima"),), at)

    counted = known(store, NOW, alamat=("umum@kpu.example",))

    assert counted.dijawab == {"umum@kpu.example": 2}
