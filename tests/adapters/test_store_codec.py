"""Frozen values survive the database as themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_mailbot.adapters.store.codec import CodecError, decode, decode_tuple, decode_value, encode
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import (
    AdaDi,
    Choice,
    Column,
    ColumnType,
    Form,
    Jumlah,
    PredikatSesuai,
    Row,
    Sheet,
    TidakMelebihi,
    Unik,
    WajibBila,
)
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.sop.version import VersiSop
from tests.adapters.store_cases import FORM, SOP

TEXTS = st.text(max_size=30)
VALUES: st.SearchStrategy[Value] = (
    st.decimals(allow_nan=False) | st.dates() | st.sampled_from(Mark) | TEXTS | st.sampled_from(("85.50", "nihil"))
)
CELLS = st.builds(StoredCell, lembar=TEXTS, baris=TEXTS, kolom=TEXTS, nilai=VALUES, tertulis=TEXTS)
RULES = (
    st.builds(WajibBila, kolom=TEXTS, bila=TEXTS, isi=st.tuples(TEXTS), kurang_dari=VALUES | st.none())
    | st.builds(TidakMelebihi, kolom=TEXTS, batas=TEXTS)
    | st.builds(Jumlah, kolom=TEXTS, total=TEXTS, bagian=st.tuples(TEXTS, TEXTS))
    | st.builds(PredikatSesuai, kolom=TEXTS, nilai=TEXTS, predikat=TEXTS)
    | st.builds(Unik, kolom=st.tuples(TEXTS))
    | st.builds(AdaDi, kolom=TEXTS, lembar=TEXTS, kolom_lain=TEXTS)
)
COLUMNS = st.builds(
    Column,
    kunci=TEXTS,
    judul=TEXTS,
    jenis=st.sampled_from(ColumnType),
    lebar=st.floats(0, 99),
    pilihan=st.tuples(st.builds(Choice, TEXTS, st.tuples(TEXTS))),
)
SHEETS = st.builds(
    Sheet,
    id=TEXTS,
    judul=TEXTS,
    kolom=st.tuples(COLUMNS),
    baris=st.tuples(st.builds(Row, TEXTS, st.tuples(st.tuples(TEXTS, VALUES)))),
    aturan=st.tuples(RULES),
)
FORMS = st.builds(Form, id=TEXTS, versi=st.integers(1, 9), judul=TEXTS, lembar=st.tuples(SHEETS))


@dataclass(frozen=True)
class Stranger:
    """A type that nobody has told the codec about."""

    nama: str


@given(VALUES)
def test_a_cell_value_comes_back_as_itself(value: Value) -> None:
    back = decode_value(encode(value))

    assert (type(back), str(back), back) == (type(value), str(value), value)


@given(st.tuples(CELLS, CELLS))
def test_a_record_comes_back_as_itself(cells: tuple[StoredCell, ...]) -> None:
    back = decode_tuple(StoredCell, encode(cells))

    assert back == cells
    assert [type(cell.nilai) for cell in back] == [type(cell.nilai) for cell in cells]


@given(FORMS)
def test_a_form_comes_back_as_itself(form: Form) -> None:
    assert repr(decode(Form, encode(form))) == repr(form)


@pytest.mark.parametrize(("kind", "value"), [(Form, FORM), (VersiSop, SOP)], ids=["form", "sop"])
def test_the_snapshots_of_a_period_come_back(kind: type[object], value: object) -> None:
    assert decode(kind, encode(value)) == value


def test_the_same_words_in_four_types_stay_four_values() -> None:
    values = ("2026-01-02", date(2026, 1, 2), "nihil", Mark.NIHIL, "85.50", Decimal("85.50"))

    back = decode(tuple, encode(values))

    assert [(type(v), v) for v in back] == [(type(v), v) for v in values]


def test_an_old_snapshot_takes_the_default_of_a_field_that_came_later() -> None:
    old = '{"$":"StoredCell","lembar":"a","baris":"b","kolom":"c","nilai":"d","gone":1}'

    assert decode(StoredCell, old) == StoredCell(lembar="a", baris="b", kolom="c", nilai="d")


def test_a_text_that_looks_like_our_tags_stays_a_text() -> None:
    text = '{"$":"decimal","v":"1"}'

    assert decode_value(encode(text)) == text


@pytest.mark.parametrize("value", [Stranger("x"), {"a": 1}, 1j], ids=["dataclass", "dict", "complex"])
def test_a_type_without_a_code_is_refused(value: object) -> None:
    with pytest.raises(CodecError, match="no code"):
        encode(value)


@pytest.mark.parametrize("text", ['{"$":"Stranger"}', "{}", "1", "null"])
def test_a_text_that_is_no_cell_value_is_refused(text: str) -> None:
    with pytest.raises(CodecError):
        decode_value(text)


def test_what_is_stored_must_be_what_is_expected() -> None:
    with pytest.raises(CodecError, match="a str is stored where a Form is expected"):
        decode(Form, encode("x"))
    with pytest.raises(CodecError, match="not every item"):
        decode_tuple(str, encode((1,)))


def test_a_moment_keeps_its_zone() -> None:
    moment = datetime(2026, 10, 1, 9, 5, tzinfo=UTC)

    assert decode(datetime, encode(moment)) == moment
