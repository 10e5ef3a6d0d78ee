"""A workbook as a value: what the sandboxed reader hands over, before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kinerja_mailbot.domain.form.value import RawCell


class FileKind(StrEnum):
    """What a file is by its bytes, whatever its name says (DOMAIN 7.1)."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    ENCRYPTED = "encrypted"  # password-protected workbook
    HTML = "html"  # a web page, often named .xls
    CSV = "csv"
    ET = "et"  # WPS native
    PDF = "pdf"
    IMAGE = "image"
    DOCX = "docx"
    ZIP = "zip"
    ARCHIVE = "archive"  # rar, 7z
    TNEF = "tnef"  # winmail.dat
    EMAIL = "email"  # message/rfc822
    MSG = "msg"  # Outlook item
    TEXT = "text"
    EMPTY = "empty"
    OTHER = "other"


READABLE = frozenset({FileKind.XLSX, FileKind.XLSM, FileKind.XLSB, FileKind.XLS, FileKind.ODS})
"""The kinds that the sheet reader takes."""

CONTAINERS = frozenset({FileKind.ZIP, FileKind.TNEF, FileKind.MSG})
"""The kinds that are opened, and whose files count as if they had been attached themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """One sheet; `rows[r][c]` is the cell at row `r + first_row`, column `c + first_column`, both counted from 0."""

    name: str
    rows: tuple[tuple[RawCell, ...], ...]
    first_row: int = 0
    first_column: int = 0
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()  # (first row, first column, last row, last column), absolute


@dataclass(frozen=True, slots=True, kw_only=True)
class RawWorkbook:
    """All sheets of a readable file."""

    kind: FileKind
    sheets: tuple[RawSheet, ...]
    remarks: tuple[str, ...] = ()  # formal Indonesian: macros not run, external links, rows cut …


class Obstacle(StrEnum):
    """Why a file gave no workbook."""

    NOT_A_WORKBOOK = "not a workbook"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    TOO_SLOW = "too slow"  # the child was stopped at its time or memory limit, or died
    EMPTY = "empty"
    TOO_MANY = "too many files"  # in a container


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that gave no workbook, and why."""

    kind: FileKind
    obstacle: Obstacle


ReadResult = RawWorkbook | Unreadable
