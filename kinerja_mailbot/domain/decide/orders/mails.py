"""Carrying out the orders about mails of the daily summary: TERIMA 12, ABAIKAN 12."""

from __future__ import annotations

from kinerja_mailbot.domain.decide.orders.case import Case
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.matters import Matter
from kinerja_mailbot.domain.mail.outcome import DismissMail, Outcome, ReleaseMail


def release(case: Case, numbers: tuple[int, ...]) -> Outcome:
    """Let mails count as if they had just come; whoever they are from gets the answer, not the giver of the order."""
    known, missing = _named(case, numbers)
    good = tuple(matter for matter in known if matter.may_be_accepted)
    empty = tuple(matter.nomor for matter in known if not matter.may_be_accepted)
    sentences = [_released(matter, case.facts) for matter in good]
    if empty:
        sentences.append(
            f"Surel nomor {_listed(empty)} tidak memuat isian yang dapat diproses; "
            f"balasan ABAIKAN {_listed(empty)} mengeluarkannya dari daftar."
        )
    effects = tuple(ReleaseMail(matter.nomor) for matter in good)
    return case.confirm(" ".join((*sentences, *missing)), effects)


def _released(matter: Matter, facts: Facts) -> str:
    unit = facts.daftar.unit(matter.unit or "")
    whom = f"{unit.nama}" if unit else "pengirimnya apabila terdaftar"
    return f"Surel nomor {matter.nomor} diproses seperti surel yang baru tiba; hasilnya disampaikan kepada {whom}."


def dismiss(case: Case, numbers: tuple[int, ...]) -> Outcome:
    """Take mails off the list (ABAIKAN); nothing of them is deleted."""
    known, missing = _named(case, numbers)
    done = tuple(matter.nomor for matter in known)
    told = (f"Surel nomor {_listed(done)} dikeluarkan dari daftar dan tetap tersimpan dalam arsip.",) if done else ()
    return case.confirm(" ".join((*told, *missing)), tuple(DismissMail(number) for number in done))


def _named(case: Case, numbers: tuple[int, ...]) -> tuple[tuple[Matter, ...], tuple[str, ...]]:
    """Return the mails of these numbers that wait, and what to say about the numbers of which none does."""
    known = tuple(matter for matter in case.facts.urusan if matter.nomor in numbers)
    missing = tuple(number for number in numbers if number not in {matter.nomor for matter in known})
    if not missing:
        return known, ()
    kind = f"Surel nomor {_listed(missing)} tidak (lagi) terdapat dalam daftar surel yang menunggu keputusan."
    return known, (f"{kind} Nomor surel tercantum pada ringkasan harian.",)


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
