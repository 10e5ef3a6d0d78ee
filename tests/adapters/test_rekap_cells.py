"""Cells as SpreadsheetML: every kind of value, and nothing typed that could become anything else."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from kinerja_mailbot.adapters.rekap_workbook.cells import Content, Live, cell_xml

CASES: list[tuple[str, Content, str]] = [
    ("nothing", None, '<c r="A1" s="0"/>'),
    ("an empty text", "", '<c r="A1" s="0"/>'),
    ("a number", Decimal("85.50"), '<c r="A1" s="0"><v>85.50</v></c>'),
    ("a large number", Decimal("1E+12"), '<c r="A1" s="0"><v>1000000000000</v></c>'),
    ("a day", date(2023, 1, 5), '<c r="A1" s="0"><v>44931</v></c>'),
    ("a moment", datetime(2023, 1, 5, 12, 0), '<c r="A1" s="0"><v>44931.5</v></c>'),  # noqa: DTZ001  # office time
    ("a formula", Live("B{r}*2", Decimal(3)), '<c r="A1" s="0"><f>B1*2</f><v>3</v></c>'),
    ("a formula of text", Live('"a"&"b"', "ab"), '<c r="A1" s="0" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'),
    ("a formula of truth", Live("1>2", nilai=False), '<c r="A1" s="0" t="b"><f>1&gt;2</f><v>0</v></c>'),
    ("a formula of a day", Live("B1+60", date(2023, 1, 5)), '<c r="A1" s="0"><f>B1+60</f><v>44931</v></c>'),
]


@pytest.mark.parametrize(("value", "xml"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_kind_of_value_is_written_as_itself(value: Content, xml: str) -> None:
    assert cell_xml(1, 1, value, 0) == xml


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", id="a formula"),
        pytest.param("</t></is></c><c><f>1</f></c>", "</t></is></c><c><f>1</f></c>", id="markup"),
        pytest.param("R&D <baik>", "R&D <baik>", id="marks of XML"),
        pytest.param("baik\x00\x0b\ud800 sekali", "baik sekali", id="what XML cannot hold"),
        pytest.param("a\tb\nc", "a\tb\nc", id="tab and line"),
        pytest.param("_x0041_", "_x005F_x0041_", id="what Excel would decode"),
        pytest.param("x" * 40_000, "x" * 32_767, id="more than a cell holds"),
    ],
)
def test_a_text_stays_one_text(typed: str, kept: str) -> None:
    cell = ElementTree.fromstring(cell_xml(1, 1, typed, 0))  # noqa: S314  # our own XML

    assert [(part.tag, part.text) for part in cell.iter() if part.text] == [("t", kept)]
