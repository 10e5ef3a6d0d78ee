"""Reading one TOML table: each value is taken with the type it must have, and what nobody took is an error."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from kinerja_mailbot.config.problems import Findings

_T = TypeVar("_T")
_SECRET_WORDS = frozenset({"password", "passwd", "pass", "sandi", "kata_sandi", "katasandi"})
_CLOCK = re.compile(r"([01]\d|2[0-3])[:.]([0-5]\d)")
_NO_DAY = date(1970, 1, 1)
_NO_TIME = time(0, 0)


class Placed(dict[str, object]):
    """The values of one row of a spreadsheet, and the cell where each stands or would stand."""

    def __init__(self, values: Mapping[str, object], places: Mapping[str, str]) -> None:
        """`places` names the row as a whole under the empty key."""
        super().__init__(values)
        self._places = places

    def place(self, key: str) -> str:
        """Return the cell of this value, else the row: the column may be missing altogether."""
        return self._places.get(key) or f"{self._places['']}, kolom {key}"


class Table:
    """A TOML table under its name; a missing or wrong value is noted and a harmless stand-in returned."""

    def __init__(self, values: Mapping[str, object], findings: Findings, *, name: str = "", file: str = "") -> None:
        self._values = values
        self._findings = findings
        self._name = name
        self._file = file
        self._known: set[str] = set()
        self._children: list[Table] = []

    def has(self, key: str) -> bool:
        """Tell whether the key is there, whatever its value."""
        self._known.add(key)
        return key in self._values

    def names(self) -> tuple[str, ...]:
        """Return the keys as the file orders them."""
        return tuple(self._values)

    def raw(self, key: str, default: object) -> object:
        """Return a value of any type, for the caller to judge."""
        return self._values[key] if self.has(key) else default

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there and not be blank."""
        value = self._take(key, "teks", needed=default is None)
        if value is None:
            return default or ""
        if not isinstance(value, str):
            return self._wrong(key, value, "teks di antara tanda kutip", "")
        if default is None and not value.strip():
            return self._wrong(key, value, "teks yang tidak kosong", "")
        return value.strip()

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """Return one of the choices."""
        expected = "salah satu dari: " + ", ".join(f'"{c}"' for c in choices)
        value = self._take(key, expected, needed=default is None)
        if value is None:
            return choices[0] if default is None else default
        return value if isinstance(value, str) and value in choices else self._wrong(key, value, expected, choices[0])

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self._take(key, "true atau false", needed=False)
        if value is None:
            return default
        return value if isinstance(value, bool) else self._wrong(key, value, "true atau false", default)

    def integer(self, key: str, default: int | None = None, *, at_least: int = 0, at_most: int = 10**9) -> int:
        """Return a whole number within the limits, both included."""
        expected = f"bilangan bulat {at_least} sampai dengan {at_most}"
        value = self._take(key, expected, needed=default is None)
        if value is None:
            return at_least if default is None else default
        if isinstance(value, bool) or not isinstance(value, int) or not at_least <= value <= at_most:
            return self._wrong(key, value, expected, at_least)
        return value

    def number(self, key: str, *, at_least: int = 0) -> Decimal:
        """Return a number; a decimal point as TOML has it."""
        hint = "" if isinstance(self._values, Placed) else " (pecahan memakai titik, misalnya 85.5)"
        expected = f"angka, paling kecil {at_least}{hint}"
        value = self._take(key, expected, needed=True)
        if value is None:
            return Decimal(at_least)
        number = as_number(value)
        return number if number is not None and number >= at_least else self._wrong(key, value, expected, Decimal(0))

    def day(self, key: str) -> date:
        """Return a date, written as a TOML date or as text: 2026-01-31."""
        value = self._take(key, _DAY_EXPECTED, needed=True)
        if value is None:
            return _NO_DAY
        day = as_day(value)
        return self._wrong(key, value, _DAY_EXPECTED, _NO_DAY) if day is None else day

    def day_if_any(self, key: str) -> date | None:
        """Return a date, or None when the key is absent."""
        return self.day(key) if self.has(key) else None

    def days(self, key: str) -> tuple[date, ...]:
        """Return a list of dates, empty when the key is absent."""
        found = tuple((name, value, as_day(value)) for name, value in self.items(key))
        for name, value, day in found:
            if day is None:
                self.complain(name, shown(value), _DAY_EXPECTED)
        return tuple(day for _, _, day in found if day is not None)

    def clock(self, key: str, default: time | None = None) -> time:
        """Return a time of day, written "08:00"."""
        value = self._take(key, _CLOCK_EXPECTED, needed=default is None)
        if value is None:
            return default or _NO_TIME
        moment = as_clock(value)
        return self._wrong(key, value, _CLOCK_EXPECTED, _NO_TIME) if moment is None else moment

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """Return a list of texts; a needed one has at least one entry."""
        found = self.items(key, needed=needed)
        for name, value in found:
            if not isinstance(value, str) or not value.strip():
                self.complain(name, shown(value), "teks yang tidak kosong")
        return tuple(value.strip() for _, value in found if isinstance(value, str))

    def items(self, key: str, *, needed: bool = False) -> tuple[tuple[str, object], ...]:
        """Return the entries of a list with their names ("folder[1]"), whatever their types."""
        value = self._take(key, "daftar [ … ] yang tidak kosong" if needed else "daftar [ … ]", needed=needed)
        if value is None:
            return ()
        if not isinstance(value, list) or (needed and not value):
            return self._wrong(key, value, "daftar [ … ] yang tidak kosong" if needed else "daftar [ … ]", ())
        return tuple((f"{key}[{number}]", item) for number, item in enumerate(value, 1))

    def table(self, key: str) -> Table:
        """Return the table under this key; an absent one reads as empty, so its own needed keys are noted."""
        self._known.add(key)
        value = self._values.get(key, {})
        if not isinstance(value, dict):
            self._wrong(key, value, f"tabel [{self.path(key)}]", None)
            value = {}
        return self._child(value, key)

    def tables(self, key: str, *, needed: bool = False) -> tuple[Table, ...]:
        """Return a list of tables ([[key]] or inline)."""
        found = self.items(key, needed=needed)
        for name, value in found:
            if not isinstance(value, dict):
                self.complain(name, shown(value), f"tabel [[{self.path(key)}]]")
        return tuple(self._child(value, name) for name, value in found if isinstance(value, dict))

    def directory(self, key: str, folder: Path) -> Path | None:
        """Return an existing directory, relative to `folder`; None when the key is absent, empty or wrong."""
        return self._existing(key, folder, Path.is_dir, "direktori")

    def file(self, key: str, folder: Path) -> Path | None:
        """Return an existing file, relative to `folder`; None when the key is absent, empty or wrong."""
        return self._existing(key, folder, Path.is_file, "berkas")

    def path(self, key: str) -> str:
        """Return the full name of a key of this table, or the cell where its value stands."""
        if isinstance(self._values, Placed):
            return self._values.place(key)
        return f"{self._name}.{key}" if self._name else key

    def complain(self, key: str, found: str, expected: str) -> None:
        """Note a problem with a value that was taken."""
        self._findings.add(self.path(key), found, expected, berkas=self._file)

    def refuse_secrets(self, place: str) -> None:
        """Note every password in this table without repeating it; `place` says where it belongs."""
        for key in self._values:
            if key.casefold() in _SECRET_WORDS:
                self._known.add(key)
                self.complain(key, "kata sandi di dalam berkas konfigurasi", place)

    def give_up(self) -> None:
        """Take every key: the table is wrong as a whole, and saying so once is enough."""
        self._known.update(self._values)

    def report_unknown(self) -> None:
        """Note each key that nobody took, in this table and in those taken from it, with the nearest known one."""
        for key in self._values:
            if key not in self._known:
                near = difflib.get_close_matches(key, self._known, n=1)
                known = "salah satu dari: " + ", ".join(sorted(self._known))
                expected = f'kunci yang dikenal; mungkin maksudnya "{near[0]}"' if near else known
                self.complain(key, "kunci yang tidak dikenal", expected)
        for child in self._children:
            child.report_unknown()

    def _existing(self, key: str, folder: Path, test: Callable[[Path], bool], kind: str) -> Path | None:
        name = self.text(key, "")
        if not name:
            return None
        path = folder / name
        try:
            found = test(path)
        except OSError:  # a name that this file system can't even look up
            found = False
        if not found:
            self.complain(key, f"{shown(name)}, yang tidak ada di {folder}", f"{kind} yang ada")
        return path if found else None

    def _take(self, key: str, expected: str, *, needed: bool) -> object | None:
        self._known.add(key)
        if needed and key not in self._values:
            self.complain(key, "tidak ada", expected)
        return self._values.get(key)

    def _wrong(self, key: str, value: object, expected: str, stand_in: _T) -> _T:
        self.complain(key, shown(value), expected)
        return stand_in

    def _child(self, values: Mapping[str, object], key: str) -> Table:
        child = Table(values, self._findings, name=self.path(key), file=self._file)
        self._children.append(child)
        return child


_DAY_EXPECTED = "tanggal tahun-bulan-hari, misalnya 2026-01-31"
_CLOCK_EXPECTED = 'jam di antara tanda kutip, misalnya "08:00"'


def as_number(value: object) -> Decimal | None:
    """Return a TOML number as a Decimal, or None for anything else (a truth value is no number).

    >>> as_number(2), as_number(Decimal("69.05")), as_number(True), as_number("2")
    (Decimal('2'), Decimal('69.05'), None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return number if number.is_finite() else None


def as_day(value: object) -> date | None:
    """Return a TOML date, or a text in ISO form, as a date.

    >>> as_day("2026-01-31"), as_day("31 Januari 2026")
    (datetime.date(2026, 1, 31), None)
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def as_clock(value: object) -> time | None:
    """Return "08:00" or "08.00" as a time of day.

    >>> as_clock("07.30"), as_clock("7 pagi")
    (datetime.time(7, 30), None)
    """
    if isinstance(value, time):
        return value
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    return time(int(found[1]), int(found[2])) if found else None


def shown(value: object) -> str:
    """Return a value as a message shows it, shortened.

    >>> shown("abc"), shown(True), shown(7), shown([])
    ('"abc"', 'true', '7', 'daftar kosong')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value[:60]}…"' if len(value) > 60 else f'"{value}"'
        case list():
            return f"daftar berisi {len(value)} butir" if value else "daftar kosong"
        case dict():
            return "tabel"
        case _:
            return str(value)
