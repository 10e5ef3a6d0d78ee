"""What forms from elsewhere lead to: they are held, and their owner is not asked without end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.domain.sop.state import PeriodState
from tests.domain.collection import UMUM
from tests.domain.decide.office_mail import FACTS, PERIOD, attached, brief, mail, outcome_of, workbook

LEAKED = attached(workbook(UMUM, 80, 90))
RETYPED = attached(workbook(UMUM, 80, 90, signed=False))
QUESTION = ["benarkah > umum@kpu.example"]


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        pytest.param((), QUESTION, id="nobody asked today"),
        pytest.param((("umum", 2),), QUESTION, id="for the third time"),
        pytest.param((("umum", 3),), [], id="not for the fourth time"),
        pytest.param((("teknis", 9),), QUESTION, id="another unit was asked"),
    ],
)
@pytest.mark.parametrize(
    ("sender", "signed"),
    [pytest.param("x@jahat.example", True, id="a stranger"), pytest.param("umum", False, id="its own address")],
)
def test_an_owner_is_asked_three_times_a_day(
    sender: str, signed: bool, asked: tuple[tuple[str, int], ...], letters: list[str]
) -> None:
    sent = LEAKED if signed else RETYPED

    outcome = outcome_of(mail(sender, files=(sent,)), (sent,), replace(FACTS, ditanyakan=asked))

    assert (outcome.label, brief(outcome.surat)) == ("ditahan", letters)


def test_a_form_of_another_request_proves_nobody() -> None:
    known = replace(FACTS, periode=(with_nonce("baru"),))

    outcome = outcome_of(mail("umum", files=(LEAKED,)), (LEAKED,), known)

    assert (outcome.label, outcome.stores_data) == ("ditahan", False)


def test_a_form_of_another_request_counts_with_a_proof_of_its_own() -> None:
    known = replace(FACTS, periode=(with_nonce("baru"),))

    outcome = outcome_of(mail("umum", files=(LEAKED,), proven=True), (LEAKED,), known)

    assert outcome.stores_data


def with_nonce(nonce: str) -> PeriodState:
    return replace(PERIOD, permintaan=tuple(replace(request, nonce=nonce) for request in PERIOD.permintaan))
