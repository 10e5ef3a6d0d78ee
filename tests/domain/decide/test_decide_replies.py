"""What a respondent's or a stranger's mail leads to, line by line of DESIGN section 4."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import pytest

from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, ReadResult
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.mail.letters.guidance import IsiPetunjuk
from kinerja_mailbot.domain.mail.outcome import HoldMail, KeepEvidence, Outcome, ReleaseMail, StoreSubmission
from kinerja_mailbot.domain.mail.thread import make_message_id
from kinerja_mailbot.domain.policy import Keamanan
from kinerja_mailbot.domain.sop.state import FileOnRecord, KeadaanPeriode
from tests.domain.collection import ME, SEKRETARIS, TEKNIS, UMUM, period_with, request
from tests.domain.decide.office_mail import (
    ARRIVED,
    ATURAN,
    FACTS,
    MAIL_ID,
    PERIOD,
    asked,
    attached,
    brief,
    mail,
    outcome_of,
    unreadable,
    workbook,
)
from tests.domain.office import wit

File = tuple[Attachment, ReadResult | None]

GOOD = attached(workbook(UMUM, 80, 90))
WRONG = attached(workbook(UMUM, 80, "delapan puluh lima koma"))
BLANK = attached(workbook(UMUM, None, None))
RETYPED = attached(workbook(UMUM, 80, 90, signed=False))
THEIRS = attached(workbook(TEKNIS, 80, 90))
LAST_QUARTER = attached(workbook(UMUM, 80, 90, periode="2026-TW2"))
PDF = attached(name="LHP.pdf", kind=FileKind.PDF)
PHOTO = attached(name="IMG_1.jpg", kind=FileKind.IMAGE)
LINK = "Datanya di https://docs.google.com/spreadsheets/d/1"
KETAT = replace(FACTS, aturan=replace(ATURAN, keamanan=Keamanan.KETAT))
CLOSED = replace(FACTS, periode=(replace(PERIOD, keadaan=KeadaanPeriode.DITUTUP),))

TO_UMUM, TO_PENYUSUN = "umum@kpu.example", "penyusun@kpu.example"
RECEIPT, MEND = f"tanda-terima > {TO_UMUM}", f"perbaikan > {TO_UMUM}"
GUIDE, ASK = f"petunjuk > {TO_UMUM}", f"benarkah > {TO_UMUM}"


def umum(text: str = "Terlampir.", *files: File, proven: bool = False, answers: str = "umum") -> IncomingMail:
    return mail("umum", text, answers=answers, proven=proven, files=files)


def stranger(*files: File) -> IncomingMail:
    return mail("orang@rumah.example", "Terlampir.", files=files)


class Case(NamedTuple):
    """What comes, with which files, what we know; then the label, the kinds of effects and the letters."""

    name: str
    mail: IncomingMail
    files: tuple[File, ...]
    known: Facts
    label: str
    effects: list[str]
    letters: list[str]


TABLE = (
    Case("a complete form", umum("", GOOD), (GOOD,), FACTS, "tanda terima", ["StoreSubmission"], [RECEIPT]),
    Case("a form with mistakes", umum("", WRONG), (WRONG,), FACTS, "perbaikan", ["StoreSubmission"], [MEND]),
    Case("the blank form", umum("", BLANK), (BLANK,), FACTS, "petunjuk", [], [GUIDE]),
    Case("only a pdf", umum("", PDF), (PDF,), FACTS, "petunjuk", ["KeepEvidence"], [GUIDE]),
    Case(
        "a form and a pdf",
        umum("", GOOD, PDF),
        (GOOD, PDF),
        FACTS,
        "tanda terima",
        ["StoreSubmission", "KeepEvidence"],
        [RECEIPT],
    ),
    Case("only words", umum("Masih disusun."), (), FACTS, "petunjuk", [], [GUIDE, f"terusan > {TO_PENYUSUN}"]),
    Case(
        "a question",
        umum("Apa arti PAGU?"),
        (),
        FACTS,
        "pertanyaan diteruskan",
        [],
        ["kabar > umum@kpu.example", f"terusan > {TO_PENYUSUN}"],
    ),
    Case("nothing at all", umum(""), (), FACTS, "petunjuk", [], [GUIDE]),
    Case("a link", umum(LINK), (), FACTS, "petunjuk", [], [GUIDE]),
    Case(
        "a locked file",
        umum("", attached(unreadable(Obstacle.ENCRYPTED))),
        (attached(unreadable(Obstacle.ENCRYPTED)),),
        FACTS,
        "petunjuk",
        [],
        [GUIDE],
    ),
    Case(
        "a broken file",
        umum("", attached(unreadable(Obstacle.DAMAGED))),
        (attached(unreadable(Obstacle.DAMAGED)),),
        FACTS,
        "petunjuk",
        [],
        [GUIDE],
    ),
    Case("another unit's form", umum("", THEIRS), (THEIRS,), FACTS, "petunjuk", [], [GUIDE]),
    Case("another period's form", umum("", LAST_QUARTER), (LAST_QUARTER,), FACTS, "petunjuk", [], [GUIDE]),
    Case(
        "two different forms",
        umum("", GOOD, attached(workbook(UMUM, 70, 70), "lama.xlsx")),
        (GOOD, attached(workbook(UMUM, 70, 70), "lama.xlsx")),
        FACTS,
        "petunjuk",
        [],
        [GUIDE],
    ),
    Case(
        "the same form twice", umum("", GOOD, GOOD), (GOOD, GOOD), FACTS, "tanda terima", ["StoreSubmission"], [RECEIPT]
    ),
    Case(
        "a form, nothing open",
        umum("", GOOD),
        (GOOD,),
        CLOSED,
        "tidak ada permintaan",
        [],
        [f"tidak-ada-permintaan > {TO_UMUM}"],
    ),
    Case(
        "a retyped form in our thread",
        umum("", RETYPED),
        (RETYPED,),
        FACTS,
        "tanda terima",
        ["StoreSubmission"],
        [RECEIPT],
    ),
    Case(
        "a retyped form, vouched for",
        umum("", RETYPED, proven=True, answers=""),
        (RETYPED,),
        FACTS,
        "tanda terima",
        ["StoreSubmission"],
        [RECEIPT],
    ),
    Case(
        "a retyped form without proof", umum("", RETYPED, answers=""), (RETYPED,), FACTS, "ditahan", ["HoldMail"], [ASK]
    ),
    Case(
        "a genuine form outside of any thread",
        umum("", GOOD, answers=""),
        (GOOD,),
        FACTS,
        "tanda terima",
        ["StoreSubmission"],
        [RECEIPT],
    ),
    Case("ketat: a genuine form in our thread", umum("", GOOD), (GOOD,), KETAT, "ditahan", ["HoldMail"], [ASK]),
    Case(
        "ketat: vouched for, and in our thread",
        umum("", GOOD, proven=True),
        (GOOD,),
        KETAT,
        "tanda terima",
        ["StoreSubmission"],
        [RECEIPT],
    ),
    Case("a stranger with a genuine form", stranger(GOOD), (GOOD,), FACTS, "ditahan", ["HoldMail"], [ASK]),
    Case("a stranger with a retyped form", stranger(RETYPED), (RETYPED,), FACTS, "disimpan", [], []),
    Case("a stranger", stranger(PDF), (PDF,), FACTS, "disimpan", [], []),
    Case(
        "a stranger's form that its owner released",
        stranger(GOOD),
        (GOOD,),
        replace(FACTS, dilepas=True),
        "tanda terima",
        ["StoreSubmission"],
        [RECEIPT],
    ),
)
IDS = [case.name for case in TABLE]


def kinds(outcome: Outcome) -> list[str]:
    return [type(effect).__name__ for effect in outcome.efek]


@pytest.mark.parametrize("case", TABLE, ids=IDS)
def test_every_mail_has_its_consequences(case: Case) -> None:
    outcome = outcome_of(case.mail, case.files, case.known)

    assert (outcome.label, kinds(outcome), brief(outcome.surat)) == (case.label, case.effects, case.letters)


@pytest.mark.parametrize("case", TABLE, ids=IDS)
def test_only_registered_addresses_are_written_to(case: Case) -> None:
    outcome = outcome_of(case.mail, case.files, case.known)

    written_to = {a for letter in outcome.surat for p in (*letter.kepada, *letter.tembusan) for a in p.alamat}
    assert written_to <= FACTS.daftar.addresses()


@pytest.mark.parametrize("case", TABLE, ids=IDS)
def test_the_same_mail_always_leads_to_the_same(case: Case) -> None:
    assert outcome_of(case.mail, case.files, case.known) == outcome_of(case.mail, case.files, case.known)


def stored(outcome: Outcome) -> StoreSubmission:
    return next(effect for effect in outcome.efek if isinstance(effect, StoreSubmission))


def test_a_complete_form_becomes_the_first_revision() -> None:
    outcome = outcome_of(umum("", GOOD), (GOOD,))

    found = stored(outcome)
    assert found == StoreSubmission(
        periode="2026-TW3",
        unit="umum",
        revisi=1,
        nomor="TRM-2026-TW3-UKL-01",
        surel_id=MAIL_ID,
        tiba_at=ARRIVED,
        tepat_waktu=True,
        berkas=FileOnRecord(nama="isian.xlsx", ukuran=9, sha256="isian.xlsx", surel_id=MAIL_ID),
        hasil=found.hasil,
        batas_at=None,
    )
    assert (found.hasil.terisi, found.hasil.seluruh, found.hasil.is_complete) == (2, 2, True)
    assert (outcome.verdict, outcome.periode, outcome.unit) == ("reply", "2026-TW3", "umum")


def test_a_form_with_mistakes_keeps_the_good_rows_and_never_shortens_the_deadline() -> None:
    found = stored(outcome_of(umum("", WRONG), (WRONG,)))

    assert [(cell.baris, str(cell.nilai)) for cell in found.hasil.tersimpan if cell.kolom == "realisasi_tw"] == [
        ("UKL-01", "80")
    ]
    assert found.batas_at == wit("2026-10-02 08.30")


def test_a_late_form_is_stored_as_late_and_gets_time_to_mend_it() -> None:
    late = wit("2026-10-05 09.00")
    known = replace(FACTS, now=late)

    found = stored(outcome_of(replace(umum("", WRONG), tiba_at=late), (WRONG,), known))

    assert (found.tepat_waktu, found.batas_at) == (False, wit("2026-10-05 14.00"))


def test_the_first_form_decides_whether_a_unit_was_punctual() -> None:
    late = wit("2026-10-05 09.00")
    before = replace(asked(UMUM), revisi=1, tepat_waktu=True)
    known = replace(FACTS, now=late, periode=(period_with(before),))

    found = stored(outcome_of(replace(umum("", GOOD), tiba_at=late), (GOOD,), known))

    assert (found.revisi, found.tepat_waktu) == (2, True)


def test_a_mail_is_judged_by_its_arrival_and_not_by_when_it_is_read() -> None:
    read_late = replace(FACTS, now=ARRIVED + timedelta(days=9))

    assert stored(outcome_of(umum("", GOOD), (GOOD,), read_late)).tepat_waktu


def test_guidance_encloses_the_form_again_and_names_the_file() -> None:
    [letter] = outcome_of(umum("", PDF), (PDF,)).surat

    [form] = letter.lampiran
    assert isinstance(form, FormFile)
    assert (form.meta.unit, form.meta.periode) == ("umum", "2026-TW3")
    assert isinstance(letter.isi, IsiPetunjuk)
    assert "LHP.pdf" in letter.isi.temuan


def test_pdf_and_photo_are_kept_as_evidence() -> None:
    outcome = outcome_of(umum("", PDF, PHOTO), (PDF, PHOTO))

    files = tuple(FileOnRecord(nama=n, ukuran=9, sha256=n, surel_id=MAIL_ID) for n in ("LHP.pdf", "IMG_1.jpg"))
    assert outcome.efek == (KeepEvidence(periode="2026-TW3", unit="umum", berkas=files),)


def test_a_held_mail_is_asked_about_in_a_letter_of_its_own_thread() -> None:
    outcome = outcome_of(stranger(GOOD), (GOOD,))

    [question] = outcome.surat
    assert outcome.efek == (HoldMail(surel_id=MAIL_ID, unit="umum", periode="2026-TW3"),)
    assert (question.kunci, question.unit, question.utas) == (f"surel.{MAIL_ID}.benarkah", "umum", None)


def answer_to_question(held: int, text: str = "YA", sender: str = "umum") -> IncomingMail:
    question = make_message_id(ME, f"surel.{held}.benarkah", "2026-TW3", "umum")
    return mail(sender, text, answers=question)


def test_ya_releases_exactly_the_mail_that_was_asked_about() -> None:
    known = replace(FACTS, ditahan=(5, 6, 7))

    outcome = outcome_of(answer_to_question(6), (), known)

    assert (outcome.label, outcome.efek, outcome.surat) == ("dilepas", (ReleaseMail(6),), ())


NO_RELEASE = (
    ("no", answer_to_question(6, "Bukan dari kami."), FACTS),
    ("a doubtful yes", answer_to_question(6, "Ya?"), FACTS),
    ("another mail's question", answer_to_question(9), FACTS),
    ("another unit's official", answer_to_question(6, sender="teknis"), FACTS),
    ("a stranger", answer_to_question(6, sender="orang@rumah.example"), FACTS),
    ("yes without the thread", mail("umum", "YA"), FACTS),
)


@pytest.mark.parametrize(("name", "incoming", "known"), NO_RELEASE, ids=[row[0] for row in NO_RELEASE])
def test_nothing_else_releases_a_held_mail(name: str, incoming: IncomingMail, known: Facts) -> None:  # noqa: ARG001
    outcome = outcome_of(incoming, (), replace(known, ditahan=(5, 6, 7)))

    assert "ReleaseMail" not in kinds(outcome)


def test_the_form_says_which_period_it_is_for() -> None:
    older = replace(period_with(replace(asked(UMUM), periode="2026-TW2")), periode=replace(PERIOD.periode, nomor=2))
    known = replace(FACTS, periode=(older, PERIOD))

    outcome = outcome_of(umum("", LAST_QUARTER), (LAST_QUARTER,), known)

    assert stored(outcome).periode == "2026-TW2"


def test_the_subject_tag_says_which_period_a_retyped_form_is_for() -> None:
    older = replace(period_with(replace(asked(UMUM), periode="2026-TW2")), periode=replace(PERIOD.periode, nomor=2))
    known = replace(FACTS, periode=(older, PERIOD))
    tagged = mail("umum", "", proven=True, files=(RETYPED,), subject="[KINERJA 2026-TW2 UKL] isian")

    assert stored(outcome_of(tagged, (RETYPED,), known)).periode == "2026-TW2"


def test_the_sekretaris_is_asked_like_a_subbag() -> None:
    form = attached(workbook(SEKRETARIS, 80, 90))

    outcome = outcome_of(mail("sekretaris", "", answers="sekretaris", files=(form,)), (form,))

    assert (stored(outcome).nomor, brief(outcome.surat)) == (
        "TRM-2026-TW3-SEK-01",
        ["tanda-terima > sekretaris@kpu.example"],
    )


LIMIT = ATURAN.batasan.jawaban_per_hari


@pytest.mark.parametrize(
    ("answered", "letters"),
    [
        pytest.param(LIMIT - 1, [RECEIPT], id="one is left"),
        pytest.param(LIMIT, [f"batas-jawaban > {TO_UMUM}"], id="the last one says so"),
        pytest.param(LIMIT + 1, [], id="silence afterwards"),
    ],
)
def test_a_day_has_a_limited_number_of_answers_and_data_is_stored_all_the_same(
    answered: int, letters: list[str]
) -> None:
    outcome = outcome_of(umum("", GOOD), (GOOD,), replace(FACTS, dijawab_hari_ini=answered))

    assert (kinds(outcome), brief(outcome.surat)) == (["StoreSubmission"], letters)


def test_what_goes_to_somebody_else_is_not_limited_by_the_sender() -> None:
    outcome = outcome_of(umum("Apa arti PAGU?"), (), replace(FACTS, dijawab_hari_ini=LIMIT + 3))

    assert brief(outcome.surat) == [f"terusan > {TO_PENYUSUN}"]


def test_a_unit_without_a_request_is_told_that_nothing_is_open() -> None:
    known = replace(FACTS, periode=(period_with(request(TEKNIS)),))

    outcome = outcome_of(umum("", GOOD), (GOOD,), known)

    assert outcome.label == "tidak ada permintaan"
