"""The file around the sheets: the list of sheets, names for printing, properties, relations, all in one zip."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kinerja_mailbot.adapters.form_workbook.notes import boxes_of_notes, words_of_notes
from kinerja_mailbot.adapters.form_workbook.stylesheet import Stylesheet
from kinerja_mailbot.adapters.form_workbook.worksheet import Worksheet
from kinerja_mailbot.adapters.sheet_xml import DECLARATION, MAIN, RELATIONS, attribute_xml, words_xml

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_METADATA = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


_CORE = (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
_APPLICATION = ("extended-properties", "docProps/app.xml")
# LibreOffice rounds the heights of rows to whole pixels, as Excel does, in files of programs with this beginning.
_PROGRAM = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Excel Compatible / kinerja-mailbot</Application></Properties>"
)
_HIDDEN = ' state="veryHidden"'  # not even in the list from which people unhide sheets
_AUTHOR = "Data Kinerja"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A workbook ready to be packed; `highlights` are the colours that conditions name by number."""

    sheets: tuple[Worksheet, ...]
    styles: Stylesheet
    highlights: tuple[str, ...]
    creator: str
    title: str
    written: datetime  # aware

    def pack(self) -> bytes:
        """Return the .xlsx; the same workbook gives the same bytes, every entry bears the first day of zips."""
        buffer = io.BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
            for name, part in self._parts():
                archive.writestr(ZipInfo(name), part, ZIP_DEFLATED)
        return buffer.getvalue()

    def _parts(self) -> Iterator[tuple[str, str]]:
        yield "[Content_Types].xml", self._content_types()
        yield "_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"), _CORE, _APPLICATION)
        yield "docProps/core.xml", self._properties()
        yield "docProps/app.xml", _PROGRAM
        yield "xl/workbook.xml", self._workbook()
        worksheets = tuple(("worksheet", f"worksheets/sheet{n}.xml") for n, _ in enumerate(self.sheets, start=1))
        yield "xl/_rels/workbook.xml.rels", _relations(*worksheets, ("styles", "styles.xml"))
        yield "xl/styles.xml", self.styles.xml(self.highlights)
        for number, sheet in enumerate(self.sheets, start=1):
            yield f"xl/worksheets/sheet{number}.xml", sheet.xml()
            if sheet.notes:
                drawing, comments = f"drawings/notes{number}.vml", f"comments{number}.xml"
                yield (
                    f"xl/worksheets/_rels/sheet{number}.xml.rels",
                    _relations(("vmlDrawing", f"../{drawing}"), ("comments", f"../{comments}")),
                )
                yield f"xl/{drawing}", boxes_of_notes(sheet.notes)
                yield f"xl/{comments}", words_of_notes(sheet.notes, _AUTHOR)

    def _content_types(self) -> str:
        noted = [(f"comments{n}", "comments") for n, sheet in enumerate(self.sheets, start=1) if sheet.notes]
        parts = (
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            *((f"worksheets/sheet{number}", "worksheet") for number, _ in enumerate(self.sheets, start=1)),
            *noted,
        )
        overrides = "".join(
            f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in parts
        )
        return (
            f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            '<Override PartName="/docProps/app.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
            f"{overrides}</Types>"
        )

    def _properties(self) -> str:
        at = f"{self.written.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        return (
            f"{DECLARATION}<cp:coreProperties {_METADATA}><dc:title>{words_xml(self.title)}</dc:title>"
            f"<dc:creator>{words_xml(self.creator)}</dc:creator>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified></cp:coreProperties>'
        )

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name="{attribute_xml(sheet.title)}" sheetId="{number}"'
            f'{_HIDDEN if sheet.hidden else ""} r:id="rId{number}"/>'
            for number, sheet in enumerate(self.sheets, start=1)
        )
        names = "".join(
            f'<definedName name="_xlnm.{name}" localSheetId="{number}">{words_xml(place)}</definedName>'
            for number, sheet in enumerate(self.sheets)
            for name, place in _printed(sheet)
        )
        return (
            f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr/>'
            f'<bookViews><workbookView activeTab="0"/></bookViews><sheets>{sheets}</sheets>'
            f'<definedNames>{names}</definedNames><calcPr calcId="124519" fullCalcOnLoad="1"/></workbook>'
        )


def _relations(*targets: tuple[str, str]) -> str:
    """Return a list of relations, `rId1` and so on in this order: kind and place."""
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if ":" in kind else f"{RELATIONS}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _printed(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Yield what is printed of a sheet, and which row every page repeats, as names that programs know."""
    if sheet.page is None:
        return
    tab = quoted_tab(sheet.title)
    first, last = (_absolute(corner) for corner in sheet.page.area.split(":"))
    yield "Print_Area", f"{tab}!{first}:{last}"
    if sheet.page.header:
        yield "Print_Titles", f"{tab}!${sheet.page.header}:${sheet.page.header}"


def quoted_tab(title: str) -> str:
    """Return a sheet's name as formulas and links spell it.

    >>> quoted_tab("Ra'a")
    "'Ra''a'"
    """
    return "'" + title.replace("'", "''") + "'"


def _absolute(corner: str) -> str:
    letters = corner.rstrip("0123456789")
    return f"${letters}${corner[len(letters) :]}"
