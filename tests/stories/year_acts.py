"""What the staff do in the simulated year 2026, and the letters that each of their mails is answered with at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kinerja_mailbot.demo.cast import HUKUM, KASUBBAG, SEKRETARIS, TEKNIS, UMUM
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.demo.staff import Desk, Person, Received, attach_workbook

AGUS = Person("Agus Momot", "agus.momot@kpu.example")
TW4, SM2, YEAR, TW1 = "2025-TW4", "2025-SM2", "2025", "2026-TW1"
TW2, SM1, TW3 = "2026-TW2", "2026-SM1", "2026-TW3"
KODE = {UMUM: "UKL-03", AGUS: "UKL-03", TEKNIS: "TEK-01", HUKUM: "HKM-03"}
"""The one indicator that the office of this story measures in each unit: a percenperiodee."""

ANALYSIS = """semua: analisis Capaian sesuai rencana aksi.
semua: rekomendasi Pemantauan dilakukan setiap bulan.
Kesimpulan: Kinerja periode ini secara umum sesuai rencana.
Rekomendasi: Data dukung dilengkapi sebelum akhir tahun.
"""


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody writes a mail; `answered` are the templates of the letters that it leads to, sorted."""

    saat: str
    perform: Callable[[Desk], None]
    answered: tuple[str, ...]


def _newest(desk: Desk, person: Person, periode: str, about: str) -> Received:
    letters = [one for one in desk.letters(person) if _is_about(one, periode)]
    return [one for one in letters if about.casefold() in one.subjek.casefold()][-1]


def _is_about(letter: Received, periode: str) -> bool:
    return not periode or letter.subjek.startswith((f"[KINERJA {periode}]", f"[KINERJA {periode} "))


def _says(person: Person, periode: str, words: str, about: str = "", *, robot: bool = False) -> Callable[[Desk], None]:
    def perform(desk: Desk) -> None:
        mail = desk.reply(person, _newest(desk, person, periode, about), words)
        if robot:
            mail["Auto-Submitted"] = "auto-replied"
        desk.send(mail, person)

    return perform


def _fills(person: Person, periode: str, figure: str | float = 85.5) -> Callable[[Desk], None]:
    def perform(desk: Desk) -> None:
        letter = [one for one in desk.letters(person) if _is_about(one, periode) and one.workbooks()][-1]
        name, workbook = letter.workbooks()[-1]
        mail = desk.reply(person, letter, "Terlampir isian kami.")
        attach_workbook(mail, name, fill_in(workbook, _entries(person, periode, figure)))
        desk.send(mail, person)

    return perform


def _entries(person: Person, periode: str, figure: str | float) -> tuple[Entry, ...]:
    kind = "Triwulan" if "TW" in periode else "Semester" if "SM" in periode else "Tahun"
    typed = (
        (f"Realisasi s.d. {kind}", figure),
        ("Faktor Penghambat / Kendala", "Tidak terdapat kendala berarti."),
        ("Rencana Tindak Lanjut", "Pemantauan setiap bulan."),
        ("Data Dukung (nama berkas / tautan)", "Laporan.pdf"),
    )
    return tuple(Entry("Capaian Kinerja", KODE[person], title, value) for title, value in typed)


def form(saat: str, person: Person, periode: str) -> Act:
    """Return a form that is right."""
    return Act(saat, _fills(person, periode), ("tanda-terima",))


def wrong_form(saat: str, person: Person, periode: str) -> Act:
    """Return a form with a figure that means two things."""
    return Act(saat, _fills(person, periode, "12.500"), ("perbaikan",))


def nil(saat: str, periode: str) -> Act:
    """Return the Sekretaris's word that there are no documents."""
    return Act(saat, _says(SEKRETARIS, periode, "NIHIL"), ("tanda-terima",))


def order(saat: str, person: Person, periode: str, words: str, *also: str, about: str = "") -> Act:
    """Return an order, confirmed, with the letters that it causes besides."""
    return Act(saat, _says(person, periode, words, about), tuple(sorted(("perintah", *also))))


def ending(analysed: str, closed: str, periode: str) -> tuple[Act, Act]:
    """Return the analysis of a period and the order to close it."""
    return (
        Act(analysed, _says(KASUBBAG, periode, ANALYSIS, "Rekap"), ("analisis",)),
        order(closed, KASUBBAG, periode, "Tutup", about="Rekap"),
    )


ACTS = (
    # The fourth quarter and the second half of 2025 open together; Teknis gets two days more for the quarter.
    form("01-02 09.00", UMUM, TW4),
    form("01-02 09.10", UMUM, SM2),
    nil("01-02 09.20", TW4),
    nil("01-02 09.30", SM2),
    form("01-02 10.00", HUKUM, TW4),
    form("01-02 10.30", HUKUM, SM2),
    order("01-02 14.00", KASUBBAG, TW4, "Tolong perpanjang Teknis dua hari karena listrik padam", "perubahan-waktu"),
    form("01-07 14.00", TEKNIS, SM2),
    wrong_form("01-07 14.10", TEKNIS, TW4),
    form("01-08 10.00", TEKNIS, TW4),
    *ending("01-08 11.00", "01-08 13.30", TW4),
    *ending("01-08 15.00", "01-08 15.30", SM2),
    # The year 2025 is opened by order in Ramadan; its deadline lies behind Lebaran.
    order("03-16 14.00", KASUBBAG, TW4, "BUKA 2025"),
    form("03-16 14.30", UMUM, YEAR),
    nil("03-16 14.40", YEAR),
    form("03-17 10.00", TEKNIS, YEAR),
    form("03-25 14.00", HUKUM, YEAR),
    *ending("03-26 09.00", "03-26 10.00", YEAR),
    # The machine stands still over the deadline of the first quarter and over Easter.
    form("04-01 10.00", UMUM, TW1),
    nil("04-01 11.00", TW1),
    form("04-01 11.30", TEKNIS, TW1),
    form("04-07 14.00", HUKUM, TW1),
    *ending("04-08 09.00", "04-08 10.00", TW1),
    order("06-02 10.00", KASUBBAG, "", "TINJAU waktu baku langkah 5 perlu ditambah", about="Tinjauan"),
    # It stands still again when the second quarter and the first half open, by now under the revised SOP.
    Act("07-02 10.30", _says(HUKUM, TW2, "Saya cuti sampai dengan 6 Juli 2026.", robot=True), ()),
    Act(
        "07-02 10.40",
        _says(KASUBBAG, TW2, f"PLH umum {AGUS.nama} {AGUS.alamat} 12/SPT/KPU-Kab/2026 s.d. 10 Juli 2026", "dimulai"),
        ("konfirmasi-plh", "konfirmasi-plh"),
    ),
    Act("07-02 11.00", _says(KASUBBAG, "", "Setuju", "persetujuan Plh."), ("penunjukan",) * 4),
    Act(
        "07-02 13.30",
        _says(TEKNIS, SM1, "MINTA WAKTU 1 hari karena pendamping dinas luar"),
        ("kabar", "permohonan-waktu"),
    ),
    order("07-02 14.00", KASUBBAG, SM1, "Setuju", "perubahan-waktu", about="tambahan waktu"),
    form("07-02 14.30", TEKNIS, TW2),
    nil("07-02 14.40", TW2),
    nil("07-02 14.50", SM1),
    form("07-03 09.00", AGUS, SM1),
    form("07-03 13.30", AGUS, TW2),
    form("07-03 15.00", TEKNIS, SM1),
    form("07-07 09.00", HUKUM, SM1),
    form("07-07 13.30", HUKUM, TW2),
    *ending("07-08 09.00", "07-08 10.00", SM1),
    *ending("07-08 09.10", "07-08 10.10", TW2),
    # A flood in the third quarter.
    form("10-01 10.00", UMUM, TW3),
    form("10-01 11.00", TEKNIS, TW3),
    order("10-01 14.00", KASUBBAG, TW3, "TUNDA karena banjir", "perubahan-waktu", "perubahan-waktu"),
    order("10-05 11.00", KASUBBAG, TW3, "LANJUT", "perubahan-waktu", "perubahan-waktu"),
    nil("10-05 13.30", TW3),
    form("10-06 09.00", HUKUM, TW3),
    *ending("10-06 10.00", "10-06 14.00", TW3),
    order("12-07 09.00", KASUBBAG, "", "TINJAU waktu baku dipertahankan", about="Tinjauan"),
)
