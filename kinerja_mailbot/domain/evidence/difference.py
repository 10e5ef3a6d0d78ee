"""One thing that is not as it was written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs, and where; `tempat` is a table's row or a file, the rest formal Indonesian or a digest."""

    tempat: str  # "jurnal 17", "surel_mentah 4", "05-surel-masuk/surel-000004.eml"
    hal: str  # "isi berkas", "mata rantai"
    tercatat: str  # what it should be
    ditemukan: str  # what it is
