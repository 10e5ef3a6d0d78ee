"""Commands that an administrator gives as root, where the service has a user of its own."""

from __future__ import annotations

import os
import sys

import pytest

from tests.cli.shell import Shell

USER = 65_534

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away"),
    pytest.mark.sqlite("the store is a file"),
]


@pytest.mark.parametrize("command", ["check", "status", "once"])
def test_the_database_that_a_command_makes_can_be_written_by_the_service(office: Shell, command: str) -> None:
    os.chown(office.folder, USER, USER)

    office(command)

    left = [path for path in office.folder.iterdir() if path.name.startswith("kinerja.db")]
    assert office.database in left
    assert {path.stat().st_uid for path in left} == {USER}


def test_a_store_that_is_put_back_can_be_written_by_the_service(office: Shell) -> None:
    office("status")
    office("backup", "salinan.db")
    office.database.unlink()
    os.chown(office.folder, USER, USER)

    result = office("restore", "salinan.db")

    left = [path for path in office.folder.iterdir() if path.name.startswith("kinerja.db")]
    assert result.code == 0, result.err
    assert office.database in left
    assert {path.stat().st_uid for path in left} == {USER}
