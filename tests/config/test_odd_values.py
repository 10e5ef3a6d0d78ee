"""Whatever stands in the place of any value, loading ends with a configuration or with problems, never otherwise."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja_mailbot.config import ConfigError, bundled_example, bundled_templates, load_config
from tests.config.setup import SECRETS

Toml: TypeAlias = "str | int | float | bool | date | time | list[Toml] | dict[str, Toml]"
Path_: TypeAlias = tuple[str | int, ...]

ODD: tuple[Toml, ...] = ("", " ", "\x00", "ß" * 300, 0, -1, 10**30, 1.5, float("nan"), float("inf"), True, [], [[]], {})
ODDER: tuple[Toml, ...] = ({"a": 1}, ["a"], [{}], [1, 2], date(1, 1, 1), time(23, 59), "9999-12-31", "../..", "a@b.c")


def leaves(value: Toml, path: Path_ = ()) -> Iterator[Path_]:
    """Yield the place of every value, tables and lists included."""
    if path:
        yield path
    items: list[tuple[str | int, Toml]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    for key, child in items:
        yield from leaves(child, (*path, key))


def changed(value: Toml, path: Path_, new: Toml) -> Toml:
    """Return a copy with another value in one place."""
    if not path:
        return new
    if isinstance(value, dict):
        return {k: changed(v, path[1:], new) if k == path[0] else v for k, v in value.items()}
    if isinstance(value, list):
        return [changed(v, path[1:], new) if n == path[0] else v for n, v in enumerate(value)]
    return value


def written(value: Toml) -> str:
    """Return a value as TOML writes it."""
    match value:
        case dict():
            return "{" + ", ".join(f"{json.dumps(k)} = {written(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(written, value)) + "]"
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value)
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


EXAMPLE: dict[str, Toml] = tomllib.loads(bundled_example().read_text(encoding="utf-8"))
INDICATORS: dict[str, Toml] = tomllib.loads((bundled_templates() / "indikator.toml").read_text(encoding="utf-8"))
FORM: dict[str, Toml] = tomllib.loads(
    (bundled_templates() / "format" / "lhp-sekretaris.toml").read_text(encoding="utf-8")
)


def write(path: Path, values: Toml) -> None:
    assert isinstance(values, dict)
    path.write_text("".join(f"{json.dumps(k)} = {written(v)}\n" for k, v in values.items()), encoding="utf-8")


def load_or_refuse(config: Path) -> None:
    try:
        load_config(config, SECRETS)
    except ConfigError as error:
        assert all(p.kunci and p.ditemukan and p.diharapkan for p in error.problems)  # noqa: PT017


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(list(leaves(EXAMPLE))), value=st.sampled_from((*ODD, *ODDER)))
def test_an_odd_value_in_the_configuration_is_refused_or_read(tmp_path: Path, place: Path_, value: Toml) -> None:
    write(tmp_path / "config.toml", changed(EXAMPLE, place, value))

    load_or_refuse(tmp_path / "config.toml")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    source=st.sampled_from((("indikator.toml", INDICATORS), ("format/lhp-sekretaris.toml", FORM))),
    data=st.data(),
    value=st.sampled_from((*ODD, *ODDER)),
)
def test_an_odd_value_in_a_template_is_refused_or_read(
    tmp_path: Path, source: tuple[str, dict[str, Toml]], data: st.DataObject, value: Toml
) -> None:
    name, values = source
    place = data.draw(st.sampled_from(list(leaves(values))))
    for path in bundled_templates().rglob("*.toml"):
        copy = tmp_path / "templates" / path.relative_to(bundled_templates())
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    write(tmp_path / "templates" / name, changed(values, place, value))
    write(tmp_path / "config.toml", EXAMPLE)

    load_or_refuse(tmp_path / "config.toml")
