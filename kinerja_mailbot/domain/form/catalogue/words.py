"""What is said of one cell that holds a date, a year, a choice or a text, and of the Nihil cell."""

from __future__ import annotations

from kinerja_mailbot.domain.form.catalogue.message import Message
from kinerja_mailbot.domain.form.value import CellOutcome

_INFO, _CHECK, _FIX = CellOutcome.INFO, CellOutcome.CHECK, CellOutcome.FIX

# Dates and years
DAY_OR_MONTH = Message(
    id="K-161",
    hasil=_FIX,
    apa="Tertulis tanggal {first}",
    lakukan="mohon pastikan apakah yang dimaksud (a) {first} atau (b) {second}, lalu tulis dengan nama bulan, misalnya "
    '"{second}"',
    contoh="8 Maret 2026 pada Triwulan III",
)
SERIAL_DAY = Message(
    id="K-162", hasil=_INFO, apa="Tertulis {said}, kami baca sebagai tanggal {read}", contoh="44931 pada isian tanggal"
)
MONTH_FIRST = Message(
    id="K-163",
    hasil=_INFO,
    apa="Tertulis {said} dengan urutan bulan/tanggal, kami baca sebagai {read}",
    contoh="01/13/2023",
)
NO_DATE = Message(
    id="K-164",
    hasil=_FIX,
    apa="Tertulis {said}, belum dapat kami baca sebagai tanggal",
    lakukan='mohon tulis tanggal, bulan, dan tahun, misalnya "5 Januari 2026"',
    contoh="minggu depan",
)
DAY_MISSING = Message(
    id="K-165",
    hasil=_FIX,
    apa="Tertulis {said}, tanggalnya belum disebutkan",
    lakukan='mohon tulis lengkap, misalnya "5 Januari 2026"',
    contoh="Januari 2023",
)
NO_YEAR = Message(
    id="K-171",
    hasil=_FIX,
    apa="Tertulis {said}, belum dapat kami baca sebagai tahun",
    lakukan="mohon tulis empat angka, misalnya 2026",
    contoh="2024/2025",
)

# Choices, yes and no
NO_CHOICE = Message(
    id="K-181",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan pilihan yang tersedia adalah {choices}",
    lakukan="mohon pilih salah satu",
    contoh="hampir",
)
READ_CHOICE = Message(
    id="K-182", hasil=_INFO, apa='Tertulis {said}, kami catat sebagai "{read}"', contoh="Selesai, untuk Sesuai"
)
YES_OR_NO = Message(
    id="K-183",
    hasil=_FIX,
    apa="Tertulis {said}, belum jelas ya atau tidak",
    lakukan='mohon tulis "Ya" atau "Tidak"',
    contoh="x",
)

# Texts
TOO_LONG = Message(
    id="K-191",
    hasil=_FIX,
    apa="Teks terlalu panjang ({length} karakter)",
    lakukan="mohon diringkas paling banyak {most} karakter dan rinciannya dilampirkan sebagai data dukung",
    contoh="lima halaman dalam satu sel",
)
NOTHING_ABOVE = Message(
    id="K-192",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan sel di atasnya belum terisi",
    lakukan="mohon tulis isinya secara lengkap",
    contoh="sda pada baris pertama",
)
COPIED_FROM_ABOVE = Message(
    id="K-193", hasil=_INFO, apa="Tertulis {said}, kami isi sama dengan sel di atasnya", contoh="sda"
)

# The sheet as a whole
DOUBLED_KODE = Message(
    id="K-201",
    hasil=_FIX,
    apa='Kode "{kode}" tertulis pada dua baris dengan isian berbeda',
    lakukan="mohon sisakan satu baris yang benar",
    contoh="IK-01 tertulis dua kali",
)
NIHIL_UNCLEAR = Message(
    id="K-202",
    hasil=_FIX,
    apa="Tertulis {said}",
    lakukan='mohon tulis "Ya" apabila memang tidak ada data, atau kosongkan sel ini dan isi tabelnya',
    contoh="mungkin, pada sel Nihil",
)
NIHIL_BESIDE_ROWS = Message(
    id="K-203",
    hasil=_FIX,
    apa='Lembar "{sheet}" dinyatakan nihil, tetapi tabelnya berisi data',
    lakukan="mohon kosongkan pernyataan nihil atau hapus isi tabelnya",
    contoh="Ya pada sel Nihil di atas tabel yang terisi",
)
SHEET_EMPTY = Message(
    id="K-204",
    hasil=_FIX,
    apa='Lembar "{sheet}" belum terisi',
    lakukan='mohon isi tabelnya, atau pilih "Ya" pada sel Nihil ini',
    contoh="lembar LHP tanpa isian dan tanpa pernyataan nihil",
)
