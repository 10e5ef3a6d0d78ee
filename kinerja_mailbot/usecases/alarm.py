"""Telling the admin about faults of operation, each of them once."""

from __future__ import annotations

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.ports import Cursor, PeriodBook, Plan

_SET_ASIDE = "gangguan.surel."
_MOST_NAMED = 10


def raise_alarm(
    book: PeriodBook, press: Press, facts: Facts, key: str, *sentences: str, judul: str = "Gangguan layanan"
) -> bool:
    """Queue a letter to the admin unless one with this key was ever queued; tell whether it was new."""
    if not facts.daftar.admin or key in book.letter_keys(key):
        return False
    letter = letters.gangguan(facts, kunci=key, judul=judul, rincian=sentences)
    book.carry_out(Plan(surat=(letter,)), press.compose((letter,), facts.now), facts.now)
    return True


def tell_set_aside(book: PeriodBook, press: Press, facts: Facts, matters: tuple[Matter, ...]) -> bool:
    """Tell the admin of the mails that were set aside and that no letter has named yet; tell whether there were any.

    One letter names all of them (key `gangguan.surel.<first>` or `gangguan.surel.<first>-<last>`): a fault that strikes
    every mail must not send a letter for each.
    """
    told = tuple(_span(key) for key in book.letter_keys(_SET_ASIDE))
    numbers = [m.nomor for m in matters if m.urusan is Urusan.DISISIHKAN and not any(m.nomor in span for span in told)]
    if not numbers:
        return False
    key = f"{_SET_ASIDE}{numbers[0]}" + (f"-{numbers[-1]}" if len(numbers) > 1 else "")
    more = len(numbers) - _MOST_NAMED
    return raise_alarm(
        book,
        press,
        facts,
        key,
        *(
            f"Surel nomor {number} tidak dapat diproses setelah tiga kali percobaan; isinya tetap tersimpan."
            for number in numbers[:_MOST_NAMED]
        ),
        *((f"Hal yang sama terjadi pada {more} surel lain.",) if more > 0 else ()),
        f"Penyebabnya terdapat pada log; setelah diperbaiki, jalankan: kinerja-mailbot replay {numbers[0]}",
        judul="Surel yang belum dapat diproses",
    )


def tell_withheld(book: PeriodBook, press: Press, facts: Facts, folder: str, places: tuple[Cursor, ...]) -> bool:
    """Tell the admin, at most once a day for a folder, of mails that the server lists and does not hand over."""
    if not places:
        return False
    named = ", ".join(str(place.uid) for place in places[:_MOST_NAMED])
    return raise_alarm(
        book,
        press,
        facts,
        f"gangguan.tertahan.{folder}.{facts.today}",
        f'Surel dengan UID {named} pada folder "{folder}" tercantum di server, tetapi tidak dapat diambil '
        "setelah tiga kali percobaan.",
        "Surel lain tetap diproses, dan surel itu dicoba kembali setiap hari.",
        "Mohon surel itu dibuka melalui webmail dan diteruskan kembali ke alamat ini, atau kotak surat diperiksa.",
        judul="Surel yang tidak dapat diambil dari server",
    )


def _span(key: str) -> range:
    first, _, last = key.removeprefix(_SET_ASIDE).partition("-")
    return range(int(first), int(last or first) + 1)
