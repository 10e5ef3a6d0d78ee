"""What a file is by its bytes, whatever its name and its declared type say (DOMAIN 7.1)."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from kinerja_mailbot.domain.form.workbook import FileKind

MAX_ZIP_ENTRIES = 2_000  # a workbook of 50 sheets with pictures stays below 300

_MAGIC = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"II*\x00", FileKind.IMAGE),
    (b"MM\x00*", FileKind.IMAGE),
    (b"Rar!\x1a\x07", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"\x1f\x8b\x08", FileKind.ARCHIVE),
    (b"BZh", FileKind.ARCHIVE),
    (b"\xfd7zXZ\x00", FileKind.ARCHIVE),
    (b"\x78\x9f\x3e\x22", FileKind.TNEF),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_SAMPLE = 16_384  # bytes of a text file that are looked at
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):(?:\s|$)")
_MAIL_HEADERS = frozenset(
    {"received", "from", "message-id", "return-path", "delivered-to", "mime-version", "subject", "date"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """An entry of a zip's central directory: its name and its sizes in bytes as declared, 0xFFFFFFFF for zip64."""

    name: str
    packed: int
    unpacked: int


def sniff(content: bytes) -> FileKind:
    """Return what the bytes are; never raises on any bytes.

    >>> sniff(b"%PDF-1.7 ..."), sniff(b""), sniff(b"Selamat pagi")
    (<FileKind.PDF: 'pdf'>, <FileKind.EMPTY: 'empty'>, <FileKind.TEXT: 'text'>)
    """
    if not content.strip(b"\x00 \t\r\n"):
        return FileKind.EMPTY
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(_ZIP):
        return _kind_of_zip(content)
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    if _is_other_image(content):
        return FileKind.IMAGE
    if content[257:262] == b"ustar":
        return FileKind.ARCHIVE
    if b"%PDF-" in content[:1024]:  # scanners put a line of their own before it
        return FileKind.PDF
    return _kind_of_text(content)


def zip_entries(content: bytes) -> tuple[ZipEntry, ...]:
    """Return the entries of the central directory, at most `MAX_ZIP_ENTRIES` + 1; none when it is missing or cut.

    Read by hand because `zipfile` builds an object for each of a million entries before anybody can count them.
    """
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if end < 0 or len(content) < end + 22:
        return ()
    (size,) = struct.unpack_from("<I", content, end + 12)
    at = end - size if 0 < size <= end else content.find(b"PK\x01\x02")
    if at < 0 or content[at : at + 4] != b"PK\x01\x02":
        at = content.find(b"PK\x01\x02")  # zip64, or something was written between directory and end record
    entries: list[ZipEntry] = []
    while 0 <= at <= len(content) - 46 and content[at : at + 4] == b"PK\x01\x02" and len(entries) <= MAX_ZIP_ENTRIES:
        packed, unpacked, name, extra, comment = struct.unpack_from("<IIHHH", content, at + 20)
        entries.append(ZipEntry(content[at + 46 : at + 46 + name].decode("utf-8", "replace"), packed, unpacked))
        at += 46 + name + extra + comment
    return tuple(entries)


def _kind_of_zip(content: bytes) -> FileKind:
    # ODF 1.3 part 2, 3.3: `mimetype` is the first entry, stored, so its text stands at byte 38.
    if content[30:38] == b"mimetype":
        is_sheet = content[38:200].startswith(b"application/vnd.oasis.opendocument.spreadsheet")
        return FileKind.ODS if is_sheet else FileKind.OTHER
    names = [entry.name.replace("\\", "/").lower() for entry in zip_entries(content)]
    if not names:
        return _kind_of_cut_zip(content)
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if any(n.startswith("xl/workbook") and n.endswith(".xml") for n in names):
        return FileKind.XLSM if "xl/vbaproject.bin" in names else FileKind.XLSX
    if any(n.startswith("word/document") for n in names):
        return FileKind.DOCX
    if "[content_types].xml" in names or "mimetype" in names:
        return FileKind.OTHER  # a presentation, an OpenDocument that was packed anew
    return FileKind.ZIP


def _kind_of_cut_zip(content: bytes) -> FileKind:
    """Guess from the local headers what a zip without its end was meant to be."""
    if b"xl/w" in content or b"xl/_rels" in content:
        return FileKind.XLSX
    if b"word/" in content:
        return FileKind.DOCX
    return FileKind.ZIP


def _kind_of_ole(content: bytes) -> FileKind:
    if _has_ole_entry(content, "EncryptedPackage"):
        return FileKind.ENCRYPTED
    if _has_ole_entry(content, "Workbook") or _has_ole_entry(content, "Book"):
        return FileKind.XLS
    if _has_ole_entry(content, "__properties_version1.0"):
        return FileKind.MSG
    if _has_ole_entry(content, "ETExtData") or _has_ole_entry(content, "ET"):
        return FileKind.ET
    return FileKind.OTHER


def _has_ole_entry(content: bytes, name: str) -> bool:
    """Tell whether a directory entry has this name ([MS-CFB] 2.6.1: 128 bytes, aligned, length of the name at 64)."""
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    at = content.find(wanted, 512)
    for _ in range(1_000):
        if at < 0:
            return False
        if at % 128 == 0 and content[at + 64 : at + 66] == struct.pack("<H", len(wanted)):
            return True
        at = content.find(wanted, at + 2)
    return False


def _is_other_image(content: bytes) -> bool:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return True
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return True
    return content[:2] == b"BM" and len(content) > 26 and content[6:10] == b"\x00\x00\x00\x00"


def _kind_of_text(content: bytes) -> FileKind:
    text = _decode(content[:_SAMPLE])
    if text is None:
        return FileKind.OTHER
    head = text.lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        is_html = re.search(r"<(?:!doctype\s+html|html|head|body|table)\b", head[:4_096], re.IGNORECASE)
        return FileKind.HTML if is_html else FileKind.TEXT
    if _is_mail(head):
        # Excel's "single file web page" is a MIME message whose root is HTML; nobody ever sent it.
        is_page = "multipart/related" in head[:2_000].lower() and not re.search(
            r"(?mi)^(?:from|received):", head[:2_000]
        )
        return FileKind.HTML if is_page else FileKind.EMAIL
    return FileKind.CSV if _is_csv(head) else FileKind.TEXT


def _decode(sample: bytes) -> str | None:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample.decode("utf-16", "replace")
    try:
        text = sample.decode("utf-8")
    except UnicodeDecodeError as error:
        is_cut = error.start >= len(sample) - 3
        text = sample[: error.start].decode("utf-8") if is_cut else sample.decode("cp1252", "replace")
        if text.count("\ufffd") > len(text) // 50:
            return None
    return None if _CONTROL.search(text) else text


def _is_mail(head: str) -> bool:
    lines = head.splitlines()[:60]
    if lines and lines[0].startswith("From "):  # mbox
        lines = lines[1:]
    found: set[str] = set()
    for line in lines:
        if not line:
            break
        if line[0] in " \t":
            continue
        header = _HEADER_LINE.match(line)
        if header is None:
            return False
        found.add(header[1].lower())
    return len(found & _MAIL_HEADERS) >= 2


def _is_csv(head: str) -> bool:
    lines = [line for line in head.splitlines()[:20] if line.strip()]
    if len(lines) < 2:
        return False
    for delimiter, least in ((";", 1), ("\t", 1), (",", 2)):
        counts = [line.count(delimiter) for line in lines[:-1] or lines]
        if min(counts) >= least and max(counts) == min(counts):
            return True
    return False
