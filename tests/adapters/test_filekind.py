from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_mailbot.adapters.filekind import sniff, zip_entries
from kinerja_mailbot.domain.form.workbook import FileKind


def zipped(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if first:
            archive.writestr(*first)
        for name in names:
            archive.writestr(name, b"x")
    return buffer.getvalue()


def ole(*names: str) -> bytes:
    """Return a compound file's header and a directory sector with these entries ([MS-CFB] 2.6.1)."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", len(name) * 2 + 2) + bytes(62) for name in names
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries


ODS = ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
ODT = ("mimetype", b"application/vnd.oasis.opendocument.text")
MAIL = b"Received: from mail.example.id\r\nFrom: umum@example.id\r\nSubject: Isian\r\n\r\nTerlampir.\r\n"

FILES = {
    "nothing": (b"", FileKind.EMPTY),
    "only zeros": (bytes(4096), FileKind.EMPTY),
    "xlsx": (zipped("[Content_Types].xml", "xl/workbook.xml"), FileKind.XLSX),
    "xlsx with backslashes": (zipped("[Content_Types].xml", "xl\\workbook.xml"), FileKind.XLSX),
    "xlsx without its end": (zipped("[Content_Types].xml", "xl/workbook.xml")[:-40], FileKind.XLSX),
    "xlsx behind other bytes' count": (zipped("xl/workbook.xml") + b"\n", FileKind.XLSX),
    "xlsm": (zipped("xl/workbook.xml", "xl/vbaProject.bin"), FileKind.XLSM),
    "xlsb": (zipped("xl/workbook.bin"), FileKind.XLSB),
    "xls": (ole("Root Entry", "Workbook"), FileKind.XLS),
    "old xls": (ole("Root Entry", "Book"), FileKind.XLS),
    "ods": (zipped("content.xml", first=ODS), FileKind.ODS),
    "odt": (zipped("content.xml", first=ODT), FileKind.OTHER),
    "encrypted xlsx": (ole("Root Entry", "EncryptedPackage"), FileKind.ENCRYPTED),
    "doc": (ole("Root Entry", "WordDocument"), FileKind.OTHER),
    "msg": (ole("Root Entry", "__properties_version1.0"), FileKind.MSG),
    "et": (ole("Root Entry", "ETExtData"), FileKind.ET),
    "html named xls": (b"\xef\xbb\xbf  <html><table><tr><td>1</td></tr></table>", FileKind.HTML),
    "table without html": (b"<table border=1><tr><td>1</td></tr></table>", FileKind.HTML),
    "saved web page": (b"MIME-Version: 1.0\nContent-Type: multipart/related\nSubject: x\n\n--a", FileKind.HTML),
    "xml": (b'<?xml version="1.0"?><Workbook/>', FileKind.TEXT),
    "csv with semicolons": (b"kode;realisasi\nIK-01;85,5\nIK-02;3\n", FileKind.CSV),
    "csv with commas": (b"kode,target,realisasi\nIK-01,80,85\nIK-02,1,3\n", FileKind.CSV),
    "csv in utf-16": ("kode\trealisasi\nIK-01\t85\nIK-02\t3\n".encode("utf-16"), FileKind.CSV),
    "pdf": (b"%PDF-1.4\n", FileKind.PDF),
    "pdf with a line before it": (b"@PJL\n%PDF-1.4\n", FileKind.PDF),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind.IMAGE),
    "png": (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    "heic": (b"\x00\x00\x00\x18ftypheic", FileKind.IMAGE),
    "webp": (b"RIFF\x10\x00\x00\x00WEBPVP8 ", FileKind.IMAGE),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), FileKind.DOCX),
    "pptx": (zipped("[Content_Types].xml", "ppt/presentation.xml"), FileKind.OTHER),
    "zip": (zipped("isian.xlsx", "bukti.pdf"), FileKind.ZIP),
    "rar": (b"Rar!\x1a\x07\x01\x00", FileKind.ARCHIVE),
    "7z": (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    "winmail.dat": (b"\x78\x9f\x3e\x22\x01\x00", FileKind.TNEF),
    "mail": (MAIL, FileKind.EMAIL),
    "mail out of a mailbox file": (b"From umum@example.id Mon Oct  5\r\n" + MAIL, FileKind.EMAIL),
    "letter": (b"Yth. Bapak/Ibu,\n\nTerlampir data kinerja, mohon diterima.\nTerima kasih.\n", FileKind.TEXT),
    "binary": (b"\x00\x01\x02\x03" * 50, FileKind.OTHER),
}


@pytest.mark.parametrize(("content", "kind"), FILES.values(), ids=FILES)
def test_a_file_is_what_its_bytes_say(content: bytes, kind: FileKind) -> None:
    assert sniff(content) is kind


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]))
def test_no_bytes_are_too_strange(content: bytes, magic: bytes) -> None:
    assert sniff(magic + content) in FileKind


def test_a_directory_of_a_million_names_is_not_counted_to_its_end() -> None:
    entry = struct.pack("<I6H3I5H2I", 0x02014B50, 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    directory = entry * 100_000
    content = b"PK\x03\x04" + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0, 0, len(directory), 4, 0)

    entries = zip_entries(content)

    assert len(entries) == 2_001
