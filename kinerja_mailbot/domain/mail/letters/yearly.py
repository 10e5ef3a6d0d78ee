"""The letters of the year to the Kasubbag: the review of the SOP, and what endangers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.wording import Isi, heading, moment, tag
from kinerja_mailbot.domain.sop.review import ReviewFigures, StepFigures
from kinerja_mailbot.domain.sop.reviewed import REVIEWS_A_YEAR

_NONE = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisTinjauan:
    """One step."""

    langkah: str
    baku: str
    kali: int
    median: str
    terlama: str
    lewat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiTinjauan(Isi):
    """What `tinjauan-sop.md` says."""

    sop: str
    versi: str
    sejak: str
    kini: str
    periode: str  # names; empty when there was none
    langkah: tuple[BarisTinjauan, ...]
    tepat: str
    pengingat: str
    saran: tuple[str, ...]
    tercatat: str  # "0 dari 2 tinjauan"
    peringatan: tuple[str, ...]


def tinjauan_sop(facts: Facts, figures: ReviewFigures, *, kunci: str, sejak: date) -> Letter:
    """Ask the Kasubbag to review the SOP (pengesahan 2); he answers TINJAU <catatan>."""
    hal, to, sop = "Tinjauan pelaksanaan SOP", (facts.daftar.kasubbag,), facts.aturan.sop
    signed, holds = text.tanggal(sop.tanggal), text.tanggal(sop.efektif)
    share = figures.persen_tepat
    return Letter(
        kunci=kunci,
        templat="tinjauan-sop",
        kepada=to,
        subjek=f"{tag(None, None)} {hal} sejak {text.tanggal(sejak)}",
        isi=IsiTinjauan(
            kepala=heading(facts, hal, to),
            sop=sop.nomor,
            versi=f"tanggal {signed}, berlaku sejak {holds}, revisi {sop.revisi}",
            sejak=text.tanggal(sejak),
            kini=moment(facts, facts.now),
            periode=text.rangkai(figures.periode),
            langkah=tuple(_row(step) for step in figures.langkah),
            tepat="" if share is None else f"{share}% ({figures.tepat} dari {figures.dijawab} isian)",
            pengingat=f"{figures.pengingat} surat untuk {figures.permintaan} permintaan",
            saran=figures.saran,
            tercatat=reviews_this_year(facts),
            peringatan=warnings(facts),
        ),
    )


def warnings(facts: Facts) -> tuple[str, ...]:
    """Return what endangers the SOP or its clock as long as it lasts, for `status` and the review."""
    changed = "; ".join(facts.pejabat_berubah)
    void = f"penanggung jawab berubah, SOP perlu ditetapkan ulang (Pengesahan butir 5): {changed}"
    return (
        *((void,) if changed else ()),
        *(
            f"cuti bersama tahun {year} belum tercatat; batas waktunya dapat jatuh lebih awal"
            for year in facts.tanpa_cuti_bersama
        ),
    )


def reviews_this_year(facts: Facts) -> str:
    """Return how many reviews of the SOP are on record this year: "1 dari 2 tinjauan"."""
    count = sum(facts.office_day(review.at).year == facts.today.year for review in facts.tinjauan)
    return f"{count} dari {REVIEWS_A_YEAR} tinjauan"


def _row(step: StepFigures) -> BarisTinjauan:
    return BarisTinjauan(
        langkah=f"{step.nomor}. {step.aktivitas}",
        baku=f"{step.baku} menit",
        kali=step.kali,
        median=_NONE if step.median is None else f"{step.median} menit",
        terlama=_NONE if step.terburuk is None else f"{step.terburuk} menit",
        lewat=f"{step.lewat} dari {step.kali}" if step.kali else _NONE,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPenanggungJawab(Isi):
    """What `penanggung-jawab.md` says."""

    sop: str
    perubahan: tuple[str, ...]
    kini: str


def penanggung_jawab_berubah(facts: Facts, perubahan: tuple[str, ...], *, sidik: str) -> Letter:
    """Warn the Kasubbag that the SOP may be void (pengesahan 5); key `klausul-5.<YYYY-MM-DD>.<fingerprint>`."""
    hal, to = "Perubahan penanggung jawab: SOP perlu ditetapkan ulang", (facts.daftar.kasubbag,)
    return Letter(
        kunci=f"klausul-5.{facts.today.isoformat()}.{sidik}",
        templat="penanggung-jawab",
        kepada=to,
        subjek=f"{tag(None, None)} {hal}",
        isi=IsiPenanggungJawab(
            kepala=heading(facts, hal, to),
            sop=facts.aturan.sop.nomor,
            perubahan=perubahan,
            kini=moment(facts, facts.now),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiCutiBersama(Isi):
    """What `cuti-bersama.md` says."""

    tahun: int
    kini: str


def cuti_bersama_belum_ada(facts: Facts, tahun: int, *, kunci: str) -> Letter:
    """Tell the Kasubbag and the admin that a year's cuti bersama are unknown, so that its deadlines may be wrong."""
    hal = f"Cuti bersama tahun {tahun} belum tercatat"
    to = (facts.daftar.kasubbag, *facts.daftar.administrator)
    return Letter(
        kunci=kunci,
        templat="cuti-bersama",
        kepada=to,
        subjek=f"{tag(None, None)} {hal}",
        isi=IsiCutiBersama(kepala=heading(facts, hal, to), tahun=tahun, kini=moment(facts, facts.now)),
    )
