"""What a form does while it is being filled in: validation, dropdowns, warning colours, live formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kinerja_mailbot.adapters.form_workbook.look import GOLD, HIGHLIGHTS, PINK, measure_in_row, type_in_row
from kinerja_mailbot.adapters.form_workbook.worksheet import Guard
from kinerja_mailbot.adapters.sheet_xml import column_letter
from kinerja_mailbot.domain.form.definition import (
    AdaDi,
    BatasHari,
    Column,
    ColumnType,
    Jumlah,
    PredikatSesuai,
    Row,
    Rule,
    Sheet,
    TidakMelebihi,
    TidakMenurun,
    Unik,
    WajibBila,
)
from kinerja_mailbot.domain.form.measure import AKUMULATIF, TARGETS
from kinerja_mailbot.domain.form.value import Mark

_GOLD, _PINK = HIGHLIGHTS.index(GOLD), HIGHLIGHTS.index(PINK)
_NUMERIC = frozenset({ColumnType.PERSEN, ColumnType.JUMLAH, ColumnType.NILAI, ColumnType.RUPIAH})
_MEASURES = _NUMERIC | {ColumnType.UKURAN}
_AKIP = ("AA", "A", "BB", "B", "CC", "C", "D")
_OPINI = ("WTP", "WDP", "TW", "TMP")
_KEY = re.compile(r"\{(\w+)\}")
_ASKED_AS = {
    ColumnType.PERSEN: "Tuliskan angka persen tanpa tanda %, misalnya 85,5.",
    ColumnType.JUMLAH: "Tuliskan angka saja, tanpa satuan, misalnya 12.",
    ColumnType.NILAI: "Tuliskan angka dengan koma sebagai tanda desimal, misalnya 69,05.",
    ColumnType.RUPIAH: "Tuliskan rupiah penuh dengan angka saja, tanpa Rp, misalnya 1250000.",
    ColumnType.TANGGAL: "Tuliskan tanggal, bulan, dan tahun, misalnya 5/1/2026.",
    ColumnType.TAHUN: "Tuliskan tahun dengan empat angka, misalnya 2026.",
    ColumnType.PILIHAN: "Mohon memilih salah satu dari daftar.",
    ColumnType.PREDIKAT: "Mohon memilih salah satu dari daftar.",
    ColumnType.YA_TIDAK: "Mohon memilih Ya atau Tidak.",
    ColumnType.TEKS: "Mohon menuliskan paling banyak 2.000 huruf.",
}


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the table of a sheet stands: the letters of its columns, and its rows by number in the file."""

    letters: dict[str, str]
    rows: tuple[tuple[int, Row | None], ...]


def live_formula(column: Column, row: Row | None, number: int, definition: Sheet) -> str:
    """Return the formula of a computed cell without its "=", empty until every measure that it needs is a number.

    Words that it looks at (the row's jenis) need no number. Without the columns it names there is no formula.

    >>> realisasi = Column(kunci="r", judul="Realisasi", jenis=ColumnType.JUMLAH)
    >>> persen = Column(kunci="p", judul="Persen", jenis=ColumnType.PERSEN, rumus="={r}/{t}*100")
    >>> sheet = Sheet(id="s", judul="S", kolom=(realisasi, persen))
    >>> live_formula(persen, Row("A", (("t", Decimal(80)),)), 7, sheet)
    'IF(AND(ISNUMBER(A7)),IFERROR(A7/80*100,""),"")'
    """
    places: dict[str, str] = {}
    measures: list[str] = []
    for key in dict.fromkeys(_KEY.findall(column.rumus)):
        place, constant = _place_of(definition, key), row.get(key) if row else None
        if place:
            places[key] = f"{column_letter(place)}{number}"
            measures += [places[key]] if definition.kolom[place - 1].jenis in _MEASURES else []
        elif isinstance(constant, Decimal):
            places[key] = str(constant)
        else:
            return ""
    if not measures:
        return ""
    tests = ",".join(f"ISNUMBER({place})" for place in measures)
    filled = _KEY.sub(lambda found: places[found[1]], column.rumus.removeprefix("="))
    return f'IF(AND({tests}),IFERROR({filled},""),"")'


def _place_of(definition: Sheet, kunci: str) -> int:
    """Return which column has this key, counted from 1; 0 if none."""
    return next((place for place, column in enumerate(definition.kolom, start=1) if column.kunci == kunci), 0)


def choices_of(column: Column, kind: ColumnType, row: Row | None) -> tuple[str, ...]:
    """Return what a dropdown offers, the declared absences included; empty when anything may be typed."""
    if column.pilihan:
        words = [choice.shown for choice in column.pilihan]
    elif kind is ColumnType.YA_TIDAK:
        words = ["Ya", "Tidak"]
    elif kind is ColumnType.PREDIKAT:
        printed = {value for _, value in row.nilai if isinstance(value, str)} if row else set[str]()
        words = list(_OPINI if printed & set(_OPINI) else _AKIP)
    else:
        return ()
    return (*words, *marks_of(column))


def marks_of(column: Column) -> tuple[str, ...]:
    """Return the declared absences that the column takes, as the form writes them."""
    marks = ((column.boleh_tidak_diukur, Mark.TIDAK_DIUKUR), (column.boleh_nihil, Mark.NIHIL))
    return tuple(mark.value.capitalize() for allowed, mark in marks if allowed)


def guards_of(definition: Sheet, grid: Grid, list_source: Callable[[tuple[str, ...]], str]) -> Iterator[Guard]:
    """Yield a guard for every input cell; `list_source` says where a dropdown finds its words."""
    for column in definition.kolom:
        if not column.isian:
            continue
        letter = grid.letters[column.kunci]
        alike: dict[tuple[ColumnType, tuple[str, ...]], list[int]] = {}
        for number, row in grid.rows:
            kind = type_in_row(column, row)
            alike.setdefault((kind, choices_of(column, kind, row)), []).append(number)
        for (kind, words), numbers in alike.items():
            cells = " ".join(_span(letter, *run) for run in _runs(numbers))
            yield _guard(column, kind, list_source(words) if words else "", cells, f"{letter}{numbers[0]}")


def _guard(column: Column, kind: ColumnType, source: str, cells: str, first: str) -> Guard:
    asked = _ASKED_AS[kind]
    if words := " atau ".join(f'"{mark}"' for mark in marks_of(column)):
        asked += f" Boleh juga ditulis {words}."
    name, operator, formulas = _condition(column, kind, source, first)
    return Guard(
        cells=cells,
        kind=name,
        operator=operator,
        formulas=formulas,
        hint=(column.judul[:32], (column.petunjuk or asked)[:255]),
        refusal=("Mohon diperiksa kembali", asked[:225]),
    )


def _condition(column: Column, kind: ColumnType, source: str, first: str) -> tuple[str, str, tuple[str, ...]]:
    """Return kind, operator and formulas of a validation (ECMA-376 18.3.1.32)."""
    if source:
        return "list", "", (source,)
    if kind is ColumnType.TEKS or kind not in {*_NUMERIC, ColumnType.TANGGAL, ColumnType.TAHUN}:
        return "textLength", "lessThanOrEqual", ("2000",)
    low, high = {ColumnType.TANGGAL: ("36526", "73415"), ColumnType.TAHUN: ("1990", "2100")}.get(kind, ("0", ""))
    if marks := marks_of(column):
        # A list would refuse numbers, so a formula checks the words; "Tidak diukur pada periode ini" passes too.
        words = "".join(f',LEFT(TRIM({first}),{len(mark)})="{mark}"' for mark in marks)
        upper = f",{first}<={high}" if high else ""
        return "custom", "", (f"OR(AND(ISNUMBER({first}),{first}>={low}{upper}){words})",)
    if not high:
        return "decimal", "greaterThanOrEqual", ("0",)
    return "date" if kind is ColumnType.TANGGAL else "whole", "between", (low, high)


def highlights_of(definition: Sheet, grid: Grid, asked: frozenset[str]) -> Iterator[tuple[str, str, int]]:
    """Yield what colours cells while they are filled: the cells, a test for the first of them, and the colour's place.

    Gold is for what is still missing in a begun row, pink for what looks wrong. Cells that are asked again (`asked`, by
    address) keep their own colour while they are empty.
    """
    inputs = [grid.letters[column.kunci] for column in definition.kolom if column.isian]
    measures = {number: (measure_in_row(row), _has_small_target(row)) for number, row in grid.rows}
    for column in definition.kolom:
        if not column.isian:
            continue
        letter = grid.letters[column.kunci]
        if column.wajib:
            for first, last in _runs(number for number, _ in grid.rows if f"{letter}{number}" not in asked):
                begun = f"COUNTA({','.join(f'${other}{first}' for other in inputs)})>0"
                yield _span(letter, first, last), f"AND({begun},LEN(TRIM({letter}{first}))=0)", _GOLD
        is_measure = column.jenis is ColumnType.UKURAN
        natures = {n: (measure if is_measure else column.jenis, small) for n, (measure, small) in measures.items()}
        for kind, small in dict.fromkeys(natures.values()):
            for first, last in _runs(number for number, nature in natures.items() if nature == (kind, small)):
                if test := _implausible(column, kind, f"{letter}{first}", small=small):
                    yield _span(letter, first, last), test, _PINK
    for rule in definition.aturan:
        yield from _highlights_of_rule(definition, rule, grid, asked)


def _span(letter: str, first: int, last: int) -> str:
    return f"{letter}{first}:{letter}{last}" if last > first else f"{letter}{first}"


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return ascending row numbers as runs without gaps: a formula is relative to its range's first cell.

    >>> _runs([7, 8, 9, 12])
    [(7, 9), (12, 12)]
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _has_small_target(row: Row | None) -> bool:
    """Tell whether the row's printed target is 1 or less: beside 0,2% a realisasi of 0,15% is nothing odd."""
    targets = (row.get(key) for key in TARGETS) if row else ()
    return any(isinstance(target, Decimal) and target <= 1 for target in targets)


def _implausible(column: Column, kind: ColumnType, cell: str, *, small: bool) -> str:
    """Return the test of what looks wrong in a measure; empty for everything else."""
    if kind not in _NUMERIC:
        return ""
    words = "".join(f',LEFT(TRIM({cell}),{len(mark)})<>"{mark}"' for mark in marks_of(column))
    odd = {
        # 0,85 under a heading in percent is mostly meant to be 85 (DOMAIN 7.3).
        ColumnType.PERSEN: ("" if small else f",AND({cell}>0,{cell}<=1)") + f",{cell}>200",
        ColumnType.JUMLAH: f",{cell}<>INT({cell})",
        ColumnType.RUPIAH: f",AND({cell}>0,{cell}<1000)",  # typed in thousands or millions
    }.get(kind, "")
    return f"OR(AND(ISTEXT({cell}){words}),AND(ISNUMBER({cell}),OR({cell}<0{odd})))"


def _highlights_of_rule(
    definition: Sheet, rule: Rule, grid: Grid, asked: frozenset[str]
) -> Iterator[tuple[str, str, int]]:
    match rule:
        case WajibBila(kolom=kolom, bila=other):
            color = _GOLD
        case TidakMelebihi(kolom=kolom, batas=other) | TidakMenurun(kolom=kolom, dari=other):
            color = _PINK
        case Jumlah() | PredikatSesuai() | Unik() | AdaDi() | BatasHari():
            return  # judged after the form has come back; a colour could not say what is wrong
    if kolom not in grid.letters or other not in grid.letters:
        return
    letter, source = grid.letters[kolom], grid.letters[other]
    for first, last in _runs(n for n, row in grid.rows if f"{letter}{n}" not in asked and _concerns(rule, row)):
        cell, beside = f"{letter}{first}", f"{source}{first}"
        match rule:
            case WajibBila():
                test = f"AND({_when(rule, beside, definition)},LEN(TRIM({cell}))=0)"
            case TidakMelebihi():
                test = f"AND(ISNUMBER({cell}),ISNUMBER({beside}),{cell}>{beside})"
            case TidakMenurun():
                note = f"LEN(TRIM({grid.letters[rule.catatan]}{first}))=0"
                test = f"AND(ISNUMBER({cell}),ISNUMBER({beside}),{cell}<{beside},{note})"
        yield _span(letter, first, last), test, color


def _concerns(rule: Rule, row: Row | None) -> bool:
    """Tell whether the rule speaks about this row: only what is counted since the year's beginning can't fall."""
    falls = row is not None and row.get("sifat") not in {None, AKUMULATIF}
    return not (falls and isinstance(rule, TidakMenurun))


def _when(rule: WajibBila, other: str, definition: Sheet) -> str:
    if rule.kurang_dari is not None:
        return f"ISNUMBER({other}),{other}<{rule.kurang_dari}"
    if rule.isi:
        words = dict.fromkeys(name for word in rule.isi for name in (definition.shown(rule.bila, word), word))
        return f"OR({','.join(f'{other}={_quoted(word)}' for word in words)})"
    return f"LEN(TRIM({other}))>0"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
