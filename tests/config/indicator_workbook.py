"""Writes `indikator.toml` as the spreadsheet that may stand in its place; run as a module, it makes the shipped sample.

python -m tests.config.indicator_workbook templates/indikator-contoh.xlsx
"""

from __future__ import annotations

import sys
import tomllib
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.config import bundled_templates
from kinerja_mailbot.config.indicator_sheets import SHEETS
from kinerja_mailbot.config.indicators import FORMULA_NAMES
from kinerja_mailbot.domain.form.definition import Sheet

HEADER = 5
_NOTES = (
    "CONTOH – ganti sesuai Perjanjian Kinerja dan DIPA tahun berjalan, kemudian hapus baris ini.",
    "Simpan sebagai templates/indikator.xlsx dan pindahkan indikator.toml; arti setiap kolom tercantum di dalamnya.",
    "Unit: id, kode, atau nama unit pada config.toml. Target s.d. triwulan dihitung sejak awal tahun.",
)
_WIDTHS = {"sasaran": 40, "indikator": 60, "uraian": 50, "pagu": 18, "kode": 16, "pic": 24}
_CHOICES = {"rumus": tuple(FORMULA_NAMES), "sifat": ("akumulatif", "posisi akhir", "tahunan")}


def build(toml: Path) -> Workbook:
    """Return the spreadsheet."""
    listed = tomllib.loads(toml.read_text(encoding="utf-8"), parse_float=Decimal)
    workbook = Workbook()
    for old in workbook.worksheets:
        workbook.remove(old)
    for sheet in SHEETS.lembar:
        rows = [
            {"tahun": listed["tahun"], "unit": unit, **entry}
            for unit, sources in listed["unit"].items()
            for entry in sources.get(sheet.id, [])
        ]
        _write(workbook.create_sheet(sheet.judul), sheet, rows)
    return workbook


def _write(target: Worksheet, sheet: Sheet, rows: list[dict[str, object]]) -> None:
    for number, note in enumerate(_NOTES, start=1):
        target.cell(number, 1, note).font = Font(name="Arial", size=10, italic=True)
    for number, column in enumerate(sheet.kolom, start=1):
        letter = get_column_letter(number)
        heading = target.cell(HEADER, number, column.judul)
        heading.font = Font(name="Arial", size=10, bold=True, color="FFFFFF")
        heading.fill = PatternFill("solid", start_color="1F3A5F", end_color="1F3A5F")
        heading.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        target.column_dimensions[letter].width = _WIDTHS.get(column.kunci, 13)
        if words := _CHOICES.get(column.kunci):
            choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
            choice.add(f"{letter}{HEADER + 1}:{letter}{HEADER + 500}")
            target.add_data_validation(choice)
        for line, row in enumerate(rows, start=HEADER + 1):
            written = target.cell(line, number, _cell(column.kunci, row.get(column.kunci)))
            written.font = Font(name="Arial", size=10)
            written.alignment = Alignment(vertical="top", wrap_text=True)
            if column.kunci == "pagu":
                written.number_format = "#,##0"
    target.freeze_panes = f"C{HEADER + 1}"


def _cell(key: str, value: object) -> str | int | float | None:
    if key == "sifat":
        return str(value).replace("_", " ")
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, str | int) else None


if __name__ == "__main__":
    build(bundled_templates() / "indikator.toml").save(sys.argv[1])
