"""What a cell reader may know about the cell's surroundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kinerja_mailbot.domain.form.definition import Choice, ColumnType
from kinerja_mailbot.domain.form.value import RawCell, Reading, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class CellContext:
    """The column, the printed row and the period around one input cell."""

    jenis: ColumnType  # never UKURAN: the row's satuan has been looked up already
    judul: str = ""  # the header as it stands in the received file
    satuan: str = ""
    target: Value | None = None  # the printed target of the row
    pilihan: tuple[Choice, ...] = ()
    boleh_tidak_diukur: bool = False
    boleh_nihil: bool = False
    rentang: bool = False  # a range such as "80-90" is an answer here (targets only)
    atas: Value | None = None  # the value above in the same column, for "sda"
    awal: date | None = None  # first day of the reporting period
    akhir: date | None = None  # its last day


Reader = Callable[[RawCell, CellContext], Reading]
"""Every reader has this shape, never raises, and never stores what may mean two things."""
