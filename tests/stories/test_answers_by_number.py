"""Corrections answered in a mail's text, without a file: through the running service, to the receipt."""

from __future__ import annotations

from decimal import Decimal

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import PENYUSUN, TEKNIS
from kinerja_mailbot.demo.staff import Received
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from kinerja_mailbot.service import Service
from tests.domain.office import wit
from tests.stories.stage import Stage, request, sent_twice, settle


def text_of(letter: Received) -> str:
    """Return the letter's plain text on one line."""
    body = letter.surat.get_body(("plain",))
    return " ".join(str(body.get_content()).split()) if body is not None else ""


def stored(service: Service, kode: str, kolom: str = "realisasi_kum") -> Value | None:
    return next((c.nilai for c in request(service, "teknis").sel if (c.baris, c.kolom) == (kode, kolom)), None)


def says(stage: Stage, letter: Received, text: str) -> None:
    """Answer a letter by these words alone."""
    stage.desk.send(stage.desk.reply(TEKNIS, letter, text), TEKNIS)


def test_a_form_is_completed_by_the_numbers_of_its_letters(stage: Stage) -> None:
    with stage.service(("teknis",)) as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        stage.desk.send(stage.returns_form(TEKNIS, figures.TEKNIS_FIRST), TEKNIS)
        settle(service)
        first = stage.desk.newest(TEKNIS, "Mohon perbaikan 3 isian")
        assert '"1a"' in text_of(first)

        stage.clock.now = wit("2026-10-01 11.00")
        says(stage, first, "Yth. Admin, jawaban kami:\n1 a\n2: 9 dan 3: Rp 30.125.000\nTerima kasih")
        settle(service)
        assert stored(service, "TEK-03") == Decimal("12.5")
        assert stored(service, "TEK-05") == Decimal(9)
        second = stage.desk.newest(TEKNIS, "Mohon perbaikan")
        assert "TRM-2026-TW3-TEK-02" in second.subjek

        # 12,5 of 75 leaves a reason and a plan to be asked for; the older letter's numbers are settled.
        says(stage, first, "1b")
        says(stage, second, "1: Distrik pesisir sulit dijangkau.\n2: Sosialisasi pada Triwulan IV.")
        settle(service)

        assert stored(service, "TEK-03") == Decimal("12.5")
        assert stored(service, "TEK-03", "penghambat") == "Distrik pesisir sulit dijangkau."
        assert request(service, "teknis").keadaan is KeadaanPermintaan.LENGKAP
        assert "Nomor 1 sudah selesai" in text_of(stage.desk.newest(TEKNIS, "Petunjuk"))
        assert "Semula" in text_of(stage.desk.newest(TEKNIS, "Tanda terima"))
        assert sent_twice(service) == []


def test_what_is_unclear_is_asked_again_and_reaches_the_penyusun(stage: Stage) -> None:
    with stage.service(("teknis",)) as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        stage.desk.send(stage.returns_form(TEKNIS, figures.TEKNIS_FIRST), TEKNIS)
        settle(service)
        says(stage, stage.desk.newest(TEKNIS, "Mohon perbaikan"), "1a atau b?\n9: 12")
        settle(service)

        assert request(service, "teknis").revisi == 1
        answer = text_of(stage.desk.newest(TEKNIS, "Petunjuk"))
        assert 'mohon dijawab dengan "1a" atau "1b"' in answer
        assert "Nomor 9 tidak tercantum" in answer
        assert "1a atau b?" in text_of(stage.desk.newest(PENYUSUN))
