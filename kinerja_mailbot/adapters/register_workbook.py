"""The registers that an office prints, with openpyxl: buku agenda and lembar tanda terima."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from kinerja_mailbot.adapters.house_style import FONT, GREY, NAVY, PALE
from kinerja_mailbot.adapters.office_paper import put_text, set_page, solid
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.evidence.registers import Receipt, Registers

_THIN = Side(style="thin", color="9AA5B1")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_UNDER = Border(bottom=Side(style="medium", color=NAVY))
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FREE = Alignment(horizontal="left", vertical="center")  # may run over the empty cells beside it
_LINE_HEIGHT = 13.0
_MOST_FILES = 3  # attachments that a line names; more are counted
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class _Column:
    judul: str
    lebar: float
    tengah: bool = False


_INCOMING = (
    _Column("No.", 5, tengah=True),
    _Column("Tanggal Terima", 19),
    _Column("Nomor Surel", 9, tengah=True),
    _Column("Dari", 34),
    _Column("Hal", 38),
    _Column("Lampiran", 30),
    _Column("Keterangan", 18),
    _Column("Paraf", 9),
)
_OUTGOING = (
    _Column("No.", 5, tengah=True),
    _Column("Tanggal Kirim", 19),
    _Column("Nomor Surat", 9, tengah=True),
    _Column("Kepada", 34),
    _Column("Hal", 38),
    _Column("Lampiran", 30),
    _Column("Keterangan", 18),
    _Column("Paraf", 9),
)


class RegisterWorkbookWriter:
    """See `RegisterWriter`. The same registers give the same bytes."""

    def agenda(self, registers: Registers) -> bytes:
        """See `RegisterWriter`."""
        book, zone = _new_book(), ZoneInfo(registers.kantor.zona)
        incoming = tuple(
            (
                _moment(line.tiba_at, zone, registers),
                str(line.surel),
                line.dari,
                line.hal,
                _files(line.lampiran),
                line.keterangan,
                "",
            )
            for line in registers.masuk
        )
        outgoing = tuple(
            (
                "–" if line.terkirim_at is None else _moment(line.terkirim_at, zone, registers),
                str(line.surat),
                line.kepada,
                line.hal,
                _files(line.lampiran),
                line.keterangan,
                "",
            )
            for line in registers.keluar
        )
        _write_register(book.create_sheet("Surat Masuk"), "Buku Agenda Surat Masuk", registers, _INCOMING, incoming)
        _write_register(book.create_sheet("Surat Keluar"), "Buku Agenda Surat Keluar", registers, _OUTGOING, outgoing)
        return _packed(book, registers, "Buku Agenda")

    def receipts(self, registers: Registers) -> bytes:
        """See `RegisterWriter`."""
        book = _new_book()
        sheet = book.create_sheet("Tanda Terima")
        for letter, width in (("A", 24.0), ("B", 34.0), ("C", 32.0)):
            sheet.column_dimensions[letter].width = width
        set_page(sheet, f"Lembar Tanda Terima {registers.periode.nama}", registers.kantor.kertas, landscape=False)
        row = 1
        for receipt in registers.tanda_terima:
            if row > 1:
                sheet.row_breaks.append(Break(id=row - 1))
            row = _write_receipt(sheet, row, receipt, registers)
        if not registers.tanda_terima:
            _put(
                sheet, (1, 1), f"Tidak ada isian yang diterima pada {registers.periode.nama}.", Font(name=FONT, size=10)
            )
        return _packed(book, registers, "Lembar Tanda Terima")


def _write_register(
    sheet: Worksheet, title: str, registers: Registers, columns: Sequence[_Column], rows: Sequence[Sequence[str]]
) -> None:
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.lebar
    head = _write_head(sheet, 1, title, registers, len(columns))
    for number, column in enumerate(columns, start=1):
        _put(sheet, (head, number), column.judul, Font(name=FONT, size=9, bold=True, color="FFFFFF"), _MIDDLE)
        cell = sheet.cell(head, number)
        cell.fill, cell.border = solid(NAVY), _BOX
    sheet.row_dimensions[head].height = 28
    font = Font(name=FONT, size=9)
    for place, values in enumerate(rows, start=1):
        shown = (str(place), *values)
        for number, (value, column) in enumerate(zip(shown, columns, strict=True), start=1):
            _put(sheet, (head + place, number), value, font, _MIDDLE if column.tengah else _LEFT)
            sheet.cell(head + place, number).border = _BOX
        lines = max(_lines(value, column.lebar) for value, column in zip(shown, columns, strict=True))
        sheet.row_dimensions[head + place].height = max(_LINE_HEIGHT * min(lines, _MOST_LINES) + 4, 20)
    last = head + max(len(rows), 1)
    if not rows:
        _put(sheet, (last, 1), "Nihil", font)
    _sign(sheet, last + 2, len(columns) - 2, registers)
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    set_page(sheet, f"{title} {registers.periode.nama}", registers.kantor.kertas)


def _write_head(sheet: Worksheet, row: int, title: str, registers: Registers, width: int) -> int:
    """Write the office's head; return the row below it."""
    _put(sheet, (row, 1), registers.kantor.nama.upper(), Font(name=FONT, size=12, bold=True, color=NAVY), _FREE)
    _put(sheet, (row + 1, 1), registers.kantor.alamat, Font(name=FONT, size=8, color=GREY), _FREE)
    for column in range(1, width + 1):
        sheet.cell(row + 1, column).border = _UNDER
    _put(sheet, (row + 2, 1), title, Font(name=FONT, size=14, bold=True), _FREE)
    sub = f"Pengumpulan Data Kinerja {registers.periode.nama} · SOP Nomor {registers.sop}"
    _put(sheet, (row + 3, 1), sub, Font(name=FONT, size=9, color=GREY), _FREE)
    sheet.row_dimensions[row].height, sheet.row_dimensions[row + 2].height = 18, 24
    return row + 5


def _sign(sheet: Worksheet, row: int, column: int, registers: Registers) -> None:
    """Write place and name for the signature into one row, which no page break divides."""
    lines = (f"{registers.kantor.kota}, ............................", "Petugas agenda,", "", "", "", "." * 40, "NIP")
    _put(sheet, (row, column), "\n".join(lines), Font(name=FONT, size=9))
    sheet.merge_cells(start_row=row, start_column=column, end_row=row, end_column=column + 2)
    sheet.row_dimensions[row].height = _LINE_HEIGHT * len(lines) + 6


def _write_receipt(sheet: Worksheet, row: int, receipt: Receipt, registers: Registers) -> int:
    """Write one sheet of receipt; return the row after it."""
    zone = ZoneInfo(registers.kantor.zona)
    row = _write_head(sheet, row, "Tanda Terima Data Kinerja", registers, 3)
    when = text.waktu(receipt.tiba_at, zone, registers.kantor.singkatan_zona)
    fields = (
        ("Nomor tanda terima", receipt.nomor),
        ("Unit", receipt.unit),
        ("Diterima", when),
        ("Ketepatan waktu", "tepat waktu" if receipt.tepat_waktu else "melewati batas waktu"),
        ("Pengirim", receipt.pengirim or "–"),
        ("Nomor surel", str(receipt.surel)),
        ("Berkas", f"{receipt.berkas} ({text.ukuran_berkas(receipt.ukuran)})"),
        ("Kiriman ke", str(receipt.revisi)),
        ("Kelengkapan", f"{receipt.terisi} dari {receipt.seluruh} baris; {_completeness(receipt)}"),
        ("Sidik berkas (SHA-256)", f"{receipt.sha256[:32]}\n{receipt.sha256[32:]}"),
    )
    label, value = Font(name=FONT, size=10, color=GREY), Font(name=FONT, size=10)
    for name, content in fields:
        _put(sheet, (row, 1), name, label)
        _put(sheet, (row, 2), content, Font(name=FONT, size=10, bold=True) if name.startswith("Nomor tanda") else value)
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
        for column in range(1, 4):
            sheet.cell(row, column).border = _BOX
        sheet.cell(row, 1).fill = solid(PALE)
        sheet.row_dimensions[row].height = max(22.0, _LINE_HEIGHT * _lines(content, 62) + 8)
        row += 1
    return _sign_receipt(sheet, row + 1, receipt)


def _sign_receipt(sheet: Worksheet, row: int, receipt: Receipt) -> int:
    font = Font(name=FONT, size=10)
    note = "Berkas asli yang ditandatangani disimpan pada arsip unit; data elektroniknya pada arsip sistem."
    _put(sheet, (row, 1), note, Font(name=FONT, size=8, italic=True, color=GREY), _FREE)
    left = ("Yang menyerahkan,", receipt.unit, "", "", "", "." * 40, "NIP")
    right = ("Yang menerima,", "Penyusun", "", "", "", "." * 40, "NIP")
    for offset, (giver, taker) in enumerate(zip(left, right, strict=True)):
        _put(sheet, (row + 2 + offset, 1), giver, font, _FREE)
        _put(sheet, (row + 2 + offset, 3), taker, font, _FREE)
    return row + 2 + len(left)


def _completeness(receipt: Receipt) -> str:
    return "lengkap" if receipt.lengkap else "ada isian yang perlu dilengkapi"


def _moment(at: datetime, zone: ZoneInfo, registers: Registers) -> str:
    day = text.tanggal(at.astimezone(zone).date())
    return f"{day}\n{text.pukul(at, zone, registers.kantor.singkatan_zona)}"


def _files(names: Sequence[str]) -> str:
    if not names:
        return "–"
    shown = "\n".join(text.ringkas(name, 60) for name in names[:_MOST_FILES])
    return shown if len(names) <= _MOST_FILES else f"{shown}\ndan {len(names) - _MOST_FILES} berkas lain"


def _lines(value: str, width: float) -> int:
    return sum(max(1, -(-len(line) // max(1, int(width * 1.1)))) for line in value.split("\n"))


def _put(sheet: Worksheet, at: tuple[int, int], value: str, font: Font, alignment: Alignment | None = None) -> None:
    cell = sheet.cell(*at)
    put_text(cell, value)
    cell.font, cell.alignment = font, alignment or _LEFT


def _new_book() -> Workbook:
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    return book


def _packed(book: Workbook, registers: Registers, title: str) -> bytes:
    """Write without the present moment: `Workbook.save` would stamp it on the file and on each entry of the zip."""
    first_day = datetime.combine(registers.periode.last_day, datetime.min.time())
    book.properties.created = book.properties.modified = first_day
    book.properties.creator = registers.kantor.nama
    book.properties.title = f"{title} {registers.periode.nama}"
    stamped, plain = io.BytesIO(), io.BytesIO()
    with ZipFile(stamped, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    with ZipFile(stamped) as source, ZipFile(plain, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return plain.getvalue()
