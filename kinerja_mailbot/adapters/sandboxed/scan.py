"""What calamine does not tell about a workbook: percent formats, formulas without result, errors, extents, hidden rows.

The XML of the workbook is walked once by expat, which keeps nothing of it; a DOCTYPE, the door of every entity bomb, is
refused before anything is expanded.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

MAX_ROWS = 5_000
MAX_COLUMNS = 100
OWN_MARK = "▲"
"""The comments of our own correction forms begin with it; they tell their reader nothing new."""

_MAX_PART = 100 * 1024 * 1024  # bytes of one unpacked part
_MAX_MARKS = 200_000  # cells of a sheet that are worth a note
_LONGEST_REFERENCE = 10
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Attributes = dict[str, str]
Place = tuple[int, int]  # (row, column), from 0
_NOWHERE = (-1, -1)


class ScanError(Exception):
    """The parts of the workbook are missing, broken, or try what no workbook does."""


@dataclass(slots=True)
class SheetScan:
    """What the XML of one sheet says about its cells; rows and columns from 0, only those within the bounds."""

    name: str
    formats: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    first: Place = _NOWHERE  # top left corner of the cells that hold anything
    last: Place = _NOWHERE
    hidden_rows_with_values: bool = False
    hidden_columns_with_values: bool = False
    has_comments: bool = False  # of somebody else than us; told by formats that keep them in the sheet
    has_links: bool = False  # likewise

    def grow(self, row: int, column: int) -> None:
        """Take a filled cell into the extent."""
        top, left = self.first
        bottom, right = self.last
        if top <= row <= bottom and left <= column <= right:
            return
        self.first = (row, column) if self.first == _NOWHERE else (min(top, row), min(left, column))
        self.last = (max(bottom, row), max(right, column))

    @property
    def area(self) -> int:
        """Return how many cells a dense table of the extent would have."""
        return (self.last[0] - self.first[0] + 1) * (self.last[1] - self.first[1] + 1)


@dataclass(slots=True)
class HiddenColumns:
    """The columns of one sheet that are out of sight, as ranges: a file may hide 16,384 of them in one word."""

    ranges: list[tuple[int, int]] = field(default_factory=list)

    def add(self, first: int, last: int) -> None:
        """Take in the columns from `first` to `last`, from 0."""
        if len(self.ranges) < MAX_COLUMNS:
            self.ranges.append((first, last))

    def __contains__(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.ranges)


class LocalNames(dict[str, str]):
    """The names of elements without their prefixes.

    >>> LocalNames()["x:row"], LocalNames()["row"]
    ('row', 'row')
    """

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition(":")[2]
        return name


def place_of(reference: str) -> Place | None:
    """Return row and column of an address.

    >>> place_of("C7"), place_of("XFD1048576"), place_of("R1C1")
    ((6, 2), (1048575, 16383), None)
    """
    return _place_of(reference) if len(reference) <= _LONGEST_REFERENCE else None


@lru_cache(maxsize=4096)  # the sheets of one office have their cells in the same places
def _place_of(reference: str) -> Place | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def is_bounded(scan: SheetScan, place: Place) -> bool:
    """Tell whether a note about this cell still has room."""
    few = len(scan.formats) + len(scan.errors) + len(scan.uncalculated) < _MAX_MARKS
    return few and 0 <= place[0] < MAX_ROWS and 0 <= place[1] < MAX_COLUMNS


def number_of(text: str | None, default: int = 0) -> int:
    """Return an attribute as a number; nonsense counts as absent."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else default


def read_part(archive: zipfile.ZipFile, names: dict[str, str], name: str) -> bytes:
    """Return a part by its lower-case name, bounded whatever size the archive declares.

    Raises:
        ScanError: it is missing, or unpacks to more than 100 MB.
    """
    if name not in names:
        raise ScanError(f"part {name!r} is missing")
    with archive.open(names[name]) as part:
        content = part.read(_MAX_PART + 1)
    if len(content) > _MAX_PART:
        raise ScanError(f"part {name!r} is larger than it said")
    return content


def walk(
    content: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Hand elements, by their names with prefixes (see `LocalNames`), and text to the handlers.

    Raises:
        ScanError: the XML is not well-formed, or begins with a DOCTYPE.
    """

    def refuse(*_: object) -> None:
        raise ScanError("a DOCTYPE has no place in a workbook")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ScanError(str(error)) from error
