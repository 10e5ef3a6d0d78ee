"""A form filled in and saved by whatever program the office has comes back with the same values and the same doubts."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.form_workbook import FormWorkbookWriter
from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.config import bundled_example, load_config
from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.domain.form.check import check_form, find_meta, recognise
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.form.earlier import Earlier
from kinerja_mailbot.domain.form.identity import FormMeta, is_genuine, sign_meta
from kinerja_mailbot.domain.form.periodic import form_for_period
from kinerja_mailbot.domain.form.value import CellOutcome
from kinerja_mailbot.domain.form.workbook import RawWorkbook
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.periode import parse_periode

CONFIG = load_config(bundled_example(), {}, require_secrets=False)
POLICY = CONFIG.kebijakan
PERIODE = parse_periode("2026-TW3")
KEY = b"kunci"
ENTRIES: Mapping[str, Sequence[Entry]] = {
    "umum": figures.UMUM,
    "teknis": figures.TEKNIS_FIRST,
    "hukum": figures.HUKUM,
    "sekretaris": figures.SEKRETARIS,
}
UNITS = tuple(ENTRIES)
ENDINGS = ("xlsx", "ods", "xls")
SSCONVERT = {"xlsx": "Gnumeric_Excel:xlsx2", "ods": "Gnumeric_OpenCalc:odf", "xls": "Gnumeric_Excel:excel_biff8"}
PERL = Path(__file__).with_name("tulis.pl")

Verdicts = dict[tuple[str, str, str], tuple[CellOutcome, object]]


def has_perl_writer() -> bool:
    command = ["perl", "-MExcel::Writer::XLSX", "-MJSON::PP", "-e", "1"]
    return shutil.which("perl") is not None and not subprocess.run(command, check=False, capture_output=True).returncode


def form_of(unit: str) -> Form:
    """Return the form with figures of the period before, small enough to raise no question."""
    form = POLICY.form_for(unit)
    before = tuple(
        StoredCell(lembar=sheet.id, baris=row.kode, kolom=column.lalu, nilai=Decimal(1))
        for sheet in form.lembar
        for column in sheet.kolom
        for row in sheet.baris
        if column.lalu
    )
    return form_for_period(form, PERIODE, Earlier(parse_periode("2026-TW2"), before))


def blank(unit: str) -> bytes:
    """Return the unit's form as it is sent."""
    form, respondent = form_of(unit), CONFIG.daftar.unit(unit)
    assert respondent is not None
    meta = FormMeta(format=form.id, versi=form.versi, unit=unit, periode=PERIODE.kode, nonce="n0nce")
    file = FormFile(
        nama=f"{unit}.xlsx",
        form=form,
        meta=replace(meta, tanda=sign_meta(meta, KEY)),
        unit=respondent,
        periode=PERIODE,
        batas_at=datetime(2026, 10, 6, 7, tzinfo=UTC),
    )
    return FormWorkbookWriter(POLICY.kantor).write(file)


def filled(unit: str) -> bytes:
    """Return the unit's form with everything typed that its people report in the demo, mistakes included."""
    return fill_in(blank(unit), ENTRIES[unit])


def read(reader: SandboxedSheetReader, content: bytes) -> RawWorkbook:
    result = reader.read(content)
    assert isinstance(result, RawWorkbook), result
    return result


def verdicts(unit: str, workbook: RawWorkbook) -> Verdicts:
    cells = check_form(form_of(unit), workbook).sel
    return {(c.lembar, c.baris, c.kolom): (c.hasil, c.nilai) for c in cells if c.tertulis or c.hasil is CellOutcome.FIX}


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedSheetReader]:
    with SandboxedSheetReader() as reader:
        yield reader


@pytest.fixture(scope="module")
def typed(reader: SandboxedSheetReader) -> dict[str, Verdicts]:
    """What each unit's form says as it was typed, before any other program has touched it."""
    return {unit: verdicts(unit, read(reader, filled(unit))) for unit in UNITS}


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asli")
    for unit in UNITS:
        (folder / f"{unit}.xlsx").write_bytes(filled(unit))
    return folder


def test_what_was_typed_is_what_is_stored(typed: dict[str, Verdicts]) -> None:
    stored = {key[1]: value for key, (_, value) in typed["umum"].items() if key[2] in {"realisasi_kum", "realisasi"}}

    assert stored == {
        "UKL-01": 3,
        "UKL-02": 9,
        "UKL-03": Decimal("82.5"),
        "UKL-04": 2,
        "6709.EBA.994": 1_795_320_500,
        "6709.EBD.955": 61_200_000,
        "6710.EBB.951": 98_430_000,
    }


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("chain", [("xlsx",), ("ods",), ("xls",), ("ods", "xlsx"), ("xls", "ods")], ids="-".join)
def test_libreoffice_gives_back_what_was_typed(
    reader: SandboxedSheetReader,
    typed: dict[str, Verdicts],
    originals: Path,
    tmp_path: Path,
    chain: tuple[str, ...],
) -> None:
    folder, ending = originals, "xlsx"
    for target in chain:
        folder, ending = by_libreoffice(sorted(folder.glob(f"*.{ending}")), target, tmp_path / target), target

    found = {unit: read(reader, (folder / f"{unit}.{ending}").read_bytes()) for unit in UNITS}

    assert_same(found, typed)


@pytest.mark.skipif(shutil.which("ssconvert") is None, reason="Gnumeric is not installed here")
@pytest.mark.parametrize("ending", ENDINGS)
def test_gnumeric_gives_back_what_was_typed(
    reader: SandboxedSheetReader, typed: dict[str, Verdicts], originals: Path, tmp_path: Path, ending: str
) -> None:
    for unit in UNITS:
        command = ["ssconvert", "-T", SSCONVERT[ending], str(originals / f"{unit}.xlsx"), str(tmp_path / unit)]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    found = {unit: read(reader, (tmp_path / unit).read_bytes()) for unit in UNITS}

    assert_same(found, typed)


@pytest.mark.skipif(not has_perl_writer(), reason="Excel::Writer::XLSX for Perl is not installed here")
@pytest.mark.parametrize("unit", UNITS)
def test_a_table_typed_anew_in_another_program_says_the_same(
    reader: SandboxedSheetReader, typed: dict[str, Verdicts], tmp_path: Path, unit: str
) -> None:
    target = tmp_path / "baru.xlsx"
    order = {"file": str(target), "sheets": [typed_anew(sheet) for sheet in visible_sheets(filled(unit))]}
    subprocess.run(["perl", str(PERL)], input=json.dumps(order).encode(), check=True, capture_output=True, timeout=60)

    workbook = read(reader, target.read_bytes())

    assert find_meta(workbook) is None
    assert recognise(workbook, tuple((name, form_of(name)) for name in UNITS)) == unit
    assert verdicts(unit, workbook) == typed[unit]


def assert_same(found: dict[str, RawWorkbook], typed: dict[str, Verdicts]) -> None:
    for unit, workbook in found.items():
        meta = find_meta(workbook)
        assert meta is not None
        assert is_genuine(meta, KEY)
        assert verdicts(unit, workbook) == typed[unit]


def by_libreoffice(sources: Sequence[Path], ending: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder.parent / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(folder), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder


def visible_sheets(content: bytes) -> list[Worksheet]:
    book = load_workbook(io.BytesIO(content))
    return [sheet for sheet in book.worksheets if not sheet.title.startswith(("_", "Petunjuk"))]


def typed_anew(sheet: Worksheet) -> dict[str, object]:
    """Return a sheet as somebody types it again: another title above, the columns from right to left, no signature."""
    lines = [list(row) for row in sheet.iter_rows(values_only=True)]
    header = next(number for number, line in enumerate(lines) if sum(isinstance(v, str) for v in line) >= 4)
    above = [line for line in lines[:header] if any("Tidak ada" in str(value) for value in line)]
    table = [line[::-1] for line in lines[header:] if sum(value is not None for value in line) >= 3]
    rows = [[as_json(value) for value in row] for row in (*above, *table)]
    return {"name": sheet.title[:20] + " baru", "rows": [["Rekap isian"], [], *rows]}


def as_json(value: object) -> object:
    match value:
        case datetime():
            return f"{value:%d/%m/%Y}"
        case int() | float():
            return {"number": value}
        case str() if value.startswith("="):
            return None
        case None | str():
            return value
        case _:
            raise TypeError(type(value))
