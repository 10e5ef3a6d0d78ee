"""The child process: takes workbooks and containers on stdin, answers on stdout, and may die.

An answer is four bytes of length (big endian) and that many bytes; a request has one byte more between them, the place
of its kind in `KINDS`. Whatever goes wrong outside the expected errors ends the process, and the parent starts another.
"""

from __future__ import annotations

import io
import json
import os
import struct
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import BinaryIO
from zlib import error as ZlibError  # noqa: N812  # zlib spells its exception in lower case

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from kinerja_mailbot.adapters.sandboxed.answer import CellValue, Json, Table, encode_sheet
from kinerja_mailbot.adapters.sandboxed.exchange import KINDS, MAX_ANSWER
from kinerja_mailbot.adapters.sandboxed.quirks import undated, without_indentation
from kinerja_mailbot.adapters.sandboxed.refusals import LockedError, TooLargeError, TooManyError
from kinerja_mailbot.adapters.sandboxed.remarks import MAX_SHEETS, describe_parts, describe_sheets
from kinerja_mailbot.adapters.sandboxed.scan import MAX_COLUMNS, MAX_ROWS, ScanError, SheetScan
from kinerja_mailbot.adapters.sandboxed.scan_ods import scan_ods
from kinerja_mailbot.adapters.sandboxed.scan_xlsx import scan_xlsx
from kinerja_mailbot.domain.form.workbook import CONTAINERS, FileKind, Obstacle

if sys.platform != "win32":
    import resource

MEMORY = 1024 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 30  # for one workbook
CPU_SECONDS_CONTAINER = 3  # an honest one takes a few hundredths; the libraries count to whatever number is announced
_MAX_AREA = 4_000_000  # cells of a dense table; calamine needs 32 bytes for each, and aborts when it can't have them
_MAX_CELLS = 600_000  # cells of all sheets together


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer one request after the other until the parent closes the pipe."""
    while len(header := requests.read(5)) == 5:
        length, kind = struct.unpack(">IB", header)
        content = requests.read(length)
        _allow_cpu(CPU_SECONDS_CONTAINER if KINDS[kind] in CONTAINERS else CPU_SECONDS)
        answer = _answer(content, KINDS[kind])
        if len(answer) > MAX_ANSWER:
            answer = _as_json({"obstacle": Obstacle.TOO_LARGE.value})
        answers.write(struct.pack(">I", len(answer)) + answer)
        answers.flush()


def _answer(content: bytes, kind: FileKind) -> bytes:
    """Return a workbook as JSON, or the files of a container: a line of JSON with their names and sizes, then they."""
    try:
        if kind not in CONTAINERS:
            return _as_json(_workbook(content, kind))
        files = _unpack(content, kind)
        listed: Json = {"files": [[name, len(file)] for name, file in files]}
        return b"".join((_as_json(listed), b"\n", *(file for _, file in files)))
    except (PasswordError, LockedError):
        obstacle = Obstacle.ENCRYPTED
    except TooManyError:
        obstacle = Obstacle.TOO_MANY
    except (TooLargeError, MemoryError):
        obstacle = Obstacle.TOO_LARGE
    except _DAMAGE:
        obstacle = Obstacle.DAMAGED
    return _as_json({"obstacle": obstacle.value})


def _unpack(content: bytes, kind: FileKind) -> list[tuple[str, bytes]]:
    # Its libraries take more memory than all else here together, and few mails need them.
    from kinerja_mailbot.adapters.sandboxed.containers import unpack  # noqa: PLC0415

    return unpack(content, kind)


def _as_json(value: Json) -> bytes:
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def _workbook(content: bytes, kind: FileKind) -> Json:
    sheets, remarks = _read(content, kind)
    if sum(len(sheet.rows) * max(map(len, sheet.rows), default=0) for sheet in sheets) > _MAX_CELLS:
        raise TooLargeError
    return {"sheets": [encode_sheet(sheet) for sheet in sheets], "remarks": list(remarks)}


# What the libraries raise on broken files; found by mutating good ones.
_DAMAGE = (
    CalamineError,
    ScanError,
    zipfile.BadZipFile,
    ZlibError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,  # xml.etree.ElementTree.ParseError is one
    OverflowError,
    AssertionError,
    struct.error,
)


def _read(content: bytes, kind: FileKind) -> tuple[list[Table], list[str]]:
    scans, remarks = _scan(content, kind)
    if any(scan.area > _MAX_AREA for scan in scans.values()):
        if kind is FileKind.ODS:
            raise TooLargeError
        sheets = _read_with_openpyxl(content, scans)
    else:
        sheets = _read_with_calamine(without_indentation(content) if kind is FileKind.ODS else content, scans)
    if kind is FileKind.XLS:
        for sheet in sheets:
            sheet.rows[:] = [[undated(value) for value in row] for row in sheet.rows]
    return sheets[:MAX_SHEETS], [*remarks, *describe_sheets(sheets)]


def _scan(content: bytes, kind: FileKind) -> tuple[dict[str, SheetScan], list[str]]:
    if kind is FileKind.XLS:  # calamine alone knows this format
        from kinerja_mailbot.adapters.sandboxed.locked import is_locked_xls  # noqa: PLC0415  as with containers

        if is_locked_xls(content):
            raise LockedError
        return {}, []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        remarks = list(describe_parts(archive))
        if kind is FileKind.XLSB:
            return {}, remarks
        if kind is FileKind.ODS and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise PasswordError
        scans = scan_ods(archive, MAX_SHEETS) if kind is FileKind.ODS else scan_xlsx(archive, MAX_SHEETS)
    return {scan.name: scan for scan in scans}, remarks


def _read_with_calamine(content: bytes, scans: dict[str, SheetScan]) -> list[Table]:
    sheets: list[Table] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        for index, about in enumerate(workbook.sheets_metadata[: MAX_SHEETS + 1]):
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            scan = scans.get(about.name)
            sheet = workbook.get_sheet_by_index(index)
            start = sheet.start or (0, 0)
            rows: list[list[CellValue]] = [list(row[:MAX_COLUMNS]) for row in sheet.to_python(nrows=MAX_ROWS)]
            ranges = scan.merged if scan else [(*a, *b) for a, b in (sheet.merged_cell_ranges or [])[:MAX_ROWS]]
            sheets.append(
                Table(
                    name=about.name,
                    hidden=about.visible is not SheetVisibleEnum.Visible,
                    first=start,
                    rows=rows,
                    merged=ranges,
                    is_cut=sheet.height > MAX_ROWS or sheet.width > MAX_COLUMNS,
                    scan=scan,
                )
            )
    return sheets


def _read_with_openpyxl(content: bytes, scans: dict[str, SheetScan]) -> list[Table]:
    """Read the upper left part of sheets whose dense table would fill the memory (a stray cell at XFD1048576)."""
    import openpyxl  # noqa: PLC0415  needed for one file in thousands
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    sheets: list[Table] = []
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except InvalidFileException as error:
        raise ScanError from error
    for sheet in workbook.worksheets[: MAX_SHEETS + 1]:
        sheet.reset_dimensions()  # the dimension record of other programs is often wrong
        scan = scans.get(sheet.title)
        rows = [[_plain(v) for v in row] for row in sheet.iter_rows(1, MAX_ROWS, 1, MAX_COLUMNS, values_only=True)]
        sheets.append(
            Table(
                name=sheet.title,
                hidden=sheet.sheet_state != "visible",
                first=(0, 0),
                rows=rows,
                merged=scan.merged if scan else [],
                is_cut=scan is not None and (scan.last[0] >= MAX_ROWS or scan.last[1] >= MAX_COLUMNS),
                scan=scan,
            )
        )
    return sheets


def _plain(value: object) -> CellValue:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value if isinstance(value, bool | int | float | str | datetime | date | time | timedelta) else None


def _allow_cpu(seconds: int) -> None:
    if sys.platform != "win32":
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds, hard))


def _confine() -> None:
    """Take away memory, files and core dumps; Windows has none of these limits, there only the deadline holds."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Serve on the inherited pipes; anything else that writes to stdout must not disturb the answers."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _confine()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
