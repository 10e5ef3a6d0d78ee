"""The register: whose address it is, in which parts, on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kinerja_mailbot.domain.unit import Daftar, Pejabat, Peran, Unit


def official(jabatan: str, *alamat: str) -> Pejabat:
    return Pejabat(nama=jabatan, jabatan=jabatan, alamat=alamat)


def unit(name: str, *pejabat: Pejabat) -> Unit:
    return Unit(id=name, kode=name.upper(), nama=name, pejabat=pejabat, format="kinerja")


ACTING = replace(official("Plh.", "wakil@kpu.example"), sejak=date(2026, 10, 5), sampai=date(2026, 10, 9))
DAFTAR = Daftar(
    kasubbag=official("Kasubbag", "kasubbag@kpu.example"),
    penyusun=(official("Penyusun", "susun@kpu.example"),),
    responden=(
        unit("umum", official("Kepala Umum", "Umum@KPU.example", "umum@kpu.example"), ACTING),
        unit("hukum", official("Kepala Hukum", "kasubbag@kpu.example")),
        unit("teknis", official("Kepala Teknis", "umum@kpu.example")),
    ),
    admin=("admin@kpu.example",),
)
IN_TIME, AFTER = date(2026, 10, 6), date(2026, 10, 12)


@pytest.mark.parametrize(
    ("address", "day", "parts"),
    [
        pytest.param("susun@kpu.example", IN_TIME, ["Penyusun"], id="one part"),
        pytest.param("kasubbag@kpu.example", IN_TIME, ["Kasubbag", "Kepala Hukum"], id="an office and a unit"),
        pytest.param(" UMUM@kpu.example", IN_TIME, ["Kepala Umum", "Kepala Teknis"], id="two units, each once"),
        pytest.param("wakil@kpu.example", IN_TIME, ["Plh."], id="acting, in his time"),
        pytest.param("wakil@kpu.example", AFTER, [], id="acting, after his time"),
        pytest.param("admin@kpu.example", IN_TIME, [], id="the admin holds no office"),
        pytest.param("orang@lain.example", IN_TIME, [], id="a stranger"),
        pytest.param("", IN_TIME, [], id="nobody"),
    ],
)
def test_an_address_has_all_the_parts_that_its_owner_plays_that_day(address: str, day: date, parts: list[str]) -> None:
    found = DAFTAR.all_with(address, day)

    assert [one.pejabat.jabatan for one in found] == parts
    assert DAFTAR.whose(address, day) == (found[0] if found else None)


def test_a_changed_register_is_looked_through_anew() -> None:
    before = DAFTAR.all_with("baru@kpu.example", IN_TIME)
    changed = replace(DAFTAR, kasubbag=official("Kasubbag", "baru@kpu.example"))

    after = changed.all_with("baru@kpu.example", IN_TIME)

    assert before == ()
    assert [one.peran for one in after] == [Peran.KASUBBAG]


def test_of_two_units_with_one_id_the_first_counts() -> None:
    doubled = replace(DAFTAR, responden=(*DAFTAR.responden, unit("umum", official("Lain", "lain@kpu.example"))))

    assert doubled.unit("umum") is DAFTAR.responden[0]
    assert doubled.unit("tidak-ada") is None
