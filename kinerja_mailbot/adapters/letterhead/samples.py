"""Every letter once in each of its moods, with invented content: what `check` renders to try out the templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from kinerja_mailbot.adapters.letterhead import sample_world as world
from kinerja_mailbot.adapters.letterhead.sample_analysis import analysis_letters
from kinerja_mailbot.adapters.letterhead.sample_people import people_letters
from kinerja_mailbot.adapters.letterhead.sample_rounds import rounds_letters
from kinerja_mailbot.adapters.letterhead.sample_timing import timing_letters
from kinerja_mailbot.domain.form.workbook import Obstacle
from kinerja_mailbot.domain.kinerja.changes import Perubahan
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, Rekap, StatusCapaian, UnitStatus
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.domain.mail.outcome import MarkAddress
from kinerja_mailbot.domain.sop.review import figures_since
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from kinerja_mailbot.domain.unit import Kantor, Peran, Peserta

_MANY = 22


def sample_letters(kantor: Kantor) -> tuple[Letter, ...]:
    """Return the letters; each branch of each template is among them."""
    period = world.period()
    facts = world.facts(kantor, period)
    return (
        *_to_respondents(facts),
        *_answers(facts),
        *_guidance(facts),
        *_to_the_kasubbag(facts),
        *_orders(facts),
        *timing_letters(facts),
        *analysis_letters(facts, _rekap(complete=True)),
        *people_letters(facts),
        *_notices(facts),
        *rounds_letters(facts),
    )


def _to_respondents(facts: Facts) -> Iterator[Letter]:
    period = facts.periode[0]
    head, chief = world.UNITS
    plain_form = replace(world.FORM, lembar=world.FORM.lembar[:2])
    yield letters.permintaan(facts, period, world.request(head), head)
    yield letters.permintaan(facts, period, replace(world.request(head), form=plain_form), head)
    yield letters.permintaan(facts, period, world.request(chief), chief)
    yield letters.pengingat(facts, period, period.permintaan[0], head, urutan=1, rung=0)
    yield letters.pengingat(facts, period, world.LATE, head, urutan=2, rung=1)
    yield letters.pengingat(facts, period, world.LATE, head, urutan=3, rung=2)
    yield letters.pengingat(facts, period, world.LATE, head, urutan=5, rung=4)
    yield letters.pengingat(facts, period, replace(world.LATE, unit=chief.id), chief, urutan=5, rung=4)


def _answers(facts: Facts) -> Iterator[Letter]:
    period, mail, (head, chief) = facts.periode[0], world.mail(), world.UNITS
    asked, also = period.permintaan
    good = world.submission(world.INFO)
    late = world.submission(world.INFO, world.CHECK, revisi=2, tepat_waktu=False)
    bare = replace(good, hasil=replace(good.hasil, tersimpan=(), seluruh=0, catatan=(), sel=()))
    wrong = world.submission(world.FIX, world.CHECK)
    messy = world.submission(
        *(replace(world.FIX, sel=f"J{n}", pesan=f"{world.FIX.pesan} ({n})") for n in range(_MANY)),
        world.CHECK,
        tepat_waktu=False,
    )
    yield letters.tanda_terima(facts, mail, period, asked, head, good)
    yield letters.tanda_terima(facts, mail, period, asked, head, late)
    yield letters.tanda_terima(facts, mail, period, also, chief, replace(bare, tepat_waktu=False))
    yield letters.perbaikan(facts, mail, period, asked, head, wrong)
    yield letters.perbaikan(facts, mail, period, asked, head, messy)
    yield letters.perbaikan(facts, mail, period, also, chief, wrong)


def _guidance(facts: Facts) -> Iterator[Letter]:
    period, mail, (head, chief) = facts.periode[0], world.mail(), world.UNITS
    asked, also = period.permintaan
    closed = world.facts(facts.aturan.kantor, world.period(KeadaanPeriode.DITUTUP))
    person = Peserta(peran=Peran.RESPONDEN, pejabat=head.pejabat[0], unit=head)
    for obstacle in letters.Hambatan:
        yield letters.balasan_tanpa_format(facts, mail, period, asked, head, hambatan=obstacle, nama_berkas="tw3.pdf")
    yield letters.balasan_tanpa_format(
        facts, mail, period, also, chief, hambatan=letters.Hambatan.RUSAK, obstacle=Obstacle.EMPTY
    )
    yield letters.tidak_ada_permintaan(facts, mail, person)
    yield letters.tidak_ada_permintaan(closed, mail, person)
    yield letters.benarkah(facts, mail, head, "2026-TW3")
    yield letters.benarkah(facts, replace(mail, lampiran=()), head, None)
    yield letters.batas_jawaban(facts, mail, head.pejabat[0])
    yield letters.batas_jawaban(facts, mail, world.KASUBBAG)


def _to_the_kasubbag(facts: Facts) -> Iterator[Letter]:
    period, late = facts.periode[0], replace(facts, now=world.DUE + timedelta(days=2))
    unstarted = replace(period, langkah=tuple(replace(s, batas_at=None) for s in period.langkah))
    yield letters.konfirmasi_pembukaan(facts, period)
    yield letters.konfirmasi_pembukaan(facts, unstarted)
    yield letters.pembukaan(facts, period)
    yield letters.eskalasi(late, period, world.UNITS, rung=3)
    yield letters.langkah_terlampaui(late, period, period.langkah[0])
    yield letters.langkah_terlampaui(late, unstarted, unstarted.langkah[1])
    yield letters.rekap(facts, period, _rekap(complete=False))
    yield letters.rekap(facts, period, _rekap(complete=True), kunci="surel.17.rekap", reply_to=world.mail())
    yield letters.rekap(facts, period, _corrected(), kunci="contoh.perbaikan")


def _orders(facts: Facts) -> Iterator[Letter]:
    mail, kantor = world.mail("perencanaan@kpu.example"), facts.aturan.kantor
    waiting = world.facts(kantor, world.period(KeadaanPeriode.MENUNGGU_PERINTAH))
    yield letters.status(facts, mail, world.KASUBBAG)
    yield letters.status(waiting, mail, world.KASUBBAG)
    yield letters.status(replace(facts, periode=(*facts.periode, *waiting.periode)), mail, world.KASUBBAG)
    yield letters.status(world.facts(kantor), mail, world.KASUBBAG)
    yield letters.perintah_dilaksanakan(
        facts, mail, world.KASUBBAG, perintah="INGATKAN UKL", hasil="Pengingat telah kami kirimkan kepada satu unit."
    )
    yield letters.daftar_perintah(facts, mail, world.KASUBBAG, dipahami=True)
    yield letters.daftar_perintah(facts, mail, world.KASUBBAG, dipahami=False)


def _notices(facts: Facts) -> Iterator[Letter]:
    head = world.UNITS[0]
    note = "Mohon izin, data BMN masih menunggu rekonsiliasi.\n\nKami sampaikan besok pagi."
    dead = MarkAddress(alamat="ukl@kpu.example", gagal=True, keterangan="550 5.1.1 User unknown")
    yield letters.terusan(facts, world.mail(teks=note), head, "2026-TW3")
    yield letters.terusan(facts, replace(world.mail(teks=note * 50), lampiran=()), head, None)
    yield letters.terusan(facts, world.mail(), head, None)
    yield letters.alamat_gagal(facts, world.mail(), dead, head)
    yield letters.alamat_gagal(facts, world.mail(), replace(dead, alamat="lama@kpu.example"), head)
    yield letters.alamat_gagal(facts, world.mail(), replace(dead, gagal=False), None)
    yield letters.gangguan(
        facts,
        kunci="gangguan.imap.2026-10-06",
        judul="Kotak surat tidak dapat dibaca",
        rincian=("Server surel menolak nama atau kata sandi.", "Percobaan berikutnya pukul 09.35 WIT."),
    )
    yield letters.uji(facts, world.KASUBBAG)
    yield letters.kabar_pagi(facts, facts.periode, ())
    yield from _yearly(facts)
    yield letters.kabar_pagi(facts, (facts.periode[0], replace(facts.periode[0], permintaan=())), _matters())
    yield letters.kabar_pagi(facts, (replace(facts.periode[0], permintaan=()),), ())
    yield letters.ringkasan(facts, _matters())
    yield letters.ringkasan(facts, tuple(replace(_matters()[0], nomor=n) for n in range(1, _MANY)))


def _yearly(facts: Facts) -> Iterator[Letter]:
    since = date(2026, 6, 1)
    slow = replace(facts.periode[0], langkah=tuple(replace(s, selesai_at=world.NOW) for s in facts.periode[0].langkah))
    figures = figures_since((slow,), facts.aturan.jam, since)
    warned = replace(facts, pejabat_berubah=("Subbagian Teknis: tidak lagi tercantum",), tanpa_cuti_bersama=(2028,))
    yield letters.tinjauan_sop(warned, figures, kunci="tinjauan-sop.2026-12-01", sejak=since)
    suggesting = replace(
        figures,
        langkah=tuple(replace(step, median=612, terburuk=900, baku=480, kali=2, lewat=2) for step in figures.langkah),
        dijawab=4,
        tepat=1,
        permintaan=4,
        pengingat=9,
    )
    yield letters.tinjauan_sop(facts, suggesting, kunci="tinjauan-sop.2026-12-02", sejak=since)
    yield letters.tinjauan_sop(
        facts, figures_since((), facts.aturan.jam, since), kunci="tinjauan-sop.2026-12-03", sejak=since
    )
    yield letters.penanggung_jawab_berubah(facts, ("Subbagian Teknis: tidak lagi tercantum",), sidik="0a1b2c3d")
    yield letters.cuti_bersama_belum_ada(facts, 2028, kunci="cuti-bersama.2028")


def _matters() -> tuple[Matter, ...]:
    """Return one mail of each kind that waits for the penyusun, and one of an earlier day."""
    stranger = Matter(
        nomor=14,
        urusan=Urusan.TAK_DIKENAL,
        tiba_at=world.EARLIER,
        pengirim="promosi@toko.example",
        subjek="Penawaran istimewa, lihat www.toko.example",
    )
    files = ("Format-Kinerja-2026-TW3-UKL.xlsx", "LPJ.pdf", "foto.jpg", "foto-2.jpg")
    return (
        stranger,
        replace(stranger, nomor=12, urusan=Urusan.DITAHAN, unit=world.UNITS[0].id, berkas=files),
        replace(stranger, nomor=13, urusan=Urusan.DISISIHKAN, subjek="", pengirim=""),
        replace(stranger, nomor=15, urusan=Urusan.BELUM_JELAS, unit=world.UNITS[1].id),
        replace(stranger, nomor=3, diringkas=True),
    )


def _corrected() -> Rekap:
    """Return a corrected edition: a figure, a status that was empty, and words that stay in the workbook."""
    change = Perubahan(
        lembar="Capaian Kinerja",
        unit="UKL",
        kode="UKL-02",
        kolom="Realisasi",
        sebelum=Decimal("40.9"),
        sesudah=Decimal("74.5"),
        surel=(21,),
    )
    words = replace(change, lembar="TL HP", kode="12.A/LHP/2026 / 1.2", kolom="Rekomendasi", sesudah="Menyetorkan")
    return replace(
        _rekap(complete=True),
        nama_edisi="perbaikan 1",
        riwayat=(change, replace(words, kolom="Status", sebelum=None, sesudah="BELUM_TL"), replace(words, sebelum="x")),
        riwayat_dari="edisi ke-2 (Selasa, 6 Oktober 2026 pukul 16.00 WIT)",
    )


def _rekap(*, complete: bool) -> Rekap:
    """Return a rekap of two units, the second one missing unless complete."""
    states = ("lengkap", "lengkap" if complete else "belum diterima")
    return Rekap(
        periode=world.period().periode,
        edisi=2 if complete else 1,
        nama_edisi="lengkap" if complete else "sementara",
        dibuat_at=world.NOW,
        sop=world.SOP,
        unit=tuple(
            UnitStatus(
                kode=unit.kode,
                nama=unit.nama,
                keadaan=state,
                diminta_at=world.EARLIER,
                batas_at=world.DUE,
                diterima_at=world.NOW if state == "lengkap" else None,
                tepat_waktu=True if state == "lengkap" else None,
                revisi=1 if state == "lengkap" else 0,
                terisi=5,
                seluruh=5,
                pengingat=0,
                rata_capaian=Decimal("98.25") if unit.kode == "UKL" else None,
            )
            for unit, state in zip(world.UNITS, states, strict=True)
        ),
        capaian=(_indicator("UKL-01", StatusCapaian.TERCAPAI), _indicator("UKL-02", StatusCapaian.BELUM_TERCAPAI)),
        anggaran=(),
        lhp=(),
        tl_hp=(),
        tl_hp_ringkas=(),
        lhe=(),
        lhe_rekomendasi=(),
        langkah=(),
        rata_capaian=Decimal("98.25") if complete else None,
        serapan=Decimal("74.76") if complete else None,
        perhatian=() if complete else tuple(f"Catatan contoh nomor {n}." for n in range(1, _MANY // 2)),
    )


def _indicator(kode: str, status: StatusCapaian) -> CapaianRow:
    return CapaianRow(
        unit="UKL",
        kode=kode,
        sasaran="Sasaran contoh",
        indikator="Indikator contoh",
        satuan="%",
        jenis="Positif",
        rumus="POS",
        target=Decimal(80),
        realisasi=Decimal(80),
        capaian=Decimal(100),
        capaian_rata=Decimal(100),
        predikat="Sangat Tinggi",
        status=status,
    )
