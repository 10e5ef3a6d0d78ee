"""Files that are read ahead: each is answered as if it were alone, whatever the others do to the child."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from weakref import ref

import pytest

from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, RawWorkbook, ReadResult, Unreadable
from kinerja_mailbot.usecases.ports import Reading
from tests.faults.test_hostile_containers import endless_properties
from tests.faults.test_hostile_workbooks import GOOD, SHEET, sheet_xml, with_part

BROKEN = GOOD[:-200]
LONG = with_part(  # an answer of 4 MB: more than any pipe holds
    SHEET,
    sheet_xml(
        "".join(
            f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{str(n) * 200}</t></is></c></row>' for n in range(1, 5_000)
        )
    ),
)


@pytest.fixture
def reader() -> Iterator[SandboxedSheetReader]:
    with SandboxedSheetReader() as reader:
        yield reader


def is_read(result: ReadResult) -> bool:
    return isinstance(result, RawWorkbook)


def test_every_file_gets_its_own_answer_in_whatever_order_it_is_asked_for(reader: SandboxedSheetReader) -> None:
    begun = [reader.begin(content) for content in (GOOD, BROKEN, b"", LONG, GOOD)]

    found = [is_read(reading.result()) for reading in reversed(begun)]

    assert found == [True, True, False, False, True]
    assert begun[0].result() == begun[4].result()


def test_a_file_that_kills_the_child_costs_none_of_those_that_wait_behind_it(reader: SandboxedSheetReader) -> None:
    before = reader.begin(GOOD)
    killer = reader.sandbox.begin(endless_properties(), FileKind.TNEF)
    behind = [reader.begin(GOOD) for _ in range(3)]

    assert killer.wait() in {Obstacle.TOO_SLOW, Obstacle.TOO_LARGE}
    assert all(is_read(reading.result()) for reading in (before, *behind))


def test_who_waits_for_the_second_gives_up_the_first_when_its_time_is_over() -> None:
    with SandboxedSheetReader(deadline=0.0) as reader:
        first, second = reader.begin(GOOD), reader.begin(GOOD)

        assert second.result() == Unreadable(FileKind.XLSX, Obstacle.TOO_SLOW)
        assert first.result() in (Unreadable(FileKind.XLSX, Obstacle.TOO_SLOW), second.result())


def test_long_answers_that_nobody_fetches_stop_nobody(reader: SandboxedSheetReader) -> None:
    begun = [reader.begin(LONG) for _ in range(5)]

    last = reader.read(GOOD)

    assert is_read(last)
    assert all(is_read(reading.result()) for reading in begun)


def test_files_that_nobody_wants_any_more_are_let_go(reader: SandboxedSheetReader) -> None:
    first = reader.begin(LONG)
    dropped = reader.sandbox.begin(LONG, FileKind.XLSX)
    trace = ref(dropped)

    del dropped

    assert trace() is None
    assert is_read(first.result())


def test_a_closed_sandbox_begins_anew(reader: SandboxedSheetReader) -> None:
    begun = [reader.begin(GOOD) for _ in range(3)]
    reader.close()

    results = [reading.result() for reading in begun]

    assert all(is_read(result) or result == Unreadable(FileKind.XLSX, Obstacle.TOO_SLOW) for result in results)
    assert is_read(results[-1])


def test_several_hands_may_wait_at_once(reader: SandboxedSheetReader) -> None:
    found: list[bool] = []

    def wait_for(reading: Reading) -> None:
        found.append(is_read(reading.result()))

    waiting = [threading.Thread(target=wait_for, args=(reader.begin(GOOD),)) for _ in range(8)]
    for thread in waiting:
        thread.start()
    for thread in waiting:
        thread.join()

    assert found == [True] * 8
