"""Previewing: what would become of a mail or a file, as if its period were in progress, with nothing written."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, ReadResult, Unreadable
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.usecases.preview import preview_form, preview_mail, rehearsal
from kinerja_mailbot.usecases.receive import Desk
from tests.domain.collection import TEKNIS, TW3, UMUM
from tests.domain.decide.office_mail import FACTS, attached, mail, workbook
from tests.usecases.fakes import LazyReader, NoContainers
from tests.usecases.test_plan import PRESS

EMPTY = replace(FACTS, periode=())


class Reads(LazyReader):
    """Parses every mail into the one given, reads every file into the one given."""

    def __init__(self, item: Attachment, result: ReadResult, sender: str) -> None:
        self.item, self.result, self.sender = item, result, sender

    def parse(self, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:  # noqa: ARG002
        file = (self.item, self.result)
        return replace(mail(self.sender, "Terlampir.", files=(file,)), id=mail_id, tiba_at=arrived_at)

    def read(self, content: bytes) -> ReadResult:  # noqa: ARG002
        return self.result


def desk(result: ReadResult, sender: str = "umum") -> tuple[Desk, Attachment]:
    item, _ = attached(result)
    tool = Reads(item, result, sender)
    return Desk(tool, tool, PRESS, NoContainers()), item


@pytest.mark.parametrize(
    ("sender", "verdict", "label"),
    [
        pytest.param("umum", "reply", "tanda terima", id="its owner"),
        pytest.param("teknis", "reply", "petunjuk", id="another unit"),
        pytest.param("orang@lain.example", "unknown", "ditahan", id="a stranger"),
    ],
)
def test_a_mail_is_shown_as_if_its_period_were_open(sender: str, verdict: str, label: str) -> None:
    tool, _ = desk(workbook(UMUM, 80, 90), sender)

    shown = preview_mail(tool, EMPTY, b"", FACTS.now)

    assert (shown.outcome.verdict, shown.outcome.label) == (verdict, label)
    assert [form.unit for form in shown.forms] == ["umum"]


def test_the_form_s_own_period_is_rehearsed() -> None:
    tool, _ = desk(workbook(UMUM, 80, 90, periode="2025-TW1"))

    shown = preview_mail(tool, EMPTY, b"", FACTS.now)

    assert (shown.outcome.label, shown.outcome.periode) == ("tanda terima", "2025-TW1")


def test_a_file_is_shown_cell_by_cell() -> None:
    tool, item = desk(workbook(TEKNIS, 80, "delapan koma koma"))

    shown = preview_form(tool, EMPTY, item)

    assert shown.checked is not None
    assert (shown.kind, shown.obstacle) == (FileKind.XLSX, None)
    assert shown.form is not None
    assert (shown.form.unit, shown.form.periode) == ("teknis", "2026-TW3")
    assert [cell.sel for cell in shown.checked.to_fix] == ["B3"]


def test_a_retyped_file_is_taken_for_the_last_quarter() -> None:
    tool, item = desk(workbook(TEKNIS, 80, 90, signed=False))

    shown = preview_form(tool, EMPTY, item)

    assert shown.form is not None
    assert (shown.form.unit, shown.form.periode, shown.form.nonce) == ("teknis", "2026-TW3", "")


def test_a_file_that_can_t_be_read_says_why() -> None:
    tool, item = desk(Unreadable(FileKind.XLSX, Obstacle.ENCRYPTED))

    shown = preview_form(tool, EMPTY, item)

    assert (shown.obstacle, shown.form, shown.checked) == (Obstacle.ENCRYPTED, None, None)


def test_an_open_period_is_not_rehearsed_again() -> None:
    assert rehearsal(FACTS, TW3) is FACTS
    assert rehearsal(FACTS, None) is FACTS
