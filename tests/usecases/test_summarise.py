"""The summary as a flow: written once with the note of what it lists, its files named, crashes harmless."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.usecases.ports import Plan
from kinerja_mailbot.usecases.summarise import summarise
from tests.domain.collection import facts
from tests.domain.office import wit
from tests.usecases.fakes import FakeArchive
from tests.usecases.test_plan import FakeBook
from tests.usecases.test_receive import DESK, waiting

MORNING = wit("2026-10-02 07.30")
MATTER = Matter(nomor=1, urusan=Urusan.TAK_DIKENAL, tiba_at=wit("2026-10-01 15.00"), pengirim="a@lain.example")


@dataclass
class Office(FakeBook, FakeArchive):
    """A book and an archive that remember what was listed."""

    things: list[Matter] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)

    def matters(self) -> tuple[Matter, ...]:
        return tuple(self.things)

    def carry_out(self, plan: Plan, letters: Sequence[OutgoingMail], now: datetime) -> None:
        super().carry_out(plan, letters, now)
        self.things = [replace(m, diringkas=m.diringkas or m.nomor in plan.diringkas) for m in self.things]


def summarise_at(office: Office, now: datetime) -> int:
    return summarise(office, office, DESK, facts(now))


def test_a_morning_gets_one_summary() -> None:
    office = Office(waiting=waiting("a@lain.example"), things=[MATTER])

    written = [summarise_at(office, moment) for moment in (MORNING, MORNING, wit("2026-10-02 09.00"))]

    assert (written, office.keys) == ([1, 0, 0], ["ringkasan.2026-10-02"])
    assert [matter.diringkas for matter in office.things] == [True]


def test_without_news_the_next_morning_gets_none() -> None:
    office = Office(waiting=waiting("a@lain.example"), things=[MATTER])
    summarise_at(office, MORNING)

    assert summarise_at(office, wit("2026-10-05 07.30")) == 0


def test_what_came_meanwhile_is_listed_the_next_morning() -> None:
    office = Office(waiting=waiting("a@lain.example", "b@lain.example"), things=[MATTER])
    summarise_at(office, MORNING)
    office.things.append(replace(MATTER, nomor=2, tiba_at=wit("2026-10-02 10.00")))

    assert summarise_at(office, wit("2026-10-02 11.00")) == 0
    assert summarise_at(office, wit("2026-10-05 07.30")) == 1


def test_a_mail_that_could_not_be_decided_is_not_opened_for_its_files() -> None:
    office = Office(waiting=waiting("poison"), things=[replace(MATTER, urusan=Urusan.DISISIHKAN)])

    assert summarise_at(office, MORNING) == 1
