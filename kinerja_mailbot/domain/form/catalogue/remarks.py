"""What is said of a file or a sheet as a whole; none of it keeps a value from being stored."""

from __future__ import annotations

from kinerja_mailbot.domain.form.catalogue.message import Message
from kinerja_mailbot.domain.form.value import CellOutcome

_INFO = CellOutcome.INFO


def _remark(number: str, apa: str, contoh: str) -> Message:
    return Message(id=number, hasil=_INFO, apa=apa, contoh=contoh)


# The file, as the sandbox finds it
MACROS = _remark(
    "K-501", "Berkas memuat makro. Makro tidak dijalankan; hanya isi selnya yang dibaca", "berkas .xlsm dengan makro"
)
LINKS = _remark(
    "K-502",
    "Berkas memuat tautan ke buku kerja lain. Angka dari tautan dibaca sebagaimana terakhir tersimpan",
    "='[Rekap.xlsx]Sheet1'!A1",
)
PIVOT = _remark(
    "K-503",
    "Berkas memuat tabel pivot beserta salinan data sumbernya. Salinan itu ikut terkirim meskipun tidak tampak; kami "
    "tidak membacanya",
    "tabel pivot pada lembar tambahan",
)
COMMENTS = _remark(
    "K-504",
    "Berkas memuat komentar pada sel. Komentar tidak kami baca; penjelasan yang diperlukan mohon dituliskan pada kolom "
    "isian",
    "komentar pada sel",
)
OBJECTS = _remark(
    "K-505",
    "Berkas memuat objek atau berkas lain yang disisipkan. Isinya ikut terkirim, tetapi tidak kami baca",
    "dokumen Word yang disisipkan",
)
MANY_SHEETS = _remark(
    "K-506",
    "Berkas memuat lebih dari {most} lembar; hanya {most} lembar pertama yang dibaca",
    "60 lembar",
)
SHEET_CUT = _remark(
    "K-507",
    'Lembar "{sheet}" sangat besar; yang dibaca hanya {rows} baris dan {columns} kolom pertama',
    "lembar dengan satu juta baris",
)
HIDDEN_SHEET = _remark(
    "K-508", 'Lembar "{sheet}" tersembunyi tetapi berisi data; isinya tetap dibaca', "lembar tersembunyi"
)
HIDDEN_ROWS = _remark(
    "K-509",
    'Lembar "{sheet}" memuat baris tersembunyi yang berisi data; baris itu tetap dibaca',
    "baris yang disaring",
)
HIDDEN_COLUMNS = _remark(
    "K-510",
    'Lembar "{sheet}" memuat kolom tersembunyi yang berisi data; kolom itu tetap dibaca',
    "kolom yang disembunyikan",
)

# The form in it
OLDER_VERSION = _remark(
    "K-521",
    "Berkas memakai format versi {theirs}, sedangkan yang berlaku versi {ours}; isian pada kolom yang masih digunakan "
    "tetap kami baca",
    "format triwulan lalu",
)
SHEET_MISSING = _remark("K-522", 'Lembar "{sheet}" tidak ditemukan pada berkas', "lembar Anggaran terhapus")
COLUMN_MISSING = _remark("K-523", 'Lembar "{sheet}": kolom "{column}" tidak ditemukan', "kolom terhapus")
COLUMN_ADDED = _remark(
    "K-524",
    'Lembar "{sheet}": kolom tambahan "{column}" tidak termasuk format sehingga tidak kami catat',
    "kolom Catatan yang ditambahkan",
)
KODE_MISSING = _remark("K-525", 'Lembar "{sheet}": kolom kode tidak ditemukan', "kolom Kode Indikator terhapus")
ROW_ADDED = _remark(
    "K-526",
    'Lembar "{sheet}" baris {line}: terdapat baris baru {named} yang tidak ada pada format sehingga belum kami catat; '
    "mohon kesediaan menyampaikannya kepada Subbagian Perencanaan",
    "IK-99 yang ditambahkan",
)
PRINTED_CHANGED = _remark(
    "K-527",
    'Lembar "{sheet}" sel {cell} ({label}): tertulis "{typed}", sedangkan pada format tercantum "{printed}"; yang kami '
    "gunakan tetap yang tercantum pada format",
    "target 80 diubah menjadi 75",
)
CAPAIAN_DIFFERS = _remark(
    "K-528",
    "{kode}: capaian pada berkas {theirs}, sedangkan hasil hitung kami {ours}; hasil hitung kami yang digunakan",
    "capaian 95% yang menurut hitungan 90%",
)
COPIED_TARGETS = _remark(
    "K-529",
    'Lembar "{sheet}": realisasi seluruh indikator sama dengan targetnya; apabila memang demikian, catatan ini dapat '
    "diabaikan",
    "kolom target disalin ke kolom realisasi",
)
