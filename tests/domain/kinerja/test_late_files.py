"""Data dukung that comes after the rekap is told once a morning, and makes no edition of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.domain.kinerja.edition import late_files, owed_edition
from kinerja_mailbot.domain.mail.letters.standing import gist, standing
from kinerja_mailbot.domain.sop.state import AnalysisState, FileOnRecord, Penerimaan, PeriodState, RekapState
from tests.domain.kinerja.quarter import FILLED_SEKRETARIS, FILLED_UMUM, NOW, POLICY, quarter
from tests.domain.kinerja.sixth_step import FACTS

COMPLETE = RekapState(edisi=1, lengkap=True, revisi=(("umum", 1), ("sekretaris", 1)), dibuat_at=NOW)
ANALYSIS = AnalysisState(revisi=1, sel=(), lengkap_at=NOW, oleh="Kasubbag", surel_id=40)


def with_file(surel: int, *editions: RekapState) -> PeriodState:
    """Return the complete quarter (mails 14 and 20) in which a photo came with this mail."""
    photo = FileOnRecord(nama="Foto.jpg", ukuran=9, sha256="ab" * 32, surel_id=surel)
    umum = replace(FILLED_UMUM, penerimaan=(Penerimaan(1, "TRM-1", 14),), data_dukung=(photo,))
    sekretaris = replace(FILLED_SEKRETARIS, penerimaan=(Penerimaan(1, "TRM-2", 20),))
    return replace(quarter(umum, sekretaris), rekap=editions)


@pytest.mark.parametrize(
    ("period", "late"),
    [
        pytest.param(with_file(30), [], id="no rekap yet"),
        pytest.param(with_file(30, replace(COMPLETE, lengkap=False)), [], id="only a provisional rekap"),
        pytest.param(with_file(14, COMPLETE), [], id="with the form"),
        pytest.param(with_file(17, COMPLETE), [], id="before the last unit"),
        pytest.param(with_file(30, COMPLETE), ["Foto.jpg"], id="after the rekap"),
        pytest.param(
            replace(with_file(30, COMPLETE, replace(COMPLETE, edisi=2, analisis=1)), analisis=ANALYSIS),
            [],
            id="before the analysis, so in the final rekap",
        ),
        pytest.param(
            replace(with_file(41, COMPLETE, replace(COMPLETE, edisi=2, analisis=1)), analisis=ANALYSIS),
            ["Foto.jpg"],
            id="after the final rekap",
        ),
    ],
)
def test_what_came_after_the_newest_complete_edition_is_late(period: PeriodState, late: list[str]) -> None:
    assert [file.nama for _, file in late_files(period)] == late


def test_a_late_file_is_told_in_the_table_and_is_news_but_makes_no_edition() -> None:
    before, after = with_file(17, COMPLETE), with_file(30, COMPLETE)

    assert owed_edition(after, POLICY, NOW) is None
    assert gist(FACTS, after) != gist(FACTS, before)
    assert standing(FACTS, before).langkah == standing(FACTS, after).langkah[:-1]
    assert standing(FACTS, after).langkah[-1] == (
        "Data dukung dari Subbagian Umum, Keuangan, dan Logistik tiba setelah rekap disampaikan: Foto.jpg. "
        "Berkas tersebut tercatat dan dimuat pada edisi rekap berikutnya."
    )
