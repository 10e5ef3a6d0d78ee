"""What all letters share: who is written to, under which subject tag, how moments and deadlines are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Thread
from kinerja_mailbot.domain.mail.thread import make_message_id, reader_of
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.sop.working_time import count_minutes
from kinerja_mailbot.domain.unit import Pejabat, Peran, Unit

_SECRETARY_STEP = 3  # SOP step 3 goes to the Sekretaris, step 2 to the Kepala Subbagian
_REFERENCES_KEPT = 10  # enough for every mail program to find the thread; header lines stay short


@dataclass(frozen=True, slots=True, kw_only=True)
class Kepala:
    """Title, address and signature of a letter."""

    hal: str  # the subject without its tag; the letter's title
    yth: tuple[str, ...]  # offices of the recipients
    sapaan: str  # how the letter addresses its reader: "Bapak/Ibu"
    atas_nama: str  # office of the Kasubbag, for whom the bot writes
    sop: str  # number and date of the version in force


@dataclass(frozen=True, slots=True, kw_only=True)
class Isi:
    """What every template may count on; each letter adds its own fields."""

    kepala: Kepala


def heading(facts: Facts, hal: str, to: tuple[Pejabat, ...]) -> Kepala:
    """Return title, address and signature of a letter to these people."""
    forms, sop = {person.sapaan for person in to}, facts.aturan.sop
    return Kepala(
        hal=hal,
        yth=tuple(dict.fromkeys(person.jabatan for person in to)),
        sapaan=forms.pop() if len(forms) == 1 else "Bapak/Ibu",  # the neutral form when they differ
        atas_nama=facts.daftar.kasubbag.jabatan,
        sop=f"{sop.nomor} tanggal {text.tanggal(sop.tanggal)}",
    )


def moment(facts: Facts, at: datetime) -> str:
    """Return a moment in office time: "Selasa, 6 Oktober 2026 pukul 16.00 WIT"."""
    return text.waktu(at, facts.aturan.jam.zona, facts.aturan.kantor.singkatan_zona)


def short_moment(facts: Facts, at: datetime | None) -> str:
    """Return a moment for a narrow table cell, in office time; a dash when it has not come."""
    return "–" if at is None else text.waktu_singkat(at, facts.aturan.jam.zona)


def remaining(facts: Facts, until: datetime) -> str:
    """Return the working time left until a deadline, or how long ago it passed.

    Until the second it falls due nothing has passed, even when no full working minute is left. No letter counts
    "0 menit": that is the moment of the deadline itself, or a night without working time.
    """
    minutes = count_minutes(facts.aturan.jam, facts.now, until)
    if until < facts.now:
        return f"telah lewat {text.lama_kerja(minutes)}" if minutes else "baru saja lewat"
    return f"sisa {text.lama_kerja(minutes)}" if minutes else "berakhir saat ini"


def deadline(facts: Facts, until: datetime, unit: Unit | None = None) -> str:
    """Return a deadline with the working time that is left (every letter that asks for something names both).

    The Sekretaris is not told that his deadline has passed; only the Kasubbag hears of it. While the clock stands
    no time is left or over.
    """
    if facts.is_paused:
        return f"{moment(facts, until)} (hitungan waktu sedang ditunda)"
    if unit is not None and is_superior(unit) and until < facts.now:
        return moment(facts, until)
    return f"{moment(facts, until)} ({remaining(facts, until)})"


def is_superior(unit: Unit) -> bool:
    """Tell whether the unit is the Sekretaris: he is asked ("Mohon perkenan"), never pressed."""
    return unit.langkah_kirim == _SECRETARY_STEP


def secretary(facts: Facts) -> Unit | None:
    """Return the Sekretaris among the respondents."""
    return next((unit for unit in facts.daftar.responden if is_superior(unit)), None)


def tag(periode: str | None, unit: Unit | None) -> str:
    """Return the subject's tag by which people and programs find the thread.

    >>> tag("2026-TW3", None), tag(None, None)
    ('[KINERJA 2026-TW3]', '[KINERJA]')
    """
    return f"[{' '.join(['KINERJA', *([periode] if periode else []), *([unit.kode] if unit else [])])}]"


def answered(facts: Facts, mail: IncomingMail, unit: Unit) -> Pejabat:
    """Return who gets the answer to a mail of a unit: the official who sent it, else who is in charge today."""
    sender = unit.official_with(mail.sender or "", facts.office_day(mail.tiba_at))
    return sender or unit.official_on(facts.today)


def first_asked(facts: Facts, request: RequestState, unit: Unit) -> Pejabat:
    """Return to whom the request letter went: who was in charge when it was composed."""
    return unit.official_on(facts.office_day(request.diminta_at), request.diminta_at)


def successor_key(request: RequestState, unit: Unit, person: Pejabat) -> str:
    """Return the key of the request letter to somebody who has come to be in charge since."""
    return f"{request.periode}.permintaan.{unit.id}.{person.alamat[0].casefold()}"


def thread_head(facts: Facts, request: RequestState, unit: Unit, person: Pejabat) -> str:
    """Return the Message-ID of the request letter that this person got himself.

    Another's must never be named to him: it would prove him to be the other.
    """
    if first_asked(facts, request, unit).alamat == person.alamat:
        return request.message_id
    reader = reader_of(unit.id, person)
    return make_message_id(facts.identitas, successor_key(request, unit, person), request.periode, reader)


def staff(facts: Facts) -> tuple[Pejabat, ...]:
    """Return the penyusun, or the Kasubbag where the office has none."""
    return facts.daftar.penyusun or (facts.daftar.kasubbag,)


def unit_of(facts: Facts, person: Pejabat) -> Unit | None:
    """Return the unit of which this person is an official; None for the Kasubbag, a penyusun or a stranger."""
    return next((unit for unit in facts.daftar.responden if person in unit.pejabat), None)


def orderer(facts: Facts, mail: IncomingMail | None) -> Pejabat | None:
    """Return the Kasubbag or penyusun who wrote the mail."""
    sender = mail.sender if mail else None
    person = facts.daftar.whose(sender, facts.today) if sender else None
    return person.pejabat if person and person.peran in (Peran.KASUBBAG, Peran.PENYUSUN) else None


def answer_to(mail: IncomingMail, head: str = "") -> Thread | None:
    """Return the thread of an answer to a mail, with the request's id at its head (RFC 5322, section 3.6.4).

    A mail without a Message-ID is answered in the request's thread.
    """
    if not mail.message_id:
        return Thread(head) if head else None
    chain = dict.fromkeys(filter(None, (head, *mail.references[-_REFERENCES_KEPT:])))
    return Thread(mail.message_id, tuple(ref for ref in chain if ref != mail.message_id))


def name_of(facts: Facts, kode: str | None) -> str:
    """Return the period's name as letters write it; a code that is not on record stays as it is."""
    known = facts.period(kode)
    return known.periode.nama if known else kode or ""


def open_periods(facts: Facts) -> tuple[PeriodState, ...]:
    """Return the periods that are not closed."""
    return tuple(p for p in facts.periode if p.keadaan is not KeadaanPeriode.DITUTUP)


def state_word(request: RequestState) -> str:
    """Return how far a request is, as the Kasubbag reads it."""
    match request.keadaan:
        case KeadaanPermintaan.DISIAPKAN:
            return "sedang dikirim"
        case KeadaanPermintaan.MENUNGGU:
            return "belum diterima"
        case KeadaanPermintaan.PERLU_PERBAIKAN:
            return "perlu perbaikan"
        case KeadaanPermintaan.LENGKAP:
            return "lengkap"
