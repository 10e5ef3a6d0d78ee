"""Composing: each letter with its files, each copy a letter of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kinerja_mailbot.domain.kinerja.compile import compile_rekap
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.kinerja.report import Laporan
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.letter import FormFile, Letter, OutgoingMail
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.ports import NamedFile, RenderedLetter
from tests.domain.collection import DAFTAR, POLICY, SEKRETARIS, TW3, UMUM, UNITS, facts, period_with, request
from tests.domain.office import wit
from tests.usecases.test_plan import FakeOffice

NOW = wit("2026-10-02 16.00")
FACTS = facts(NOW)
PERIOD = period_with(*(request(unit) for unit in UNITS))


@dataclass
class Recorder(FakeOffice):
    """Remembers each letter as it was composed."""

    seen: list[tuple[Letter, tuple[NamedFile, ...]]] = field(default_factory=list)

    def write(self, file: FormFile | Rekap | Laporan) -> bytes:
        return b"form" if isinstance(file, FormFile) else b"rekap"

    def compose(
        self, letter: Letter, rendered: RenderedLetter, files: Sequence[NamedFile], now: datetime
    ) -> OutgoingMail:
        self.seen.append((letter, tuple(files)))
        return super().compose(letter, rendered, files, now)


def press() -> tuple[Press, Recorder]:
    office = Recorder()
    return Press(letterhead=office, forms=office, rekaps=office, composer=office, reports=office), office


def test_a_form_and_a_rekap_are_written_each_by_its_writer() -> None:
    rekap = compile_rekap(PERIOD, DAFTAR, POLICY, edisi=1, nama_edisi="sementara", now=NOW)
    wanted = (letters.permintaan(FACTS, PERIOD, PERIOD.permintaan[0], UMUM), letters.rekap(FACTS, PERIOD, rekap))
    tool, office = press()

    made = tool.compose(wanted, NOW)

    assert [mail.kunci for mail in made] == ["2026-TW3.permintaan.umum", "2026-TW3.rekap.1"]
    assert [[file.isi for file in files] for _, files in office.seen] == [[b"form"], [b"rekap"]]
    assert office.seen[0][1][0].nama.endswith(".xlsx")


def test_a_copy_carries_neither_the_form_nor_the_thread() -> None:
    late = letters.pengingat(FACTS, PERIOD, PERIOD.permintaan[0], UMUM, urutan=5, rung=4)
    assert late.tembusan == (SEKRETARIS.pejabat[0],)
    tool, office = press()

    made = tool.compose((late,), NOW)

    (first, files), (copy, copied_files) = office.seen
    assert [mail.kunci for mail in made] == ["2026-TW3.pengingat.5.umum", "2026-TW3.pengingat.5.umum.tembusan"]
    assert (first.kepada, first.tembusan, first.unit) == (UMUM.pejabat, (), "umum")
    assert (copy.kepada, copy.utas, copy.unit) == (SEKRETARIS.pejabat, None, "tembusan")
    assert ([file.isi for file in files], copied_files) == ([b"form"] * len(late.lampiran), ())
    assert TW3.kode == copy.periode
