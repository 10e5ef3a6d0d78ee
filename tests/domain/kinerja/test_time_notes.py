"""The rekap says beside each step what orders changed about its time."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.kinerja.progress import step_compliance
from kinerja_mailbot.domain.sop.changes import Penundaan, Perpanjangan
from tests.domain.collection import OPENED, TEKNIS, UNITS, period_with, request
from tests.domain.office import HOURS, wit

FLOOD = Penundaan(mulai_at=wit("2026-10-01 14.00"), alasan="banjir", oleh="Kasubbag", sampai_at=wit("2026-10-05 11.00"))
LONGER = Perpanjangan(
    unit="teknis",
    dari_at=wit("2026-10-02 08.30"),
    menjadi_at=wit("2026-10-06 08.30"),
    lama="2 hari kerja",
    alasan="listrik padam",
    oleh="Kasubbag",
    at=OPENED,
)


def test_a_step_names_its_pauses_and_extensions() -> None:
    period = replace(period_with(request(TEKNIS)), penundaan=(FLOOD,), perpanjangan=(LONGER,))

    notes = {step.nomor: step.perubahan for step in step_compliance(period, HOURS, UNITS)}

    assert notes[5] == "ditunda 1 Okt 14.00 s.d. 5 Okt 11.00: banjir; TEK diperpanjang 2 hari kerja: listrik padam"
    assert notes[1] == notes[6] == ""


def test_a_pause_that_lasts_is_named_too() -> None:
    period = replace(period_with(request(TEKNIS)), penundaan=(replace(FLOOD, sampai_at=None),))

    assert step_compliance(period, HOURS, UNITS)[4].perubahan == "ditunda 1 Okt 14.00 s.d. sekarang: banjir"


def test_a_deadline_that_was_named_is_named_in_the_note() -> None:
    period = replace(period_with(request(TEKNIS)), perpanjangan=(replace(LONGER, lama=""),))

    assert step_compliance(period, HOURS, UNITS)[4].perubahan == "TEK diperpanjang s.d. 6 Okt 08.30: listrik padam"
