"""The debts of a tick: what a period is owed at a moment, in states, letters and journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.thread import ThreadRef, read_message_id
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.sop.steps import STANDING_ORDER, with_steps
from kinerja_mailbot.domain.sop.version import BacaanHari
from kinerja_mailbot.domain.tick.due import new_period, owed_to, owed_to_new
from kinerja_mailbot.domain.tick.owed import Owed, with_requests
from kinerja_mailbot.domain.tick.requests import deadline_after_sending
from tests.domain.collection import (
    HUKUM,
    KONFIRMASI,
    ME,
    NONCES,
    OPENED,
    SEKRETARIS,
    TEKNIS,
    TW3,
    UMUM,
    facts,
    period_with,
    request,
)
from tests.domain.office import HOURS, wit

NOTHING_WRITTEN: frozenset[str] = frozenset()
SENT = tuple(request(unit) for unit in (UMUM, TEKNIS, HUKUM, SEKRETARIS))


def owed(period: PeriodState, now: datetime, written: frozenset[str] = NOTHING_WRITTEN) -> Owed:
    return owed_to(period, facts(now), NONCES, written)


def keys(debt: Owed) -> list[str]:
    return [letter.kunci for letter in debt.surat]


def events(debt: Owed) -> list[tuple[str, str | None]]:
    return [(event.peristiwa, event.unit) for event in debt.jurnal]


def stored(period: PeriodState, debt: Owed) -> PeriodState:
    """Return the period as the store has it after the debt was written."""
    return with_requests(with_steps(period, tuple(step for _, step in debt.langkah)), debt.permintaan)


# --- opening ----------------------------------------------------------------------------------------------------


def test_a_standing_order_opens_a_period_with_all_its_requests() -> None:
    debt = owed_to_new(TW3, facts(OPENED), NONCES)

    assert debt.periode_baru == new_period(TW3, facts(OPENED))
    assert debt.periode_baru.step(1).oleh == STANDING_ORDER
    assert [(r.unit, r.nonce, r.keadaan) for r in debt.permintaan] == [
        ("umum", "n1", KeadaanPermintaan.DISIAPKAN),
        ("teknis", "n2", KeadaanPermintaan.DISIAPKAN),
        ("hukum", "n3", KeadaanPermintaan.DISIAPKAN),
        ("sekretaris", "n4", KeadaanPermintaan.DISIAPKAN),
    ]
    assert {r.batas_at for r in debt.permintaan} == {wit("2026-10-02 08.30")}
    assert keys(debt) == [
        "2026-TW3.permintaan.umum",
        "2026-TW3.permintaan.teknis",
        "2026-TW3.permintaan.hukum",
        "2026-TW3.permintaan.sekretaris",
        "2026-TW3.pembukaan",
    ]
    assert events(debt)[0] == ("period opened", None)
    assert ("request composed", "sekretaris") in events(debt)


def test_a_request_knows_the_message_id_of_its_letter() -> None:
    debt = owed_to_new(TW3, facts(OPENED), NONCES)

    assert read_message_id(ME, debt.permintaan[0].message_id) == ThreadRef("2026-TW3", "umum")
    assert len({r.message_id for r in debt.permintaan}) == 4


def test_confirmation_is_asked_for_before_anything_goes_out() -> None:
    debt = owed_to_new(TW3, facts(OPENED, KONFIRMASI), NONCES)

    assert debt.periode_baru is not None
    assert debt.periode_baru.keadaan is KeadaanPeriode.MENUNGGU_PERINTAH
    assert debt.permintaan == ()
    assert keys(debt) == ["2026-TW3.konfirmasi"]


def test_an_order_that_nobody_gives_is_asked_for_once_more() -> None:
    waiting = new_period(TW3, facts(OPENED, KONFIRMASI))
    asked = frozenset({"2026-TW3.konfirmasi"})

    assert owed(waiting, wit("2026-10-01 08.30"), asked).is_nothing
    assert keys(owed(waiting, wit("2026-10-01 08.31"), asked)) == ["2026-TW3.langkah.1"]
    assert owed(waiting, wit("2026-10-01 09.00"), asked | {"2026-TW3.langkah.1"}).is_nothing


def test_nobody_is_asked_for_an_order_on_a_day_off() -> None:
    waiting = new_period(TW3, facts(OPENED, KONFIRMASI))

    assert owed(waiting, wit("2026-10-03 10.00"), NOTHING_WRITTEN).is_nothing


def test_an_order_by_a_person_is_carried_out_whatever_the_hour() -> None:
    sunday = wit("2026-10-04 20.00")
    period = new_period(TW3, facts(sunday, KONFIRMASI), oleh="Kasubbag Perencanaan")

    debt = owed(period, sunday)

    assert period.step(1).oleh == "Kasubbag Perencanaan"
    assert len(debt.surat) == 5
    assert {r.batas_at for r in debt.permintaan} == {wit("2026-10-06 08.00")}


# --- sending ----------------------------------------------------------------------------------------------------


def test_sent_requests_move_the_steps_and_write_no_letter() -> None:
    opened = owed_to_new(TW3, facts(OPENED), NONCES)
    assert opened.periode_baru is not None
    sent = tuple(replace(r, keadaan=KeadaanPermintaan.MENUNGGU, dikirim_at=OPENED) for r in opened.permintaan)

    debt = owed(with_requests(opened.periode_baru, sent), wit("2026-10-01 08.01"))

    assert [step.nomor for _, step in debt.langkah] == [2, 3, 4, 5]
    assert events(debt) == [("step finished", None), ("step finished", None)]
    assert debt.jurnal[0].rincian == "step 2, 0 of 30 net minutes"
    assert debt.surat == ()


def test_letters_that_cannot_leave_are_told_once_for_each_step() -> None:
    stuck = period_with(*(request(unit, KeadaanPermintaan.DISIAPKAN) for unit in (UMUM, SEKRETARIS)))

    debt = owed(stuck, wit("2026-10-01 08.31"))

    assert keys(debt) == ["2026-TW3.langkah.2", "2026-TW3.langkah.3"]
    assert recipients(debt.surat[0]) == ["penyusun@kpu.example", "admin@kpu.example"]
    assert owed(stuck, wit("2026-10-01 09.00"), frozenset(keys(debt))).is_nothing


def late(sent: str, **changes: object) -> RequestState:
    moment = wit(sent)
    return replace(request(UMUM), dikirim_at=moment, **changes)  # type: ignore[arg-type]  # fields by name, in tables


EFFECTIVE = {
    "left at once": (late("2026-10-01 08.00"), "2026-10-02 08.30"),
    "left within the time of its step": (late("2026-10-01 08.30"), "2026-10-02 08.30"),
    "stuck for an hour": (late("2026-10-01 09.00"), "2026-10-02 09.30"),
    "stuck over a weekend": (late("2026-10-05 07.30"), "2026-10-06 08.00"),
    "an extended deadline stays": (
        late("2026-10-01 09.00", batas_at=wit("2026-10-09 16.00")),
        "2026-10-09 16.00",
    ),
    "an answer has its own deadline": (late("2026-10-05 07.30", revisi=1), "2026-10-02 08.30"),
    "a correction has its own deadline": (
        late("2026-10-05 07.30", keadaan=KeadaanPermintaan.PERLU_PERBAIKAN),
        "2026-10-02 08.30",
    ),
    "not sent at all": (request(UMUM, KeadaanPermintaan.DISIAPKAN), "2026-10-02 08.30"),
}


@pytest.mark.parametrize(("asked", "expected"), EFFECTIVE.values(), ids=EFFECTIVE.keys())
def test_a_stuck_request_gets_its_whole_time(asked: RequestState, expected: str) -> None:
    assert deadline_after_sending(asked, HOURS, 480, BacaanHari.NET_MINUTES) == wit(expected)


def test_a_moved_deadline_starts_the_ladder_anew() -> None:
    stuck = replace(request(UMUM), dikirim_at=wit("2026-10-05 07.30"), tingkat=2)
    period = period_with(stuck)

    debt = owed(period, wit("2026-10-05 07.31"))

    assert debt.permintaan == (replace(stuck, batas_at=wit("2026-10-06 08.00"), tingkat=-1),)
    assert ("deadline moved", "umum") in events(debt)
    assert owed(stored(period, debt), wit("2026-10-05 07.31")).is_nothing


# --- reminding --------------------------------------------------------------------------------------------------


def test_half_of_the_time_is_a_polite_reminder_to_each() -> None:
    period = period_with(*SENT)
    now = wit("2026-10-01 13.00")

    debt = owed(period, now)

    assert keys(debt) == [f"2026-TW3.pengingat.1.{unit}" for unit in ("umum", "teknis", "hukum", "sekretaris")]
    assert debt.permintaan[0] == replace(SENT[0], pengingat=1, pengingat_terakhir_at=now, tingkat=0)
    assert events(debt)[0] == ("reminder", "umum")


def test_the_missed_deadline_is_journalled_once() -> None:
    period = period_with(replace(SENT[0], tingkat=0, pengingat=1))
    missed = owed(period, wit("2026-10-02 08.30"))

    again = owed(stored(period, missed), wit("2026-10-02 14.00"))

    assert events(missed) == [("no answer by deadline", "umum"), ("reminder", "umum")]
    assert events(again) == [("reminder", "umum")]
    assert keys(again) == ["2026-TW3.pengingat.3.umum"]


def test_whoever_has_answered_is_left_in_peace() -> None:
    done = replace(SENT[0], keadaan=KeadaanPermintaan.LENGKAP, lengkap_at=wit("2026-10-01 10.00"), revisi=1)

    debt = owed(period_with(done, SENT[1]), wit("2026-10-01 13.00"))

    assert keys(debt) == ["2026-TW3.pengingat.1.teknis"]


def test_one_escalation_names_everybody_on_the_rung() -> None:
    reminded = tuple(replace(r, tingkat=2, pengingat=3) for r in SENT[1:])

    debt = owed(period_with(*reminded), wit("2026-10-05 09.00"))

    assert keys(debt) == [
        "2026-TW3.pengingat.4.teknis",
        "2026-TW3.pengingat.4.hukum",
        "2026-TW3.pengingat.4.sekretaris",
        "2026-TW3.eskalasi.3.teknis",
    ]
    assert [unit for event, unit in events(debt) if event == "escalation"] == ["teknis", "hukum", "sekretaris"]


def test_the_lateness_of_the_sekretaris_is_told_to_the_kasubbag_only() -> None:
    debt = owed(period_with(replace(SENT[3], tingkat=3, pengingat=4)), wit("2026-10-06 10.00"))

    escalation = debt.surat[-1]
    assert escalation.kunci == "2026-TW3.eskalasi.4.sekretaris"
    assert recipients(escalation) == ["perencanaan@kpu.example"]
    assert recipients(debt.surat[0]) == ["sekretaris@kpu.example"]


def recipients(letter: Letter) -> list[str]:
    return [address for person in (*letter.kepada, *letter.tembusan) for address in person.alamat]


def test_after_three_days_off_one_letter_pays_for_all_rungs_and_still_escalates() -> None:
    period = period_with(SENT[0])
    now = wit("2026-10-05 09.30")

    debt = owed(period, now)

    assert keys(debt) == ["2026-TW3.pengingat.1.umum", "2026-TW3.eskalasi.3.umum"]
    assert owed(stored(period, debt), now).is_nothing


def test_a_second_lateness_with_the_correction_is_escalated_under_a_key_of_its_own() -> None:
    correcting = replace(
        SENT[0],
        keadaan=KeadaanPermintaan.PERLU_PERBAIKAN,
        revisi=1,
        batas_at=wit("2026-10-12 09.00"),
        tingkat=2,
        pengingat=7,
    )

    debt = owed(period_with(correcting), wit("2026-10-13 09.30"), frozenset({"2026-TW3.eskalasi.3.umum"}))

    assert keys(debt) == ["2026-TW3.pengingat.8.umum", "2026-TW3.eskalasi.3.umum.8"]


def test_a_late_correction_is_journalled_as_such() -> None:
    correcting = replace(SENT[0], keadaan=KeadaanPermintaan.PERLU_PERBAIKAN, revisi=1, batas_at=wit("2026-10-12 09.00"))

    debt = owed(period_with(correcting), wit("2026-10-12 09.00"))

    assert events(debt) == [("no correction by deadline", "umum"), ("reminder", "umum")]


@pytest.mark.parametrize("now", ["2026-10-03 09.00", "2026-10-02 12.00", "2026-10-05 20.00"])
def test_nobody_is_reminded_out_of_office_time(now: str) -> None:
    assert owed(period_with(*SENT), wit(now)).is_nothing


def test_a_closed_period_owes_no_letter() -> None:
    closed = replace(period_with(*SENT), keadaan=KeadaanPeriode.DITUTUP)

    assert owed(closed, wit("2026-10-08 09.00")).is_nothing


def test_an_analysis_past_its_time_is_told_once() -> None:
    running = period_with(replace(SENT[0], keadaan=KeadaanPermintaan.LENGKAP, lengkap_at=OPENED, revisi=1))
    analysing = with_steps(running, (replace(running.step(6), mulai_at=OPENED, batas_at=wit("2026-10-02 08.30")),))

    debt = owed(analysing, wit("2026-10-02 08.31"))

    assert keys(debt) == ["2026-TW3.langkah.6"]


def test_a_unit_that_left_the_register_is_not_reminded() -> None:
    gone = replace(SENT[0], unit="lama")

    assert owed(period_with(gone), wit("2026-10-05 09.30")).is_nothing
