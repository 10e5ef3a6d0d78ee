"""Tests of the store run on both databases: whoever uses the fixture `store` does, unless he looks into its file."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import signature
from pathlib import Path

import pytest

from tests.databases import BOTH, POSTGRESQL, databases_of
from tests.postgresql import PostgreSQL


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that uses the store on both databases; one that asks for the folder itself opens SQLite's file."""
    looks_into_it = "tmp_path" in signature(metafunc.function).parameters
    has_its_own = "url" in metafunc.fixturenames
    if {"store", "tmp_path"} <= set(metafunc.fixturenames) and not looks_into_it and not has_its_own:
        metafunc.parametrize("database_of_store", BOTH, indirect=True)


@pytest.fixture(autouse=True)
def database_of_store(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let `new_store` open a database of this kind; SQLite for tests that have no store."""
    if getattr(request, "param", "") != POSTGRESQL:
        yield
        return
    folder: Path = request.getfixturevalue("tmp_path")
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with databases_of(server, folder):
        yield
