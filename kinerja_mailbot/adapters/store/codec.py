"""Frozen values as JSON text and back, exactly: what JSON has no type for carries its type's name.

A general validator is not used here: it would guess between the members of a union, and "85.50" typed as a word, the
number 85,50 and a date are three different answers of an office. A field added later takes its default when an old
snapshot is read; a field that is gone is passed over, so snapshots of finished periods stay readable.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from kinerja_mailbot.domain.form import definition
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.changes import Butir
from kinerja_mailbot.domain.sop.version import BacaanHari, Langkah, VersiSop

T = TypeVar("T")
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_TYPE, _VALUE = "$", "v"
_DATACLASSES: dict[str, Callable[..., object]] = {
    kind.__name__: kind
    for kind in (
        StoredCell,
        Butir,
        VersiSop,
        Langkah,
        definition.Form,
        definition.Sheet,
        definition.Column,
        definition.Choice,
        definition.Row,
        definition.WajibBila,
        definition.TidakMelebihi,
        definition.TidakMenurun,
        definition.Jumlah,
        definition.PredikatSesuai,
        definition.Unik,
        definition.AdaDi,
        definition.BatasHari,
    )
}
_FIELDS: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind))
    for kind in _DATACLASSES.values()
    if isinstance(kind, type) and is_dataclass(kind)
}
_KNOWN_FIELDS = {kind.__name__: frozenset(names) for kind, names in _FIELDS.items()}
_SCALARS: dict[str, Callable[[str], object]] = {
    "decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "Mark": Mark,
    "ColumnType": definition.ColumnType,
    "BacaanHari": BacaanHari,
}
_JSON = json.JSONEncoder(separators=(",", ":"))  # `json.dumps` would make one for each value of a form


class CodecError(ValueError):
    """The text is not what this program once wrote, or the value is of a type that has no code."""


def encode(value: object) -> str:
    """Return the value as JSON text.

    >>> encode((Decimal("85.50"), "85.50", Mark.NIHIL, date(2026, 10, 5)))
    '[{"$":"decimal","v":"85.50"},"85.50",{"$":"Mark","v":"nihil"},{"$":"date","v":"2026-10-05"}]'

    Raises:
        CodecError: the value holds something that has no code.
    """
    match value:
        case Decimal():  # nearly every value of a form, and written the same without a look at each character
            return f'{{"{_TYPE}":"decimal","{_VALUE}":"{value}"}}'
        case _:
            return _JSON.encode(_to_json(value))


def decode(kind: type[T], text: str) -> T:
    """Return the value of this type that `encode` wrote.

    >>> decode(Decimal, encode(Decimal("85.50")))
    Decimal('85.50')

    Raises:
        CodecError: the text holds something else.
    """
    value = _from_json(json.loads(text))
    if not isinstance(value, kind):
        raise CodecError(f"a {type(value).__name__} is stored where a {kind.__name__} is expected")
    return value


def decode_tuple(kind: type[T], text: str) -> tuple[T, ...]:
    """Return the tuple of values of one type that `encode` wrote.

    >>> decode_tuple(str, encode(("satu", "dua")))
    ('satu', 'dua')
    """
    found = decode(tuple, text)
    wanted = tuple(item for item in found if isinstance(item, kind))
    if len(wanted) != len(found):
        raise CodecError(f"not every item is a {kind.__name__}")
    return wanted


def decode_value(text: str) -> Value:
    """Return a cell's value as itself: a number, a date, a declared absence, or a text."""
    return _value(_from_json(json.loads(text)))


def decode_values(text: str) -> tuple[Value, ...]:
    """Return several values, each as itself.

    >>> decode_values(encode((Decimal("12.5"), Decimal("12500"))))
    (Decimal('12.5'), Decimal('12500'))
    """
    return tuple(_value(item) for item in decode_tuple(object, text))


def _value(found: object) -> Value:
    match found:
        case Decimal() | date() | str():  # a Mark is a str
            return found
        case _:
            raise CodecError(f"a cell can't hold a {type(found).__name__}")


@lru_cache(maxsize=256)
def decode_form(text: str) -> definition.Form:
    """Return a form snapshot; the same text gives the same (frozen) form without reading it again."""
    return decode(definition.Form, text)


@lru_cache(maxsize=64)
def decode_sop(text: str) -> VersiSop:
    """Return a SOP snapshot; the same text gives the same (frozen) value without reading it again."""
    return decode(VersiSop, text)


@lru_cache(maxsize=1_024)
def decode_revisions(text: str) -> tuple[tuple[str, int], ...]:
    """Return from which revision of each unit an edition was made; it never changes, and is read at every beat."""
    return tuple((str(unit), int(revision)) for unit, revision in decode_tuple(tuple, text))


@lru_cache(maxsize=256)
def decode_cells(text: str) -> tuple[StoredCell, ...]:
    """Return the cells of a record; records are read for every mail and change with few of them."""
    return decode_tuple(StoredCell, text)


def _to_json(value: object) -> Json:
    match value:
        case Enum():
            return _tagged(type(value).__name__, str(value.value), _SCALARS)
        case str() | None | bool() | int() | float():
            return value
        case Decimal():
            return {_TYPE: "decimal", _VALUE: str(value)}
        case datetime():
            return {_TYPE: "datetime", _VALUE: value.isoformat()}
        case date():
            return {_TYPE: "date", _VALUE: value.isoformat()}
        case time():
            return {_TYPE: "time", _VALUE: value.isoformat()}
        case tuple():
            return [_to_json(item) for item in value]
        case _ if names := _FIELDS.get(type(value)):
            return {_TYPE: type(value).__name__, **{name: _to_json(getattr(value, name)) for name in names}}
        case _:
            raise CodecError(f"no code for {type(value).__name__}")


def _tagged(name: str, text: str, known: dict[str, Callable[[str], object]]) -> Json:
    if name not in known:
        raise CodecError(f"no code for {name}")
    return {_TYPE: name, _VALUE: text}


def _from_json(found: object) -> object:
    match found:
        case str():
            return found
        case list():
            return tuple([_from_json(item) for item in found])
        case dict():
            return _tagged_value(found)
        case _:
            return found


def _tagged_value(found: dict[str, object]) -> object:
    """Return what an object of ours stands for; a record has hundreds, so nothing is copied to look at it."""
    name, text = found.get(_TYPE), found.get(_VALUE)
    if isinstance(name, str) and isinstance(text, str) and len(found) == 2 and name in _SCALARS:
        return _SCALARS[name](text)
    if isinstance(name, str) and name in _DATACLASSES:
        known = _KNOWN_FIELDS[name]
        return _DATACLASSES[name](**{key: _from_json(item) for key, item in found.items() if key in known})
    raise CodecError(f"no type is known for {sorted(found)}")
