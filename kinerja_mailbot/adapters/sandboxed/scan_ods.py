"""The scan of .ods: percent cells, errors and extents out of content.xml."""

from __future__ import annotations

import zipfile

from kinerja_mailbot.adapters.sandboxed.scan import (
    MAX_COLUMNS,
    MAX_ROWS,
    OWN_MARK,
    Attributes,
    HiddenColumns,
    LocalNames,
    SheetScan,
    is_bounded,
    number_of,
    read_part,
    walk,
)


def scan_ods(archive: zipfile.ZipFile, limit: int) -> tuple[SheetScan, ...]:
    """Walk the sheets of an .ods.

    Raises:
        ScanError: content.xml is missing or broken, or carries a DOCTYPE.
    """
    names = {name.lower(): name for name in archive.namelist()}
    walker = _OdsContent(limit)
    walk(read_part(archive, names, "content.xml"), walker.start, walker.end, walker.text)
    return tuple(walker.scans)


_ABOUT_COMMENT = frozenset({"date", "creator", "creator-initials"})


class _OdsContent:
    """The handlers for content.xml; repeated rows and columns are counted, never unrolled beyond the bounds."""

    def __init__(self, limit: int) -> None:
        self.scans: list[SheetScan] = []
        self._names = LocalNames()
        self._limit = limit
        self._row = self._column = 0
        self._row_repeat = 1
        self._row_hidden = False
        self._cell: Attributes = {}
        self._text = ""
        self._hidden_columns = HiddenColumns()
        self._comment: str | None = None  # text of the comment that is being read
        self._in_date = False  # or in the name of who wrote it

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = self._names[tag]
        if tag == "table":
            self.scans.append(SheetScan(attributes.get("table:name", "")))
            self._row = self._column = 0
            self._hidden_columns = HiddenColumns()
        elif tag == "table-column":
            self._take_column(attributes)
        elif tag == "table-row":
            self._column = 0
            self._row_repeat = max(1, number_of(attributes.get("table:number-rows-repeated"), 1))
            self._row_hidden = attributes.get("table:visibility", "visible") != "visible"
        elif tag in {"table-cell", "covered-table-cell"}:
            self._cell, self._text = attributes, ""
            if self.scans and "'file:" in attributes.get("table:formula", ""):
                self.scans[-1].has_links = True
        elif tag == "annotation":
            self._comment = ""
        elif tag in _ABOUT_COMMENT:
            self._in_date = True

    def end(self, tag: str) -> None:
        tag = self._names[tag]
        if tag == "table-row":
            self._row += self._row_repeat
        elif tag in _ABOUT_COMMENT:
            self._in_date = False
        elif tag == "annotation":
            if self.scans and self._comment and not self._comment.startswith(OWN_MARK):
                self.scans[-1].has_comments = True
            self._comment = None
        elif tag in {"table-cell", "covered-table-cell"} and self.scans:
            repeat = max(1, number_of(self._cell.get("table:number-columns-repeated"), 1))
            self._finish_cell(self.scans[-1], repeat)
            self._column += repeat

    def text(self, text: str) -> None:
        if self._comment is not None:
            if not self._in_date and len(self._comment) < len(OWN_MARK):
                self._comment = (self._comment + text).lstrip()
        elif len(self._text) < 64:
            self._text += text

    def _take_column(self, attributes: Attributes) -> None:
        repeat = max(1, number_of(attributes.get("table:number-columns-repeated"), 1))
        if attributes.get("table:visibility", "visible") != "visible":
            self._hidden_columns.add(self._column, self._column + repeat - 1)
        self._column += repeat

    def _finish_cell(self, scan: SheetScan, repeat: int) -> None:
        down = number_of(self._cell.get("table:number-rows-spanned"), 1)
        across = number_of(self._cell.get("table:number-columns-spanned"), 1)
        if (down > 1 or across > 1) and len(scan.merged) < MAX_ROWS and self._row < MAX_ROWS:
            right, bottom = min(self._column + across, MAX_COLUMNS) - 1, min(self._row + down, MAX_ROWS) - 1
            scan.merged.append((self._row, self._column, bottom, right))
        kind = self._cell.get("office:value-type", "")
        if not kind and not self._text.strip():
            return
        scan.grow(self._row, self._column)
        scan.grow(self._row + self._row_repeat - 1, self._column + repeat - 1)
        scan.hidden_rows_with_values |= self._row_hidden
        scan.hidden_columns_with_values |= self._column in self._hidden_columns
        is_error = self._cell.get("calcext:value-type") == "error" or self._text.startswith(
            ("#DIV/0!", "#REF!", "Err:5")
        )
        if kind != "percentage" and not is_error:
            return
        for row in range(self._row, min(self._row + self._row_repeat, MAX_ROWS)):
            for column in range(self._column, min(self._column + repeat, MAX_COLUMNS)):
                if not is_bounded(scan, (row, column)):
                    return
                if is_error:
                    scan.errors[row, column] = self._text.strip()
                else:
                    scan.formats[row, column] = "0%"
