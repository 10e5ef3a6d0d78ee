"""The workbook's zip: openpyxl's parts, with our own rows in the sheets that have them, and no trace of the clock."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from kinerja_mailbot.adapters.rekap_workbook.grid import Grid

_NO_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>.*?</sheetData>", re.DOTALL)
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')


def pack(workbook: Workbook, grids: Mapping[str, Grid]) -> bytes:
    """Return the .xlsx; `grids` holds the rows of the sheets that have their own, by title.

    `Workbook.save` would stamp the present moment on the file, and so would every entry of the zip: equal workbooks
    are equal bytes here.
    """
    stamped, plain = io.BytesIO(), io.BytesIO()
    with ZipFile(stamped, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).save()
    by_name = {sheet.path.lstrip("/"): grids.get(sheet.title) for sheet in workbook.worksheets}
    with ZipFile(stamped) as source, ZipFile(plain, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            with target.open(info, "w") as entry:
                _write(entry, source.read(name), by_name.get(name))
    return plain.getvalue()


def _write(entry: IO[bytes], content: bytes, grid: Grid | None) -> None:
    if grid is None:
        entry.write(content)
        return
    sized = _DIMENSION.sub(f'<dimension ref="{grid.dimension}"/>'.encode(), content, count=1)
    empty = _NO_ROWS.search(sized)
    if empty is None:
        raise ValueError("openpyxl wrote a sheet without sheetData")
    entry.write(sized[: empty.start()])
    entry.write(b"<sheetData>")
    for piece in grid.pieces():
        entry.write(piece)
    entry.write(b"</sheetData>")
    entry.write(sized[empty.end() :])
