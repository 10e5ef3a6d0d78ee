"""How long, and until when: time as people write it in an order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from kinerja_mailbot.domain.sop.changes import Lama

_COUNT = {
    word: number
    for number, word in enumerate(
        ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"],
        start=1,
    )
}
_DAYS = {"senin": 0, "selasa": 1, "rabu": 2, "kamis": 3, "jumat": 4, "sabtu": 5, "minggu": 6}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari pebruari feb",
            "maret mar",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "agustus agu ags",
            "september sep sept",
            "oktober okt",
            "november nopember nov nop",
            "desember des",
        ),
        start=1,
    )
    for name in names.split()
}
_WORK_WEEK = 5  # days
_NUMBER = rf"(?:\d{{1,3}}(?:[.,]5)?|{'|'.join(_COUNT)}|setengah)"
_LAMA = re.compile(
    rf"\b(?:selama\s+)?(?:(?P<n>{_NUMBER})(?:\s*\(\s*[\w ]+\))?\s*(?P<half>setengah)?\s*|(?P<one>se))"
    r"(?P<unit>hari|jam|menit|minggu|pekan)\b(?:\s+kerja)?(?:\s+lagi)?",
    re.IGNORECASE,
)
# "2 hari kerja", "dua (2) hari", "satu setengah hari", "sejam", "90 menit"; several are one: "2 hari 3 jam"
_AND = re.compile(r"[\s,]*(?:(?:dan|tambah|ditambah|lebih)\s+)?", re.IGNORECASE)
_SMALLER = ("minggu", "pekan", "hari", "jam", "menit")

HINGGA = re.compile(
    rf"""
    (?:\b(?:sampai(?:\s+dengan)?|hingga|sd|menjadi|s\.d\.|s/d)|\bs\.d)\s+(?:hari\s+)?
    (?=[a-z0-9])
    (?P<hari>{"|".join(_DAYS)}|jum'at|ahad|besok|lusa)?(?:\s+(?P<depan>depan))?(?:\s+ini)?[\s,]*
    (?:(?:tanggal|tgl\.?)\s*)?
    (?:(?P<tanggal>\d{{1,2}})
       (?:\s*(?P<bulan>{"|".join(sorted(_MONTHS, key=len, reverse=True))})\b
          |\s*[/-]\s*(?P<angka>\d{{1,2}})\b|(?![\d.:]))
       (?:[\s/-]*(?P<tahun>20\d\d))?)?[\s,]*
    (?:(?:pukul|jam|pkl\.?)\s*(?P<jam>\d{{1,2}})(?:[.:](?P<menit>\d\d))?(?:\s*wit\b)?)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A new deadline: "sampai Jumat 9 Oktober pukul 12.00", "s.d. 9/10/2026", "hingga besok"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hingga:
    """A deadline as an order names it; whatever it leaves out, the day on which it is read completes."""

    hari: int | None = None  # 0 is Monday
    depan: bool = False  # "Jumat depan": of the next week
    geser: int | None = None  # days from today: "besok" is 1
    tanggal: int | None = None
    bulan: int | None = None
    tahun: int | None = None
    pukul: time | None = None

    def day_from(self, today: date) -> date | None:
        """Return the day that is meant, today or later; None when there is no such day, or its parts disagree.

        >>> Hingga(hari=4).day_from(date(2026, 10, 6)), Hingga(tanggal=9, bulan=10, hari=0).day_from(date(2026, 10, 6))
        (datetime.date(2026, 10, 9), None)
        """
        later = (today.fromordinal(today.toordinal() + n) for n in range(self.geser or 0, 367))
        if self.geser is not None or (self.tanggal is None and self.hari is None):
            return next(later)
        if self.tanggal is None and self.depan:
            monday = today.toordinal() - today.weekday() + 7
            return date.fromordinal(monday + (self.hari or 0))
        fitting = (day for day in later if self._fits(day) and (self.tanggal is not None or day > today))
        found = next(fitting, None)
        return None if found is None or self.hari not in {None, found.weekday()} else found

    def _fits(self, day: date) -> bool:
        if self.tanggal is None:
            return day.weekday() == self.hari
        return day.day == self.tanggal and self.bulan in {None, day.month} and self.tahun in {None, day.year}


def lamas_in(text: str) -> tuple[tuple[str, Lama], ...]:
    """Return the amounts of time in a text, each as it is written and as it is meant.

    >>> [lama for _, lama in lamas_in("dua hari; satu setengah hari; 3 jam kerja; seminggu; setengah jam")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [Lama(hari=2, setengah=False, menit=0), Lama(hari=1, setengah=True, menit=0),
     Lama(hari=0, setengah=False, menit=180), Lama(hari=5, setengah=False, menit=0),
     Lama(hari=0, setengah=False, menit=30)]
    >>> lamas_in("perpanjang 2 hari dan 3 jam kerja karena banjir")
    (('2 hari dan 3 jam kerja', Lama(hari=2, setengah=False, menit=180)),)
    """
    runs: list[list[re.Match[str]]] = []
    for found in _LAMA.finditer(text):
        if runs and _goes_on(runs[-1][-1], found):
            runs[-1].append(found)
        else:
            runs.append([found])
    summed = ((run, [_lama_of(found) for found in run]) for run in runs)
    return tuple(
        (text[run[0].start() : run[-1].end()], _sum(lama for lama in parts if lama is not None))
        for run, parts in summed
        if None not in parts
    )


def _goes_on(before: re.Match[str], found: re.Match[str]) -> bool:
    """Tell whether an amount goes on with a smaller unit: the hours after the days."""
    between = before.string[before.end() : found.start()]
    smaller = _SMALLER.index(before["unit"].casefold()) < _SMALLER.index(found["unit"].casefold())
    return smaller and _AND.fullmatch(between) is not None


def _sum(parts: Iterable[Lama]) -> Lama:
    total = Lama()
    for part in parts:
        total = Lama(total.hari + part.hari, total.setengah or part.setengah, total.menit + part.menit)
    return total


def _lama_of(found: re.Match[str]) -> Lama | None:
    """Return one amount; None for nothing at all or half an hour of half a minute."""
    written = (found["n"] or "1").casefold()
    halved = bool(found["half"]) or written == "setengah" or written.endswith((",5", ".5"))
    whole = 0 if written == "setengah" else _COUNT.get(written) or int(re.split(r"[.,]", written)[0])
    lama = _amount(whole, halved, found["unit"].casefold())
    return lama if lama != Lama() else None


def hingga_of(found: re.Match[str]) -> Hingga | None:
    """Return the deadline that `HINGGA` found; None when it names neither a day nor an hour that exist.

    >>> hingga_of(HINGGA.search("sampai Jumat 9 Oktober pukul 12.00"))
    Hingga(hari=4, depan=False, geser=None, tanggal=9, bulan=10, tahun=None, pukul=datetime.time(12, 0))
    """
    word = (found["hari"] or "").casefold().replace("'", "").replace("ahad", "minggu")
    month = found["bulan"] or ""
    hour, minute = found["jam"], int(found["menit"] or 0)
    if not (word or found["tanggal"] or hour) or (hour and (int(hour) > 23 or minute > 59)):
        return None
    return Hingga(
        hari=_DAYS.get(word),
        depan=bool(found["depan"]),
        geser={"besok": 1, "lusa": 2}.get(word),
        tanggal=int(found["tanggal"]) if found["tanggal"] else None,
        bulan=_MONTHS.get(month.casefold()) or (int(found["angka"]) if found["angka"] else None),
        tahun=int(found["tahun"]) if found["tahun"] else None,
        pukul=time(int(hour), minute) if hour else None,
    )


def _amount(whole: int, halved: bool, unit: str) -> Lama | None:
    match unit:
        case "hari":
            return Lama(hari=whole, setengah=halved)
        case "jam":
            return Lama(menit=whole * 60 + 30 * halved)
        case "menit":
            return Lama(menit=whole)
        case _:
            return None if halved else Lama(hari=whole * _WORK_WEEK)
