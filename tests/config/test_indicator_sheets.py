"""The indicator list as a spreadsheet: the same forms as from TOML, and mistakes named by sheet and cell."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.config import Config, ConfigError, Problem, bundled_templates, load_config
from tests.config.indicator_workbook import build
from tests.config.setup import SECRETS, Folder, make_folder

TOML, XLSX = "templates/indikator.toml", "templates/indikator.xlsx"


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedSheetReader]:
    with SandboxedSheetReader() as reader:
        yield reader


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An office that has moved to the spreadsheet."""
    folder = make_folder(tmp_path / "kantor")
    build(folder.path / TOML).save(folder.path / XLSX)
    (folder.path / TOML).unlink()
    return folder


def load(folder: Folder, reader: SandboxedSheetReader) -> Config:
    return load_config(folder.config, SECRETS, read=reader.read)


def problems(folder: Folder, reader: SandboxedSheetReader) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as caught:
        load(folder, reader)
    return caught.value.problems


def change(folder: Folder, edit: Callable[[Workbook], None]) -> None:
    workbook = load_workbook(folder.path / XLSX)
    edit(workbook)
    workbook.save(folder.path / XLSX)


def type_in(sheet: str, cell: str, value: str | float | None) -> Callable[[Workbook], None]:
    def edit(workbook: Workbook) -> None:
        workbook[sheet][cell].value = value

    return edit


def test_the_spreadsheet_gives_the_same_forms_as_the_toml(
    folder: Folder, reader: SandboxedSheetReader, tmp_path: Path
) -> None:
    by_toml = make_folder(tmp_path / "lain").load().kebijakan.format

    assert load(folder, reader).kebijakan.format == by_toml


def test_the_shipped_sample_says_what_the_toml_says(folder: Folder, reader: SandboxedSheetReader) -> None:
    expected = load(folder, reader).kebijakan.format
    shutil.copy(bundled_templates() / "indikator-contoh.xlsx", folder.path / XLSX)

    assert load(folder, reader).kebijakan.format == expected


def test_units_and_figures_may_be_written_as_people_write_them(folder: Folder, reader: SandboxedSheetReader) -> None:
    expected = load(folder, reader).kebijakan.format

    change(folder, type_in("Indikator", "A6", "ukl"))
    change(folder, type_in("Indikator", "H8", "80,0"))
    change(folder, type_in("Indikator", "G6", "Akumulatif"))
    change(folder, type_in("Anggaran", "D6", "Rp2.450.000.000,-"))

    assert load(folder, reader).kebijakan.format == expected


def test_without_the_word_contoh_the_forms_are_no_examples(folder: Folder, reader: SandboxedSheetReader) -> None:
    change(folder, type_in("Indikator", "A1", None))
    change(folder, type_in("Anggaran", "A1", None))

    assert not load(folder, reader).kebijakan.form_for("umum").contoh


# What is typed into which cell, and the problem that names it.
MISTAKES: dict[str, tuple[str, str, str | float | None, str, str]] = {
    "a unit that nobody knows": ("Indikator", "A7", "protokol", 'lembar "Indikator" sel A7', '"protokol"'),
    "no unit": ("Anggaran", "A6", None, 'lembar "Anggaran" sel A6', '""'),
    "a formula that does not exist": ("Indikator", "F6", "NAIK", 'lembar "Indikator" sel F6', '"NAIK"'),
    "a target in words": ("Indikator", "I6", "satu", 'lembar "Indikator" sel I6', '"satu"'),
    "a target that may be two numbers": ("Indikator", "I6", "1.250", 'lembar "Indikator" sel I6', '"1.250"'),
    "targets that fall": ("Indikator", "I6", 9, 'lembar "Indikator" sel I6', "9, 2, 3, 4"),
    "a missing target": ("Indikator", "J6", None, 'lembar "Indikator" sel J6', "tidak ada"),
    "a kode twice": ("Indikator", "B7", "UKL-01", 'lembar "Indikator" sel B7', '"UKL-01" untuk kedua kalinya'),
    "no year": ("Anggaran", "E6", None, 'lembar "Anggaran" sel E6', "tidak ada"),
    "a budget in words": ("Anggaran", "D6", "banyak", 'lembar "Anggaran" sel D6', '"banyak"'),
    "a missing column": ("Anggaran", "D5", "Catatan", 'lembar "Anggaran" baris 6, kolom pagu', "tidak ada"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_by_sheet_and_cell(
    folder: Folder, reader: SandboxedSheetReader, mistake: tuple[str, str, str | float | None, str, str]
) -> None:
    sheet, cell, typed, place, found = mistake
    change(folder, type_in(sheet, cell, typed))

    told = [(p.berkas, p.kunci, p.ditemukan) for p in problems(folder, reader)]

    assert ("indikator.xlsx", place, found) in told


def test_two_lists_are_one_too_many(folder: Folder, reader: SandboxedSheetReader) -> None:
    shutil.copy(bundled_templates() / "indikator.toml", folder.path / TOML)

    [problem] = problems(folder, reader)

    assert problem.ditemukan == "indikator.xlsx bersama indikator.toml"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04rusak"], ids=["empty", "a PDF", "broken"])
def test_a_file_that_is_no_spreadsheet_is_named(folder: Folder, reader: SandboxedSheetReader, content: bytes) -> None:
    (folder.path / XLSX).write_bytes(content)

    first, *_ = problems(folder, reader)

    assert (first.berkas, first.diharapkan) == ("indikator.xlsx", "buku kerja .xlsx tanpa kata sandi")
