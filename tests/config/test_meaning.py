"""What a correct configuration means: acting officials, holidays, servers, the database."""

from __future__ import annotations

from datetime import date

import pytest

from kinerja_mailbot.config import KeamananSambungan, LiburSettings
from kinerja_mailbot.config.settings import LogSettings
from kinerja_mailbot.domain.policy import Keamanan, Pemantauan
from kinerja_mailbot.domain.sop.version import BacaanHari
from kinerja_mailbot.domain.unit import Kertas
from tests.config.setup import Folder

PLH = """
[[unit.plh]]
nama = "{nama}"
jabatan = "Plh. Sekretaris"
alamat = ["{alamat}"]
sejak = 2026-10-05
sampai = {sampai}
"""
NATAL = (date(2026, 12, 25), "Hari Raya Natal")
CUTI = (date(2026, 12, 24), "Cuti Bersama Hari Raya Natal")


def add(folder: Folder, text: str) -> None:
    folder.write(folder.config.read_text(encoding="utf-8") + text)


@pytest.mark.parametrize(("line", "kertas"), [('kertas = "F4"', Kertas.F4), ("", Kertas.A4)], ids=["folio", "left out"])
def test_the_office_names_its_paper(folder: Folder, line: str, kertas: Kertas) -> None:
    text = folder.config.read_text(encoding="utf-8").splitlines(keepends=True)
    folder.write("".join(f"{line}\n" if old.startswith("kertas =") else old for old in text))

    assert folder.load().kebijakan.kantor.kertas is kertas


def test_an_acting_official_answers_in_his_time(folder: Folder) -> None:
    add(folder, PLH.format(nama="Pelaksana", alamat="plh@kpu.example", sampai="2026-10-16"))

    sekretaris = folder.load().daftar.responden[3]

    assert sekretaris.official_on(date(2026, 10, 4)).nama == "Nama Sekretaris"
    assert sekretaris.official_on(date(2026, 10, 16)).nama == "Pelaksana"


def test_an_official_may_act_for_another_unit_at_his_own_address(folder: Folder) -> None:
    add(folder, PLH.format(nama="Nama Kasubbag Hukum", alamat="kasubbag.hukum@kpu.example", sampai="2026-10-16"))

    assert folder.problems() == ()


def test_an_acting_period_backwards_is_a_problem(folder: Folder) -> None:
    add(folder, PLH.format(nama="Pelaksana", alamat="plh@kpu.example", sampai="2026-10-01"))

    assert [problem.kunci for problem in folder.problems()] == ["unit[4].plh[1].sampai"]


def test_the_office_corrects_the_national_calendar(folder: Folder) -> None:
    folder.replace("# { tanggal", "{ tanggal")
    folder.replace("libur_tambahan = []", 'libur_tambahan = [{ tanggal = 2026-12-28, nama = "SE Gubernur" }]')
    folder.replace("bukan_libur = []", "bukan_libur = [2026-12-24]")
    folder.replace("hari_kerja_khusus = []", "hari_kerja_khusus = [2026-11-28]")

    hours = folder.load().policy((NATAL, CUTI)).jam

    assert hours.libur == (
        (date(2026, 2, 5), "Hari Pekabaran Injil"),
        NATAL,
        (date(2026, 12, 28), "SE Gubernur"),
    )
    assert hours.hari_kerja_khusus == frozenset({date(2026, 11, 28)})


def test_a_national_holiday_keeps_its_name_beside_a_regional_one() -> None:
    libur = LiburSettings(daerah=((12, 25, "Natal daerah"),))

    assert libur.merge((NATAL,)) == (NATAL,)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1"])
def test_plain_text_is_allowed_to_this_machine(folder: Folder, host: str) -> None:
    folder.replace('host = "mail.kpu.example"\nport = 993\nkeamanan = "ssl"', f'host = "{host}"\nkeamanan = "polos"')

    imap = folder.load().imap

    assert (imap.host, imap.port, imap.keamanan) == (host, 143, KeamananSambungan.POLOS)


def test_a_port_left_out_is_the_usual_one(folder: Folder) -> None:
    folder.replace('port = 465\nkeamanan = "ssl"', 'keamanan = "starttls"')

    assert folder.load().smtp.port == 587


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("sqlite:///data/kinerja.db", "sqlite:///{folder}/data/kinerja.db"),
        ("sqlite:////var/lib/kinerja.db", "sqlite:////var/lib/kinerja.db"),
        ("sqlite://", "sqlite://"),
        ("postgresql://bot@db/kinerja", "postgresql+psycopg://bot@db/kinerja"),
        ("postgresql+psycopg:///kinerja?host=/run/pg", "postgresql+psycopg:///kinerja?host=/run/pg"),
    ],
)
def test_a_database_is_found_from_the_configuration(folder: Folder, written: str, url: str) -> None:
    folder.replace("sqlite:///kinerja.db", written)

    assert folder.load().penyimpanan == url.format(folder=folder.path.as_posix())


def test_sections_with_defaults_may_be_left_out(folder: Folder) -> None:
    folder.drop_table("log")
    folder.drop_table("pemantauan")
    folder.replace('keamanan = "seimbang"', "")
    folder.replace('domain = "kpu.example"', "")

    config = folder.load()

    assert config.log == LogSettings("info", "teks")
    assert config.kebijakan.pemantauan == Pemantauan(putar_balik=True, kabar_admin=True)
    assert (config.kebijakan.keamanan, config.bot.domain) == (Keamanan.SEIMBANG, "kpu.example")


def test_what_is_written_for_monitoring_lies_beside_the_configuration(folder: Folder) -> None:
    folder.replace('berkas_detak = ""', 'berkas_detak = "detak.json"')
    folder.replace('berkas = ""', 'berkas = "kinerja.log"')
    folder.replace("ukuran_mb = 0", "ukuran_mb = 2")
    folder.replace("simpan = 30", "simpan = 5")

    config = folder.load()

    assert config.berkas_detak == folder.path.resolve() / "detak.json"
    assert config.log == LogSettings("info", "teks", folder.path.resolve() / "kinerja.log", 5, 2 * 1024 * 1024)


def test_the_other_choices_are_understood(folder: Folder) -> None:
    folder.replace('bacaan = "net_minutes"', 'bacaan = "one_working_day"')
    folder.replace("batas_capaian = 120", 'batas_capaian = "tanpa"')
    folder.replace('mulai = ""', 'mulai = "triwulan IV 2026"')
    folder.replace('jenis = ["triwulan"]', "jenis = []")

    policy = folder.load().kebijakan

    assert policy.sop.bacaan is BacaanHari.ONE_WORKING_DAY
    assert policy.rekap.batas_capaian is None
    assert (policy.jadwal.mulai, policy.jadwal.jenis) == ("2026-TW4", frozenset())


def test_a_certificate_is_found_beside_the_configuration(folder: Folder) -> None:
    (folder.path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\n", encoding="utf-8")
    folder.replace('ca_file = ""', 'ca_file = "ca.pem"')

    assert folder.load().imap.ca_file == str(folder.path / "ca.pem")


@pytest.mark.parametrize(
    ("written", "lock"),
    [
        ("sqlite:///data/kinerja.db", "data/kinerja.db.lock"),
        ("sqlite://", "config.lock"),
        ("postgresql://bot@db/kinerja", "config.lock"),
    ],
)
def test_one_lock_belongs_to_one_database_file(folder: Folder, written: str, lock: str) -> None:
    folder.replace("sqlite:///kinerja.db", written)

    assert folder.load().lock_file == folder.path / lock
