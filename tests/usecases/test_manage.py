"""Managing a period by command: opened once, closed once, and a form by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kinerja_mailbot.domain.form.identity import is_genuine
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from kinerja_mailbot.usecases.manage import ManageError, blank_form, close_period, open_period
from kinerja_mailbot.usecases.ports import JournalEntry, Plan
from tests.domain.collection import ME, POLICY, TW3, UMUM, UNITS, facts, period_with, request
from tests.domain.office import wit
from tests.usecases.test_plan import FakeBook

NOW = wit("2026-10-01 09.00")
PERIOD = period_with(*(request(unit) for unit in UNITS))


def test_a_period_opens_by_the_order_of_whoever_gave_the_command() -> None:
    book = FakeBook()

    state = open_period(book, facts(NOW), TW3, "admin")

    assert book.states == {"2026-TW3": state}
    assert (state.keadaan, state.step(1).oleh, state.step(1).selesai_at) == (KeadaanPeriode.BERJALAN, "admin", NOW)
    assert book.journal == [
        JournalEntry(at=NOW, oleh="admin", peristiwa="period opened by command", periode="2026-TW3")
    ]


def test_a_period_opens_once() -> None:
    book = FakeBook(states={"2026-TW3": PERIOD})

    with pytest.raises(ManageError, match="sudah pernah dibuka"):
        open_period(book, facts(NOW), TW3, "admin")

    assert book.writes == 0


def test_no_period_opens_before_the_sop_is_in_force() -> None:
    young = replace(POLICY, sop=replace(POLICY.sop, efektif=date(2026, 10, 2)))

    with pytest.raises(ManageError, match="baru berlaku mulai 2 Oktober 2026"):
        open_period(FakeBook(), facts(NOW, young), TW3, "admin")


def test_closing_is_planned_with_its_journal_line() -> None:
    class Watching(FakeBook):
        def carry_out(self, plan: Plan, letters: object, now: object) -> None:  # noqa: ARG002
            plans.append(plan)

    plans: list[Plan] = []

    close_period(Watching(), PERIOD, "admin", NOW)

    entry = JournalEntry(at=NOW, oleh="admin", peristiwa="period closed by command", periode="2026-TW3")
    assert plans == [Plan(tutup=("2026-TW3",), jurnal=(entry,))]


def test_a_closed_period_is_not_closed_again() -> None:
    with pytest.raises(ManageError, match="sudah ditutup"):
        close_period(FakeBook(), replace(PERIOD, keadaan=KeadaanPeriode.DITUTUP), "admin", NOW)


def test_a_form_of_an_open_request_is_genuine() -> None:
    file = blank_form(replace(facts(NOW), periode=(PERIOD,)), UMUM, TW3)

    assert file.nama == "Format-Kinerja-2026-TW3-UKL.xlsx"
    assert (file.meta.unit, file.meta.periode, file.meta.nonce) == ("umum", "2026-TW3", "nonce")
    assert is_genuine(file.meta, ME.kunci)
    assert file.batas_at == PERIOD.permintaan[0].batas_at


def test_a_sample_form_proves_nothing() -> None:
    file = blank_form(facts(NOW), UMUM, parse_periode("2027-TW1"))

    assert (file.meta.nonce, file.meta.tanda) == ("contoh", "")
    assert not is_genuine(file.meta, ME.kunci)
