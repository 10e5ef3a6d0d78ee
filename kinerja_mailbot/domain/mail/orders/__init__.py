"""The orders that a Kasubbag or penyusun may give by mail: their values, how they are read, their names."""

from kinerja_mailbot.domain.mail.orders.amounts import Hingga
from kinerja_mailbot.domain.mail.orders.consent import refusal_in, says_yes
from kinerja_mailbot.domain.mail.orders.naming import name_of
from kinerja_mailbot.domain.mail.orders.readers.mails import numbers_in
from kinerja_mailbot.domain.mail.orders.reading import parse_order
from kinerja_mailbot.domain.mail.orders.values import (
    Abaikan,
    AnalisisSelesai,
    Bantuan,
    BelumJelas,
    Buka,
    Ingatkan,
    Kurang,
    Lanjut,
    MintaRekap,
    Order,
    Perpanjang,
    Setuju,
    Status,
    TerimaNihil,
    TerimaSurel,
    Tinjau,
    Tolak,
    Tunda,
    TunjukPlh,
    Tutup,
    is_binding,
)

__all__ = [
    "Abaikan",
    "AnalisisSelesai",
    "Bantuan",
    "BelumJelas",
    "Buka",
    "Hingga",
    "Ingatkan",
    "Kurang",
    "Lanjut",
    "MintaRekap",
    "Order",
    "Perpanjang",
    "Setuju",
    "Status",
    "TerimaNihil",
    "TerimaSurel",
    "Tinjau",
    "Tolak",
    "Tunda",
    "TunjukPlh",
    "Tutup",
    "is_binding",
    "name_of",
    "numbers_in",
    "parse_order",
    "refusal_in",
    "says_yes",
]
