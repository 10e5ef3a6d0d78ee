"""The laporan as a Word document."""

from __future__ import annotations

from kinerja_mailbot.domain.kinerja.report import Laporan
from kinerja_mailbot.domain.unit import Kantor

__all__ = ["ReportDocumentWriter"]


class ReportDocumentWriter:
    """See `ReportWriter`. The same laporan gives the same bytes; python-docx is loaded with the first one."""

    def __init__(self, kantor: Kantor) -> None:
        self._kantor = kantor

    def write(self, laporan: Laporan) -> bytes:
        """See `ReportWriter`."""
        from kinerja_mailbot.adapters.report_document.paper import write_report  # noqa: PLC0415  once a year

        return write_report(laporan, self._kantor)
