"""Which reader reads which kind of column."""

from __future__ import annotations

from kinerja_mailbot.domain.form.definition import ColumnType
from kinerja_mailbot.domain.form.readers.choice import read_choice
from kinerja_mailbot.domain.form.readers.context import CellContext, Reader
from kinerja_mailbot.domain.form.readers.count import read_count
from kinerja_mailbot.domain.form.readers.date import read_date
from kinerja_mailbot.domain.form.readers.percent import read_percent
from kinerja_mailbot.domain.form.readers.predikat import read_predikat
from kinerja_mailbot.domain.form.readers.rupiah import read_rupiah
from kinerja_mailbot.domain.form.readers.score import read_score
from kinerja_mailbot.domain.form.readers.target_range import read_range
from kinerja_mailbot.domain.form.readers.text import read_text
from kinerja_mailbot.domain.form.readers.year import read_year
from kinerja_mailbot.domain.form.readers.yes_no import read_yes_no
from kinerja_mailbot.domain.form.value import RawCell, Reading

READERS: dict[ColumnType, Reader] = {
    ColumnType.TEKS: read_text,
    ColumnType.PERSEN: read_percent,
    ColumnType.JUMLAH: read_count,
    ColumnType.NILAI: read_score,
    ColumnType.RUPIAH: read_rupiah,
    ColumnType.TANGGAL: read_date,
    ColumnType.TAHUN: read_year,
    ColumnType.PILIHAN: read_choice,
    ColumnType.PREDIKAT: read_predikat,
    ColumnType.YA_TIDAK: read_yes_no,
    ColumnType.UKURAN: read_count,  # resolved by satuan before a cell is read; a row without one is counted
}


def read_cell(cell: RawCell, context: CellContext) -> Reading:
    """Read a cell by the kind of its column.

    >>> read_cell(RawCell("85 persen"), CellContext(jenis=ColumnType.PERSEN)).value
    Decimal('85')
    """
    if context.rentang and (found := read_range(cell)):
        return found
    return READERS[context.jenis](cell, context)
