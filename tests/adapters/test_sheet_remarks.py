"""What a workbook carries without its sender's knowledge is told, once, and our own parts are not."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.form_workbook import FormWorkbookWriter
from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.domain.form.workbook import RawWorkbook
from tests.adapters.test_form_workbook import KANTOR, asked, file_of

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")

COLUMN = 'Lembar "Isian" memuat kolom tersembunyi yang berisi data; kolom itu tetap dibaca.'
COMMENTS = (
    "Berkas memuat komentar pada sel. Komentar tidak kami baca; penjelasan yang diperlukan mohon dituliskan pada kolom "
    "isian."
)
PARTS = {
    "a pivot's cache": (
        "xl/pivotCache/pivotCacheDefinition1.xml",
        "Berkas memuat tabel pivot beserta salinan data sumbernya. Salinan itu ikut terkirim meskipun tidak tampak; "
        "kami tidak membacanya.",
    ),
    "a link to another workbook": (
        "xl/externalLinks/externalLink1.xml",
        "Berkas memuat tautan ke buku kerja lain. Angka dari tautan dibaca sebagaimana terakhir tersimpan.",
    ),
    "macros": ("xl/vbaProject.bin", "Berkas memuat makro. Makro tidak dijalankan; hanya isi selnya yang dibaca."),
    "an object": (
        "xl/embeddings/oleObject1.bin",
        "Berkas memuat objek atau berkas lain yang disisipkan. Isinya ikut terkirim, tetapi tidak kami baca.",
    ),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedSheetReader]:
    with SandboxedSheetReader() as reader:
        yield reader


def new_sheet() -> tuple[Workbook, Worksheet]:
    workbook = Workbook()
    sheet = workbook.create_sheet("Isian", 0)
    workbook.remove(workbook.worksheets[1])
    sheet["A1"].value, sheet["B1"].value, sheet["C1"].value = "Kode", 85.5, "terlihat"
    return workbook, sheet


def saved(workbook: Workbook, part: str = "") -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    if part:
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr(part, b"<x/>")
    return buffer.getvalue()


def remarks(reader: SandboxedSheetReader, content: bytes) -> tuple[str, ...]:
    result = reader.read(content)
    assert isinstance(result, RawWorkbook), result
    return result.remarks


@pytest.mark.parametrize(("part", "sentence"), PARTS.values(), ids=PARTS)
def test_a_part_that_travels_along_is_told(reader: SandboxedSheetReader, part: str, sentence: str) -> None:
    workbook, _ = new_sheet()

    assert remarks(reader, saved(workbook, part)) == (sentence,)


def test_a_hidden_column_with_values_is_told(reader: SandboxedSheetReader) -> None:
    workbook, sheet = new_sheet()
    sheet.column_dimensions["B"].hidden = True

    assert remarks(reader, saved(workbook)) == (COLUMN,)


def test_a_hidden_column_without_values_is_nobodys_business(reader: SandboxedSheetReader) -> None:
    workbook, sheet = new_sheet()
    sheet.column_dimensions["F"].hidden = True

    assert remarks(reader, saved(workbook)) == ()


def test_comments_are_told_but_for_our_own(reader: SandboxedSheetReader) -> None:
    workbook, sheet = new_sheet()
    sheet["B1"].comment = Comment("▲ Mohon dipastikan.", "Data Kinerja")
    ours = saved(workbook)
    sheet["C1"].comment = Comment("angka sementara, menunggu rekonsiliasi", "Staf")
    theirs = saved(workbook)

    assert (remarks(reader, ours), remarks(reader, theirs)) == ((), (COMMENTS,))


@needs_libreoffice
def test_what_libreoffice_writes_as_ods_is_told_likewise(reader: SandboxedSheetReader, tmp_path: Path) -> None:
    workbook, sheet = new_sheet()
    sheet["B1"].comment = Comment("▲ Mohon dipastikan.", "Data Kinerja")
    sheet.column_dimensions["B"].hidden = True
    ours = as_ods(saved(workbook), tmp_path / "ours")
    sheet["C1"].comment = Comment("angka sementara, menunggu rekonsiliasi", "Staf")
    theirs = as_ods(saved(workbook), tmp_path / "theirs")

    assert (remarks(reader, ours), remarks(reader, theirs)) == ((COLUMN,), (COLUMN, COMMENTS))


@pytest.mark.parametrize("repairs", [False, True], ids=["a blank form", "a form with repairs"])
def test_our_own_forms_give_no_cause_for_remarks(reader: SandboxedSheetReader, repairs: bool) -> None:
    file = file_of(ditanyakan=(asked("capaian", "IK-01", "realisasi", "0,85"),) if repairs else ())

    assert remarks(reader, FormWorkbookWriter(KANTOR).write(file)) == ()


def as_ods(content: bytes, folder: Path) -> bytes:
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(folder), str(folder / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "a.ods").read_bytes()
