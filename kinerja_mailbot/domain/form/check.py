"""Checking a received workbook: from raw cells to judged cells and the record that results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kinerja_mailbot.domain.form.blanks import JudgedRow
from kinerja_mailbot.domain.form.catalogue import cells as cell_messages
from kinerja_mailbot.domain.form.catalogue import remarks, words
from kinerja_mailbot.domain.form.checked import CheckedCell, CheckedForm, StoredCell
from kinerja_mailbot.domain.form.definition import Form, Row, Sheet
from kinerja_mailbot.domain.form.finding import Finding, apply_finding, find
from kinerja_mailbot.domain.form.identity import FormMeta
from kinerja_mailbot.domain.form.judge import JudgedSheet, blank_cell, judge_sheet
from kinerja_mailbot.domain.form.locate import locate_sheets
from kinerja_mailbot.domain.form.measure import CAPAIAN, SheetView
from kinerja_mailbot.domain.form.naming import what_to_fill
from kinerja_mailbot.domain.form.plausible import (
    compare_capaian,
    compare_typed_capaian,
    compare_with_earlier,
    describe_copies,
    find_doubts,
)
from kinerja_mailbot.domain.form.printed import describe_changes
from kinerja_mailbot.domain.form.questions import with_numbers
from kinerja_mailbot.domain.form.recognise import find_meta, is_mapped, recognise
from kinerja_mailbot.domain.form.record import NIHIL, WHOLE_SHEET, Place, Record, merge, overlay, record_of
from kinerja_mailbot.domain.form.rules import find_faults
from kinerja_mailbot.domain.form.value import CellOutcome
from kinerja_mailbot.domain.form.workbook import RawWorkbook
from kinerja_mailbot.domain.periode import Periode, PeriodeError, parse_periode

__all__ = ["check_form", "find_meta", "is_mapped", "recognise"]


def check_form(form: Form, workbook: RawWorkbook, prior: tuple[StoredCell, ...] = ()) -> CheckedForm:
    """Judge every input cell of the form and merge what is good with what was stored before.

    A cell of the record is replaced by a newer value, never erased by an empty one; an open list is replaced as a whole
    when the received list has any row. Completeness is judged on the merged record.
    """
    meta = find_meta(workbook)
    periode = _periode_of(meta)
    judged = tuple(judge_sheet(sheet, found, periode) for sheet, found in locate_sheets(form, workbook))
    earlier = record_of(prior)
    record = merge(form.lembar, tuple(cell for sheet in judged for cell in sheet.sel), earlier)
    views = tuple(_view(sheet, record) for sheet in judged)
    checked = _conclude(form, judged, views, record, earlier, periode=periode)
    remarks_on_file = (*workbook.remarks, *_version_remark(form, meta), *_remarks(judged, views))
    return replace(checked, meta=meta, catatan=remarks_on_file)


def recheck_form(
    form: Form,
    cells: tuple[CheckedCell, ...],
    prior: tuple[StoredCell, ...],
    confirmed: frozenset[Place] = frozenset(),
    periode: Periode | None = None,
) -> CheckedForm:
    """Judge the form again after single cells were answered without a file; `prior` is what was stored before.

    `cells` are the answered ones and those that still wait for an answer; of the others the record speaks. What the
    respondent has `confirmed` is not doubted again, but keeps to the rules.
    """
    earlier = record_of(prior)
    record = overlay(form.lembar, cells, earlier)
    judged = tuple(_judged_again(sheet, cells, record) for sheet in form.lembar)
    views = tuple(_view(sheet, record) for sheet in judged)
    checked = _conclude(form, judged, views, record, earlier, confirmed, periode)
    rows = {(view.sheet.id, baris): place for view in views for place, (baris, _) in enumerate(view.rows)}
    columns = {(sheet.id, c.kunci): place for sheet in form.lembar for place, c in enumerate(sheet.kolom)}
    sheets = {sheet.id: place for place, sheet in enumerate(form.lembar)}

    def standing(cell: CheckedCell) -> tuple[int, int, int]:
        lembar, baris, kolom = _place_of(cell)
        return sheets[lembar], rows.get((lembar, baris), -1), columns.get((lembar, kolom), -1)

    return replace(checked, sel=with_numbers(form, tuple(sorted(checked.sel, key=standing))))


def _judged_again(sheet: Sheet, cells: tuple[CheckedCell, ...], record: Record) -> JudgedSheet:
    mine = tuple(cell for cell in cells if cell.lembar == sheet.id)
    rows = tuple(JudgedRow(baris=row.kode, printed=row, line=None) for row in sheet.baris)
    if sheet.is_open:
        keys = dict.fromkeys((*record.rows(sheet.id), *(cell.baris for cell in mine if cell.baris != WHOLE_SHEET)))
        rows = tuple(JudgedRow(baris=key, printed=None, line=None) for key in keys)
    return JudgedSheet(sheet=sheet, found=None, rows=rows, sel=mine)


def _conclude(  # noqa: PLR0913, PLR0917 - what both ways of checking have in common
    form: Form,
    judged: tuple[JudgedSheet, ...],
    views: tuple[SheetView, ...],
    record: Record,
    earlier: Record,
    confirmed: frozenset[Place] = frozenset(),
    periode: Periode | None = None,
) -> CheckedForm:
    """Run the rules and return the judged cells, numbered where they are asked about, and the new record."""
    found = tuple(_findings(judged, views, periode.last_day if periode else None))
    findings = tuple(f for f in found if f.hasil is CellOutcome.FIX or _place(f) not in confirmed)
    cells = _judge_together(judged, findings)
    wrong = frozenset(_place(finding) for finding in findings if finding.hasil is CellOutcome.FIX)
    complete, asked = _progress(views, cells)
    return CheckedForm(
        meta=None,
        sel=with_numbers(form, cells),
        tersimpan=tuple(record.without(wrong, earlier).cells.values()),
        terisi=complete,
        seluruh=asked,
    )


def _periode_of(meta: FormMeta | None) -> Periode | None:
    try:
        return parse_periode(meta.periode) if meta is not None else None
    except PeriodeError:
        return None  # a forged or damaged `_meta`; whoever asks for proof will notice


def _view(judged: JudgedSheet, record: Record) -> SheetView:
    """Return the sheet on the record: printed rows always, those of an open list as received, else as stored."""
    sheet = judged.sheet
    rows: tuple[tuple[str, Row | None], ...] = tuple((row.baris, row.printed) for row in judged.rows)
    if sheet.is_open and not rows:
        rows = tuple((baris, None) for baris in record.rows(sheet.id))
    faulty = {_place_of(cell) for cell in judged.sel if cell.hasil is CellOutcome.FIX}
    needed = [column.kunci for column in sheet.kolom if column.isian and column.wajib]
    empty = {place for baris, _ in rows for key in needed if (place := (sheet.id, baris, key)) not in record.cells}
    return SheetView(
        sheet=sheet,
        record=record,
        rows=() if record.is_nihil(sheet.id) else rows,
        terbuka=frozenset(faulty | empty),
    )


def _findings(judged: tuple[JudgedSheet, ...], views: tuple[SheetView, ...], akhir: date | None) -> Iterator[Finding]:
    """Yield what is missing first, then what the rules say, then what is merely odd about the figures just typed."""
    typed = {_place_of(cell) for sheet in judged for cell in sheet.sel if cell.nilai is not None}
    for sheet, view in zip(judged, views, strict=True):
        yield from _missing(sheet, view)
        for rule in view.sheet.aturan:
            yield from find_faults(rule, view, views, akhir)
        yield from (doubt for doubt in find_doubts(view) if _place(doubt) in typed)
        remarks = (*compare_typed_capaian(view), *compare_with_earlier(view))
        yield from (remark for remark in remarks if _place(remark) in typed)


def _missing(judged: JudgedSheet, view: SheetView) -> Iterator[Finding]:
    sheet, record = view.sheet, view.record
    typed = {(cell.baris, cell.kolom): cell.tertulis for cell in judged.sel if cell.tertulis}
    untouched = all(baris == WHOLE_SHEET for baris, _ in typed) and not record.rows(sheet.id)
    if sheet.nihil and untouched and not record.is_nihil(sheet.id):
        # One question for the sheet, instead of one for each of its empty cells.
        yield find((sheet.id, WHOLE_SHEET, NIHIL), words.SHEET_EMPTY, sheet=sheet.judul)
        return
    needed = [column for column in sheet.kolom if column.isian and column.wajib]
    for baris, _ in view.rows:
        for column in needed:
            place = (sheet.id, baris, column.kunci)
            if place not in record.cells:
                what = what_to_fill(sheet, baris, column)
                said = typed.get((baris, column.kunci), "")
                if said:
                    yield find(place, cell_messages.READ_AS_EMPTY, said=f'"{said}"', what=what)
                else:
                    yield find(place, cell_messages.EMPTY, what=what)


def _judge_together(judged: tuple[JudgedSheet, ...], findings: tuple[Finding, ...]) -> tuple[CheckedCell, ...]:
    """Return all cells with the findings applied; a fault in a stored cell that the file lacks gets its own cell."""
    if not findings:
        return tuple(cell for sheet in judged for cell in sheet.sel)
    cells: dict[Place, CheckedCell] = {_place_of(cell): cell for sheet in judged for cell in sheet.sel}
    by_sheet = {sheet.sheet.id: sheet for sheet in judged}
    for finding in findings:
        place = _place(finding)
        if place not in cells and finding.hasil is CellOutcome.FIX:
            sheet = by_sheet[finding.lembar]
            cells[place] = blank_cell(sheet.sheet, sheet.found, finding.baris, finding.kolom, None)
        if place in cells:
            cells[place] = apply_finding(cells[place], finding)
    return tuple(cells.values())


def _version_remark(form: Form, meta: FormMeta | None) -> tuple[str, ...]:
    if meta is None or not is_mapped(meta, form) or meta.versi == form.versi:
        return ()
    return (remarks.OLDER_VERSION.say(theirs=str(meta.versi), ours=str(form.versi)),)


def _remarks(judged: tuple[JudgedSheet, ...], views: tuple[SheetView, ...]) -> Iterator[str]:
    for sheet, view in zip(judged, views, strict=True):
        if sheet.found is None:
            yield remarks.SHEET_MISSING.say(sheet=sheet.sheet.judul)
            continue
        yield from sheet.found.remarks
        yield from describe_changes(sheet)
        column = sheet.sheet.column(CAPAIAN)
        if column is not None and not column.isian:
            lines = [(row.baris, row.line) for row in sheet.rows if row.line is not None]
            found = sheet.found
            yield from filter(
                None, (compare_capaian(view, baris, found.cell(sheet.sheet, line, CAPAIAN)) for baris, line in lines)
            )
        if copies := describe_copies(view):
            yield copies


def _progress(views: tuple[SheetView, ...], cells: tuple[CheckedCell, ...]) -> tuple[int, int]:
    """Return how many rows are complete and how many are asked for; an open list counts as one."""
    faulty = {(cell.lembar, cell.baris) for cell in cells if cell.hasil is CellOutcome.FIX}
    complete = asked = 0
    for view in views:
        sheet = view.sheet
        if sheet.is_open:
            asked += 1
            complete += not any(lembar == sheet.id for lembar, _ in faulty)
        elif any(column.isian for column in sheet.kolom):
            asked += len(sheet.baris)
            whole = (sheet.id, WHOLE_SHEET) not in faulty
            complete += sum(whole and (sheet.id, row.kode) not in faulty for row in sheet.baris)
    return complete, asked


def _place(finding: Finding) -> Place:
    return finding.lembar, finding.baris, finding.kolom


def _place_of(cell: CheckedCell) -> Place:
    return cell.lembar, cell.baris, cell.kolom
