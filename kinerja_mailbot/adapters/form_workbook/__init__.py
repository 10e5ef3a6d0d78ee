"""The form workbook that respondents fill in."""

from __future__ import annotations

from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.unit import Kantor

__all__ = ["FormWorkbookWriter"]


class FormWorkbookWriter:
    """See `FormWriter`. The same file gives the same bytes; openpyxl is loaded with the first one."""

    def __init__(self, kantor: Kantor) -> None:
        self._kantor = kantor

    def write(self, file: FormFile) -> bytes:
        """See `FormWriter`."""
        from kinerja_mailbot.adapters.form_workbook.book import write_form  # noqa: PLC0415  11 MB that wait for a form

        return write_form(file, self._kantor)
