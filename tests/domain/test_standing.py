"""The table of STATUS and of the mornings: one narrow row a unit, with leave and trouble only where there is any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kinerja_mailbot.adapters.letterhead import sample_world as world
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letters.standing import standing
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from kinerja_mailbot.domain.unit import Kantor

KANTOR = Kantor(nama="Komisi Pemilihan Umum Contoh", alamat="Jalan Contoh 1", kota="Contoh")
FACTS = world.facts(KANTOR, world.period())
HEAD = world.UNITS[0]


def remark(facts: Facts, reminders: int = 0) -> str:
    first, *others = facts.periode[0].permintaan
    asked = (replace(first, pengingat=reminders), *others)
    return standing(facts, replace(facts.periode[0], permintaan=asked)).baris[0].catatan


def test_a_row_without_news_has_a_dash() -> None:
    assert remark(FACTS) == "–"


def test_reminders_leave_and_dead_addresses_are_named_together() -> None:
    address = HEAD.pejabat[0].alamat[0]
    absence = Absence(HEAD.id, date(2026, 10, 9), alamat=address.casefold())
    troubled = replace(FACTS, tidak_hadir=(absence,), daftar=FACTS.daftar.without(frozenset({address.casefold()})))

    assert remark(troubled, 2) == f"2 pengingat; tidak di tempat s.d. 9 Oktober 2026; alamat {address} tidak berfungsi"


def test_nothing_is_left_to_wait_for_where_all_is_in() -> None:
    period = FACTS.periode[0]
    complete = tuple(replace(r, keadaan=KeadaanPermintaan.LENGKAP) for r in period.permintaan)

    assert {row.sisa for row in standing(FACTS, replace(period, permintaan=complete)).baris} == {""}


def test_steps_with_the_same_deadline_are_one_sentence() -> None:
    assert [sentence for sentence in standing(FACTS, FACTS.periode[0]).langkah if "sedang berjalan" in sentence] == [
        "Langkah 1, 2, 3, 4, 5, dan 6 SOP sedang berjalan, batas Selasa, 6 Oktober 2026 pukul 16.00 WIT "
        "(sisa 5 jam 40 menit kerja)."
    ]
