"""The letters about people and about respondents' own words, once in each mood, with invented content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kinerja_mailbot.adapters.letterhead import sample_world as world
from kinerja_mailbot.domain.acting import KeadaanPenunjukan, Penunjukan
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.petition import Permohonan

_NAMED = Penunjukan(
    surel_id=17,
    unit="umum",
    sebutan="Plh.",
    nama="Contoh Lima",
    alamat="contoh.lima@kpu.example",
    nomor="12/SPT/2026",
    sejak=date(2026, 10, 6),
    sampai=date(2026, 10, 16),
    diusulkan_oleh=world.DAFTAR.penyusun[0].jabatan,
)


def people_letters(facts: Facts) -> Iterator[Letter]:
    """Return the letters about acting officials, leave, and what respondents write in their own words."""
    yield from _acting(facts)
    yield from _wishes(facts)


def _acting(facts: Facts) -> Iterator[Letter]:
    (head, chief), order = world.UNITS, world.mail("perencanaan@kpu.example")
    period = facts.periode[0]
    agreed = replace(
        _NAMED, keadaan=KeadaanPenunjukan.BERLAKU, diputuskan_oleh=chief.pejabat[0].jabatan, diputuskan_at=world.NOW
    )
    refused = replace(agreed, keadaan=KeadaanPenunjukan.DITOLAK)
    acting, office = (agreed.as_official(head),), (world.KASUBBAG, *world.DAFTAR.penyusun)
    yield letters.konfirmasi_plh(facts, _NAMED, head, reply_to=order)
    yield letters.konfirmasi_plh(facts, _NAMED, head, chief=chief)
    yield letters.penunjukan(facts, order, agreed, head, acting, reader=head, bagian="plh")
    yield letters.penunjukan(facts, order, agreed, head, office, reader=None, bagian="kantor")
    yield letters.penunjukan(facts, order, refused, head, chief.pejabat, reader=chief, bagian="sekretaris")
    until = Absence("umum", date(2026, 10, 16), alamat="ukl@kpu.example", sejak=world.NOW)
    yield letters.tidak_hadir(facts, period, world.request(head), head, until)
    yield letters.tidak_hadir(facts, period, world.request(head), head, Absence("umum", None))


def _wishes(facts: Facts) -> Iterator[Letter]:
    period, mail, (head, chief) = facts.periode[0], world.mail(teks="Apakah pagu sudah termasuk revisi?"), world.UNITS
    asked, also = period.permintaan
    petition = Permohonan(
        surel_id=17, periode=asked.periode, unit=head.id, lama="2 hari", alasan="listrik padam sejak kemarin"
    )
    staff = world.DAFTAR.penyusun[0]
    answer = replace(mail, pengirim=staff.alamat, teks="Sudah termasuk revisi ketiga.\n\nRinciannya pada DIPA.")
    yield letters.permohonan_waktu(facts, mail, period, asked, head, petition)
    yield letters.permohonan_waktu(facts, mail, period, replace(asked, revisi=0), head, petition)
    yield letters.kabar(
        facts,
        mail,
        period,
        asked,
        head,
        hal="Permohonan tambahan waktu",
        pokok=f"Permohonan tambahan waktu 2 hari telah kami teruskan kepada {world.KASUBBAG.jabatan}.",
        kalimat=("Hasilnya kami kabarkan melalui surel; selama belum dijawab, batas penyampaian tidak berubah.",),
    )
    yield letters.kabar(
        facts,
        None,
        period,
        asked,
        head,
        hal="Pertanyaan telah diteruskan",
        pokok=f"Pertanyaan telah kami teruskan kepada {staff.jabatan}.",
    )
    yield letters.jawaban(facts, answer, mail, head, staff.jabatan)
    yield letters.jawaban(facts, replace(answer, teks="Sudah.\n" * 70), mail, head, staff.jabatan)
    yield letters.panduan(facts, mail, period, asked, head)
    yield letters.panduan(
        facts, mail, period, replace(also, form=replace(also.form, lembar=also.form.lembar[:1])), chief
    )
