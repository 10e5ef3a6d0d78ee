"""The law of the house: which way imports point, how long a module may be, and that types and style are clean."""

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "kinerja_mailbot").rglob("*.py"))


def test_imports_point_inwards() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("tool", [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)], ids=" ".join)
def test_style_and_types_are_clean(tool: tuple[str, ...]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *tool, "."][: None if tool != ("mypy",) else -1],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout + result.stderr


def test_no_module_is_longer_than_a_letter() -> None:
    # A migration is history: it is written once and never edited, however long.
    letters = (path for path in MODULES if "versions" not in path.parts)

    too_long = {str(path.relative_to(ROOT)): lines for path in letters if (lines := _lines(path)) > 300}

    assert too_long == {}


def test_the_top_level_stays_as_the_office_knows_it() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    top = {name.split("/")[0] for name in tracked.splitlines()}

    assert {name for name in top if not name.startswith(".")} == {
        "pyproject.toml",
        "kinerja_mailbot",
        "config.example.toml",
        "templates",
        "tests",
        "README.md",
    }


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
