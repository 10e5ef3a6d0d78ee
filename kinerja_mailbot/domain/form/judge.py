"""Judging the input cells of one sheet, each by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain.form.catalogue import words
from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Row, Sheet, type_of_satuan
from kinerja_mailbot.domain.form.labels import address
from kinerja_mailbot.domain.form.locate import FoundRow, FoundSheet, is_nihil_row
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

TARGETS = ("target_tw", "target_tahun", "target")  # the nearest target first
_EMPTY, _NOTHING = RawCell(None), accepted(None)
_CROSSES = frozenset({"x", "1"})  # beside one sentence to agree with, a cross is a tick
_REFUSALS = frozenset({"tidak", "tdk", "bukan", "no", "false", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRow:
    """One row of a sheet as received: its key in storage, the printed row, its line in the file (None: not there)."""

    baris: str
    printed: Row | None
    line: int | None


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
    for row in rows:
        for cell in _judge_row(sheet, found, row, periode, above):
            cells.append(cell)
            above[cell.kolom] = cell.nilai
    if nihil is not None:
        cells.insert(0, _without_contradiction(sheet, nihil, tuple(cells)))
    return JudgedSheet(sheet=sheet, found=found, rows=rows, sel=tuple(cells))


def blank_cell(sheet: Sheet, found: FoundSheet | None, baris: str, kolom: str, line: int | None) -> CheckedCell:
    """Return an empty cell of the form, under the address that it has in the file if it has one."""
    return _checked(sheet, found, baris, kolom, line, _EMPTY, _NOTHING)


def read_answer(sheet: Sheet, baris: str, kolom: str, typed: str, periode: Periode | None) -> Reading:
    """Read what was written for one cell outside of the file, as if it stood in the cell."""
    column = sheet.column(kolom)
    if baris == WHOLE_SHEET or column is None:
        return _read_nihil(RawCell(typed))
    printed = sheet.row(baris)
    row = JudgedRow(baris=baris, printed=printed, line=None)
    return read_cell(RawCell(typed), _context(column, None, _surroundings(sheet, None, row), periode, None))


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
    sheet: Sheet, found: FoundSheet | None, row: JudgedRow, periode: Periode | None, above: dict[str, Value | None]
) -> list[CheckedCell]:
    cells: list[CheckedCell] = []
    around = _surroundings(sheet, found, row)
    for column in sheet.kolom:
        if not column.isian:
            continue
        kunci = column.kunci
        cell = _EMPTY if found is None or row.line is None else found.cell(sheet, row.line, kunci)
        context = _context(column, found, around, periode, above.get(kunci))
        reading = _once(cell, found, row) or read_cell(cell, context)
        cells.append(_checked(sheet, found, row.baris, kunci, row.line, cell, reading))
    return cells


def _checked(  # noqa: PLR0913, PLR0917 - a cell made at once, where copies of a blank one took most of the time
    sheet: Sheet,
    found: FoundSheet | None,
    baris: str,
    kolom: str,
    line: int | None,
    cell: RawCell,
    reading: Reading,
) -> CheckedCell:
    return CheckedCell(
        lembar=sheet.id,
        lembar_terlihat=found.grid.raw.name if found else sheet.judul,
        sel=found.address(line, kolom) if found and line is not None else "",
        baris=baris,
        kolom=kolom,
        label=label_of(sheet, baris, kolom),
        tertulis=typed_text(cell),
        nilai=reading.value,
        hasil=reading.outcome,
        pesan=reading.message,
        pesan_id=(reading.id,) if reading.id else (),
        pilihan=reading.pilihan,
    )


def _judged(blank: CheckedCell, cell: RawCell, reading: Reading) -> CheckedCell:
    return with_reading(replace(blank, tertulis=typed_text(cell)), reading)


def _once(cell: RawCell, found: FoundSheet | None, row: JudgedRow) -> Reading | None:
    """Refuse a typed cell of a kode that stands twice with different figures: which one counts is not ours to say."""
    if found is None or row.baris not in found.doubled or is_blank(cell):
        return None
    return tell(words.DOUBLED_KODE, kode=row.baris)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What all cells of one row share."""

    satuan: str
    target: Value | None


def _surroundings(sheet: Sheet, found: FoundSheet | None, row: JudgedRow) -> _Surroundings:
    printed = row.printed
    target = next((t for key in TARGETS if printed and (t := printed.get(key)) is not None), None)
    return _Surroundings(_satuan(sheet, found, row), target)


def _context(
    column: Column, found: FoundSheet | None, around: _Surroundings, periode: Periode | None, atas: Value | None
) -> CellContext:
    of_row = column.jenis is ColumnType.UKURAN
    return CellContext(
        jenis=type_of_satuan(around.satuan) if of_row else column.jenis,
        judul=(found.header(column.kunci) if found else "") or column.judul,
        satuan=around.satuan if of_row else "",
        target=around.target,
        pilihan=column.pilihan,
        boleh_tidak_diukur=column.boleh_tidak_diukur,
        boleh_nihil=column.boleh_nihil,
        rentang=column.kunci.startswith("target"),
        atas=atas,
        awal=periode.first_day if periode else None,
        akhir=periode.last_day if periode else None,
    )


def _satuan(sheet: Sheet, found: FoundSheet | None, row: JudgedRow) -> str:
    if row.printed is not None:
        return str(row.printed.get("satuan") or "")
    if found is None or row.line is None:
        return ""
    return clean(typed_text(found.cell(sheet, row.line, "satuan")))


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
