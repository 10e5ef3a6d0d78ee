"""What stands between a decision and its letters: refusals told before, addresses that heal, mail among the spam."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.domain.form.workbook import Obstacle
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.matters import Urusan
from kinerja_mailbot.domain.mail.outcome import HealAddress, StoreSubmission
from tests.domain.collection import UMUM
from tests.domain.decide.office_mail import FACTS, attached, brief, mail, outcome_of, unreadable, workbook

LOCKED = attached(unreadable(Obstacle.ENCRYPTED), "terkunci.xlsx")
OTHER = attached(unreadable(Obstacle.ENCRYPTED), "lain.xlsx")
GOOD = attached(workbook(UMUM, 80, 90))


def told() -> Facts:
    """Return the facts after a mail with the locked file was refused."""
    first = outcome_of(mail("umum", answers="umum", files=(LOCKED,)), (LOCKED,))
    return replace(FACTS, penolakan=frozenset({first.penolakan}))


def test_the_same_refusal_is_recorded_and_not_told_again() -> None:
    outcome = outcome_of(mail("umum", answers="umum", files=(LOCKED,)), (LOCKED,), told())

    assert (outcome.label, outcome.surat, outcome.urusan) == ("petunjuk berulang", (), Urusan.BELUM_JELAS)
    assert outcome.penolakan == ""


def test_another_file_is_refused_again() -> None:
    outcome = outcome_of(mail("umum", answers="umum", files=(OTHER,)), (OTHER,), told())

    assert brief(outcome.surat) == ["petunjuk > umum@kpu.example"]


def test_another_reason_is_told() -> None:
    outcome = outcome_of(mail("umum", answers="umum"), (), told())

    assert brief(outcome.surat) == ["petunjuk > umum@kpu.example"]


def test_new_words_reach_the_penyusun_though_the_guidance_is_not_repeated() -> None:
    first = outcome_of(mail("umum", "Sedang kami susun.", answers="umum"))
    known = replace(FACTS, penolakan=frozenset({first.penolakan}))

    outcome = outcome_of(mail("umum", "Masih kami susun.", answers="umum"), (), known)

    assert brief(outcome.surat) == ["terusan > penyusun@kpu.example"]


def test_a_refusal_that_was_not_told_does_not_silence_the_next_one() -> None:
    tired = replace(FACTS, dijawab_hari_ini=FACTS.aturan.batasan.jawaban_per_hari + 1)

    assert outcome_of(mail("umum", answers="umum", files=(LOCKED,)), (LOCKED,), tired).penolakan == ""


BROKEN = replace(FACTS, daftar=FACTS.daftar.without(frozenset({"umum@kpu.example", "perencanaan@kpu.example"})))


@pytest.mark.parametrize(
    ("incoming", "healed"),
    [
        pytest.param(mail("umum", "Baik.", answers="umum"), ("umum@kpu.example",), id="a reply in its thread"),
        pytest.param(mail("perencanaan", "STATUS", proven=True), ("perencanaan@kpu.example",), id="an order"),
        pytest.param(mail("umum", "Baik."), (), id="no proof"),
        pytest.param(mail("teknis", "Baik.", answers="teknis"), (), id="an address that works"),
    ],
)
def test_a_proven_mail_heals_the_address_that_it_comes_from(incoming: IncomingMail, healed: tuple[str, ...]) -> None:
    outcome = outcome_of(incoming, (), BROKEN)

    assert outcome.efek == tuple(HealAddress(address) for address in healed)


AMONG_SPAM = replace(FACTS, dari_spam=True)


def test_a_proven_form_among_the_spam_counts_and_the_admin_is_told() -> None:
    outcome = outcome_of(mail("umum", answers="umum", files=(GOOD,)), (GOOD,), AMONG_SPAM)

    assert [type(effect) for effect in outcome.efek] == [StoreSubmission]
    assert brief(outcome.surat) == ["tanda-terima > umum@kpu.example", "gangguan > admin@kpu.example"]
    assert outcome.surat[-1].kunci == "gangguan.spam.2026-10-01"


def test_a_registered_name_without_a_proof_among_the_spam_is_neither_answered_nor_asked_about() -> None:
    typed_anew = attached(workbook(UMUM, 80, 90, signed=False))

    outcome = outcome_of(mail("umum", files=(typed_anew,)), (typed_anew,), AMONG_SPAM)

    assert (outcome.label, outcome.efek, outcome.surat) == ("folder spam", (), ())
    assert (outcome.urusan, outcome.unit) == (Urusan.DITAHAN, "umum")


def test_strangers_among_the_spam_are_not_listed() -> None:
    outcome = outcome_of(mail("promosi@toko.example", "Halo"), (), AMONG_SPAM)

    assert (outcome.label, outcome.urusan) == ("disimpan", None)
