"""What is wrong with a configuration, said in Indonesian and all at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend: where it stands, what was found, what is expected."""

    kunci: str  # "imap.port", "unit[2].alamat[1]"; entries of a list are counted from 1, as people do
    ditemukan: str
    diharapkan: str
    berkas: str = ""  # file name; empty for a secret from the environment

    def __str__(self) -> str:
        """Return the problem as one sentence.

        >>> str(Problem(kunci="imap.port", ditemukan='"abc"', diharapkan="bilangan bulat"))
        'imap.port: ditemukan "abc"; diharapkan bilangan bulat.'
        """
        where = f"{self.berkas}: {self.kunci}" if self.berkas else self.kunci
        return f"{where}: ditemukan {self.ditemukan}; diharapkan {self.diharapkan}."


class ConfigError(Exception):
    """The configuration can't be used; `problems` names everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        head = f"Konfigurasi belum dapat digunakan; {len(self.problems)} hal perlu diperbaiki:"
        return "\n".join((head, *(f"{number}. {problem}" for number, problem in enumerate(self.problems, 1))))


class Findings:
    """The problems met so far; reading goes on after each, so that the reader of the message mends all at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, kunci: str, ditemukan: str, diharapkan: str, *, berkas: str = "") -> None:
        """Note one problem."""
        self._problems.append(Problem(kunci=kunci, ditemukan=ditemukan, diharapkan=diharapkan, berkas=berkas))

    def raise_if_any(self) -> None:
        """Raise everything that was noted.

        Raises:
            ConfigError: at least one problem was noted.
        """
        if self._problems:
            raise ConfigError(tuple(dict.fromkeys(self._problems)))
