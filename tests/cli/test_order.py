"""The command `perintah`: the same order as by mail, journalled under the name of whoever gave it."""

from __future__ import annotations

import getpass

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from tests.cli.shell import Shell

pytestmark = pytest.mark.usefixtures("database")


def test_an_order_given_at_the_machine_is_carried_out_printed_and_mailed(shell: Shell) -> None:
    shell.set_up()

    result = shell("perintah", "Buka TW3 2026")

    assert result.code == 0
    assert "Periode Triwulan III Tahun 2026 dibuka" in " ".join(result.out.split())
    assert "Tercatat sebagai surel 1; 1 surat" in result.out
    with Store(shell.url) as store:
        (period,) = store.periods()
        (letter,) = store.letters("surel.1.")
        given = next(line for line in store.journal() if line.peristiwa == "order given at the machine")
    assert period.keadaan is KeadaanPeriode.BERJALAN
    assert letter.penerima == ("kasubbag.perencanaan@kpu.example",)
    assert (given.oleh, given.rincian) == (getpass.getuser(), "as kasubbag.perencanaan@kpu.example: Buka TW3 2026")


def test_the_penyusun_too_may_be_who_orders(shell: Shell) -> None:
    shell.set_up()

    result = shell("perintah", "--sebagai", "penyusun", "status")

    assert result.code == 0
    with Store(shell.url) as store:
        assert [letter.penerima for letter in store.letters("surel.1.")] == [("penyusun@kpu.example",)]


def test_what_is_not_understood_is_answered_with_the_list_of_orders(shell: Shell) -> None:
    shell.set_up()

    result = shell("perintah", "buatkan kopi")

    assert (result.code, "TERIMA" in result.out) == (2, True)


def test_a_flood_stops_the_clock_from_the_machine_and_status_says_why(shell: Shell) -> None:
    shell.set_up()
    shell("perintah", "Buka TW3 2026")

    stopped = shell("perintah", "TUNDA karena banjir")
    shown = shell("status")
    resumed = shell("perintah", "LANJUT")

    assert "LANJUT melanjutkan hitungan waktu" in " ".join(stopped.out.split())
    assert "s.d. ada perintah LANJUT: banjir" in " ".join(shown.out.split())
    assert "dilanjutkan sejak" in " ".join(resumed.out.split())
