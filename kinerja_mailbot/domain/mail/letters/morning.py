"""The morning letter: where the open periods stand, and what waits for a decision where one person does both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.standing import StatusPeriode, standing
from kinerja_mailbot.domain.mail.letters.summary import IsiRingkasan, isi_ringkasan
from kinerja_mailbot.domain.mail.letters.wording import Isi, heading, moment, staff, tag
from kinerja_mailbot.domain.mail.matters import Matter
from kinerja_mailbot.domain.sop.state import PeriodState


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiKabarPagi(Isi):
    """What `kabar-pagi.md` says."""

    kini: str
    zona: str
    periode: tuple[StatusPeriode, ...]
    ringkasan: IsiRingkasan | None  # only where Kasubbag and penyusun are one


def kabar_pagi(facts: Facts, periods: Sequence[PeriodState], matters: Sequence[Matter]) -> Letter:
    """Tell the Kasubbag what has changed; key `kabar.<YYYY-MM-DD>`. With `matters` it is the penyusun's letter too."""
    hal = "Kabar pagi pengumpulan data kinerja"
    kode = periods[0].periode.kode if len(periods) == 1 else None
    boss = facts.daftar.kasubbag
    to = (boss, *(person for person in staff(facts) if person != boss)) if matters else (boss,)
    return Letter(
        kunci=f"kabar.{facts.today.isoformat()}",
        templat="kabar-pagi",
        kepada=to,
        subjek=f"{tag(kode, None)} {hal}, {text.tanggal(facts.today)}",
        isi=IsiKabarPagi(
            kepala=heading(facts, hal, to),
            kini=moment(facts, facts.now),
            zona=facts.aturan.kantor.singkatan_zona,
            periode=tuple(standing(facts, period) for period in periods),
            ringkasan=isi_ringkasan(facts, matters, to) if matters else None,
        ),
    )
