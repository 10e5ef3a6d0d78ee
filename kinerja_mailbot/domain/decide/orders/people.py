"""Carrying out PLH: an acting official is checked and put up for confirmation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.acting import Penunjukan
from kinerja_mailbot.domain.decide.orders.case import Case
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.absence import day_named
from kinerja_mailbot.domain.mail.letters.wording import secretary
from kinerja_mailbot.domain.mail.orders import TunjukPlh
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.people import ProposeActing
from kinerja_mailbot.domain.unit import Unit

_LONGEST = 366  # days
_EXAMPLE = "PLH {unit} Nama Pejabat nama@kantor.example 12/SPT/2026 s.d. {sampai}"


def appoint(case: Case, order: TunjukPlh) -> Outcome:
    """Ask the Kasubbag and the Sekretaris for SETUJU; until one of them has given it nothing changes.

    The order itself, proven as it may be, is not enough: it makes somebody a sender whose word counts. Whoever agrees
    does so in a thread that only he has got, with the address before his eyes.
    """
    unit = case.facts.daftar.unit(order.unit or "")
    since, until = _days(order, case)
    troubles = tuple(_troubles(case, order, unit, since, until))
    if unit is None or since is None or until is None or troubles:
        return case.confirm(" ".join((*troubles, _example(case, unit))))
    named = Penunjukan(
        surel_id=case.mail.id,
        unit=unit.id,
        sebutan=order.sebutan,
        nama=order.nama,
        alamat=order.alamat,
        nomor=order.nomor,
        sejak=since,
        sampai=until,
        diusulkan_oleh=case.to.jabatan,
    )
    chief = secretary(case.facts)
    is_boss = case.to == case.facts.daftar.kasubbag
    asked = letters.konfirmasi_plh(case.facts, named, unit, reply_to=case.mail if is_boss else None)
    also = (letters.konfirmasi_plh(case.facts, named, unit, chief=chief),) if chief else ()
    effects = (ProposeActing(named),)
    if is_boss:  # the question is his answer
        return replace(case.base, label="penunjukan diusulkan", unit=unit.id, efek=effects, surat=(asked, *also))
    whom = "Kepala Subbagian Perencanaan dan Sekretaris" if chief else "Kepala Subbagian Perencanaan"
    result = f"Usulan {order.sebutan} {unit.nama} telah disampaikan kepada {whom} dan berlaku setelah disetujui."
    outcome = case.confirm(result, effects, None, (asked, *also))
    return replace(outcome, label="penunjukan diusulkan", unit=unit.id)


def _days(order: TunjukPlh, case: Case) -> tuple[date | None, date | None]:
    today = case.facts.today
    until = day_named(order.sampai, today) if order.sampai else None
    if not order.sejak:
        return today, until
    written = order.sejak
    if written.isdigit() and until is not None:  # "5 s.d. 9 Oktober": of the same month
        written = f"{written} {text.tanggal(until).split(' ', 1)[1]}"
    since = day_named(written, today)
    # A day without a year that has just gone by is meant, not the one of next year.
    if since is not None and until is not None and since > until:
        since = day_named(f"{written} {until.year}", today)
    return since, until


def _troubles(case: Case, order: TunjukPlh, unit: Unit | None, since: date | None, until: date | None) -> Iterator[str]:
    register, today = case.facts.daftar, case.facts.today
    if unit is None:
        known = "; ".join(f"{one.kode} ({one.nama})" for one in register.responden)
        yield f"Mohon disebutkan unitnya, salah satu dari: {known}."
    missing = [
        name
        for name, value in (
            ("nama pejabat", order.nama),
            ("alamat surel", order.alamat),
            ("nomor surat penunjukan", order.nomor),
            ("hari terakhir masa penunjukan", until),
        )
        if not value
    ]
    if missing:
        yield f"Mohon dilengkapi {text.rangkai(missing)}."
    if since is None:
        yield "Mohon hari pertama masa penunjukan ditulis lengkap."
    if until is not None and (until < today or (since is not None and until < since)):
        yield "Mohon hari terakhir masa penunjukan tidak mendahului hari pertamanya dan belum lewat."
    elif until is not None and (until - today).days > _LONGEST:
        yield "Mohon masa penunjukan paling lama satu tahun."
    if order.alamat in {address.casefold() for address in case.facts.identitas.alamat}:
        yield "Alamat tersebut milik sistem ini; mohon alamat pejabat yang ditunjuk."
    if unit is not None and order.alamat in {address.casefold() for address in unit.pejabat[0].alamat}:
        yield f"Alamat tersebut sudah terdaftar sebagai alamat {unit.pejabat[0].jabatan}."


def _example(case: Case, unit: Unit | None) -> str:
    units = case.facts.daftar.responden
    kode = unit.kode if unit else units[0].kode if units else "UNIT"
    later = text.tanggal(date.fromordinal(case.facts.today.toordinal() + 7))
    return f"Penunjukan belum dicatat. Contoh: {_EXAMPLE.format(unit=kode, sampai=later)}"
