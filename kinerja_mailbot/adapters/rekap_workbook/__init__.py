"""The rekap workbook that the Kasubbag gets."""

from __future__ import annotations

from kinerja_mailbot.adapters.rekap_workbook.book import RekapWorkbookWriter

__all__ = ["RekapWorkbookWriter"]
