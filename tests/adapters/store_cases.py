"""A small office for the tests of the store: one period, two requests, mails, letters, answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.adapters.tables import Table
from kinerja_mailbot.domain.form.checked import CheckedCell, CheckedForm, StoredCell
from kinerja_mailbot.domain.form.definition import Choice, Column, ColumnType, Form, Row, Sheet, Unik, WajibBila
from kinerja_mailbot.domain.form.value import CellOutcome, Mark, Value
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.outcome import Effect, Outcome, StoreSubmission
from kinerja_mailbot.domain.periode import JenisPeriode, Periode
from kinerja_mailbot.domain.sop.state import (
    FileOnRecord,
    KeadaanPeriode,
    KeadaanPermintaan,
    PeriodState,
    RequestState,
    StepState,
)
from kinerja_mailbot.domain.sop.version import BacaanHari, Langkah, VersiSop
from kinerja_mailbot.usecases.ports import Accepted, Arrived, Cursor, Fate, Inquiry, OnRecord, Plan, Report
from tests.databases import database_in

NOW = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ACCEPTED = Accepted()
DEADLINE = NOW + timedelta(days=1)
TW3 = Periode(2026, JenisPeriode.TRIWULAN, 3)
SOP = VersiSop(
    nomor="5.16/ORT.06/9601/2023",
    tanggal=date(2023, 1, 5),
    efektif=date(2023, 1, 5),
    langkah=tuple(
        Langkah(nomor=n, aktivitas=f"Langkah {n}", pelaksana="Kasubbag", menit=30, keluaran="Data") for n in range(1, 7)
    ),
    bacaan=BacaanHari.ONE_WORKING_DAY,
)
FORM = Form(
    id="kinerja-subbag",
    versi=1,
    judul="Data Kinerja",
    lembar=(
        Sheet(
            id="capaian",
            judul="Capaian",
            kolom=(
                Column(kunci="kode", judul="Kode", jenis=ColumnType.TEKS),
                Column(
                    kunci="realisasi",
                    judul="Realisasi",
                    jenis=ColumnType.UKURAN,
                    isian=True,
                    pilihan=(Choice("Ya", ("y", "sudah")),),
                ),
            ),
            baris=(Row("IK-01", (("target", Decimal("77.50")), ("satuan", "%"), ("sejak", date(2026, 1, 1)))),),
            aturan=(
                WajibBila(kolom="bukti", bila="realisasi", kurang_dari=Decimal(100)),
                Unik(kolom=("kode",)),
            ),
        ),
    ),
    petunjuk=("Isi sel kuning.",),
)
STEPS = (StepState(nomor=1, mulai_at=NOW, batas_at=LATER), *(StepState(nomor=n) for n in range(2, 7)))


@contextmanager
def new_store(folder: Path, busy_seconds: float = 5.0) -> Iterator[Store]:
    """Open a migrated store in a folder, or the one that is there; on PostgreSQL if the test runs there."""
    with Store(database_in(folder), busy_seconds=busy_seconds) as store:
        store.migrate()
        yield store


@contextmanager
def old_database(folder: Path, revision: str) -> Iterator[sqlite3.Connection]:
    """Make a database as an older version left it, to be filled with SQL; `revision` is that version's schema."""
    file = folder / "kinerja.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        upgrade(connection, revision)
    engine.dispose()
    with closing(sqlite3.connect(file)) as plain:
        yield plain
        plain.commit()


def upgrade(connection: Connection, revision: str) -> None:
    """Bring the schema no further than to this revision."""
    config = Config()
    config.set_main_option("script_location", "kinerja_mailbot.adapters:migrations")
    config.attributes |= {"connection": connection, "metadata": Table.metadata}
    command.upgrade(config, revision)


def period(**changes: KeadaanPeriode) -> PeriodState:
    """Return a new period without requests."""
    return PeriodState(
        periode=TW3,
        keadaan=changes.get("keadaan", KeadaanPeriode.BERJALAN),
        dibuka_at=NOW,
        sop=SOP,
        langkah=STEPS,
    )


def request(unit: str = "umum") -> RequestState:
    """Return a request that is not yet sent."""
    return RequestState(
        periode="2026-TW3",
        unit=unit,
        form=FORM,
        nonce=f"nonce-{unit}",
        keadaan=KeadaanPermintaan.DISIAPKAN,
        diminta_at=NOW,
        batas_at=DEADLINE,
        message_id=f"<permintaan.{unit}@bot.example>",
    )


def letter(key: str, message_id: str = "", to: tuple[str, ...] = ("umum@kpu.example",)) -> OutgoingMail:
    """Return a composed letter."""
    return OutgoingMail(
        kunci=key,
        message_id=message_id or f"<{key}@bot.example>",
        subjek="[KINERJA 2026-TW3 UKL] Surat",
        templat="surat",
        penerima=to,
        mentah=f"Subject: {key}\r\n\r\nIsi\r\n".encode(),
        periode="2026-TW3",
        unit="umum",
    )


def open_period(store: Store) -> None:
    """Open the period with its two requests and their letters."""
    units = ("umum", "teknis")
    plan = Plan(periode_baru=(period(),), permintaan=tuple(request(unit) for unit in units))
    letters = tuple(letter(f"2026-TW3.permintaan.{u}", f"<permintaan.{u}@bot.example>") for u in units)
    store.carry_out(plan, letters, NOW)


def arrived(text: str, uid: int = 1, uidvalidity: int = 7, folder: str = "INBOX") -> Arrived:
    """Return a mail with this text."""
    raw = f"From: umum@kpu.example\r\n\r\n{text}\r\n".encode()
    return Arrived(folder=folder, uidvalidity=uidvalidity, uid=uid, tiba_at=NOW, mentah=raw)


def archive_one(store: Store, text: str, uid: int = 1) -> int:
    """Archive a mail and return its id."""
    mail = arrived(text, uid)
    store.archive("INBOX", (mail,), Cursor(mail.uidvalidity, uid), NOW)
    return store.mails(limit=1)[0].id


def outcome(*effects: Effect) -> Outcome:
    """Return the outcome of a reply with these effects."""
    return Outcome(
        verdict="reply",
        label="tanda terima",
        alasan="form of this request",
        periode="2026-TW3",
        unit="umum",
        efek=effects,
    )


def cell(sel: str, value: Value | None, hasil: CellOutcome = CellOutcome.ACCEPTED, pesan: str = "") -> CheckedCell:
    """Return a judged cell."""
    return CheckedCell(
        lembar="capaian",
        lembar_terlihat="Capaian",
        sel=sel,
        baris="IK-01",
        kolom="realisasi",
        label="IK-01 Realisasi",
        tertulis=str(value),
        nilai=value,
        hasil=hasil,
        pesan=pesan,
    )


def submission(mail_id: int, revisi: int = 1, **changes: bool | datetime) -> StoreSubmission:
    """Return a revision of umum; `complete=False` has a cell to fix, `batas_at` gives a new deadline."""
    complete = changes.get("complete", True)
    batas_at = changes.get("batas_at")
    fix = () if complete else (cell("E8", None, CellOutcome.FIX, "Mohon ditulis dengan angka."),)
    return StoreSubmission(
        periode="2026-TW3",
        unit="umum",
        revisi=revisi,
        nomor=f"TRM-2026-TW3-UKL-{revisi:02}",
        surel_id=mail_id,
        tiba_at=NOW,
        tepat_waktu=True,
        berkas=file_on_record(mail_id, "isian.xlsx"),
        hasil=CheckedForm(
            meta=None,
            sel=(cell("E7", Decimal("85.50")), *fix),
            catatan=("Berkas berisi makro.",),
            tersimpan=(
                StoredCell(lembar="capaian", baris="IK-01", kolom="realisasi", nilai=Decimal("85.50")),
                StoredCell(lembar="lhp", baris="*", kolom="nihil", nilai=Mark.NIHIL, tertulis="Ya"),
            ),
            terisi=1,
            seluruh=1 if complete else 2,
        ),
        batas_at=batas_at if isinstance(batas_at, datetime) else None,
    )


def file_on_record(mail_id: int, name: str) -> FileOnRecord:
    """Return a file that came with a mail."""
    return FileOnRecord(nama=name, ukuran=9, sha256=f"sha-{name}", surel_id=mail_id)


def umum(store: Store) -> RequestState:
    """Return the request to umum as the store has it."""
    found = store.periods(("2026-TW3",))[0].request("umum")
    assert found is not None
    return found


def events(store: Store) -> list[str]:
    """Return the names of everything in the journal."""
    return [entry.peristiwa for entry in store.journal()]


def begin(store: Store, letter_id: int, at: datetime) -> bool:
    """Take a letter in hand, as if it were due; tell whether that went well."""
    return bool(store.take([one for one in store.due(datetime.max.replace(tzinfo=UTC), 99) if one.id == letter_id], at))


def end(store: Store, letter_id: int, at: datetime, fate: Fate = ACCEPTED) -> None:
    """Record what became of a letter in hand."""
    store.record((Report(letter_id, at, fate),))


def known(
    store: Store,
    since: datetime = NOW,
    *,
    alamat: Sequence[str] = (),
    unit: Sequence[str] = (),
    bernomor: Sequence[str] = (),
) -> OnRecord:
    """Return what is on record of these senders and units."""
    return store.on_record(
        Inquiry(sejak=since, alamat=frozenset(alamat), unit=frozenset(unit), bernomor=frozenset(bernomor))
    )
