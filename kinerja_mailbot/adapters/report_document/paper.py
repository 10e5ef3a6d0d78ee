"""The laporan as a Word document, with python-docx: nota dinas, headings, paragraphs and tables, ready to edit."""

from __future__ import annotations

import io
from datetime import UTC
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from kinerja_mailbot.domain.kinerja.report import Judul, Kolom, Laporan, NotaDinas, Paragraf, Tabel
from kinerja_mailbot.domain.unit import Kantor

_FONT = "Arial"
_NAVY, _WHITE = RGBColor(0x1F, 0x3A, 0x56), RGBColor(0xFF, 0xFF, 0xFF)
_HEAD_FILL = "1F3A56"
_MARGIN = 2.0  # centimetres
_NOTA_LABELS = (2.6, 0.6)  # centimetres: label, colon; the words get the rest
_SIZES = {0: 14, 1: 12, 2: 11}


def write_report(laporan: Laporan, kantor: Kantor) -> bytes:
    """Return the .docx of a laporan."""
    return _Paper(laporan, kantor).make()


class _Paper:
    """One document in the making."""

    def __init__(self, laporan: Laporan, kantor: Kantor) -> None:
        self._laporan, self._kantor = laporan, kantor
        self._document: Document = docx.Document()
        self._tables = 0
        self._page = tuple(side / 10 for side in kantor.kertas.milimeter)  # centimetres
        self._text_width = self._page[0] - 2 * _MARGIN

    def make(self) -> bytes:
        self._set_page()
        self._write_letterhead()
        self._write_nota(self._laporan.nota)
        self._document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        for block in self._laporan.isi:
            match block:
                case Judul():
                    self._write_heading(block)
                case Paragraf():
                    self._write_paragraph(block)
                case Tabel():
                    self._write_table(block)
        return self._pack()

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = (Cm(side) for side in self._page)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = _FONT, Pt(11)
        normal.paragraph_format.space_after = Pt(6)
        for level in (1, 2):
            style = self._document.styles[f"Heading {level}"]
            style.font.name, style.font.color.rgb = _FONT, _NAVY
            style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
            style.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"))
        foot = section.footer.paragraphs[0]
        _run(foot, f"{self._laporan.kaki} – halaman ", size=8)
        _page_number(foot)

    def _write_letterhead(self) -> None:
        name = self._document.add_paragraph()
        name.alignment = WD_ALIGN_PARAGRAPH.CENTER
        name.paragraph_format.space_after = Pt(0)
        _run(name, self._kantor.nama.upper(), size=14, bold=True)
        address = self._document.add_paragraph()
        address.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(address, self._kantor.alamat, size=9)
        _rule_below(address)

    def _write_nota(self, nota: NotaDinas) -> None:
        title = self._document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_after = Pt(0)
        _run(title, "NOTA DINAS", size=12, bold=True)
        number = self._document.add_paragraph()
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(number, "Nomor: ........................................")
        lines = (
            ("Yth.", nota.yth),
            ("Dari", nota.dari),
            ("Tanggal", nota.tanggal),
            ("Sifat", nota.sifat),
            ("Lampiran", nota.lampiran),
            ("Hal", nota.hal),
        )
        table = self._document.add_table(rows=0, cols=3)
        table.autofit = False
        for label, words in lines:
            cells = table.add_row().cells
            for cell, said in zip(cells, (label, ":", words), strict=True):
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
                _run(cell.paragraphs[0], said)
        _set_widths(table, (*_NOTA_LABELS, self._text_width - sum(_NOTA_LABELS)))
        _rule_below(self._document.add_paragraph())
        for place, sentence in enumerate(nota.isi, start=1):
            paragraph = self._document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.8), Cm(-0.8)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.8))
            _run(paragraph, f"{place}.\t{sentence}")
        self._write_signature(nota)

    def _write_signature(self, nota: NotaDinas) -> None:
        for words, bold in ((f"{nota.penanda.jabatan},", False), ("", False), ("", False), (nota.penanda.nama, True)):
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(8.5)
            paragraph.paragraph_format.keep_with_next = not bold
            _run(paragraph, words, bold=bold)

    def _write_heading(self, heading: Judul) -> None:
        if heading.tingkat == 0:
            paragraph = self._document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            paragraph = self._document.add_heading(level=heading.tingkat)
        _run(paragraph, heading.teks, size=_SIZES[heading.tingkat], bold=True)

    def _write_paragraph(self, block: Paragraf) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if block.label:
            paragraph.paragraph_format.left_indent = Cm(0.8)
            _run(paragraph, f"{block.label}: ", bold=True)
        _run(paragraph, block.teks)

    def _write_table(self, block: Tabel) -> None:
        self._tables += 1
        caption = self._document.add_paragraph()
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_after = Pt(2)
        _run(caption, f"Tabel 3.{self._tables} {block.keterangan}", size=9, bold=True)
        table = self._document.add_table(rows=1, cols=len(block.kolom), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        _fill(table.rows[0], block.kolom, tuple(column.judul for column in block.kolom), head=True)
        _repeat_head(table)
        for words in block.baris:
            _fill(table.add_row(), block.kolom, words)
        whole = sum(column.lebar for column in block.kolom)
        _set_widths(table, tuple(self._text_width * column.lebar / whole for column in block.kolom))
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _pack(self) -> bytes:
        """Write with the laporan's own moment: python-docx's template carries another, and zip entries the present."""
        properties = self._document.core_properties
        stamp = self._laporan.dibuat_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.created = properties.modified = stamp
        properties.author = properties.last_modified_by = self._kantor.nama
        properties.title, properties.comments = self._laporan.judul, ""
        stamped, plain = io.BytesIO(), io.BytesIO()
        self._document.save(stamped)
        with ZipFile(stamped) as source, ZipFile(plain, "w", ZIP_DEFLATED) as target:
            for name in source.namelist():
                target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
        return plain.getvalue()


def _run(paragraph: Paragraph, words: str, *, size: int | None = None, bold: bool = False) -> None:
    run = paragraph.add_run("".join(c for c in words if c in "\t\n" or ord(c) >= 32))
    run.bold = bold
    run.font.name = _FONT
    if size is not None:
        run.font.size = Pt(size)


def _fill(row: _Row, columns: tuple[Kolom, ...], words: tuple[str, ...], *, head: bool = False) -> None:
    for cell, column, said in zip(row.cells, columns, words, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)  # off the lines
        if head or column.angka:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if head else WD_ALIGN_PARAGRAPH.RIGHT
        _run(paragraph, said, size=8, bold=head)
        if head:
            paragraph.runs[0].font.color.rgb = _WHITE
            _shade(cell)
    properties = row._tr.get_or_add_trPr()  # python-docx has no word for it
    properties.append(OxmlElement("w:cantSplit"))


def _set_widths(table: Table, widths: tuple[float, ...]) -> None:
    """Set the widths of the columns in centimetres: Word reads the cells', LibreOffice the grid's."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _repeat_head(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # no word for it


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _HEAD_FILL)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)  # python-docx has no word for it


def _rule_below(paragraph: Paragraph) -> None:
    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("w:val", "single"), ("w:sz", "12"), ("w:space", "1"), ("w:color", _HEAD_FILL)):
        line.set(qn(name), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)  # python-docx has no word for it


def _page_number(paragraph: Paragraph) -> None:
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()  # one for each part: LibreOffice sizes the number by the field's own run
        run.font.name, run.font.size = _FONT, Pt(8)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = words or None
        run._r.append(part)
