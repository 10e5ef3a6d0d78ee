"""Reading an order from what somebody wrote: the first line with words decides, the rest may only cast doubt on it."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.appointment import read_appointment
from kinerja_mailbot.domain.mail.orders.readers import asking, clock, mails, periods, refusal, units
from kinerja_mailbot.domain.mail.orders.readers.reasoned import begins_with_reason, read_reasoned
from kinerja_mailbot.domain.mail.orders.readers.said import Reader, Said
from kinerja_mailbot.domain.mail.orders.review import read_review
from kinerja_mailbot.domain.mail.orders.values import (
    AnalisisSelesai,
    Bantuan,
    BelumJelas,
    Lanjut,
    Order,
    Setuju,
    Tutup,
    is_binding,
)
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
    refusal.tolak,
    clock.lanjut,
)
# Mail programs break long lines; a line that reaches here goes on in the next one.
_BROKEN_FROM = 60  # characters


def parse_order(text: str, daftar: Daftar) -> Order | None:
    """Return the order that the text gives, or None when there is none or more than one reading.

    Case, punctuation, polite words around it and whatever follows the first line with words do not matter, except
    that a doubt beside an order, or a second order, leaves it unread: asking once more is cheaper than obeying wrongly.
    """
    paragraphs = [paragraph for paragraph in map(lines_with_words, re.split(r"\n\s*\n", text)) if paragraph]
    if not paragraphs:
        return _bare_help(text)
    if (named := read_appointment(" ".join(paragraphs[0]), daftar)) is not None:
        return named
    if (review := read_review(paragraphs[0])) is not None:
        return review
    line, after = _joined(paragraphs)
    order = read_reasoned(line, daftar) or _order_of_line(line, daftar)
    if order is None or (is_binding(order) and any(is_doubtful(line) for line in after[0])):
        return None
    others = {_any_order(line, daftar) for paragraph in after for line in paragraph}
    return order if all(_agrees(other, order) for other in others) else None


def _joined(paragraphs: list[tuple[str, ...]]) -> tuple[str, list[tuple[str, ...]]]:
    """Return the first line with the lines over which it was broken, and the paragraphs that are left."""
    first, *rest = paragraphs
    line, *more = first
    while more and _goes_on(line, more[0]):
        line = f"{line.rstrip()} {more.pop(0).strip()}"
    if not more and rest and begins_with_reason(rest[0][0]):
        line, rest = f"{line} {' '.join(rest[0])}", rest[1:]
    return line, [tuple(more), *rest]


def _goes_on(line: str, following: str) -> bool:
    return begins_with_reason(following) or (len(line) >= _BROKEN_FROM and line.rstrip()[-1] not in ".;!?")


def _any_order(line: str, daftar: Daftar) -> Order | None:
    return read_reasoned(line, daftar) or _order_of_line(line, daftar)


def _agrees(other: Order | None, order: Order) -> bool:
    """Tell whether another line leaves the order what it is: "Setuju." and "Lanjutkan." say one thing."""
    match other:
        case None:
            return True
        case Lanjut():
            return isinstance(order, Setuju | Lanjut)
        case AnalisisSelesai():
            return isinstance(order, Tutup | AnalisisSelesai)  # closing says as much
        case BelumJelas():
            return not is_binding(order)
        case _:
            return other == order


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
    if order is None or any(is_doubtful(more) or read_reasoned(more, daftar) for more in after):
        return None
    return order


def _order_of(line: str, daftar: Daftar) -> Order | None:
    if is_doubtful(line):
        return None
    words = without_courtesy(WHO_OWES.sub("semua", plain(line)))
    if not words:
        return None
    said = Said(words, "?" in line, daftar)
    return next((order for reader in READERS if (order := reader(said)) is not None), None)
