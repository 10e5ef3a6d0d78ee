"""The reader in the service: limits first, then a child process that may be killed by a hostile file.

One child serves many files, because starting Python costs more than reading a form; it is started by the first file and
again after it died. Nothing but JSON comes back, and every value of it is checked here.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import IO

import kinerja_mailbot
from kinerja_mailbot.adapters.filekind import MAX_ZIP_ENTRIES, sniff, zip_entries
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

MAX_SIZE = 25 * 1024 * 1024  # bytes of a file
MAX_UNPACKED = 100 * 1024 * 1024  # bytes of all parts of a zip together
MAX_RATIO = 100  # unpacked to packed
_RATIO_COUNTS_FROM = 20 * 1024 * 1024  # bytes; small parts of spaces pack well, and hurt nobody
_MAX_ANSWER = 32 * 1024 * 1024  # bytes of JSON
_FILES_PER_CHILD = 500  # a fresh process gives fragmented memory back

_CHILD = "kinerja_mailbot.adapters.sheets.child"
_KINDS = (FileKind.XLSX, FileKind.XLSM, FileKind.XLSB, FileKind.XLS, FileKind.ODS)
_ZIPPED = frozenset({FileKind.XLSX, FileKind.XLSM, FileKind.XLSB, FileKind.ODS})
_EMPTY_CELL = RawCell(None)


class SandboxedSheetReader:
    """See `SheetReader`. Safe to share between threads; they take turns. Close it to end the child."""

    def __init__(self, deadline: float = 20.0) -> None:
        """`deadline` is the time for one file, in seconds of wall clock."""
        self._deadline = deadline
        self._turn = threading.Lock()
        self._child: _Child | None = None

    def read(self, content: bytes) -> ReadResult:
        """See `SheetReader`."""
        kind = sniff(content)
        if obstacle := _obstacle_before_reading(content, kind):
            return Unreadable(kind, obstacle)
        with self._turn:
            answer = self._ask(content, kind)
        if isinstance(answer, Obstacle):
            return Unreadable(kind, answer)
        try:
            return _decode(json.loads(answer), kind)
        except (ValueError, TypeError, KeyError, RecursionError):  # a child that was taken over may say anything
            return Unreadable(kind, Obstacle.DAMAGED)

    def close(self) -> None:
        """End the child; the next file starts a new one."""
        with self._turn:
            self._drop()

    def __enter__(self) -> SandboxedSheetReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _ask(self, content: bytes, kind: FileKind) -> bytes | Obstacle:
        if self._child is None or self._child.files >= _FILES_PER_CHILD or self._child.is_dead:
            self._drop()
            self._child = _Child()
        answer = self._child.ask(content, kind, self._deadline)
        if isinstance(answer, Obstacle):
            self._drop()
        return answer

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """A running child process."""

    def __init__(self) -> None:
        self.files = 0
        root = str(Path(kinerja_mailbot.__file__).parents[1])
        # Nothing else of the environment: passwords live there.
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TZ", "LANG") if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter, our own module
            [sys.executable, "-B", "-m", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**kept, "PYTHONPATH": root},
        )

    @property
    def is_dead(self) -> bool:
        """Tell whether the process ended between two files (an operator killed it)."""
        return self._process.poll() is not None

    def ask(self, content: bytes, kind: FileKind, deadline: float) -> bytes | Obstacle:
        """Return the child's answer; with an obstacle the child is no longer of use."""
        self.files += 1
        too_slow = threading.Event()

        def stop() -> None:
            too_slow.set()
            self._process.kill()

        timer = threading.Timer(deadline, stop)
        timer.start()
        try:
            answer = self._exchange(content, kind)
        finally:
            timer.cancel()
        if answer is not None:
            return answer
        # A limit kills by signal (SIGXCPU, the abort of a failed allocation); a confused parser leaves by itself.
        return Obstacle.TOO_SLOW if too_slow.is_set() or self._process.wait() < 0 else Obstacle.DAMAGED

    def end(self) -> None:
        """Kill the process and wait for it; it has nothing to lose."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close_quietly(pipe)

    def _exchange(self, content: bytes, kind: FileKind) -> bytes | None:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None  # noqa: S101, PT018  # both are PIPE above
        try:
            stdin.write(struct.pack(">IB", len(content), _KINDS.index(kind)))
            stdin.write(content)
            stdin.flush()
        except OSError:
            self._process.kill()
            return None
        header = stdout.read(4)
        length = struct.unpack(">I", header)[0] if len(header) == 4 else None
        if length is None or length > _MAX_ANSWER:
            return None
        answer = stdout.read(length)
        return answer if len(answer) == length else None


def _close_quietly(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:  # what was still buffered for a dead child is of no use
        return


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
    if kind not in _ZIPPED:
        return None
    entries = zip_entries(content)
    if not entries:
        return Obstacle.DAMAGED
    unpacked = sum(entry.unpacked for entry in entries)
    is_bomb = unpacked > _RATIO_COUNTS_FROM and unpacked > MAX_RATIO * len(content)
    return Obstacle.TOO_LARGE if len(entries) > MAX_ZIP_ENTRIES or unpacked > MAX_UNPACKED or is_bomb else None


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
        rows=tuple(tuple(_decode_cell(cell) for cell in _items(row)) for row in _items(fields["rows"])),
        first_row=top,
        first_column=left,
        hidden=fields["hidden"] is True,
        merged=tuple(_decode_area(area) for area in _items(fields["merged"])),
    )


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


def _decode_cell(cell: object) -> RawCell:
    if cell is None:
        return _EMPTY_CELL
    if isinstance(cell, bool | int | float | str):
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
