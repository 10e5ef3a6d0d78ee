"""Reading an order from what somebody wrote: the first line with words decides, the rest may only cast doubt on it."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.readers import asking, mails, periods, units
from kinerja_mailbot.domain.mail.orders.readers.said import Reader, Said
from kinerja_mailbot.domain.mail.orders.values import Bantuan, Order, is_binding
from kinerja_mailbot.domain.mail.orders.vocabulary import (
    WHO_OWES,
    is_doubtful,
    lines_with_words,
    plain,
    without_courtesy,
)
from kinerja_mailbot.domain.unit import Daftar

# Each reader knows one order and fits it whole, so that the order of the table decides nothing.
READERS: tuple[Reader, ...] = (
    asking.status,
    asking.rekap,
    asking.bantuan,
    periods.setuju,
    periods.tutup,
    periods.analisis_selesai,
    periods.buka,
    units.ingatkan,
    units.terima_nihil,
    mails.terima_surel,
    mails.abaikan,
)


def parse_order(text: str, daftar: Daftar) -> Order | None:
    """Return the order that the text gives, or None when there is none or more than one reading.

    Case, punctuation, polite words around it and whatever follows the first line with words do not matter, except
    that a doubt beside an order, or a second order, leaves it unread: asking once more is cheaper than obeying wrongly.
    """
    paragraphs = [paragraph for paragraph in map(lines_with_words, re.split(r"\n\s*\n", text)) if paragraph]
    if not paragraphs:
        return _bare_help(text)
    first, *rest = paragraphs
    order = _order_of_line(first[0], daftar)
    if order is None or (is_binding(order) and any(is_doubtful(line) for line in first[1:])):
        return None
    others = {_order_of_line(line, daftar) for line in (*first[1:], *(line for later in rest for line in later))}
    return order if others <= {None, order} else None


def _bare_help(text: str) -> Order | None:
    return Bantuan() if re.search(r"\b(?:perintah|bantu)\b", plain(text)) else None


def _order_of_line(line: str, daftar: Daftar) -> Order | None:
    if order := _order_of(line, daftar):
        return order
    # "Status dong, saya mau rapat": what only asks may be followed by anything; what acts may not.
    sentence, *after = re.split(r"[.;!]\s+", line.strip(), maxsplit=1)
    clause = re.split(r"[,.;!?]", line.strip(), maxsplit=1)[0]
    order = _order_of(clause, daftar)
    if order is not None and not is_binding(order):
        return order
    order = _order_of(sentence, daftar)
    return None if order is None or any(map(is_doubtful, after)) else order


def _order_of(line: str, daftar: Daftar) -> Order | None:
    if is_doubtful(line):
        return None
    words = without_courtesy(WHO_OWES.sub("semua", plain(line)))
    if not words:
        return None
    said = Said(words, "?" in line, daftar)
    return next((order for reader in READERS if (order := reader(said)) is not None), None)
