"""The letters that we write: one function each, which says to whom, under which key, with what."""

from kinerja_mailbot.domain.mail.letters.analysis import HasilAnalisis, analisis
from kinerja_mailbot.domain.mail.letters.answers import perbaikan, tanda_terima
from kinerja_mailbot.domain.mail.letters.commands import daftar_perintah, perintah_dilaksanakan, status
from kinerja_mailbot.domain.mail.letters.compiled import rekap
from kinerja_mailbot.domain.mail.letters.guidance import (
    balasan_tanpa_format,
    batas_jawaban,
    benarkah,
    tidak_ada_permintaan,
)
from kinerja_mailbot.domain.mail.letters.hambatan import Hambatan, set_aside
from kinerja_mailbot.domain.mail.letters.notices import alamat_gagal, gangguan, terusan, uji
from kinerja_mailbot.domain.mail.letters.progress import (
    eskalasi,
    konfirmasi_pembukaan,
    langkah_terlampaui,
    pembukaan,
)
from kinerja_mailbot.domain.mail.letters.requests import pengingat, permintaan
from kinerja_mailbot.domain.mail.letters.summary import PREFIX as RINGKASAN
from kinerja_mailbot.domain.mail.letters.summary import kunci_ringkasan, ringkasan

__all__ = [
    "RINGKASAN",
    "Hambatan",
    "HasilAnalisis",
    "alamat_gagal",
    "analisis",
    "balasan_tanpa_format",
    "batas_jawaban",
    "benarkah",
    "daftar_perintah",
    "eskalasi",
    "gangguan",
    "konfirmasi_pembukaan",
    "kunci_ringkasan",
    "langkah_terlampaui",
    "pembukaan",
    "pengingat",
    "perbaikan",
    "perintah_dilaksanakan",
    "permintaan",
    "rekap",
    "ringkasan",
    "set_aside",
    "status",
    "tanda_terima",
    "terusan",
    "tidak_ada_permintaan",
    "uji",
]
