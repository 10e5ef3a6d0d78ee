"""TINJAU as people write it, and what comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.domain.mail.orders import Order, Setuju, Tinjau, parse_order
from kinerja_mailbot.domain.sop.reviewed import RecordReview, Review
from tests.domain.decide.office_mail import outcome_of
from tests.domain.decide.test_decide_orders import IDLE, order, said
from tests.domain.mail_office import DAFTAR, POLICY

WORDS: dict[str, tuple[str, Order | None]] = {
    "the plain order": ("TINJAU waktu baku dipertahankan", Tinjau("waktu baku dipertahankan")),
    "a colon": ("Tinjau: langkah 5 menjadi 600 menit.", Tinjau("langkah 5 menjadi 600 menit")),
    "polite": ("Mohon dicatat", None),
    "politeness before it": ("Yth. Bapak,\nTINJAU SOP sudah sesuai", Tinjau("sudah sesuai")),
    "a note that doubts is a note": ("TINJAU tidak perlu diubah", Tinjau("tidak perlu diubah")),
    "a broken line": (
        "TINJAU waktu baku langkah 4\ndan 5 dipertahankan",
        Tinjau("waktu baku langkah 4 dan 5 dipertahankan"),
    ),
    "a signature below": ("Reviu: tetap\n\nSalam,\nKasubbag", Tinjau("tetap")),
    "English": ("review: unchanged", Tinjau("unchanged")),
    "the noun with a colon": ("Tinjauan SOP: tetap", Tinjau("tetap")),
    "without a note": ("TINJAU", Tinjau("")),
    "put off": ("Tinjau besok saja", Tinjau("")),
    "a question": ("Apakah SOP perlu ditinjau?", None),
    "a sentence about it": ("Surat ini akan kami tinjau dahulu", None),
    "the noun in a sentence": ("Tinjauan akan kami sampaikan", None),
    "another order": ("SETUJU", Setuju()),
}


@pytest.mark.parametrize(("text", "meaning"), WORDS.values(), ids=WORDS.keys())
def test_a_review_is_read_with_its_note(text: str, meaning: Order | None) -> None:
    assert parse_order(text, DAFTAR) == meaning


def test_a_review_is_recorded_and_counted() -> None:
    one = Review(at=IDLE.now, oleh="Kasubbag", catatan="tetap", sop="lama")

    outcome = outcome_of(order("TINJAU waktu baku dipertahankan"), (), replace(IDLE, tinjauan=(one,)))

    [effect] = outcome.efek
    assert isinstance(effect, RecordReview)
    assert (effect.catatan, effect.sop) == ("waktu baku dipertahankan", POLICY.sop.nomor)
    assert "Tinjauan ke-2 pada tahun 2026" in said(outcome)


def test_a_review_without_a_note_is_asked_for_it() -> None:
    outcome = outcome_of(order("TINJAU"), (), IDLE)

    assert outcome.efek == ()
    assert "TINJAU waktu baku dipertahankan" in said(outcome)
