"""The laporan as a document: read back, the same bytes again, nothing that breaks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx

from kinerja_mailbot.adapters.report_document import ReportDocumentWriter
from kinerja_mailbot.domain.kinerja.chapter import write_report
from kinerja_mailbot.domain.kinerja.rekap import Penanda
from kinerja_mailbot.domain.kinerja.report import Laporan, Paragraf
from tests.domain.kinerja.quarter import KANTOR, compiled
from tests.domain.kinerja.sixth_step import PERIOD

WRITER = ReportDocumentWriter(KANTOR)


def laporan() -> Laporan:
    return write_report(compiled(PERIOD), "Sekretaris", Penanda("Kasubbag", "Maria"), date(2026, 10, 6))


def test_the_document_holds_the_nota_dinas_with_a_blank_number_and_all_tables() -> None:
    document = docx.Document(BytesIO(WRITER.write(laporan())))

    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[:3] == [KANTOR.nama.upper(), KANTOR.alamat, "NOTA DINAS"]
    assert words[3] == f"Nomor: {'.' * 40}"
    assert "BAB III AKUNTABILITAS KINERJA" in words
    assert len(document.tables) == 1 + 1 + 5 + 1 + 1  # nota dinas, sasaran, each sasaran, anggaran, TL HP


def test_the_same_laporan_gives_the_same_bytes() -> None:
    assert WRITER.write(laporan()) == WRITER.write(laporan())


def test_control_characters_and_markup_stay_words() -> None:
    found = replace(laporan(), isi=(Paragraf("a\x00b <w:p> & ]]>"),))

    document = docx.Document(BytesIO(WRITER.write(found)))

    assert document.paragraphs[-1].text == "ab <w:p> & ]]>"
