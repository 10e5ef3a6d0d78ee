"""The office's paper: what workbooks made by openpyxl share in page, identity, and text that is no formula."""

from __future__ import annotations

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.house_style import PAPER
from kinerja_mailbot.adapters.sheet_xml import LONGEST, RISKY
from kinerja_mailbot.domain.form.identity import META_SHEET, FormMeta, identity_pairs
from kinerja_mailbot.domain.unit import Kertas

AnyCell = Cell | MergedCell  # what openpyxl returns for an address; nothing here merges data cells

BESIDE, ABOVE, BELOW = 0.5, 0.5, 0.6
"""The margins of a page, in inches."""


def put_text(cell: AnyCell, text: str) -> None:
    """Write a text that stays a text whatever it begins with, so that no formula can be smuggled in."""
    cell.value = "".join(c for c in text if c in "\t\n" or ord(c) >= 32)[:LONGEST]
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(RISKY)


def add_identity(workbook: Workbook, meta: FormMeta) -> Worksheet:
    """Add the hidden sheet by which a returned workbook is known for ours; return it unprotected."""
    sheet: Worksheet = workbook.create_sheet(META_SHEET)
    for row, (key, value) in enumerate(identity_pairs(meta), start=1):
        put_text(sheet.cell(row, 1), key)
        put_text(sheet.cell(row, 2), value)
    sheet.sheet_state = "veryHidden"
    return sheet


def set_page(sheet: Worksheet, left: str, kertas: Kertas, *, landscape: bool = True, one_page: bool = False) -> None:
    """Set the paper, fit to width (or to one page), margins, and the footer "Halaman x dari y"."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = PAPER[kertas]
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = BESIDE
    margins.top, margins.bottom, margins.header, margins.footer = ABOVE, BELOW, 0.3, 0.3
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text=left.replace("&", "&&"), size=8),
        right=_HeaderFooterPart(text="Halaman &P dari &N", size=8),
    )
    sheet.sheet_view.showGridLines = False


def solid(color: str | None) -> PatternFill:
    """Return a fill of one colour, or none."""
    return PatternFill("solid", start_color=color, end_color=color) if color else PatternFill()
