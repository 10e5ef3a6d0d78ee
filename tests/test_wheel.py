"""The wheel: installed alone in an empty folder, with no checkout in sight, the program has all that it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # The backend is among the test requirements, so nothing is fetched.
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the programs of a new environment, which borrows the libraries of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    python = folder / "bin/python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True, cwd=folder)
    (own,) = folder.glob("lib/python*/site-packages")
    (own / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return python.parent


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Run a program of the new environment in an empty folder."""
    without = {"PYTHONPATH", "VIRTUAL_ENV", "KINERJA_CONFIG"}
    environment = {key: value for key, value in os.environ.items() if key not in without}
    environment["KINERJA_IMAP_PASSWORD"] = "rahasia"

    def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [installed / program, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_everything_travels(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    inside = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert {f"kinerja_mailbot/bawaan/{name}" for name in (*inside, "config.example.toml")} <= set(names)
    assert [name for name in names if "/migrations/versions/v0001" in name]
    assert [name for name in names if name.startswith(("tests/", "templates/"))] == []


def test_the_environment_runs_the_wheel_and_not_the_checkout(run: Run, installed: Path) -> None:
    where = run("python", "-c", "import kinerja_mailbot; print(kinerja_mailbot.__file__)")

    assert where.stdout.startswith(str(installed.parent))


def test_the_first_steps_work_in_an_empty_folder(run: Run, tmp_path: Path) -> None:
    init = run("kinerja-mailbot", "init")
    (tmp_path / "surel.eml").write_bytes(b"From: a@b.example\nSubject: halo\n\nhalo\n")

    status = run("kinerja-mailbot", "status")
    form = run("kinerja-mailbot", "form", "umum", "2026-TW3", "-o", "format.xlsx")
    seen = run("kinerja-mailbot", "inspect", "form", "format.xlsx", "--json")

    assert [result.returncode for result in (init, status, form, seen)] == [0, 0, 0, 0], status.stderr + form.stderr
    assert {"config.toml", "templates", "kinerja.db", "format.xlsx"} <= {path.name for path in tmp_path.iterdir()}
    assert json.loads(seen.stdout)["form"] == {"id": "kinerja-subbag", "unit": "umum", "periode": "2026-TW3"}


def test_inspecting_works_without_any_file_beside_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "surel.eml").write_bytes(b"From: a@b.example\nSubject: halo\n\nhalo\n")

    seen = run("kinerja-mailbot", "inspect", "mail", "surel.eml", "--json")

    assert json.loads(seen.stdout)["verdict"] == "unknown"
    assert [path.name for path in tmp_path.iterdir()] == ["surel.eml"]


def test_a_check_of_the_example_fails_politely(run: Run) -> None:
    run("kinerja-mailbot", "init")

    check = run("kinerja-mailbot", "check")

    assert check.returncode == 1
    assert "Templat surat      │ baik" in check.stdout
    assert "nama server tidak" in check.stdout
    assert "Traceback" not in check.stderr


def test_the_demo_is_inside(run: Run) -> None:
    assert run("python", "-c", "import kinerja_mailbot.demo.story").stderr == ""
