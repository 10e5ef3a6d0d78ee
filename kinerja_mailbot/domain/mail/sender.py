"""Whose mail it claims to be: the registered parts of the one address in From, on the day that it arrived."""

from __future__ import annotations

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.unit import Peran, Peserta


def overseer(mail: IncomingMail, facts: Facts) -> Peserta | None:
    """Return the sender as Kasubbag or penyusun, who may give orders; None for anybody else."""
    return next((one for one in _parts_of(mail, facts) if one.peran is not Peran.RESPONDEN), None)


def respondent(mail: IncomingMail, facts: Facts) -> Peserta | None:
    """Return the sender as respondent; an acting official (Plh./Plt.) only in his time."""
    return next((one for one in _parts_of(mail, facts) if one.peran is Peran.RESPONDEN), None)


def _parts_of(mail: IncomingMail, facts: Facts) -> tuple[Peserta, ...]:
    return facts.daftar.all_with(mail.sender, facts.office_day(mail.tiba_at)) if mail.sender else ()
