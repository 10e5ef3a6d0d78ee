"""How the story must end: every figure in the rekap, every answer given, nobody answered who should not be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from kinerja_mailbot.demo.cast import KASUBBAG, SEKRETARIS, STRANGER
from kinerja_mailbot.demo.figures import EXPECTED_CAPAIAN, EXPECTED_SPENT
from kinerja_mailbot.demo.staff import Desk
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState
from kinerja_mailbot.service import Service

_PERIODE = "2026-TW3"
_REVISIONS = {"umum": 1, "teknis": 2, "hukum": 1, "sekretaris": 1}
_LETTERS = (
    ("alamat-gagal", 1),
    ("tidak-hadir", 1),
    ("eskalasi", 1),
    ("perbaikan", 1),
    ("tanda-terima", 4),
    ("rekap", 2),
    ("analisis", 1),
    ("rekap-final", 1),
)
_CENT = Decimal("0.01")


def check_ending(service: Service, desk: Desk, output: Path) -> tuple[str, ...]:
    """Return everything that is not as it should be; leaves the last rekap in `output`."""
    found = service.store.periods((_PERIODE,))
    if not found:
        return (f"{_PERIODE} tidak terbuka",)
    return (*_people(service, desk, found[0]), *_outbox(service), *_rekap(desk, output))


def _people(service: Service, desk: Desk, period: PeriodState) -> Iterator[str]:
    if period.keadaan is not KeadaanPeriode.DITUTUP:
        yield f"periode masih {period.keadaan.value}"
    revisions = {request.unit: request.revisi for request in period.permintaan}
    if revisions != _REVISIONS:
        yield f"revisi {revisions}, seharusnya {_REVISIONS}"
    for request in period.permintaan:
        if request.keadaan.value != "lengkap":
            yield f"data {request.unit}: {request.keadaan.value}"
    late = {request.unit: request.tepat_waktu for request in period.permintaan}
    if late != {"umum": True, "teknis": True, "hukum": False, "sekretaris": False}:
        yield f"ketepatan waktu {late}"
    if letters := desk.letters(STRANGER):
        yield f"orang luar menerima {len(letters)} surat"
    if [step.nomor for step in period.langkah if step.selesai_at is None]:
        yield "ada langkah SOP yang belum selesai"
    yield from _letters_of(service, desk)


def _letters_of(service: Service, desk: Desk) -> Iterator[str]:
    subjects = [letter.subjek for letter in desk.letters(KASUBBAG)]
    told = [letter.templat for letter in service.store.letters()]
    for templat, wanted in _LETTERS:
        if told.count(templat) != wanted:
            yield f"surat '{templat}' {told.count(templat)} kali, seharusnya {wanted}"
    if not any("Rekap" in subject for subject in subjects):
        yield "Kasubbag belum menerima rekap"
    if not any(letter.workbooks() for letter in desk.letters(SEKRETARIS)):
        yield "Sekretaris tidak menerima format"


def _outbox(service: Service) -> Iterator[str]:
    for letter in service.store.letters():
        if letter.state != "sent" or letter.confirmed_at is None:
            yield f"surat {letter.kunci} berkeadaan {letter.state}"


def _rekap(desk: Desk, output: Path) -> Iterator[str]:
    """Read the rekap out of the Kasubbag's mailbox, as he would."""
    try:
        name, workbook = desk.newest(KASUBBAG, "Rekap").workbooks()[-1]
    except (LookupError, IndexError):
        yield "rekap tidak ada pada kotak surat Kasubbag"
        return
    (output / name).write_bytes(workbook)
    book = load_workbook(BytesIO(workbook), data_only=True)
    capaian = _by_kode(book["Capaian Kinerja"].iter_rows(values_only=True))
    for kode, (realisasi, percent) in EXPECTED_CAPAIAN.items():
        numbers = {_rounded(value) for value in capaian.get(kode, ())}
        if not {_rounded(realisasi), percent} <= numbers:
            yield f"rekap {kode}: seharusnya realisasi {realisasi}, capaian {percent}"
    spent = _by_kode(book["Anggaran"].iter_rows(values_only=True))
    for kode, rupiah in EXPECTED_SPENT.items():
        if rupiah not in spent.get(kode, ()):
            yield f"rekap anggaran {kode}: seharusnya {rupiah}"


def _by_kode(rows: Iterator[tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    return {str(cell): row for row in rows for cell in row[:3] if isinstance(cell, str)}


def _rounded(value: object) -> Decimal | None:
    if not isinstance(value, int | float | Decimal):
        return None
    return Decimal(str(value)).quantize(_CENT, ROUND_HALF_UP)
