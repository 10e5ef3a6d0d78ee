"""The orders that a Kasubbag or penyusun may give by mail: their values, how they are read, their names."""

from kinerja_mailbot.domain.mail.orders.consent import says_yes
from kinerja_mailbot.domain.mail.orders.naming import name_of
from kinerja_mailbot.domain.mail.orders.reading import parse_order
from kinerja_mailbot.domain.mail.orders.values import (
    Abaikan,
    AnalisisSelesai,
    Bantuan,
    Buka,
    Ingatkan,
    MintaRekap,
    Order,
    Setuju,
    Status,
    TerimaNihil,
    TerimaSurel,
    Tutup,
    is_binding,
)

__all__ = [
    "Abaikan",
    "AnalisisSelesai",
    "Bantuan",
    "Buka",
    "Ingatkan",
    "MintaRekap",
    "Order",
    "Setuju",
    "Status",
    "TerimaNihil",
    "TerimaSurel",
    "Tutup",
    "is_binding",
    "name_of",
    "parse_order",
    "says_yes",
]
