"""The tick as a flow: gather, decide, write; asked again at the same moment it writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

import pytest

from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.kinerja.report import Laporan
from kinerja_mailbot.domain.mail.letter import FormFile, Letter, OutgoingMail
from kinerja_mailbot.domain.mail.thread import make_message_id
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.policy import Policy
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, PeriodState
from kinerja_mailbot.domain.sop.steps import with_steps
from kinerja_mailbot.domain.tick.due import new_period
from kinerja_mailbot.domain.tick.owed import with_requests
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.plan import tick
from kinerja_mailbot.usecases.ports import JournalEntry, NamedFile, Plan, RenderedLetter, StoreError
from tests.domain.collection import KONFIRMASI, ME, OPENED, POLICY, TW3, facts
from tests.domain.office import wit


@dataclass
class FakeBook:
    """A store of dictionaries: what was carried out is what is read."""

    states: dict[str, PeriodState] = field(default_factory=dict)
    forgotten: dict[str, PeriodState] = field(default_factory=dict)  # closed long ago: found by code only
    keys: list[str] = field(default_factory=list)
    journal: list[JournalEntry] = field(default_factory=list)
    memory: dict[str, str] = field(default_factory=dict)
    writes: int = 0

    def periods(self, codes: Sequence[str] | None = None, *, receipts: bool = True) -> tuple[PeriodState, ...]:  # noqa: ARG002
        if codes is None:
            return tuple(self.states.values())
        every = {**self.states, **self.forgotten}
        return tuple(every[code] for code in codes if code in every)

    def letter_keys(self, prefix: str) -> frozenset[str]:
        return frozenset(key for key in self.keys if key.startswith(prefix))

    def remembered(self, name: str) -> str:
        return self.memory.get(name, "")

    def carry_out(self, plan: Plan, letters: Sequence[OutgoingMail], now: datetime) -> None:  # noqa: ARG002
        self.writes += 1
        self.memory.update(plan.ingatan)
        self.states.update({period.periode.kode: period for period in plan.periode_baru})
        for request in plan.permintaan:
            self.states[request.periode] = with_requests(self.states[request.periode], (request,))
        for kode, step in plan.langkah:
            self.states[kode] = with_steps(self.states[kode], (step,))
        self.keys += [letter.kunci for letter in letters if letter.kunci not in self.keys]
        self.journal += plan.jurnal

    def deliver(self, at: datetime) -> None:
        """Let the mail server take every request that waits."""
        for kode, period in self.states.items():
            sent = tuple(
                replace(r, keadaan=KeadaanPermintaan.MENUNGGU, dikirim_at=at)
                for r in period.permintaan
                if r.dikirim_at is None
            )
            self.states[kode] = with_requests(period, sent)


class FakeOffice:
    """Letterhead, workbooks and composer in one: bytes do not matter here."""

    def render(self, letter: Letter) -> RenderedLetter:
        return RenderedLetter(letter.subjek, letter.subjek)

    def write(self, file: FormFile | Rekap | Laporan) -> bytes:  # noqa: ARG002
        return b"xlsx"

    def compose(
        self,
        letter: Letter,
        rendered: RenderedLetter,
        files: Sequence[NamedFile],
        now: datetime,
    ) -> OutgoingMail:
        return OutgoingMail(
            kunci=letter.kunci,
            message_id=make_message_id(ME, letter.kunci, letter.periode, letter.unit),
            subjek=letter.subjek,
            templat=letter.templat,
            penerima=("seseorang@kpu.example",),
            periode=letter.periode,
            unit=letter.unit,
            mentah=f"{now.isoformat()} {rendered.teks} {len(files)}".encode(),
        )


OFFICE = FakeOffice()
PRESS = Press(letterhead=OFFICE, forms=OFFICE, rekaps=OFFICE, composer=OFFICE, reports=OFFICE)


def nonces() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"nonce{next(numbers)}"


def tick_at(book: FakeBook, now: datetime, aturan: Policy = POLICY) -> int:
    return tick(book, PRESS, facts(now, aturan), nonces())


def test_the_schedule_opens_a_period_and_writes_its_letters() -> None:
    book = FakeBook()

    written = tick_at(book, OPENED)

    assert written == 5
    assert len(book.states["2026-TW3"].permintaan) == 4
    assert book.journal[0] == JournalEntry(
        at=OPENED,
        oleh="jadwal (perintah tetap Kasubbag)",
        peristiwa="period opened",
        periode="2026-TW3",
        rincian="berjalan",
    )


def test_every_request_has_a_nonce_of_its_own() -> None:
    book = FakeBook()

    tick_at(book, OPENED)

    assert len({r.nonce for r in book.states["2026-TW3"].permintaan}) == 4


MOMENTS = ["2026-10-01 08.00", "2026-10-01 13.00", "2026-10-02 08.30", "2026-10-05 09.00", "2026-10-31 10.00"]


@pytest.mark.parametrize("aturan", [POLICY, KONFIRMASI], ids=["otomatis", "konfirmasi"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_second_tick_at_the_same_moment_writes_nothing(moment: str, aturan: Policy) -> None:
    book = FakeBook()
    tick_at(book, OPENED, aturan)
    book.deliver(OPENED)
    tick_at(book, wit(moment), aturan)
    writes = book.writes

    assert tick_at(book, wit(moment), aturan) == 0
    assert book.writes == writes


def test_a_silent_office_is_reminded_rung_by_rung() -> None:
    book = FakeBook()
    tick_at(book, OPENED)
    book.deliver(OPENED)
    story = ["2026-10-01 10.00", "2026-10-01 13.00", "2026-10-02 08.30", "2026-10-02 14.00", "2026-10-05 09.00"]

    letters = [tick_at(book, wit(moment)) for moment in story]

    assert letters == [0, 4, 4, 4, 5]
    assert book.keys[-1] == "2026-TW3.eskalasi.3.umum"


def test_a_week_of_hourly_ticks_writes_each_letter_once() -> None:
    book = FakeBook()
    tick_at(book, OPENED)
    book.deliver(OPENED)

    for hour in range(24 * 7):
        tick_at(book, OPENED + timedelta(hours=hour))

    reminders = [key for key in book.keys if ".pengingat." in key]
    copies = [key for key in reminders if key.endswith(".tembusan")]
    assert len(reminders) == len(set(reminders)) == 5 * 4 + len(copies)
    assert len(copies) == 3  # of the last rung, to the Sekretaris; his own reminder needs none
    assert [key for key in book.keys if ".eskalasi." in key] == ["2026-TW3.eskalasi.3.umum", "2026-TW3.eskalasi.4.umum"]


def test_confirmation_waits_for_the_order() -> None:
    book = FakeBook()

    assert tick_at(book, OPENED, KONFIRMASI) == 1
    assert tick_at(book, wit("2026-10-01 08.10"), KONFIRMASI) == 0

    waiting = book.states["2026-TW3"]
    ordered_at = wit("2026-10-01 08.12")
    order = replace(waiting.step(1), selesai_at=ordered_at, oleh="Kasubbag")
    book.states["2026-TW3"] = replace(with_steps(waiting, (order,)), keadaan=KeadaanPeriode.BERJALAN)

    assert tick_at(book, ordered_at, KONFIRMASI) == 5


def test_a_period_closed_long_ago_is_not_opened_again() -> None:
    closed = replace(new_period(TW3, facts(OPENED)), keadaan=KeadaanPeriode.DITUTUP)
    book = FakeBook(forgotten={"2026-TW3": closed})
    now = wit("2028-01-03 09.00")

    tick_at(book, now)

    assert "2026-TW3" not in book.states
    assert set(book.states) == {"2026-TW4", "2027-TW1", "2027-TW2", "2027-TW3", "2027-TW4"}


def test_periods_are_written_one_by_one() -> None:
    class FullBook(FakeBook):
        def carry_out(self, plan: Plan, letters: Sequence[OutgoingMail], now: datetime) -> None:
            if self.writes:
                raise StoreError("disk full")
            super().carry_out(plan, letters, now)

    book = FullBook(states={"2026-TW2": new_period(parse_periode("2026-TW2"), facts(OPENED))})

    with pytest.raises(StoreError):
        tick_at(book, OPENED)

    assert set(book.states) == {"2026-TW2", "2026-TW3"}
    assert len(book.keys) == 5
