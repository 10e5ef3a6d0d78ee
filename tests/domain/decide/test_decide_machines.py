"""What mails of machines lead to: they are noted, and never answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.incoming import DeliveryReport, IncomingMail
from kinerja_mailbot.domain.mail.outcome import ConfirmSent, MarkAddress, Outcome
from kinerja_mailbot.domain.mail.people import NoteAbsence
from kinerja_mailbot.domain.mail.thread import make_message_id
from tests.domain.collection import ME, UMUM
from tests.domain.decide.office_mail import MAIL_ID, attached, brief, mail, outcome_of, workbook

OWN_ID = make_message_id(ME, "2026-TW3.permintaan.umum", "2026-TW3", "umum")
GOOD = attached(workbook(UMUM, 80, 90))
RETYPED = attached(workbook(UMUM, 80, 90, signed=False))
WORDS = "550 5.1.1 User unknown"


def report(*addresses: str, permanent: bool = True, returns: str = OWN_ID) -> IncomingMail:
    told = DeliveryReport(alamat=addresses, tetap=permanent, status="5.1.1", keterangan=WORDS, message_id_asal=returns)
    plain = mail("MAILER-DAEMON@mx.kpu.example")
    return replace(plain, laporan=told, tipe=("multipart/report", "text/plain", "message/delivery-status"))


def test_our_own_copy_proves_the_sending() -> None:
    outcome = outcome_of(replace(mail("bot"), message_id=OWN_ID))

    assert outcome == Outcome(
        verdict="own", label="salinan sendiri", alasan="Message-ID is ours", efek=(ConfirmSent(OWN_ID),)
    )


def test_our_address_alone_proves_nothing() -> None:
    outcome = outcome_of(mail("bot"))

    assert (outcome.verdict, outcome.efek, outcome.surat) == ("own", (), ())


def test_a_dead_address_is_marked_and_the_office_hears_of_it_once() -> None:
    outcome = outcome_of(report("Umum@KPU.example"))

    [letter] = outcome.surat
    assert (outcome.verdict, outcome.label) == ("bounce", "alamat gagal")
    assert outcome.efek == (MarkAddress(alamat="Umum@KPU.example", gagal=True, keterangan=WORDS),)
    assert brief([letter]) == ["alamat-gagal > perencanaan@kpu.example penyusun@kpu.example"]
    assert letter.kunci == "alamat-gagal.umum@kpu.example.2026-10-01"


def test_a_delay_is_noted_and_nobody_is_told() -> None:
    outcome = outcome_of(report("umum@kpu.example", permanent=False))

    assert (outcome.label, outcome.surat) == ("tertunda", ())
    assert outcome.efek == (MarkAddress(alamat="umum@kpu.example", gagal=False, keterangan=WORDS),)


def test_a_report_about_an_unknown_address_marks_nothing() -> None:
    outcome = outcome_of(report("siapa@lain.example"))

    assert (outcome.label, outcome.efek, outcome.surat) == ("laporan dicatat", (), ())


def test_a_report_about_two_officials_names_both() -> None:
    copy = make_message_id(ME, "2026-TW3.rekap.1.tembusan", "2026-TW3", "tembusan")

    outcome = outcome_of(report("umum@kpu.example", "teknis@kpu.example", "x@lain.example", returns=copy))

    assert [letter.kunci for letter in outcome.surat] == [
        "alamat-gagal.umum@kpu.example.2026-10-01",
        "alamat-gagal.teknis@kpu.example.2026-10-01",
    ]


def test_a_report_marks_nobody_to_whom_the_returned_letter_never_went() -> None:
    outcome = outcome_of(report("sekretaris@kpu.example", "perencanaan@kpu.example"))

    assert (outcome.label, outcome.efek, outcome.surat) == ("laporan dicatat", (), ())


def test_a_report_that_returns_no_letter_of_ours_marks_nothing() -> None:
    outcome = outcome_of(report("umum@kpu.example", returns="<1@lain.example>"))

    assert (outcome.label, outcome.efek, outcome.surat) == ("laporan dicatat", (), ())


def test_a_mail_that_asks_robots_for_silence_counts_and_gets_none() -> None:
    incoming = mail("umum", "", answers="umum", files=(GOOD,), x_auto_response_suppress="All")

    outcome = outcome_of(incoming, (GOOD,))

    assert (outcome.stores_data, outcome.surat) == (True, ())


def test_a_form_in_a_bounce_is_never_read() -> None:
    outcome = outcome_of(replace(report("umum@kpu.example"), lampiran=(GOOD[0],)), (GOOD,))

    assert (outcome.verdict, outcome.stores_data) == ("bounce", False)


def absence(sender: str = "umum", answers: str = "umum") -> IncomingMail:
    return mail(sender, "Saya sedang cuti.", answers=answers, auto_submitted="auto-replied")


IS_AWAY = NoteAbsence(Absence("umum", None, alamat="umum@kpu.example"))


@pytest.mark.parametrize(
    ("incoming", "unit", "noted"),
    [
        pytest.param(absence(), "umum", (IS_AWAY,), id="a respondent"),
        pytest.param(absence(answers=""), "umum", (), id="a respondent, by From alone"),
        pytest.param(absence("penyusun", ""), None, (), id="a penyusun"),
        pytest.param(absence("robot@lain.example", ""), None, (), id="a stranger"),
    ],
)
def test_an_absence_is_noted_and_never_answered(
    incoming: IncomingMail, unit: str | None, noted: tuple[NoteAbsence, ...]
) -> None:
    outcome = outcome_of(incoming)

    assert (outcome.verdict, outcome.label, outcome.unit) == ("auto_reply", "balasan otomatis", unit)
    assert (outcome.efek, outcome.surat) == (noted, ())


AWAY = {
    "a last day": ("Saya cuti s.d. 5 Desember 2026.", date(2026, 12, 5)),
    "a day without a year": ("Dinas luar sampai dengan tanggal 9 Oktober, mohon maaf.", date(2026, 10, 9)),
    "numbers": ("Cuti sampai 16/10/2026", date(2026, 10, 16)),
    "two days": ("Cuti s/d 5 Oktober 2026, dinas luar hingga 7 Oktober 2026.", date(2026, 10, 7)),
    "English": ("I am out of the office until Monday, 12 October 2026.", date(2026, 10, 12)),
}


@pytest.mark.parametrize(("words", "last"), AWAY.values(), ids=AWAY.keys())
def test_an_automatic_reply_tells_until_when_somebody_is_away(words: str, last: date) -> None:
    outcome = outcome_of(mail("umum", words, answers="umum", auto_submitted="auto-replied"))

    assert outcome.efek == (NoteAbsence(Absence("umum", last, alamat="umum@kpu.example")),)


def test_an_automatic_reply_without_a_day_to_come_says_nothing_of_absence() -> None:
    over = "Cuti s.d. 5 Januari 2026 telah berakhir."

    outcome = outcome_of(mail("umum", over, answers="umum", auto_submitted="auto-replied"))

    assert outcome.efek == ()


def test_a_genuine_form_inside_an_automatic_reply_counts_silently() -> None:
    outcome = outcome_of(replace(absence(), lampiran=(GOOD[0],)), (GOOD,))

    assert (outcome.verdict, outcome.label, outcome.surat) == ("auto_reply", "tanda terima", ())
    assert outcome.stores_data


def test_a_retyped_form_inside_an_automatic_reply_does_not() -> None:
    outcome = outcome_of(replace(absence(), lampiran=(RETYPED[0],)), (RETYPED,))

    assert (outcome.label, outcome.efek, outcome.surat) == ("balasan otomatis", (IS_AWAY,), ())


def test_the_answers_id_is_that_of_the_archive() -> None:
    outcome = outcome_of(replace(mail("umum", "", answers="umum"), lampiran=(GOOD[0],)), (GOOD,))

    assert [letter.kunci for letter in outcome.surat] == [f"surel.{MAIL_ID}.tanda-terima"]
