"""What many answered replies of earlier years leave in the store, written by SQL in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import text

from kinerja_mailbot.adapters.store import Store

_AT = "2020-04-05 02:00:00.000000"
EVERYBODY = 2_208  # 552 offices with four respondents each
_STATEMENTS = (
    """INSERT INTO periode (kode, tahun, jenis, nomor, keadaan, dibuka_at, ditutup_at, sop)
       SELECT '2020-TW1', 2020, jenis, 1, 'ditutup', :at, :at, sop FROM periode LIMIT 1""",
    """CREATE TEMPORARY TABLE lama AS
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
       SELECT i, printf('satker%04d', i % :units) AS unit, printf('satker%04d@kpu.example', i % :units) AS alamat
       FROM n""",
    """INSERT INTO surel_masuk (id, fingerprint, ukuran, terpotong, arrived_at, archived_at, state, percobaan, dilepas,
         verdict, label, alasan, pengirim, subjek, periode, unit, error, decided_at, folder)
       SELECT i, 'lama' || i, 27000, 0, :at, :at, 'decided', 0, 0,
         'reply', 'tanda terima', '', alamat, 'Re', '2020-TW1', unit, '', :at, 'INBOX' FROM lama""",
    """INSERT INTO penampakan (folder, uidvalidity, uid, surel_id, dipindah_at)
       SELECT 'INBOX', 1, i, i, :at FROM lama""",
    """INSERT INTO kiriman (id, periode, unit, revisi, nomor, surel_id, tiba_at, tepat_waktu, berkas_nama,
         berkas_ukuran, berkas_sha256, lengkap, terisi, seluruh, catatan)
       SELECT i, '2020-TW1', unit, i, 'TRM-LAMA-' || i, i, :at, 1, 'isian.xlsx',
         19000, 'lama' || i, 1, 30, 30, '[]' FROM lama""",
    """INSERT INTO nilai (kiriman_id, urutan, lembar, sel, baris, kolom, label, tertulis, nilai, hasil, pesan, nomor)
       SELECT i, value, 'capaian', 'F' || value, 'IK-' || value, 'realisasi', 'IK', '85,5', '["d","85.5"]',
         'accepted', '', 0 FROM lama, json_each('[0,1,2,3,4,5,6,7,8,9]')""",
    """INSERT INTO surat_keluar (id, kunci, message_id, templat, subjek, penerima, state, percobaan, next_at,
         last_error, created_at, sent_at, confirmed_at, periode, unit, surel_id)
       SELECT i, 'surel.' || i || '.lama', '<' || i || '@lama>', 'tanda-terima', 'Tanda terima', '[]', 'sent', 1, :at,
         '', :at, :at, :at, '2020-TW1', unit, i FROM lama""",
    "INSERT INTO surat_penerima (surat_id, alamat, state, ditolak) SELECT i, alamat, 'accepted', '' FROM lama",
    """INSERT INTO jurnal (id, at, oleh, peristiwa, periode, unit, surel_id, rincian, rantai)
       SELECT (SELECT max(id) FROM jurnal) + i * 4 + key, :at, 'bot', value, '2020-TW1', unit, i, 'lama', 'lama'
       FROM lama, json_each('["mail arrived","mail decided","letter queued","letter sent"]') ORDER BY i, key""",
    "DROP TABLE lama",
)


# What the collections of the last year left, each as full as the one that is open.
_LAST_YEAR = (
    """CREATE TEMPORARY TABLE lalu (kode, tahun, jenis, nomor)""",
    """INSERT INTO lalu VALUES ('2025-TW3', 2025, 'triwulan', 3), ('2025-TW4', 2025, 'triwulan', 4),
       ('2025-SM2', 2025, 'semester', 2), ('2025', 2025, 'tahun', 1), ('2026-TW1', 2026, 'triwulan', 1),
       ('2026-TW2', 2026, 'triwulan', 2), ('2026-SM1', 2026, 'semester', 1)""",
    """INSERT INTO periode (kode, tahun, jenis, nomor, keadaan, dibuka_at, ditutup_at, sop)
       SELECT lalu.kode, lalu.tahun, lalu.jenis, lalu.nomor, 'ditutup', dibuka_at, dibuka_at, sop
       FROM lalu, periode WHERE periode.kode = :kode""",
    """INSERT INTO langkah (periode, nomor, mulai_at, batas_at, selesai_at, oleh, bukti)
       SELECT lalu.kode, langkah.nomor, :at, :at, :at, 'uji', 'uji' FROM lalu, langkah WHERE periode = :kode""",
    """INSERT INTO permintaan (periode, unit, urutan, nonce, keadaan, diminta_at, batas_at, dikirim_at, pertama_tiba_at,
         tepat_waktu, lengkap_at, revisi, terisi, seluruh, pengingat, tingkat, message_id, catatan, form, sel)
       SELECT lalu.kode, unit, urutan, nonce || lalu.kode, 'lengkap', diminta_at, batas_at, dikirim_at, pertama_tiba_at,
         1, diminta_at, :revisions, terisi, seluruh, 1, 1, lalu.kode || message_id, catatan, form, sel
       FROM lalu, permintaan WHERE periode = :kode""",
    """INSERT INTO kiriman (periode, unit, revisi, nomor, surel_id, tiba_at, tepat_waktu, berkas_nama,
         berkas_ukuran, berkas_sha256, lengkap, terisi, seluruh, catatan)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :revisions)
       SELECT lalu.kode, unit, i, 'TRM-' || lalu.kode || unit || i, i, diminta_at, 1, 'isian.xlsx',
         19000, 'lalu' || i, 1, 30, 30, '[]' FROM lalu, n, permintaan WHERE periode = :kode""",
    """INSERT INTO rekap_edisi (periode, edisi, lengkap, revisi, dibuat_at, analisis)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
       SELECT kode, i, 1, '[]', :at, 0 FROM lalu, n""",
    "DROP TABLE lalu",
)


def fill_with_last_year(store: Store, kode: str, revisions: int) -> None:
    """Write what the seven collections of the last year left: so many revisions of each respondent, as in this period.

    At least so many mails must be stored; of the revisions only what is read again and again is written.
    """
    _fill(store, _LAST_YEAR, {"at": _AT, "kode": kode, "revisions": revisions})


def fill_with_history(store: Store, count: int, respondents: int = EVERYBODY) -> None:
    """Write what `count` replies of 2020 left behind: ten values of each and no bytes, which only a replay reads.

    The store must be new, but for an open period; it is a SQLite file.
    """
    _fill(store, _STATEMENTS, {"at": _AT, "count": count, "units": respondents})


def _fill(store: Store, statements: Sequence[str], values: Mapping[str, str | int]) -> None:
    with store.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement), {k: v for k, v in values.items() if f":{k}" in statement})
