"""The rekap's letter at a glance: a few measures with their bars, and what has changed since the edition before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.kinerja.changes import Perubahan
from kinerja_mailbot.domain.kinerja.rekap import Rekap, StatusCapaian
from kinerja_mailbot.domain.kinerja.source import as_text

FULL, EMPTY, WIDTH = "█", "░", 20
"""A bar is so many of these characters in a row; the letterhead draws it with colours where it can."""

_SECRET_SHEETS = frozenset({"LHP", "TL HP", "LHE"})  # words of the examiners travel in the workbook only
_WORDS = {
    "SESUAI": "telah sesuai",
    "BELUM_SESUAI": "belum sesuai",
    "BELUM_TL": "belum ditindaklanjuti",
    "TIDAK_DAPAT": "tidak dapat ditindaklanjuti",
}


@dataclass(frozen=True, slots=True)
class BarisUkuran:
    """A measure, what it is now, and its bar."""

    nama: str
    nilai: str
    batang: str


@dataclass(frozen=True, slots=True)
class BarisPerubahan:
    """A cell that has changed."""

    tempat: str
    sebelum: str
    sesudah: str


def measures(rekap: Rekap) -> tuple[BarisUkuran, ...]:
    """Return completeness, timeliness, targets met, serapan and TL HP; what nobody was asked about is left out."""
    return tuple(_measures(rekap))


def bar(part: Decimal | int, whole: Decimal | int) -> str:
    """Return the part of the whole as a bar of 20 characters; what is not nothing shows, what is not all has a gap.

    >>> bar(1, 4), bar(1, 1000), bar(130, 100)
    ('█████░░░░░░░░░░░░░░░', '█░░░░░░░░░░░░░░░░░░░', '████████████████████')
    """
    if part <= 0 or whole <= 0:
        return EMPTY * WIDTH
    filled = WIDTH if part >= whole else min(max(round(WIDTH * part / whole), 1), WIDTH - 1)
    return FULL * filled + EMPTY * (WIDTH - filled)


def changed(change: Perubahan) -> BarisPerubahan:
    """Return a changed cell for the letter; the words of an LHP, TL HP or LHE stay in the workbook."""
    where = f"{change.lembar}: {text.ringkas(change.kode, 40)}, {change.kolom}"
    return BarisPerubahan(where, _told(change, change.sebelum), _told(change, change.sesudah))


def _measures(rekap: Rekap) -> Iterator[BarisUkuran]:
    complete = sum(unit.keadaan == "lengkap" for unit in rekap.unit)
    punctual, judged = rekap.tepat_waktu
    reached = rekap.count(StatusCapaian.TERCAPAI)
    measured = reached + rekap.count(StatusCapaian.BELUM_TERCAPAI)
    settled = sum(item.jumlah for item in rekap.tl_hp_ringkas if item.status == "SESUAI")
    every = sum(item.jumlah for item in rekap.tl_hp_ringkas)
    counted = (
        ("Unit dengan data lengkap", complete, len(rekap.unit)),
        ("Unit mengirim tepat waktu", punctual, judged),
        ("Indikator mencapai target", reached, measured),
    )
    for name, part, whole in counted:
        if whole:
            yield BarisUkuran(name, f"{part} dari {whole}", bar(part, whole))
    if rekap.serapan is not None:
        yield BarisUkuran("Serapan anggaran", text.persen(rekap.serapan), bar(rekap.serapan, 100))
    if every:
        yield BarisUkuran("TL HP telah sesuai", f"{settled} dari {every}", bar(settled, every))


def _told(change: Perubahan, value: Value | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        word = _WORDS.get(value)
        if word is None and change.lembar in _SECRET_SHEETS:
            return "lihat lampiran"
        return word or text.ringkas(value, 80)
    return as_text(value)
