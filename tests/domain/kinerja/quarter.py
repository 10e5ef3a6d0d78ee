"""A third quarter of the office with the shipped forms: three units have answered, one is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from kinerja_mailbot.config import Config, bundled_example, load_config
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.periodic import form_for_period
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.compile import compile_rekap
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.policy import Policy
from kinerja_mailbot.domain.sop.state import FileOnRecord, KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.sop.steps import BOT, begin_period, move_steps, with_steps
from kinerja_mailbot.domain.tick.owed import with_requests
from tests.domain.collection import OPENED, TW3
from tests.domain.office import wit


def _load() -> Config:
    return load_config(bundled_example(), {}, require_secrets=False)


CONFIG = _load()
POLICY: Policy = CONFIG.policy(())
DAFTAR = CONFIG.daftar
KANTOR = POLICY.kantor
NOW = wit("2026-10-05 10.00")
DUE = wit("2026-10-02 08.30")
_LHP_NO = "12.A/LHP/XIX.MAN/05/2026"


def cells(lembar: str, baris: str, **values: Value) -> tuple[StoredCell, ...]:
    return tuple(StoredCell(lembar=lembar, baris=baris, kolom=key, nilai=value) for key, value in values.items())


def indicator(kode: str, realisasi: Value, bukti: str = "Laporan TW III.pdf", **texts: str) -> tuple[StoredCell, ...]:
    return cells("capaian", kode, realisasi_kum=realisasi, **({"bukti": bukti} if bukti else {}), **texts)


def nihil(lembar: str) -> tuple[StoredCell, ...]:
    return cells(lembar, "*", nihil=Mark.NIHIL)


def budget(kode: str, realisasi: Value, kendala: str = "") -> tuple[StoredCell, ...]:
    return cells("anggaran", kode, realisasi=realisasi, **({"kendala": kendala} if kendala else {}))


UMUM = (
    *indicator("UKL-01", Decimal(3), pendukung="Rekonsiliasi dilakukan setiap bulan bersama KPPN."),
    *indicator("UKL-02", Decimal(9)),
    *indicator("UKL-03", Decimal("83.5"), bukti=""),
    *indicator("UKL-04", Decimal(1)),
    *budget("6709.EBA.994", Decimal(1_712_340_500)),
    *budget("6709.EBD.955", Decimal(51_200_000)),
    *budget("6710.EBB.951", Mark.NIHIL, "Pengadaan menunggu revisi DIPA."),
)
TEKNIS = (
    *indicator("TEK-01", Decimal(100)),
    *indicator(
        "TEK-02",
        Decimal("79.9"),
        pendukung="Sosialisasi melalui kampung dan rumah ibadah di seluruh distrik.",
    ),
    *indicator(
        "TEK-03",
        Decimal("40.9"),
        penghambat="Data pemilih perempuan pada tiga distrik belum terpilah menurut jenis kelamin.",
        tindak_lanjut="Pemutakhiran data bersama Disdukcapil pada bulan November.",
    ),
    *indicator("TEK-04", Mark.TIDAK_DIUKUR, bukti="", penghambat="Tidak ada pemutakhiran daftar pemilih."),
    *indicator("TEK-05", Decimal(10)),
    *budget("6641.QDB.001", Decimal(120_000_000)),
    *budget("6641.BMB.002", Decimal(99_750_000)),
)
SEKRETARIS = (
    *cells(
        "lhp",
        "12.a/lhp",
        no_lhp=_LHP_NO,
        tanggal_lhp=date(2026, 5, 22),
        tanggal_terima=date(2026, 6, 8),
        pemeriksa="BPK",
        jenis="LK",
        judul="Pemeriksaan atas Laporan Keuangan Tahun Anggaran 2025",
        tahun_objek=Decimal(2025),
        jumlah_temuan=Decimal(2),
        jumlah_rekomendasi=Decimal(3),
        nilai_rp=Decimal(48_250_000),
    ),
    *cells(
        "tl_hp",
        "12.a/lhp|1|1",
        no_lhp=_LHP_NO,
        no_temuan="1",
        temuan="Pertanggungjawaban perjalanan dinas belum lengkap",
        no_rekomendasi="1.1",
        rekomendasi="Melengkapi bukti pertanggungjawaban perjalanan dinas",
        nilai_rp=Decimal(18_250_000),
        status="SESUAI",
        tanggal_tl=date(2026, 7, 15),
        nilai_tl_rp=Decimal(18_250_000),
        bukti="STS-0715.pdf",
    ),
    *cells(
        "tl_hp",
        "12.a/lhp|1|2",
        no_lhp=_LHP_NO,
        no_temuan="1",
        temuan="Pertanggungjawaban perjalanan dinas belum lengkap",
        no_rekomendasi="1.2",
        rekomendasi="Menyusun prosedur verifikasi internal",
        status="BELUM_SESUAI",
    ),
    *cells(
        "tl_hp",
        "12.a/lhp|2|1",
        no_lhp="12.A / LHP/XIX.MAN/05/2026",
        no_temuan="2",
        temuan="Kelebihan pembayaran sewa gudang logistik",
        no_rekomendasi="2.1",
        rekomendasi="=Menyetorkan kelebihan pembayaran ke kas negara",
        nilai_rp=Decimal(30_000_000),
        batas_waktu=date(2026, 12, 31),
        status="BELUM_TL",
    ),
    *cells("lhe", "NO", isian="B/123/AA.05/2026"),
    *cells("lhe", "TGL", isian=date(2026, 4, 20)),
    *cells("lhe", "EVALUATOR", isian="Inspektorat Utama KPU"),
    *cells("lhe", "TAHUN", isian=Decimal(2025)),
    *cells("lhe", "PERENCANAAN", isian=Decimal("22.5")),
    *cells("lhe", "PENGUKURAN", isian=Decimal("20.25")),
    *cells("lhe", "PELAPORAN", isian=Decimal(11)),
    *cells("lhe", "EVALUASI", isian=Decimal("15.75")),
    *cells("lhe", "TOTAL", isian=Decimal("70.5")),
    *cells("lhe", "PREDIKAT", isian="BB"),
    *nihil("lhe_rekomendasi"),
)


def request(unit_id: str, cells: tuple[StoredCell, ...] = (), terisi: int = 0, seluruh: int = 0) -> RequestState:
    """Return a request: waiting without cells, complete with them."""
    answered = bool(cells)
    return RequestState(
        periode=TW3.kode,
        unit=unit_id,
        form=form_for_period(POLICY.form_for(unit_id), TW3),
        nonce="nonce",
        keadaan=KeadaanPermintaan.LENGKAP if answered else KeadaanPermintaan.MENUNGGU,
        diminta_at=OPENED,
        dikirim_at=OPENED,
        batas_at=DUE,
        pertama_tiba_at=wit("2026-10-01 14.20") if answered else None,
        tepat_waktu=True if answered else None,
        lengkap_at=wit("2026-10-01 15.00") if answered else None,
        revisi=1 if answered else 0,
        sel=cells,
        terisi=terisi,
        seluruh=seluruh,
    )


def quarter(*requests: RequestState) -> PeriodState:
    """Return the running third quarter with these requests."""
    period = with_requests(begin_period(TW3, POLICY.sop, POLICY.jam, OPENED, oleh=BOT), requests)
    return with_steps(period, move_steps(period, DAFTAR.responden, POLICY.jam, NOW))


_REPORT = FileOnRecord(nama="Laporan TW III.pdf", ukuran=284_112, sha256="9f" * 32, surel_id=14)
FILLED_UMUM = replace(request("umum", UMUM, 7, 7), data_dukung=(_REPORT,))
PARTLY_TEKNIS = replace(
    request("teknis", TEKNIS, 7, 8),
    keadaan=KeadaanPermintaan.PERLU_PERBAIKAN,
    lengkap_at=None,
    tepat_waktu=False,
    pertama_tiba_at=wit("2026-10-02 09.10"),
    revisi=2,
    catatan=('Lembar "Anggaran" sel D7: sel ini belum terisi.', "Realisasi TEK-03 jauh di bawah target."),
)
SILENT_HUKUM = replace(request("hukum", seluruh=5), pengingat=2)
FILLED_SEKRETARIS = request("sekretaris", SEKRETARIS, 14, 14)
PERIOD = quarter(FILLED_UMUM, PARTLY_TEKNIS, SILENT_HUKUM, FILLED_SEKRETARIS)


def compiled(period: PeriodState = PERIOD, policy: Policy = POLICY, now: datetime = NOW) -> Rekap:
    return compile_rekap(period, DAFTAR, policy, edisi=1, nama_edisi="sementara", now=now.astimezone(UTC))
