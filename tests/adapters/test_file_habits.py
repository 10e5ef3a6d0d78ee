"""The file habits of DOMAIN 7.1, row by row: what the bytes are, and what the sender is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.filekind import sniff
from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.domain.decide.hindrance import find_hindrance
from kinerja_mailbot.domain.decide.reading import ReadAttachment
from kinerja_mailbot.domain.form.workbook import READABLE
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.mail.letters import Hambatan
from tests.adapters.test_filekind import FILES
from tests.domain.collection import UMUM
from tests.domain.decide.office_mail import ARRIVED, FACTS

LOCKED = Path(__file__).parent / "workbooks"
LINK = "Datanya di https://docs.google.com/spreadsheets/d/1"

ROWS = [
    ("a broken .xlsx", FILES["xlsx"][0], "", Hambatan.RUSAK),
    ("a broken .xls", FILES["xls"][0], "", Hambatan.RUSAK),
    ("encrypted .xlsx", FILES["encrypted xlsx"][0], "", Hambatan.TERKUNCI),
    ("encrypted .xls", (LOCKED / "terkunci.xls").read_bytes(), "", Hambatan.TERKUNCI),
    ("encrypted .ods", (LOCKED / "terkunci.ods").read_bytes(), "", Hambatan.TERKUNCI),
    ("HTML named .xls", FILES["html named xls"][0], "", Hambatan.BUKAN_XLSX),
    ("CSV named .xlsx", FILES["csv with semicolons"][0], "", Hambatan.BUKAN_XLSX),
    (".et (WPS native)", FILES["et"][0], "", Hambatan.BUKAN_XLSX),
    ("PDF", FILES["pdf"][0], "", Hambatan.HANYA_PDF_ATAU_FOTO),
    ("JPG", FILES["jpeg"][0], "", Hambatan.HANYA_PDF_ATAU_FOTO),
    ("foto WhatsApp (webp)", FILES["webp"][0], "", Hambatan.HANYA_PDF_ATAU_FOTO),
    ("foto iPhone (heic)", FILES["heic"][0], "", Hambatan.HANYA_PDF_ATAU_FOTO),
    (".docx with table", FILES["docx"][0], "", Hambatan.DOKUMEN_WORD),
    (".rar", FILES["rar"][0], "", Hambatan.KEMASAN_LAIN),
    (".7z", FILES["7z"][0], "", Hambatan.KEMASAN_LAIN),
    ("winmail.dat that can't be opened", FILES["winmail.dat"][0], "", Hambatan.WINMAIL),
    ("forwarded .eml without a form", FILES["mail"][0], "", Hambatan.SUREL_TANPA_FORMAT),
    ("presentation", FILES["pptx"][0], "", Hambatan.BUKAN_FORMAT),
    ("Google Sheets link", None, LINK, Hambatan.TAUTAN),
    ("no file", None, "Masih kami susun.", Hambatan.TANPA_LAMPIRAN),
    ("0 byte", b"", "", Hambatan.RUSAK),
]


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedSheetReader]:
    sandbox = SandboxedSheetReader()
    yield sandbox
    sandbox.close()


@pytest.mark.parametrize(("content", "text", "hindrance"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_file_is_answered_as_the_row_says(
    reader: SandboxedSheetReader, content: bytes | None, text: str, hindrance: Hambatan
) -> None:
    files: tuple[Attachment, ...] = ()
    if content is not None:
        kind = sniff(content)
        named = Attachment(nama="isian.xlsx", jenis=kind, tipe="", ukuran=len(content), sha256="a", isi=content)
        files = (named,)
    sheets = tuple(ReadAttachment(item, reader.read(item.isi)) for item in files if item.jenis in READABLE)
    links = tuple(word for word in text.split() if word.startswith("https:"))
    mail = IncomingMail(id=1, tiba_at=ARRIVED, teks=text, lampiran=files, tautan=links)

    found = find_hindrance(mail, UMUM, (), sheets, FACTS)

    assert found.hambatan is hindrance
