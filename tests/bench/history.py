"""What many answered replies of earlier years leave in the store, written by SQL in bulk."""

from __future__ import annotations

from sqlalchemy import text

from kinerja_mailbot.adapters.store import Store

_AT = "2020-04-05 02:00:00.000000"
_STATEMENTS = (
    """INSERT INTO periode (kode, tahun, jenis, nomor, keadaan, dibuka_at, ditutup_at, sop)
       SELECT '2020-TW1', 2020, jenis, 1, 'ditutup', :at, :at, sop FROM periode LIMIT 1""",
    # 552 offices with four respondents each
    """CREATE TEMPORARY TABLE lama AS
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
       SELECT i, printf('satker%04d', i % 2208) AS unit, printf('satker%04d@kpu.example', i % 2208) AS alamat FROM n""",
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


def fill_with_history(store: Store, count: int) -> None:
    """Write what `count` replies of 2020 left behind: ten values of each and no bytes, which only a replay reads.

    The store must be new, but for an open period; it is a SQLite file.
    """
    values: dict[str, str | int] = {"at": _AT, "count": count}
    with store.engine.begin() as connection:
        for statement in _STATEMENTS:
            connection.execute(text(statement), {k: v for k, v in values.items() if f":{k}" in statement})
