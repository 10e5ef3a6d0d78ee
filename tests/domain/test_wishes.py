"""What respondents write in their own words: a declaration, a wish for time, a question, or only words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.adapters.letterhead.sample_world import FORM
from kinerja_mailbot.domain.mail.wishes import MintaBantuan, MintaWaktu, Nihil, Pertanyaan, Wish, parse_wish

LHP = FORM.lembar[2]
AUDIT = replace(
    FORM,
    lembar=(
        LHP,
        replace(LHP, id="tl_hp", judul="TL HP"),
        replace(LHP, id="lhe", judul="LHE"),
        replace(LHP, id="lhe_rekomendasi", judul="LHE Rekomendasi"),
    ),
)
TWO_DAYS = MintaWaktu(lama="2 hari", alasan="listrik padam")

TABLE: tuple[tuple[str, Wish | None], ...] = (
    ("NIHIL", Nihil()),
    ("Nihil.\nTerima kasih.", Nihil()),
    ("Yth. Bapak\n\nData triwulan III 2026 nihil.", Nihil()),
    ("Nihil LHP", Nihil(("lhp",))),
    ("NIHIL LHP dan TL HP", Nihil(("lhp", "tl_hp"))),
    ("LHP dan TLHP nihil, terima kasih", Nihil(("lhp", "tl_hp"))),
    ("Kami sampaikan bahwa LHE nihil", Nihil(("lhe",))),
    ("nihil rekomendasi LHE", Nihil(("lhe_rekomendasi",))),
    ("nihil, LHE menyusul", None),
    ("Tidak nihil", None),
    ("Nihil?", Pertanyaan()),
    ("NIHIL\n\nTapi tunggu konfirmasi kami.", None),
    ("MINTA WAKTU 2 hari listrik padam", TWO_DAYS),
    ("minta waktu 2 hari karena listrik padam.", TWO_DAYS),
    ("MINTA WAKTU 2 hari 3 jam karena listrik padam", replace(TWO_DAYS, lama="2 hari 3 jam")),
    ("minta waktu 1 hari dan 3 jam listrik padam", replace(TWO_DAYS, lama="1 hari dan 3 jam")),
    ("mohon tambahan waktu dua hari pak karena listrik padam", replace(TWO_DAYS, lama="dua hari")),
    ("Mohon diberikan perpanjangan waktu 2 hari\nkarena listrik padam", TWO_DAYS),
    ("Bolehkah kami minta tambahan waktu 2 hari karena listrik padam?", TWO_DAYS),
    (
        "mohon perpanjangan sampai Jumat 9 Oktober, bendahara cuti",
        MintaWaktu(lama="sampai Jumat 9 Oktober", alasan="bendahara cuti"),
    ),
    ("Minta waktu", MintaWaktu(lama="", alasan="")),
    ("Kami tidak perlu tambahan waktu.", None),
    ("BANTUAN", MintaBantuan()),
    ("mohon bantuan pak", MintaBantuan()),
    ("Petunjuk pengisian", MintaBantuan()),
    ("Apakah pagu sudah termasuk revisi terakhir?", Pertanyaan()),
    ("Mohon penjelasan cara mengisi kolom kendala", Pertanyaan()),
    ("Terlampir isian kami. Terima kasih.", None),
    ("Data masih kami susun.", None),
    ("", None),
)


@pytest.mark.parametrize(("text", "wish"), TABLE, ids=[text.replace("\n", " / ")[:40] for text, _ in TABLE])
def test_words_are_read_as_they_are_meant_or_left_to_a_person(text: str, wish: Wish | None) -> None:
    assert parse_wish(text, AUDIT) == wish
