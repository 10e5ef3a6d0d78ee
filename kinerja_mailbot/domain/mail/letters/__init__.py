"""The letters that we write: one function each, which says to whom, under which key, with what."""

from kinerja_mailbot.domain.mail.letters.analysis import HasilAnalisis, analisis, laporan_of, rekap_final
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
from kinerja_mailbot.domain.mail.letters.morning import kabar_pagi
from kinerja_mailbot.domain.mail.letters.notices import alamat_gagal, gangguan, terusan, uji
from kinerja_mailbot.domain.mail.letters.people import (
    TIDAK_HADIR,
    catatan_pejabat,
    kalimat_tidak_diingatkan,
    konfirmasi_plh,
    penunjukan,
    question_key,
    tidak_hadir,
)
from kinerja_mailbot.domain.mail.letters.progress import (
    eskalasi,
    konfirmasi_pembukaan,
    langkah_terlampaui,
    pembukaan,
)
from kinerja_mailbot.domain.mail.letters.requests import pengingat, permintaan
from kinerja_mailbot.domain.mail.letters.rounds import KABAR_ADMIN, PUTAR_BALIK, kabar_admin, putar_balik
from kinerja_mailbot.domain.mail.letters.standing import gist
from kinerja_mailbot.domain.mail.letters.summary import kunci_ringkasan, ringkasan
from kinerja_mailbot.domain.mail.letters.timing import (
    alasan_batas,
    catatan_waktu,
    kalimat_kelanjutan,
    kalimat_penundaan,
    kalimat_perpanjangan,
    kalimat_sedang_ditunda,
    kalimat_sudah_diingatkan,
    kalimat_sudah_diperpanjang,
    kelanjutan,
    penundaan,
    perpanjangan,
    tanya_perintah,
)
from kinerja_mailbot.domain.mail.letters.wishes import jawaban, kabar, panduan, permohonan_waktu, petition_key
from kinerja_mailbot.domain.mail.letters.wording import open_periods
from kinerja_mailbot.domain.mail.letters.yearly import (
    cuti_bersama_belum_ada,
    penanggung_jawab_berubah,
    reviews_this_year,
    tinjauan_sop,
    warnings,
)

__all__ = [
    "KABAR_ADMIN",
    "PUTAR_BALIK",
    "TIDAK_HADIR",
    "Hambatan",
    "HasilAnalisis",
    "alamat_gagal",
    "alasan_batas",
    "analisis",
    "balasan_tanpa_format",
    "batas_jawaban",
    "benarkah",
    "catatan_pejabat",
    "catatan_waktu",
    "cuti_bersama_belum_ada",
    "daftar_perintah",
    "eskalasi",
    "gangguan",
    "gist",
    "jawaban",
    "kabar",
    "kabar_admin",
    "kabar_pagi",
    "kalimat_kelanjutan",
    "kalimat_penundaan",
    "kalimat_perpanjangan",
    "kalimat_sedang_ditunda",
    "kalimat_sudah_diingatkan",
    "kalimat_sudah_diperpanjang",
    "kalimat_tidak_diingatkan",
    "kelanjutan",
    "konfirmasi_pembukaan",
    "konfirmasi_plh",
    "kunci_ringkasan",
    "langkah_terlampaui",
    "laporan_of",
    "open_periods",
    "panduan",
    "pembukaan",
    "penanggung_jawab_berubah",
    "pengingat",
    "penundaan",
    "penunjukan",
    "perbaikan",
    "perintah_dilaksanakan",
    "permintaan",
    "permohonan_waktu",
    "perpanjangan",
    "petition_key",
    "putar_balik",
    "question_key",
    "rekap",
    "rekap_final",
    "reviews_this_year",
    "ringkasan",
    "set_aside",
    "status",
    "tanda_terima",
    "tanya_perintah",
    "terusan",
    "tidak_ada_permintaan",
    "tidak_hadir",
    "tinjauan_sop",
    "uji",
    "warnings",
]
