"""Judging the input cells of one sheet, each by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain.form.blanks import Blank, JudgedRow, blanks_of, context_of, empty_cell, satuan_of
from kinerja_mailbot.domain.form.catalogue import words
from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.definition import ColumnType, Sheet
from kinerja_mailbot.domain.form.grid import Grid
from kinerja_mailbot.domain.form.labels import address
from kinerja_mailbot.domain.form.locate import FoundRow, FoundSheet, is_nihil_row
from kinerja_mailbot.domain.form.measure import target_of
from kinerja_mailbot.domain.form.naming import label_of
from kinerja_mailbot.domain.form.readers.absence import is_blank, says_nihil
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.dispatch import read_cell
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import clean, quoted, typed_text, word
from kinerja_mailbot.domain.form.readers.yes_no import YA, read_yes_no
from kinerja_mailbot.domain.form.record import NIHIL, WHOLE_SHEET
from kinerja_mailbot.domain.form.value import Mark, RawCell, Reading, Value
from kinerja_mailbot.domain.periode import Periode

_EMPTY = RawCell(None)
_CROSSES = frozenset({"x", "1"})  # beside one sentence to agree with, a cross is a tick
_REFUSALS = frozenset({"tidak", "tdk", "bukan", "no", "false", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSheet:
    """The judged cells of one sheet, and the rows that they stand in."""

    sheet: Sheet
    found: FoundSheet | None
    rows: tuple[JudgedRow, ...]
    sel: tuple[CheckedCell, ...]


def judge_sheet(sheet: Sheet, found: FoundSheet | None, periode: Periode | None) -> JudgedSheet:
    """Judge every input cell of a sheet; a sheet that the file lacks has empty cells."""
    nihil = _judge_nihil(sheet, found)
    if found is not None and is_nihil_row(sheet, found):
        nihil = _judge_nihil_row(sheet, found, nihil)
        found = replace(found, rows=())
    rows = _rows(sheet, found)
    cells: list[CheckedCell] = []
    above: dict[str, Value | None] = {}
    for row, blanks in zip(rows, blanks_of(sheet, found, rows, periode), strict=True):
        judged = _judge_row(found, row, blanks, above)
        above = {cell.kolom: cell.nilai for cell in judged}
        cells += judged
    if nihil is not None:
        cells.insert(0, _without_contradiction(sheet, nihil, tuple(cells)))
    return JudgedSheet(sheet=sheet, found=found, rows=rows, sel=tuple(cells))


def blank_cell(sheet: Sheet, found: FoundSheet | None, baris: str, kolom: str, line: int | None) -> CheckedCell:
    """Return an empty cell of the form, under the address that it has in the file if it has one."""
    tab = found.grid.raw.name if found else sheet.judul
    row = JudgedRow(baris=baris, printed=sheet.row(baris), line=line)
    return empty_cell(sheet.id, tab, row, kolom, found.column(kolom) if found else None, label_of(sheet, baris, kolom))


def read_answer(sheet: Sheet, baris: str, kolom: str, typed: str, periode: Periode | None) -> Reading:
    """Read what was written for one cell outside of the file, as if it stood in the cell."""
    column = sheet.column(kolom)
    if baris == WHOLE_SHEET or column is None:
        return _read_nihil(RawCell(typed))
    printed = sheet.row(baris)
    row = JudgedRow(baris=baris, printed=printed, line=None)
    target = target_of(printed) if printed else None
    return read_cell(RawCell(typed), context_of(column, target, satuan_of(sheet, None, row), periode))


def with_reading(cell: CheckedCell, reading: Reading) -> CheckedCell:
    """Return the cell with this judgement."""
    return replace(
        cell,
        nilai=reading.value,
        hasil=reading.outcome,
        pesan=reading.message,
        pesan_id=(reading.id,) if reading.id else (),
        pilihan=reading.pilihan,
        terbaca=None,
    )


def _rows(sheet: Sheet, found: FoundSheet | None) -> tuple[JudgedRow, ...]:
    lines = found.rows if found else ()
    if not sheet.is_open:
        by_kode = {row.printed.kode: row.line for row in lines if row.printed}
        return tuple(JudgedRow(baris=row.kode, printed=row, line=by_kode.get(row.kode)) for row in sheet.baris)
    seen: dict[str, int] = {}
    rows: list[JudgedRow] = []
    for number, row in enumerate(lines, start=1):
        key = _row_key(sheet, found, row) or f"baris {number}"
        seen[key] = seen.get(key, 0) + 1
        # A doubled key is a fault that the rule `Unik` names; until then neither row hides the other.
        rows.append(JudgedRow(baris=key if seen[key] == 1 else f"{key} #{seen[key]}", printed=None, line=row.line))
    return tuple(rows)


def _row_key(sheet: Sheet, found: FoundSheet | None, row: FoundRow) -> str:
    """Return the key columns' values joined with "|", as they are stored."""
    if found is None:
        return ""
    parts = [clean(typed_text(found.cell(sheet, row.line, kunci))).replace("|", "/") for kunci in sheet.kunci]
    return "|".join(parts) if any(parts) else ""


def _judge_row(
    found: FoundSheet | None, row: JudgedRow, blanks: tuple[Blank, ...], above: dict[str, Value | None]
) -> list[CheckedCell]:
    if found is None or row.line is None:
        return [blank.cell for blank in blanks]
    judged: list[CheckedCell] = []
    for blank in blanks:
        cell = _cell_at(found.grid, row.line, blank)
        if cell.value is None and cell.number_format is None:  # most of a form; every reader accepts it as empty
            judged.append(blank.cell)
        else:
            judged.append(_judged(blank.cell, cell, _once(cell, found, row) or _read(cell, blank, above)))
    return judged


def _cell_at(grid: Grid, line: int, blank: Blank) -> RawCell:
    if blank.number is None:
        return _EMPTY
    return grid.filled(line, blank.number) if blank.is_text else grid.cell(line, blank.number)


def _read(cell: RawCell, blank: Blank, above: dict[str, Value | None]) -> Reading:
    """Read a cell; what stands above it is only of interest to words that point there ("sda")."""
    reading = read_cell(cell, blank.context)
    if reading.id != words.NOTHING_ABOVE.id or not blank.is_text or above.get(blank.kunci) is None:
        return reading
    return read_cell(cell, replace(blank.context, atas=above[blank.kunci]))


def _judged(blank: CheckedCell, cell: RawCell, reading: Reading) -> CheckedCell:
    return CheckedCell(  # made at once: a copy with its replacements takes three times as long
        lembar=blank.lembar,
        lembar_terlihat=blank.lembar_terlihat,
        sel=blank.sel,
        baris=blank.baris,
        kolom=blank.kolom,
        label=blank.label,
        tertulis=typed_text(cell),
        nilai=reading.value,
        hasil=reading.outcome,
        pesan=reading.message,
        pesan_id=(reading.id,) if reading.id else (),
        pilihan=reading.pilihan,
    )


def _once(cell: RawCell, found: FoundSheet | None, row: JudgedRow) -> Reading | None:
    """Refuse a typed cell of a kode that stands twice with different figures: which one counts is not ours to say."""
    if found is None or row.baris not in found.doubled or is_blank(cell):
        return None
    return tell(words.DOUBLED_KODE, kode=row.baris)


def _judge_nihil(sheet: Sheet, found: FoundSheet | None) -> CheckedCell | None:
    """Judge the answer beside the Nihil sentence; None when the sheet has no such sentence."""
    if not sheet.nihil:
        return None
    blank = blank_cell(sheet, found, WHOLE_SHEET, NIHIL, None)
    if found is None or found.nihil is None:
        return blank
    cell = found.grid.cell(*found.nihil)
    return _judged(replace(blank, sel=address(*found.nihil)), cell, _read_nihil(cell))


def _read_nihil(cell: RawCell) -> Reading:
    said = word(typed_text(cell))
    if is_blank(cell) or said in _REFUSALS:
        return accepted(None)
    if says_nihil(cell) or said in _CROSSES or read_yes_no(cell, CellContext(jenis=ColumnType.YA_TIDAK)).value == YA:
        return accepted(Mark.NIHIL)
    return tell(words.NIHIL_UNCLEAR, said=quoted(cell))


def _judge_nihil_row(sheet: Sheet, found: FoundSheet, nihil: CheckedCell | None) -> CheckedCell:
    line = found.rows[0].line
    typed = [
        column.kunci for column in sheet.kolom if column.isian and says_nihil(found.cell(sheet, line, column.kunci))
    ]
    blank = nihil or blank_cell(sheet, found, WHOLE_SHEET, NIHIL, None)
    cell = found.cell(sheet, line, typed[0])
    return _judged(replace(blank, sel=found.address(line, typed[0])), cell, accepted(Mark.NIHIL))


def _without_contradiction(sheet: Sheet, nihil: CheckedCell, cells: tuple[CheckedCell, ...]) -> CheckedCell:
    if nihil.nilai is None or not any(cell.nilai is not None for cell in cells):
        return nihil
    return with_reading(nihil, tell(words.NIHIL_BESIDE_ROWS, sheet=sheet.judul))
