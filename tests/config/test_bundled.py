"""Files that travel with the program: found in a wheel and in a checkout, and laid out for the office to edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja_mailbot.config import bundled_example, bundled_templates, init_files, load_config
from kinerja_mailbot.config.bundled import are_unchanged
from tests.config.setup import SECRETS


def make_wheel(site: Path) -> Path:
    """Lay out an installed package the way the wheel does; return the package's directory."""
    package = site / "kinerja_mailbot"
    (package / "bawaan" / "templates" / "format").mkdir(parents=True)
    (package / "bawaan" / "templates" / "format" / "a.toml").write_text("id = 'a'\n", encoding="utf-8")
    (package / "bawaan" / "config.example.toml").write_text("# contoh\n", encoding="utf-8")
    return package


def test_a_checkout_has_them_at_its_top_level() -> None:
    assert bundled_example() == bundled_templates().parent / "config.example.toml"
    assert (bundled_templates() / "format" / "kinerja-subbag.toml").is_file()


def test_a_wheel_has_them_inside_the_package(tmp_path: Path) -> None:
    package = make_wheel(tmp_path)
    (tmp_path / "templates").mkdir()  # somebody else's, beside the package in site-packages

    assert bundled_templates(package) == package / "bawaan" / "templates"
    assert bundled_example(package) == package / "bawaan" / "config.example.toml"


def test_an_incomplete_installation_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="pasang ulang"):
        bundled_templates(tmp_path / "kinerja_mailbot")


def test_init_lays_copies_that_load(tmp_path: Path) -> None:
    written = init_files(tmp_path / "kantor")

    assert tmp_path / "kantor" / "config.toml" in written
    assert load_config(tmp_path / "kantor" / "config.toml", SECRETS).templat == tmp_path / "kantor" / "templates"


def test_init_keeps_what_is_there(tmp_path: Path) -> None:
    package = make_wheel(tmp_path / "site")
    office = tmp_path / "kantor"
    office.mkdir()
    (office / "config.toml").write_text("milik kantor\n", encoding="utf-8")

    first, second = init_files(office, package), init_files(office, package)

    assert (first, second) == ((office / "templates" / "format" / "a.toml",), ())
    assert (office / "config.toml").read_text(encoding="utf-8") == "milik kantor\n"


@pytest.mark.parametrize(
    ("change", "unchanged"),
    [
        pytest.param({}, True, id="as they came"),
        pytest.param({"surat/uji.md": "Yth. Ibu\n"}, False, id="a letter edited"),
        pytest.param({"surat/lain.md": "Yth.\n"}, False, id="a letter added"),
        pytest.param({"indikator.toml": "[[sasaran]]\n"}, True, id="indicators, which no letter is made from"),
    ],
)
def test_letters_that_nobody_edited_are_those_that_the_tests_tried(
    change: dict[str, str], unchanged: bool, tmp_path: Path
) -> None:
    package, office = make_wheel(tmp_path / "site"), tmp_path / "kantor"
    (package / "bawaan" / "templates" / "surat").mkdir()
    (package / "bawaan" / "templates" / "surat" / "uji.md").write_text("Yth. Bapak/Ibu\n", encoding="utf-8")
    init_files(office, package)
    for name, content in change.items():
        (office / "templates" / name).write_text(content, encoding="utf-8")

    assert are_unchanged(office / "templates", package) is unchanged


def test_the_letters_of_a_checkout_may_have_been_edited() -> None:
    assert not are_unchanged(bundled_templates())
