"""Indicators and budget lines: `templates/indikator.toml`, or `.xlsx`, gives each unit's forms their printed rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from kinerja_mailbot.config.formats import SOURCES, Blank
from kinerja_mailbot.config.indicator_sheets import ReadWorkbook, open_sheets
from kinerja_mailbot.config.problems import Findings
from kinerja_mailbot.config.table import Table, shown
from kinerja_mailbot.config.toml_file import open_toml
from kinerja_mailbot.domain.capaian import read_range
from kinerja_mailbot.domain.form.definition import ColumnType, Form, Row, Sheet, type_of_satuan
from kinerja_mailbot.domain.form.periodic import TARGET_KEYS
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.unit import Unit

_FILE_NAME = "indikator.toml"
_SHEET_NAME = "indikator.xlsx"
FORMULA_NAMES = {
    "POS": "Positif",
    "NEG_LAN": "Negatif",
    "NEG_SKP": "Negatif",
    "NEG_RASIO": "Negatif (rasio)",
    "RENTANG": "Rentang",
    "YATIDAK": "Ya/tidak",
    "PREDIKAT": "Predikat",
}
"""How the form names a formula in its column `jenis`; the live preview of capaian reads these words."""

_NATURES = {"akumulatif": "akumulatif", "posisi_akhir": "posisi akhir", "tahunan": "tahunan"}
_YEAR_END = TARGET_KEYS[-1]


def fill_forms(
    templates: Path,
    blanks: tuple[Blank, ...],
    units: tuple[Unit, ...],
    findings: Findings,
    read: ReadWorkbook | None = None,
) -> tuple[tuple[str, Form], ...]:
    """Return each unit's form with that unit's rows; a unit whose format does not exist is left out (noted before).

    `read` opens the list where the office keeps it as a spreadsheet.
    """
    root = _open_list(templates, units, findings, read) if any(blank.sumber for blank in blanks) else None
    if root is None:
        root = Table({}, Findings())  # its absence is noted already; the forms need no second complaint
    example, year = root.flag("contoh", False), root.integer("tahun", at_least=2000, at_most=2200)
    by_unit = root.table("unit")
    rows = {name: _read_unit(by_unit.table(name), year) for name in by_unit.names()}
    pairs = [(unit, blank) for unit in units for blank in blanks if blank.form.id == unit.format]
    for unit, blank in pairs:
        for source in sorted({source for _, source in blank.sumber}):
            if root.names() and not rows.get(unit.id, {}).get(source):
                by_unit.complain(f"{unit.id}.{source}", "tidak ada", f"sedikitnya satu {source} untuk unit {unit.id}")
    _refuse_strangers(by_unit, units)
    root.report_unknown()
    return tuple((unit.id, _fill(blank, rows.get(unit.id, {}), example)) for unit, blank in pairs)


def _open_list(templates: Path, units: tuple[Unit, ...], findings: Findings, read: ReadWorkbook | None) -> Table | None:
    """Open the one list that there is; two would leave it open which one the office means."""
    sheet, text = templates / _SHEET_NAME, templates / _FILE_NAME
    if not sheet.is_file():
        return open_toml(text, findings)
    if text.is_file():
        found = f"{_SHEET_NAME} bersama {_FILE_NAME}"
        findings.add(str(templates), found, "salah satu saja; mohon memindahkan berkas yang tidak digunakan")
    if read is None:
        findings.add(str(sheet), "buku kerja yang tidak dapat dibuka di sini", _FILE_NAME)
        return None
    return open_sheets(sheet, read, units, findings)


def _fill(blank: Blank, rows: dict[str, tuple[Row, ...]], example: bool) -> Form:
    def filled(sheet: Sheet) -> Sheet:
        source = blank.source_of(sheet.id)
        return sheet if source is None else replace(sheet, baris=rows.get(source, ()))

    return replace(blank.form, lembar=tuple(map(filled, blank.form.lembar)), contoh=example and bool(blank.sumber))


def _read_unit(table: Table, year: int) -> dict[str, tuple[Row, ...]]:
    readers = {"indikator": _read_indicator, "anggaran": _read_budget_line}
    rows: dict[str, tuple[Row, ...]] = {}
    for source in SOURCES:
        entries = table.tables(source)
        rows[source] = tuple(readers[source](entry, year) for entry in entries)
        seen: set[tuple[str, Value | None]] = set()
        for entry, row in zip(entries, rows[source], strict=True):
            name = (row.kode.casefold(), row.get("tahun"))
            if row.kode and name in seen:
                entry.complain("kode", f"{shown(row.kode)} untuk kedua kalinya", "kode lain")
            seen.add(name)
    return rows


def _read_indicator(entry: Table, year: int) -> Row:
    formula, nature = entry.choice("rumus", tuple(FORMULA_NAMES)), entry.choice("sifat", tuple(_NATURES))
    satuan = entry.text("satuan")
    _check_satuan(entry, formula, satuan)
    targets = _read_targets(entry, formula, nature)
    texts = tuple((key, entry.text(key)) for key in ("sasaran", "indikator"))
    values: tuple[tuple[str, Value], ...] = (
        *texts,
        ("satuan", satuan),
        ("jenis", f"{FORMULA_NAMES[formula]}; {_NATURES[nature]}"),
        *targets,
        ("pic", entry.text("pic", "")),
        ("rumus", formula),
        ("sifat", nature),
        ("tahun", Decimal(entry.integer("tahun", year, at_least=2000, at_most=2200))),
    )
    kode = entry.text("kode")
    return Row(kode, (("kode", kode), *((key, value) for key, value in values if value != "")))


def _read_budget_line(entry: Table, year: int) -> Row:
    kode = entry.text("kode")
    year_of_row = entry.integer("tahun", year, at_least=2000, at_most=2200)
    return Row(
        kode,
        (
            ("kode", kode),
            ("uraian", entry.text("uraian")),
            ("pagu", entry.number("pagu")),
            ("tahun", Decimal(year_of_row)),
        ),
    )


def _check_satuan(entry: Table, formula: str, satuan: str) -> None:
    needed = {"YATIDAK": (ColumnType.YA_TIDAK, "ya/tidak"), "PREDIKAT": (ColumnType.PREDIKAT, "predikat")}
    for name, (kind, word) in needed.items():
        if satuan and (formula == name) != (type_of_satuan(satuan) is kind):
            entry.complain("satuan", f"{shown(satuan)} dengan rumus {formula}", f'"{word}" hanya bersama rumus {name}')


def _read_targets(entry: Table, formula: str, nature: str) -> tuple[tuple[str, Value], ...]:
    keys = ("target_tahun", _YEAR_END) if nature == "tahunan" else ("target_tahun", *TARGET_KEYS)
    targets = tuple((key, _read_target(entry, key, formula)) for key in keys)
    found = dict(targets)
    if found["target_tahun"] != found[_YEAR_END]:
        written = f"{found[_YEAR_END]}, sedangkan target_tahun {found['target_tahun']}"
        entry.complain(_YEAR_END, written, "target s.d. triwulan IV yang sama dengan target_tahun")
    numbers = [value for key, value in targets[1:] if isinstance(value, Decimal)]
    if nature == "akumulatif" and any(later < earlier for earlier, later in pairwise(numbers)):
        entry.complain("target_tw1", ", ".join(map(str, numbers)), "target kumulatif yang tidak menurun")
    return targets


def _read_target(entry: Table, key: str, formula: str) -> Value:
    match formula:
        case "RENTANG":
            return _read_range(entry, key)
        case "YATIDAK":
            return entry.choice(key, ("Ya", "Tidak"))
        case "PREDIKAT":
            return entry.text(key)
        case _:
            return entry.number(key)


def _read_range(entry: Table, key: str) -> str:
    written = entry.text(key)
    if written and read_range(written) is None:
        entry.complain(key, shown(written), 'rentang, misalnya "80-90"')
    return written


def _refuse_strangers(by_unit: Table, units: tuple[Unit, ...]) -> None:
    known = ", ".join(unit.id for unit in units)
    for name in by_unit.names():
        if name not in {unit.id for unit in units}:
            by_unit.complain(name, "unit yang tidak ada dalam konfigurasi", f"salah satu dari: {known}")
