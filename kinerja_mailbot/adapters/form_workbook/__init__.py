"""The form workbook that respondents fill in."""

from __future__ import annotations

from kinerja_mailbot.adapters.form_workbook.book import FormWorkbookWriter

__all__ = ["FormWorkbookWriter"]
