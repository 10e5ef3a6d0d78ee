"""Compiling the rekap: from the stored values of a period to every figure that is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kinerja_mailbot.domain.kinerja.attention import describe_attention
from kinerja_mailbot.domain.kinerja.budget import absorption, compile_budget
from kinerja_mailbot.domain.kinerja.footnotes import describe_basis
from kinerja_mailbot.domain.kinerja.indicators import average, compile_indicators, summarise_goals, word_for
from kinerja_mailbot.domain.kinerja.lhe import SHEET as LHE
from kinerja_mailbot.domain.kinerja.lhe import compile_lhe
from kinerja_mailbot.domain.kinerja.lists import (
    LHE_REKOMENDASI,
    LHP,
    TL_HP,
    compile_list,
    list_status,
    summarise,
    summarise_by_report,
    with_due_days,
)
from kinerja_mailbot.domain.kinerja.progress import step_compliance, unit_status
from kinerja_mailbot.domain.kinerja.rekap import Penanda, Rekap, TableRow
from kinerja_mailbot.domain.kinerja.source import Source, sources_of
from kinerja_mailbot.domain.policy import Policy
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.domain.sop.working_time import local_day
from kinerja_mailbot.domain.unit import Daftar, Pejabat

_LISTS = (LHP, TL_HP, LHE, LHE_REKOMENDASI)


def compile_rekap(  # noqa: PLR0913  # an edition is its number, its name and its moment
    period: PeriodState, daftar: Daftar, policy: Policy, *, edisi: int, nama_edisi: str, now: datetime
) -> Rekap:
    """Compile a period; units that have not answered are shown as "belum diterima", never left out.

    `now` (aware) stamps the edition, and its day in the office is the day against which TL HP ages.
    """
    sources, today = sources_of(period, daftar), local_day(policy.jam, now)
    indicators = tuple(compile_indicators(source, policy.rekap) for source in sources)
    capaian = tuple(row for rows in indicators for row in rows)
    anggaran = tuple(row for source in sources for row in compile_budget(source))
    lhp = _gather(sources, LHP)
    tl_hp = with_due_days(_gather(sources, TL_HP), lhp, today)
    mean = average(capaian)
    rekap = Rekap(
        periode=period.periode,
        edisi=edisi,
        nama_edisi=nama_edisi,
        dibuat_at=now,
        sop=period.sop,
        unit=tuple(unit_status(source, rows, policy.rekap) for source, rows in zip(sources, indicators, strict=True)),
        capaian=capaian,
        anggaran=anggaran,
        lhp=lhp,
        tl_hp=tl_hp,
        tl_hp_ringkas=summarise(tl_hp),
        lhe=tuple(lhe for source in sources for lhe in compile_lhe(source)),
        lhe_rekomendasi=_gather(sources, LHE_REKOMENDASI),
        langkah=step_compliance(period, policy.jam, daftar.responden),
        rata_capaian=mean,
        serapan=absorption(anggaran),
        catatan_kaki=describe_basis(capaian, anggaran, policy.rekap),
        per_tanggal=today,
        predikat=word_for(mean, policy.rekap),
        sasaran=summarise_goals(capaian, policy.rekap),
        daftar=tuple(status for lembar in _LISTS if (status := list_status(sources, lembar))),
        tl_hp_per_lhp=summarise_by_report(tl_hp),
        batas_capaian=policy.rekap.batas_capaian,
        skala=policy.rekap.skala,
        penyusun=_signer(daftar.penyusun[0]) if daftar.penyusun else None,
        mengetahui=_signer(daftar.kasubbag),
    )
    return replace(rekap, perhatian=describe_attention(rekap))


def _gather(sources: tuple[Source, ...], lembar: str) -> tuple[TableRow, ...]:
    return tuple(row for source in sources for row in compile_list(source, lembar))


def _signer(pejabat: Pejabat) -> Penanda:
    return Penanda(pejabat.jabatan, pejabat.nama)
