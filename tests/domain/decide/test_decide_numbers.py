"""Answers by number: what they make of the record, and what of them is asked again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import pytest

from kinerja_mailbot.domain.decide.answered import Applied, answers_in
from kinerja_mailbot.domain.form.check import check_form
from kinerja_mailbot.domain.form.checked import CheckedForm
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Form, Row, Sheet, TidakMenurun, WajibBila
from kinerja_mailbot.domain.form.value import Mark, RawCell, RawValue, Value
from kinerja_mailbot.domain.form.workbook import FileKind, RawSheet, RawWorkbook
from kinerja_mailbot.domain.mail.asked import Asked
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.thread import make_message_id
from tests.domain.collection import ME, TW3, UMUM, facts, period_with, request
from tests.domain.decide.office_mail import ARRIVED, ATURAN

T = ColumnType
CAPAIAN = Sheet(
    id="capaian",
    judul="Capaian",
    kolom=(
        Column(kunci="kode", judul="Kode", jenis=T.TEKS),
        Column(kunci="satuan", judul="Satuan", jenis=T.TEKS),
        Column(kunci="realisasi_lalu", judul="Realisasi lalu", jenis=T.UKURAN),
        Column(kunci="realisasi_kum", judul="Realisasi", jenis=T.UKURAN, isian=True, wajib=True),
        Column(kunci="penghambat", judul="Penghambat", jenis=T.TEKS, isian=True),
        Column(kunci="bukti", judul="Bukti", jenis=T.TEKS, isian=True),
    ),
    baris=(
        Row("A", (("satuan", "%"), ("target_tw", Decimal(80)), ("rumus", "POS"))),
        Row(
            "B",
            (
                ("satuan", "laporan"),
                ("target_tw", Decimal(3)),
                ("rumus", "POS"),
                ("sifat", "akumulatif"),
                ("realisasi_lalu", Decimal(5)),
            ),
        ),
        Row("C", (("satuan", "%"), ("target_tw", Decimal(50)), ("rumus", "POS"))),
        Row("D", (("satuan", "orang"),)),
    ),
    aturan=(
        WajibBila(kolom="penghambat", bila="capaian", kurang_dari=Decimal(100)),
        TidakMenurun(kolom="realisasi_kum", dari="realisasi_lalu", catatan="penghambat"),
    ),
)
LHP = Sheet(
    id="lhp",
    judul="LHP",
    kolom=(
        Column(kunci="no_lhp", judul="Nomor LHP", jenis=T.TEKS, isian=True, wajib=True),
        Column(kunci="jumlah", judul="Jumlah Temuan", jenis=T.JUMLAH, isian=True, wajib=True),
        Column(kunci="berkas", judul="Berkas", jenis=T.TEKS, isian=True),
    ),
    baris_kosong=3,
    kunci=("no_lhp",),
    nihil="Tidak ada LHP",
)
FORM = Form(id="f", versi=1, judul="Format", lembar=(CAPAIAN, LHP))


def filled(*realisasi: RawValue, lhp: tuple[tuple[RawValue, ...], ...] = ()) -> RawWorkbook:
    rows: list[tuple[RawValue, ...]] = [("Kode", "Satuan", "Realisasi lalu", "Realisasi", "Penghambat", "Bukti")]
    rows += [
        (row.kode, str(row.get("satuan")), None, typed) for row, typed in zip(CAPAIAN.baris, realisasi, strict=True)
    ]
    listed: list[tuple[RawValue, ...]] = [("Tidak ada LHP",), ("Nomor LHP", "Jumlah Temuan", "Berkas"), *lhp]
    sheets = (("Capaian", rows), ("LHP", listed))
    return RawWorkbook(
        kind=FileKind.XLSX,
        sheets=tuple(
            RawSheet(name=name, rows=tuple(tuple(RawCell(value) for value in row) for row in table))
            for name, table in sheets
        ),
    )


# 1: A is 12,5 or 12500; 2: B fell without a reason; 3: D is empty; 4: LHP is neither filled nor nihil; 5: C is odd.
TYPED = filled("12.500", 3, 120, None)
FIRST = check_form(FORM, TYPED)
LIST = Asked(
    periode=TW3.kode,
    unit="umum",
    revisi=1,
    nomor="TRM-2026-TW3-UKL-01",
    surel_id=5,
    sel=tuple(cell for cell in FIRST.sel if cell.nomor),
)
REQUEST = replace(request(UMUM), form=FORM, sel=FIRST.tersimpan, revisi=1)
FACTS = replace(facts(ARRIVED, ATURAN), periode=(period_with(REQUEST),), pertanyaan=(LIST,))
LETTER = make_message_id(ME, "surel.5.perbaikan", TW3.kode, "umum")


def said(text: str, *, answers: str = LETTER, subject: str = "Re: data kinerja") -> IncomingMail:
    return IncomingMail(id=9, tiba_at=ARRIVED, in_reply_to=(answers,) if answers else (), subjek=subject, teks=text)


def applied(text: str, known: Facts = FACTS, answers: str = LETTER) -> Applied:
    found = answers_in(said(text, answers=answers), REQUEST, TW3, known)
    assert found is not None
    return found


def after(text: str) -> CheckedForm:
    checked = applied(text).hasil
    assert checked is not None
    return checked


def value(checked: CheckedForm, baris: str, kolom: str = "realisasi_kum") -> Value | None:
    return next((c.nilai for c in checked.tersimpan if (c.baris, c.kolom) == (baris, kolom)), None)


def open_rows(checked: CheckedForm) -> list[tuple[str, str]]:
    return [(cell.baris, cell.kolom) for cell in checked.to_fix]


def test_the_questions_are_numbered_what_must_be_mended_first() -> None:
    assert [(cell.nomor, cell.baris) for cell in LIST.sel] == [(1, "A"), (2, "B"), (5, "C"), (3, "D"), (4, "*")]


class Case(NamedTuple):
    name: str
    text: str
    stored: dict[tuple[str, str], Value]
    still: list[str]  # rows that are asked about afterwards


CASES = [
    Case("a choice", "1b", {("A", "realisasi_kum"): Decimal(12500)}, ["B", "D", "*"]),
    Case("a value", "3: 12 orang", {("D", "realisasi_kum"): Decimal(12)}, ["A", "B", "*"]),
    Case("a value instead of a choice", "1: 81", {("A", "realisasi_kum"): Decimal(81)}, ["B", "D", "*"]),
    Case("by a cell's address", "D5: 7", {("D", "realisasi_kum"): Decimal(7)}, ["A", "B", "*"]),
    Case("a smaller value that is right after all", "2: 6", {("B", "realisasi_kum"): Decimal(6)}, ["A", "D", "*"]),
    Case(
        "right, with the reason that the rule asks for",
        "2 benar: laporan dihitung ganda",
        {("B", "realisasi_kum"): Decimal(3), ("B", "penghambat"): "laporan dihitung ganda"},
        ["A", "D", "*"],
    ),
    Case("right without the reason", "2 benar", {}, ["A", "B", "D", "*"]),
    Case("a sheet declared empty", "4: Ya", {("*", "nihil"): Mark.NIHIL}, ["A", "B", "D"]),
    Case("a value that is unclear again", "3: lOO", {}, ["A", "B", "D", "*"]),
    Case("too little for its target", "1: 20", {("A", "realisasi_kum"): Decimal(20)}, ["A", "B", "D", "*"]),
    Case(
        "all at once",
        "1: 80, 2 benar: hitung ganda\n3: 4\n4: nihil\n5 benar",
        {
            ("A", "realisasi_kum"): Decimal(80),
            ("B", "realisasi_kum"): Decimal(3),
            ("C", "realisasi_kum"): Decimal(120),
            ("D", "realisasi_kum"): Decimal(4),
        },
        [],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_answer_is_stored_by_the_same_rules_as_a_file(case: Case) -> None:
    checked = after(case.text)

    assert {place: value(checked, *place) for place in case.stored} == case.stored
    assert [cell.baris for cell in checked.to_fix] == case.still


def test_what_was_stored_stays_and_what_was_confirmed_is_not_doubted_again() -> None:
    checked = after("5 benar: pemilihan serentak")

    assert value(checked, "C") == Decimal(120)
    assert value(checked, "C", "penghambat") == "pemilihan serentak"
    assert [cell.nomor for cell in checked.sel if cell.baris == "C"] == [0, 0]
    assert (value(checked, "A"), open_rows(checked)[0]) == (None, ("A", "realisasi_kum"))


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        pytest.param("9a", "Nomor 9 tidak tercantum pada daftar yang dijawab; mohon diperiksa nomornya.", id="none"),
        pytest.param(
            "1c",
            'Nomor 1 dijawab "c", sedangkan pilihan itu tidak ada; mohon dijawab dengan "1a" atau "1b".',
            id="no such choice",
        ),
        pytest.param(
            "1a, 1b",
            "Nomor 1 dijawab lebih dari satu kali dengan jawaban yang berbeda; mohon dijawab sekali saja.",
            id="two answers",
        ),
        pytest.param(
            "1 a atau b?",
            'Jawaban nomor 1 ("a atau b?") belum dapat kami pastikan; mohon dijawab dengan "1a" atau "1b".',
            id="in doubt",
        ),
        pytest.param(
            "3 benar",
            'Nomor 3 memerlukan isian, bukan pernyataan benar; mohon dijawab dengan isiannya, misalnya "3: …".',
            id="nothing to confirm",
        ),
        pytest.param(
            "1 benar",
            'Nomor 1 memerlukan isian, bukan pernyataan benar; mohon dijawab dengan "1a" atau "1b".',
            id="which one is right",
        ),
    ],
)
def test_what_can_not_be_used_is_said_and_changes_nothing(text: str, remark: str) -> None:
    assert applied(text) == Applied(None, (remark,))


def test_one_value_for_several_cells_is_asked_about_and_each_can_be_named() -> None:
    first = check_form(FORM, filled(80, 6, None, None))
    asked = replace(LIST, sel=tuple(cell for cell in first.sel if cell.nomor))
    doubled = tuple(replace(cell, nomor=7) if cell.baris in {"C", "D"} else cell for cell in asked.sel)
    known = replace(FACTS, pertanyaan=(replace(asked, sel=doubled),))

    assert applied("7: 60", known).catatan == (
        'Nomor 7 memuat 2 sel sehingga satu jawaban belum cukup; mohon dijawab untuk setiap sel, misalnya "D4: 12", '
        "atau melalui berkas terlampir.",
    )
    named = applied("D4: 60\nD5: 3", known).hasil
    assert named is not None
    assert (value(named, "C"), value(named, "D")) == (Decimal(60), Decimal(3))


def test_an_older_letter_is_answered_by_its_own_numbers_and_what_is_settled_is_said() -> None:
    second = after("1: 80")
    newer = replace(LIST, revisi=2, surel_id=6, nomor="TRM-2026-TW3-UKL-02", sel=second.to_fix)
    known = replace(FACTS, pertanyaan=(newer, LIST))

    assert applied("1b", known).catatan == ("Nomor 1 sudah selesai sehingga jawabannya tidak mengubah data.",)
    old = applied("3: 4", known).hasil
    assert old is not None
    assert value(old, "D") == Decimal(4)
    newest = make_message_id(ME, "surel.6.perbaikan", TW3.kode, "umum")
    new = applied("2: 4", known, answers=newest).hasil
    assert new is not None
    assert value(new, "D") == Decimal(4)


def test_without_a_thread_the_receipt_number_tells_the_list_and_two_lists_are_never_guessed_between() -> None:
    other = replace(LIST, revisi=2, surel_id=6, nomor="TRM-2026-TW3-UKL-02")
    known = replace(FACTS, pertanyaan=(other, LIST))
    named = said("3: 4", answers="", subject="Re: Mohon perbaikan, tanda terima TRM-2026-TW3-UKL-01")

    found = answers_in(named, REQUEST, TW3, known)
    alone = answers_in(said("3: 4", answers=""), REQUEST, TW3, FACTS)
    unsure = answers_in(said("3: 4", answers=""), REQUEST, TW3, known)

    assert found is not None
    assert found.hasil is not None
    assert alone is not None
    assert alone.hasil is not None
    assert unsure is not None
    assert unsure.hasil is None


@pytest.mark.parametrize("text", ["Data menyusul besok.", "1. Mohon maaf\n2. Kami sedang dinas", ""])
def test_other_words_answer_nothing(text: str) -> None:
    assert answers_in(said(text), REQUEST, TW3, FACTS) is None


def test_nothing_was_asked() -> None:
    assert answers_in(said("1a"), REQUEST, TW3, replace(FACTS, pertanyaan=())) is None
