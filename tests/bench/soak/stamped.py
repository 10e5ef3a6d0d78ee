"""Forms filled in without a spreadsheet program: what people type is set into the workbook's own XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape, unescape

from openpyxl.utils import column_index_from_string, get_column_letter

from kinerja_mailbot.demo.spreadsheet import Entry, NotFoundError

_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"((?: [a-z]+="[^"]*")*) ?(?:/>|>(.*?)</c>)', re.DOTALL)
_WORDS = re.compile(r"<t[^>]*>(.*?)</t>", re.DOTALL)
_STYLE = re.compile(r' s="\d+"')
_SHEET = re.compile(r'<sheet [^>]*name="([^"]*)" sheetId="(\d+)"')
_DAY_ZERO = date(1899, 12, 30)  # of spreadsheets
_MOST_ROWS = 60
_QUICKLY = 1  # zlib's level: nobody keeps these files


def typed(workbook: bytes, entries: Sequence[Entry]) -> bytes:
    """Return a form of ours with the entries typed in, as `fill_in` does by a spreadsheet library.

    Raises:
        NotFoundError: a sheet, heading, row or cell is missing.
    """
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICKLY) as target,
    ):
        # The writer of our forms numbers parts and sheets alike.
        parts = {
            unescape(name): f"xl/worksheets/sheet{number}.xml"
            for name, number in _SHEET.findall(source.read("xl/workbook.xml").decode())
        }
        changed = {part: _filled(source, part, name, entries) for name, part in parts.items()}
        if missing := {entry.lembar for entry in entries} - parts.keys():
            raise NotFoundError(f"no sheet {missing} among {tuple(parts)}")
        for item in source.namelist():
            target.writestr(item, changed.get(item) or source.read(item))
    return buffer.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    row: int
    column: int
    words: str
    style: str
    place: tuple[int, int]


def _filled(source: zipfile.ZipFile, part: str, name: str, entries: Sequence[Entry]) -> bytes:
    xml = source.read(part).decode()
    mine = [entry for entry in entries if entry.lembar == name]
    if not mine:
        return xml.encode()
    cells = tuple(_cells(xml))
    by_place = {(cell.row, cell.column): cell for cell in cells}
    values: dict[tuple[int, int], Entry] = {_place(cells, entry): entry for entry in mine}
    done, pieces = 0, list[str]()
    for place in sorted(values):
        cell = by_place.get(place)
        if cell is None:
            raise NotFoundError(f"no cell {place} in sheet {name!r}")
        pieces += [xml[done : cell.place[0]], _written(cell, values[place])]
        done = cell.place[1]
    return "".join((*pieces, xml[done:])).encode()


def _cells(xml: str) -> Iterator[_Cell]:
    for found in _CELL.finditer(xml):
        letters, row, attributes, inside = found.groups()
        style = _STYLE.search(attributes)
        yield _Cell(
            row=int(row),
            column=column_index_from_string(letters),
            words=_plain(unescape("".join(_WORDS.findall(inside or "")))),
            style=style[0] if style else "",
            place=found.span(),
        )


def _place(cells: Sequence[_Cell], entry: Entry) -> tuple[int, int]:
    heading = _find(cells, entry.judul)
    if entry.baris == "nihil":
        return heading.row, heading.column + 1
    if isinstance(entry.baris, int):
        return heading.row + entry.baris, heading.column
    return _find(cells, entry.baris, below=heading.row).row, heading.column


def _find(cells: Sequence[_Cell], words: str, below: int = 0) -> _Cell:
    wanted = _plain(words)
    for cell in cells:
        if below < cell.row <= _MOST_ROWS and cell.words == wanted:
            return cell
    raise NotFoundError(f"no cell {words!r}")


def _written(cell: _Cell, entry: Entry) -> str:
    reference = f'<c r="{get_column_letter(cell.column)}{cell.row}"{cell.style}'
    match entry.isi:
        case str() as words:
            return f'{reference} t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'
        case date() as day:
            return f"{reference}><v>{(day - _DAY_ZERO).days}</v></c>"
        case number:
            return f"{reference}><v>{number}</v></c>"


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
