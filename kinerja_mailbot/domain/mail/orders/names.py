"""Names inside orders: which unit and which period somebody means."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.vocabulary import POLITE, plain
from kinerja_mailbot.domain.unit import Daftar, Unit

PERIODE = (
    r"(?:20\d\d[- ]?(?:tw|sm|triwulan|semester) ?(?:[1-4]|iv|i{1,3})"
    r"|(?:tw|sm|triwulan|semester) ?(?:[1-4]|iv|i{1,3})(?:[- ]?(?:tahun )?20\d\d)?|(?:tahun )?20\d\d)"
)
"""A period as people write it, in plain words."""

ABOUT = rf"(?: (?:periode|pengumpulan|data|kinerja|pengisian|ini|itu|terakhir|terbaru|terkini|sementara|{PERIODE}))*"
"""What may follow an order without changing it."""

_EVERYBODY = frozenset({"", "semua", "semuanya", "seluruh", "seluruhnya", "semua unit", "semua subbag", "seluruh unit"})
_UNIT_WORDS = re.compile(r"\b(?:unit|subbag|subbagian|sub bagian|kasubbag|kepala|ka|ke|bagian|lagi|kembali)\b")


def is_everybody(name: str) -> bool:
    """Tell whether the name means all units; no name does too."""
    return " ".join(_UNIT_WORDS.sub(" ", name).split()) in _EVERYBODY or name.strip() in _EVERYBODY


def find_unit(name: str, daftar: Daftar) -> str | None:
    """Return the id of the one unit that is meant by id, kode, name or nickname; None if none or several are."""
    wanted = {name.strip(), _short(name)}
    hits = {unit.id for unit in daftar.responden if wanted & unit_names(unit)}
    return hits.pop() if len(hits) == 1 else None


def unit_names(unit: Unit) -> frozenset[str]:
    """Return every plain name of the unit, in full and short."""
    known = (unit.id, unit.kode, unit.nama, *unit.panggilan)
    return frozenset(form(name) for name in known for form in (plain, _short))


def _short(name: str) -> str:
    words = (word for word in _UNIT_WORDS.sub(" ", plain(name)).split() if word not in {"dan", *POLITE})
    return " ".join(words)
