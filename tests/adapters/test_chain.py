"""The journal is one unbroken chain, whoever writes it, and one that was there before it was chained too."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.mime import fingerprint
from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.adapters.store.journal import note, note_once
from kinerja_mailbot.domain.evidence.chain import (
    GENESIS,
    ChainedLine,
    JournalLine,
    broken_links,
    from_text,
    link,
    to_text,
)
from kinerja_mailbot.domain.evidence.digest import bytes_digest
from kinerja_mailbot.usecases.ports import JournalEntry
from kinerja_mailbot.usecases.verify import verify_store
from tests.adapters.store_cases import (
    LATER,
    NOW,
    archive_one,
    letter,
    new_store,
    old_database,
    open_period,
    outcome,
    submission,
)

STARTED = JournalEntry(at=NOW, oleh="bot", peristiwa="started", rincian="versi \x00 \ud800 é")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


def chain_of(store: Store) -> list[ChainedLine]:
    with store.evidence() as record:
        return [line for line in record.chain() if isinstance(line, ChainedLine)]


def test_each_line_follows_from_the_line_before(store: Store) -> None:
    open_period(store)
    mail_id = archive_one(store, "isian")
    store.apply(mail_id, outcome(submission(mail_id)), (letter("surel.1.tanda-terima"),), LATER)
    store.write_journal((STARTED, STARTED))

    lines = chain_of(store)

    assert [line.baris.nomor for line in lines] == list(range(1, len(lines) + 1))
    assert lines[0].rantai == link(GENESIS, lines[0].baris)
    assert list(broken_links(lines)) == []


def test_a_line_vouches_for_the_bytes_of_mail_and_letter(store: Store) -> None:
    mail_id = archive_one(store, "isian")
    store.apply(mail_id, outcome(), (letter("surel.1.petunjuk"),), LATER)

    digests = {line.baris.peristiwa: line.baris.sha256 for line in chain_of(store)}

    assert digests["mail arrived"] == bytes_digest(b"From: umum@kpu.example\r\n\r\nisian\r\n")
    assert digests["letter queued"] == bytes_digest(letter("surel.1.petunjuk").mentah)


@pytest.mark.parametrize(
    ("inner_fails", "outer_fails", "noted"),
    [
        pytest.param(False, False, ["before", "outer", "inner", "after"], id="both kept"),
        pytest.param(True, False, ["before", "outer", "after"], id="inner taken back"),
        pytest.param(False, True, ["before", "after"], id="outer taken back with the kept one in it"),
        pytest.param(True, True, ["before", "after"], id="both taken back"),
    ],
)
def test_what_goes_back_to_a_savepoint_leaves_no_line(
    store: Store, inner_fails: bool, outer_fails: bool, noted: list[str]
) -> None:
    def tell(what: str) -> JournalEntry:
        return JournalEntry(at=NOW, oleh="bot", peristiwa=what)

    with store.writing() as session:
        note(session, tell("before"))
        outer = session.begin_nested()
        note(session, tell("outer"))
        inner = session.begin_nested()
        note(session, tell("inner"))
        inner.rollback() if inner_fails else inner.commit()
        outer.rollback() if outer_fails else outer.commit()
        note(session, tell("after"))

    assert [line.baris.peristiwa for line in chain_of(store)] == noted
    assert list(broken_links(chain_of(store))) == []


def test_a_line_that_went_back_with_its_savepoint_may_be_noted_once_again(store: Store) -> None:
    with store.writing() as session:
        taken_back = session.begin_nested()
        note_once(session, STARTED)
        taken_back.rollback()
        note_once(session, STARTED)

    assert [line.baris.peristiwa for line in chain_of(store)] == ["started"]


def test_a_transaction_that_fails_leaves_no_line(store: Store) -> None:
    archive_one(store, "isian")
    before = chain_of(store)

    def fail() -> None:
        with store.writing() as session:
            note(session, STARTED)
            raise KeyError("a bug")

    with pytest.raises(KeyError):
        fail()

    assert chain_of(store) == before


def test_a_line_of_the_file_is_read_back_as_it_was(store: Store) -> None:
    store.write_journal((STARTED,))

    (line,) = chain_of(store)

    assert from_text(to_text(line)) == line
    assert line.baris.rincian == "versi \ufffd ? é"


@pytest.mark.parametrize(
    "changed",
    [
        lambda line: replace(line, nomor=7),
        lambda line: replace(line, at=LATER),
        lambda line: replace(line, oleh="lain"),
        lambda line: replace(line, peristiwa="lain"),
        lambda line: replace(line, periode="2026-TW3"),
        lambda line: replace(line, unit="umum"),
        lambda line: replace(line, surel_id=7),
        lambda line: replace(line, rincian="lain"),
        lambda line: replace(line, sha256="lain"),
    ],
    ids=["nomor", "at", "oleh", "peristiwa", "periode", "unit", "surel_id", "rincian", "sha256"],
)
def test_every_part_of_a_line_is_in_its_link(store: Store, changed: Callable[[JournalLine], JournalLine]) -> None:
    store.write_journal((STARTED,))
    (line,) = chain_of(store)

    found = list(broken_links([ChainedLine(changed(line.baris), line.rantai)]))

    assert [(d.hal, d.tercatat) for d in found] == [("mata rantai", line.rantai)]


def test_a_line_that_is_taken_out_breaks_the_chain(store: Store) -> None:
    store.write_journal((STARTED, STARTED, STARTED))
    first, _, third = chain_of(store)

    assert [d.tempat for d in broken_links([first, third])] == ["jurnal 3"]


def test_a_journal_of_an_older_version_is_chained_by_the_migration(tmp_path: Path) -> None:
    raw, sent = b"From: umum@kpu.example\r\n\r\nisian\r\n", b"Subject: Tanda terima\r\n\r\n"
    with old_database(tmp_path, "0005") as connection:
        _fill_as_the_older_version(connection, raw, sent)

    with new_store(tmp_path) as store:
        lines = chain_of(store)
        differences = list(verify_store(store, lambda _mail: frozenset({"f" * 64})))
        store.write_journal((STARTED,))
        later = chain_of(store)

    assert [line.baris.sha256 for line in lines[:2]] == [bytes_digest(raw), bytes_digest(sent)]
    assert len(lines[2].baris.sha256 or "") == 64
    assert differences == []
    assert list(broken_links(later)) == []


def test_the_journal_stays_append_only_after_the_migration(tmp_path: Path) -> None:
    with old_database(tmp_path, "0005"):
        pass
    with new_store(tmp_path) as store:
        store.write_journal((STARTED,))

    with sqlite3.connect(tmp_path / "kinerja.db") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE jurnal SET oleh = 'orang lain'")
    connection.close()


def _fill_as_the_older_version(connection: sqlite3.Connection, raw: bytes, sent: bytes) -> None:
    at, kode = "2026-10-01 00:00:00.000000", "2026-TW3"
    period = {"tahun": 2026, "jenis": "triwulan", "nomor": 3, "keadaan": "berjalan", "dibuka_at": at, "sop": ""}
    _insert(connection, "periode", kode=kode, **period)
    mail = {"verdict": "reply", "label": "", "alasan": "", "pengirim": "umum@kpu.example", "subjek": "", "error": ""}
    flags = {"terpotong": 0, "percobaan": 0, "dilepas": 0, "state": "held"}
    seen = {"fingerprint": fingerprint(raw), "ukuran": len(raw), "arrived_at": at, "archived_at": at}
    _insert(connection, "surel_masuk", id=4, **seen, **flags, **mail)
    _insert(connection, "surel_mentah", surel_id=4, isi=raw)
    key = {"kunci": "surel.4.tanda-terima", "message_id": "<1@bot.example>", "templat": "tanda-terima"}
    way = {"state": "queued", "percobaan": 0, "next_at": at, "last_error": "", "created_at": at}
    _insert(connection, "surat_keluar", id=9, subjek="", penerima="[]", **key, **way)
    _insert(connection, "surat_mentah", surat_id=9, isi=sent)
    file = {"berkas_nama": "isian.xlsx", "berkas_ukuran": 9, "berkas_sha256": "f" * 64}
    counts = {"tepat_waktu": 1, "lengkap": 0, "terisi": 1, "seluruh": 2, "catatan": "[]"}
    place = {"periode": kode, "unit": "umum", "revisi": 1, "surel_id": 4, "tiba_at": at}
    _insert(connection, "kiriman", id=3, nomor="TRM-2026-TW3-UKL-01", **place, **file, **counts)
    cell = {"lembar": "capaian", "sel": "E7", "baris": "IK-01", "kolom": "realisasi", "label": "IK-01"}
    judged = {"tertulis": "85,5", "nilai": '{"$":"decimal","v":"85.5"}', "hasil": "accepted", "pesan": ""}
    _insert(connection, "nilai", kiriman_id=3, urutan=0, **cell, **judged)
    for number, (event, more) in enumerate(
        (
            ("mail arrived", ""),
            ("letter queued", "surel.4.tanda-terima tanda-terima"),
            ("submission stored", "TRM-2026-TW3-UKL-01 revision 1, 1/2 rows, 1 cells to fix"),
        ),
        start=1,
    ):
        who = "umum@kpu.example" if event == "mail arrived" else "bot"
        _insert(connection, "jurnal", id=number, at=at, oleh=who, peristiwa=event, surel_id=4, rincian=more)


def _insert(connection: sqlite3.Connection, table: str, **values: object) -> None:
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))  # noqa: S608
