"""The same store on PostgreSQL: the promises that rest on the database hold there too."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.acting import KeadaanPenunjukan, Penunjukan
from kinerja_mailbot.domain.evidence.chain import ChainedLine, broken_links
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.outcome import ConfirmSent, KeepEvidence, MarkAddress
from kinerja_mailbot.domain.mail.people import EndAbsence, FilePetition, NoteAbsence, ProposeActing, SettleActing
from kinerja_mailbot.domain.mail.petition import Permohonan
from kinerja_mailbot.usecases.ports import Arrived, Cursor, JournalEntry, Plan, StoreError
from kinerja_mailbot.usecases.verify import verify_store
from tests.adapters.store_cases import (
    LATER,
    NOW,
    TW3,
    archive_one,
    arrived,
    begin,
    end,
    file_on_record,
    known,
    letter,
    open_period,
    outcome,
    submission,
    umum,
    upgrade,
)
from tests.postgresql import PostgreSQL


@pytest.fixture
def url(postgresql: PostgreSQL) -> str:
    """Return the URL of an empty database."""
    return postgresql.empty()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url) as store:
        store.migrate()
        yield store


def test_the_schema_is_the_one_of_the_program(store: Store) -> None:
    store.migrate()

    assert store.check() == ()


def test_a_period_is_lived_through(store: Store) -> None:
    open_period(store)
    for queued in store.due(NOW, 9):
        begin(store, queued.id, NOW)
        end(store, queued.id, LATER)
    mail_id = archive_one(store, "isian")
    effects = (
        submission(mail_id),
        KeepEvidence(periode=TW3.kode, unit="umum", berkas=(file_on_record(mail_id, "bukti.pdf"),)),
        MarkAddress(alamat="umum@kpu.example", gagal=True, keterangan="5.1.1"),
        ConfirmSent("<permintaan.umum@bot.example>"),
    )
    answer = (letter("surel.1.tanda-terima"),)
    store.apply(mail_id, outcome(*effects), answer, LATER)
    before = store.periods(), store.stored_values(TW3.kode), store.letters(), store.addresses_failing()
    store.reset_for_replay(mail_id, LATER)

    store.apply(mail_id, outcome(*effects), answer, LATER)

    assert (store.periods(), store.stored_values(TW3.kode), store.letters(), store.addresses_failing()) == before
    assert (umum(store).revisi, umum(store).dikirim_at, len(umum(store).data_dukung)) == (1, LATER, 1)
    assert known(store, alamat=("umum@kpu.example",)).dijawab == {"umum@kpu.example": 1}
    assert store.letter_keys("2026-TW3.permintaan.") == {"2026-TW3.permintaan.umum", "2026-TW3.permintaan.teknis"}


def test_the_same_content_is_one_mail_and_characters_it_cannot_hold_are_replaced(url: str) -> None:
    with Store(url, peek=lambda _: ("umum@kpu.example", "NUL \x00 dan \ud800")) as store:
        store.migrate()
        first = store.archive("INBOX", (arrived("satu"),), Cursor(2**32 - 1, 2**32 - 1), NOW)

        second = store.archive("INBOX", (arrived("satu", 2),), Cursor(1, 2), LATER)

        assert (first, second) == (1, 0)
        assert store.cursor("INBOX") == Cursor(1, 2)
        assert [mail.subjek for mail in store.mails()] == ["NUL \ufffd dan ?"]


def test_a_batch_that_breaks_leaves_nothing(store: Store) -> None:
    naive = Arrived(folder="INBOX", uidvalidity=7, uid=2, tiba_at=NOW.replace(tzinfo=None), mentah=b"x")

    with pytest.raises(Exception, match="has no time zone"):
        store.archive("INBOX", (arrived("satu", 1), naive), Cursor(7, 2), NOW)

    assert (store.cursor("INBOX"), store.mails()) == (None, ())


def test_a_letter_is_taken_by_one_worker_only(store: Store, url: str) -> None:
    open_period(store)
    with Store(url) as other:
        begin(other, 1, NOW)

        assert not begin(store, 1, NOW)


def test_the_limit_of_letters_per_hour_holds_for_all_services_together(store: Store, url: str) -> None:
    store.carry_out(Plan(), tuple(letter(f"uji.{n}") for n in range(24)), NOW)
    due = store.due(NOW, 24)

    def take(worker: int) -> int:
        with Store(url) as own:
            mine = due[worker * 6 : worker * 6 + 6]
            return sum(len(own.take(mine[n : n + 2], NOW, 9)) for n in range(0, 6, 2))

    with ThreadPoolExecutor(4) as workers:
        taken = sum(workers.map(take, range(4)))

    assert (taken, store.sent_since(NOW)) == (9, 9)


def test_keys_are_found_by_their_beginning_without_reading_all(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("SET enable_seqscan = off"))

        plan = connection.execute(
            text("EXPLAIN SELECT kunci FROM surat_keluar WHERE kunci LIKE '2026-TW3.%' ESCAPE '/'")
        )

        assert "ix_surat_keluar_awal_kunci" in "".join(plan.scalars())


@pytest.mark.parametrize("statement", ["UPDATE jurnal SET oleh = 'x'", "DELETE FROM jurnal", "TRUNCATE jurnal"])
def test_the_journal_can_only_grow(store: Store, url: str, statement: str) -> None:
    store.write_journal((JournalEntry(at=NOW, oleh="bot", peristiwa="started"),))
    engine = create_engine(url)

    with pytest.raises(IntegrityError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))

    engine.dispose()
    assert len(store.journal()) == 1


def test_a_backup_is_left_to_the_server_s_own_tools(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not a SQLite file"):
        store.backup(tmp_path / "salinan.db")

    assert list(tmp_path.iterdir()) == []


def test_workers_that_write_at_once_make_one_chain(store: Store, url: str) -> None:
    def write(worker: int) -> None:
        with Store(url) as own:
            for number in range(20):
                entry = JournalEntry(at=NOW, oleh=f"pekerja {worker}", peristiwa="x", rincian=str(number))
                own.write_journal((entry, entry))

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(write, range(4)))

    with store.evidence() as record:
        lines = [line for line in record.chain() if isinstance(line, ChainedLine)]
    assert [line.baris.nomor for line in lines] == list(range(1, 161))
    assert list(broken_links(lines)) == []


def test_a_journal_of_an_older_version_is_chained(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        upgrade(connection, "0005")
        connection.execute(
            text("INSERT INTO jurnal (id, at, oleh, peristiwa, rincian) VALUES (7, now(), 'bot', 'started', '')")
        )
    engine.dispose()

    with Store(url) as store:
        store.migrate()
        store.write_journal((JournalEntry(at=NOW, oleh="bot", peristiwa="started"),))
        found = list(verify_store(store, lambda _mail: frozenset()))
        lines = store.journal()

    assert found == []
    assert [line.peristiwa for line in lines] == ["started", "started"]


def test_the_record_is_read_as_of_one_moment(store: Store) -> None:
    store.write_journal((JournalEntry(at=NOW, oleh="bot", peristiwa="started"),))

    with store.evidence() as record:
        before = len(list(record.chain()))
        store.write_journal((JournalEntry(at=NOW, oleh="bot", peristiwa="x"),))
        after = len(list(record.chain()))

    assert (before, after) == (1, 1)


def test_people_are_named_confirmed_and_away_there_too(store: Store) -> None:
    open_period(store)
    first = store.archive_given(b"From: a@kpu.example\r\n\r\nPLH\r\n", "budi", NOW)
    named = Penunjukan(
        surel_id=first,
        unit="umum",
        sebutan="Plh.",
        nama="Rina Osok",
        alamat="rina@kpu.example",
        nomor="12/SPT/2026",
        sejak=NOW.date(),
        sampai=LATER.date(),
    )
    away = Absence("umum", LATER.date(), alamat="umum@kpu.example")
    agreed = SettleActing(surel_id=first, unit="umum", keadaan=KeadaanPenunjukan.BERLAKU, oleh="Sekretaris")
    wish = Permohonan(surel_id=first, periode=TW3.kode, unit="umum", lama="2 hari", alasan="banjir")

    store.apply(first, outcome(ProposeActing(named), FilePetition(wish), NoteAbsence(away)), (), NOW)
    store.apply(archive_one(store, "setuju"), outcome(agreed, EndAbsence("umum")), (), LATER)

    assert [one.keadaan for one in store.appointments(NOW.date())] == [KeadaanPenunjukan.BERLAKU]
    assert (store.petitions(), store.absences(LATER, LATER.date())) == ((wish,), ())
