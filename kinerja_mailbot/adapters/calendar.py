"""National holidays and cuti bersama from the `holidays` package.

Its default is the public holidays only; cuti bersama is its category `government` (DOMAIN F5). It knows no regional
days of Papua and may place Ramadan a day off, so both of these come from configuration instead.

It loads the calendars of 250 countries to give one, 20 MB that a service would hold for ever: a process of its own is
asked for some years at once, and ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import kinerja_mailbot

_ALL, _CUTI_BERSAMA = "all", "cuti bersama"
_KINDS = {_ALL: ("public", "government"), _CUTI_BERSAMA: ("government",)}
_YEARS_AT_ONCE = 8

Days = tuple[tuple[date, str], ...]


class IndonesianCalendar:
    """See `Calendar`."""

    def prepare(self) -> None:
        """Have the package loaded while other work goes on, before anybody can know which year will be asked for."""
        _KNOWN.prepare()

    def holidays(self, year: int) -> Days:
        """See `Calendar.holidays`."""
        return _of_year(_KNOWN.days(_first(year))[_ALL], year)

    def has_cuti_bersama(self, year: int) -> bool:
        """See `Calendar.has_cuti_bersama`."""
        return bool(_of_year(_KNOWN.days(_first(year))[_CUTI_BERSAMA], year))


def _first(year: int) -> int:
    return year - year % _YEARS_AT_ONCE


def _of_year(days: Days, year: int) -> Days:
    return tuple((day, name) for day, name in days if day.year == year)


class _Known:
    """What was asked in this process, and what was answered."""

    def __init__(self) -> None:
        self._ready: subprocess.Popen[bytes] | None = None
        self._answered: dict[int, Mapping[str, Days]] = {}

    def prepare(self) -> None:
        """Start the process that will be asked, unless it is there or has answered already."""
        if self._ready is None and not self._answered:
            self._ready = _start()

    def days(self, first: int) -> Mapping[str, Days]:
        """Return the days of these years by their kind."""
        if first not in self._answered:
            asked, self._ready = self._ready or _start(), None
            self._answered[first] = _answer(asked, first)
        return self._answered[first]


_KNOWN = _Known()


def _start() -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.Popen(  # noqa: S603  # our own interpreter, our own module
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**kept, "PYTHONPATH": str(Path(kinerja_mailbot.__file__).parents[1])},
    )


def _answer(asked: subprocess.Popen[bytes], first: int) -> Mapping[str, Days]:
    printed, _ = asked.communicate(b"%d\n" % first)
    if asked.returncode:
        raise subprocess.CalledProcessError(asked.returncode, asked.args)
    return {
        kind: tuple((date.fromisoformat(day), name) for day, name in days) for kind, days in json.loads(printed).items()
    }


def _serve() -> None:
    """Print the days of the years from the one that is asked for; nobody asks where the service ends before."""
    from holidays import country_holidays  # noqa: PLC0415  only this process pays for it

    if not (asked := sys.stdin.readline()):
        return
    first = int(asked)
    found: dict[str, list[tuple[str, str]]] = {kind: [] for kind in _KINDS}
    for kind, categories in _KINDS.items():
        for year in range(first, first + _YEARS_AT_ONCE):
            # `expand=False`: otherwise the package adds whatever other year somebody looks up.
            days = country_holidays("ID", years=year, categories=categories, language="id", expand=False)
            found[kind] += [(day.isoformat(), name) for day, name in sorted(days.items())]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _serve()
