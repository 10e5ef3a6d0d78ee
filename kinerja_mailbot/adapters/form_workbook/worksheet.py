"""One sheet of a form as the file has it: cells, widths, heights, guards, notes and the printed page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kinerja_mailbot.adapters.form_workbook.stylesheet import Stylesheet
from kinerja_mailbot.adapters.house_style import PAPER
from kinerja_mailbot.adapters.sheet_xml import (
    DECLARATION,
    MAIN,
    RELATIONS,
    RISKY,
    attribute_xml,
    cell_xml,
    column_letter,
    words_xml,
)
from kinerja_mailbot.domain.unit import Kertas

# Everything but the input cells is locked, without a password; widths and heights stay free to change.
_PROTECTION = '<sheetProtection sheet="1" formatColumns="0" formatRows="0"/>'
_MARGINS = 'left="0.5" right="0.5" top="0.5" bottom="0.6" header="0.3" footer="0.3"'


@dataclass(slots=True)
class _Line:
    cells: list[str] = field(default_factory=list)
    height: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note beside a cell, shown when somebody rests on it; sizes are pixels."""

    cell: str  # "E7"
    text: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A rule for what may be typed into these cells, and what is said before and after."""

    cells: str  # "E7:E12 E14"
    kind: str  # of ECMA-376 18.18.18: "list", "decimal", "custom" …
    operator: str = ""
    formulas: tuple[str, ...]
    hint: tuple[str, str]  # title and words
    refusal: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to another place in the workbook."""

    cell: str
    place: str  # "'Capaian Kinerja'!J7"
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """How a sheet is printed: paper, the words at the foot, the area, and the row that every page repeats (0: none)."""

    paper: Kertas
    foot: str
    area: str  # "A1:G16"
    landscape: bool = True
    header: int = 0


@dataclass(slots=True, kw_only=True)
class Worksheet:
    """Collects what a sheet is made of; cells of one row are put from left to right."""

    title: str
    styles: Stylesheet
    hidden: bool = False
    protected: bool = True
    frozen: tuple[int, int] = (0, 0)  # columns and rows that stay in view
    selected: str = "A1"
    page: Page | None = None
    notes: list[Note] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)
    highlights: list[tuple[str, str, int]] = field(default_factory=list)  # cells, test, number of the fill
    links: list[Link] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)  # column -> characters
    _lines: dict[int, _Line] = field(default_factory=dict)
    _last_column: int = 1

    def put(self, row: int, column: int, value: Decimal | int | date | str | None, style: int) -> str:
        """Write a cell and return its address; a text stays a text, whatever it begins with."""
        at = f"{column_letter(column)}{row}"
        if isinstance(value, str) and value.startswith(RISKY):
            style = self.styles.quoted(style)
        self._add(row, column, cell_xml(at, value, style))
        return at

    def put_line(self, row: int, cells: list[str]) -> None:
        """Write a row of cells that are complete as elements (`cell_xml`), from the first column on."""
        self._line(row).cells += cells
        self._last_column = max(self._last_column, len(cells))

    def set_height(self, row: int, points: float, *, grows: bool = False) -> None:
        """Give a row a height; one that grows is fitted anew when somebody types a longer text."""
        fixed = "" if grows else ' customHeight="1"'
        self._line(row).height = f' ht="{points:g}"{fixed}'

    def xml(self) -> str:
        """Return the part of the file, its elements in the order of ECMA-376 18.3.1.99."""
        return "".join(
            (
                f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">',
                '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if self.page else "",
                f'<dimension ref="A1:{column_letter(self._last_column)}{max(self._lines, default=1)}"/>',
                self._view(),
                '<sheetFormatPr baseColWidth="8" defaultRowHeight="15"/>',
                _list("cols", [_column_xml(*width) for width in sorted(self.widths.items())]),
                f"<sheetData>{''.join(_line_xml(*line) for line in sorted(self._lines.items()))}</sheetData>",
                _PROTECTION if self.protected else "",
                *(_highlight_xml(number, *one) for number, one in enumerate(self.highlights, start=1)),
                _list("dataValidations", [_guard_xml(guard) for guard in self.guards]),
                _list("hyperlinks", [_link_xml(link) for link in self.links]),
                _page_xml(self.page) if self.page else "",
                '<legacyDrawing r:id="rId1"/>' if self.notes else "",
                "</worksheet>",
            )
        )

    def _add(self, row: int, column: int, cell: str) -> None:
        self._line(row).cells.append(cell)
        self._last_column = max(self._last_column, column)

    def _line(self, row: int) -> _Line:
        if row not in self._lines:
            self._lines[row] = _Line()
        return self._lines[row]

    def _view(self) -> str:
        columns, rows = self.frozen
        grid = ' showGridLines="0"' if self.page else ""
        chosen = f'activeCell="{self.selected}" sqref="{self.selected}"'
        if not rows:
            return f'<sheetViews><sheetView{grid} workbookViewId="0"><selection {chosen}/></sheetView></sheetViews>'
        pane = "bottomRight" if columns else "bottomLeft"
        others = '<selection pane="topRight"/><selection pane="bottomLeft"/>' if columns else ""
        split = f' xSplit="{columns}"' if columns else ""
        return (
            f'<sheetViews><sheetView{grid} workbookViewId="0"><pane{split} ySplit="{rows}" '
            f'topLeftCell="{column_letter(columns + 1)}{rows + 1}" activePane="{pane}" state="frozen"/>'
            f'{others}<selection pane="{pane}" {chosen}/></sheetView></sheetViews>'
        )


def _list(name: str, items: list[str]) -> str:
    return f"<{name}>{''.join(items)}</{name}>" if items else ""


def _column_xml(number: int, width: float) -> str:
    return f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'


def _line_xml(number: int, line: _Line) -> str:
    return f'<row r="{number}"{line.height}>{"".join(line.cells)}</row>'


def _highlight_xml(priority: int, cells: str, test: str, fill: int) -> str:
    return (
        f'<conditionalFormatting sqref="{cells}"><cfRule type="expression" priority="{priority}" dxfId="{fill}">'
        f"<formula>{words_xml(test)}</formula></cfRule></conditionalFormatting>"
    )


def _guard_xml(guard: Guard) -> str:
    formulas = "".join(f"<formula{n}>{words_xml(one)}</formula{n}>" for n, one in enumerate(guard.formulas, start=1))
    operator = f' operator="{guard.operator}"' if guard.operator else ""
    (title, hint), (trouble, refusal) = guard.hint, guard.refusal
    return (
        f'<dataValidation type="{guard.kind}"{operator} allowBlank="1" showInputMessage="1" showErrorMessage="1" '
        f'errorTitle="{attribute_xml(trouble)}" error="{attribute_xml(refusal)}" promptTitle="{attribute_xml(title)}" '
        f'prompt="{attribute_xml(hint)}" sqref="{guard.cells}">{formulas}</dataValidation>'
    )


def _link_xml(link: Link) -> str:
    place, shown = attribute_xml(link.place), attribute_xml(link.shown)
    return f'<hyperlink ref="{link.cell}" location="{place}" display="{shown}"/>'


def _page_xml(page: Page) -> str:
    side = "landscape" if page.landscape else "portrait"
    left = page.foot.replace("&", "&&")  # a single one begins a code, as "&P" below
    return (
        f'<printOptions horizontalCentered="1"/><pageMargins {_MARGINS}/>'
        f'<pageSetup paperSize="{PAPER[page.paper]}" orientation="{side}" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{words_xml(f'&L&8 {left}&R&8 Halaman &P dari &N')}</oddFooter></headerFooter>"
    )
