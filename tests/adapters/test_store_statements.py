"""How much is asked of the database: a mail costs a few statements, whatever else is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.mail.outcome import ConfirmSent
from kinerja_mailbot.usecases.ports import Cursor
from tests.adapters.store_cases import (
    LATER,
    NOW,
    archive_one,
    arrived,
    begin,
    end,
    known,
    letter,
    new_store,
    open_period,
    outcome,
    submission,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        open_period(store)
        yield store


@contextmanager
def counting(store: Store) -> Iterator[list[str]]:
    said = list[str]()

    def note(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        is_lock = "pg_advisory" in statement  # PostgreSQL alone needs one for the head of the journal's chain
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) and not is_lock:
            said.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield said
    event.remove(store.engine, "before_cursor_execute", note)


def test_a_reply_with_a_form_and_its_receipt_are_written_in_eleven_statements(store: Store) -> None:
    mail_id = archive_one(store, "isian")

    with counting(store) as said:
        store.apply(mail_id, outcome(submission(mail_id)), (letter("surel.1.tanda-terima"),), LATER)

    assert len(said) <= 11, said  # two of them are the journal's, for all mails of a transaction together


def test_a_copy_of_our_own_is_written_in_four_statements(store: Store) -> None:
    store.apply(archive_one(store, "tanya"), outcome(), (letter("surel.1.tanda-terima"),), NOW)
    (sent,) = store.letters("surel.")
    assert begin(store, sent.id, NOW)
    end(store, sent.id, NOW)
    copy = archive_one(store, "salinan", 2)

    with counting(store) as said:
        store.apply(copy, outcome(ConfirmSent("<surel.1.tanda-terima@bot.example>")), (), LATER)

    assert len(said) <= 4, said
    assert [line.peristiwa for line in store.journal()][-1] == "own copy came"


def test_a_batch_is_archived_and_asked_about_in_as_many_statements_as_one_mail(store: Store) -> None:
    with counting(store) as one:
        store.archive("INBOX", (arrived("satu"),), Cursor(7, 1), NOW)
        known(store, alamat=("umum@kpu.example",), unit=("umum",))
    with counting(store) as many:
        store.archive("INBOX", [arrived(f"surel {uid}", uid) for uid in range(2, 22)], Cursor(7, 21), NOW)
        known(store, alamat=("umum@kpu.example", "teknis@kpu.example"), unit=("umum", "teknis"))

    assert len(many) <= len(one)
