"""The journal's hash chain: every line that is there gets the digest of what it vouches for, and its link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from kinerja_mailbot.domain.evidence.chain import GENESIS, JournalLine, link
from kinerja_mailbot.domain.evidence.digest import RevisionCell, RevisionHead, bytes_digest, revision_digest

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
AT_ONCE = 500  # lines held in memory

JOURNAL = sa.table(
    "jurnal",
    sa.column("id", sa.Integer),
    sa.column("at", MOMENT),
    *(sa.column(name, sa.Text) for name in ("oleh", "peristiwa", "periode", "unit", "rincian", "sha256", "rantai")),
    sa.column("surel_id", sa.Integer),
)
MAIL = sa.table("surel_mentah", sa.column("surel_id", sa.Integer), sa.column("isi", sa.LargeBinary))
LETTER = sa.table("surat_keluar", sa.column("id", sa.Integer), sa.column("kunci", sa.Text))
LETTER_BYTES = sa.table("surat_mentah", sa.column("surat_id", sa.Integer), sa.column("isi", sa.LargeBinary))
SUBMISSION = sa.table(
    "kiriman",
    sa.column("id", sa.Integer),
    *(sa.column(name, sa.Text) for name in ("nomor", "periode", "unit", "berkas_nama", "berkas_sha256", "catatan")),
    *(sa.column(name, sa.Integer) for name in ("revisi", "surel_id", "berkas_ukuran", "terisi", "seluruh")),
    sa.column("tiba_at", MOMENT),
    *(sa.column(name, sa.Boolean) for name in ("tepat_waktu", "lengkap")),
)
CELLS = ("lembar", "sel", "baris", "kolom", "label", "tertulis", "nilai", "hasil", "pesan")
VALUE = sa.table(
    "nilai",
    sa.column("kiriman_id", sa.Integer),
    sa.column("urutan", sa.Integer),
    *(sa.column(name, sa.Text) for name in CELLS),
)
TRIGGERS = tuple(
    (
        f"jurnal_no_{event.lower()}",
        f"CREATE TRIGGER jurnal_no_{event.lower()} BEFORE {event} ON jurnal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    )
    for event in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    """Add the columns and chain what is there; only for this is the journal's lock taken off."""
    op.add_column("jurnal", sa.Column("sha256", sa.String(), nullable=True))
    op.add_column("jurnal", sa.Column("rantai", sa.String(), nullable=False, server_default=""))
    connection = op.get_bind()
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        for name, _ in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("ALTER TABLE jurnal DISABLE TRIGGER jurnal_append_only")
    _chain(connection)
    if on_sqlite:
        for _, statement in TRIGGERS:
            op.execute(statement)
    else:
        op.execute("ALTER TABLE jurnal ENABLE TRIGGER jurnal_append_only")


def _chain(connection: sa.Connection) -> None:
    before, last = GENESIS, 0
    update = sa.update(JOURNAL).where(JOURNAL.c.id == sa.bindparam("place"))
    while True:
        page = sa.select(JOURNAL).where(JOURNAL.c.id > last).order_by(JOURNAL.c.id).limit(AT_ONCE)
        rows = connection.execute(page).all()
        if not rows:
            return
        links = []
        for row in rows:
            line = _line(connection, row)
            before, last = link(before, line), row.id
            links.append({"place": row.id, "digest": line.sha256, "head": before})
        connection.execute(update.values(sha256=sa.bindparam("digest"), rantai=sa.bindparam("head")), links)


def _line(connection: sa.Connection, row: sa.Row[tuple[object, ...]]) -> JournalLine:
    values = row._mapping
    return JournalLine(
        nomor=values["id"],
        at=_utc(values["at"]),
        oleh=values["oleh"],
        peristiwa=values["peristiwa"],
        periode=values["periode"],
        unit=values["unit"],
        surel_id=values["surel_id"],
        rincian=values["rincian"],
        sha256=_digest(connection, values["peristiwa"], values["surel_id"], values["rincian"]),
    )


def _digest(connection: sa.Connection, event: str, mail_id: int | None, more: str) -> str | None:
    match event:
        case "mail arrived":
            raw = connection.execute(sa.select(MAIL.c.isi).where(MAIL.c.surel_id == mail_id)).scalar()
            return None if raw is None else bytes_digest(raw)
        case "letter queued":
            letter = sa.select(LETTER_BYTES.c.isi).join(LETTER, LETTER.c.id == LETTER_BYTES.c.surat_id)
            raw = connection.execute(letter.where(LETTER.c.kunci == more.partition(" ")[0])).scalar()
            return None if raw is None else bytes_digest(raw)
        case "submission stored":
            return _revision(connection, more.partition(" ")[0])
        case _:
            return None


def _revision(connection: sa.Connection, nomor: str) -> str | None:
    found = connection.execute(sa.select(SUBMISSION).where(SUBMISSION.c.nomor == nomor)).first()
    if found is None:
        return None
    values = dict(found._mapping)
    submission_id = values.pop("id")
    head = RevisionHead(**(values | {"tiba_at": _utc(values["tiba_at"])}))
    return revision_digest(head, _cells(connection, submission_id))


def _cells(connection: sa.Connection, submission_id: int) -> Iterator[RevisionCell]:
    found = sa.select(*(VALUE.c[name] for name in CELLS)).where(VALUE.c.kiriman_id == submission_id)
    for row in connection.execute(found.order_by(VALUE.c.urutan)):
        yield RevisionCell(**row._mapping)


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at  # SQLite knows no zones
