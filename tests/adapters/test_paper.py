"""Everything that is printed is printed on the office's paper: A4, or folio where the printers hold that."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from kinerja_mailbot.adapters.form_workbook import FormWorkbookWriter
from kinerja_mailbot.adapters.register_workbook import RegisterWorkbookWriter
from kinerja_mailbot.adapters.rekap_workbook import RekapWorkbookWriter
from kinerja_mailbot.adapters.report_document import ReportDocumentWriter
from kinerja_mailbot.domain.evidence.registers import Registers
from kinerja_mailbot.domain.form.identity import FormMeta
from kinerja_mailbot.domain.kinerja.analysis import with_analysis
from kinerja_mailbot.domain.kinerja.chapter import write_report
from kinerja_mailbot.domain.kinerja.rekap import Penanda
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.unit import Kantor, Kertas
from tests.domain.collection import TW3
from tests.domain.kinerja.quarter import DAFTAR, FILLED_UMUM, KANTOR, compiled
from tests.domain.kinerja.sixth_step import PERIOD

REKAP = with_analysis(compiled(PERIOD), PERIOD, b"kunci")


def form(kantor: Kantor) -> bytes:
    unit = DAFTAR.unit("umum")
    assert unit is not None
    meta = FormMeta(format="kinerja", versi=1, unit="umum", periode=TW3.kode, nonce="n")
    return FormWorkbookWriter(kantor).write(
        FormFile(nama="f.xlsx", form=FILLED_UMUM.form, meta=meta, unit=unit, periode=TW3, batas_at=FILLED_UMUM.batas_at)
    )


def registers(kantor: Kantor) -> Registers:
    return Registers(kantor=kantor, periode=TW3, sop="5.16", masuk=(), keluar=(), tanda_terima=())


WRITERS = [
    pytest.param(form, id="form"),
    pytest.param(lambda kantor: RekapWorkbookWriter(kantor).write(REKAP), id="rekap"),
    pytest.param(lambda kantor: RegisterWorkbookWriter().agenda(registers(kantor)), id="buku agenda"),
    pytest.param(lambda kantor: RegisterWorkbookWriter().receipts(registers(kantor)), id="tanda terima"),
]


@pytest.mark.parametrize(("kertas", "size"), [(Kertas.A4, 9), (Kertas.F4, 14)], ids=["A4", "F4"])
@pytest.mark.parametrize("write", WRITERS)
def test_every_printed_sheet_has_the_offices_paper(write: Callable[[Kantor], bytes], kertas: Kertas, size: int) -> None:
    workbook = load_workbook(io.BytesIO(write(replace(KANTOR, kertas=kertas))))

    printed = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    assert {sheet.page_setup.paperSize for sheet in printed} == {size}


@pytest.mark.parametrize(("kertas", "size"), [(Kertas.A4, (210, 297)), (Kertas.F4, (215, 330))], ids=["A4", "F4"])
def test_the_laporan_has_the_offices_paper(kertas: Kertas, size: tuple[int, int]) -> None:
    laporan = write_report(REKAP, "Sekretaris", Penanda("Kasubbag", "Maria"), date(2026, 10, 6))

    document = docx.Document(io.BytesIO(ReportDocumentWriter(replace(KANTOR, kertas=kertas)).write(laporan)))

    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == size


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_folio_as_folio(tmp_path: Path) -> None:
    book = tmp_path / "rekap.xlsx"
    book.write_bytes(RekapWorkbookWriter(replace(KANTOR, kertas=Kertas.F4)).write(REKAP))
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"

    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)

    sizes = {line.split(b"[")[1].split(b"]")[0] for line in pages_of((tmp_path / "rekap.pdf").read_bytes())}
    millimetres = {tuple(round(float(side) / 72 * 25.4) for side in size.split()[2:]) for size in sizes}
    assert all(abs(wide - 330) <= 1 and abs(high - 216) <= 1 for wide, high in millimetres), millimetres


def pages_of(pdf: bytes) -> list[bytes]:
    """Return the page boxes that the file names."""
    found = [b"[" + rest for rest in pdf.split(b"/MediaBox[")[1:]]
    assert found
    return found
