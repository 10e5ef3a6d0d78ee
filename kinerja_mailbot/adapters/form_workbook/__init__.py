"""The form workbook that respondents fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.unit import Kantor

if TYPE_CHECKING:
    from kinerja_mailbot.adapters.form_workbook.mould import Mould

__all__ = ["FormWorkbookWriter"]

_MOST_MOULDS = 8  # a few hundred kilobytes each


class FormWorkbookWriter:
    """See `FormWriter`. The same file gives the same bytes; openpyxl is loaded with the first one."""

    def __init__(self, kantor: Kantor) -> None:
        self._kantor = kantor
        self._moulds: dict[str, Mould] = {}

    def write(self, file: FormFile) -> bytes:
        """See `FormWriter`; blank forms that differ in nothing but the unit's words come from one mould."""
        from kinerja_mailbot.adapters.form_workbook import book, mould  # noqa: PLC0415  11 MB that wait for a form

        words = mould.words_of(file, book.official_of(file, self._kantor))
        if words is None:
            return book.write_form(file, self._kantor)
        blank = mould.blank_of(file)
        key = repr(blank)  # what it says: 85,50 and 85,5 are equal, and so are a mark and its word
        if key not in self._moulds:
            if len(self._moulds) >= _MOST_MOULDS:
                self._moulds.clear()
            self._moulds[key] = mould.Mould(book.write_form(blank, self._kantor))
        return self._moulds[key].pour(words)
