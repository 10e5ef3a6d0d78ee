"""The rekap workbook, with openpyxl."""

from __future__ import annotations

import io
from datetime import UTC
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from kinerja_mailbot.adapters.rekap_workbook.look import Look
from kinerja_mailbot.adapters.rekap_workbook.pages import Pages
from kinerja_mailbot.adapters.rekap_workbook.registers import write_lhe, write_lhp, write_tl_hp
from kinerja_mailbot.adapters.rekap_workbook.summary import Summary
from kinerja_mailbot.adapters.rekap_workbook.table import Letterhead
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.text import waktu
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
        Summary(workbook, look, head, rekap, zone).write()
        pages = Pages(workbook=workbook, look=look, head=head, rekap=rekap, zona=zone)
        pages.write_capaian()
        pages.write_anggaran()
        write_lhp(pages)
        write_tl_hp(pages)
        write_lhe(pages)
        pages.write_status()
        pages.write_sop()
        pages.write_catatan()
        pages.write_data_dukung()
        workbook.active = 0
        return self._pack(workbook, rekap)

    def _head(self, rekap: Rekap, zone: ZoneInfo) -> Letterhead:
        made = waktu(rekap.dibuat_at, zone, self._kantor.singkatan_zona)
        return Letterhead(
            kantor=self._kantor.nama,
            alamat=self._kantor.alamat,
            subjudul=f"{rekap.periode.nama} · Edisi {rekap.nama_edisi} · SOP Nomor {rekap.sop.nomor} · Disusun {made}",
            kaki=f"Rekap Data Kinerja {rekap.periode.nama} – edisi {rekap.nama_edisi}",
        )

    def _pack(self, workbook: Workbook, rekap: Rekap) -> bytes:
        """Write through openpyxl's writer: `Workbook.save` would stamp the present moment on the file."""
        properties = workbook.properties
        properties.created = properties.modified = rekap.dibuat_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.creator = self._kantor.nama
        properties.title = f"Rekap Data Kinerja {rekap.periode.nama} – edisi {rekap.nama_edisi}"
        stamped = io.BytesIO()
        with ZipFile(stamped, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(workbook, archive).save()
        return _undated(stamped)


def _undated(stamped: io.BytesIO) -> bytes:
    """Return the zip with every entry on the first day that a zip can tell, so that equal rekaps are equal bytes."""
    plain = io.BytesIO()
    with ZipFile(stamped) as source, ZipFile(plain, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return plain.getvalue()
