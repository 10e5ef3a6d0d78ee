"""The way the office writes dates, times, durations, numbers and money in Indonesian (PUEBI/EYD)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal

_HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_URUTAN = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh", "kedelapan", "kesembilan")
# A dot between letters makes a link of a word in most mail programs, unless the word is a file's name.
_LINKING_DOT = re.compile(r"(?<=\w)\.(?!(?:xls[xmb]?|ods|csv|pdf|docx?|jpe?g|png)\b)(?=[^\W\d_])", re.IGNORECASE)
_TO_INDONESIAN = str.maketrans(",.", ".,")
_PERCENT_UNITS = frozenset({"%", "persen"})


def hari(day: date) -> str:
    """Return the name of the weekday.

    >>> hari(date(2026, 10, 6))
    'Selasa'
    """
    return _HARI[day.weekday()]


def tanggal(day: date) -> str:
    """Return the date without a leading zero.

    >>> tanggal(date(2026, 1, 5))
    '5 Januari 2026'
    """
    return f"{day.day} {_BULAN[day.month - 1]} {day.year}"


def hari_tanggal(day: date) -> str:
    """Return weekday and date.

    >>> hari_tanggal(date(2026, 10, 6))
    'Selasa, 6 Oktober 2026'
    """
    return f"{hari(day)}, {tanggal(day)}"


def pukul(at: datetime, zona: tzinfo, singkatan: str) -> str:
    """Return the clock time in the zone, with a dot and the zone's name; `at` is aware.

    >>> from datetime import timezone, timedelta
    >>> pukul(datetime(2026, 10, 6, 0, 5, tzinfo=timezone.utc), timezone(timedelta(hours=9)), "WIT")
    '09.05 WIT'
    """
    return f"{at.astimezone(zona):%H.%M} {singkatan}"


def waktu(at: datetime, zona: tzinfo, singkatan: str) -> str:
    """Return weekday, date and time in the zone; `at` is aware.

    >>> from datetime import timezone, timedelta
    >>> waktu(datetime(2026, 10, 6, 7, 0, tzinfo=timezone.utc), timezone(timedelta(hours=9)), "WIT")
    'Selasa, 6 Oktober 2026 pukul 16.00 WIT'
    """
    return f"{hari_tanggal(at.astimezone(zona).date())} pukul {pukul(at, zona, singkatan)}"


def waktu_singkat(at: datetime, zona: tzinfo) -> str:
    """Return day, month and time for a narrow table cell; year and zone stand above the table.

    >>> from datetime import timezone, timedelta
    >>> waktu_singkat(datetime(2026, 10, 6, 7, 0, tzinfo=timezone.utc), timezone(timedelta(hours=9)))
    '6 Okt 16.00'
    """
    local = at.astimezone(zona)
    return f"{local.day} {_BULAN[local.month - 1][:3]} {local:%H.%M}"


def desimal(nilai: Decimal, digit: int = 2) -> str:
    """Return the number rounded half up, with a decimal comma and dots between thousands.

    >>> desimal(Decimal("103.095")), desimal(Decimal("1234.5")), desimal(Decimal("-0.001"))
    ('103,10', '1.234,50', '0,00')
    """
    rounded = nilai.quantize(Decimal(1).scaleb(-digit), ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:,f}".translate(_TO_INDONESIAN)


def angka(nilai: Decimal) -> str:
    """Return the number with as many decimals as it has.

    >>> angka(Decimal("12500")), angka(Decimal("85.50")), angka(Decimal("1E+3"))
    ('12.500', '85,5', '1.000')
    """
    exponent = nilai.normalize().as_tuple().exponent
    return desimal(nilai, max(-exponent, 0) if isinstance(exponent, int) else 2)


def rupiah(nilai: Decimal) -> str:
    """Return an amount in whole rupiah.

    >>> rupiah(Decimal("1234567")), rupiah(Decimal("-500"))
    ('Rp1.234.567', '-Rp500')
    """
    digits = desimal(nilai, 0)
    return f"-Rp{digits[1:]}" if digits.startswith("-") else f"Rp{digits}"


def persen(nilai: Decimal) -> str:
    """Return a percentage with two decimals.

    >>> persen(Decimal("103.1"))
    '103,10%'
    """
    return f"{desimal(nilai)}%"


def ukuran(nilai: Decimal | date | str, satuan: str = "") -> str:
    """Return a stored value with its satuan; words ("BB", "tidak diukur", "nihil") stand alone.

    >>> ukuran(Decimal("85.5"), "%"), ukuran(Decimal(2), "laporan"), ukuran(Decimal("69.05"), "nilai")
    ('85,5%', '2 laporan', '69,05')
    >>> ukuran(Decimal(1500000), "rupiah"), ukuran(date(2026, 1, 5)), ukuran("BB", "predikat")
    ('Rp1.500.000', '5 Januari 2026', 'BB')
    """
    if isinstance(nilai, str):
        return str(nilai)
    if isinstance(nilai, date):
        return tanggal(nilai)
    word = satuan.strip().casefold()
    if word in _PERCENT_UNITS:
        return f"{angka(nilai)}%"
    if word in ("rupiah", "rp"):
        return rupiah(nilai)
    if word in ("tahun", ""):
        return str(nilai.normalize().quantize(Decimal(1))) if word == "tahun" else angka(nilai)
    return angka(nilai) if word in ("nilai", "indeks", "skor", "predikat") else f"{angka(nilai)} {satuan.strip()}"


def lama_kerja(menit: int) -> str:
    """Return net working minutes in words; whoever is late gets the same words, the sign is the caller's.

    >>> lama_kerja(400), lama_kerja(60), lama_kerja(-45), lama_kerja(0)
    ('6 jam 40 menit kerja', '1 jam kerja', '45 menit kerja', '0 menit kerja')
    """
    hours, minutes = divmod(abs(menit), 60)
    parts = [f"{hours} jam"] * bool(hours) + [f"{minutes} menit"] * bool(minutes or not hours)
    return f"{' '.join(parts)} kerja"


def ukuran_berkas(byte: int) -> str:
    """Return a file size as people know it, in decimal units.

    >>> ukuran_berkas(830), ukuran_berkas(18432), ukuran_berkas(2_500_000)
    ('830 byte', '18 KB', '2,5 MB')
    """
    if byte < 1000:
        return f"{byte} byte"
    if byte < 1_000_000:
        return f"{desimal(Decimal(byte) / 1000, 0)} KB"
    return f"{desimal(Decimal(byte) / 1_000_000, 1)} MB"


def urutan(nomor: int) -> str:
    """Return an ordinal in words.

    >>> urutan(3), urutan(12)
    ('ketiga', 'ke-12')
    """
    return _URUTAN[nomor - 1] if 1 <= nomor <= len(_URUTAN) else f"ke-{nomor}"


def rangkai(butir: Sequence[str], penghubung: str = "dan") -> str:
    """Join items as a sentence does; items that hold commas themselves are parted by semicolons.

    >>> rangkai(["a"]), rangkai(["a", "b"]), rangkai(["a", "b", "c"])
    ('a', 'a dan b', 'a, b, dan c')
    >>> rangkai(["Keuangan, Umum, dan Logistik", "Sekretaris"])
    'Keuangan, Umum, dan Logistik; dan Sekretaris'
    """
    if len(butir) > 1 and any(", " in item for item in butir):
        return f"{'; '.join(butir[:-1])}; {penghubung} {butir[-1]}"
    if len(butir) <= 2:
        return f" {penghubung} ".join(butir)
    return f"{', '.join(butir[:-1])}, {penghubung} {butir[-1]}"


def ringkas(teks: str, panjang: int) -> str:
    """Return the text in one line, cut with an ellipsis when it is longer than `panjang` characters.

    >>> ringkas("satu  dua\\ntiga", 20), ringkas("satu dua tiga", 9)
    ('satu dua tiga', 'satu dua…')
    """
    line = " ".join(teks.split())
    return line if len(line) <= panjang else f"{line[: panjang - 1].rstrip()}…"


def tanpa_tautan(teks: str) -> str:
    """Return a stranger's words so that no mail program makes a link of them.

    >>> tanpa_tautan("Klik https://www.jahat.example/x, nilai 2.5, isian.xlsx")
    'Klik https: //www. jahat. example/x, nilai 2.5, isian.xlsx'
    """
    return _LINKING_DOT.sub(". ", teks.replace("://", ": //"))
