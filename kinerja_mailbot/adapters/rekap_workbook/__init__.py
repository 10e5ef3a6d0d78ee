"""The rekap workbook that the Kasubbag gets."""

from __future__ import annotations

from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.unit import Kantor

__all__ = ["RekapWorkbookWriter"]


class RekapWorkbookWriter:
    """See `RekapWriter`. The same rekap gives the same bytes; openpyxl is loaded with the first one."""

    def __init__(self, kantor: Kantor) -> None:
        self._kantor = kantor

    def write(self, rekap: Rekap) -> bytes:
        """See `RekapWriter`."""
        from kinerja_mailbot.adapters.rekap_workbook import book  # noqa: PLC0415  11 MB that wait for a rekap

        return book.RekapWorkbookWriter(self._kantor).write(rekap)
