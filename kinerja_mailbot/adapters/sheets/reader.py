"""Reading spreadsheets: limits first, then the sandbox; every value of its answer is checked here."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from types import TracebackType

from kinerja_mailbot.adapters.filekind import sniff
from kinerja_mailbot.adapters.sheets.limits import MAX_SIZE, zip_obstacle
from kinerja_mailbot.adapters.sheets.sandbox import Errand, Sandbox
from kinerja_mailbot.domain.form.value import CellError, RawCell, RawValue, Uncalculated
from kinerja_mailbot.domain.form.workbook import (
    READABLE,
    FileKind,
    Obstacle,
    RawSheet,
    RawWorkbook,
    ReadResult,
    Unreadable,
)
from kinerja_mailbot.usecases.ports import Reading

_ZIPPED = frozenset({FileKind.XLSX, FileKind.XLSM, FileKind.XLSB, FileKind.ODS})
_EMPTY_CELL = RawCell(None)


class SandboxedSheetReader:
    """See `SheetReader`. Safe to share between threads; they take turns. Close it to end the child."""

    def __init__(self, deadline: float = 20.0) -> None:
        """`deadline` is the time for one file, in seconds of wall clock."""
        self.sandbox = Sandbox(deadline)

    def begin(self, content: bytes) -> Reading:
        """See `SheetReader`."""
        kind = sniff(content)
        if obstacle := _obstacle_before_reading(content, kind):
            return _Refused(Unreadable(kind, obstacle))
        return _Begun(kind, self.sandbox.begin(content, kind))

    def read(self, content: bytes) -> ReadResult:
        """See `SheetReader`."""
        return self.begin(content).result()

    def close(self) -> None:
        """End the child; the next file starts a new one."""
        self.sandbox.close()

    def __enter__(self) -> SandboxedSheetReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class _Refused:
    """A file that the child never sees."""

    why: Unreadable

    def result(self) -> ReadResult:
        """See `Reading`."""
        return self.why


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file in the sandbox."""

    kind: FileKind
    errand: Errand

    def result(self) -> ReadResult:
        """See `Reading`."""
        answer = self.errand.wait()
        if isinstance(answer, Obstacle):
            return Unreadable(self.kind, answer)
        try:
            return _decode(json.loads(answer), self.kind)
        except (ValueError, TypeError, KeyError, RecursionError):  # a child that was taken over may say anything
            return Unreadable(self.kind, Obstacle.DAMAGED)


def _obstacle_before_reading(content: bytes, kind: FileKind) -> Obstacle | None:
    """Return what is known to be wrong without unpacking anything."""
    if kind is FileKind.EMPTY:
        return Obstacle.EMPTY
    if kind is FileKind.ENCRYPTED:
        return Obstacle.ENCRYPTED
    if kind not in READABLE:
        return Obstacle.NOT_A_WORKBOOK
    if len(content) > MAX_SIZE:
        return Obstacle.TOO_LARGE
    return zip_obstacle(content) if kind in _ZIPPED else None


def _decode(answer: object, kind: FileKind) -> ReadResult:
    fields = _fields(answer)
    if "obstacle" in fields:
        return Unreadable(kind, Obstacle(_text(fields["obstacle"])))
    return RawWorkbook(
        kind=kind,
        sheets=tuple(_decode_sheet(sheet) for sheet in _items(fields["sheets"])),
        remarks=tuple(_text(remark) for remark in _items(fields["remarks"])),
    )


def _decode_sheet(sheet: object) -> RawSheet:
    fields = _fields(sheet)
    top, left = (_whole(number) for number in _items(fields["first"]))
    return RawSheet(
        name=_text(fields["name"]),
        rows=tuple(_decode_row(row) for row in _items(fields["rows"])),
        first_row=top,
        first_column=left,
        hidden=fields["hidden"] is True,
        merged=tuple(_decode_area(area) for area in _items(fields["merged"])),
    )


def _decode_row(row: object) -> tuple[RawCell, ...]:
    # Half of a form's cells are empty; a list is filled quicker than a generator is asked.
    return tuple([_EMPTY_CELL if cell is None else _decode_cell(cell) for cell in _items(row)])


def _decode_area(area: object) -> tuple[int, int, int, int]:
    top, left, bottom, right = (_whole(number) for number in _items(area))
    return top, left, bottom, right


_TAGGED: dict[str, Callable[[str], RawValue]] = {
    "e": CellError,
    "f": Uncalculated,
    "d": date.fromisoformat,
    "dt": datetime.fromisoformat,
    "t": time.fromisoformat,
}


_PLAIN = (str, float, int)  # a truth value is an int; much quicker to ask for than a union


def _decode_cell(cell: object) -> RawCell:
    if isinstance(cell, _PLAIN):
        return RawCell(cell)
    fields = _fields(cell)
    if "v" in fields:
        number = fields["v"]
        if not isinstance(number, int | float):
            raise TypeError("a formatted cell holds a number")
        return RawCell(number, _text(fields["n"]))
    ((tag, text),) = fields.items()
    return RawCell(_TAGGED[tag](_text(text)))


def _fields(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("an object was expected")
    return value


def _items(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("a whole number was expected")
    return value
