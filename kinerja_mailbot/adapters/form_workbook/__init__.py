"""The form workbook that respondents fill in.

It is written as SpreadsheetML by ourselves: openpyxl makes some twenty of them a second, and a commission's reply to a
corrected form, or a form with the figures of the quarter before, is one of its kind.
"""

from __future__ import annotations

from kinerja_mailbot.adapters.form_workbook.book import write_form
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.unit import Kantor

__all__ = ["FormWorkbookWriter"]


class FormWorkbookWriter:
    """See `FormWriter`. The same file gives the same bytes."""

    def __init__(self, kantor: Kantor) -> None:
        self._kantor = kantor

    def write(self, file: FormFile) -> bytes:
        """See `FormWriter`."""
        return write_form(file, self._kantor)
