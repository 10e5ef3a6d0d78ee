"""The short form of an order, by which it is confirmed."""

from __future__ import annotations

from kinerja_mailbot.domain.mail.orders.values import (
    Abaikan,
    AnalisisSelesai,
    Bantuan,
    BelumJelas,
    Buka,
    Ingatkan,
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
)


def name_of(order: Order) -> str:  # noqa: PLR0912 - one branch an order
    """Return the order in its short form, as a person could write it again.

    >>> name_of(Ingatkan("umum")), name_of(Status())
    ('INGATKAN umum', 'STATUS')
    """
    match order:
        case Status():
            return "STATUS"
        case MintaRekap():
            return "REKAP"
        case Buka(periode):
            return f"BUKA {periode.kode}"
        case Setuju():
            return "SETUJU"
        case Ingatkan(unit):
            return f"INGATKAN {unit}" if unit else "INGATKAN"
        case Tutup():
            return "TUTUP"
        case TerimaNihil(unit):
            return f"TERIMA {unit} NIHIL"
        case TerimaSurel(numbers):
            return f"TERIMA {_listed(numbers)}"
        case Abaikan(numbers):
            return f"ABAIKAN {_listed(numbers)}"
        case AnalisisSelesai():
            return "ANALISIS SELESAI"
        case Perpanjang():
            return " ".join(("PERPANJANG", "semua" if order.semua else ", ".join(order.unit))).strip()
        case Tunda():
            return "TUNDA"
        case Lanjut():
            return "LANJUT"
        case BelumJelas(perintah=perintah):
            return perintah
        case TunjukPlh():
            return " ".join(filter(None, (order.sebutan.rstrip(".").upper(), order.unit, order.nama)))
        case Tinjau():
            return "TINJAU"
        case Tolak():
            return "TOLAK"
        case Bantuan():
            return "BANTUAN"


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
