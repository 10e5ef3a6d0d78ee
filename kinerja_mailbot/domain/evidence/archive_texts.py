"""The texts in an archive that people read: its README, and the journal as a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from kinerja_mailbot.domain.evidence.chain import JournalLine
from kinerja_mailbot.domain.evidence.manifest import JournalSpan

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_README = """\
ARSIP PENGUMPULAN DATA KINERJA
{kantor}
{periode}

Berkas ini memuat seluruh data elektronik yang dikirim dan diterima pada periode tersebut.

ISI
  01-rekap            rekap dan lampiran surat lainnya sebagaimana dikirim
  02-format-dikirim   format isian dan berkas perbaikan yang dikirim kepada setiap unit
  03-isian-diterima   isian dari setiap unit; nama berkas adalah nomor tanda terima
  04-data-dukung      data dukung dari setiap unit
  05-surel-masuk      surel asli yang diterima (.eml); angka pada nama berkas adalah nomor surel
  06-surat-keluar     surat yang dibuat sistem (.eml), termasuk yang tidak sampai
  07-jurnal           jurnal kegiatan: jurnal.csv untuk dibaca, jurnal.jsonl sebagai bukti
  08-register         buku agenda dan lembar tanda terima, siap cetak
  manifest.json       daftar semua berkas dengan ukuran dan sha256, serta kepala rantai jurnal
  SHA256SUMS          daftar sha256 semua berkas, termasuk manifest.json

Angka di depan nama berkas adalah nomor surat atau nomor data dukung. Salinan surat yang kembali ke kotak surat sistem
tidak disertakan; isinya sama dengan surat pada 06-surat-keluar.

MEMERIKSA KEUTUHAN
  Dengan program ini:     kinerja-mailbot verify BERKAS.zip
  Tanpa program ini:      ekstrak arsip, lalu jalankan pada foldernya
                          sha256sum -c SHA256SUMS                        (Linux)
                          Get-FileHash -Algorithm SHA256 NAMA-BERKAS     (Windows PowerShell)

RANTAI JURNAL
  Setiap baris jurnal.jsonl memuat "rantai", yaitu sha256 atas: rantai baris sebelumnya, satu tanda pindah baris (LF),
  dan baris itu sendiri tanpa bagian ,"rantai":"...". Mengubah, menyisipkan, atau menghapus satu baris memutus rantai.
  "sha256" pada baris "mail arrived" dan "letter queued" adalah sha256 surel atau surat yang bersangkutan.

  Baris {dari} sampai dengan {sampai}
  Rantai sebelum baris pertama:
    {sebelum}
  Rantai baris terakhir:
    {kepala}

  Catat rantai baris terakhir di tempat lain, misalnya pada buku agenda yang tercetak. Basis data dapat diperiksa
  terhadap arsip ini dengan: kinerja-mailbot verify BERKAS.zip --store
"""


def readme(kantor: str, periode: str, span: JournalSpan) -> str:
    """Return BACA-SAYA.txt: what is what, and how to check it without this program."""
    return _README.format(
        kantor=kantor, periode=periode, dari=span.dari, sampai=span.sampai, sebelum=span.sebelum, kepala=span.kepala
    )


def journal_headings() -> tuple[str, ...]:
    """Return the titles of the journal as a table."""
    return ("nomor", "pada (UTC)", "oleh", "peristiwa", "periode", "unit", "surel", "rincian", "sha256")


def journal_row(line: JournalLine) -> tuple[str, ...]:
    """Return a line of the journal as a row of the table."""
    at = line.at.astimezone(UTC).isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
    mail = "" if line.surel_id is None else str(line.surel_id)
    place = (line.periode or "", line.unit or "", mail)
    return (str(line.nomor), at, line.oleh, line.peristiwa, *place, line.rincian, line.sha256 or "")


def csv_line(fields: Iterable[str]) -> str:
    r"""Return a line that Excel in Indonesian opens at once; a typed text never becomes a formula there.

    >>> csv_line(("1", 'kata "umum"; lain', "=2+3"))
    '1;"kata ""umum""; lain";\'=2+3\r\n'
    """
    return ";".join(_field(field) for field in fields) + "\r\n"


def _field(text: str) -> str:
    safe = f"'{text}" if text.startswith(_RISKY) else text
    return f'"{safe.replace(chr(34), chr(34) * 2)}"' if any(c in safe for c in ';"\r\n') else safe
