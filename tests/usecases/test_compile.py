"""Compiling as a flow: what is owed is made once, with its letter, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

import pytest

from kinerja_mailbot.domain.kinerja.changes import Butir, Perubahan
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.kinerja.report import Laporan
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import FormFile, Letter, OutgoingMail
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState, RekapState
from kinerja_mailbot.usecases.compile import compile_due
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.ports import EditionRecord, JournalEntry, NamedFile, Plan, RenderedLetter, StoreError
from tests.domain.collection import ME
from tests.domain.kinerja.quarter import (
    DAFTAR,
    FILLED_SEKRETARIS,
    FILLED_UMUM,
    NOW,
    PERIOD,
    POLICY,
    UMUM,
    budget,
    quarter,
)

COMPLETE = quarter(FILLED_UMUM, FILLED_SEKRETARIS)
FACTS = Facts(now=NOW, identitas=ME, daftar=DAFTAR, aturan=POLICY)


@dataclass
class FakeBook:
    """A store of one list: the editions that were carried out are what is read."""

    states: tuple[PeriodState, ...]
    letters: list[str] = field(default_factory=list)
    journal: list[JournalEntry] = field(default_factory=list)
    cells: dict[tuple[str, int], tuple[Butir, ...]] = field(default_factory=dict)
    mails: tuple[tuple[str, int, int], ...] = ()

    def periods(self, codes: Sequence[str] | None = None, *, receipts: bool = True) -> tuple[PeriodState, ...]:  # noqa: ARG002
        return self.states

    def letter_keys(self, prefix: str) -> frozenset[str]:
        return frozenset(key for key in self.letters if key.startswith(prefix))

    def carry_out(self, plan: Plan, letters: Sequence[OutgoingMail], now: datetime) -> None:  # noqa: ARG002
        made = dict(plan.rekap)
        self.states = tuple(
            replace(s, rekap=(*s.rekap, made[s.periode.kode])) if s.periode.kode in made else s for s in self.states
        )
        self.letters += [letter.kunci for letter in letters]
        self.journal += plan.jurnal
        self.cells |= {(kode, edisi): cells for kode, edisi, cells in plan.isi_rekap}

    def remembered(self, name: str) -> str:  # noqa: ARG002
        return ""

    def edition_record(self, kode: str, edisi: int) -> EditionRecord:
        return EditionRecord(butir=self.cells.get((kode, edisi)), surel=self.mails)


class FullDisk(FakeBook):
    """A store that takes nothing."""

    def carry_out(self, plan: Plan, letters: Sequence[OutgoingMail], now: datetime) -> None:  # noqa: ARG002
        raise StoreError("disk full")


@dataclass
class FakeOffice:
    """Letterhead, workbooks and composer in one; keeps the rekaps that it was asked to write."""

    rekaps: list[Rekap] = field(default_factory=list)

    def render(self, letter: Letter) -> RenderedLetter:
        return RenderedLetter(letter.subjek, letter.subjek)

    def write(self, file: FormFile | Rekap | Laporan) -> bytes:
        if isinstance(file, Rekap):
            self.rekaps.append(file)
        return b"xlsx"

    def compose(
        self, letter: Letter, rendered: RenderedLetter, files: Sequence[NamedFile], now: datetime
    ) -> OutgoingMail:
        return OutgoingMail(
            kunci=letter.kunci,
            message_id=f"<{letter.kunci}@kpu.example>",
            subjek=rendered.teks,
            templat=letter.templat,
            penerima=tuple(address for person in letter.kepada for address in person.alamat),
            mentah=f"{now} {[file.nama for file in files]}".encode(),
        )


def press(office: FakeOffice) -> Press:
    return Press(office, office, office, office, office)


def test_the_rekap_of_a_complete_period_goes_out_once() -> None:
    book, office = FakeBook((COMPLETE,)), FakeOffice()

    written = [compile_due(book, press(office), FACTS) for _ in range(3)]

    assert written == [1, 0, 0]
    assert book.letters == ["2026-TW3.rekap.1"]
    assert book.states[0].rekap == (
        RekapState(edisi=1, lengkap=True, revisi=(("umum", 1), ("sekretaris", 1)), dibuat_at=NOW),
    )
    assert [(e.peristiwa, e.periode, e.rincian) for e in book.journal] == [("rekap compiled", "2026-TW3", "lengkap")]


def test_the_rekap_that_goes_out_is_the_one_on_record() -> None:
    book, office = FakeBook((COMPLETE,)), FakeOffice()

    compile_due(book, press(office), FACTS)

    assert [(rekap.edisi, rekap.nama_edisi, rekap.is_complete) for rekap in office.rekaps] == [(1, "lengkap", True)]


@pytest.mark.parametrize(("period", "ended"), [(COMPLETE, NOW), (PERIOD, None)], ids=["complete", "provisional"])
def test_only_the_complete_edition_shows_the_gathering_as_finished(period: PeriodState, ended: datetime | None) -> None:
    office = FakeOffice()

    compile_due(FakeBook((period,)), press(office), FACTS)

    assert [line.keadaan.selesai_at for line in office.rekaps[0].langkah if line.nomor == 5] == [ended]


def test_a_missing_unit_makes_it_provisional() -> None:
    book, office = FakeBook((PERIOD,)), FakeOffice()

    compile_due(book, press(office), FACTS)

    assert [(rekap.nama_edisi, rekap.is_complete) for rekap in office.rekaps] == [("sementara", False)]
    assert not book.states[0].rekap[0].lengkap


def test_a_revision_brings_a_corrected_edition() -> None:
    book, office = FakeBook((COMPLETE,)), FakeOffice()
    compile_due(book, press(office), FACTS)
    changed = replace(book.states[0], permintaan=(replace(FILLED_UMUM, revisi=2), FILLED_SEKRETARIS))
    book.states = (changed,)

    compile_due(book, press(office), FACTS)

    assert book.letters == ["2026-TW3.rekap.1", "2026-TW3.rekap.2"]
    assert office.rekaps[-1].nama_edisi == "perbaikan 1"


def test_a_corrected_edition_tells_exactly_what_changed_and_by_which_mail() -> None:
    book, office = FakeBook((COMPLETE,), mails=(("umum", 1, 14), ("sekretaris", 1, 15), ("umum", 2, 21))), FakeOffice()
    compile_due(book, press(office), FACTS)
    corrected = (*(c for c in UMUM if c.baris != "6709.EBD.955"), *budget("6709.EBD.955", Decimal(86_400_000)))
    revised = replace(FILLED_UMUM, revisi=2, sel=corrected)
    book.states = (replace(book.states[0], permintaan=(revised, FILLED_SEKRETARIS)),)

    compile_due(book, press(office), FACTS)

    def change(kolom: str, before: str, after: str) -> Perubahan:
        return Perubahan(
            lembar="Anggaran",
            unit="UKL",
            kode="6709.EBD.955",
            kolom=kolom,
            sebelum=Decimal(before),
            sesudah=Decimal(after),
            surel=(21,),
        )

    assert office.rekaps[-1].riwayat_dari == "edisi ke-1 (Senin, 5 Oktober 2026 pukul 10.00 WIT)"
    assert office.rekaps[-1].riwayat == (
        change("Realisasi (Rp)", "51200000", "86400000"),
        change("Sisa (Rp)", "35200000", "0"),
        change("Serapan (%)", "59.26", "100.00"),
    )


def test_an_edition_after_one_whose_words_were_not_kept_tells_no_changes() -> None:
    book, office = FakeBook((COMPLETE,)), FakeOffice()
    compile_due(book, press(office), FACTS)
    book.cells.clear()
    book.states = (replace(book.states[0], permintaan=(replace(FILLED_UMUM, revisi=2), FILLED_SEKRETARIS)),)

    compile_due(book, press(office), FACTS)

    assert (office.rekaps[-1].riwayat_dari, office.rekaps[-1].riwayat) == ("", ())


def test_a_closed_period_is_left_alone() -> None:
    book = FakeBook((replace(COMPLETE, keadaan=KeadaanPeriode.DITUTUP),))

    assert compile_due(book, press(FakeOffice()), FACTS) == 0


def test_a_store_that_takes_nothing_is_told_to_the_caller() -> None:
    book = FullDisk((COMPLETE,))

    with pytest.raises(StoreError):
        compile_due(book, press(FakeOffice()), FACTS)
