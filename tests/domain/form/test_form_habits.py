"""The spreadsheet habits of DOMAIN 7.2 and 7.3, row by row: what is read, how it ends, and which message says so."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from kinerja_mailbot.domain.form.catalogue import identify
from kinerja_mailbot.domain.form.check import check_form
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.readers.dispatch import read_cell
from kinerja_mailbot.domain.form.value import CellError, RawCell, Uncalculated, Value
from kinerja_mailbot.domain.form.workbook import RawSheet, RawWorkbook
from tests.domain.form.test_form_check import (
    FIRST,
    FORM,
    HEADER,
    OPEN_FORM,
    SECOND,
    book,
    capaian,
    lhp,
    sheet,
)
from tests.domain.form.test_form_readers import CASES, d

# DOMAIN 7.3: the row as it stands there, and the cases of the readers' table that hold it true.
VALUES = {
    "85 | number | persen": "percent-85 percent-float percent-float-noise percent-0",
    "0.85 with format 0% | persen": "percent-format percent-format-decimals percent-format-hundred",
    "0.85 General | persen": "percent-0.85-general percent-0.85-format-unknown percent-0.15-small-target-our-format "
    "percent-0.15-small-target-general percent-0.85-our-format-large-target",
    "1 General | persen": "percent-1-general",
    "8500 with format 0% | persen": "percent-pasted-8500 percent-raw-8500-in-percent-cell percent-8500-general",
    "85%, 85 %, 85 persen | text | persen": "percent-sign percent-sign-space percent-word percent-Word percent-text-85",
    "85,5% / 85.5% | text | persen": "percent-comma-sign percent-dot-sign percent-comma",
    "0,85 | text | persen": "percent-0,85 percent-0.85-text percent-0,85-sign",
    "lOO%, l00 | text": "percent-lOO percent-l00 percent-1O0 money-letters",
    "12.500 | text | rupiah/count": "money-12.500 count-12.500 count-12.500-far-above-target",
    "12.500 | text | persen/nilai": "percent-12.500 score-12.500",
    "12,500 | text": "percent-12,500 count-12,500 score-12,500 money-12,500",
    "1.234.567 / 1.234.567,89 | text": "count-1.234.567 money-grouped money-grouped-sen",
    "1,234,567 / 1,234,567.50 | text": "count-english money-english money-english-sen",
    "1.234.56 | text": "percent-1.234.56 money-broken",
    "12.5 | text": "percent-dot score-dot",
    "Rp. 11.714.510.000,- / Rp29.286.275.000,00 / IDR": "money-rp-tail money-rp-sen money-idr money-rp-dash",
    "29,2 M / 1,5 jt / 750 rb / 2 T | rupiah": "money-miliar money-juta money-ribu money-triliun money-rp-juta "
    "money-ambiguous-juta",
    "29.2 in rupiah, header dalam ribuan": "money-29.2 money-29.2-text money-header-thousands money-small "
    "money-header-thousands-zero",
    "(1.000) / 1.000- | rupiah": "money-brackets money-trailing-minus money-negative percent-negative count-negative",
    "2 Lap, 11 dok, 3 keg | count": "count-2-lap count-2-laporan count-2-lap-dot count-11-dok count-title-unit "
    "count-unknown-unit",
    "80 - 90%, ≥ 75, >75, ± 80, 80-an": "percent-range percent-at-least percent-more percent-about percent-an "
    "target-range target-at-least",
    "3 dari 4, 3/4": "percent-of percent-fraction count-of count-fraction count-fraction-became-date "
    "percent-date-of-a-fraction",
    "BB, B, WTP | predikat": "predikat-bb predikat-b predikat-wtp predikat-other-scale predikat-plus predikat-number",
    "100% in count; 5 in yes/no": "count-percent count-percent-format yes-5 money-percent",
    "-, –, ., blank | realisasi": "empty spaces dash en-dash dot",
    "Nihil, tidak ada, 0": "count-nihil count-none count-text-0 count-0 money-nihil money-zero percent-nihil "
    "score-nihil",
    "N/A, tidak diukur, belum dilaksanakan, TMS": "n/a n.a. not-measured not-measured-long not-done tms "
    "not-measured-not-allowed",
    'sda, idem, "': "text-sda text-idem text-quote text-sda-nothing-above percent-ditto count-idem count-quote",
    "terlampir, lihat lampiran": "percent-attached percent-see-attachment text-attached",
    "√, v, x, ya": "yes yes-tick yes-v cross no not-yet",
    "44931 General | date": "date-serial date-serial-text date-other-number",
    "real date cell": "date-real date-real-outside date-swapped-by-excel date-inside-though-swappable",
    "5 Januari 2023, 5 Agt/Agu/Ags, Nop, Pebruari": "date-long date-zero date-agt date-agu date-ags date-nop "
    "date-nopember date-pebruari date-sept date-oct date-desember date-mei date-maret date-weekday date-tanggal",
    "05/01/2023, 5-1-23, 5.1.2023": "date-slashes date-dashes date-dots date-american",
    "2023-01-05": "date-iso date-iso-midnight",
    "Januari 2023, TW I, 2023": "date-month-only date-quarter date-year-text date-year-number",
    "leading/trailing/nbsp, ' prefix, full-width": "percent-nbsp percent-full-width percent-apostrophe text",
}
BY_NAME = {case[0]: case for case in CASES}
ROWS = [(row, name) for row, names in VALUES.items() for name in names.split()]


@pytest.mark.parametrize(("row", "name"), ROWS, ids=lambda part: part)
def test_a_typed_value_ends_as_the_row_says(row: str, name: str) -> None:
    _, typed, number_format, context, outcome, value, message = BY_NAME[name]

    reading = read_cell(RawCell(typed, number_format), context)

    assert (reading.outcome, reading.value, reading.id) == (outcome, value, message), row


def test_the_table_of_values_has_more_than_a_hundred_and_twenty_cases() -> None:
    assert len(ROWS) > 120


class Habit(NamedTuple):
    """A row of DOMAIN 7.2 (or a row of 7.3 that needs a whole sheet), what came, and what becomes of it."""

    row: str
    file: RawWorkbook
    stored: tuple[tuple[str, Value], ...]  # (row, realisasi) on record afterwards
    asked: tuple[str, ...]  # ids of the messages about cells that must be mended
    told: tuple[str, ...] = ()  # ids of everything else that is said


BOTH: tuple[tuple[str, Value], ...] = (("IK-01", d("83")), ("IK-02", d("3")))
ONLY_SECOND = BOTH[1:]
HABITS = [
    Habit("extra title rows, logo, moved table", book(sheet("S", *[("x",)] * 9, HEADER, FIRST, SECOND)), BOTH, ()),
    Habit(
        "merged cells: never figures",
        book(sheet("S", HEADER, FIRST, (*SECOND[:4], None, None), merged=((1, 4, 2, 4),))),
        BOTH[:1],
        ("K-007",),
    ),
    Habit("renamed sheet", capaian(FIRST, SECOND, name="Sheet1"), BOTH, ()),
    Habit("added rows", capaian(FIRST, SECOND, ("IK-99", "Baru", "%", 1, 2, None)), BOTH, (), ("K-526",)),
    Habit("deleted rows", capaian(SECOND), ONLY_SECOND, ("K-007",)),
    Habit("a row twice", capaian(FIRST, (*FIRST[:4], 70, None), SECOND), ONLY_SECOND, ("K-201",)),
    Habit("added columns", book(sheet("S", (*HEADER, "Warna"), (*FIRST, "merah"), SECOND)), BOTH, (), ("K-524",)),
    Habit("deleted columns", book(sheet("S", HEADER[:5], FIRST[:5], SECOND[:5])), BOTH, (), ("K-523",)),
    Habit(
        "header wording changed",
        book(
            sheet(
                "S",
                ("KODE", "indikator  kinerja", "Satuan", "Target s.d. Triwulan", "REALISASI", "Faktor\npenghambat"),
                FIRST,
                SECOND,
            )
        ),
        BOTH,
        (),
    ),
    Habit(
        "formula without cached value",
        capaian((*FIRST[:4], Uncalculated("=B2"), None), SECOND),
        ONLY_SECOND,
        ("K-002",),
    ),
    *(
        Habit(code, capaian((*FIRST[:4], CellError(code), None), SECOND), ONLY_SECOND, ("K-001",))
        for code in ("#REF!", "#DIV/0!", "#N/A", "#VALUE!")
    ),
    Habit("a sheet deleted", book(sheet("Lain", ("x",))), (), ("K-007", "K-007"), ("K-522",)),
    Habit("target altered", capaian((*FIRST[:3], 75, 83, None), SECOND), BOTH, (), ("K-527",)),
    Habit("-, –, ., blank: asked once, never 0", capaian((*FIRST[:4], "–", None), SECOND), ONLY_SECOND, ("K-008",)),
    Habit("blank", capaian((*FIRST[:4], None, None), SECOND), ONLY_SECOND, ("K-007",)),
    Habit(
        "realisasi far above target",
        capaian((*FIRST[:4], 190, None), SECOND),
        (("IK-01", d("190")), BOTH[1]),
        (),
        ("K-402",),
    ),
    Habit(
        "realisasi far below target",
        capaian((*FIRST[:4], 4, None), SECOND),
        (("IK-01", d("4")), BOTH[1]),
        (),
        ("K-403",),
    ),
]


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.row)
def test_a_sheet_ends_as_the_row_says(habit: Habit) -> None:
    checked = check_form(FORM, habit.file)

    figures = tuple((c.baris, c.nilai) for c in checked.tersimpan if c.kolom == "realisasi_kum")
    asked = tuple(message for cell in checked.to_fix for message in cell.pesan_id)
    told = tuple(m for cell in checked.sel if cell not in checked.to_fix for m in cell.pesan_id)
    assert (figures, asked) == (habit.stored, habit.asked)
    assert (*told, *map(identify, checked.catatan)) == habit.told


@pytest.mark.parametrize(
    ("file", "asked"),
    [
        pytest.param(lhp(answer="Ya"), (), id="Nihil on whole LHP sheet"),
        pytest.param(lhp(("NIHIL", "-", None)), (), id="Nihil in the first row"),
        pytest.param(lhp(), ("K-204",), id="neither filled nor nihil"),
        pytest.param(lhp(answer="mungkin"), ("K-202",), id="Nihil unclear"),
        pytest.param(lhp(("12/LHP", "Satu", 3), answer="Ya"), ("K-203",), id="Nihil beside rows"),
    ],
)
def test_a_sheet_is_declared_empty_as_the_row_says(file: RawWorkbook, asked: tuple[str, ...]) -> None:
    checked = check_form(OPEN_FORM, file)

    assert tuple(message for cell in checked.to_fix for message in cell.pesan_id) == asked


def test_hidden_rows_are_read_like_any_other_and_the_file_mentions_them() -> None:
    remark = 'Lembar "S" memuat baris tersembunyi yang berisi data; baris itu tetap dibaca.'
    hidden = RawWorkbook(
        kind=capaian().kind,
        sheets=(RawSheet(name="S", rows=capaian(FIRST, SECOND).sheets[0].rows, hidden=True),),
        remarks=(remark,),
    )

    checked = check_form(FORM, hidden)

    assert (checked.is_complete, tuple(map(identify, checked.catatan))) == (True, ("K-509",))


def test_a_corrected_row_alone_is_enough() -> None:
    prior = (StoredCell(lembar="capaian", baris="IK-02", kolom="realisasi_kum", nilai=d("3")),)

    assert check_form(FORM, capaian(FIRST), prior).is_complete
