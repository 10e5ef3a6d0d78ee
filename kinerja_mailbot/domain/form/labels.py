"""Labels and addresses of a sheet: header words compared as people vary them, cells named as people see them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kinerja_mailbot.domain.form.definition import Column
from kinerja_mailbot.domain.same import Same

_WORDS = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\([^)]*\)")
_LONGEST = 160  # characters: longer cells are prose, not headers
_TYPO_FROM = 5  # a shorter word with another letter is another word ("TW" and "TA", "II" and "III")
_TYPO_LIKENESS = 0.8


def label_key(label: str) -> str:
    r"""Return what remains of a label without case, punctuation, line breaks and double spaces.

    >>> label_key(" Realisasi\n s.d.  Triwulan ")
    'realisasi s d triwulan'
    """
    return " ".join(_WORDS.findall(label[:_LONGEST].casefold()))


def kode_key(kode: str) -> str:
    """Return a kode without case, spaces and marks.

    >>> kode_key(" ik–01 ") == kode_key("IK-01")
    True
    """
    return "".join(_WORDS.findall(kode.casefold()))


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: it is the key of what was matched before
class HeaderNames:
    """Every wording of every column's header, ready to be compared with a label."""

    exact: Mapping[str, str]  # wording -> column key; the first column with a wording keeps it
    by_length: Mapping[int, tuple[tuple[str, tuple[str, ...]], ...]]  # number of words -> (column key, words)

    def match(self, label: str) -> str | None:
        """Return the key of the column that this header names: by a wording, in brackets or not, or but for one typo.

        >>> from kinerja_mailbot.domain.form.definition import Column, ColumnType
        >>> names = header_names((Column(kunci="bukti", judul="Data dukung (berkas)", jenis=ColumnType.TEKS),))
        >>> names.match("DATA  DUKUNG"), names.match("Data dukumg"), names.match("Data")
        ('bukti', 'bukti', None)
        """
        return None if len(label) > _LONGEST else _match(self, label)


@lru_cache(maxsize=4096)  # every form is searched for the same few labels, and looking for typos is slow
def _match(names: HeaderNames, label: str) -> str | None:
    if not label.strip():
        return None
    said = dict.fromkeys((label_key(label), label_key(_BRACKETS.sub(" ", label))))
    for wanted in said:
        if wanted in names.exact:
            return names.exact[wanted]
    words = [tuple(wanted.split()) for wanted in said]
    likely = {key for one in words for key, name in names.by_length.get(len(one), ()) if _is_typo(one, name)}
    return likely.pop() if len(likely) == 1 else None


def header_names(columns: tuple[Column, ...]) -> HeaderNames:
    """Return the wordings of these columns' headers."""
    return _header_names(Same(columns))


@lru_cache(maxsize=64)
def _header_names(same: Same[tuple[Column, ...]]) -> HeaderNames:
    columns = same.value
    exact: dict[str, str] = {}
    for column in columns:
        for name in sorted(_names(column)):
            exact.setdefault(name, column.kunci)
    by_length: dict[int, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for name, kunci in exact.items():
        words = tuple(name.split())
        by_length[len(words)] = (*by_length.get(len(words), ()), (kunci, words))
    return HeaderNames(exact, by_length)


def address(row: int, column: int) -> str:
    """Return the address that people see; both counted from 0.

    >>> address(6, 4), address(0, 26)
    ('E7', 'AA1')
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _names(column: Column) -> frozenset[str]:
    labels = (column.judul, _BRACKETS.sub(" ", column.judul), column.kunci.replace("_", " "), *column.padanan)
    return frozenset(label_key(label) for label in labels) - {""}


def _is_typo(said: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Tell whether two labels of as many words differ in one long word only, and there by a letter or two."""
    differing = [(a, b) for a, b in zip(said, name, strict=True) if a != b]
    if len(differing) != 1:
        return False
    first, second = differing[0]
    return min(len(first), len(second)) >= _TYPO_FROM and (
        SequenceMatcher(None, first, second).ratio() >= _TYPO_LIKENESS
    )
