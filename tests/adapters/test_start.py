"""What the start of the service loads: nothing that waits for a letter, a workbook, an odd mail or a new schema."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.adapters.store.schema import known_revisions

HEAVY = ("openpyxl", "docx", "lxml", "alembic", "bs4", "holidays", "jinja2", "markdown_it", "flufl.bounce")


@pytest.mark.parametrize("library", HEAVY)
def test_the_service_starts_without(library: str) -> None:
    found = subprocess.run(
        [sys.executable, "-c", f"import sys, kinerja_mailbot.service; print({library!r} in sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )

    assert found.stdout.strip() == "False"


def test_a_database_in_order_is_opened_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kinerja.db'}"
    with Store(url) as store:
        store.migrate()

    program = f"import sys; from kinerja_mailbot.adapters.store import Store; s = Store({url!r}); s.open(); s.migrate()"
    found = subprocess.run(
        [sys.executable, "-c", f"{program}; print('alembic' in sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )

    assert found.stdout.strip() == "False"


def test_the_newest_schema_is_the_one_that_alembic_calls_so() -> None:
    config = Config()
    config.set_main_option("script_location", "kinerja_mailbot.adapters:migrations")

    revisions = known_revisions()

    assert revisions[-1] == ScriptDirectory.from_config(config).get_current_head()
