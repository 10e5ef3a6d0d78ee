"""The live formulas of the rekap, each beside the value that the rekap has computed itself."""

from __future__ import annotations

from decimal import Decimal

from kinerja_mailbot.adapters.rekap_workbook.cells import Content, Live, literal
from kinerja_mailbot.domain.kinerja.indicators import round_percent
from kinerja_mailbot.domain.kinerja.rekap import AnggaranRow, CapaianRow
from kinerja_mailbot.domain.kinerja.timeline import BarisTahunan
from kinerja_mailbot.domain.policy import SkalaPredikat

DASH = "–"

_WILDCARDS = frozenset('*?~<>="')
_LONGEST_CRITERION = 200  # Excel takes 255 characters
_ZERO = Decimal(0)


def raw_capaian(row: CapaianRow, target: str, realisasi: str) -> Content:
    """Return the capaian as its formula where that is plain arithmetic (DOMAIN 3.1); else its value, or a dash.

    `target` and `realisasi` are the letters of their columns.
    """
    if row.capaian is None:
        return DASH
    is_plain = isinstance(row.target, Decimal) and isinstance(row.realisasi, Decimal) and row.target != 0
    return _ratio(row.rumus, row.capaian, target, realisasi) if is_plain else row.capaian


def yearly_capaian(row: BarisTahunan, target: str, setahun: str) -> Content:
    """Return the capaian of a year made from its quarters, as `raw_capaian` does."""
    if row.capaian is None:
        return DASH
    is_plain = isinstance(row.target, Decimal) and isinstance(row.setahun, Decimal) and row.target != 0
    return _ratio(row.rumus, row.capaian, target, setahun) if is_plain else row.capaian


def _ratio(rumus: str, capaian: Decimal, target: str, realisasi: str) -> Content:
    t, r = f"{target}{{r}}", f"{realisasi}{{r}}"
    match rumus:
        case "POS":
            return Live(f"ROUND({r}/{t}*100,2)", capaian)
        case "NEG_LAN" | "NEG_SKP":
            return Live(f"ROUND((2*{t}-{r})/{t}*100,2)", capaian)
        case "NEG_RASIO":
            return Live(f"ROUND({t}/{r}*100,2)", capaian)
        case _:
            return capaian


def capped_capaian(row: CapaianRow, capaian: str, batas: Decimal | None) -> Content:
    """Return the capaian as averages count it: never below 0, never above the cap if there is one."""
    if row.capaian_rata is None:
        return DASH
    top = f"{capaian}{{r}}" if batas is None else f"MIN({batas:f},{capaian}{{r}})"
    return Live(f"MAX(0,{top})", row.capaian_rata)


def predikat(words: str, cell: str, skala: tuple[SkalaPredikat, ...]) -> Content:
    """Return the predikat that the percentage in `cell` earns; a dash where nothing was measured."""
    if not words or not skala:
        return words or DASH
    formula = literal(skala[-1].sebutan)
    for band in reversed(skala[:-1]):
        formula = f"IF({cell}>={band.mulai:f},{literal(band.sebutan)},{formula})"
    return Live(formula, words)


def rest(row: AnggaranRow) -> Content:
    """Return pagu less realisasi (columns E and F)."""
    return DASH if row.sisa is None else Live("E{r}-F{r}", row.sisa)


def absorption(row: AnggaranRow) -> Content:
    """Return realisasi over pagu in percent (columns E and F)."""
    return DASH if row.serapan is None else Live("ROUND(F{r}/E{r}*100,2)", row.serapan)


def average_where(keys: str, key: str, wanted: str, values: str, mean: Decimal | None) -> Content:
    """Return the average of the numbers in `values` beside which `keys` hold what stands in the cell `key`."""
    if mean is None:
        return DASH
    return Live(f"ROUND(AVERAGEIF({keys},{key},{values}),2)", mean) if is_criterion(wanted) else mean


def share(part: str, whole: str, count: int, of: int) -> Content:
    """Return what part of the whole in percent, with 2 decimals; a dash where there is no whole."""
    if not of:
        return DASH
    return Live(f"ROUND({part}/{whole}*100,2)", percent(count, of))


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Return part of whole in percent, half up with 2 decimals.

    >>> percent(1, 3)
    Decimal('33.33')
    """
    return round_percent(Decimal(part) * 100 / Decimal(whole)) if whole else _ZERO


def is_criterion(words: str) -> bool:
    """Tell whether COUNTIF and its kin take this text for itself: no wildcard, no comparison, not too long.

    >>> is_criterion("UKL"), is_criterion("rasio >= 1")
    (True, False)
    """
    return bool(words) and len(words) <= _LONGEST_CRITERION and _WILDCARDS.isdisjoint(words)
