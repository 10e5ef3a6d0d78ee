"""Why a reply brought no form that counts, and the one step that mends it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Hambatan(StrEnum):
    """Why a reply of a respondent brought no form that counts."""

    TANPA_LAMPIRAN = "tanpa lampiran"
    HANYA_PDF_ATAU_FOTO = "hanya PDF atau foto"
    TERKUNCI = "berkas terkunci sandi"
    RUSAK = "berkas tidak dapat dibaca"
    TERLALU_BESAR = "berkas terlalu besar"
    SUREL_TERLALU_BESAR = "surel terlalu besar"
    BUKAN_FORMAT = "bukan format kami"
    BUKAN_XLSX = "bernama Excel, isinya bukan"
    DOKUMEN_WORD = "dokumen Word"
    KEMASAN_LAIN = "kemasan yang tidak dapat dibuka"
    KEMASAN_KOSONG = "kemasan tanpa berkas"
    KEMASAN_PENUH = "kemasan berisi terlalu banyak berkas"
    WINMAIL = "winmail.dat yang tidak utuh"
    SUREL_TANPA_FORMAT = "surel terlampir tanpa format"
    FORMAT_KOSONG = "format masih kosong"
    FORMAT_UNIT_LAIN = "format unit lain"
    FORMAT_PERIODE_LAIN = "format periode lain"
    FORMAT_PERIODE_DITUTUP = "format periode yang telah ditutup"
    FORMAT_VERSI_LAMA = "format versi lama"
    LEBIH_DARI_SATU = "lebih dari satu format"
    TAUTAN = "hanya tautan"
    JAWABAN_BELUM_JELAS = "jawaban belum jelas"


class _Kalimat(NamedTuple):
    """What we found, and the step that mends it, which follows "Mohon"."""

    temuan: str
    langkah: str


# {berkas} names the file, {rincian} the other unit or period, or the files among which one is to be chosen.
_KALIMAT: dict[Hambatan, _Kalimat] = {
    Hambatan.TANPA_LAMPIRAN: _Kalimat(
        "Surel telah kami terima, tetapi berkas isian belum terlampir.",
        "membalas surel ini dengan melampirkan berkas yang telah diisi.",
    ),
    Hambatan.HANYA_PDF_ATAU_FOTO: _Kalimat(
        "{berkas} telah kami terima dan kami simpan sebagai data dukung, tetapi angkanya belum dapat kami rekap karena "
        "bukan berkas Excel.",
        "mengisi format Excel terlampir, kemudian membalas surel ini dengan melampirkannya.",
    ),
    Hambatan.TERKUNCI: _Kalimat(
        "{berkas} terkunci dengan kata sandi sehingga belum dapat kami baca.",
        "menyimpan ulang berkas tanpa kata sandi, kemudian mengirimkannya dengan membalas surel ini.",
    ),
    Hambatan.RUSAK: _Kalimat(
        "{berkas} belum dapat kami baca; kemungkinan berkas berubah pada saat disimpan atau dikirim.",
        "menyimpan ulang isian sebagai berkas .xlsx, kemudian mengirimkannya dengan membalas surel ini.",
    ),
    Hambatan.TERLALU_BESAR: _Kalimat(
        "{berkas} melebihi ukuran yang dapat kami baca.",
        "mengirim berkas isian saja, tanpa gambar dan lampiran lain, dengan membalas surel ini.",
    ),
    Hambatan.SUREL_TERLALU_BESAR: _Kalimat(
        "Surel telah kami terima, tetapi ukurannya melebihi batas sehingga lampirannya belum dapat kami baca.",
        "mengirim berkas isian saja, tanpa gambar dan lampiran lain, dengan membalas surel ini.",
    ),
    Hambatan.BUKAN_FORMAT: _Kalimat(
        "{berkas} telah kami terima, tetapi bukan format isian yang kami kirimkan.",
        "memindahkan isian ke format terlampir, kemudian mengirimkannya dengan membalas surel ini.",
    ),
    Hambatan.BUKAN_XLSX: _Kalimat(
        "{berkas} telah kami terima, tetapi tidak tersimpan sebagai buku kerja Excel (.xlsx).",
        "membuka berkas tersebut di Excel dan menyimpannya sebagai .xlsx, kemudian membalas surel ini dengan "
        "melampirkannya.",
    ),
    Hambatan.DOKUMEN_WORD: _Kalimat(
        "{berkas} merupakan dokumen Word sehingga angkanya belum dapat kami rekap.",
        "memindahkan isian ke format Excel terlampir, kemudian mengirimkannya dengan membalas surel ini.",
    ),
    Hambatan.KEMASAN_LAIN: _Kalimat(
        "{berkas} merupakan berkas kemasan (arsip) yang belum dapat kami buka.",
        "melampirkan berkas isian (.xlsx) secara langsung, tanpa dikemas, pada balasan surel ini.",
    ),
    Hambatan.KEMASAN_KOSONG: _Kalimat(
        "{berkas} telah kami terima, tetapi tidak memuat berkas di dalamnya.",
        "melampirkan berkas isian (.xlsx) secara langsung, tanpa dikemas, pada balasan surel ini.",
    ),
    Hambatan.KEMASAN_PENUH: _Kalimat(
        "{berkas} memuat terlalu banyak berkas sehingga belum kami buka.",
        "melampirkan berkas isian (.xlsx) secara langsung, tanpa dikemas, pada balasan surel ini.",
    ),
    Hambatan.WINMAIL: _Kalimat(
        "Surel telah kami terima, tetapi lampirannya tidak terkirim utuh oleh Outlook (winmail.dat).",
        "mengirim ulang berkas isian dengan membalas surel ini memakai format pesan HTML atau teks biasa.",
    ),
    Hambatan.SUREL_TANPA_FORMAT: _Kalimat(
        "Surel yang dilampirkan telah kami terima, tetapi di dalamnya tidak terdapat berkas isian.",
        "melampirkan berkas isian (.xlsx) secara langsung pada balasan surel ini.",
    ),
    Hambatan.FORMAT_KOSONG: _Kalimat(
        "{berkas} telah kami terima, tetapi kolom berwarna kuning belum terisi.",
        "mengisi kolom berwarna kuning, kemudian mengirimkan berkas dengan membalas surel ini.",
    ),
    Hambatan.FORMAT_UNIT_LAIN: _Kalimat(
        "{berkas} telah kami terima, tetapi merupakan format milik {rincian}; data kedua unit tidak kami ubah.",
        "mengisi format terlampir yang disiapkan untuk unit ini, kemudian mengirimkannya dengan membalas surel ini.",
    ),
    Hambatan.FORMAT_PERIODE_LAIN: _Kalimat(
        "{berkas} telah kami terima, tetapi merupakan format untuk {rincian}.",
        "mengisi format terlampir untuk periode ini, kemudian mengirimkannya dengan membalas surel ini.",
    ),
    Hambatan.FORMAT_PERIODE_DITUTUP: _Kalimat(
        "{berkas} telah kami terima, tetapi merupakan format untuk {rincian} yang telah ditutup.",
        "mengisi format terlampir untuk periode ini, kemudian mengirimkannya dengan membalas surel ini.",
    ),
    Hambatan.FORMAT_VERSI_LAMA: _Kalimat(
        "{berkas} telah kami terima, tetapi bukan versi format yang digunakan untuk permintaan ini.",
        "memindahkan isian ke format terlampir yang berlaku, kemudian mengirimkannya dengan membalas surel ini.",
    ),
    Hambatan.LEBIH_DARI_SATU: _Kalimat(
        "Kami menerima lebih dari satu format isian dengan isi yang berbeda dalam satu surel{rincian} sehingga belum "
        "ada yang kami catat.",
        "membalas surel ini dengan melampirkan satu berkas isian yang benar.",
    ),
    Hambatan.TAUTAN: _Kalimat(
        "Surel telah kami terima, tetapi berkas pada tautan di dalamnya belum dapat kami buka.",
        "mengunduh berkas tersebut, kemudian melampirkannya langsung pada balasan surel ini.",
    ),
    Hambatan.JAWABAN_BELUM_JELAS: _Kalimat(
        "Jawaban pada isi surel telah kami terima, tetapi belum mengubah data.",
        "menjawab nomor yang tercantum pada surel perbaikan dengan membalas surel tersebut, atau mengisi format "
        "terlampir.",
    ),
}
_UNNAMED = {
    Hambatan.FORMAT_UNIT_LAIN: "unit lain",
    Hambatan.FORMAT_PERIODE_LAIN: "periode lain",
    Hambatan.FORMAT_PERIODE_DITUTUP: "periode",
}


def what_was_found(hambatan: Hambatan, berkas: str, rincian: str = "") -> str:
    """Return the sentence that says what we found; `berkas` names the file ('Berkas "a.pdf"', 'Berkas yang dikirim').

    `rincian` names what the sentence is about: the other unit, the other period, the files of which one counts.

    >>> what_was_found(Hambatan.TERKUNCI, 'Berkas "tw3.xlsx"')
    'Berkas "tw3.xlsx" terkunci dengan kata sandi sehingga belum dapat kami baca.'
    >>> what_was_found(Hambatan.FORMAT_PERIODE_DITUTUP, "Berkas", "Triwulan II Tahun 2026")
    'Berkas telah kami terima, tetapi merupakan format untuk Triwulan II Tahun 2026 yang telah ditutup.'
    """
    about = rincian or _UNNAMED.get(hambatan, "")
    if hambatan is Hambatan.LEBIH_DARI_SATU and rincian:
        about = f" ({rincian})"
    return _KALIMAT[hambatan].temuan.format(berkas=berkas, rincian=about)


def what_to_do(hambatan: Hambatan, mohon: str = "Mohon") -> str:
    """Return the one step that mends it; the form that counts is always enclosed in the answer.

    `mohon` is how the sentence asks ("Mohon perkenan Bapak/Ibu" for the Sekretaris).

    >>> what_to_do(Hambatan.LEBIH_DARI_SATU)
    'Mohon membalas surel ini dengan melampirkan satu berkas isian yang benar.'
    """
    return f"{mohon} {_KALIMAT[hambatan].langkah}"


def set_aside(berkas: str, milik: str) -> str:
    """Return the notice about a form that came beside the one that counted; `milik` names its unit or period.

    >>> set_aside("b.xlsx", "Subbagian Teknis")
    'Berkas "b.xlsx" merupakan format untuk Subbagian Teknis dan tidak kami catat pada kiriman ini.'
    """
    return f'Berkas "{berkas}" merupakan format untuk {milik} dan tidak kami catat pada kiriman ini.'
