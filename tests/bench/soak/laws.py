"""What must be true of the store and of everybody's letters after years of service; each breach is one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from kinerja_mailbot.demo.cast import BOT
from kinerja_mailbot.domain.sop.working_time import WorkingHours, is_working_day
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.verify import digests_of_files, verify_store
from tests.bench.soak.mailboxes import Post, StampedDovecot

# What is owed to the calendar and to nobody's mail of the same moment: it keeps to working days.
BY_CALENDAR = (
    "permintaan",
    "pengingat",
    "eskalasi",
    "langkah-terlampaui",
    "pembukaan",
    "konfirmasi",
    "kabar-pagi",
    "ringkasan",
    "tinjauan-sop",
    "cuti-bersama",
    "penanggung-jawab",
)

# breach -> the rows that commit it; each query returns one text a row
QUERIES = {
    "has no verdict": "SELECT 'surel ' || id FROM surel_masuk WHERE state = 'new' "
    "OR (state IN ('decided', 'held') AND verdict = '')",
    "was set aside": "SELECT 'surel ' || id || ': ' || error FROM surel_masuk WHERE state = 'shunted'",
    "was decided twice": "WITH decided AS (SELECT surel_id, count(*) n FROM jurnal WHERE peristiwa = 'mail decided' "
    "GROUP BY surel_id), again AS (SELECT rincian, count(*) n FROM jurnal "
    "WHERE peristiwa IN ('mail released', 'mail replayed') GROUP BY rincian) "
    "SELECT 'surel ' || s.id FROM surel_masuk s LEFT JOIN decided d ON d.surel_id = s.id "
    "LEFT JOIN again a ON a.rincian = 'surel ' || s.id "
    "WHERE s.state <> 'shunted' AND coalesce(d.n, 0) <> 1 + coalesce(a.n, 0)",
    "has two answers to its sender": "SELECT 'surel ' || s.id || ': ' || group_concat(l.templat) FROM surel_masuk s "
    "JOIN surat_keluar l ON l.surel_id = s.id JOIN surat_penerima p ON p.surat_id = l.id "
    "AND p.alamat = lower(s.pengirim) GROUP BY s.id HAVING count(*) > 1",
    "answers a machine": "SELECT 'surat ' || l.kunci || ' to ' || s.pengirim FROM surel_masuk s JOIN surat_keluar l "
    "ON l.surel_id = s.id JOIN surat_penerima p ON p.surat_id = l.id AND p.alamat = lower(s.pengirim) "
    "WHERE s.verdict IN ('own', 'bounce', 'auto_reply', 'unknown')",
    "is not sent": "SELECT 'surat ' || kunci || ' ' || state FROM surat_keluar WHERE state <> 'sent'",
    "was handed in twice": "SELECT 'surat ' || kunci FROM surat_keluar WHERE percobaan <> 1",
    "is not proven by its copy": "SELECT 'surat ' || kunci FROM surat_keluar WHERE confirmed_at IS NULL",
    # A later revision with mistakes asks for the rest again, so that the newest one before the reminder counts; what an
    # order reminds of stands as the mails before the order left it, for the clock on stage may show one time for all.
    "reminds of what was accepted": "SELECT 'surat ' || l.kunci FROM surat_keluar l WHERE l.templat = 'pengingat' AND "
    "(SELECT k.lengkap FROM kiriman k JOIN surel_masuk s ON s.id = k.surel_id WHERE k.periode = l.periode "
    "AND k.unit = l.unit AND (s.decided_at < l.created_at OR (s.decided_at = l.created_at AND s.id < l.surel_id)) "
    "ORDER BY k.revisi DESC LIMIT 1)",
    "is a revision out of order": "SELECT periode || ' ' || unit FROM kiriman GROUP BY periode, unit "
    "HAVING count(*) <> max(revisi) OR min(revisi) <> 1",
    "got more than eleven answers in a day": "SELECT p.alamat || ' ' || date(l.created_at, '+9 hours') "
    "FROM surat_keluar l JOIN surat_penerima p ON p.surat_id = l.id WHERE l.surel_id IS NOT NULL AND p.alamat <> ? "
    "AND l.templat IN ('tanda-terima', 'perbaikan', 'petunjuk', 'tidak-ada-permintaan', 'jawaban', 'panduan') "
    "GROUP BY p.alamat, date(l.created_at, '+9 hours') HAVING count(*) > 11",
}


def breaches(service: Service, database: Path, dovecot: StampedDovecot, post: Post) -> Iterator[str]:
    """Yield everything that is not as it must be; the service has ended, and its clock shows the last moment."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as store:
        for breach, query in QUERIES.items():
            values = ("-",) if "?" in query else ()
            yield from (f"{what} {breach}" for (what,) in store.execute(query, values))
        yield from _losses(store, dovecot)
        yield from _on_holidays(service, store)
    yield from _letters(service, post)
    for difference in verify_store(service.store, partial(digests_of_files, service.desk)):
        yield f"verify: {difference}"


def closed_periods(database: Path) -> tuple[str, ...]:
    """Return the periods that came to their end, oldest first."""
    with closing(sqlite3.connect(database)) as store:
        rows = store.execute("SELECT kode FROM periode WHERE keadaan = 'ditutup' ORDER BY dibuka_at")
        return tuple(kode for (kode,) in rows)


def verdicts(database: Path) -> frozenset[str]:
    """Return every verdict that was given."""
    with closing(sqlite3.connect(database)) as store:
        return frozenset(verdict for (verdict,) in store.execute("SELECT DISTINCT verdict FROM surel_masuk"))


def _losses(store: sqlite3.Connection, dovecot: StampedDovecot) -> Iterator[str]:
    ((kept,),) = store.execute("SELECT count(*) FROM surel_masuk")
    ((seen,),) = store.execute("SELECT count(*) FROM penampakan")
    if seen != dovecot.delivered:
        yield f"{dovecot.delivered} deliveries, {seen} of them seen"
    known = {name for (name,) in store.execute("SELECT fingerprint FROM surel_masuk")}
    if kept != len(dovecot.prints):
        yield f"{len(dovecot.prints)} different mails, {kept} kept, {len(dovecot.prints - known)} lost"


def _on_holidays(service: Service, store: sqlite3.Connection) -> Iterator[str]:
    marks = ", ".join("?" * len(BY_CALENDAR))
    letters = store.execute(
        f"SELECT kunci, created_at FROM surat_keluar WHERE surel_id IS NULL AND templat IN ({marks})",  # noqa: S608
        BY_CALENDAR,
    ).fetchall()
    hours = _hours_of_years(service, {datetime.fromisoformat(at).year for _, at in letters})
    for kunci, at in letters:
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
        jam = hours[moment.year]
        if not is_working_day(jam, moment.astimezone(jam.zona).date()):
            yield f"surat {kunci} was written on a free day, {moment}"


def _hours_of_years(service: Service, years: set[int]) -> dict[int, WorkingHours]:
    calendar = service.calendar
    around = {year: tuple(day for y in range(year - 1, year + 2) for day in calendar.holidays(y)) for year in years}
    return {year: service.config.policy(days).jam for year, days in around.items()}


def _letters(service: Service, post: Post) -> Iterator[str]:
    known = {BOT, *service.config.daftar.addresses()}
    for (message_id, address), times in post.copies.items():
        if times > 1:
            yield f"{address} got {message_id} {times} times"
        if address not in known:
            yield f"{address} is nobody of the office and got {message_id}"
