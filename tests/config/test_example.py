"""The shipped example: it loads, and says what the SOP says."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from decimal import Decimal

from kinerja_mailbot.config import bundled_example, bundled_templates, load_config
from kinerja_mailbot.domain.policy import Keamanan, PerintahLangkah1, Tingkat
from kinerja_mailbot.domain.sop.working_time import Interval
from tests.config.setup import SECRETS, Folder

EXAMPLE = load_config(bundled_example(), SECRETS)


def test_the_steps_have_the_standard_times_of_the_sop() -> None:
    assert [step.menit for step in EXAMPLE.kebijakan.sop.langkah] == [30, 30, 30, 480, 480, 480]
    assert (EXAMPLE.kebijakan.sop.nomor, EXAMPLE.kebijakan.sop.efektif) == ("5.16/ORT.06/9601/2023", date(2023, 1, 5))


def test_the_four_respondents_of_the_sop_are_asked_in_their_steps() -> None:
    units = [(u.id, u.kode, u.format, u.langkah_kirim, u.langkah_himpun) for u in EXAMPLE.daftar.responden]

    assert units == [
        ("umum", "UKL", "kinerja-subbag", 2, 5),
        ("teknis", "TEK", "kinerja-subbag", 2, 5),
        ("hukum", "HKM", "kinerja-subbag", 2, 5),
        ("sekretaris", "SEK", "lhp-sekretaris", 3, 4),
    ]


def test_a_week_has_the_hours_of_perpres_21_2023() -> None:
    def minutes(week: tuple[tuple[Interval, ...], ...]) -> list[int]:
        def length(i: Interval) -> int:
            return (i.akhir.hour - i.mulai.hour) * 60 + i.akhir.minute - i.mulai.minute

        return [sum(map(length, day)) for day in week]

    assert minutes(EXAMPLE.kebijakan.jam.normal) == [450] * 5 + [0, 0]
    assert minutes(EXAMPLE.kebijakan.jam.ramadan) == [390] * 5 + [0, 0]
    assert [first.year for first, _ in EXAMPLE.kebijakan.jam.masa_ramadan] == [2026, 2027]


def test_reminders_climb_as_the_office_wants_them() -> None:
    assert EXAMPLE.kebijakan.pengingat.tingkat == (
        Tingkat(menit=-240),
        Tingkat(menit=0, lampirkan_format=True),
        Tingkat(menit=240, lampirkan_format=True),
        Tingkat(menit=480, lampirkan_format=True, eskalasi=True),
        Tingkat(menit=960, lampirkan_format=True, eskalasi=True, tembusan_sekretaris=True),
    )


def test_the_rest_of_the_policy_is_the_default_of_the_design() -> None:
    policy = EXAMPLE.kebijakan

    assert (policy.keamanan, policy.jadwal.perintah) == (Keamanan.SEIMBANG, PerintahLangkah1.OTOMATIS)
    assert policy.jadwal.pukul == time(8, 0)
    assert policy.rekap.batas_capaian == Decimal(120)
    assert policy.rekap.skala[0].sebutan == "Sangat Tinggi"
    assert policy.batasan.ukuran_surel == 25 * 1024 * 1024


def test_every_address_is_plainly_an_example() -> None:
    addresses = EXAMPLE.daftar.addresses() | set(EXAMPLE.bot.alamat)

    assert {address.rpartition("@")[2] for address in addresses} == {"kpu.example"}


def test_the_names_of_today_stand_ready_beside_those_of_the_sop() -> None:
    text = bundled_example().read_text(encoding="utf-8")

    assert '# nama = "Subbagian Keuangan, Umum, dan Logistik"' in text
    assert '# nama = "Subbagian Partisipasi, Hubungan Masyarakat, dan SDM"' in text


def test_every_key_that_can_be_read_is_in_the_example() -> None:
    known = _keys_read_by_the_program()
    text = bundled_example().read_text(encoding="utf-8")

    missing = sorted(
        key for key in known if not re.search(rf"^#?\s*(\{{ )?{key}\s*=|\[(\w+\.)?{key}\]", text, re.MULTILINE)
    )

    assert missing == []


def _keys_read_by_the_program() -> set[str]:
    package = bundled_templates().parent / "kinerja_mailbot" / "config"
    modules = ("people", "hours", "rules", "servers", "sop", "loading")
    sources = "".join((package / f"{name}.py").read_text(encoding="utf-8") for name in modules)
    calls = (
        r"\.(?:text|choice|flag|integer|number|day|day_if_any|days|clock|texts|raw|file|directory|tables)\(\s*\"(\w+)\""
    )
    return set(re.findall(calls, sources)) - {"password"}


def test_a_copy_of_the_example_uses_the_templates_beside_it(folder: Folder) -> None:
    config = folder.load()

    assert config.templat == folder.path / "templates"
    assert config.penyimpanan == f"sqlite:///{folder.path.as_posix()}/kinerja.db"


def test_the_example_is_toml_without_a_password() -> None:
    values = tomllib.loads(bundled_example().read_text(encoding="utf-8"))

    assert "password" not in values["imap"] | values["smtp"]
