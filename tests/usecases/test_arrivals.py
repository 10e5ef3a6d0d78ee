"""Attachments as they really arrive: through the real parser and the sandbox, down to the answer's sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook

from kinerja_mailbot.adapters.form_workbook import FormWorkbookWriter
from kinerja_mailbot.adapters.mime import MimeParser
from kinerja_mailbot.adapters.sheets import SandboxedSheetReader, SandboxedUnpacker
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.domain.decide import decide
from kinerja_mailbot.domain.form.workbook import Obstacle
from kinerja_mailbot.domain.mail.chain import judge
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.letters.answers import IsiTandaTerima
from kinerja_mailbot.domain.mail.letters.enclosures import blank_form
from kinerja_mailbot.domain.mail.letters.guidance import IsiPetunjuk
from kinerja_mailbot.domain.mail.outcome import KeepEvidence, Outcome, StoreSubmission
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from kinerja_mailbot.domain.unit import Unit
from kinerja_mailbot.usecases.ports import ArchivedMail
from kinerja_mailbot.usecases.preview import preview_mail
from kinerja_mailbot.usecases.receive import Desk, decide_waiting, read_mail, read_sheets
from tests.containers import locked, outlook_item, winmail, zipped
from tests.domain.collection import TEKNIS, UMUM
from tests.domain.decide.office_mail import ARRIVED, ATURAN, FACTS, PERIOD, asked
from tests.usecases.fakes import FakeArchive
from tests.usecases.test_plan import PRESS

File = tuple[str, bytes]

MAILS = Path(__file__).parent.parent / "domain" / "mails"

OLDER = replace(PERIOD, periode=parse_periode("2026-TW2"), keadaan=KeadaanPeriode.DITUTUP)
KNOWN = replace(FACTS, periode=(OLDER, PERIOD))
PDF = ("LHP.pdf", b"%PDF-1.7 isi")
PHOTO = ("IMG_1.jpg", b"\xff\xd8\xff\xe0" + b"foto" * 9)
WORD = ("laporan.docx", zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")))
NOTE = ("catatan.txt", b"Data menyusul.")
RAR = ("data.rar", b"Rar!\x1a\x07\x00" + bytes(30))
SEVEN = ("data.7z", b"7z\xbc\xaf\x27\x1c" + bytes(30))
WEB = ("data.xls", b"<html><body><table><tr><td>85</td></tr></table></body></html>")
CSV = ("data.xls", b"Kode;Realisasi\nUKL-01;85\nUKL-02;90\n")
NOTHING = ("data.xlsx", b"")
LOCKED_BOOK = (
    "data.xlsx",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    + "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
    + b"\x22\x00"
    + bytes(512),
)
WPS = (
    "data.et",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    + "ETExtData".encode("utf-16-le").ljust(64, b"\0")
    + b"\x14\x00"
    + bytes(512),
)


@cache
def form(unit: Unit = UMUM, periode: str = "2026-TW3", *, filled: str = "80 90", versi: int = 1) -> bytes:
    """Return the unit's form, filled in by hand; "" leaves it blank."""
    period = replace(PERIOD, periode=parse_periode(periode))
    request = asked(unit)
    request = replace(request, periode=periode, form=replace(request.form, versi=versi))
    book = FormWorkbookWriter(ATURAN.kantor).write(blank_form(FACTS, period, request, unit))
    entries = [
        Entry("Capaian Kinerja", f"{unit.kode}-0{n}", "Realisasi", float(value))
        for n, value in enumerate(filled.split(), start=1)
    ]
    return fill_in(book, entries)


FORM = ("isian.xlsx", form())
BLANK = ("Format-Kinerja.xlsx", form(filled=""))
OTHER = ("revisi.xlsx", form(filled="70 75"))
THEIRS = ("teknis.xlsx", form(TEKNIS))
CLOSED = ("tw2.xlsx", form(periode="2026-TW2"))
NEXT_YEAR = ("tw1.xlsx", form(periode="2027-TW1"))
OLD = ("lama.xlsx", form(versi=7))
CUT = ("isian.xlsx", form()[:-300])


def foreign_book() -> bytes:
    """Return a workbook of the office's own making."""
    book, out = Workbook(), BytesIO()
    for sheet in book.worksheets:
        sheet["A1"].value = "Rincian belanja"
    book.save(out)
    return out.getvalue()


OWN_BOOK = ("rincian.xlsx", foreign_book())


def letter(*files: File, text: str = "Terlampir.", html: str = "", inside: Sequence[bytes] = ()) -> bytes:
    """Return a reply of Umum in our thread, as a mail program writes it."""
    message = EmailMessage()
    message["From"] = "Umum <umum@kpu.example>"
    message["To"] = "bot@kpu.example"
    message["Subject"] = "Re: data kinerja"
    message["Message-ID"] = "<jawaban@hp.example>"
    message["In-Reply-To"] = next(r.message_id for r in PERIOD.permintaan if r.unit == "umum")
    message.set_content(html or text, subtype="html" if html else "plain")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    for mail in inside:
        message.add_attachment(mail, maintype="message", subtype="x-pass", filename="terusan.eml")
    return message.as_bytes().replace(b"message/x-pass", b"message/rfc822")


@dataclass(frozen=True)
class Office:
    """A desk with the real parser and the real sandbox."""

    desk: Desk

    def decide(self, raw: bytes, known: Facts = KNOWN) -> tuple[IncomingMail, Outcome]:
        mail = read_mail(self.desk, raw, 17, ARRIVED)
        verdict = judge(mail, known)
        return mail, decide(mail, verdict, known, read_sheets(self.desk, mail, verdict))


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with SandboxedSheetReader() as sheets:
        yield Office(Desk(MimeParser(), sheets, PRESS, SandboxedUnpacker(sheets.sandbox)))


class Counted(NamedTuple):
    """A mail whose form counts, with the file that does, and what is kept beside it."""

    name: str
    raw: Callable[[], bytes]
    berkas: str
    dukung: tuple[str, ...] = ()


COUNTED = (
    Counted("as attached", lambda: letter(FORM), "isian.xlsx"),
    Counted("in a zip", lambda: letter(("data.zip", zipped(FORM))), "isian.xlsx"),
    Counted("in a zip named .xlsx", lambda: letter(("isian.xlsx", zipped(("dalam.xlsx", form())))), "dalam.xlsx"),
    Counted(
        "in a folder of a zip, with a Mac's litter",
        lambda: letter(("data.zip", zipped(("TW3/isian.xlsx", form()), ("__MACOSX/._isian.xlsx", b"litter")))),
        "isian.xlsx",
    ),
    Counted(
        "in a zip with its proofs",
        lambda: letter(("data.zip", zipped(PDF, FORM, PHOTO))),
        "isian.xlsx",
        ("LHP.pdf", "IMG_1.jpg"),
    ),
    Counted("in a zip, the proofs beside it", lambda: letter(PDF, ("d.zip", zipped(FORM))), "isian.xlsx", ("LHP.pdf",)),
    Counted("in a winmail.dat", lambda: letter(("winmail.dat", winmail(FORM, PDF))), "isian.xlsx", ("LHP.pdf",)),
    Counted(
        "in a zip in a winmail.dat", lambda: letter(("winmail.dat", winmail(("d.zip", zipped(FORM))))), "isian.xlsx"
    ),
    Counted("in an Outlook item", lambda: letter(("Re.msg", outlook_item(FORM, PDF))), "isian.xlsx", ("LHP.pdf",)),
    Counted("in a mail inside an Outlook item", lambda: letter(("Re.msg", outlook_item((FORM,)))), "isian.xlsx"),
    Counted("in an attached mail", lambda: letter(inside=[letter(FORM)]), "isian.xlsx"),
    Counted("two mails deep", lambda: letter(inside=[letter(inside=[letter(FORM)])]), "isian.xlsx"),
    Counted("in a zip of an attached mail", lambda: letter(inside=[letter(("d.zip", zipped(FORM)))]), "isian.xlsx"),
    Counted("twice", lambda: letter(FORM, ("isian (1).xlsx", FORM[1])), "isian.xlsx"),
    Counted("once more in a zip", lambda: letter(FORM, ("d.zip", zipped(FORM))), "isian.xlsx"),
    Counted("beside the blank one", lambda: letter(BLANK, FORM), "isian.xlsx"),
    Counted(
        "with everything else",
        lambda: letter(FORM, PDF, PHOTO, WORD, NOTE, OWN_BOOK, RAR),
        "isian.xlsx",
        ("LHP.pdf", "IMG_1.jpg", "laporan.docx", "catatan.txt", "rincian.xlsx", "data.rar"),
    ),
    Counted(
        "with a zip in a zip", lambda: letter(FORM, ("a.zip", zipped(("b.zip", zipped(PDF))))), "isian.xlsx", ("b.zip",)
    ),
    Counted("beside a locked file", lambda: letter(FORM, LOCKED_BOOK, ("k.zip", locked(PDF))), "isian.xlsx"),
)


@pytest.mark.parametrize("case", COUNTED, ids=[case.name for case in COUNTED])
def test_a_form_counts_however_it_is_wrapped(office: Office, case: Counted) -> None:
    _, outcome = office.decide(case.raw())

    stored = [effect.berkas.nama for effect in outcome.efek if isinstance(effect, StoreSubmission)]
    kept = [file.nama for effect in outcome.efek if isinstance(effect, KeepEvidence) for file in effect.berkas]
    assert (outcome.label, stored, kept) == ("tanda terima", [case.berkas], list(case.dukung))


def test_the_receipt_lists_what_was_kept_and_says_what_was_set_aside(office: Office) -> None:
    _, outcome = office.decide(letter(FORM, THEIRS, CLOSED, ("d.zip", zipped(PDF))))

    (receipt,) = outcome.surat
    assert isinstance(receipt.isi, IsiTandaTerima)
    assert receipt.isi.terima.dukung == ("LHP.pdf",)
    assert receipt.isi.pemberitahuan == (
        'Berkas "teknis.xlsx" merupakan format untuk Subbagian Teknis dan tidak kami catat pada kiriman ini.',
        'Berkas "tw2.xlsx" merupakan format untuk Triwulan II Tahun 2026 dan tidak kami catat pada kiriman ini.',
    )


class Refused(NamedTuple):
    """A mail without a form that counts: the label of the reason, and how the answer begins."""

    name: str
    raw: Callable[[], bytes]
    alasan: str
    temuan: str
    kept: tuple[str, ...] = ()


DRIVE = "https://drive.google.com/file/d/1/view"
REFUSED = (
    Refused("nothing", lambda: letter(text=""), "tanpa_lampiran", "Surel telah kami terima, tetapi berkas isian"),
    Refused("only words", lambda: letter(text="Menyusul"), "tanpa_lampiran", "Surel telah kami terima, tetapi berkas"),
    Refused(
        "only a pdf", lambda: letter(PDF), "hanya_pdf_atau_foto", 'Berkas "LHP.pdf" telah kami terima dan', ("LHP.pdf",)
    ),
    Refused(
        "only photos in a zip",
        lambda: letter(("foto.zip", zipped(PHOTO))),
        "hanya_pdf_atau_foto",
        'Berkas "IMG_1.jpg" telah kami terima dan kami simpan sebagai data dukung',
        ("IMG_1.jpg",),
    ),
    Refused(
        "a web page named .xls", lambda: letter(WEB), "bukan_xlsx", 'Berkas "data.xls" telah kami terima, tetapi tidak'
    ),
    Refused("a csv named .xls", lambda: letter(CSV), "bukan_xlsx", 'Berkas "data.xls" telah kami terima, tetapi tidak'),
    Refused("a WPS file", lambda: letter(WPS), "bukan_xlsx", 'Berkas "data.et" telah kami terima, tetapi tidak'),
    Refused(
        "a Word document",
        lambda: letter(WORD),
        "dokumen_word",
        'Berkas "laporan.docx" merupakan dokumen Word',
        ("laporan.docx",),
    ),
    Refused(
        "a locked workbook", lambda: letter(LOCKED_BOOK), "terkunci", 'Berkas "data.xlsx" terkunci dengan kata sandi'
    ),
    Refused(
        "a locked zip", lambda: letter(("data.zip", locked(FORM))), "terkunci", 'Berkas "data.zip" terkunci dengan'
    ),
    Refused(
        "a locked workbook and a photo",
        lambda: letter(PHOTO, LOCKED_BOOK),
        "terkunci",
        'Berkas "data.xlsx"',
        ("IMG_1.jpg",),
    ),
    Refused("a rar", lambda: letter(RAR), "kemasan_lain", 'Berkas "data.rar" merupakan berkas kemasan', ("data.rar",)),
    Refused("a 7z", lambda: letter(SEVEN), "kemasan_lain", 'Berkas "data.7z" merupakan berkas kemasan', ("data.7z",)),
    Refused(
        "a form in a zip in a zip",
        lambda: letter(("luar.zip", zipped(("dalam.zip", zipped(FORM))))),
        "kemasan_lain",
        'Berkas "dalam.zip" merupakan berkas kemasan',
        ("dalam.zip",),
    ),
    Refused(
        "an empty zip",
        lambda: letter(("data.zip", zipped())),
        "kemasan_kosong",
        'Berkas "data.zip" telah kami terima, tetapi tidak memuat',
    ),
    Refused(
        "a zip of twenty-one files",
        lambda: letter(("data.zip", zipped(*((f"{n}.pdf", b"%PDF-1") for n in range(21))))),
        "kemasan_penuh",
        'Berkas "data.zip" memuat terlalu banyak berkas',
    ),
    Refused(
        "a cut zip", lambda: letter(("data.zip", zipped(PDF)[:-30])), "rusak", 'Berkas "data.zip" belum dapat kami baca'
    ),
    Refused("0 byte", lambda: letter(NOTHING), "rusak", 'Berkas "data.xlsx" belum dapat kami baca'),
    Refused("a cut workbook", lambda: letter(CUT), "rusak", 'Berkas "isian.xlsx" belum dapat kami baca'),
    Refused(
        "a cut workbook in a zip", lambda: letter(("d.zip", zipped(CUT))), "rusak", 'Berkas "isian.xlsx" belum dapat'
    ),
    Refused(
        "a cut winmail.dat",
        lambda: letter(("winmail.dat", winmail(FORM)[:80])),
        "winmail",
        "Surel telah kami terima, tetapi lampirannya tidak terkirim utuh",
    ),
    Refused(
        "a winmail.dat without files",
        lambda: letter(("winmail.dat", winmail())),
        "tanpa_lampiran",
        "Surel telah kami terima",
    ),
    Refused(
        "an Outlook item without files",
        lambda: letter(("Re.msg", outlook_item())),
        "surel_tanpa_format",
        "Surel yang dilampirkan telah kami terima",
    ),
    Refused(
        "an attached mail without files",
        lambda: letter(inside=[letter()]),
        "surel_tanpa_format",
        "Surel yang dilampirkan telah",
    ),
    Refused(
        "a link",
        lambda: letter(text=f"Datanya {DRIVE}"),
        "tautan",
        "Surel telah kami terima, tetapi berkas pada tautan",
    ),
    Refused(
        "a link behind words",
        lambda: letter(html=f'<p>Data <a href="{DRIVE}">TW3</a></p>'),
        "tautan",
        "Surel telah kami terima, tetapi berkas pada tautan",
    ),
    Refused(
        "a short link",
        lambda: letter(text="Silakan unduh di s.id/DataTW3"),
        "tautan",
        "Surel telah kami terima, tetapi berkas pada",
    ),
    Refused(
        "WeTransfer",
        lambda: letter(text="https://we.tl/t-1a2b3c"),
        "tautan",
        "Surel telah kami terima, tetapi berkas pada tautan",
    ),
    Refused(
        "OneDrive",
        lambda: letter(text="https://1drv.ms/x/s!Abc"),
        "tautan",
        "Surel telah kami terima, tetapi berkas pada",
    ),
    Refused(
        "the office's own page",
        lambda: letter(text="Lihat https://kab-sorong.kpu.go.id/data"),
        "tanpa_lampiran",
        "Surel telah kami",
    ),
    Refused(
        "a workbook that is no form",
        lambda: letter(OWN_BOOK),
        "bukan_format",
        'Berkas "rincian.xlsx" telah kami terima, tetapi bukan',
    ),
    Refused(
        "the blank form",
        lambda: letter(BLANK),
        "format_kosong",
        'Berkas "Format-Kinerja.xlsx" telah kami terima, tetapi kolom',
    ),
    Refused(
        "two different forms",
        lambda: letter(FORM, OTHER),
        "lebih_dari_satu",
        "Kami menerima lebih dari satu format isian dengan isi yang berbeda dalam satu surel "
        '("isian.xlsx", "revisi.xlsx") sehingga belum ada yang kami catat.',
    ),
    Refused(
        "two different forms in a zip",
        lambda: letter(("d.zip", zipped(FORM, OTHER))),
        "lebih_dari_satu",
        "Kami menerima lebih dari satu",
    ),
    Refused(
        "another unit's form",
        lambda: letter(THEIRS),
        "format_unit_lain",
        'Berkas "teknis.xlsx" telah kami terima, tetapi merupakan format milik Subbagian Teknis; data kedua unit',
    ),
    Refused(
        "a closed period's form",
        lambda: letter(CLOSED),
        "format_periode_ditutup",
        'Berkas "tw2.xlsx" telah kami terima, tetapi merupakan format untuk Triwulan II Tahun 2026 yang telah ditutup.',
    ),
    Refused(
        "a form of a period that nobody has opened",
        lambda: letter(NEXT_YEAR),
        "format_periode_lain",
        'Berkas "tw1.xlsx" telah kami terima, tetapi merupakan format untuk Triwulan I Tahun 2027.',
    ),
    Refused(
        "a version that is not known",
        lambda: letter(OLD),
        "format_versi_lama",
        'Berkas "lama.xlsx" telah kami terima, tetapi bukan versi format yang digunakan',
    ),
)


@pytest.mark.parametrize("case", REFUSED, ids=[case.name for case in REFUSED])
def test_every_other_arrival_has_a_sentence_of_its_own(office: Office, case: Refused) -> None:
    _, outcome = office.decide(case.raw())

    answer = outcome.surat[0].isi
    assert isinstance(answer, IsiPetunjuk)
    assert outcome.alasan.rpartition(": ")[2] == case.alasan
    assert answer.temuan.startswith(case.temuan)
    assert answer.langkah.startswith("Mohon ")
    kept = tuple(file.nama for effect in outcome.efek if isinstance(effect, KeepEvidence) for file in effect.berkas)
    assert kept == case.kept


class Remembering(FakeArchive):
    """Keeps the outcomes that were applied."""

    outcomes: tuple[Outcome, ...] = ()

    def apply(self, mail_id: int, outcome: Outcome, letters: Sequence[OutgoingMail], now: datetime) -> None:
        super().apply(mail_id, outcome, letters, now)
        self.outcomes = (*self.outcomes, outcome)


def test_a_mail_over_the_limit_is_answered_with_the_limit(office: Office) -> None:
    headers = letter(FORM).split(b"\n\n", 1)[0] + b"\n\n"
    waiting = {1: ArchivedMail(id=1, tiba_at=ARRIVED, percobaan=0, mentah=headers, terpotong=True)}
    archive = Remembering(waiting, open_periods=(PERIOD,))

    decide_waiting(archive, office.desk, KNOWN)

    (outcome,) = archive.outcomes
    answer = outcome.surat[0].isi
    assert isinstance(answer, IsiPetunjuk)
    assert answer.temuan.startswith("Surel telah kami terima, tetapi ukurannya melebihi batas")
    assert answer.sebab == "Batas ukuran satu surel beserta seluruh lampirannya adalah 25,0 MB."
    assert not answer.disimpan


def test_a_preview_shows_what_came_packed(office: Office) -> None:
    seen = preview_mail(office.desk, KNOWN, letter(("d.zip", zipped(PDF, FORM))), ARRIVED)

    assert [item.nama for item in seen.mail.lampiran] == ["LHP.pdf", "isian.xlsx"]
    assert seen.outcome.label == "tanda terima"


@pytest.mark.parametrize(("name", "content"), [PDF, FORM, WEB], ids=["pdf", "form", "web page"])
def test_what_came_packed_says_in_what(office: Office, name: str, content: bytes) -> None:
    mail, _ = office.decide(letter(("Data TW3.zip", zipped((name, content)))))

    assert [(item.nama, item.wadah, item.isi) for item in mail.lampiran] == [(name, "Data TW3.zip", content)]


def signed(*files: File) -> bytes:
    """Return a reply with what programs add: a signature, a visiting card, a Mac's shadow file."""
    types = (b"application/pkcs7-signature", b"text/vcard", b"application/applefile")
    shadows = tuple((f"{kind.decode().rpartition('/')[2]}.bin", b"\x00\x05\x16\x07" + kind) for kind in types)
    raw = letter(*shadows, *files)
    for kind in types:
        raw = raw.replace(b"application/octet-stream", kind, 1)
    return raw


def test_what_programs_add_is_neither_a_proof_nor_a_mistake(office: Office) -> None:
    mail, with_form = office.decide(signed(FORM))
    _, without = office.decide(signed())

    assert len(mail.lampiran) == 4
    assert [type(effect) for effect in with_form.efek] == [StoreSubmission]
    assert (without.alasan.rpartition(": ")[2], without.efek) == ("tanpa_lampiran", ())


FORM_NAME = "Format-Kinerja-2026-TW3-UKL.xlsx"
ON_FILE: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("reply-winmail", ((FORM_NAME, "xlsx"), ("LHP.pdf", "pdf"))),
    ("reply-winmail-cut", (("winmail.dat", "damaged"),)),
    ("reply-zip", ((FORM_NAME, "xlsx"),)),
    ("reply-zip-with-proofs", ((FORM_NAME, "xlsx"), ("LHP.pdf", "pdf"))),
    ("reply-zip-empty", (("data.zip", "empty"),)),
    ("reply-locked-zip", (("data.zip", "encrypted"),)),
    ("reply-msg", ((FORM_NAME, "xlsx"),)),
)


@pytest.mark.parametrize(("name", "files"), ON_FILE, ids=[row[0] for row in ON_FILE])
def test_a_mail_on_file_is_opened(office: Office, name: str, files: tuple[tuple[str, str], ...]) -> None:
    mail, _ = office.decide((MAILS / f"{name}.eml").read_bytes())

    assert tuple((item.nama, (item.halangan or item.jenis).value) for item in mail.lampiran) == files


def test_many_containers_are_not_all_opened(office: Office) -> None:
    mail, _ = office.decide(letter(*((f"{n}.zip", zipped((f"{n}.pdf", b"%PDF-1"))) for n in range(30))))

    assert [item.halangan for item in mail.lampiran] == [None] * 10 + [Obstacle.TOO_MANY] * 20
