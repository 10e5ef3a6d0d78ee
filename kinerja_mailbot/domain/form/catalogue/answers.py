"""What is said of answers that a respondent wrote into his mail instead of a file."""

from __future__ import annotations

from kinerja_mailbot.domain.form.catalogue.message import Message
from kinerja_mailbot.domain.form.value import CellOutcome

_INFO = CellOutcome.INFO

NO_SUCH_NUMBER = Message(
    id="K-601",
    hasil=_INFO,
    apa="Nomor {number} tidak tercantum pada daftar yang dijawab",
    lakukan="mohon diperiksa nomornya",
    contoh="9a, sedangkan daftarnya sampai nomor 4",
)
SETTLED = Message(
    id="K-602",
    hasil=_INFO,
    apa="Nomor {number} sudah selesai sehingga jawabannya tidak mengubah data",
    contoh="jawaban atas surel perbaikan yang lama",
)
NO_SUCH_CHOICE = Message(
    id="K-603",
    hasil=_INFO,
    apa="Nomor {number} dijawab {said}, sedangkan pilihan itu tidak ada",
    lakukan="mohon dijawab dengan {choices}",
    contoh="1c, sedangkan pilihannya a atau b",
)
SEVERAL_CELLS = Message(
    id="K-604",
    hasil=_INFO,
    apa="Nomor {number} memuat {count} sel sehingga satu jawaban belum cukup",
    lakukan='mohon dijawab untuk setiap sel, misalnya "{cell}: 12", atau melalui berkas terlampir',
    contoh="3: 85,5, sedangkan nomor 3 memuat dua sel",
)
CONTRADICTION = Message(
    id="K-605",
    hasil=_INFO,
    apa="Nomor {number} dijawab lebih dari satu kali dengan jawaban yang berbeda",
    lakukan="mohon dijawab sekali saja",
    contoh="1a dan 1b dalam satu surel",
)
NOT_UNDERSTOOD = Message(
    id="K-606",
    hasil=_INFO,
    apa="Jawaban nomor {number} ({said}) belum dapat kami pastikan",
    lakukan="mohon dijawab dengan {how}",
    contoh="1 mungkin a",
)
NOT_ENOUGH = Message(
    id="K-607",
    hasil=_INFO,
    apa="Nomor {number} memerlukan isian, bukan pernyataan benar",
    lakukan="mohon dijawab dengan {how}",
    contoh="2 benar, sedangkan selnya belum terisi",
)
FILE_COUNTS = Message(
    id="K-608",
    hasil=_INFO,
    apa="Surel memuat jawaban bernomor dan berkas isian; yang kami catat adalah berkasnya",
    contoh="1a pada isi surel, beserta berkas yang telah diperbaiki",
)
REASON_KEPT = Message(
    id="K-610",
    hasil=_INFO,
    apa="Alasan pada jawaban nomor {number} kami simpan bersama surelnya karena lembar tersebut tidak memiliki kolom "
    "keterangan",
    contoh="3 benar: hasil rapat, untuk lembar LHP",
)
WHICH_LIST = Message(
    id="K-609",
    hasil=_INFO,
    apa="Jawaban bernomor belum dapat kami hubungkan dengan salah satu surel perbaikan",
    lakukan="mohon membalas surel perbaikan yang memuat nomor tersebut",
    contoh="1a pada surel baru, sedangkan ada dua surel perbaikan",
)
