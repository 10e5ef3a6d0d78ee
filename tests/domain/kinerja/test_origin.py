"""Each row of the rekap leads to the receipts that brought it, each changed cell to one mail."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.kinerja.history import cells_of, with_history
from kinerja_mailbot.domain.kinerja.origin import NOWHERE, Asal, origin_of
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.sop.state import Penerimaan
from tests.domain.kinerja.quarter import FILLED_UMUM, compiled, quarter

FIRST, SECOND = (Penerimaan(n, f"TRM-2026-TW3-UKL-0{n}", 10 + n) for n in (1, 2))
RECEIPTS = {1: FIRST, 2: SECOND}


def brought(lembar: str, kolom: str, nilai: Decimal | None = None) -> Rekap:
    """Return the rekap whose cells came with the first mail, but for these, which came with the second."""

    def cell(one: StoredCell) -> StoredCell:
        if (one.lembar, one.kolom) != (lembar, kolom):
            return replace(one, kiriman=1)
        return replace(one, kiriman=2, nilai=one.nilai if nilai is None else nilai)

    cells = tuple(cell(one) for one in FILLED_UMUM.sel)
    return compiled(quarter(replace(FILLED_UMUM, revisi=2, sel=cells, penerimaan=(FIRST, SECOND))))


@pytest.mark.parametrize(
    ("cells", "receipts", "shown"),
    [
        pytest.param([], RECEIPTS, "", id="an empty row"),
        pytest.param([("realisasi", 0)], RECEIPTS, "", id="on record from before origins were kept"),
        pytest.param([("realisasi", 3)], RECEIPTS, "", id="a receipt that nobody knows"),
        pytest.param(
            [("realisasi", 2), ("bukti", 2)], RECEIPTS, "TRM-2026-TW3-UKL-02 (surel 12)", id="one mail brought it all"
        ),
        pytest.param(
            [("realisasi", 2), ("bukti", 1), ("pic", 0)],
            RECEIPTS,
            "TRM-2026-TW3-UKL-01 (surel 11)\nTRM-2026-TW3-UKL-02 (surel 12)",
            id="two mails brought parts of it",
        ),
    ],
)
def test_a_row_shows_its_receipts_and_mails(
    cells: list[tuple[str, int]], receipts: dict[int, Penerimaan], shown: str
) -> None:
    assert str(origin_of(cells, receipts)) == shown


def test_a_column_leads_to_its_own_mail() -> None:
    asal = Asal((("realisasi", SECOND), ("bukti", FIRST)))

    assert [asal.surel("realisasi"), asal.surel("bukti"), asal.surel("pic"), asal.surel("pic", "bukti")] == [
        12,
        11,
        0,
        11,
    ]
    assert [Asal((("", FIRST),)).surel("pic"), NOWHERE.surel("pic")] == [11, 0]


def test_every_reported_row_of_the_rekap_knows_its_receipts() -> None:
    rekap = brought("capaian", "penghambat")

    assert {str(row.asal) for row in rekap.anggaran} == {"TRM-2026-TW3-UKL-01 (surel 11)"}
    assert [row.asal != NOWHERE for row in rekap.capaian] == [row.realisasi is not None for row in rekap.capaian]


def test_a_changed_cell_names_the_one_mail_that_changed_it() -> None:
    before = cells_of(brought("anggaran", "kendala"))
    after = brought("anggaran", "realisasi", Decimal(1))

    changes = with_history(after, before, "edisi ke-1", (("UKL", 11), ("UKL", 12), ("UKL", 13))).riwayat

    assert {(c.kolom, c.surel) for c in changes} == {
        ("Realisasi (Rp)", (12,)),
        ("Sisa (Rp)", (12,)),
        ("Serapan (%)", (12,)),
    }


def test_a_cell_that_was_emptied_names_all_mails_of_its_unit_since_then() -> None:
    before = cells_of(brought("capaian", "bukti"))
    emptied = replace(FILLED_UMUM, sel=tuple(c for c in FILLED_UMUM.sel if (c.lembar, c.kolom) != ("capaian", "bukti")))

    changes = with_history(compiled(quarter(emptied)), before, "edisi ke-1", (("UKL", 12), ("TEK", 14))).riwayat

    assert {(c.kolom, c.sesudah, c.surel) for c in changes} == {("Data Dukung", None, (12,))}
