"""The scan of .xlsx and .xlsm: workbook, relations, styles, then each worksheet part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from posixpath import normpath

from kinerja_mailbot.adapters.sandboxed.scan import (
    MAX_COLUMNS,
    MAX_ROWS,
    Attributes,
    HiddenColumns,
    LocalNames,
    SheetScan,
    is_bounded,
    number_of,
    place_of,
    read_part,
    walk,
)

# ECMA-376 part 1, 18.8.30: the percent formats among the built-in ones.
_BUILTIN_FORMATS = {0: "General", 9: "0%", 10: "0.00%"}
_STYLE_LISTS = frozenset({"cellStyleXfs", "cellXfs", "dxfs"})  # the same elements inside mean different things
_MAX_FORMAT = 200  # characters of a format code
_VALUES = frozenset({"v", "t"})
_TEXTS = frozenset({"str", "inlineStr", "s"})  # types of cells (18.18.11)
_TRUE = frozenset({"1", "true"})


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
    names = LocalNames()

    def start(tag: str, attributes: Attributes) -> None:
        if names[tag] == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), relation))

    return start


def _relations_handler(targets: dict[str, str]) -> Callable[[str, Attributes], None]:
    names = LocalNames()

    def start(tag: str, attributes: Attributes) -> None:
        if names[tag] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    return start


def _cell_formats(archive: zipfile.ZipFile, names: dict[str, str]) -> dict[str, str]:
    """Return the number formats by the numbers of the cell styles; those that tell a reader nothing are left out."""
    if "xl/styles.xml" not in names:
        return {}
    own: dict[int, str] = {}
    styles: list[int] = []  # number of the format of each style
    local, inside = LocalNames(), {"styles": ""}

    def start(tag: str, attributes: Attributes) -> None:
        name = local[tag]
        if name == "xf" and inside["styles"] == "cellXfs":
            styles.append(number_of(attributes.get("numFmtId")))
        elif name == "numFmt":
            own[number_of(attributes.get("numFmtId"))] = attributes.get("formatCode", "")[:_MAX_FORMAT]
        elif name in _STYLE_LISTS:
            inside["styles"] = name

    walk(read_part(archive, names, "xl/styles.xml"), start)
    formats = _BUILTIN_FORMATS | own
    return {str(style): formats[number] for style, number in enumerate(styles) if formats.get(number)}


class _XlsxSheet:
    """The handlers for one worksheet part; thousands of cells go through them, most of them empty or texts."""

    def __init__(self, scan: SheetScan, formats: dict[str, str]) -> None:
        self._scan = scan
        self._formats = formats
        self._names = LocalNames()
        self._row = -1
        self._column = -1
        self._row_hidden = False
        self._hidden_columns = HiddenColumns()
        self._cell: Attributes = {}
        self._in = ""
        self._has_formula = False
        self._formula = ""
        self._value = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        name = self._names[tag]
        if name == "c":
            self._cell = attributes
            self._has_formula, self._formula, self._value = False, "", ""
            self._row, self._column = place_of(attributes.get("r", "")) or (self._row, self._column + 1)
        elif name in _VALUES:
            self._in = "value"
        elif name == "f":
            self._in, self._has_formula = "formula", True
        elif name == "row":
            self._row, self._column = number_of(attributes.get("r"), self._row + 2) - 1, -1
            self._row_hidden = attributes.get("hidden") in _TRUE
        elif name == "col":
            if attributes.get("hidden") in _TRUE:
                self._hidden_columns.add(number_of(attributes.get("min")) - 1, number_of(attributes.get("max")) - 1)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        self._in = ""
        if (self._value or self._has_formula) and self._names[tag] == "c":
            self._finish_cell()

    def text(self, text: str) -> None:
        if self._in == "value" and len(self._value) < 64:
            self._value += text
        elif self._in == "formula" and len(self._formula) < 200:
            self._formula += text

    def _finish_cell(self) -> None:
        scan, place = self._scan, (self._row, self._column)
        scan.grow(*place)
        if self._value:
            scan.hidden_rows_with_values |= self._row_hidden
            if not scan.hidden_columns_with_values and self._hidden_columns.ranges:
                scan.hidden_columns_with_values = self._column in self._hidden_columns
        kind = self._cell.get("t") or "n"
        if not self._value:
            if kind not in _TEXTS and is_bounded(scan, place):
                scan.uncalculated[place] = f"={self._formula}"
        elif kind == "n":
            number_format = self._formats.get(self._cell.get("s", "0"))
            if number_format and is_bounded(scan, place):
                scan.formats[place] = number_format
        elif kind == "e" and is_bounded(scan, place):
            scan.errors[place] = self._value

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, bottom = place_of(first), place_of(last or first)
        if top and bottom and len(self._scan.merged) < MAX_ROWS and top[0] < MAX_ROWS:
            self._scan.merged.append((*top, min(bottom[0], MAX_ROWS - 1), min(bottom[1], MAX_COLUMNS - 1)))
