"""Containers made to do harm: bombs, lies, noise and mutations cost that file only, in bounded time and memory."""

from __future__ import annotations

import random
import resource
import struct
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest

from kinerja_mailbot.adapters.mime import MimeParser
from kinerja_mailbot.adapters.sheets import SandboxedSheetReader, SandboxedUnpacker
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, Unreadable
from tests.containers import outlook_item, winmail, zipped
from tests.domain.mail_office import ARRIVED

MEGABYTE = 1024 * 1024
PDF = ("a.pdf", b"%PDF-1.7")
GOOD = {FileKind.ZIP: zipped(PDF), FileKind.TNEF: winmail(PDF), FileKind.MSG: outlook_item(PDF)}


@pytest.fixture(scope="module")
def unpacker() -> Iterator[SandboxedUnpacker]:
    with SandboxedSheetReader() as reader:
        yield SandboxedUnpacker(reader.sandbox)


def lying() -> bytes:
    """Return a bomb whose directory says that every entry unpacks to ten bytes."""
    content = bytearray(zipped(("a.bin", bytes(60 * MEGABYTE))))
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(content)


def overlapping() -> bytes:
    """Return a zip in which twenty names share the bytes of one entry."""
    whole = zipped(("00.bin", random.Random(1).randbytes(2 * MEGABYTE)), level=zipfile.ZIP_STORED)  # noqa: S311
    start = whole.find(b"PK\x01\x02")
    end = whole.find(b"PK\x05\x06")
    entry = whole[start:end]
    directory = b"".join(entry.replace(b"00.bin", b"%02d.bin" % n) for n in range(20))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 20, 20, len(directory), start, 0)
    return whole[:start] + directory + tail


def endless_properties() -> bytes:
    """Return a winmail.dat one of whose attachments announces four thousand million properties."""
    body = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHI", 0x0003, 0x3705, 1) * 200_000
    block = struct.pack("<BHHI", 2, 0x9005, 6, len(body)) + body + b"\0\0"
    return winmail(PDF) + block


def many_small_attributes() -> bytes:
    return winmail(PDF) + struct.pack("<BHHIH", 1, 0x8006, 8, 0, 0) * 500_000


def looping_directory() -> bytes:
    """Return an Outlook item whose directory entries are each other's children."""
    content = bytearray(outlook_item(PDF))
    at = content.find("__attach_version1.0_#00000000".encode("utf-16-le"))
    content[at + 68 : at + 80] = struct.pack("<III", 0, 0, 0)
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], FileKind]] = {
    "zip bomb": (lambda: zipped(("a.bin", bytes(200 * MEGABYTE))), FileKind.ZIP),
    "modest bomb": (lambda: zipped(("a.bin", bytes(26 * MEGABYTE))), FileKind.ZIP),
    "bomb that lies about its size": (lying, FileKind.ZIP),
    "entries that overlap": (overlapping, FileKind.ZIP),
    "thousands of entries": (lambda: zipped(*((f"{n}", b"") for n in range(5_000))), FileKind.ZIP),
    "endless properties": (endless_properties, FileKind.TNEF),
    "half a million attributes": (many_small_attributes, FileKind.TNEF),
    "a directory that bites its tail": (looping_directory, FileKind.MSG),
    "an item of noise": (lambda: GOOD[FileKind.MSG][:-600] + b"\xa5" * 600, FileKind.MSG),
    "too large to look at": (lambda: GOOD[FileKind.TNEF] + bytes(26 * MEGABYTE), FileKind.TNEF),
}


@pytest.mark.parametrize(("make", "kind"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_container_costs_only_itself(
    unpacker: SandboxedUnpacker, make: Callable[[], bytes], kind: FileKind
) -> None:
    content = make()

    result = unpacker.unpack(content)

    if isinstance(result, Unreadable):
        assert result.kind is kind
        assert result.obstacle in {Obstacle.TOO_LARGE, Obstacle.TOO_MANY, Obstacle.TOO_SLOW, Obstacle.DAMAGED}
    else:
        assert sum(file.ukuran for file in result) <= 25 * MEGABYTE
    assert isinstance(unpacker.unpack(GOOD[FileKind.ZIP]), tuple)


@pytest.mark.parametrize("kind", GOOD)
def test_no_mutation_of_a_container_harms_the_service(unpacker: SandboxedUnpacker, kind: FileKind) -> None:
    chance = random.Random(2026)  # noqa: S311  # a test must repeat

    for _ in range(80):
        changed = bytearray(GOOD[kind])
        for _ in range(chance.randint(1, 6)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        cut = chance.randrange(len(changed)) if chance.random() < 0.2 else len(changed)
        assert isinstance(unpacker.unpack(bytes(changed[:cut])), tuple | Unreadable)

    assert isinstance(unpacker.unpack(GOOD[kind]), tuple)


def ten_thousand_parts() -> bytes:
    part = (
        b"--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\nUEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==\n"
    )
    return b"From: umum@kpu.example\nContent-Type: multipart/mixed; boundary=b\n\n" + part * 10_000


def three_thousand_levels() -> bytes:
    levels = (b'Content-Type: multipart/mixed; boundary="d%d"\n\n--d%d\n' % (n, n) for n in range(3_000))
    return b"From: umum@kpu.example\n" + b"".join(levels) + b"Content-Type: text/plain\n\ninti\n"


def sixty_thousand_recipients() -> bytes:
    everybody = ",\n ".join(f"orang{n}@kpu.example" for n in range(60_000))
    return f"From: umum@kpu.example\nTo: {everybody}\nCc: {everybody}\n\nIsi".encode()


def mails_in_mails() -> bytes:
    raw = b"From: umum@kpu.example\n\nIsi\n"
    for number in range(40):
        head = b'From: umum@kpu.example\nContent-Type: multipart/mixed; boundary="m%d"\n\n' % number
        raw = head + b"--m%d\nContent-Type: message/rfc822\n\n%s\n--m%d--\n" % (number, raw, number)
    return raw


def one_line() -> bytes:
    return b"From: umum@kpu.example\nSubject: " + b"=?utf-8?b?" * 2_000_000 + b"\n\n"


MONSTERS: dict[str, Callable[[], bytes]] = {
    "ten thousand parts": ten_thousand_parts,
    "three thousand levels": three_thousand_levels,
    "sixty thousand recipients": sixty_thousand_recipients,
    "forty mails in mails": mails_in_mails,
    "a header of 20 MB": one_line,
    "no header at all": lambda: b"\n\nIsi" * 500_000,
    "8-bit noise": lambda: random.Random(1).randbytes(5 * MEGABYTE),  # noqa: S311
    "25 MB of base64": lambda: (
        b"From: umum@kpu.example\nContent-Transfer-Encoding: base64\nContent-Type: application/zip\n\n"
        + b"A" * 76
        + (b"\n" + b"A" * 76) * 330_000
    ),
}


@pytest.mark.parametrize("make", MONSTERS.values(), ids=MONSTERS)
def test_a_monstrous_mail_is_survived(make: Callable[[], bytes], capsys: pytest.CaptureFixture[str]) -> None:
    raw = make()
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()

    mail = MimeParser().parse(raw, 1, ARRIVED)

    took, peak = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures = f"{len(raw) / MEGABYTE:5.1f} MB in {took:5.2f} s, {(peak - before) // 1024} MB more at the peak"
    with capsys.disabled():
        sys.stdout.write(f"\n  {figures}")
    assert len(mail.lampiran) <= 500
    assert len(mail.kepada) <= 200


def test_a_zip_that_holds_itself_is_not_followed(unpacker: SandboxedUnpacker) -> None:
    content = zipped(PDF)
    for number in range(50):
        content = zipped((f"{number}.zip", content))

    result = unpacker.unpack(content)

    assert isinstance(result, tuple)
    (inner,) = result
    assert inner.jenis is FileKind.ZIP
    with zipfile.ZipFile(BytesIO(inner.isi)) as archive:
        assert archive.namelist() == ["48.zip"]
