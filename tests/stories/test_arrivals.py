"""Mails that come in odd ways: from elsewhere, twice, out of the office, from a mailbox that was rebuilt."""

from __future__ import annotations

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import BOT, STRANGER, UMUM
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from tests.domain.office import wit
from tests.servers import Dovecot
from tests.stories.stage import Stage, request, sent_twice, settle


def test_a_form_from_a_private_address_counts_after_its_owner_s_ya(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        form = stage.returns_form(UMUM, figures.UMUM)
        form.replace_header("From", STRANGER.alamat)
        stage.desk.send(form, STRANGER)
        settle(service)
        assert request(service, "umum").revisi == 0
        assert [line.state for line in service.store.mails("held")] == ["held"]

        stage.clock.now = wit("2026-10-01 10.30")
        question = stage.desk.newest(UMUM, "konfirmasi pengirim")
        stage.desk.send(stage.desk.reply(UMUM, question, "Ya, benar."), UMUM)
        settle(service)

        assert (request(service, "umum").revisi, request(service, "umum").keadaan) == (1, KeadaanPermintaan.LENGKAP)
        assert "Tanda terima" in stage.subjects(UMUM)[-1]
        assert stage.subjects(STRANGER) == []
        assert service.store.mails("held") == ()
        assert sent_twice(service) == []


def test_a_mail_delivered_twice_acts_once(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        raw = bytes(stage.returns_form(UMUM, figures.UMUM))
        stage.system.deliver(raw, BOT, UMUM.alamat)
        stage.system.deliver(raw, BOT, UMUM.alamat)
        settle(service)
        stage.system.deliver(raw, BOT, UMUM.alamat)
        settle(service)

        assert request(service, "umum").revisi == 1
        assert len([subject for subject in stage.subjects(UMUM) if subject.startswith("Tanda terima")]) == 1


def test_an_absence_note_starts_no_conversation(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        for minute in range(3):
            stage.clock.now = wit(f"2026-10-01 08.1{minute}")
            note = stage.desk.reply(UMUM, stage.desk.newest(UMUM), "Saya sedang dinas luar.")
            note["Auto-Submitted"] = "auto-replied"
            stage.desk.send(note, UMUM)
            settle(service)

        assert len(stage.subjects(UMUM)) == 1
        assert [line.label for line in service.store.mails() if line.verdict == "auto_reply"] == [
            "balasan otomatis"
        ] * 3


def test_a_rebuilt_mailbox_is_read_again_and_nothing_acts_twice(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        settle(service)
        letters = len(service.store.letters())
    kept = stage.system.mails(BOT)

    rebuilt = Dovecot() if isinstance(stage.system, Dovecot) else MailServers(stage.clock)
    with rebuilt:
        moved = Stage(rebuilt, stage.folder, stage.clock)
        for _, raw in reversed(kept):  # other UIDs for everybody
            moved.system.deliver(raw, BOT)
        with moved.service() as service:
            beat = settle(service)
            assert (beat.arrived, beat.decided, beat.written, beat.faults) == (0, 0, 0, ())

            moved.clock.now = wit("2026-10-01 10.40")
            moved.desk.send(moved.desk.write(UMUM, "Tanya", "Sudah diterima?"), UMUM)
            settle(service)

            assert len(service.store.letters()) == letters + 2
            assert request(service, "umum").revisi == 1
            assert moved.subjects(UMUM) == ["Pertanyaan telah diteruskan"]
