"""The words around an order: which are only polite, which cast a doubt on it, how a line becomes plain words."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(text.split())


POLITE = words(
    """
    yth bapak ibu pak bu saudara mas mbak kasubbag admin bot sistem mohon tolong minta harap silakan silahkan agar untuk
    ya iya ok oke okay baik baiklah siap segera dong deh saja lah nya terimakasih trims makasih thanks thx
    please saya kami kita kirim kirimkan dikirim dikirimkan tampilkan berikan beri info dengan hormat salam
    selamat pagi siang sore malam assalamualaikum assalamu alaikum wr wb waalaikumsalam halo hai dear kepada di tempat
    sekarang dulu bantu dibantu perintah
    """
)
# Whoever doubts, forbids or sets a condition has not ordered it; he is asked rather than obeyed.
VETO = words(
    """
    tidak tak tdk tidaklah belum blm jangan bukan batal batalkan tunda ga gak nggak enggak kurang kecuali kalau kalo
    jika bila apabila asal asalkan nanti besok lusa setelah sesudah sebelum tapi tetapi namun tunggu apakah apa kenapa
    mengapa haruskah bolehkah catatan syarat not don't no
    """
)
WHO_OWES = re.compile(
    r"\b(?:yang|yg) (?:belum|blm)(?: (?:me\w+|kirim|masuk|lapor|ada|isi))?(?: (?:data|datanya|isian|isiannya))?\b"
)


def plain(line: str) -> str:
    r"""Return the words in lower case, without punctuation; "2026-TW3" keeps its hyphen.

    >>> plain("  *SETUJU*, laksanakan!")
    'setuju laksanakan'
    """
    text = re.sub(r"(?<!\w)-|-(?!\w)|[^\w\s'-]|_", " ", line.casefold())
    # TERIMA is an order, "terima kasih" is not; "no. 12" is a number, "no" is not.
    text = re.sub(r"\bterima\s+kasih\b", "terimakasih", re.sub(r"\bno(?=\s+\d)", "nomor", text))
    return " ".join(text.split())


def without_courtesy(text: str) -> str:
    """Return the plain words that are left when the polite ones are gone.

    >>> without_courtesy("Mohon kirimkan status, Pak")
    'status'
    """
    return " ".join(word for word in plain(text).split() if word not in POLITE)


def is_doubtful(line: str) -> bool:
    """Tell whether the line doubts, forbids or sets a condition.

    >>> is_doubtful("Setuju, tapi tunggu Senin"), is_doubtful("ingatkan yang belum mengirim")
    (True, False)
    """
    return not VETO.isdisjoint(WHO_OWES.sub("", plain(line)).split())


def lines_with_words(paragraph: str) -> tuple[str, ...]:
    """Return the lines that say something: a line of nothing but courtesy ("Yth. Bapak") is none."""
    return tuple(line for line in paragraph.splitlines() if without_courtesy(line))
