"""The figures that stand out on the first sheet, each a formula over the sheet that it sums up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kinerja_mailbot.adapters.rekap_workbook.cells import Content, Live, literal
from kinerja_mailbot.adapters.rekap_workbook.formulas import DASH, average_where
from kinerja_mailbot.adapters.rekap_workbook.pages import CAPAIAN, CAPPED, COMPLETE, LATE, ON_TIME, Pages
from kinerja_mailbot.domain.kinerja.rekap import SasaranRingkas, StatusCapaian

_STATE, _TIMELY = 4, 8  # columns of the sheet Status
_GOAL, _JUDGED = 4, 14  # columns of the sheet of capaian
_MOST_LIVE = 20_000  # indicators


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure and what it is; a percentage is a number, "2 dari 4" a text."""

    nilai: Content
    nama: str
    persen: bool = False


def tiles(pages: Pages) -> tuple[Tile, ...]:
    """Return the six figures: completeness, timeliness, targets met, average, serapan, TL HP."""
    rekap = pages.rekap
    mean = f"rata-rata capaian{f' ({rekap.predikat})' if rekap.predikat else ''}"
    settled = sum(item.jumlah for item in rekap.tl_hp_ringkas if item.status == "SESUAI")
    every = sum(item.jumlah for item in rekap.tl_hp_ringkas)
    return (
        Tile(_complete(pages), "unit dengan data lengkap"),
        Tile(_punctual(pages), "unit mengirim tepat waktu"),
        Tile(_met(pages), "indikator terukur mencapai target"),
        Tile(_total(pages, CAPAIAN, "L", rekap.rata_capaian), mean, rekap.rata_capaian is not None),
        Tile(_total(pages, "Anggaran", "H", rekap.serapan), "serapan anggaran", rekap.serapan is not None),
        Tile(f"{settled} dari {every}" if every else DASH, "rekomendasi TL HP telah sesuai"),
    )


def goal_mean(pages: Pages, goal: SasaranRingkas) -> Content:
    """Return the average of a sasaran that stands in column A of the same row."""
    sheet = pages.sheets[CAPAIAN]
    if goal.rata_capaian is None or len(pages.rekap.capaian) > _MOST_LIVE:
        return DASH if goal.rata_capaian is None else goal.rata_capaian
    keys, values = sheet.range(_GOAL, sheet=CAPAIAN), sheet.range(CAPPED, sheet=CAPAIAN)
    return average_where(keys, "A{r}", goal.sasaran, values, goal.rata_capaian)


def _complete(pages: Pages) -> Content:
    units = pages.rekap.unit
    if not units:
        return DASH
    column = pages.sheets["Status"].range(_STATE, sheet="Status")
    return _of(
        f"COUNTIF({column},{literal(COMPLETE)})",
        f"ROWS({column})",
        sum(unit.keadaan == COMPLETE for unit in units),
        len(units),
    )


def _punctual(pages: Pages) -> Content:
    punctual, judged = pages.rekap.tepat_waktu
    if not judged:
        return DASH
    column = pages.sheets["Status"].range(_TIMELY, sheet="Status")
    on_time = f"COUNTIF({column},{literal(ON_TIME)})"
    return _of(on_time, f"({on_time}+COUNTIF({column},{literal(LATE)}))", punctual, judged)


def _met(pages: Pages) -> Content:
    reached = pages.rekap.count(StatusCapaian.TERCAPAI)
    judged = reached + pages.rekap.count(StatusCapaian.BELUM_TERCAPAI)
    if not judged:
        return DASH
    column = pages.sheets[CAPAIAN].range(_JUDGED, sheet=CAPAIAN)
    met = f"COUNTIF({column},{literal(StatusCapaian.TERCAPAI.value)})"
    missed = f"COUNTIF({column},{literal(StatusCapaian.BELUM_TERCAPAI.value)})"
    return _of(met, f"({met}+{missed})", reached, judged)


def _of(part: str, whole: str, count: int, total: int) -> Live:
    return Live(f'{part}&" dari "&{whole}', f"{count} dari {total}")


def _total(pages: Pages, title: str, letter: str, value: Decimal | None) -> Content:
    """Return what the line of totals below a sheet's main table says."""
    return DASH if value is None else Live(f"'{title}'!{letter}{pages.sheets[title].rows[1] + 1}", value)
