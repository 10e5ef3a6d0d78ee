"""PLH: how the order is read, what it must hold, and whose word makes it count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kinerja_mailbot.domain.acting import KeadaanPenunjukan, Penunjukan, with_acting
from kinerja_mailbot.domain.mail.letters.commands import IsiPerintah
from kinerja_mailbot.domain.mail.orders import Order, TunjukPlh, parse_order
from kinerja_mailbot.domain.mail.people import ProposeActing, SettleActing
from kinerja_mailbot.domain.mail.thread import make_message_id
from tests.domain.collection import DAFTAR, ME
from tests.domain.decide.office_mail import FACTS, MAIL_ID, brief, mail, outcome_of
from tests.domain.mail_office import DAFTAR as OFFICE

AGUS = TunjukPlh(
    sebutan="Plh.",
    unit="teknis",
    nama="Agus Momot",
    alamat="agus.m@kpu.example",
    nomor="12/SPT/KPU-Kab/2026",
    sejak="",
    sampai="9 Oktober 2026",
)
PHRASES: tuple[tuple[str, Order | None], ...] = (
    ("PLH teknis Agus Momot agus.m@kpu.example 12/SPT/KPU-Kab/2026 s.d. 9 Oktober 2026", AGUS),
    ("plh teknis Agus Momot agus.m@kpu.example 12/SPT/KPU-Kab/2026 s.d.\n9 Oktober 2026\n\nTerima kasih", AGUS),
    ("Mohon tunjuk Plh. TEK: Agus Momot <Agus.M@kpu.example>, no. 12/SPT/KPU-Kab/2026 sampai 9 Oktober 2026", AGUS),
    (
        "PLT Subbagian Teknis Agus Momot agus.m@kpu.example 12/SPT/KPU-Kab/2026 hingga 9 Oktober 2026",
        replace(AGUS, sebutan="Plt."),
    ),
    (
        "Plh teknis Agus Momot agus.m@kpu.example 12/SPT/KPU-Kab/2026 mulai 7 Oktober s.d. 9 Oktober 2026",
        replace(AGUS, sejak="7 Oktober"),
    ),
    (
        "Plh teknis Agus Momot agus.m@kpu.example 12/SPT/KPU-Kab/2026 7 s.d. 9 Oktober 2026",
        replace(AGUS, sejak="7"),
    ),
    ("PLH teknis Agus Momot", replace(AGUS, alamat="", nomor="", sampai="")),
    ("PLH Agus Momot agus.m@kpu.example 12/SPT/KPU-Kab/2026 s.d. 9 Oktober 2026", replace(AGUS, unit=None)),
    ("Plh teknis siapa?", None),
    ("Jangan tunjuk Plh teknis Agus agus.m@kpu.example dulu", None),
    ("Kemarin Plh. teknis sudah menelepon", None),
)


@pytest.mark.parametrize(("text", "order"), PHRASES, ids=[text[:50].replace("\n", " ") for text, _ in PHRASES])
def test_an_order_is_read_with_whatever_it_holds(text: str, order: Order | None) -> None:
    assert parse_order(text, OFFICE) == order


RINA = "PLH teknis Rina Osok rina@kpu.example 12/SPT/2026 s.d. 9 Oktober 2026"
NAMED = Penunjukan(
    surel_id=MAIL_ID,
    unit="teknis",
    sebutan="Plh.",
    nama="Rina Osok",
    alamat="rina@kpu.example",
    nomor="12/SPT/2026",
    sejak=date(2026, 10, 1),
    sampai=date(2026, 10, 9),
    diusulkan_oleh="Kepala Perencanaan",
)
BOSS, CHIEF = "perencanaan@kpu.example", "sekretaris@kpu.example"


def test_the_kasubbag_s_own_order_waits_for_a_second_mail() -> None:
    outcome = outcome_of(mail("perencanaan", RINA, proven=True))

    assert outcome.efek == (ProposeActing(NAMED),)
    assert brief(outcome.surat) == [f"konfirmasi-plh > {BOSS}", f"konfirmasi-plh > {CHIEF}"]


def test_a_penyusun_is_told_that_others_decide() -> None:
    outcome = outcome_of(mail("penyusun", RINA, proven=True))

    assert outcome.efek == (ProposeActing(replace(NAMED, diusulkan_oleh="Kepala Penyusun")),)
    assert brief(outcome.surat) == [
        f"konfirmasi-plh > {BOSS}",
        f"konfirmasi-plh > {CHIEF}",
        "perintah > penyusun@kpu.example",
    ]


LACKING = {
    "no unit": ("PLH Rina Osok rina@kpu.example 12/SPT/2026 s.d. 9 Oktober 2026", "salah satu dari: UKL"),
    "no address": ("PLH teknis Rina Osok 12/SPT/2026 s.d. 9 Oktober 2026", "alamat surel"),
    "no number": ("PLH teknis Rina Osok rina@kpu.example s.d. 9 Oktober 2026", "nomor surat penunjukan"),
    "no last day": ("PLH teknis Rina Osok rina@kpu.example 12/SPT/2026", "hari terakhir"),
    "a day gone by": ("PLH teknis Rina Osok rina@kpu.example 12/SPT/2026 s.d. 9 September 2026", "belum lewat"),
    "years": ("PLH teknis Rina Osok rina@kpu.example 12/SPT/2026 s.d. 9 Oktober 2028", "paling lama satu tahun"),
    "our address": ("PLH teknis Rina Osok bot@kpu.example 12/SPT/2026 s.d. 9 Oktober 2026", "milik sistem"),
    "his own": ("PLH teknis Teknis teknis@kpu.example 12/SPT/2026 s.d. 9 Oktober 2026", "sudah terdaftar"),
}


@pytest.mark.parametrize(("text", "asked"), LACKING.values(), ids=LACKING.keys())
def test_what_an_order_lacks_is_asked_for_with_an_example(text: str, asked: str) -> None:
    outcome = outcome_of(mail("perencanaan", text, proven=True))

    (letter,) = outcome.surat
    assert isinstance(letter.isi, IsiPerintah)
    assert (outcome.efek, asked in letter.isi.hasil, "Contoh: PLH" in letter.isi.hasil) == ((), True, True)


QUESTION = make_message_id(ME, f"surel.{MAIL_ID}.plh", None, None)
FOR_THE_CHIEF = make_message_id(ME, f"surel.{MAIL_ID}.plh.sekretaris", None, "sekretaris")
WAITING = replace(FACTS, penunjukan=(NAMED,))


@pytest.mark.parametrize(
    ("sender", "answers", "said", "state"),
    [
        pytest.param("perencanaan", QUESTION, "Setuju", KeadaanPenunjukan.BERLAKU, id="the Kasubbag agrees"),
        pytest.param("perencanaan", QUESTION, "Belum dapat disetujui", KeadaanPenunjukan.DITOLAK, id="he refuses"),
        pytest.param("sekretaris", FOR_THE_CHIEF, "Setuju", KeadaanPenunjukan.BERLAKU, id="the Sekretaris agrees"),
        pytest.param("sekretaris", QUESTION, "Setuju", None, id="the Sekretaris in the other thread"),
        pytest.param("penyusun", QUESTION, "Setuju", None, id="a penyusun"),
        pytest.param("teknis", QUESTION, "Setuju", None, id="the unit itself"),
        pytest.param("perencanaan", "", "Setuju", None, id="outside of the thread"),
        pytest.param("perencanaan", QUESTION, "Siapa ini?", None, id="a question back"),
    ],
)
def test_only_a_yes_in_one_s_own_thread_counts(
    sender: str, answers: str, said: str, state: KeadaanPenunjukan | None
) -> None:
    outcome = outcome_of(mail(sender, said, answers=answers, proven=True), (), WAITING)

    assert [effect.keadaan for effect in outcome.efek if isinstance(effect, SettleActing)] == ([state] if state else [])


def test_a_settled_question_stays_settled() -> None:
    done = replace(NAMED, keadaan=KeadaanPenunjukan.BERLAKU, diputuskan_oleh="Sekretaris", diputuskan_at=FACTS.now)

    outcome = outcome_of(mail("perencanaan", "Tolak", answers=QUESTION), (), replace(FACTS, penunjukan=(done,)))

    assert (outcome.efek, brief(outcome.surat)) == ((), [f"perintah > {BOSS}"])


DAYS = {date(2026, 9, 30): False, date(2026, 10, 1): True, date(2026, 10, 9): True, date(2026, 10, 10): False}


@pytest.mark.parametrize(("day", "acts"), DAYS.items(), ids=[day.isoformat() for day in DAYS])
def test_he_is_registered_from_the_first_day_to_the_last(day: date, acts: bool) -> None:
    named = replace(NAMED, keadaan=KeadaanPenunjukan.BERLAKU, diputuskan_at=FACTS.now)

    register = with_acting(DAFTAR, (named,), day)

    unit = register.unit("teknis")
    assert unit is not None
    assert (register.whose("rina@kpu.example", day) is not None, unit.official_on(day).nama == "Rina Osok") == (
        acts,
        acts,
    )


def test_who_is_only_proposed_or_refused_is_nobody() -> None:
    refused = replace(NAMED, keadaan=KeadaanPenunjukan.DITOLAK)

    assert with_acting(DAFTAR, (NAMED, refused), date(2026, 10, 2)) == DAFTAR
