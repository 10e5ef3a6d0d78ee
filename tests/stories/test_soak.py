"""A quarter among mails of every kind: right and wrong forms, robots, orders, strangers, malice, the same again."""

from __future__ import annotations

import io
import shutil

import pytest
from openpyxl import load_workbook

from kinerja_mailbot.demo.spreadsheet import fill_in
from tests.adapters.test_round_trip import ENTRIES, blank
from tests.bench.soak.play import soak
from tests.bench.soak.stamped import typed


@pytest.mark.parametrize("unit", sorted(ENTRIES))
def test_a_form_filled_without_a_spreadsheet_program_holds_the_same(unit: str) -> None:
    form = blank(unit)

    stamped = typed(form, ENTRIES[unit])

    assert cells(stamped) == cells(fill_in(form, ENTRIES[unit]))


def cells(workbook: bytes) -> dict[tuple[str, str], tuple[object, str]]:
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format)
        for sheet in load_workbook(io.BytesIO(workbook)).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.dovecot
def test_a_quarter_of_mails_of_every_kind_breaks_no_law() -> None:
    if shutil.which("dovecot") is None:
        pytest.skip("dovecot is not installed")

    run = soak(days=91, mails=300, calm_every=7)

    assert run.breaches == ()
    assert run.mails == 300
    assert run.closed == ("2023-TW4",)
    assert {"order", "reply", "unknown", "bounce", "auto_reply", "own"} <= run.verdicts
