"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.Integer()
TEXT = sa.Text()
WORD = sa.String()


def upgrade() -> None:
    """Make the tables, and the triggers that keep the journal append-only."""
    _periods()
    _requests()
    _mails()
    _places()
    _outbox()
    _envelopes()
    _submissions()
    _values()
    _ledger()
    _append_only()


def _periods() -> None:
    op.create_table(
        "periode",
        sa.Column("kode", WORD, nullable=False),
        sa.Column("tahun", NUMBER, nullable=False),
        sa.Column("jenis", WORD, nullable=False),
        sa.Column("nomor", NUMBER, nullable=False),
        sa.Column("keadaan", WORD, nullable=False),
        sa.Column("dibuka_at", MOMENT, nullable=False),
        sa.Column("ditutup_at", MOMENT, nullable=True),
        sa.Column("sop", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("kode", name=op.f("pk_periode")),
    )
    op.create_table(
        "langkah",
        sa.Column("periode", WORD, nullable=False),
        sa.Column("nomor", NUMBER, nullable=False),
        sa.Column("mulai_at", MOMENT, nullable=True),
        sa.Column("batas_at", MOMENT, nullable=True),
        sa.Column("selesai_at", MOMENT, nullable=True),
        sa.Column("oleh", TEXT, nullable=False),
        sa.Column("bukti", WORD, nullable=False),
        sa.ForeignKeyConstraint(["periode"], ["periode.kode"], name=op.f("fk_langkah_periode")),
        sa.PrimaryKeyConstraint("periode", "nomor", name=op.f("pk_langkah")),
    )
    op.create_table(
        "rekap_edisi",
        sa.Column("periode", WORD, nullable=False),
        sa.Column("edisi", NUMBER, nullable=False),
        sa.Column("lengkap", sa.Boolean(), nullable=False),
        sa.Column("revisi", TEXT, nullable=False),
        sa.Column("dibuat_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["periode"], ["periode.kode"], name=op.f("fk_rekap_edisi_periode")),
        sa.PrimaryKeyConstraint("periode", "edisi", name=op.f("pk_rekap_edisi")),
    )


def _requests() -> None:
    op.create_table(
        "permintaan",
        sa.Column("periode", WORD, nullable=False),
        sa.Column("unit", WORD, nullable=False),
        sa.Column("urutan", NUMBER, nullable=False),
        sa.Column("nonce", WORD, nullable=False),
        sa.Column("keadaan", WORD, nullable=False),
        sa.Column("diminta_at", MOMENT, nullable=False),
        sa.Column("batas_at", MOMENT, nullable=False),
        sa.Column("dikirim_at", MOMENT, nullable=True),
        sa.Column("pertama_tiba_at", MOMENT, nullable=True),
        sa.Column("tepat_waktu", sa.Boolean(), nullable=True),
        sa.Column("lengkap_at", MOMENT, nullable=True),
        sa.Column("revisi", NUMBER, nullable=False),
        sa.Column("terisi", NUMBER, nullable=False),
        sa.Column("seluruh", NUMBER, nullable=False),
        sa.Column("pengingat", NUMBER, nullable=False),
        sa.Column("pengingat_terakhir_at", MOMENT, nullable=True),
        sa.Column("tingkat", NUMBER, nullable=False),
        sa.Column("message_id", WORD, nullable=False),
        sa.Column("catatan", TEXT, nullable=False),
        sa.Column("form", TEXT, nullable=False),
        sa.Column("sel", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["periode"], ["periode.kode"], name=op.f("fk_permintaan_periode")),
        sa.PrimaryKeyConstraint("periode", "unit", name=op.f("pk_permintaan")),
    )
    op.create_index(op.f("ix_permintaan_message_id"), "permintaan", ["message_id"], unique=False)


def _mails() -> None:
    op.create_table(
        "surel_masuk",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("fingerprint", WORD, nullable=False),
        sa.Column("ukuran", NUMBER, nullable=False),
        sa.Column("terpotong", sa.Boolean(), nullable=False),
        sa.Column("arrived_at", MOMENT, nullable=False),
        sa.Column("archived_at", MOMENT, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("percobaan", NUMBER, nullable=False),
        sa.Column("dilepas", sa.Boolean(), nullable=False),
        sa.Column("verdict", WORD, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("alasan", TEXT, nullable=False),
        sa.Column("pengirim", TEXT, nullable=False),
        sa.Column("subjek", TEXT, nullable=False),
        sa.Column("periode", WORD, nullable=True),
        sa.Column("unit", WORD, nullable=True),
        sa.Column("error", TEXT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surel_masuk")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_surel_masuk_fingerprint")),
    )
    op.create_index("ix_surel_masuk_state_id", "surel_masuk", ["state", "id"], unique=False)
    op.create_table(
        "surel_mentah",
        sa.Column("surel_id", NUMBER, nullable=False),
        sa.Column("isi", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_surel_mentah_surel_id")),
        sa.PrimaryKeyConstraint("surel_id", name=op.f("pk_surel_mentah")),
    )


def _places() -> None:
    op.create_table(
        "penampakan",
        sa.Column("folder", WORD, nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("surel_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_penampakan_surel_id")),
        sa.PrimaryKeyConstraint("folder", "uidvalidity", "uid", name=op.f("pk_penampakan")),
    )
    op.create_index(op.f("ix_penampakan_surel_id"), "penampakan", ["surel_id"], unique=False)
    op.create_table(
        "kursor",
        sa.Column("folder", WORD, nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("diambil_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("folder", name=op.f("pk_kursor")),
    )


def _outbox() -> None:
    op.create_table(
        "surat_keluar",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kunci", WORD, nullable=False),
        sa.Column("message_id", WORD, nullable=False),
        sa.Column("templat", TEXT, nullable=False),
        sa.Column("subjek", TEXT, nullable=False),
        sa.Column("penerima", TEXT, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("percobaan", NUMBER, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("last_error", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sending_at", MOMENT, nullable=True),
        sa.Column("uncertain_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("periode", WORD, nullable=True),
        sa.Column("unit", WORD, nullable=True),
        sa.Column("surel_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_surat_keluar_surel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surat_keluar")),
        sa.UniqueConstraint("kunci", name=op.f("uq_surat_keluar_kunci")),
        sa.UniqueConstraint("message_id", name=op.f("uq_surat_keluar_message_id")),
    )
    op.create_index("ix_surat_keluar_state_next_at", "surat_keluar", ["state", "next_at"], unique=False)


def _envelopes() -> None:
    op.create_table(
        "surat_mentah",
        sa.Column("surat_id", NUMBER, nullable=False),
        sa.Column("isi", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["surat_id"], ["surat_keluar.id"], name=op.f("fk_surat_mentah_surat_id")),
        sa.PrimaryKeyConstraint("surat_id", name=op.f("pk_surat_mentah")),
    )
    op.create_table(
        "surat_penerima",
        sa.Column("surat_id", NUMBER, nullable=False),
        sa.Column("alamat", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("ditolak", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["surat_id"], ["surat_keluar.id"], name=op.f("fk_surat_penerima_surat_id")),
        sa.PrimaryKeyConstraint("surat_id", "alamat", name=op.f("pk_surat_penerima")),
    )
    op.create_index(op.f("ix_surat_penerima_alamat"), "surat_penerima", ["alamat"], unique=False)


def _submissions() -> None:
    op.create_table(
        "kiriman",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("periode", WORD, nullable=False),
        sa.Column("unit", WORD, nullable=False),
        sa.Column("revisi", NUMBER, nullable=False),
        sa.Column("nomor", WORD, nullable=False),
        sa.Column("surel_id", NUMBER, nullable=False),
        sa.Column("tiba_at", MOMENT, nullable=False),
        sa.Column("tepat_waktu", sa.Boolean(), nullable=False),
        sa.Column("berkas_nama", TEXT, nullable=False),
        sa.Column("berkas_ukuran", NUMBER, nullable=False),
        sa.Column("berkas_sha256", WORD, nullable=False),
        sa.Column("lengkap", sa.Boolean(), nullable=False),
        sa.Column("terisi", NUMBER, nullable=False),
        sa.Column("seluruh", NUMBER, nullable=False),
        sa.Column("catatan", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["periode"], ["periode.kode"], name=op.f("fk_kiriman_periode")),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_kiriman_surel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiriman")),
        sa.UniqueConstraint("nomor", name=op.f("uq_kiriman_nomor")),
        sa.UniqueConstraint("periode", "unit", "revisi", name=op.f("uq_kiriman_periode_unit_revisi")),
        sa.UniqueConstraint("surel_id", "periode", "unit", name=op.f("uq_kiriman_surel_id_periode_unit")),
    )


def _values() -> None:
    op.create_table(
        "nilai",
        sa.Column("kiriman_id", NUMBER, nullable=False),
        sa.Column("urutan", NUMBER, nullable=False),
        sa.Column("lembar", TEXT, nullable=False),
        sa.Column("sel", TEXT, nullable=False),
        sa.Column("baris", TEXT, nullable=False),
        sa.Column("kolom", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("tertulis", TEXT, nullable=False),
        sa.Column("nilai", TEXT, nullable=True),
        sa.Column("hasil", WORD, nullable=False),
        sa.Column("pesan", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["kiriman_id"], ["kiriman.id"], name=op.f("fk_nilai_kiriman_id")),
        sa.PrimaryKeyConstraint("kiriman_id", "urutan", name=op.f("pk_nilai")),
    )
    op.create_table(
        "data_dukung",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("periode", WORD, nullable=False),
        sa.Column("unit", WORD, nullable=False),
        sa.Column("nama", TEXT, nullable=False),
        sa.Column("ukuran", NUMBER, nullable=False),
        sa.Column("sha256", WORD, nullable=False),
        sa.Column("surel_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["periode"], ["periode.kode"], name=op.f("fk_data_dukung_periode")),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_data_dukung_surel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_dukung")),
        sa.UniqueConstraint("periode", "unit", "sha256", name=op.f("uq_data_dukung_periode_unit_sha256")),
    )


def _ledger() -> None:
    op.create_table(
        "jurnal",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("oleh", TEXT, nullable=False),
        sa.Column("peristiwa", WORD, nullable=False),
        sa.Column("periode", WORD, nullable=True),
        sa.Column("unit", WORD, nullable=True),
        sa.Column("surel_id", NUMBER, nullable=True),
        sa.Column("rincian", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jurnal")),
    )
    op.create_index(op.f("ix_jurnal_at"), "jurnal", ["at"], unique=False)
    op.create_index(op.f("ix_jurnal_periode"), "jurnal", ["periode"], unique=False)
    op.create_index(op.f("ix_jurnal_surel_id"), "jurnal", ["surel_id"], unique=False)
    op.create_table(
        "alamat",
        sa.Column("alamat", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("keterangan", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("surel_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["surel_id"], ["surel_masuk.id"], name=op.f("fk_alamat_surel_id")),
        sa.PrimaryKeyConstraint("alamat", name=op.f("pk_alamat")),
    )
    op.create_table(
        "rahasia",
        sa.Column("nama", WORD, nullable=False),
        sa.Column("nilai", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("nama", name=op.f("pk_rahasia")),
    )


def _append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER jurnal_no_{event.lower()} BEFORE {event} ON jurnal "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION jurnal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER jurnal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON jurnal "
        "FOR EACH STATEMENT EXECUTE FUNCTION jurnal_append_only()"
    )
