"""Where a value comes from: every judged cell of a row, column by column, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain.form.value import CellOutcome, Value

Place = tuple[str, str, str, str]
"""Unit, sheet id, row, column key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedValue:
    """One judged cell with all that leads to it: receipt, file, sheet, cell, mail, sender."""

    unit: str
    baris: str
    lembar: str  # the tab's name in that file
    lembar_id: str
    kolom: str
    label: str
    tertulis: str
    nilai: Value | None
    hasil: CellOutcome
    pesan: str
    revisi: int
    tanda_terima: str
    berkas: str
    berkas_sha256: str
    sel: str  # "E7" in that file
    surel: int
    message_id: str
    pengirim: str
    tiba_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One column of one row: its values, newest first."""

    unit: str
    baris: str
    lembar_id: str
    kolom: str
    label: str
    riwayat: tuple[TracedValue, ...]

    berlaku: TracedValue | None  # the newest one that says what is on record; None when nothing is


def traces(values: Iterable[TracedValue], record: Mapping[Place, Value]) -> tuple[Trace, ...]:
    """Group values into one trace for each column of each row; they come oldest revision first, in the form's order.

    `record` holds what the rekap is compiled from: an empty cell of a later revision does not erase an earlier value.
    """
    found: dict[Place, list[TracedValue]] = {}
    for value in values:
        found.setdefault((value.unit, value.lembar_id, value.baris, value.kolom), []).append(value)
    return tuple(_trace(place, tuple(items[::-1]), record.get(place)) for place, items in found.items())


def _trace(place: Place, newest_first: tuple[TracedValue, ...], on_record: Value | None) -> Trace:
    unit, sheet, baris, column = place
    current = next((v for v in newest_first if v.nilai is not None and v.nilai == on_record), None)
    return Trace(
        unit=unit,
        baris=baris,
        lembar_id=sheet,
        kolom=column,
        label=newest_first[0].label,
        riwayat=newest_first,
        berlaku=current,
    )
