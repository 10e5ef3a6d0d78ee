"""Labels and addresses of a sheet: header words compared as people vary them, cells named as people see them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from kinerja_mailbot.domain.form.definition import Column

HeaderNames = tuple[tuple[str, str], ...]
"""(column key, one wording of its header) for every wording."""

_BRACKETS = re.compile(r"\([^)]*\)")
_LONGEST = 160  # characters: longer cells are prose, not headers
_TYPO_FROM = 5  # a shorter word with another letter is another word ("TW" and "TA", "II" and "III")
_TYPO_LIKENESS = 0.8


def label_key(label: str) -> str:
    r"""Return what remains of a label without case, punctuation, line breaks and double spaces.

    >>> label_key(" Realisasi\n s.d.  Triwulan ")
    'realisasi s d triwulan'
    """
    return " ".join(re.findall(r"[^\W_]+", label[:_LONGEST].casefold()))


def kode_key(kode: str) -> str:
    """Return a kode without case, spaces and marks.

    >>> kode_key(" ik–01 ") == kode_key("IK-01")
    True
    """
    return "".join(re.findall(r"[^\W_]+", kode.casefold()))


def header_names(columns: tuple[Column, ...]) -> HeaderNames:
    """Return every wording of every column's header, ready for `match_header`."""
    return tuple((column.kunci, name) for column in columns for name in sorted(_names(column)))


def match_header(label: str, names: HeaderNames) -> str | None:
    """Return the key of the column that this header names: by its title, a synonym, its key, or but for one typo.

    >>> from kinerja_mailbot.domain.form.definition import Column, ColumnType
    >>> names = header_names((Column(kunci="bukti", judul="Data dukung (berkas)", jenis=ColumnType.TEKS),))
    >>> match_header("DATA  DUKUNG", names), match_header("Data dukumg", names), match_header("Data", names)
    ('bukti', 'bukti', None)
    """
    if not label.strip() or len(label) > _LONGEST:
        return None
    said = (label_key(label), label_key(_BRACKETS.sub(" ", label)))
    for wanted in said:
        if found := next((kunci for kunci, name in names if name == wanted), None):
            return found
    likely = {kunci for kunci, name in names if any(_is_typo(wanted, name) for wanted in said)}
    return likely.pop() if len(likely) == 1 else None


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


def _is_typo(said: str, name: str) -> bool:
    """Tell whether two labels differ in one long word only, and there by a letter or two."""
    words, wanted = said.split(), name.split()
    if len(words) != len(wanted):
        return False
    differing = [(a, b) for a, b in zip(words, wanted, strict=True) if a != b]
    if len(differing) != 1:
        return False
    first, second = differing[0]
    return min(len(first), len(second)) >= _TYPO_FROM and (
        SequenceMatcher(None, first, second).ratio() >= _TYPO_LIKENESS
    )
