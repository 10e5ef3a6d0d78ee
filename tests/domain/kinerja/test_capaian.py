"""The formulas of capaian against worked values, and the words that scores earn."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kinerja_mailbot.domain.capaian import compute_capaian, is_met
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.indicators import round_percent
from kinerja_mailbot.domain.policy import SkalaPredikat
from kinerja_mailbot.domain.predikat import lhe_predikat, predikat_capaian

D = Decimal
SCALE = tuple(
    SkalaPredikat(mulai=D(mulai), sebutan=word)
    for mulai, word in ((91, "Sangat Tinggi"), (76, "Tinggi"), (66, "Sedang"), (51, "Rendah"), (0, "Sangat Rendah"))
)


@pytest.mark.parametrize(
    ("rumus", "target", "realisasi", "expected"),
    [
        # DOMAIN 3.1, the worked values
        pytest.param("POS", D("77.5"), D("79.9"), "103.10", id="turnout beyond its target"),
        pytest.param("POS", D(75), D("40.9"), "54.53", id="women's turnout"),
        pytest.param("POS", D(75), D("37.4"), "49.87", id="disabled voters"),
        pytest.param("POS", D(80), D(83), "103.75", id="not capped here"),
        pytest.param("NEG_LAN", D(2), D(1), "150.00", id="LAN half of what is allowed"),
        pytest.param("NEG_LAN", D(2), D(0), "200.00", id="LAN nothing happened"),
        pytest.param("NEG_LAN", D(2), D(3), "50.00", id="LAN one too many"),
        pytest.param("NEG_LAN", D(2), D(4), "0.00", id="LAN twice as many"),
        pytest.param("NEG_LAN", D(2), D(5), "-50.00", id="LAN below zero stays raw"),
        pytest.param("NEG_SKP", D(2), D(3), "50.00", id="SKP is LAN in other words"),
        pytest.param("NEG_RASIO", D(2), D(1), "200.00", id="ratio half"),
        pytest.param("NEG_RASIO", D(2), D(3), "66.67", id="ratio one too many"),
        pytest.param("NEG_RASIO", D(2), D(4), "50.00", id="ratio twice as many"),
        pytest.param("NEG_RASIO", D(2), D(5), "40.00", id="ratio five"),
        pytest.param("RENTANG", "80-90", D(80), "100.00", id="range at its lower bound"),
        pytest.param("RENTANG", "80-90", D(90), "100.00", id="range at its upper bound"),
        pytest.param("RENTANG", "80 - 90%", D(99), "110.00", id="beyond the range"),
        pytest.param("RENTANG", "80-90", D(40), "50.00", id="short of the range"),
        pytest.param("YATIDAK", "Ya", "Ya", "100.00", id="yes as wanted"),
        pytest.param("YATIDAK", "Ya", "Tidak", "0.00", id="no instead of yes"),
        pytest.param("YATIDAK", "Tidak", "Tidak", "100.00", id="no as wanted"),
        # DOMAIN 3.2, zero and odd cases
        pytest.param("NEG_LAN", D(0), D(0), "100.00", id="nothing allowed, nothing happened"),
        pytest.param("NEG_LAN", D(0), D(3), "0.00", id="nothing allowed, something happened"),
        pytest.param("POS", D(80), D(0), "0.00", id="a real zero"),
        pytest.param("POS", D(80), Mark.NIHIL, "0.00", id="nihil is a declared zero"),
    ],
)
def test_capaian_follows_its_formula(rumus: str, target: Value, realisasi: Value, expected: str) -> None:
    capaian = compute_capaian(rumus, target, realisasi)

    assert capaian is not None
    assert round_percent(capaian) == D(expected)


@pytest.mark.parametrize(
    ("rumus", "target", "realisasi"),
    [
        pytest.param("POS", D(80), None, id="not filled in"),
        pytest.param("POS", None, D(80), id="no target"),
        pytest.param("POS", D(0), D(0), id="nothing wanted, nothing done"),
        pytest.param("POS", D(0), D(2), id="nothing wanted, something done"),
        pytest.param("POS", D(80), Mark.TIDAK_DIUKUR, id="not measured"),
        pytest.param("POS", D(80), D(-1), id="below zero"),
        pytest.param("NEG_LAN", D(-2), D(1), id="target below zero"),
        pytest.param("NEG_RASIO", D(2), D(0), id="ratio to nothing"),
        pytest.param("RENTANG", "bagus", D(80), id="no range"),
        pytest.param("POS", D(80), "BB", id="a word for a number"),
        pytest.param("PREDIKAT", "BB", "B", id="a rank that fell short"),
    ],
)
def test_what_cannot_be_measured_has_no_capaian(rumus: str, target: Value | None, realisasi: Value | None) -> None:
    assert compute_capaian(rumus, target, realisasi) is None


@pytest.mark.parametrize(
    ("rumus", "target", "realisasi", "met"),
    [
        pytest.param("POS", D(75), D("74.99"), False, id="just short"),
        pytest.param("POS", D(75), D(75), True, id="exactly"),
        pytest.param("NEG_LAN", D("0.2"), D("0.2"), True, id="as few as allowed"),
        pytest.param("NEG_RASIO", D(2), D(0), True, id="nothing happened"),
        pytest.param("NEG_RASIO", D(2), D(3), False, id="too many"),
        pytest.param("RENTANG", "80-90", D(95), True, id="beyond the range is no failure"),
        pytest.param("PREDIKAT", "BB", "A", True, id="a better rank"),
        pytest.param("PREDIKAT", "WTP", "WDP", False, id="a worse opinion"),
        pytest.param("PREDIKAT", "WTP", "A", None, id="ranks of two scales"),
        pytest.param("POS", D(75), None, None, id="not filled in"),
    ],
)
def test_a_target_is_met_or_not_or_not_to_be_judged(
    rumus: str, target: Value, realisasi: Value | None, met: bool | None
) -> None:
    assert is_met(rumus, target, realisasi) is met


def test_an_unknown_formula_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="unknown formula 'POSS'"):
        compute_capaian("POSS", D(1), D(1))


@pytest.mark.parametrize(
    ("capaian", "word"),
    [
        ("120", "Sangat Tinggi"),
        ("91", "Sangat Tinggi"),
        ("90.995", "Sangat Tinggi"),
        ("90.99", "Tinggi"),
        ("75.30", "Sedang"),
        ("50.99", "Sangat Rendah"),
        ("-50", "Sangat Rendah"),
    ],
)
def test_a_capaian_earns_its_word_after_rounding(capaian: str, word: str) -> None:
    assert predikat_capaian(D(capaian), SCALE) == word


@pytest.mark.parametrize(
    ("nilai", "predikat"),
    [
        ("90.01", "AA"),
        ("90", "A"),
        ("80", "BB"),
        ("70.01", "BB"),
        ("70", "B"),
        ("60", "CC"),
        ("50", "C"),
        ("30", "D"),
        ("0", "D"),
    ],
)
def test_each_band_of_the_lhe_is_open_below(nilai: str, predikat: str) -> None:
    assert lhe_predikat(D(nilai)) == predikat
