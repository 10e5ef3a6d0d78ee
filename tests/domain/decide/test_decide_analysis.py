"""The analysis of step 6: read from sheet or mail, asked for where it is missing, believed with a proof."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.domain.decide import decide
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.kinerja.analysis import ANALISIS, PENGHAMBAT, TINDAK_LANJUT, UMUM, analysis_form
from kinerja_mailbot.domain.mail.analysis_text import read_typed_analysis
from kinerja_mailbot.domain.mail.chain import judge
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.outcome import ClosePeriod, Outcome, StoreAnalysis
from kinerja_mailbot.domain.mail.thread import make_message_id
from kinerja_mailbot.domain.sop.state import AnalysisState, PeriodState
from tests.domain.collection import TW3
from tests.domain.kinerja.quarter import compiled
from tests.domain.kinerja.sixth_step import FACTS, NOW, PERIOD, kasubbag_mail

FORM = analysis_form(compiled(PERIOD))
WHOLE = (
    "semua: analisis Capaian sesuai rencana triwulan.\n"
    "TEK-03: rekomendasi Pemutakhiran data bersama Disdukcapil.\n"
    "Kesimpulan: Kinerja triwulan III baik.\n"
    "Rekomendasi: Pemantauan dilanjutkan.\n"
)


def decided(words: str, facts: Facts = FACTS, *, proven: bool = True) -> Outcome:
    thread = make_message_id(facts.identitas, f"{TW3.kode}.rekap.1", TW3.kode, None)
    mail = kasubbag_mail(words, answers=(thread,) if proven else ())
    return decide(mail, judge(mail, facts), facts, ())


def stored(outcome: Outcome) -> StoreAnalysis:
    (effect,) = (effect for effect in outcome.efek if isinstance(effect, StoreAnalysis))
    return effect


def with_analysis(*cells: StoredCell, done: bool = False) -> Facts:
    state = AnalysisState(revisi=1, sel=cells, lengkap_at=NOW if done else None, oleh="Kasubbag", surel_id=3)
    return replace(FACTS, periode=(replace(PERIOD, analisis=state),))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("UKL-01: analisis Baik.", {("UKL-01", ANALISIS): "Baik."}, id="kode and field"),
        pytest.param("ukl 01 : Baik.", {("UKL-01", ANALISIS): "Baik."}, id="kode as people type it"),
        pytest.param("- UKL-01 = Baik.", {("UKL-01", ANALISIS): "Baik."}, id="as a list"),
        pytest.param("UKL-01 penghambat: Hujan.", {("UKL-01", PENGHAMBAT): "Hujan."}, id="field before the colon"),
        pytest.param("UKL-01: kendala - Hujan.", {("UKL-01", PENGHAMBAT): "Hujan."}, id="another word for the field"),
        pytest.param(
            "UKL-01: analisis Baik\nsekali.\nTindak lanjut: Dijaga.",
            {("UKL-01", ANALISIS): "Baik sekali.", ("UKL-01", TINDAK_LANJUT): "Dijaga."},
            id="several lines, and a field of the same indicator",
        ),
        pytest.param("Kesimpulan: Baik.", {(UMUM, ANALISIS): "Baik."}, id="conclusion"),
        pytest.param("Rekomendasi: Dijaga.", {(UMUM, TINDAK_LANJUT): "Dijaga."}, id="recommendation for the whole"),
        pytest.param("UKL-99: analisis Baik.", {}, id="unknown kode"),
        pytest.param("Selamat pagi, rapat pukul 9: jadi?", {}, id="chatter"),
        pytest.param("UKL-01: Baik.\n\nHormat kami", {("UKL-01", ANALISIS): "Baik."}, id="signature"),
    ],
)
def test_a_typed_analysis_is_read_as_people_write_it(words: str, expected: dict[tuple[str, str], str]) -> None:
    read = read_typed_analysis(words, FORM)

    assert {(row, column): said for row, column, said in read.isian} == expected


def test_semua_fills_what_is_asked_for_and_replaces_nothing() -> None:
    before = StoredCell(lembar="analisis", baris="UKL-01", kolom=ANALISIS, nilai="Sudah ditulis.")

    read = read_typed_analysis("UKL-02: Khusus.\nsemua: Sesuai rencana.", FORM, (before,))

    said = {(row, column): words for row, column, words in read.isian}
    assert ("UKL-01", ANALISIS) not in said
    assert (UMUM, ANALISIS) not in said
    assert (said["UKL-02", ANALISIS], said["TEK-03", ANALISIS]) == ("Khusus.", "Sesuai rencana.")


def test_a_whole_analysis_finishes_it() -> None:
    outcome = decided(WHOLE)

    effect = stored(outcome)
    assert (effect.revisi, effect.cara, effect.lengkap) == (1, "teks", True)
    assert [letter.templat for letter in outcome.surat] == ["analisis"]
    assert outcome.surat[0].lampiran == ()


def test_a_part_of_it_is_kept_and_the_rest_is_asked_for_with_the_sheet() -> None:
    outcome = decided("UKL-01: analisis Baik.")

    effect = stored(outcome)
    assert (effect.lengkap, [(cell.baris, cell.nilai) for cell in effect.sel]) == (False, [("UKL-01", "Baik.")])
    assert [file.nama for file in outcome.surat[0].lampiran] == ["Analisis-2026-TW3-LENGKAPI.xlsx"]


def test_an_indicator_below_its_target_needs_a_recommendation_of_its_own() -> None:
    effect = stored(decided(WHOLE.replace("TEK-03: rekomendasi", "UKL-01: rekomendasi")))

    assert not effect.lengkap


def test_a_later_part_is_merged_with_the_earlier_one() -> None:
    before = StoredCell(lembar="analisis", baris="UKL-01", kolom=ANALISIS, nilai="Baik.")

    effect = stored(decided("UKL-02: Cukup.", with_analysis(before)))

    assert effect.revisi == 2
    assert [cell.baris for cell in effect.isian] == ["UKL-02"]
    assert {cell.baris for cell in effect.sel} == {"UKL-01", "UKL-02"}


def test_the_order_finishes_an_analysis_with_parts_missing() -> None:
    effect = stored(decided("ANALISIS SELESAI"))

    assert (effect.cara, effect.lengkap, effect.sel) == ("perintah", True, ())


def test_finishing_twice_stores_nothing_more() -> None:
    outcome = decided("ANALISIS SELESAI", with_analysis(done=True))

    assert outcome.efek == ()


def test_without_a_proof_nothing_is_stored_and_the_registered_address_is_told() -> None:
    outcome = decided(WHOLE, proven=False)

    assert outcome.efek == ()
    assert outcome.label == "analisis ditunda"
    assert outcome.surat[0].kepada == (FACTS.daftar.kasubbag,)


def test_before_the_rekap_is_complete_there_is_nothing_to_analyse() -> None:
    waiting: PeriodState = replace(
        PERIOD, rekap=(), langkah=(*PERIOD.langkah[:5], replace(PERIOD.langkah[5], mulai_at=None))
    )

    outcome = decided("ANALISIS SELESAI", replace(FACTS, periode=(waiting,)))

    assert outcome.efek == ()
    assert "Belum ada rekap lengkap" in str(outcome.surat[0].isi)


def test_an_order_beside_the_text_is_left_to_the_orders() -> None:
    outcome = decided("TUTUP")

    assert [type(effect) for effect in outcome.efek] == [ClosePeriod]
