"""What is said when cells do not agree with each other, with the target, or with the period before."""

from __future__ import annotations

from kinerja_mailbot.domain.form.catalogue.message import Message
from kinerja_mailbot.domain.form.value import CellOutcome

_INFO, _CHECK, _FIX = CellOutcome.INFO, CellOutcome.CHECK, CellOutcome.FIX
_READ = "Terbaca {read}"

REQUIRED_IF = Message(
    id="K-301",
    hasil=_FIX,
    apa="Sel ini belum terisi",
    lakukan="mohon diisi karena {reason}",
    contoh="capaian 80% tanpa faktor penghambat",
)
ABOVE_LIMIT = Message(
    id="K-302",
    hasil=_FIX,
    apa=_READ + ', melebihi "{other}" sebesar {limit}',
    lakukan="mohon diperiksa dan diperbaiki",
    contoh="realisasi Rp12.000.000 pada pagu Rp10.000.000",
)
FALLING = Message(
    id="K-303",
    hasil=_FIX,
    apa=_READ + ", lebih kecil daripada realisasi periode lalu ({before})",
    lakukan="mohon diperiksa, atau mohon alasannya diisi pada {note}",
    contoh="realisasi kumulatif 5 setelah 7",
)
FALLING_EXPLAINED = Message(
    id="K-304",
    hasil=_INFO,
    apa=_READ + ", lebih kecil daripada realisasi periode lalu ({before})",
    lakukan="alasannya terbaca pada {note}",
    contoh="realisasi kumulatif 5 setelah 7, dengan alasan",
)
WRONG_SUM = Message(
    id="K-305",
    hasil=_FIX,
    apa=_READ + ", sedangkan jumlah {parts} komponennya {expected}",
    lakukan="mohon diperiksa nilai komponen atau jumlahnya",
    contoh="nilai total LHE 80, jumlah komponen 78,5",
)
WRONG_PREDIKAT = Message(
    id="K-306",
    hasil=_FIX,
    apa='Tertulis "{said}", sedangkan nilai {score} memperoleh predikat "{expected}"',
    lakukan="mohon diperiksa nilai atau predikatnya",
    contoh="predikat A pada nilai 70",
)
NOT_UNIQUE = Message(
    id="K-307",
    hasil=_FIX,
    apa="Isian {titles} sama dengan baris lain",
    lakukan="mohon pastikan setiap baris berbeda",
    contoh="nomor LHP yang sama pada dua baris",
)
NOT_ELSEWHERE = Message(
    id="K-308",
    hasil=_FIX,
    apa='Tertulis "{said}", belum tercantum pada lembar "{sheet}"',
    lakukan="mohon disamakan penulisannya atau dilengkapi pada lembar tersebut",
    contoh="nomor LHP pada TL HP yang tidak ada pada lembar LHP",
)
ELSEWHERE_NIHIL = Message(
    id="K-309",
    hasil=_CHECK,
    apa='Tertulis "{said}", belum tercantum pada lembar "{sheet}"',
    lakukan="mohon dipastikan",
    contoh="TL HP atas LHP tahun lalu, sedangkan lembar LHP dinyatakan nihil",
)
PART_ABOVE_TOTAL = Message(
    id="K-310",
    hasil=_FIX,
    apa=_READ + ", lebih kecil daripada realisasi triwulan ini ({part})",
    lakukan="mohon diperiksa",
    contoh="realisasi s.d. triwulan 3, realisasi triwulan ini 5",
)

OVERDUE = Message(
    id="K-311",
    hasil=_INFO,
    apa='Batas tindak lanjutnya {due}, sedangkan pada akhir periode statusnya "{status}"',
    contoh="rekomendasi LHP yang diterima 1 Maret 2026, belum ditindaklanjuti pada Triwulan III",
)

# Clear, but unlikely
TARGET_ZERO = Message(
    id="K-401",
    hasil=_CHECK,
    apa="Realisasi {read}, sedangkan targetnya 0",
    lakukan="mohon dipastikan",
    contoh="realisasi 5 pada target 0",
)
FAR_ABOVE = Message(
    id="K-402",
    hasil=_CHECK,
    apa="Capaian menurut hitungan kami {capaian}, jauh di atas target",
    lakukan="mohon dipastikan",
    contoh="realisasi 90 pada target 30",
)
FAR_BELOW = Message(
    id="K-403",
    hasil=_CHECK,
    apa="Capaian menurut hitungan kami {capaian}, jauh di bawah target",
    lakukan="mohon dipastikan",
    contoh="realisasi 2 pada target 80",
)
TYPED_CAPAIAN = Message(
    id="K-404",
    hasil=_INFO,
    apa="Tertulis {typed}, sedangkan hasil hitung kami {capaian}",
    contoh="capaian 95% yang menurut hitungan 90%",
)
TENFOLD = Message(
    id="K-405",
    hasil=_INFO,
    apa="Terbaca {read}, sedangkan realisasi periode lalu {before}",
    lakukan="kenaikannya sepuluh kali lipat atau lebih",
    contoh="850 setelah 80",
)
TENTH = Message(
    id="K-406",
    hasil=_INFO,
    apa="Terbaca {read}, sedangkan realisasi periode lalu {before}",
    lakukan="penurunannya menjadi sepersepuluh atau kurang",
    contoh="8 setelah 80",
)
LOWER = Message(
    id="K-407",
    hasil=_INFO,
    apa="Terbaca {read}, sedangkan realisasi periode lalu {before}",
    lakukan="posisinya menurun",
    contoh="75 setelah 80",
)
