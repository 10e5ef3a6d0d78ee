"""The six steps: what starts them, what ends them, by when, and that what is finished stays so."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kinerja_mailbot.domain.sop.state import (
    KeadaanPeriode,
    KeadaanPermintaan,
    PeriodState,
    RekapState,
    RequestState,
    StepState,
)
from kinerja_mailbot.domain.sop.steps import BOT, STANDING_ORDER, begin_period, move_steps, with_steps
from kinerja_mailbot.domain.tick.owed import with_requests
from kinerja_mailbot.domain.unit import Unit
from tests.domain.collection import HUKUM, OPENED, SEKRETARIS, SOP, TEKNIS, TW3, UMUM, UNITS, request
from tests.domain.office import HOURS, wit

SENT = wit("2026-10-01 08.05")
SENT_TO_SEKRETARIS = wit("2026-10-01 08.06")
LATER = wit("2026-10-09 10.00")


def sent(unit: Unit, at: datetime = SENT) -> RequestState:
    return replace(request(unit), dikirim_at=at)


def complete(unit: Unit, at: str) -> RequestState:
    return replace(sent(unit), keadaan=KeadaanPermintaan.LENGKAP, lengkap_at=wit(at), revisi=1)


def begun() -> PeriodState:
    return begin_period(TW3, SOP, HOURS, OPENED, oleh=STANDING_ORDER)


def moved(period: PeriodState, now: datetime = LATER) -> PeriodState:
    return with_steps(period, move_steps(period, UNITS, HOURS, now))


ASKED = with_requests(begun(), (sent(UMUM), sent(TEKNIS), sent(HUKUM), sent(SEKRETARIS, SENT_TO_SEKRETARIS)))
COMPLETE = with_requests(
    ASKED,
    (
        complete(UMUM, "2026-10-01 10.00"),
        complete(TEKNIS, "2026-10-02 09.00"),
        complete(HUKUM, "2026-10-02 08.00"),
        complete(SEKRETARIS, "2026-10-02 11.00"),
    ),
)
REKAP = RekapState(edisi=1, lengkap=True, revisi=(), dibuat_at=wit("2026-10-02 11.01"))


def test_a_standing_order_starts_the_sending_at_once() -> None:
    period = begun()

    assert period.keadaan is KeadaanPeriode.BERJALAN
    assert period.langkah == (
        StepState(nomor=1, mulai_at=OPENED, batas_at=wit("2026-10-01 08.30"), selesai_at=OPENED, oleh=STANDING_ORDER),
        StepState(nomor=2, mulai_at=OPENED, batas_at=wit("2026-10-01 08.30")),
        StepState(nomor=3, mulai_at=OPENED, batas_at=wit("2026-10-01 08.30")),
        StepState(nomor=4),
        StepState(nomor=5),
        StepState(nomor=6),
    )


def test_without_an_order_only_step_1_runs() -> None:
    period = begin_period(TW3, SOP, HOURS, OPENED, oleh=None)

    assert period.keadaan is KeadaanPeriode.MENUNGGU_PERINTAH
    assert [s.nomor for s in period.langkah if s.mulai_at] == [1]
    assert move_steps(period, UNITS, HOURS, LATER) == ()


def test_an_order_by_mail_ends_step_1_and_starts_2_and_3() -> None:
    waiting = begin_period(TW3, SOP, HOURS, OPENED, oleh=None)
    ordered_at = wit("2026-10-01 09.15")
    order = replace(waiting.step(1), selesai_at=ordered_at, oleh="Kasubbag Perencanaan")

    steps = move_steps(
        replace(with_steps(waiting, (order,)), keadaan=KeadaanPeriode.BERJALAN), UNITS, HOURS, ordered_at
    )

    assert [(s.nomor, s.mulai_at, s.batas_at) for s in steps] == [
        (2, ordered_at, wit("2026-10-01 09.45")),
        (3, ordered_at, wit("2026-10-01 09.45")),
    ]


def test_sending_ends_when_the_server_has_taken_the_last_letter() -> None:
    period = moved(ASKED)

    assert period.step(2).selesai_at == SENT
    assert period.step(3).selesai_at == SENT_TO_SEKRETARIS
    assert period.step(2).bukti == "2026-TW3.permintaan.umum"


def test_a_letter_that_waits_keeps_its_step_open_but_not_the_other() -> None:
    stuck = with_requests(ASKED, (request(UMUM, KeadaanPermintaan.DISIAPKAN),))

    period = moved(stuck)

    assert period.step(2).selesai_at is None
    assert period.step(5).mulai_at is None
    assert period.step(4).mulai_at == SENT_TO_SEKRETARIS


def test_gathering_begins_with_the_sending_that_it_follows() -> None:
    period = moved(ASKED)

    assert (period.step(4).mulai_at, period.step(4).batas_at) == (SENT_TO_SEKRETARIS, wit("2026-10-02 08.36"))
    assert (period.step(5).mulai_at, period.step(5).batas_at) == (SENT, wit("2026-10-02 08.35"))


def test_the_sekretaris_alone_ends_step_4() -> None:
    period = moved(with_requests(ASKED, (complete(SEKRETARIS, "2026-10-01 15.00"),)))

    assert period.step(4).selesai_at == wit("2026-10-01 15.00")
    assert period.step(4).oleh == "sekretaris"
    assert period.step(5).selesai_at is None


def test_step_5_needs_the_complete_rekap_too() -> None:
    provisional = replace(REKAP, lengkap=False)

    assert moved(COMPLETE).step(5).selesai_at is None
    assert moved(replace(COMPLETE, rekap=(provisional,))).step(5).selesai_at is None
    assert moved(replace(COMPLETE, rekap=(REKAP,))).step(5) == StepState(
        nomor=5,
        mulai_at=SENT,
        batas_at=wit("2026-10-02 08.35"),
        selesai_at=REKAP.dibuat_at,
        oleh=BOT,
        bukti="2026-TW3.rekap.1",
    )


def test_the_analysis_begins_with_the_first_complete_rekap() -> None:
    corrected = replace(REKAP, edisi=2, dibuat_at=wit("2026-10-05 09.00"))

    period = moved(replace(COMPLETE, rekap=(corrected, REKAP)))

    assert period.step(6).mulai_at == REKAP.dibuat_at
    assert period.step(6).selesai_at is None


def test_closing_the_period_ends_the_analysis() -> None:
    analysed = moved(replace(COMPLETE, rekap=(REKAP,)))

    closed = moved(replace(analysed, keadaan=KeadaanPeriode.DITUTUP), LATER)

    assert closed.step(6).selesai_at == LATER


def test_a_finished_step_never_changes() -> None:
    finished = moved(replace(COMPLETE, rekap=(REKAP,)))
    reopened = with_requests(finished, (sent(UMUM, LATER), request(TEKNIS, KeadaanPermintaan.DISIAPKAN)))

    assert move_steps(replace(reopened, rekap=()), UNITS, HOURS, LATER) == ()


def test_everything_that_follows_moves_in_one_go() -> None:
    late = replace(COMPLETE, rekap=(REKAP,))

    steps = move_steps(late, UNITS, HOURS, LATER)

    assert [s.nomor for s in steps] == [2, 3, 4, 5, 6]
    assert move_steps(with_steps(late, steps), UNITS, HOURS, LATER) == ()


def test_a_step_that_nobody_answers_to_is_over_when_it_begins() -> None:
    no_sekretaris = replace(ASKED, permintaan=tuple(r for r in ASKED.permintaan if r.unit != "sekretaris"))

    period = moved(no_sekretaris)

    assert period.step(3).selesai_at == OPENED
    assert period.step(4).selesai_at == OPENED


def test_no_step_ends_before_it_began() -> None:
    early = replace(COMPLETE.permintaan[3], dikirim_at=LATER)  # the answer came before our proof of sending

    period = moved(with_requests(COMPLETE, (early,)))

    assert period.step(4).mulai_at == LATER
    assert period.step(4).selesai_at == LATER
