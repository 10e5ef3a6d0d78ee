"""The mails that wait for a word of the penyusun, because the bot can't settle them by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LISTED = timedelta(days=30)
"""How long the summaries go on naming a mail from which nothing can be taken; whoever has not looked by then won't."""


class Urusan(StrEnum):
    """Why a mail needs a person."""

    TAK_DIKENAL = "tak dikenal"  # nobody registered wrote it
    DITAHAN = "ditahan"  # its sender is not proven; the owner was asked, or it lay among the spam
    DISISIHKAN = "disisihkan"  # deciding it failed three times
    BELUM_JELAS = "belum jelas"  # a respondent's words without a form, or the same unfit file again


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One such mail; `nomor` is its number in the archive, by which orders name it."""

    nomor: int
    urusan: Urusan
    tiba_at: datetime
    pengirim: str
    subjek: str = ""
    unit: str | None = None  # whose it seems to be
    diringkas: bool = False  # a daily summary has listed it
    berkas: tuple[str, ...] = ()  # names of its files, where somebody looked

    @property
    def may_be_accepted(self) -> bool:
        """Tell whether TERIMA makes sense: there is, or may be, something of a respondent to process.

        >>> at = datetime(2026, 10, 6)
        >>> Matter(nomor=1, urusan=Urusan.TAK_DIKENAL, tiba_at=at, pengirim="a@b.example").may_be_accepted
        False
        """
        match self.urusan:
            case Urusan.DITAHAN | Urusan.DISISIHKAN:
                return True
            case Urusan.TAK_DIKENAL:
                return self.unit is not None
            case Urusan.BELUM_JELAS:
                return False

    def is_still_named(self, now: datetime) -> bool:
        """Tell whether later summaries still name it: what may be accepted until it is settled, others for 30 days.

        >>> at = datetime(2026, 10, 6)
        >>> mail = Matter(nomor=1, urusan=Urusan.TAK_DIKENAL, tiba_at=at, pengirim="a@b.example")
        >>> [mail.is_still_named(at + timedelta(days=days)) for days in (30, 31)]
        [True, False]
        """
        return self.may_be_accepted or now <= self.tiba_at + LISTED
