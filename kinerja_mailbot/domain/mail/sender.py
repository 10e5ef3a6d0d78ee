"""Whose mail it claims to be: the registered parts of the one address in From, on the day that it arrived."""

from __future__ import annotations

from datetime import date

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.unit import Pejabat, Peran, Peserta


def overseer(mail: IncomingMail, facts: Facts) -> Peserta | None:
    """Return the sender as Kasubbag or penyusun, who may give orders; None for anybody else."""
    day = facts.office_day(mail.tiba_at)
    if _is_from(mail, facts.daftar.kasubbag, day):
        return Peserta(peran=Peran.KASUBBAG, pejabat=facts.daftar.kasubbag)
    found = next((p for p in facts.daftar.penyusun if _is_from(mail, p, day)), None)
    return Peserta(peran=Peran.PENYUSUN, pejabat=found) if found else None


def respondent(mail: IncomingMail, facts: Facts) -> Peserta | None:
    """Return the sender as respondent; an acting official (Plh./Plt.) only in his time."""
    day = facts.office_day(mail.tiba_at)
    for unit in facts.daftar.responden:
        for pejabat in unit.pejabat:
            if _is_from(mail, pejabat, day):
                return Peserta(peran=Peran.RESPONDEN, pejabat=pejabat, unit=unit)
    return None


def _is_from(mail: IncomingMail, pejabat: Pejabat, day: date) -> bool:
    registered = {address.strip().casefold() for address in pejabat.alamat}
    return mail.sender in registered and pejabat.is_in_office(day)
