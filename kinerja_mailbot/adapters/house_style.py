"""The office's house style in workbooks: colours, font, dates, paper."""

from __future__ import annotations

from kinerja_mailbot.domain.unit import Kertas

NAVY, TEAL, GREY, PALE = "1F3A56", "2F6B63", "5B6770", "F1F4F7"
FONT = "Arial"
DATE_FORMAT = "[$-421]d mmmm yyyy"  # 421: Indonesian month names in every Excel
PAPER = {Kertas.A4: 9, Kertas.F4: 14}  # ECMA-376 18.3.1.63; 14 is folio, the nearest that every spreadsheet knows
