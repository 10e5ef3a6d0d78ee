"""Every way of typing a value that the office is known to use, and what becomes of it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from kinerja_mailbot.domain.form.definition import Choice, ColumnType
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.dispatch import read_cell
from kinerja_mailbot.domain.form.value import (
    CellError,
    CellOutcome,
    Mark,
    RawCell,
    RawValue,
    Uncalculated,
    Value,
)

ACCEPTED, INFO, CHECK, FIX = CellOutcome.ACCEPTED, CellOutcome.INFO, CellOutcome.CHECK, CellOutcome.FIX
STATUS = (
    Choice("SESUAI", ("S", "TS", "Telah sesuai", "Selesai", "Tuntas")),
    Choice("BELUM_SESUAI", ("BS", "Dalam proses", "Proses")),
    Choice("BELUM_TL", ("BTL", "Belum", "Belum ditindaklanjuti")),
    Choice("TIDAK_DAPAT", ("TDTL", "TPTD", "Tidak dapat")),
)

PERCENT = CellContext(jenis=ColumnType.PERSEN, satuan="%", boleh_tidak_diukur=True, boleh_nihil=True)
SMALL = CellContext(jenis=ColumnType.PERSEN, satuan="%", target=Decimal("0.2"))
COUNT = CellContext(jenis=ColumnType.JUMLAH, satuan="laporan", boleh_tidak_diukur=True)
FEW = CellContext(jenis=ColumnType.JUMLAH, satuan="laporan", target=Decimal(12))
BARE_COUNT = CellContext(jenis=ColumnType.JUMLAH, judul="Jumlah Temuan")
SCORE = CellContext(jenis=ColumnType.NILAI, satuan="nilai")
MONEY = CellContext(jenis=ColumnType.RUPIAH, judul="Realisasi (Rp)")
THOUSANDS = CellContext(jenis=ColumnType.RUPIAH, judul="Realisasi (dalam ribuan)")
DAY = CellContext(jenis=ColumnType.TANGGAL, awal=date(2026, 7, 1), akhir=date(2026, 9, 30))
YEAR = CellContext(jenis=ColumnType.TAHUN)
CHOICE = CellContext(jenis=ColumnType.PILIHAN, pilihan=STATUS)
PREDIKAT = CellContext(jenis=ColumnType.PREDIKAT)
OPINION = CellContext(jenis=ColumnType.PREDIKAT, target="WTP")
YES_NO = CellContext(jenis=ColumnType.YA_TIDAK)
TEXT = CellContext(jenis=ColumnType.TEKS, atas="Anggaran terlambat")
TOP_TEXT = CellContext(jenis=ColumnType.TEKS)
TARGET = CellContext(jenis=ColumnType.PERSEN, satuan="%", rentang=True)

Case = tuple[str, RawValue, str | None, CellContext, CellOutcome, Value | None, str]  # the last one: the message's id


def d(number: str) -> Decimal:
    return Decimal(number)


CASES: list[Case] = [
    # Percent: numbers
    ("percent-85", 85, None, PERCENT, ACCEPTED, d("85"), ""),
    ("percent-float", 85.5, "General", PERCENT, ACCEPTED, d("85.5"), ""),
    ("percent-float-noise", 85.30000000000001, "General", PERCENT, ACCEPTED, d("85.3"), ""),
    ("percent-format", 0.85, "0%", PERCENT, ACCEPTED, d("85"), ""),
    ("percent-format-decimals", 0.8555, "0.00%", PERCENT, ACCEPTED, d("85.55"), ""),
    ("percent-format-hundred", 1, "0%", PERCENT, ACCEPTED, d("100"), ""),
    ("percent-our-literal-format", 85.5, '0.00"%"', PERCENT, ACCEPTED, d("85.5"), ""),
    ("percent-0.85-general", 0.85, "General", PERCENT, FIX, None, "K-109"),
    ("percent-0.85-format-unknown", 0.85, None, PERCENT, FIX, None, "K-109"),
    ("percent-0.85-our-format-large-target", 0.85, '0.00"%"', PERCENT, FIX, None, "K-109"),
    ("percent-0.15-small-target-our-format", 0.15, '0.00"%"', SMALL, ACCEPTED, d("0.15"), ""),
    ("percent-0.15-small-target-general", 0.15, "General", SMALL, FIX, None, "K-109"),
    ("percent-1-general", 1, "General", PERCENT, FIX, None, "K-109"),
    ("percent-0", 0, "General", PERCENT, ACCEPTED, d("0"), ""),
    ("percent-pasted-8500", 85, "0%", PERCENT, FIX, None, "K-121"),
    ("percent-raw-8500-in-percent-cell", 8500, "0%", PERCENT, FIX, None, "K-121"),
    ("percent-8500-general", 8500, "General", PERCENT, FIX, None, "K-122"),
    ("percent-above-target", 103.75, "General", PERCENT, ACCEPTED, d("103.75"), ""),
    ("percent-250", 250, "General", PERCENT, CHECK, d("250"), "K-123"),
    ("percent-negative", -5, None, PERCENT, FIX, None, "K-110"),
    ("percent-bool", True, None, PERCENT, FIX, None, "K-107"),
    ("percent-date-of-a-fraction", datetime.fromisoformat("2026-04-03T00:00"), None, PERCENT, FIX, None, "K-108"),
    ("percent-time", time(3, 4), None, PERCENT, FIX, None, "K-108"),
    ("percent-nan", float("nan"), None, PERCENT, FIX, None, "K-107"),
    ("percent-enormous", 10**400, None, PERCENT, FIX, None, "K-107"),
    # Percent: text
    ("percent-text-85", "85", None, PERCENT, ACCEPTED, d("85"), ""),
    ("percent-sign", "85%", None, PERCENT, ACCEPTED, d("85"), ""),
    ("percent-sign-space", "85 %", None, PERCENT, ACCEPTED, d("85"), ""),
    ("percent-word", "85 persen", None, PERCENT, ACCEPTED, d("85"), ""),
    ("percent-Word", "85 Persen", None, PERCENT, ACCEPTED, d("85"), ""),
    ("percent-comma-sign", "85,5%", None, PERCENT, ACCEPTED, d("85.5"), ""),
    ("percent-dot-sign", "85.5%", None, PERCENT, ACCEPTED, d("85.5"), ""),
    ("percent-comma", "85,5", None, PERCENT, ACCEPTED, d("85.5"), ""),
    ("percent-dot", "12.5", None, PERCENT, INFO, d("12.5"), "K-112"),
    ("percent-0,85", "0,85", None, PERCENT, FIX, None, "K-109"),
    ("percent-0.85-text", "0.85", None, PERCENT, FIX, None, "K-109"),
    ("percent-0,85-sign", "0,85%", None, PERCENT, ACCEPTED, d("0.85"), ""),
    ("percent-lOO", "lOO%", None, PERCENT, FIX, None, "K-101"),
    ("percent-l00", "l00", None, PERCENT, FIX, None, "K-101"),
    ("percent-1O0", "1O0", None, PERCENT, FIX, None, "K-101"),
    ("percent-12.500", "12.500", None, PERCENT, FIX, None, "K-109"),
    ("percent-12,500", "12,500", None, PERCENT, FIX, None, "K-109"),
    ("percent-1.234.56", "1.234.56", None, PERCENT, FIX, None, "K-106"),
    ("percent-range", "80 - 90%", None, PERCENT, FIX, None, "K-103"),
    ("percent-at-least", "≥ 75", None, PERCENT, FIX, None, "K-103"),
    ("percent-more", ">75", None, PERCENT, FIX, None, "K-103"),
    ("percent-about", "± 80", None, PERCENT, FIX, None, "K-103"),
    ("percent-an", "80-an", None, PERCENT, FIX, None, "K-103"),
    ("percent-of", "3 dari 4", None, PERCENT, FIX, None, "K-102"),
    ("percent-fraction", "3/4", None, PERCENT, FIX, None, "K-102"),
    ("percent-half", "½", None, PERCENT, FIX, None, "K-107"),
    ("percent-nihil", "Nihil", None, PERCENT, FIX, None, "K-004"),
    ("percent-nbsp", "\u00a085\u00a0%\u00a0", None, PERCENT, ACCEPTED, d("85"), ""),
    ("percent-full-width", "８５％", None, PERCENT, ACCEPTED, d("85"), ""),
    ("percent-apostrophe", "'85", None, PERCENT, ACCEPTED, d("85"), ""),
    ("percent-attached", "terlampir", None, PERCENT, FIX, None, "K-105"),
    ("percent-see-attachment", "lihat lampiran", None, PERCENT, FIX, None, "K-105"),
    ("percent-ditto", "sda", None, PERCENT, FIX, None, "K-104"),
    ("percent-words", "delapan puluh", None, PERCENT, FIX, None, "K-107"),
    ("percent-other-digits", "٨٥", None, PERCENT, FIX, None, "K-107"),
    ("target-range", "80 - 90%", None, TARGET, ACCEPTED, "80-90", ""),
    ("target-number", 85, None, TARGET, ACCEPTED, d("85"), ""),
    ("target-at-least", "≥ 75", None, TARGET, FIX, None, "K-103"),
    # Absence
    ("empty", None, None, PERCENT, ACCEPTED, None, ""),
    ("spaces", "  \u00a0", None, PERCENT, ACCEPTED, None, ""),
    ("dash", "-", None, PERCENT, ACCEPTED, None, ""),
    ("en-dash", "–", None, MONEY, ACCEPTED, None, ""),
    ("dot", ".", None, COUNT, ACCEPTED, None, ""),
    ("not-measured", "Tidak diukur", None, PERCENT, ACCEPTED, Mark.TIDAK_DIUKUR, ""),
    ("not-measured-long", "Tidak diukur pada periode ini", None, PERCENT, ACCEPTED, Mark.TIDAK_DIUKUR, ""),
    ("n/a", "N/A", None, PERCENT, INFO, Mark.TIDAK_DIUKUR, "K-006"),
    ("n.a.", "n.a.", None, COUNT, INFO, Mark.TIDAK_DIUKUR, "K-006"),
    ("not-done", "belum dilaksanakan", None, PERCENT, INFO, Mark.TIDAK_DIUKUR, "K-006"),
    ("tms", "TMS", None, PERCENT, INFO, Mark.TIDAK_DIUKUR, "K-006"),
    ("not-measured-not-allowed", "N/A", None, MONEY, FIX, None, "K-005"),
    ("error-ref", CellError("#REF!"), None, PERCENT, FIX, None, "K-001"),
    ("error-div", CellError("#DIV/0!"), None, MONEY, FIX, None, "K-001"),
    ("error-in-text", CellError("#NAME?"), None, TEXT, FIX, None, "K-001"),
    ("formula-without-result", Uncalculated("=B2*2"), None, COUNT, FIX, None, "K-002"),
    ("formula-without-result-in-text", Uncalculated(), None, TEXT, FIX, None, "K-002"),
    # Counts
    ("count-2", 2, None, COUNT, ACCEPTED, d("2"), ""),
    ("count-2.0", 2.0, "General", COUNT, ACCEPTED, d("2"), ""),
    ("count-0", 0, None, COUNT, ACCEPTED, d("0"), ""),
    ("count-text-0", "0", None, COUNT, ACCEPTED, d("0"), ""),
    ("count-nihil", "Nihil", None, COUNT, ACCEPTED, Mark.NIHIL, ""),
    ("count-none", "tidak ada", None, COUNT, ACCEPTED, Mark.NIHIL, ""),
    ("count-2-lap", "2 Lap", None, COUNT, ACCEPTED, d("2"), ""),
    ("count-2-laporan", "2 laporan", None, COUNT, ACCEPTED, d("2"), ""),
    ("count-2-lap-dot", "2 lap.", None, COUNT, ACCEPTED, d("2"), ""),
    ("count-11-dok", "11 dok", None, COUNT, FIX, None, "K-132"),
    ("count-title-unit", "3 temuan", None, BARE_COUNT, ACCEPTED, d("3"), ""),
    ("count-unknown-unit", "3 zebra", None, BARE_COUNT, CHECK, d("3"), "K-131"),
    ("count-12.500", "12.500", None, COUNT, ACCEPTED, d("12500"), ""),
    ("count-12.500-far-above-target", "12.500", None, FEW, FIX, None, "K-109"),
    ("count-12,500", "12,500", None, COUNT, FIX, None, "K-109"),
    ("count-1.234.567", "1.234.567", None, COUNT, ACCEPTED, d("1234567"), ""),
    ("count-english", "1,234,567", None, COUNT, INFO, d("1234567"), "K-112"),
    ("count-spaced", "1 234 567", None, COUNT, INFO, d("1234567"), "K-112"),
    ("count-half", 2.5, None, COUNT, FIX, None, "K-133"),
    ("count-half-text", "2,5", None, COUNT, FIX, None, "K-133"),
    ("count-percent", "100%", None, COUNT, FIX, None, "K-111"),
    ("count-percent-format", 1, "0%", COUNT, FIX, None, "K-111"),
    ("count-fraction", "3/4", None, COUNT, FIX, None, "K-102"),
    ("count-of", "3 dari 4", None, COUNT, FIX, None, "K-102"),
    ("count-fraction-became-date", date(2026, 4, 3), None, COUNT, FIX, None, "K-108"),
    ("count-negative", -1, None, COUNT, FIX, None, "K-110"),
    ("count-idem", "idem", None, COUNT, FIX, None, "K-104"),
    ("count-quote", '"', None, COUNT, FIX, None, "K-104"),
    ("count-tick", "√", None, COUNT, FIX, None, "K-107"),
    # Scores
    ("score-comma", "69,05", None, SCORE, ACCEPTED, d("69.05"), ""),
    ("score-number", 69.05, None, SCORE, ACCEPTED, d("69.05"), ""),
    ("score-dot", "69.05", None, SCORE, INFO, d("69.05"), "K-112"),
    ("score-index", 0.85, None, SCORE, ACCEPTED, d("0.85"), ""),
    ("score-12.500", "12.500", None, SCORE, FIX, None, "K-109"),
    ("score-12,500", "12,500", None, SCORE, FIX, None, "K-109"),
    ("score-lost-comma", 6905, None, SCORE, CHECK, d("6905"), "K-141"),
    ("score-percent", "69%", None, SCORE, FIX, None, "K-111"),
    ("score-negative", "-3", None, SCORE, FIX, None, "K-110"),
    ("score-nihil", "Nihil", None, SCORE, FIX, None, "K-003"),
    # Rupiah
    ("money-number", 12500000, None, MONEY, ACCEPTED, d("12500000"), ""),
    ("money-12.500", "12.500", None, MONEY, ACCEPTED, d("12500"), ""),
    ("money-12,500", "12,500", None, MONEY, FIX, None, "K-109"),
    ("money-grouped", "1.234.567", None, MONEY, ACCEPTED, d("1234567"), ""),
    ("money-grouped-sen", "1.234.567,89", None, MONEY, ACCEPTED, d("1234567.89"), ""),
    ("money-english", "1,234,567", None, MONEY, INFO, d("1234567"), "K-112"),
    ("money-english-sen", "1,234,567.50", None, MONEY, INFO, d("1234567.5"), "K-112"),
    ("money-broken", "1.234.56", None, MONEY, FIX, None, "K-106"),
    ("money-rp-tail", "Rp. 11.714.510.000,-", None, MONEY, ACCEPTED, d("11714510000"), ""),
    ("money-rp-sen", "Rp29.286.275.000,00", None, MONEY, ACCEPTED, d("29286275000"), ""),
    ("money-idr", "IDR 750.000", None, MONEY, ACCEPTED, d("750000"), ""),
    ("money-rp-dash", "Rp -", None, MONEY, ACCEPTED, None, ""),
    ("money-miliar", "29,2 M", None, MONEY, CHECK, d("29200000000"), "K-151"),
    ("money-juta", "1,5 jt", None, MONEY, CHECK, d("1500000"), "K-151"),
    ("money-ribu", "750 rb", None, MONEY, CHECK, d("750000"), "K-151"),
    ("money-triliun", "2 T", None, MONEY, CHECK, d("2000000000000"), "K-151"),
    ("money-rp-juta", "Rp 12 juta", None, MONEY, CHECK, d("12000000"), "K-151"),
    ("money-ambiguous-juta", "12.500 jt", None, MONEY, FIX, None, "K-109"),
    ("money-29.2", 29.2, "General", MONEY, FIX, None, "K-154"),
    ("money-29.2-text", "29.2", None, MONEY, FIX, None, "K-154"),
    ("money-small", 29, None, MONEY, CHECK, d("29"), "K-153"),
    ("money-header-thousands", 12500, None, THOUSANDS, FIX, None, "K-152"),
    ("money-header-thousands-zero", 0, None, THOUSANDS, ACCEPTED, d("0"), ""),
    ("money-brackets", "(1.000)", None, MONEY, FIX, None, "K-110"),
    ("money-trailing-minus", "1.000-", None, MONEY, FIX, None, "K-110"),
    ("money-negative", -1000, None, MONEY, FIX, None, "K-110"),
    ("money-nihil", "NIHIL", None, MONEY, ACCEPTED, Mark.NIHIL, ""),
    ("money-zero", "0", None, MONEY, ACCEPTED, d("0"), ""),
    ("money-percent", "85%", None, MONEY, FIX, None, "K-111"),
    ("money-letters", "l2.5OO.OOO", None, MONEY, FIX, None, "K-101"),
    ("money-float-sen", 1234567.5, None, MONEY, INFO, d("1234568"), "K-155"),
    # Dates
    ("date-real", datetime.fromisoformat("2026-08-17T00:00"), None, DAY, ACCEPTED, date(2026, 8, 17), ""),
    ("date-real-outside", date(2026, 1, 20), None, DAY, ACCEPTED, date(2026, 1, 20), ""),
    ("date-swapped-by-excel", date(2026, 3, 8), None, DAY, FIX, None, "K-161"),
    ("date-inside-though-swappable", date(2026, 8, 3), None, DAY, ACCEPTED, date(2026, 8, 3), ""),
    ("date-serial", 44931, "General", DAY, INFO, date(2023, 1, 5), "K-162"),
    ("date-serial-text", "44931", None, DAY, INFO, date(2023, 1, 5), "K-162"),
    ("date-other-number", 12, None, DAY, FIX, None, "K-164"),
    ("date-year-number", 2023, None, DAY, FIX, None, "K-165"),
    ("date-long", "5 Januari 2023", None, DAY, ACCEPTED, date(2023, 1, 5), ""),
    ("date-zero", "05 Jan 2023", None, DAY, ACCEPTED, date(2023, 1, 5), ""),
    ("date-agt", "5 Agt 2023", None, DAY, ACCEPTED, date(2023, 8, 5), ""),
    ("date-agu", "5 Agu 2023", None, DAY, ACCEPTED, date(2023, 8, 5), ""),
    ("date-ags", "5 Ags 2023", None, DAY, ACCEPTED, date(2023, 8, 5), ""),
    ("date-nop", "5 Nop 2023", None, DAY, ACCEPTED, date(2023, 11, 5), ""),
    ("date-nopember", "5 Nopember 2023", None, DAY, ACCEPTED, date(2023, 11, 5), ""),
    ("date-pebruari", "5 Pebruari 2023", None, DAY, ACCEPTED, date(2023, 2, 5), ""),
    ("date-sept", "5 Sept. 2023", None, DAY, ACCEPTED, date(2023, 9, 5), ""),
    ("date-oct", "5 Oct 2023", None, DAY, ACCEPTED, date(2023, 10, 5), ""),
    ("date-desember", "31 Desember 2026", None, DAY, ACCEPTED, date(2026, 12, 31), ""),
    ("date-mei", "1 Mei 2026", None, DAY, ACCEPTED, date(2026, 5, 1), ""),
    ("date-maret", "1-Mar-26", None, DAY, ACCEPTED, date(2026, 3, 1), ""),
    ("date-weekday", "Kamis, 5 Januari 2023", None, DAY, ACCEPTED, date(2023, 1, 5), ""),
    ("date-tanggal", "Tanggal 5 Januari 2023", None, DAY, ACCEPTED, date(2023, 1, 5), ""),
    ("date-slashes", "05/01/2023", None, DAY, ACCEPTED, date(2023, 1, 5), ""),
    ("date-dashes", "5-1-23", None, DAY, ACCEPTED, date(2023, 1, 5), ""),
    ("date-dots", "5.1.2023", None, DAY, ACCEPTED, date(2023, 1, 5), ""),
    ("date-american", "01/13/2023", None, DAY, INFO, date(2023, 1, 13), "K-163"),
    ("date-iso", "2023-01-05", None, DAY, ACCEPTED, date(2023, 1, 5), ""),
    ("date-iso-midnight", "2023-01-05 00:00:00", None, DAY, ACCEPTED, date(2023, 1, 5), ""),
    ("date-month-only", "Januari 2023", None, DAY, FIX, None, "K-165"),
    ("date-quarter", "TW I", None, DAY, FIX, None, "K-165"),
    ("date-year-text", "2023", None, DAY, FIX, None, "K-165"),
    ("date-without-year", "5 Januari", None, DAY, FIX, None, "K-164"),
    ("date-impossible", "31 Februari 2023", None, DAY, FIX, None, "K-164"),
    ("date-two-days", "5-7 Januari 2023", None, DAY, FIX, None, "K-164"),
    ("date-scan-noise", "3C Janu ari 2023", None, DAY, FIX, None, "K-164"),
    ("date-words", "minggu depan", None, DAY, FIX, None, "K-164"),
    ("date-dash", "-", None, DAY, ACCEPTED, None, ""),
    # Years
    ("year-number", 2025, None, YEAR, ACCEPTED, d("2025"), ""),
    ("year-text", "2025", None, YEAR, ACCEPTED, d("2025"), ""),
    ("year-ta", "T.A. 2025", None, YEAR, ACCEPTED, d("2025"), ""),
    ("year-tahun-anggaran", "Tahun Anggaran 2025", None, YEAR, ACCEPTED, d("2025"), ""),
    ("year-two", "2024/2025", None, YEAR, FIX, None, "K-171"),
    ("year-short", 25, None, YEAR, FIX, None, "K-171"),
    ("year-date", date(1905, 7, 17), None, YEAR, FIX, None, "K-108"),
    # Choices
    ("choice-canonical", "SESUAI", None, CHOICE, ACCEPTED, "SESUAI", ""),
    ("choice-case", "belum sesuai", None, CHOICE, ACCEPTED, "BELUM_SESUAI", ""),
    ("choice-synonym", "Selesai", None, CHOICE, INFO, "SESUAI", "K-182"),
    ("choice-proses", "Dalam Proses", None, CHOICE, INFO, "BELUM_SESUAI", "K-182"),
    ("choice-btl", "BTL", None, CHOICE, INFO, "BELUM_TL", "K-182"),
    ("choice-tptd", "TPTD", None, CHOICE, INFO, "TIDAK_DAPAT", "K-182"),
    ("choice-unknown", "hampir", None, CHOICE, FIX, None, "K-181"),
    ("choice-number", 1, None, CHOICE, FIX, None, "K-181"),
    ("choice-empty", "", None, CHOICE, ACCEPTED, None, ""),
    # Predikat
    ("predikat-bb", "BB", None, PREDIKAT, ACCEPTED, "BB", ""),
    ("predikat-small", "bb", None, PREDIKAT, ACCEPTED, "BB", ""),
    ("predikat-lead", "Predikat BB", None, PREDIKAT, ACCEPTED, "BB", ""),
    ("predikat-b", "B", None, PREDIKAT, ACCEPTED, "B", ""),
    ("predikat-word", "Sangat Baik", None, PREDIKAT, INFO, "BB", "K-182"),
    ("predikat-wtp", "WTP", None, OPINION, ACCEPTED, "WTP", ""),
    ("predikat-wtp-long", "Wajar Tanpa Pengecualian", None, OPINION, INFO, "WTP", "K-182"),
    ("predikat-other-scale", "BB", None, OPINION, FIX, None, "K-181"),
    ("predikat-plus", "B+", None, PREDIKAT, FIX, None, "K-181"),
    ("predikat-with-score", "BB (74,05)", None, PREDIKAT, FIX, None, "K-181"),
    ("predikat-number", 74.05, None, PREDIKAT, FIX, None, "K-181"),
    # Yes and no
    ("yes", "Ya", None, YES_NO, ACCEPTED, "ya", ""),
    ("yes-tick", "√", None, YES_NO, ACCEPTED, "ya", ""),
    ("yes-v", "v", None, YES_NO, ACCEPTED, "ya", ""),
    ("yes-bool", True, None, YES_NO, ACCEPTED, "ya", ""),
    ("no", "tidak", None, YES_NO, ACCEPTED, "tidak", ""),
    ("no-none", "tidak ada", None, YES_NO, ACCEPTED, "tidak", ""),
    ("not-yet", "Belum", None, YES_NO, INFO, "tidak", "K-182"),
    ("cross", "x", None, YES_NO, FIX, None, "K-183"),
    ("yes-5", 5, None, YES_NO, FIX, None, "K-183"),
    # Text
    ("text", "  Logistik  tiba tepat waktu ", None, TEXT, ACCEPTED, "Logistik tiba tepat waktu", ""),
    ("text-lines", "satu\n\n dua", None, TEXT, ACCEPTED, "satu\ndua", ""),
    ("text-number", 12, None, TEXT, ACCEPTED, "12", ""),
    ("text-date", date(2026, 1, 5), None, TEXT, ACCEPTED, "5 Januari 2026", ""),
    ("text-sda", "s.d.a.", None, TEXT, INFO, "Anggaran terlambat", "K-193"),
    ("text-idem", "idem", None, TEXT, INFO, "Anggaran terlambat", "K-193"),
    ("text-quote", '"', None, TEXT, INFO, "Anggaran terlambat", "K-193"),
    ("text-sda-nothing-above", "sda", None, TOP_TEXT, FIX, None, "K-192"),
    ("text-attached", "terlampir", None, TEXT, ACCEPTED, "terlampir", ""),
    ("text-dash", "-", None, TEXT, ACCEPTED, None, ""),
    ("text-formula-like", "=HYPERLINK(1)", None, TEXT, ACCEPTED, "=HYPERLINK(1)", ""),
    ("text-endless", "a" * 5000, None, TEXT, FIX, None, "K-191"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_cell_is_read_as_the_office_means_it(case: Case) -> None:
    _, typed, number_format, context, outcome, value, message = case

    reading = read_cell(RawCell(typed, number_format), context)

    assert (reading.outcome, reading.value, reading.id) == (outcome, value, message)
    assert type(reading.value) is type(value)
    assert bool(reading.message) is (outcome is not ACCEPTED)


@pytest.mark.parametrize(
    ("typed", "context", "message"),
    [
        pytest.param(
            "12.500",
            PERCENT,
            'Tertulis "12.500", sedangkan satuannya persen; mohon pastikan apakah yang dimaksud (a) 12,5 atau (b) '
            "12500, lalu tulis angka saja, misalnya 85,5.",
            id="which of two",
        ),
        pytest.param(
            "29,2 M",
            MONEY,
            'Tertulis "29,2 M", kami baca Rp29.200.000.000; mohon dipastikan dan apabila itu pembulatan, mohon tulis '
            "angka penuh.",
            id="rounded amount",
        ),
        pytest.param(
            "Januari 2023",
            DAY,
            'Tertulis "Januari 2023", tanggalnya belum disebutkan; mohon tulis lengkap, misalnya "5 Januari 2026".',
            id="no day",
        ),
        pytest.param(
            "2 dok",
            COUNT,
            'Tertulis "2 dok", sedangkan satuannya laporan; mohon pastikan jumlahnya dalam laporan, lalu tulis angka '
            "saja, misalnya 2.",
            id="other unit",
        ),
        pytest.param(
            "selesai",
            CHOICE,
            'Tertulis "selesai", kami catat sebagai "SESUAI".',
            id="synonym",
        ),
    ],
)
def test_the_answer_says_what_was_read_and_what_to_write(typed: str, context: CellContext, message: str) -> None:
    reading = read_cell(RawCell(typed), context)

    assert reading.message == message
