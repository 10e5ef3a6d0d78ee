"""What a letter asked of a respondent, by the numbers under which he may answer without a file."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain.form.checked import CheckedCell

WORDS, DECLARED = "Jawaban pada isi surel", "Pernyataan nihil pada isi surel"
"""Stand on record where a file's name would, for a revision that came in the mail's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The numbered cells of one revision; `surel_id` is the mail that the letter answered."""

    periode: str
    unit: str
    revisi: int
    nomor: str  # receipt number TRM-2026-TW3-UKL-02
    surel_id: int
    sel: tuple[CheckedCell, ...] = ()
