"""The scan of .xlsx and .xlsm: workbook, relations, styles, then each worksheet part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from posixpath import normpath

from kinerja_mailbot.adapters.sheets.scan import (
    MAX_COLUMNS,
    MAX_ROWS,
    Attributes,
    HiddenColumns,
    SheetScan,
    is_bounded,
    number_of,
    place_of,
    read_part,
    walk,
)

# ECMA-376 part 1, 18.8.30: the percent formats among the built-in ones.
_BUILTIN_FORMATS = {0: "General", 9: "0%", 10: "0.00%"}
_MAX_FORMAT = 200  # characters of a format code


def scan_xlsx(archive: zipfile.ZipFile, limit: int) -> tuple[SheetScan, ...]:
    """Walk the first `limit` sheets of an .xlsx or .xlsm.

    Raises:
        ScanError: a part is missing or broken, or carries a DOCTYPE.
    """
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    workbook = next((n for n in sorted(names) if re.fullmatch(r"xl/workbook[^/]*\.xml", n)), "")
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}
    walk(read_part(archive, names, workbook), _workbook_handler(sheets))
    walk(read_part(archive, names, f"xl/_rels/{workbook[3:]}.rels"), _relations_handler(targets))
    formats = _cell_formats(archive, names)
    scans: list[SheetScan] = []
    for name, relation in sheets[:limit]:
        target = targets.get(relation, "")
        path = normpath(target[1:] if target.startswith("/") else f"xl/{target}").lower()
        scan = SheetScan(name)
        if "worksheets/" in path:  # chart and macro sheets hold no cells
            walker = _XlsxSheet(scan, formats)
            walk(read_part(archive, names, path), walker.start, walker.end, walker.text)
        scans.append(scan)
    return tuple(scans)


def _workbook_handler(sheets: list[tuple[str, str]]) -> Callable[[str, Attributes], None]:
    def start(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), relation))

    return start


def _relations_handler(targets: dict[str, str]) -> Callable[[str, Attributes], None]:
    def start(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    return start


def _cell_formats(archive: zipfile.ZipFile, names: dict[str, str]) -> tuple[str, ...]:
    """Return the number format of every cell style; formats that change nothing for a reader are left empty."""
    if "xl/styles.xml" not in names:
        return ()
    own: dict[int, str] = {}
    styles: list[str] = []
    inside = {"cellXfs": False}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            own[number_of(attributes.get("numFmtId"))] = attributes.get("formatCode", "")[:_MAX_FORMAT]
        elif tag == "cellXfs":
            inside["cellXfs"] = True
        elif tag == "xf" and inside["cellXfs"]:
            number = number_of(attributes.get("numFmtId"))
            styles.append(own.get(number, _BUILTIN_FORMATS.get(number, "")))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside["cellXfs"] = False

    walk(read_part(archive, names, "xl/styles.xml"), start, end)
    return tuple(styles)


class _XlsxSheet:
    """The handlers for one worksheet part."""

    def __init__(self, scan: SheetScan, formats: tuple[str, ...]) -> None:
        self._scan = scan
        self._formats = formats
        self._row = -1
        self._column = -1
        self._row_hidden = False
        self._hidden_columns = HiddenColumns()
        self._style = 0
        self._type = ""
        self._in = ""
        self._has_formula = False
        self._formula = ""
        self._value = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            place = place_of(attributes.get("r", ""))
            self._row, self._column = place or (self._row, self._column + 1)
            self._style, self._type = number_of(attributes.get("s")), attributes.get("t", "")
            self._has_formula, self._formula, self._value = False, "", ""
        elif tag in {"v", "t"}:
            self._in = "value"
        elif tag == "f":
            self._in, self._has_formula = "formula", True
        elif tag == "row":
            self._row, self._column = number_of(attributes.get("r"), self._row + 2) - 1, -1
            self._row_hidden = attributes.get("hidden") in {"1", "true"}
        elif tag == "col":
            if attributes.get("hidden") in {"1", "true"}:
                self._hidden_columns.add(number_of(attributes.get("min")) - 1, number_of(attributes.get("max")) - 1)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        if tag in {"v", "t", "f"}:
            self._in = ""
        elif tag == "c":
            self._finish_cell()

    def text(self, text: str) -> None:
        if self._in == "value" and len(self._value) < 64:
            self._value += text
        elif self._in == "formula" and len(self._formula) < 200:
            self._formula += text

    def _finish_cell(self) -> None:
        scan, place = self._scan, (self._row, self._column)
        if not self._value and not self._has_formula:
            return
        scan.grow(*place)
        scan.hidden_rows_with_values |= self._row_hidden and bool(self._value)
        if not scan.hidden_columns_with_values and self._value:
            scan.hidden_columns_with_values = self._column in self._hidden_columns
        if not is_bounded(scan, place):
            return
        if not self._value and self._type not in {"str", "inlineStr", "s"}:
            scan.uncalculated[place] = f"={self._formula}"
        elif self._type == "e":
            scan.errors[place] = self._value
        elif self._type in {"", "n"} and 0 <= self._style < len(self._formats) and self._formats[self._style]:
            scan.formats[place] = self._formats[self._style]

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, bottom = place_of(first), place_of(last or first)
        if top and bottom and len(self._scan.merged) < MAX_ROWS and top[0] < MAX_ROWS:
            self._scan.merged.append((*top, min(bottom[0], MAX_ROWS - 1), min(bottom[1], MAX_COLUMNS - 1)))
