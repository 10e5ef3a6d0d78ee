"""The rekap workbook, with openpyxl around rows of our own."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from openpyxl.workbook import Workbook

from kinerja_mailbot.adapters.rekap_workbook.analysis import write_analysis
from kinerja_mailbot.adapters.rekap_workbook.changelog import write_riwayat
from kinerja_mailbot.adapters.rekap_workbook.figures import write_anggaran, write_capaian
from kinerja_mailbot.adapters.rekap_workbook.follow_up import write_tl_hp
from kinerja_mailbot.adapters.rekap_workbook.look import Look
from kinerja_mailbot.adapters.rekap_workbook.over_time import write_trend, write_year
from kinerja_mailbot.adapters.rekap_workbook.packing import pack
from kinerja_mailbot.adapters.rekap_workbook.pages import Pages
from kinerja_mailbot.adapters.rekap_workbook.registers import write_lhe, write_lhp
from kinerja_mailbot.adapters.rekap_workbook.summary import Summary
from kinerja_mailbot.adapters.rekap_workbook.table import Letterhead
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.text import tanggal, waktu
from kinerja_mailbot.domain.unit import Kantor


class RekapWorkbookWriter:
    """See `RekapWriter`. The same rekap gives the same bytes."""

    def __init__(self, kantor: Kantor) -> None:
        self._kantor = kantor

    def write(self, rekap: Rekap) -> bytes:
        """See `RekapWriter`."""
        workbook, zone = Workbook(), ZoneInfo(self._kantor.zona)
        for sheet in workbook.worksheets:
            workbook.remove(sheet)
        look, head = Look(workbook), self._head(rekap, zone)
        first = workbook.create_sheet("Ringkasan")
        pages = Pages(workbook=workbook, look=look, head=head, rekap=rekap, zona=zone)
        try:
            self._write_sheets(pages)
            if rekap.analisis is not None:
                write_analysis(workbook, head, rekap.analisis)
            # The first sheet looks into all others, so it is written last.
            Summary(pages, first, f"{self._kantor.kota}, {tanggal(rekap.dibuat_at.astimezone(zone).date())}").write()
            workbook.active = 0
            self._name(workbook, rekap)
            return pack(workbook, pages.grids)
        finally:
            for grid in pages.grids.values():
                grid.close()

    def _write_sheets(self, pages: Pages) -> None:
        write_capaian(pages)
        write_anggaran(pages)
        write_lhp(pages)
        write_tl_hp(pages)
        write_lhe(pages)
        write_trend(pages)
        write_year(pages)
        pages.write_status()
        pages.write_sop()
        pages.write_catatan()
        pages.write_data_dukung()
        write_riwayat(pages)

    def _head(self, rekap: Rekap, zone: ZoneInfo) -> Letterhead:
        made = waktu(rekap.dibuat_at, zone, self._kantor.singkatan_zona)
        revision = f", revisi {rekap.sop.revisi}" if rekap.sop.revisi.strip("- ") else ""
        sop = f"SOP Nomor {rekap.sop.nomor} (berlaku {tanggal(rekap.sop.efektif)}{revision})"
        return Letterhead(
            kantor=self._kantor.nama,
            alamat=self._kantor.alamat,
            subjudul=f"{rekap.periode.nama} · Edisi {rekap.nama_edisi} · {sop} · Disusun {made}",
            kaki=f"Rekap Data Kinerja {rekap.periode.nama} – edisi {rekap.nama_edisi}",
            kertas=self._kantor.kertas,
        )

    def _name(self, workbook: Workbook, rekap: Rekap) -> None:
        properties = workbook.properties
        properties.created = properties.modified = rekap.dibuat_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.creator = self._kantor.nama
        properties.title = f"Rekap Data Kinerja {rekap.periode.nama} – edisi {rekap.nama_edisi}"
