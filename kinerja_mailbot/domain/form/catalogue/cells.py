"""What is said of one cell when it is read: absences, figures, dates, choices, texts."""

from __future__ import annotations

from kinerja_mailbot.domain.form.catalogue.message import Message
from kinerja_mailbot.domain.form.value import CellOutcome

_INFO, _CHECK, _FIX = CellOutcome.INFO, CellOutcome.CHECK, CellOutcome.FIX
_ASK = "mohon tulis angka saja, misalnya {example}"
_WHICH = "mohon pastikan apakah yang dimaksud (a) {first} atau (b) {second}, lalu tulis angka saja, misalnya {example}"
_IN_ITS_UNIT = "mohon tulis angka sesuai satuannya, misalnya {example}"

# Absences
ERROR_SHOWN = Message(
    id="K-001",
    hasil=_FIX,
    apa="Sel menampilkan galat {said}",
    lakukan="mohon hapus rumusnya, lalu tulis nilainya secara langsung",
    contoh="#REF!",
)
UNCALCULATED = Message(
    id="K-002",
    hasil=_FIX,
    apa="Sel berisi rumus tanpa hasil",
    lakukan="mohon buka berkas di Excel atau LibreOffice, simpan ulang, atau tulis nilainya secara langsung",
    contoh="=B2*2, ditulis oleh program tanpa hasil hitungan",
)
NIHIL_HERE = Message(
    id="K-003",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan isian ini memerlukan nilai",
    lakukan="mohon tulis 0 apabila hasilnya memang nol",
    contoh="Nihil pada isian nilai",
)
NIHIL_OR_NOT_MEASURED = Message(
    id="K-004",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan isian ini memerlukan nilai",
    lakukan='mohon tulis 0 apabila hasilnya memang nol, atau "Tidak diukur" apabila tidak diukur pada periode ini',
    contoh="Nihil pada isian persen",
)
NOT_MEASURED_HERE = Message(
    id="K-005",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan isian ini memerlukan nilai",
    lakukan="mohon tulis nilainya",
    contoh="N/A pada isian rupiah",
)
NOT_MEASURED = Message(
    id="K-006",
    hasil=_INFO,
    apa='Tertulis {said}, kami catat sebagai "tidak diukur pada periode ini"',
    lakukan="mohon alasannya tercantum pada kolom keterangan",
    contoh="N/A",
)
EMPTY = Message(
    id="K-007", hasil=_FIX, apa="Sel ini belum terisi", lakukan="mohon diisi {what}", contoh="sel wajib yang kosong"
)
READ_AS_EMPTY = Message(
    id="K-008",
    hasil=_FIX,
    apa="Tertulis {said}, kami baca sebagai belum terisi",
    lakukan="mohon diisi {what}",
    contoh="-",
)

# Figures of every kind
LETTERS_IN_DIGITS = Message(
    id="K-101",
    hasil=_FIX,
    apa="Tertulis {said}, angka bercampur huruf (misalnya huruf O untuk angka 0)",
    lakukan=_ASK,
    contoh="lOO%",
)
FRACTION = Message(
    id="K-102", hasil=_FIX, apa="Tertulis {said} dalam bentuk perbandingan", lakukan=_ASK, contoh="3 dari 4"
)
NOT_EXACT = Message(
    id="K-103",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan realisasi memerlukan satu angka pasti",
    lakukan=_ASK,
    contoh="80 - 90%",
)
DITTO_FIGURE = Message(
    id="K-104",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan setiap baris memerlukan angkanya sendiri",
    lakukan=_ASK,
    contoh="sda",
)
ATTACHED = Message(
    id="K-105",
    hasil=_FIX,
    apa="Tertulis {said}",
    lakukan="mohon angkanya ditulis pada sel ini, misalnya {example}",
    contoh="terlampir",
)
UNCLEAR_MARKS = Message(
    id="K-106",
    hasil=_FIX,
    apa="Tertulis {said}, susunan titik dan komanya belum dapat dipastikan",
    lakukan=_ASK,
    contoh="1.234.56",
)
NO_FIGURE = Message(
    id="K-107",
    hasil=_FIX,
    apa="Tertulis {said}, belum dapat kami baca sebagai angka",
    lakukan=_ASK,
    contoh="delapan puluh",
)
BECAME_DATE = Message(
    id="K-108",
    hasil=_FIX,
    apa='Sel berisi tanggal atau waktu ({said}), kemungkinan berasal dari pecahan seperti "3/4" yang diubah oleh Excel',
    lakukan=_ASK,
    contoh="3 April 2026 pada isian angka",
)
WHICH_OF_TWO = Message(
    id="K-109",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan satuannya {satuan}",
    lakukan=_WHICH,
    contoh="12.500 pada isian persen",
)
WHICH_OF_TWO_NUMBERS = Message(
    id="K-113", hasil=_FIX, apa="Tertulis {said}", lakukan=_WHICH, contoh="12,500 pada isian jumlah temuan"
)
NEGATIVE = Message(
    id="K-110",
    hasil=_FIX,
    apa="Tertulis {said}, terbaca sebagai angka negatif",
    lakukan="mohon tulis angka tanpa tanda kurung atau tanda minus, misalnya {example}",
    contoh="(1.000)",
)
PERCENT_HERE = Message(
    id="K-111",
    hasil=_FIX,
    apa="Tertulis {said} dalam persen, sedangkan satuannya {satuan}",
    lakukan=_IN_ITS_UNIT,
    contoh="100% pada isian jumlah laporan",
)
PERCENT_WITHOUT_UNIT = Message(
    id="K-114", hasil=_FIX, apa="Tertulis {said} dalam persen", lakukan=_IN_ITS_UNIT, contoh="100% pada jumlah temuan"
)
READ_NUMBER = Message(id="K-112", hasil=_INFO, apa="Tertulis {said}, kami baca {read}", contoh="1,234,567")

# Percent, counts, scores, rupiah
PERCENT_TIMES_100 = Message(
    id="K-121",
    hasil=_FIX,
    apa="Sel menampilkan {said}",
    lakukan="mohon pastikan apakah yang dimaksud {read}% dan tulis angka saja, misalnya 85,5",
    contoh="8500%",
)
PERCENT_TOO_LARGE = Message(
    id="K-122",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan satuannya persen",
    lakukan="mohon periksa letak komanya dan tulis angka saja, misalnya 85,5",
    contoh="8500",
)
PERCENT_UNUSUAL = Message(
    id="K-123",
    hasil=_CHECK,
    apa="Terbaca {read}%, jauh di atas 100%",
    lakukan="mohon dipastikan",
    contoh="250",
)
UNIT_UNKNOWN = Message(
    id="K-131",
    hasil=_CHECK,
    apa="Tertulis {said}, kami baca {read}",
    lakukan="mohon dipastikan",
    contoh="3 berkas pada jumlah temuan",
)
OTHER_UNIT = Message(
    id="K-132",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan satuannya {satuan}",
    lakukan="mohon pastikan jumlahnya dalam {satuan}, lalu tulis angka saja, misalnya {read}",
    contoh="11 dok pada satuan laporan",
)
NOT_WHOLE = Message(
    id="K-133",
    hasil=_FIX,
    apa="Tertulis {said}, sedangkan isian ini berupa jumlah",
    lakukan="mohon tulis bilangan bulat, misalnya 12",
    contoh="2,5",
)
SCORE_ABOVE_100 = Message(
    id="K-141",
    hasil=_CHECK,
    apa="Terbaca {read}, di atas 100",
    lakukan="mohon dipastikan letak komanya",
    contoh="6905",
)
ROUNDED_WORDS = Message(
    id="K-151",
    hasil=_CHECK,
    apa="Tertulis {said}, kami baca {read}",
    lakukan="mohon dipastikan dan apabila itu pembulatan, mohon tulis angka penuh",
    contoh="29,2 M",
)
SCALED_HEADER = Message(
    id="K-152",
    hasil=_FIX,
    apa='Judul kolom "{header}" menunjukkan satuan lain, sedangkan yang diperlukan rupiah penuh',
    lakukan="mohon tulis {said} dalam rupiah penuh, misalnya 12500000",
    contoh="12500 di bawah judul (dalam ribuan)",
)
SMALL_AMOUNT = Message(
    id="K-153",
    hasil=_CHECK,
    apa="Terbaca {read}",
    lakukan="mohon dipastikan bahwa nilainya dalam rupiah penuh",
    contoh="29",
)
UNIT_OF_MONEY = Message(
    id="K-154",
    hasil=_FIX,
    apa="Tertulis {said}, satuannya belum dapat dipastikan (rupiah, ribu, atau juta)",
    lakukan="mohon tulis rupiah penuh tanpa koma, misalnya 1000000",
    contoh="29,2 pada isian rupiah",
)
ROUNDED_SEN = Message(
    id="K-155", hasil=_INFO, apa="Tertulis {said}, kami bulatkan menjadi {read}", contoh="1234567,5 pada isian rupiah"
)
