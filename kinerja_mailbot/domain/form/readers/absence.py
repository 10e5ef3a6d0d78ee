"""Cells without a figure: empty ones, declared absences, errors, formulas without a result."""

from __future__ import annotations

from kinerja_mailbot.domain.form.definition import ColumnType
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.outcomes import accepted, fix, info
from kinerja_mailbot.domain.form.readers.typed import clean, quoted, word
from kinerja_mailbot.domain.form.value import CellError, Mark, RawCell, Reading, Uncalculated

# A dash is not a zero and not "nihil": the cell is asked about like an empty one (DOMAIN 7.3).
_BLANKS = frozenset({"", "-", "--", "---", "–", "—", ".", "..", "...", "…", "_"})
_NIHIL = frozenset({"nihil", "nil", "tidak ada", "kosong nihil", "nihil tidak ada"})
_NOT_MEASURED = frozenset(
    {
        "n a",
        "na",
        "tidak diukur",
        "tidak diukur pada periode ini",
        "tidak diukur periode ini",
        "belum diukur",
        "tidak dapat diukur",
        "belum dapat diukur",
        "belum dilaksanakan",
        "tidak dilaksanakan",
        "tms",
    }
)
_COUNTED = (ColumnType.JUMLAH, ColumnType.RUPIAH)


def is_blank(cell: RawCell) -> bool:
    """Tell whether the cell says nothing: empty, spaces, a dash, a dot.

    >>> is_blank(RawCell(" – ")), is_blank(RawCell(0)), is_blank(RawCell("Nihil"))
    (True, False, False)
    """
    return cell.value is None or (isinstance(cell.value, str) and clean(cell.value) in _BLANKS)


def says_nihil(cell: RawCell) -> bool:
    """Tell whether the cell declares that there is nothing to report."""
    return isinstance(cell.value, str) and word(cell.value) in _NIHIL


def read_absence(cell: RawCell, context: CellContext) -> Reading | None:
    """Return the reading of a cell that holds no answer of the column's own kind; None when there is one to read."""
    match cell.value:
        case CellError():
            return fix(
                f"Sel menampilkan galat {quoted(cell)}; mohon hapus rumusnya, lalu tulis nilainya secara langsung."
            )
        case Uncalculated():
            return fix(
                "Sel berisi rumus tanpa hasil; mohon buka berkas di Excel atau LibreOffice, simpan ulang, "
                "atau tulis nilainya secara langsung."
            )
        case str() if not is_blank(cell):
            return _declared(cell, word(cell.value), context)
        case _:
            return accepted(None) if is_blank(cell) else None


def _declared(cell: RawCell, said: str, context: CellContext) -> Reading | None:
    if said in _NOT_MEASURED:
        return _not_measured(cell, said, context)
    if said not in _NIHIL:
        return None
    if context.jenis in _COUNTED or (context.boleh_nihil and context.jenis is not ColumnType.PERSEN):
        return accepted(Mark.NIHIL)
    # Nought per cent and "nothing to measure" are different answers, and only the respondent knows which it is.
    return fix(
        f"Tertulis {quoted(cell)}, sedangkan isian ini memerlukan nilai; mohon tulis 0 apabila hasilnya memang nol"
        + (', atau "Tidak diukur" apabila tidak diukur pada periode ini.' if context.boleh_tidak_diukur else ".")
    )


def _not_measured(cell: RawCell, said: str, context: CellContext) -> Reading:
    if not context.boleh_tidak_diukur:
        return fix(f"Tertulis {quoted(cell)}, sedangkan isian ini memerlukan nilai; mohon tulis nilainya.")
    if said.startswith("tidak diukur"):
        return accepted(Mark.TIDAK_DIUKUR)
    return info(
        Mark.TIDAK_DIUKUR,
        f'Tertulis {quoted(cell)}, kami catat sebagai "tidak diukur pada periode ini"; '
        "mohon alasannya tercantum pada kolom keterangan.",
    )
