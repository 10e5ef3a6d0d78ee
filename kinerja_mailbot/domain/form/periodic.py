"""The form of one period: of the year's indicators and targets, those that this period asks about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kinerja_mailbot.domain.form.definition import Column, Form, Row, Sheet
from kinerja_mailbot.domain.form.earlier import Earlier, with_earlier
from kinerja_mailbot.domain.periode import JenisPeriode, Periode

TARGET_KEYS = ("target_tw1", "target_tw2", "target_tw3", "target_tw4")
"""Row keys of the targets to the end of each quarter; the last one is the year's target."""


def form_for_period(form: Form, periode: Periode, earlier: Earlier | None = None) -> Form:
    """Return the form with the rows and the `target_tw` of this period; the wording names the period's kind.

    A semester ends with quarter II or IV, a year with quarter IV. Rows that carry a `tahun` are asked about in their
    own year only; while none is there for the year of the period, the newest earlier ones stand. An indicator that is
    measured once a year (sifat `tahunan`) is asked about at the year's end. Beside them stands what the unit reported
    for the period before (`earlier`).

    >>> form = Form(id="f", versi=1, judul="Capaian", lembar=(Sheet(id="s", judul="S", kolom=(), baris=(
    ...     Row("A", (("target_tw2", Decimal(40)), ("target_tw4", Decimal(80)))),)),))
    >>> form_for_period(form, Periode(2026, JenisPeriode.SEMESTER, 1)).lembar[0].baris[0].get("target_tw")
    Decimal('40')
    """
    asked = replace(form, lembar=tuple(_sheet_for(sheet, periode) for sheet in form.lembar))
    return with_earlier(asked, earlier)


def last_quarter(periode: Periode) -> int:
    """Return the quarter (1 to 4) with which the period ends.

    >>> last_quarter(Periode(2026, JenisPeriode.TRIWULAN, 3)), last_quarter(Periode(2026, JenisPeriode.TAHUN))
    (3, 4)
    """
    match periode.jenis:
        case JenisPeriode.TRIWULAN:
            return periode.nomor
        case JenisPeriode.SEMESTER:
            return periode.nomor * 2
        case JenisPeriode.TAHUN:
            return 4


def _sheet_for(sheet: Sheet, periode: Periode) -> Sheet:
    quarter = last_quarter(periode)
    year_rows = _rows_of_year(sheet.baris, periode.tahun)
    due = tuple(row for row in year_rows if quarter == 4 or row.get("sifat") != "tahunan")
    # A printed sheet without rows would turn into an open list, so the yearly ones stay when there is nothing else.
    rows = tuple(_row_for(row, quarter) for row in due or year_rows)
    return replace(sheet, kolom=tuple(_column_for(c, periode.jenis) for c in sheet.kolom), baris=rows)


def _rows_of_year(rows: tuple[Row, ...], year: int) -> tuple[Row, ...]:
    years = {row_year for row in rows if isinstance(row_year := row.get("tahun"), Decimal)}
    if not years:
        return rows
    wanted = max((y for y in years if y <= year), default=min(years))
    return tuple(row for row in rows if row.get("tahun") in {None, wanted})


def _row_for(row: Row, quarter: int) -> Row:
    target = row.get(TARGET_KEYS[quarter - 1])
    others = tuple((key, value) for key, value in row.nilai if key != "target_tw")
    return Row(row.kode, others if target is None else (*others, ("target_tw", target)))


def _column_for(column: Column, jenis: JenisPeriode) -> Column:
    if jenis is JenisPeriode.TRIWULAN:
        return column
    # Headers are printed as "… Triwulan ini"; a semester's form should not ask about a quarter.
    word = jenis.value
    title = column.judul.replace("Triwulan", word.capitalize())
    return replace(column, judul=title, petunjuk=column.petunjuk.replace("triwulan", word))
