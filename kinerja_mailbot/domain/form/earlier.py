"""The figures of the period before, printed beside this one's, so that a slip is seen while it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Column, Form, Row, Sheet
from kinerja_mailbot.domain.form.record import Record, record_of
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.periode import Periode

UNKNOWN = "–"
"""Printed where the period before has nothing for a row."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What one unit reported for an earlier period of the same year."""

    periode: Periode
    sel: tuple[StoredCell, ...]


def with_earlier(form: Form, earlier: Earlier | None) -> Form:
    """Return the form with the figures of the period before; a column for which there is none is left out.

    Its heading names that period, which need not be the quarter just before: what was never collected is not known.
    """
    record = record_of(earlier.sel if earlier else ())
    name = f" ({_short_name(earlier.periode)})" if earlier else ""
    return replace(form, lembar=tuple(_sheet_with(sheet, record, name) for sheet in form.lembar))


def _sheet_with(sheet: Sheet, record: Record, name: str) -> Sheet:
    wanted = tuple(column for column in sheet.kolom if column.lalu)
    if not wanted:
        return sheet
    known = {c.kunci for c in wanted if any(_figure(sheet, row, c, record) is not None for row in sheet.baris)}
    kept = tuple(_headed(column, name) for column in sheet.kolom if not column.lalu or column.kunci in known)
    rows = tuple(_row_with(sheet, row, tuple(c for c in kept if c.lalu), record) for row in sheet.baris)
    return replace(sheet, kolom=kept, baris=rows)


def _row_with(sheet: Sheet, row: Row, columns: tuple[Column, ...], record: Record) -> Row:
    # Compared with None: a figure of 0 is a figure.
    found = ((column.kunci, _figure(sheet, row, column, record)) for column in columns)
    return Row(row.kode, (*row.nilai, *((key, UNKNOWN if value is None else value) for key, value in found)))


def _figure(sheet: Sheet, row: Row, column: Column, record: Record) -> Value | None:
    return record.get(sheet.id, row.kode, column.lalu)


def _headed(column: Column, name: str) -> Column:
    return replace(column, judul=f"{column.judul}{name}") if column.lalu else column


def _short_name(periode: Periode) -> str:
    return periode.nama.removesuffix(f" Tahun {periode.tahun}").replace("Triwulan", "TW")  # a heading has little room
