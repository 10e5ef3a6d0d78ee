"""What a mail leads to is written as a whole, once, with a journal line for each consequence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.value import CellOutcome, Mark
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.outcome import (
    ApproveStart,
    ClosePeriod,
    ConfirmSent,
    CountReminder,
    DeclareNil,
    Effect,
    HoldMail,
    KeepEvidence,
    MarkAddress,
    OpenPeriod,
)
from kinerja_mailbot.domain.mail.people import NoteAbsence
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, Penerimaan
from kinerja_mailbot.usecases.ports import Plan, StoreError
from tests.adapters.store_cases import (
    DEADLINE,
    LATER,
    NOW,
    archive_one,
    events,
    file_on_record,
    known,
    letter,
    new_store,
    open_period,
    outcome,
    period,
    submission,
    umum,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        open_period(store)
        yield store


def everything(store: Store) -> tuple[object, ...]:
    return store.periods(), store.letters(), store.submissions("2026-TW3"), store.stored_values("2026-TW3")


def test_a_complete_form_completes_its_request(store: Store) -> None:
    mail_id = archive_one(store, "isian")

    store.apply(mail_id, outcome(submission(mail_id)), (letter("surel.1.tanda-terima"),), LATER)

    request = umum(store)
    assert request == replace(
        umum(store),
        keadaan=KeadaanPermintaan.LENGKAP,
        revisi=1,
        pertama_tiba_at=NOW,
        tepat_waktu=True,
        lengkap_at=LATER,
        terisi=1,
        seluruh=1,
        catatan=("Berkas berisi makro.",),
        batas_at=DEADLINE,
    )
    assert [(c.baris, c.nilai) for c in request.sel] == [("IK-01", Decimal("85.50")), ("*", Mark.NIHIL)]
    assert [(m.kunci, m.state, m.surel_id) for m in store.letters("surel.")] == [("surel.1.tanda-terima", "queued", 1)]


def test_a_form_with_mistakes_opens_a_new_deadline_and_its_own_ladder(store: Store) -> None:
    store.carry_out(Plan(permintaan=(replace(umum(store), tingkat=2, pengingat=2),)), (), NOW)
    mail_id = archive_one(store, "isian")
    window = DEADLINE + timedelta(days=2)

    store.apply(mail_id, outcome(submission(mail_id, complete=False, batas_at=window)), (), LATER)

    request = umum(store)
    assert (request.keadaan, request.batas_at, request.tingkat, request.pengingat, request.lengkap_at) == (
        KeadaanPermintaan.PERLU_PERBAIKAN,
        window,
        -1,
        2,
        None,
    )
    assert request.catatan == ("Berkas berisi makro.", "Capaian E8: Mohon ditulis dengan angka.")


def test_revisions_follow_each_other_and_none_is_overwritten(store: Store) -> None:
    first, second = archive_one(store, "isian", 1), archive_one(store, "perbaikan", 2)

    store.apply(first, outcome(submission(first, complete=False)), (), NOW)
    store.apply(second, outcome(submission(second, 2)), (), LATER)

    assert [(s.revisi, s.nomor, s.lengkap, s.surel_id) for s in store.submissions("2026-TW3")] == [
        (1, "TRM-2026-TW3-UKL-01", False, first),
        (2, "TRM-2026-TW3-UKL-02", True, second),
    ]
    assert [(v.revisi, v.sel, v.nilai, v.hasil) for v in store.stored_values("2026-TW3")] == [
        (1, "E7", Decimal("85.50"), CellOutcome.ACCEPTED),
        (1, "E8", None, CellOutcome.FIX),
        (2, "E7", Decimal("85.50"), CellOutcome.ACCEPTED),
    ]
    assert (umum(store).pertama_tiba_at, umum(store).lengkap_at) == (NOW, LATER)


def test_a_value_on_record_names_the_revision_that_brought_it(store: Store) -> None:
    first, second = archive_one(store, "isian", 1), archive_one(store, "lagi", 2)
    store.apply(first, outcome(submission(first)), (), NOW)
    again = submission(second, 2)
    unchanged, *_ = again.hasil.tersimpan
    newer = StoredCell(lembar="capaian", baris="IK-02", kolom="realisasi", nilai=Decimal(7))

    store.apply(second, outcome(replace(again, hasil=replace(again.hasil, tersimpan=(unchanged, newer)))), (), LATER)

    assert [(cell.baris, cell.kiriman) for cell in umum(store).sel] == [("IK-01", 1), ("IK-02", 2)]
    assert umum(store).penerimaan == (
        Penerimaan(1, "TRM-2026-TW3-UKL-01", first),
        Penerimaan(2, "TRM-2026-TW3-UKL-02", second),
    )


def test_a_period_without_its_receipts_is_else_the_same(store: Store) -> None:
    mail_id = archive_one(store, "isian", 1)
    store.apply(mail_id, outcome(submission(mail_id)), (), NOW)
    (whole,) = store.periods()

    (spared,) = store.periods(receipts=False)

    assert [len(request.penerimaan) for request in whole.permintaan] == [1, 0]
    assert spared == replace(whole, permintaan=tuple(replace(r, penerimaan=()) for r in whole.permintaan))


def test_completeness_is_dated_the_first_time_only(store: Store) -> None:
    first, second = archive_one(store, "isian", 1), archive_one(store, "lagi", 2)
    store.apply(first, outcome(submission(first)), (), NOW)

    store.apply(second, outcome(submission(second, 2)), (), LATER)

    assert umum(store).lengkap_at == NOW


def test_applying_the_same_mail_twice_changes_nothing(store: Store) -> None:
    mail_id = archive_one(store, "isian")
    letters = (letter("surel.1.tanda-terima"),)
    store.apply(mail_id, outcome(submission(mail_id)), letters, NOW)
    before, journal = everything(store), store.journal()

    store.apply(mail_id, outcome(submission(mail_id, complete=False)), letters, LATER)

    assert everything(store) == before
    assert store.journal() == journal


EFFECTS: tuple[tuple[str, Effect], ...] = (
    ("evidence", KeepEvidence(periode="2026-TW3", unit="umum", berkas=(file_on_record(1, "bukti.pdf"),))),
    ("proof", ConfirmSent("<permintaan.umum@bot.example>")),
    ("address", MarkAddress(alamat="umum@kpu.example", gagal=True, keterangan="5.1.1")),
    ("close", ClosePeriod("2026-TW3", "Kasubbag")),
    ("nil", DeclareNil(periode="2026-TW3", unit="umum", oleh="Kasubbag")),
    ("reminder", CountReminder(periode="2026-TW3", unit="umum")),
    ("open", OpenPeriod(period(), "Kasubbag")),
    ("submission", submission(1)),
)


@pytest.mark.parametrize("effect", [e for _, e in EFFECTS], ids=[name for name, _ in EFFECTS])
def test_a_replay_repeats_no_consequence(store: Store, effect: Effect) -> None:
    mail_id = archive_one(store, "apa pun")
    store.apply(mail_id, outcome(effect), (letter("surel.1.tanda-terima"),), NOW)
    before = everything(store), store.addresses_failing()
    store.reset_for_replay(mail_id, LATER)

    store.apply(mail_id, outcome(effect), (letter("surel.1.tanda-terima"),), LATER)

    assert (everything(store), store.addresses_failing()) == before
    assert store.mails()[0].state == "decided"


def test_a_replayed_mail_is_held_again(store: Store) -> None:
    mail_id = archive_one(store, "apa pun")
    hold = outcome(HoldMail(surel_id=mail_id, unit="umum", periode="2026-TW3"))
    store.apply(mail_id, hold, (), NOW)
    store.reset_for_replay(mail_id, LATER)

    store.apply(mail_id, hold, (), LATER)

    assert known(store, unit=("umum",)).ditahan == {"umum": (mail_id,)}


def test_a_mail_decided_from_an_older_revision_is_decided_again(store: Store) -> None:
    first, second = archive_one(store, "isian", 1), archive_one(store, "bersamaan", 2)
    store.apply(first, outcome(submission(first)), (), NOW)

    with pytest.raises(StoreError, match="is at revision 1, not 0"):
        store.apply(second, outcome(submission(second, 1)), (letter("surel.2.tanda-terima"),), LATER)

    assert [mail.id for mail in store.undecided(9)] == [second]
    assert store.letters("surel.2") == ()


def test_a_consequence_that_breaks_takes_all_others_with_it(store: Store) -> None:
    mail_id = archive_one(store, "isian")
    strange = CountReminder(periode="2026-TW3", unit="tidak-ada")

    with pytest.raises(Exception, match="No row was found"):
        store.apply(mail_id, outcome(submission(mail_id), strange), (letter("surel.1.x"),), LATER)

    assert umum(store).revisi == 0
    assert store.letters("surel.") == ()
    assert [mail.id for mail in store.undecided(9)] == [mail_id]


def test_evidence_is_kept_once_for_each_content(store: Store) -> None:
    mail_id = archive_one(store, "bukti")
    files = (file_on_record(mail_id, "a.pdf"), file_on_record(mail_id, "b.pdf"), file_on_record(mail_id, "a.pdf"))

    store.apply(mail_id, outcome(KeepEvidence(periode="2026-TW3", unit="umum", berkas=files)), (), LATER)

    assert umum(store).data_dukung == files[:2]


def test_the_order_for_step_1_starts_the_period(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.carry_out(Plan(periode_baru=(period(keadaan=KeadaanPeriode.MENUNGGU_PERINTAH),)), (), NOW)
        mail_id = archive_one(store, "SETUJU")

        store.apply(mail_id, outcome(ApproveStart("2026-TW3", "Kasubbag")), (), LATER)

        (state,) = store.periods()
        step = state.step(1)
    assert state.keadaan is KeadaanPeriode.BERJALAN
    assert (step.selesai_at, step.oleh, step.bukti) == (LATER, "Kasubbag", "surel.1")


def test_an_order_opens_a_period_with_its_own_first_state(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        mail_id = archive_one(store, "BUKA TW3 2026")

        store.apply(mail_id, outcome(OpenPeriod(period(), "Kasubbag")), (), LATER)

        assert store.periods() == (period(),)
        assert [(e.peristiwa, e.oleh, e.surel_id) for e in store.journal("2026-TW3")][-2] == (
            "period opened",
            "Kasubbag",
            mail_id,
        )


def test_closing_ends_step_6_where_it_had_started(store: Store) -> None:
    started = replace(period().step(6), mulai_at=NOW)
    store.carry_out(Plan(langkah=(("2026-TW3", started),)), (), NOW)

    store.apply(archive_one(store, "TUTUP"), outcome(ClosePeriod("2026-TW3", "Kasubbag")), (), LATER)

    (state,) = store.periods()
    assert state.keadaan is KeadaanPeriode.DITUTUP
    assert (state.step(6).selesai_at, state.step(6).oleh) == (LATER, "Kasubbag")


def test_closing_leaves_a_step_6_that_never_started(store: Store) -> None:
    store.apply(archive_one(store, "TUTUP"), outcome(ClosePeriod("2026-TW3", "Kasubbag")), (), LATER)

    assert store.periods()[0].step(6).selesai_at is None


def test_nil_by_order_completes_a_request_without_a_revision(store: Store) -> None:
    nil = DeclareNil(periode="2026-TW3", unit="umum", oleh="Kasubbag Perencanaan")

    store.apply(archive_one(store, "TERIMA UKL NIHIL"), outcome(nil), (), LATER)

    request = umum(store)
    assert (request.keadaan, request.revisi, request.lengkap_at) == (KeadaanPermintaan.LENGKAP, 0, LATER)
    assert request.catatan == ("Dinyatakan nihil oleh Kasubbag Perencanaan.",)


def test_a_reminder_by_order_counts_as_one(store: Store) -> None:
    store.apply(archive_one(store, "INGATKAN"), outcome(CountReminder(periode="2026-TW3", unit="umum")), (), LATER)

    assert (umum(store).pengingat, umum(store).pengingat_terakhir_at) == (1, LATER)


@pytest.mark.parametrize(
    ("reports", "state"),
    [((True,), "failing"), ((False,), "delayed"), ((False, True), "failing"), ((True, False), "failing")],
    ids=["bounce", "delay", "delay, then bounce", "bounce, then delay"],
)
def test_the_health_of_an_address_is_its_worst_news(store: Store, reports: tuple[bool, ...], state: str) -> None:
    for uid, failing in enumerate(reports, 1):
        report = MarkAddress(alamat="Umum@kpu.example", gagal=failing, keterangan="5.1.1")
        store.apply(archive_one(store, f"laporan {uid}", uid), outcome(report), (), LATER)

    assert [(a.alamat, a.state) for a in store.addresses_failing()] == [("umum@kpu.example", state)]


def test_every_consequence_has_its_journal_line(store: Store) -> None:
    mail_id = archive_one(store, "isian")
    evidence = KeepEvidence(periode="2026-TW3", unit="umum", berkas=(file_on_record(mail_id, "bukti.pdf"),))
    already = len(store.journal())

    store.apply(mail_id, outcome(submission(mail_id), evidence), (letter("surel.1.tanda-terima"),), LATER)

    assert [(e.peristiwa, e.surel_id, e.rincian) for e in store.journal()[already:]] == [
        ("mail decided", mail_id, "reply: tanda terima (form of this request)"),
        ("submission stored", mail_id, "TRM-2026-TW3-UKL-01 revision 1, 1/1 rows, complete"),
        ("evidence kept", mail_id, "bukti.pdf sha256:sha-bukti.pdf"),
        ("letter queued", mail_id, "surel.1.tanda-terima surat"),
    ]
    assert "mail arrived" in events(store)


def test_an_absence_is_known_until_its_last_day(store: Store) -> None:
    mail_id = archive_one(store, "cuti")

    store.apply(mail_id, outcome(NoteAbsence(Absence("umum", date(2026, 10, 9)))), (), NOW)

    assert store.absences(NOW, date(2026, 10, 9)) == (Absence("umum", date(2026, 10, 9), sejak=NOW),)
    assert store.absences(NOW, date(2026, 10, 10)) == ()


def test_an_absence_without_a_last_day_is_believed_for_two_days(store: Store) -> None:
    store.apply(archive_one(store, "cuti"), outcome(NoteAbsence(Absence("umum", None))), (), NOW)

    assert store.absences(NOW + timedelta(days=1), date(2026, 10, 2)) == (Absence("umum", None, sejak=NOW),)
    assert store.absences(NOW + timedelta(days=3), date(2026, 10, 4)) == ()
