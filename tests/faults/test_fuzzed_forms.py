"""Forms that were mistreated: whatever is typed where, moved or broken, nothing crashes and no doubt is stored.

500 cases each; `KINERJA_FUZZ=10000` plays more of them.
"""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.domain.form.check import check_form
from kinerja_mailbot.domain.form.checked import CheckedForm
from kinerja_mailbot.domain.form.definition import ColumnType, Form, type_of_satuan
from kinerja_mailbot.domain.form.locate import locate_sheets
from kinerja_mailbot.domain.form.value import CellError, RawCell, RawValue, Uncalculated
from kinerja_mailbot.domain.form.workbook import RawSheet, RawWorkbook, Unreadable
from tests.adapters.test_round_trip import filled, form_of

CASES = int(os.environ.get("KINERJA_FUZZ", "500"))
UNIT = "umum"  # everything that its people report is good
FORM: Form = form_of(UNIT)
FILLED = filled(UNIT)

_ANYWHERE: tuple[RawValue, ...] = (
    "lOO",
    "l00%",
    "terlampir",
    "lihat lampiran",
    "3 dari 4",
    "3/4",
    "≥ 75",
    "±80",
    "80-an",
    "1.234.56",
    "sda",
    "-",
    "–",
    ".",
    True,
    CellError("#REF!"),
    CellError("#N/A"),
    Uncalculated("=A1*2"),
)
# What DOMAIN 7.3 says to ask about, by what the cell holds.
ASKED: dict[ColumnType, tuple[RawValue, ...]] = {
    ColumnType.PERSEN: (*_ANYWHERE, 0.85, 1, "0,85", "12.500", "12,500", "80 - 90%", "Nihil"),
    ColumnType.JUMLAH: (*_ANYWHERE, "100%", "12,500", "2 orang", 2.5),
    ColumnType.RUPIAH: (*_ANYWHERE, "12,500", "(1.000)", "1.000-", "100%", -5),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedSheetReader]:
    with SandboxedSheetReader() as reader:
        yield reader


@pytest.fixture(scope="module")
def workbook(reader: SandboxedSheetReader) -> RawWorkbook:
    result = reader.read(FILLED)
    assert isinstance(result, RawWorkbook)
    return result


Place = tuple[str, str, str]


def inputs() -> tuple[tuple[Place, ColumnType], ...]:
    """Return every required cell of the form and what it holds."""
    return tuple(
        (
            (sheet.id, row.kode, column.kunci),
            type_of_satuan(str(row.get("satuan"))) if column.jenis is ColumnType.UKURAN else column.jenis,
        )
        for sheet in FORM.lembar
        for row in sheet.baris
        for column in sheet.kolom
        if column.isian and column.wajib
    )


INPUTS = inputs()


def with_cells(workbook: RawWorkbook, typed: dict[Place, RawValue]) -> RawWorkbook:
    """Return the workbook with these values in these cells."""
    sheets = {sheet.name: [list(row) for row in sheet.rows] for sheet in workbook.sheets}
    for sheet, found in locate_sheets(FORM, workbook):
        assert found is not None
        raw = found.grid.raw
        for row in found.rows:
            for kunci, number in found.columns:
                place = (sheet.id, row.printed.kode if row.printed else "", kunci)
                if place in typed:
                    line = sheets[raw.name][row.line - raw.first_row]
                    line.extend([RawCell(None)] * (number - raw.first_column + 1 - len(line)))
                    line[number - raw.first_column] = RawCell(typed[place], "General")
    return replace(workbook, sheets=tuple(replace(s, rows=tuple(map(tuple, sheets[s.name]))) for s in workbook.sheets))


Mistreat = Callable[[RawSheet], RawSheet]


def moved_down(sheet: RawSheet) -> RawSheet:
    return replace(sheet, first_row=sheet.first_row + 3)


def moved_right(sheet: RawSheet) -> RawSheet:
    return replace(sheet, first_column=sheet.first_column + 2)


def renamed(sheet: RawSheet) -> RawSheet:
    return replace(sheet, name=f"Salinan {sheet.name}"[:31])


def with_a_column(sheet: RawSheet) -> RawSheet:
    return replace(sheet, rows=tuple((RawCell("cek"), *row) for row in sheet.rows))


def with_blank_lines(sheet: RawSheet) -> RawSheet:
    return replace(sheet, rows=((RawCell("Draf"),), (), *sheet.rows))


def without_the_signature(sheet: RawSheet) -> RawSheet:
    return replace(sheet, rows=tuple(row for row in sheet.rows if sum(c.value is not None for c in row) != 1))


MISTREATMENTS: tuple[Mistreat, ...] = (
    moved_down,
    moved_right,
    renamed,
    with_a_column,
    with_blank_lines,
    without_the_signature,
)


def test_the_untouched_form_is_good(workbook: RawWorkbook) -> None:
    assert check_form(FORM, workbook).is_complete


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_must_be_asked_is_never_stored_and_the_rest_is_exact(workbook: RawWorkbook, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=4, unique=True))
    typed = {place: data.draw(st.sampled_from(ASKED[kind]), label=str(place)) for place, kind in chosen}
    mistreated = with_cells(workbook, typed)
    for mistreat in data.draw(st.lists(st.sampled_from(MISTREATMENTS), max_size=3, unique=True)):
        mistreated = replace(mistreated, sheets=tuple(map(mistreat, mistreated.sheets)))
    if data.draw(st.booleans(), label="without hidden sheets"):
        mistreated = replace(mistreated, sheets=tuple(s for s in mistreated.sheets if not s.hidden))

    checked = check_form(FORM, mistreated)

    expected = {place: value for place, value in stored(check_form(FORM, workbook)).items() if place not in typed}
    assert stored(checked) == expected
    assert {(c.lembar, c.baris, c.kolom) for c in checked.to_fix} == set(typed)


def test_a_broken_file_gives_an_answer_and_stores_no_doubt(reader: SandboxedSheetReader) -> None:
    chance = random.Random(20260705)  # noqa: S311  the same cases in every run

    for number in range(CASES):
        content = mutated(chance)
        result = reader.read(content)
        if isinstance(result, Unreadable):
            continue
        checked = check_form(FORM, result)
        faulty = {(c.lembar, c.baris, c.kolom) for c in checked.to_fix}
        assert not faulty & set(stored(checked)), f"case {number}"


def stored(checked: CheckedForm) -> dict[Place, object]:
    return {(c.lembar, c.baris, c.kolom): c.nilai for c in checked.tersimpan}


def mutated(chance: random.Random) -> bytes:
    """Return the filled form with one part damaged inside an intact archive, or the archive itself damaged."""
    if chance.random() < 0.1:
        return damaged(FILLED, chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FILLED)) as source, zipfile.ZipFile(buffer, "w") as target:
        victim = chance.choice(source.namelist())
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, damaged(content, chance) if name == victim else content)
    return buffer.getvalue()


def damaged(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randrange(1, 60))
    match chance.randrange(5):
        case 0:
            return content[:start]
        case 1:
            return content[:start] + content[end:]
        case 2:
            return content[:end] + content[start:]
        case 3:
            return content[:start] + bytes(chance.randrange(256) for _ in range(end - start)) + content[end:]
        case _:  # numbers of rows, styles, sizes: other digits in the same place
            digits = b"0123456789"
            chunk = bytes(chance.choice(digits) if byte in digits else byte for byte in content[start : end + 200])
            return content[:start] + chunk + content[end + 200 :]
