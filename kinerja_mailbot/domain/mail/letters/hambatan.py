"""Why a reply brought no form that counts, and the one step that mends it."""

from __future__ import annotations

from enum import StrEnum


class Hambatan(StrEnum):
    """Why a reply of a respondent brought no form that counts."""

    TANPA_LAMPIRAN = "tanpa lampiran"
    HANYA_PDF_ATAU_FOTO = "hanya PDF atau foto"
    TERKUNCI = "berkas terkunci sandi"
    RUSAK = "berkas tidak dapat dibaca"
    TERLALU_BESAR = "berkas terlalu besar"
    BUKAN_FORMAT = "bukan format kami"
    FORMAT_KOSONG = "format masih kosong"
    FORMAT_UNIT_LAIN = "format unit lain"
    FORMAT_PERIODE_LAIN = "format periode lain"
    LEBIH_DARI_SATU = "lebih dari satu format"
    TAUTAN = "hanya tautan"


def what_was_found(hambatan: Hambatan, berkas: str) -> str:
    """Return the sentence that says what we found; `berkas` names the file ('Berkas "a.pdf"', 'Berkas yang dikirim').

    >>> what_was_found(Hambatan.TERKUNCI, 'Berkas "tw3.xlsx"')
    'Berkas "tw3.xlsx" terkunci dengan kata sandi sehingga belum dapat kami baca.'
    """
    match hambatan:
        case Hambatan.TANPA_LAMPIRAN:
            return "Surel telah kami terima, tetapi berkas isian belum terlampir."
        case Hambatan.HANYA_PDF_ATAU_FOTO:
            return (
                f"{berkas} telah kami terima dan kami simpan sebagai data dukung, "
                "tetapi angkanya belum dapat kami rekap karena bukan berkas Excel."
            )
        case Hambatan.TERKUNCI:
            return f"{berkas} terkunci dengan kata sandi sehingga belum dapat kami baca."
        case Hambatan.RUSAK:
            return f"{berkas} belum dapat kami baca; kemungkinan berkas berubah pada saat disimpan atau dikirim."
        case Hambatan.TERLALU_BESAR:
            return f"{berkas} melebihi ukuran yang dapat kami baca."
        case Hambatan.BUKAN_FORMAT:
            return f"{berkas} telah kami terima, tetapi bukan format isian yang kami kirimkan."
        case Hambatan.FORMAT_KOSONG:
            return f"{berkas} telah kami terima, tetapi kolom berwarna kuning belum terisi."
        case Hambatan.FORMAT_UNIT_LAIN:
            return f"{berkas} telah kami terima, tetapi merupakan format milik unit lain."
        case Hambatan.FORMAT_PERIODE_LAIN:
            return f"{berkas} telah kami terima, tetapi merupakan format untuk periode lain."
        case Hambatan.LEBIH_DARI_SATU:
            return "Kami menerima lebih dari satu format isian dalam satu surel sehingga belum ada yang kami catat."
        case Hambatan.TAUTAN:
            return "Surel telah kami terima, tetapi berkas pada tautan di dalamnya belum dapat kami buka."


def what_to_do(hambatan: Hambatan, mohon: str = "Mohon") -> str:
    """Return the one step that mends it; the form that counts is always enclosed in the answer.

    `mohon` is how the sentence asks ("Mohon perkenan Bapak/Ibu" for the Sekretaris).

    >>> what_to_do(Hambatan.LEBIH_DARI_SATU)
    'Mohon membalas surel ini dengan melampirkan satu berkas isian yang benar.'
    """
    return f"{mohon} {_step(hambatan)}"


def _step(hambatan: Hambatan) -> str:
    match hambatan:
        case Hambatan.TANPA_LAMPIRAN:
            return "membalas surel ini dengan melampirkan berkas yang telah diisi."
        case Hambatan.HANYA_PDF_ATAU_FOTO:
            return "mengisi format Excel terlampir, kemudian membalas surel ini dengan melampirkannya."
        case Hambatan.TERKUNCI:
            return "menyimpan ulang berkas tanpa kata sandi, kemudian mengirimkannya dengan membalas surel ini."
        case Hambatan.RUSAK:
            return "menyimpan ulang isian sebagai berkas .xlsx, kemudian mengirimkannya dengan membalas surel ini."
        case Hambatan.TERLALU_BESAR:
            return "mengirim berkas isian saja, tanpa gambar dan lampiran lain, dengan membalas surel ini."
        case Hambatan.BUKAN_FORMAT:
            return "memindahkan isian ke format terlampir, kemudian mengirimkannya dengan membalas surel ini."
        case Hambatan.FORMAT_KOSONG:
            return "mengisi kolom berwarna kuning, kemudian mengirimkan berkas dengan membalas surel ini."
        case Hambatan.FORMAT_UNIT_LAIN:
            return (
                "mengisi format terlampir yang disiapkan untuk unit ini, kemudian mengirimkannya dengan membalas "
                "surel ini."
            )
        case Hambatan.FORMAT_PERIODE_LAIN:
            return "mengisi format terlampir untuk periode ini, kemudian mengirimkannya dengan membalas surel ini."
        case Hambatan.LEBIH_DARI_SATU:
            return "membalas surel ini dengan melampirkan satu berkas isian yang benar."
        case Hambatan.TAUTAN:
            return "mengunduh berkas tersebut, kemudian melampirkannya langsung pada balasan surel ini."
