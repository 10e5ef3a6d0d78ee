"""Form definitions: `templates/format/*.toml` become forms that still lack the rows of a unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kinerja_mailbot.config.form_rules import check_references, read_rule
from kinerja_mailbot.config.problems import Findings
from kinerja_mailbot.config.table import Table, as_number, shown
from kinerja_mailbot.config.toml_file import open_toml
from kinerja_mailbot.domain.form.definition import Choice, Column, ColumnType, Form, Row, Sheet
from kinerja_mailbot.domain.form.value import Value

SOURCES = ("indikator", "anggaran")
"""The lists of `indikator.toml` that printed sheets may take their rows from."""

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_REFERENCE = re.compile(r"\{([^{}]*)\}")
_TAB = re.compile(r"[^\[\]:*?/\\]{1,31}")
_MOST_HINTS = 10


@dataclass(frozen=True, slots=True)
class Blank:
    """A form before it is any unit's: `sumber` says which sheets take their rows from which list."""

    form: Form
    sumber: tuple[tuple[str, str], ...]  # (sheet id, one of SOURCES)

    def source_of(self, sheet_id: str) -> str | None:
        """Return the list that this sheet takes its rows from."""
        return next((source for sheet, source in self.sumber if sheet == sheet_id), None)


def read_formats(templates: Path, findings: Findings) -> tuple[Blank, ...]:
    """Read every form of `templates/format`, by file name."""
    paths = sorted((templates / "format").glob("*.toml"))
    if not paths:
        findings.add("templat", f"direktori {templates / 'format'} tanpa berkas format", "sedikitnya satu berkas .toml")
    tables = ((path, open_toml(path, findings)) for path in paths)
    return tuple(_read_form(path, table) for path, table in tables if table is not None)


def _read_form(path: Path, table: Table) -> Blank:
    form_id = table.text("id")
    if form_id and form_id != path.stem:
        table.complain("id", shown(form_id), f'"{path.stem}", sama dengan nama berkasnya')
    hints = table.texts("petunjuk")
    if len(hints) > _MOST_HINTS:
        table.complain("petunjuk", f"{len(hints)} baris", f"paling banyak {_MOST_HINTS} baris")
    read = tuple((entry, *_read_sheet(entry)) for entry in table.tables("lembar", needed=True))
    form = Form(
        id=form_id,
        versi=table.integer("versi", at_least=1),
        judul=table.text("judul"),
        lembar=tuple(sheet for _, sheet, _ in read),
        petunjuk=hints,
    )
    for entry, sheet, _ in read:
        check_references(entry, sheet, form)
    _check_unique(table, "lembar", tuple(sheet.id for sheet in form.lembar))
    table.report_unknown()
    return Blank(form, tuple((sheet.id, source) for _, sheet, source in read if source))


def _read_sheet(entry: Table) -> tuple[Sheet, str]:
    columns = tuple(_read_column(column) for column in entry.tables("kolom", needed=True))
    _check_unique(entry, "kolom", tuple(column.kunci for column in columns))
    # A heading that fits two columns would let the reader of a returned file take one for the other.
    headings = tuple({name.casefold() for name in (c.judul, *c.padanan)} for c in columns)
    _check_unique(entry, "kolom", tuple(sorted(name for names in headings for name in names)))
    _check_formulas(entry, columns)
    source = entry.choice("baris_dari", SOURCES) if entry.has("baris_dari") else ""
    rows = tuple(_read_row(row, columns) for row in entry.tables("baris"))
    empty_lines = entry.integer("baris_kosong", 0, at_most=500)
    if sum((bool(source), bool(rows), bool(empty_lines))) != 1:
        entry.complain("baris_kosong", "asal baris tidak jelas", "salah satu dari: baris_dari, baris, baris_kosong")
    title = entry.text("judul")
    if not _TAB.fullmatch(title) and title:
        entry.complain(
            "judul", shown(title), "paling banyak 31 huruf tanpa [ ] : * ? / \\, ketentuan nama lembar Excel"
        )
    sheet = Sheet(
        id=entry.text("id"),
        judul=title,
        kolom=columns,
        baris=rows,
        baris_kosong=empty_lines,
        kunci=entry.texts("kunci") or ("kode",),
        nihil=entry.text("nihil", ""),
        aturan=tuple(rule for item in entry.tables("aturan") if (rule := read_rule(item)) is not None),
    )
    return sheet, source


def _read_column(entry: Table) -> Column:
    key, kind = entry.text("kunci"), ColumnType(entry.choice("jenis", tuple(ColumnType)))
    if key and not _KEY.fullmatch(key):
        entry.complain("kunci", shown(key), "huruf kecil, angka, dan garis bawah, misalnya realisasi_tw")
    column = Column(
        kunci=key,
        judul=entry.text("judul"),
        jenis=kind,
        isian=entry.flag("isian", False),
        wajib=entry.flag("wajib", False),
        lebar=float(entry.number("lebar", at_least=3)) if entry.has("lebar") else 14.0,
        pilihan=_read_choices(entry),
        padanan=entry.texts("padanan"),
        boleh_tidak_diukur=entry.flag("boleh_tidak_diukur", False),
        boleh_nihil=entry.flag("boleh_nihil", False),
        rumus=entry.text("rumus", ""),
        petunjuk=entry.text("petunjuk", ""),
        lalu=entry.text("lalu", ""),
    )
    if column.lalu and (column.isian or column.rumus):
        entry.complain("lalu", shown(column.lalu), "kolom yang dicetak program: tanpa isian dan tanpa rumus")
    if (kind is ColumnType.PILIHAN) != bool(column.pilihan):
        entry.complain("pilihan", shown(list(column.pilihan)), f'pilihan bila jenis = "pilihan", kini "{kind}"')
    if column.wajib and not column.isian:
        entry.complain("wajib", "true", "kolom wajib yang juga isian = true")
    return column


def _read_choices(entry: Table) -> tuple[Choice, ...]:
    choices = tuple(
        Choice(item.text("nilai"), item.texts("padanan"), item.text("tampil", "")) for item in entry.tables("pilihan")
    )
    _check_unique(
        entry, "pilihan", tuple(word for c in choices for word in {name.casefold() for name in (*c.names, *c.padanan)})
    )
    return choices


def _read_row(entry: Table, columns: tuple[Column, ...]) -> Row:
    printed = [column.kunci for column in columns if not column.isian and not column.rumus]
    values = tuple((key, _read_value(entry, key)) for key in printed if entry.has(key))
    return Row(entry.text("kode"), values)


def _read_value(entry: Table, key: str) -> Value:
    value = entry.raw(key, "")
    number = as_number(value)
    if number is not None:
        return number
    if isinstance(value, str | date):
        return value
    entry.complain(key, shown(value), "teks, angka, atau tanggal")
    return ""


def _check_formulas(entry: Table, columns: tuple[Column, ...]) -> None:
    known = {column.kunci for column in columns}
    for number, column in enumerate(columns, 1):
        unknown = [name for name in _REFERENCE.findall(column.rumus) if name not in known]
        if column.lalu and not any(other.kunci == column.lalu and other.isian for other in columns):
            entry.complain(f"kolom[{number}].lalu", shown(column.lalu), "kunci kolom isian dari lembar yang sama")
        if unknown:
            found = ", ".join(f"{{{name}}}" for name in unknown)
            entry.complain(f"kolom[{number}].rumus", found, "kunci kolom dari lembar yang sama")


def _check_unique(entry: Table, key: str, names: tuple[str, ...]) -> None:
    seen: Mapping[str, int] = {name: names.count(name) for name in names}
    for name, count in seen.items():
        if name and count > 1:
            entry.complain(key, f"{shown(name)} {count} kali", "nama yang berbeda-beda")
