from __future__ import annotations

import io
import os
import random
import re
import signal
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.domain.form.value import RawCell
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, RawWorkbook, Unreadable

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedSheetReader]:
    with SandboxedSheetReader() as reader:
        yield reader


def good() -> bytes:
    workbook = Workbook()
    for number, sheet in enumerate(workbook.worksheets):
        sheet["A1"].value, sheet["B2"].value, sheet["C3"].value = "Realisasi", 85.5, number
        sheet["D4"].value = "=B2*2"
        sheet["B2"].number_format = '0.00"%"'
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


GOOD = good()


def with_part(name: str, content: bytes) -> bytes:
    """Return the good workbook with one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            target.writestr(entry, content if entry == name else source.read(entry))
    return buffer.getvalue()


def sheet_xml(rows: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    + sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&c;</t></is></c></row>')
)
LYING_SIZE = with_part(SHEET, sheet_xml(" " * (30 * MEGABYTE)))


def lie_about_size(content: bytes) -> bytes:
    """Say of every part in the central directory that it unpacks to ten bytes."""
    lying, at = bytearray(content), content.find(b"PK\x01\x02")
    while at >= 0:
        lying[at + 24 : at + 28] = struct.pack("<I", 10)
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(lying)


def many_entries() -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(2_100):
            archive.writestr(f"xl/media/{number}", b"")
    return buffer.getvalue()


# What each attack may cost: the file itself, never more.
HOSTILE: dict[str, tuple[Callable[[], bytes], FileKind, frozenset[Obstacle]]] = {
    "zip bomb": (
        lambda: with_part(SHEET, bytes(120 * MEGABYTE)),
        FileKind.XLSX,
        frozenset({Obstacle.TOO_LARGE}),
    ),
    "part of spaces packed to nothing": (lambda: LYING_SIZE, FileKind.XLSX, frozenset({Obstacle.TOO_LARGE})),
    "bomb that lies about its size": (
        lambda: lie_about_size(LYING_SIZE),
        FileKind.XLSX,
        frozenset({Obstacle.DAMAGED, Obstacle.TOO_LARGE, Obstacle.TOO_SLOW}),
    ),
    "thousands of parts": (many_entries, FileKind.XLSX, frozenset({Obstacle.TOO_LARGE})),
    "billion laughs": (lambda: with_part(SHEET, LAUGHS), FileKind.XLSX, frozenset({Obstacle.DAMAGED})),
    "truncated": (lambda: GOOD[:-200], FileKind.XLSX, frozenset({Obstacle.DAMAGED})),
    "half": (lambda: GOOD[: len(GOOD) // 2], FileKind.XLSX, frozenset({Obstacle.DAMAGED})),
    "no sheet part": (
        lambda: with_part("xl/_rels/workbook.xml.rels", b""),
        FileKind.XLSX,
        frozenset({Obstacle.DAMAGED}),
    ),
    "larger than anybody's form": (
        lambda: GOOD[:-22] + bytes(26 * MEGABYTE) + GOOD[-22:],
        FileKind.XLSX,
        frozenset({Obstacle.TOO_LARGE}),
    ),
    "encrypted": (
        lambda: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
            + "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
            + struct.pack("<H", 34)
            + bytes(512)
        ),
        FileKind.ENCRYPTED,
        frozenset({Obstacle.ENCRYPTED}),
    ),
    "old workbook of noise": (
        lambda: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
            + "Workbook".encode("utf-16-le").ljust(64, b"\0")
            + struct.pack("<H", 18)
            + bytes(range(256)) * 16
        ),
        FileKind.XLS,
        frozenset({Obstacle.DAMAGED, Obstacle.TOO_SLOW}),
    ),
}


@pytest.mark.parametrize(("make", "kind", "obstacles"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_costs_only_itself(
    reader: SandboxedSheetReader, make: Callable[[], bytes], kind: FileKind, obstacles: frozenset[Obstacle]
) -> None:
    result = reader.read(make())

    assert isinstance(result, Unreadable)
    assert result.kind is kind
    assert result.obstacle in obstacles
    assert isinstance(reader.read(GOOD), RawWorkbook)


def test_a_stray_cell_in_the_last_corner_hides_nothing(reader: SandboxedSheetReader) -> None:
    rows = '<row r="1"><c r="A1"><v>85.5</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    result = reader.read(with_part(SHEET, sheet_xml(rows)))

    assert isinstance(result, RawWorkbook)
    assert result.sheets[0].rows == ((RawCell(85.5, "General"),),)
    assert len(result.remarks) == 1


def test_hundreds_of_thousands_of_coloured_empty_rows_are_no_data(reader: SandboxedSheetReader) -> None:
    styled = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(2, 300_000))

    result = reader.read(with_part(SHEET, sheet_xml(f'<row r="1"><c r="A1"><v>7</v></c></row>{styled}')))

    assert isinstance(result, RawWorkbook)
    assert result.sheets[0].rows == ((RawCell(7, "General"),),)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 200_000))
    slow = with_part(SHEET, sheet_xml(rows))

    with SandboxedSheetReader(deadline=0.05) as reader:
        result = reader.read(slow)

    assert result == Unreadable(FileKind.XLSX, Obstacle.TOO_SLOW)


def test_no_mutation_of_a_good_file_harms_the_reader(reader: SandboxedSheetReader) -> None:
    chance = random.Random(2026)  # noqa: S311  # a test must repeat

    for _ in range(300):
        result = reader.read(mutated(chance))
        assert isinstance(result, RawWorkbook | Unreadable)

    assert isinstance(reader.read(GOOD), RawWorkbook)


def mutated(chance: random.Random) -> bytes:
    """Change a few bytes of the file, or of one unpacked part whose check sum is then right again."""
    if chance.random() < 0.4:
        return scribble(GOOD, chance)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        name = chance.choice([n for n in archive.namelist() if n.startswith("xl/")])
        content = archive.read(name)
    return with_part(name, scribble(content, chance))


def scribble(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))]) if chance.random() < 0.2 else bytes(changed)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the child through /proc")
def test_a_killed_child_is_replaced_by_the_next_file() -> None:
    with SandboxedSheetReader() as reader:
        before = children()
        reader.read(GOOD)
        (child,) = children() - before
        os.kill(child, signal.SIGKILL)

        result = reader.read(GOOD)
        again = reader.read(GOOD)

    assert isinstance(again, RawWorkbook)
    assert result in {again, Unreadable(FileKind.XLSX, Obstacle.TOO_SLOW)}


@pytest.mark.skipif(sys.platform != "linux", reason="looks through /proc")
def test_the_child_knows_no_secret_and_has_little_memory(
    reader: SandboxedSheetReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KINERJA_IMAP_PASSWORD", "rahasia")
    before = children()
    with SandboxedSheetReader() as fresh:
        fresh.read(GOOD)
        (child,) = children() - before

        environment = Path(f"/proc/{child}/environ").read_text(encoding="utf-8")
        limits = Path(f"/proc/{child}/limits").read_text(encoding="utf-8")

    assert "rahasia" not in environment
    assert re.search(r"Max address space\s+1073741824\s", limits)
    assert isinstance(reader.read(GOOD), RawWorkbook)


def children() -> set[int]:
    """Return the ids of this process's children, whichever of its threads started them."""
    lists = Path("/proc/self/task").glob("*/children")
    return {int(child) for path in lists for child in path.read_text(encoding="ascii").split()}
