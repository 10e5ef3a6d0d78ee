"""PERPANJANG, TUNDA and LANJUT as people write them: what is meant, what is asked back, what is none."""

from __future__ import annotations

from datetime import date, time

import pytest

from kinerja_mailbot.domain.mail.orders import (
    BelumJelas,
    Hingga,
    Kurang,
    Lanjut,
    Order,
    Perpanjang,
    Setuju,
    Tinjau,
    Tolak,
    Tunda,
    parse_order,
)
from kinerja_mailbot.domain.sop.changes import Lama
from tests.domain.mail_office import DAFTAR

TWO, ONE, HALF = Lama(2), Lama(1), Lama(setengah=True)
FRIDAY = Hingga(hari=4, tanggal=9, bulan=10)


def longer(lama: Lama | Hingga, *unit: str, alasan: str = "banjir", periode: str | None = None) -> Perpanjang:
    return Perpanjang(unit=unit, semua=not unit, lama=lama, alasan=alasan, periode=periode)


def asked(kurang: Kurang, *unit: str, lama: str = "", alasan: str = "", semua: bool = False) -> BelumJelas:
    return BelumJelas(perintah="PERPANJANG", kurang=kurang, unit=unit, semua=semua, lama=lama, alasan=alasan)


ANYBODY = Perpanjang(lama=TWO, alasan="banjir")
PHRASES: tuple[tuple[str, Order | None], ...] = (
    # as the list of orders shows it
    ("PERPANJANG teknis 2 hari banjir", longer(TWO, "teknis")),
    ("PERPANJANG TEK 2 hari karena banjir", longer(TWO, "teknis")),
    ("PERPANJANG semua 2 hari karena banjir", longer(TWO)),
    ("PERPANJANG UKL 3 jam karena banjir", longer(Lama(menit=180), "umum")),
    ("PERPANJANG UKL 90 menit kerja karena banjir", longer(Lama(menit=90), "umum")),
    # as people write it
    ("tolong perpanjang Teknis dua hari karena banjir", longer(TWO, "teknis")),
    ("Mohon diperpanjang Subbag Teknis selama 2 hari kerja karena banjir, terima kasih.", longer(TWO, "teknis")),
    ("Teknis diperpanjang 2 hari ya, karena banjir", longer(TWO, "teknis")),
    ("karena banjir, tolong perpanjang Teknis dua hari", longer(TWO, "teknis")),
    ("Karena banjir mohon Teknis diperpanjang 2 hari", longer(TWO, "teknis")),
    ("perpanjang 2 hari untuk Teknis karena banjir", longer(TWO, "teknis")),
    ("perpanjangan waktu untuk Teknis 2 hari dengan alasan banjir", longer(TWO, "teknis")),
    ("Mohon tambahan waktu dua hari untuk Teknis karena banjir", longer(TWO, "teknis")),
    ("perpanjang Teknis 2 (dua) hari: banjir", longer(TWO, "teknis")),
    ("perpanjang Teknis 2 hari (banjir)", longer(TWO, "teknis")),
    ("perpanjang batas waktu Teknis dua hari krn banjir", longer(TWO, "teknis")),
    ("perpanjang logistik sehari karena banjir", longer(ONE, "umum")),
    ("perpanjang sdm setengah hari karena banjir", longer(HALF, "hukum")),
    ("perpanjang teknis satu setengah hari karena banjir", longer(Lama(1, setengah=True), "teknis")),
    ("perpanjang teknis 1,5 hari karena banjir", longer(Lama(1, setengah=True), "teknis")),
    ("perpanjang semua unit seminggu karena banjir", longer(Lama(5))),
    ("perpanjang seluruh subbag sejam karena banjir", longer(Lama(menit=60))),
    ("PERPANJANG teknis 2 hari 3 jam karena banjir", longer(Lama(2, menit=180), "teknis")),
    ("perpanjang Teknis dua hari kerja dan 3 jam karena banjir", longer(Lama(2, menit=180), "teknis")),
    ("perpanjang semua 1 hari, 1 jam, 30 menit karena banjir", longer(Lama(1, menit=90))),
    ("perpanjang teknis seminggu lebih 2 hari karena banjir", longer(Lama(7), "teknis")),
    ("perpanjang teknis sepuluh hari karena banjir", longer(Lama(10), "teknis")),
    ("Perpanjang Subbagian Keuangan, Umum, dan Logistik 1 hari karena banjir", longer(ONE, "umum")),
    ("perpanjang teknis dan sdm 2 hari karena banjir", longer(TWO, "teknis", "hukum")),
    ("perpanjang UKL TW3 2026 1 hari karena banjir", longer(ONE, "umum", periode="2026-TW3")),
    ("perpanjang 2 hari karena banjir", ANYBODY),
    # until a day
    ("Perpanjang Teknis sampai Jumat 9 Oktober karena banjir", longer(FRIDAY, "teknis")),
    (
        "Perpanjang Teknis sampai Jumat 9 Oktober pukul 12.00 karena banjir",
        longer(Hingga(hari=4, tanggal=9, bulan=10, pukul=time(12)), "teknis"),
    ),
    (
        "perpanjang teknis s.d. 9/10/2026 karena banjir",
        longer(Hingga(tanggal=9, bulan=10, tahun=2026), "teknis"),
    ),
    ("perpanjang teknis hingga besok karena banjir", longer(Hingga(geser=1), "teknis")),
    ("perpanjang teknis sampai Senin depan karena banjir", longer(Hingga(hari=0, depan=True), "teknis")),
    ("perpanjang teknis sampai jam 15.00 karena banjir", longer(Hingga(pukul=time(15)), "teknis")),
    # a reason may hold any word, and go on in the next line
    ("perpanjang teknis 2 hari karena data belum lengkap", longer(TWO, "teknis", alasan="data belum lengkap")),
    (
        "perpanjang teknis 2 hari karena kepala tidak berada di tempat",
        longer(TWO, "teknis", alasan="kepala tidak berada di tempat"),
    ),
    (
        "Perpanjang Teknis dua hari kerja karena jalan menuju kantor di Aimas\nterputus akibat banjir\n\nTerima kasih",
        longer(TWO, "teknis", alasan="jalan menuju kantor di Aimas terputus akibat banjir"),
    ),
    ("PERPANJANG teknis 2 hari\nkarena banjir", longer(TWO, "teknis")),
    ("PERPANJANG teknis 2 hari\n\nkarena banjir", longer(TWO, "teknis")),
    ("Yth. Admin\nSelamat pagi,\n\nPerpanjang teknis 2 hari karena banjir.\n\nMaria Wanma", longer(TWO, "teknis")),
    # asked back
    ("perpanjang Teknis 2 hari", asked(Kurang.ALASAN, "teknis", lama="2 hari kerja")),
    ("perpanjang teknis 2 hari\n\nHormat kami,\nMaria", asked(Kurang.ALASAN, "teknis", lama="2 hari kerja")),
    ("perpanjang Teknis karena banjir", asked(Kurang.LAMA, "teknis", alasan="banjir")),
    ("perpanjang Teknis karena banjir dua hari", asked(Kurang.LAMA, "teknis", alasan="banjir dua hari")),
    ("perpanjang teknis 2 atau 3 hari karena banjir", asked(Kurang.LAMA, alasan="banjir")),
    ("perpanjang teknis 3 jam 2 hari karena banjir", asked(Kurang.LAMA, "teknis", alasan="banjir")),
    ("perpanjang teknis 2 hari dan sdm 3 jam karena banjir", asked(Kurang.LAMA, "teknis", "hukum", alasan="banjir")),
    ("perpanjang humas 2 hari karena banjir", asked(Kurang.UNIT, lama="2 hari kerja", alasan="banjir")),
    ("perpanjang humas 2 hari banjir", asked(Kurang.UNIT, lama="2 hari kerja", alasan="banjir")),
    ("perpanjang", asked(Kurang.LAMA)),
    # none
    ("jangan perpanjang teknis 2 hari karena banjir", None),
    ("tidak perlu diperpanjang", None),
    ("Perpanjang Teknis 2 hari karena banjir?", None),
    ("Apakah Teknis sudah diperpanjang", None),
    ("Kalau bisa perpanjang Teknis 2 hari karena banjir", None),
    ("Perpanjang teknis 2 hari karena banjir. Tapi tunggu dulu.", None),
    ("perpanjang semua kecuali teknis 2 hari karena banjir", None),
    ("Perpanjang teknis 2 hari karena banjir\nPerpanjang sdm 1 hari karena sakit", None),
    ("Perpanjangan kontrak genset sudah diurus", None),
    ("Setuju. Perpanjang Teknis 2 hari karena banjir", None),
    ("Batas Teknis sudah diperpanjang", None),
    # other orders that speak of time
    ("Setuju perpanjangan Teknis 2 hari karena banjir", longer(TWO, "teknis")),
    ("TINJAU langkah 5 perlu diperpanjang menjadi 600 menit", Tinjau("langkah 5 perlu diperpanjang menjadi 600 menit")),
    ("TOLAK karena batas sudah diperpanjang", Tolak("karena batas sudah diperpanjang")),
    (
        "Tolak perpanjangan Teknis 2 hari karena datanya sudah ada",
        Tolak("perpanjangan teknis 2 hari karena datanya sudah ada"),
    ),
    ("INGATKAN teknis karena waktunya diperpanjang", None),
    # the clock stands
    ("TUNDA banjir", Tunda("banjir")),
    ("Tunda karena banjir besar di Aimas", Tunda("banjir besar di Aimas")),
    ("mohon pengumpulan data ditunda dulu karena kantor kebanjiran", Tunda("kantor kebanjiran")),
    ("TUNDA: kahar, gempa bumi", Tunda("kahar, gempa bumi")),
    ("Karena gempa bumi, mohon ditunda dulu", Tunda("gempa bumi")),
    ("tunda", BelumJelas(perintah="TUNDA", kurang=Kurang.ALASAN)),
    (
        "tunda teknis karena banjir",
        BelumJelas(perintah="TUNDA", kurang=Kurang.CARA, unit=("teknis",), alasan="banjir"),
    ),
    ("tunda 2 hari karena banjir", BelumJelas(perintah="TUNDA", kurang=Kurang.CARA, alasan="banjir")),
    ("jangan ditunda", None),
    ("jangan tunda karena banjir", None),
    ("tunda rapat karena banjir", None),
    ("Apakah ditunda karena banjir?", None),
    ("Setuju, tapi tunda dulu", None),
    ("Setuju\n\nTunda karena banjir", None),
    # and goes on
    ("LANJUT", Lanjut()),
    ("lanjutkan pengumpulan data", Lanjut()),
    ("Mohon dilanjutkan kembali, terima kasih", Lanjut()),
    ("Hitungan waktu dilanjutkan", Lanjut()),
    ("LANJUT karena banjir sudah surut", Lanjut()),
    ("Lanjut, banjir sudah surut", Lanjut()),
    ("sudah bisa dilanjutkan", Lanjut()),
    ("Kegiatan lain ditunda karena banjir", None),
    ("Lanjut?", None),
    ("jangan lanjut", None),
    ("belum dilanjutkan", None),
    ("Setuju.\nLanjutkan.", Setuju()),
)


@pytest.mark.parametrize(("text", "order"), PHRASES, ids=[repr(text) for text, _ in PHRASES])
def test_an_order_of_time_is_read_as_people_write_it(text: str, order: Order | None) -> None:
    read = parse_order(text, DAFTAR)

    assert read == order


TUESDAY = date(2026, 10, 6)


@pytest.mark.parametrize(
    ("hingga", "day"),
    [
        (Hingga(hari=4), date(2026, 10, 9)),
        (Hingga(hari=1), date(2026, 10, 13)),
        (Hingga(hari=4, depan=True), date(2026, 10, 16)),
        (Hingga(geser=1), date(2026, 10, 7)),
        (Hingga(pukul=time(15)), TUESDAY),
        (Hingga(tanggal=9), date(2026, 10, 9)),
        (Hingga(tanggal=5), date(2026, 11, 5)),
        (Hingga(tanggal=9, bulan=10), date(2026, 10, 9)),
        (Hingga(tanggal=5, bulan=1), date(2027, 1, 5)),
        (Hingga(hari=4, tanggal=9, bulan=10, tahun=2026), date(2026, 10, 9)),
        (Hingga(hari=0, tanggal=9, bulan=10), None),
        (Hingga(tanggal=31, bulan=2), None),
        (Hingga(tanggal=9, bulan=10, tahun=2025), None),
    ],
    ids=str,
)
def test_a_named_day_is_the_next_that_fits(hingga: Hingga, day: date | None) -> None:
    assert hingga.day_from(TUESDAY) == day
