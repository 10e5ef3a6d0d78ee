"""Forms poured from a mould: a workbook is made once for one form, period and deadline, and each unit's words put in.

Making cells takes openpyxl many times as long as packing them. What differs between units with the same form is a
handful of words, none of which moves a cell or a line; a word that would need more care than being written is refused.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kinerja_mailbot.adapters.office_paper import RISKY
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.unit import Pejabat, Unit

_UNIT, _JABATAN, _PEJABAT = "mould0unit0", "mould0jabatan0", "mould0pejabat0"
_ID, _NONCE, _TANDA = "mould0id0", "mould0nonce0", "mould0tanda0"
_MARK = re.compile(rb"mould0[a-z]+0")
_LONGEST = 120  # characters: a page's foot holds 255 with the form's title
_SPECIAL = ("&", "_x", "mould0")  # in a foot; as OOXML writes control characters; ours


class Mould:
    """A finished workbook with marks where the words of a unit belong."""

    def __init__(self, workbook: bytes) -> None:
        with ZipFile(io.BytesIO(workbook)) as archive:
            self._parts = tuple((item.filename, archive.read(item)) for item in archive.infolist())

    def pour(self, words: Mapping[str, str]) -> bytes:
        """Return the workbook with these words in place of the marks."""
        written = {mark.encode(): _as_xml(word) for mark, word in words.items()}
        buffer = io.BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
            for name, part in self._parts:
                archive.writestr(
                    ZipInfo(name), _MARK.sub(lambda mark: written.get(mark[0], mark[0]), part), ZIP_DEFLATED
                )
        return buffer.getvalue()


def words_of(file: FormFile, official: Pejabat) -> Mapping[str, str] | None:
    """Return a unit's own words by their marks; None when this file can't be poured, and has to be made."""
    words = {
        _UNIT: file.unit.nama,
        _JABATAN: official.jabatan,
        _PEJABAT: official.nama,
        _ID: file.meta.unit,
        _NONCE: file.meta.nonce,
        _TANDA: file.meta.tanda,
    }
    if file.isian or file.ditanyakan or not all(_is_plain(word) for word in words.values()):
        return None
    return words


def blank_of(file: FormFile) -> FormFile:
    """Return the file of a mould: the same form with marks for words."""
    official = Pejabat(nama=_PEJABAT, jabatan=_JABATAN, alamat=())
    return replace(
        file,
        nama="",
        unit=Unit(id=_ID, kode="", nama=_UNIT, pejabat=(official,), format=""),
        meta=replace(file.meta, unit=_ID, nonce=_NONCE, tanda=_TANDA),
    )


def _as_xml(word: str) -> bytes:
    return escape(word, quote=False).encode("ascii", "xmlcharrefreplace")  # right in whatever encoding a part has


def _is_plain(word: str) -> bool:
    return (
        0 < len(word) <= _LONGEST
        and word.isprintable()
        and word == word.strip()
        and not word.startswith(RISKY)
        and not any(special in word for special in _SPECIAL)
    )
