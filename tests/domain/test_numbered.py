"""Answers beside numbers in a mail's text: every way of writing one, and every text that only looks like one."""

from __future__ import annotations

import pytest

from kinerja_mailbot.domain.mail.numbered import Benar, Isian, Jawaban, Kabur, Pilih, read_numbered

A, B = Pilih("a"), Pilih("b")


def one(label: str, isi: Pilih | Benar | Isian | Kabur) -> tuple[Jawaban, ...]:
    return (Jawaban(label, isi),)


def both(second: Pilih | Isian = B) -> tuple[Jawaban, ...]:
    return Jawaban("1", A), Jawaban("2", second)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        pytest.param("1a, 2b, 3: 85,5", (*both(), Jawaban("3", Isian("85,5"))), id="in one line"),
        pytest.param("1 a dan 2 b", both(), id="and"),
        pytest.param("1a\n2b", both(), id="a line each"),
        pytest.param("1A,2B", both(), id="capitals"),
        pytest.param("1a 2b", both(), id="only a space"),
        pytest.param("1) a\n2. b", both(), id="marks behind the number"),
        pytest.param("1=a; 2=b", both(), id="equal signs"),
        pytest.param("No. 1 a, nomor 2 pilih b", both(), id="words before the number"),
        pytest.param("Yth. Admin,\nberikut jawaban kami: 1a, 2b. Terima kasih.", both(), id="politely"),
        pytest.param("* 1: a\n* 2: b", both(), id="bullets"),
        pytest.param("1. a\n2. 85,5", both(Isian("85,5")), id="a list"),
        pytest.param("3: Rp 1.250.000", one("3", Isian("Rp 1.250.000")), id="rupiah"),
        pytest.param("3: tidak diukur", one("3", Isian("tidak diukur")), id="not measured"),
        pytest.param("e7: 85,5", one("E7", Isian("85,5")), id="a cell's address"),
        pytest.param("2: 1,3: 4", one("2", Isian("1,3: 4")), id="a decimal comma parts no answers"),
        pytest.param("4 benar", one("4", Benar()), id="right"),
        pytest.param("4 sudah benar.", one("4", Benar()), id="right indeed"),
        pytest.param("4 benar: dana baru cair", one("4", Benar("dana baru cair")), id="right, with the reason"),
        pytest.param("4 benar, karena dana baru cair", one("4", Benar("dana baru cair")), id="because"),
        pytest.param(
            "4 benar: pencairan dana baru dilakukan pada minggu terakhir bulan\nSeptember",
            one("4", Benar("pencairan dana baru dilakukan pada minggu terakhir bulan September")),
            id="wrapped by the mail program",
        ),
        pytest.param("1a, 1b", (Jawaban("1", A), Jawaban("1", B)), id="twice"),
        pytest.param("1 a atau b", one("1", Kabur("a atau b")), id="either"),
        pytest.param("1a?", one("1", Kabur("a?")), id="a question"),
        pytest.param("2 benar?", one("2", Kabur("benar?")), id="is it right"),
        pytest.param("1a\n2 belum tahu", (Jawaban("1", A), Jawaban("2", Kabur("belum tahu"))), id="not known yet"),
        pytest.param("1. Mohon maaf terlambat.\n2. Data menyusul.", (), id="a numbered letter"),
        pytest.param("Lampiran 1a sudah kami kirim.", (), id="the name of an enclosure"),
        pytest.param("Data 3 pegawai menyusul pukul 10.30.", (), id="prose with numbers"),
        pytest.param("2 tidak benar", (), id="not right"),
        pytest.param("0a, 1234b", (), id="no number of a list"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_answers_beside_numbers_are_read(text: str, answers: tuple[Jawaban, ...]) -> None:
    assert read_numbered(text) == answers
