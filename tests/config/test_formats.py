"""Form definitions and indicators: the shipped ones hold what the domain asks; mistakes are named with their file."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kinerja_mailbot.config import bundled_example, load_config
from kinerja_mailbot.config.indicators import FORMULA_NAMES
from kinerja_mailbot.domain.capaian import FORMULAS
from kinerja_mailbot.domain.form.definition import AdaDi, Form, Jumlah, PredikatSesuai, Row, Sheet
from tests.config.setup import SECRETS, Folder

POLICY = load_config(bundled_example(), SECRETS).kebijakan
TEKNIS, SEKRETARIS = POLICY.form_for("teknis"), POLICY.form_for("sekretaris")
SUBBAG = "templates/format/kinerja-subbag.toml"
LHP = "templates/format/lhp-sekretaris.toml"
INDICATORS = "templates/indikator.toml"

COLUMNS = {
    "capaian": "no kode sasaran indikator satuan jenis target_tahun target_tw realisasi_lalu realisasi_tw "
    "realisasi_kum capaian pendukung penghambat tindak_lanjut bukti pic",
    "anggaran": "kode uraian pagu realisasi_lalu realisasi sisa serapan kendala",
    "lhp": "no_lhp tanggal_lhp tanggal_terima pemeriksa jenis judul tahun_objek jumlah_temuan jumlah_rekomendasi "
    "nilai_rp berkas",
    "tl_hp": "no_lhp no_temuan temuan no_rekomendasi rekomendasi nilai_rp rencana_aksi pic batas_waktu tindak_lanjut "
    "tanggal_tl nilai_tl_rp status bukti keterangan",
    "lhe": "kode uraian bobot satuan isian",
    "lhe_rekomendasi": "no catatan rekomendasi rencana_aksi pic batas tindak_lanjut status bukti",
}


def sheet(form: Form, sheet_id: str) -> Sheet:
    found = form.sheet(sheet_id)
    assert found is not None
    return found


def row(form: Form, sheet_id: str, kode: str) -> Row:
    return next(row for row in sheet(form, sheet_id).baris if row.kode == kode)


@pytest.mark.parametrize("sheet_id", COLUMNS)
def test_a_sheet_has_the_columns_of_the_domain(sheet_id: str) -> None:
    form = TEKNIS if TEKNIS.sheet(sheet_id) else SEKRETARIS

    assert [column.kunci for column in sheet(form, sheet_id).kolom] == COLUMNS[sheet_id].split()


def test_a_kasubbag_gets_capaian_and_anggaran_and_the_sekretaris_the_audit_sheets() -> None:
    assert [s.id for s in TEKNIS.lembar] == ["capaian", "anggaran"]
    assert [s.id for s in SEKRETARIS.lembar] == ["lhp", "tl_hp", "lhe", "lhe_rekomendasi"]


def test_only_the_realisasi_to_date_must_be_filled_for_an_indicator() -> None:
    assert [column.kunci for column in sheet(TEKNIS, "capaian").kolom if column.wajib] == ["realisasi_kum"]


def test_a_printed_indicator_carries_its_formula_and_targets() -> None:
    negative = row(TEKNIS, "capaian", "TEK-04")

    assert [negative.get(key) for key in ("satuan", "jenis", "rumus", "sifat", "target_tw3")] == [
        "%",
        "Negatif; posisi akhir",
        "NEG_LAN",
        "posisi_akhir",
        Decimal("0.2"),
    ]


def test_each_subbag_has_its_own_rows_marked_as_examples() -> None:
    rows = {unit: [len(s.baris) for s in form.lembar] for unit, form in POLICY.format if form.contoh}

    assert rows == {"umum": [4, 3], "teknis": [5, 3], "hukum": [4, 3]}


def test_every_formula_has_a_name_on_the_form() -> None:
    assert set(FORMULA_NAMES) == set(FORMULAS)


def test_the_statuses_of_tl_hp_have_the_words_that_offices_use() -> None:
    status = sheet(SEKRETARIS, "tl_hp").column("status")

    assert status is not None
    assert [choice.nilai for choice in status.pilihan] == ["SESUAI", "BELUM_SESUAI", "BELUM_TL", "TIDAK_DAPAT"]
    assert [choice.shown for choice in status.pilihan][1:3] == ["Belum sesuai", "Belum ditindaklanjuti"]
    assert {"Tuntas", "Proses", "BTL", "TPTD"} <= {word for choice in status.pilihan for word in choice.padanan}


def test_the_lhe_components_have_the_weights_of_permenpanrb_88_2021() -> None:
    weights = {r.kode: r.get("bobot") for r in sheet(SEKRETARIS, "lhe").baris if r.get("bobot") is not None}

    assert weights == {"PERENCANAAN": 30, "PENGUKURAN": 30, "PELAPORAN": 15, "EVALUASI": 25, "TOTAL": 100}


def test_the_lhe_adds_up_and_a_tl_hp_belongs_to_an_lhp() -> None:
    parts = ("PERENCANAAN", "PENGUKURAN", "PELAPORAN", "EVALUASI")

    assert Jumlah(kolom="isian", total="TOTAL", bagian=parts) in sheet(SEKRETARIS, "lhe").aturan
    assert PredikatSesuai(kolom="isian", nilai="TOTAL", predikat="PREDIKAT") in sheet(SEKRETARIS, "lhe").aturan
    assert AdaDi(kolom="no_lhp", lembar="lhp", kolom_lain="no_lhp") in sheet(SEKRETARIS, "tl_hp").aturan


def test_every_sheet_of_the_sekretaris_may_be_declared_nihil() -> None:
    assert [s.nihil for s in SEKRETARIS.lembar] == [
        "Tidak ada LHP pada periode ini",
        "Tidak ada TL HP pada periode ini",
        "Tidak ada LHE pada periode ini",
        "Tidak ada rekomendasi LHE pada periode ini",
    ]


@pytest.mark.parametrize("form", [TEKNIS, SEKRETARIS], ids=["subbag", "sekretaris"])
def test_a_sheet_is_readable_when_fitted_to_a4_landscape(form: Form) -> None:
    # About 130 characters fit at full size; below 60 % of it nobody can read the paper.
    assert all(sum(column.lebar for column in s.kolom) <= 217 for s in form.lembar)


# (file, what is changed, into what, the key that the message names, a word of what was found or expected)
MISTAKES = {
    "a column type that does not exist": (
        SUBBAG,
        'jenis = "ukuran"',
        'jenis = "angka"',
        "lembar[1].kolom[7].jenis",
        '"angka"',
    ),
    "a formula with an unknown column": (
        SUBBAG,
        "={pagu}-{realisasi}",
        "={pagu}-{real}",
        "lembar[2].kolom[6].rumus",
        "{real}",
    ),
    "a column key twice": (SUBBAG, 'kunci = "satuan"', 'kunci = "kode"', "lembar[1].kolom", '"kode" 2 kali'),
    "a rule about no column": (SUBBAG, 'batas = "pagu"', 'batas = "dipa"', "lembar[2].aturan", '"dipa"'),
    "an unknown rule": (SUBBAG, '"tidak_melebihi"', '"tidak_lebih"', "lembar[2].aturan[1].jenis", '"tidak_lebih"'),
    "a rule about no row": (LHP, '"PERENCANAAN", ', '"RENCANA", ', "lembar[3].aturan", '"RENCANA"'),
    "a rule about no sheet": (LHP, 'lembar = "lhp"', 'lembar = "lap"', "lembar[2].aturan", '"lap"'),
    "a rule about no choice": (LHP, 'isi = ["SESUAI"]', 'isi = ["Beres"]', "lembar[2].aturan", '"Beres"'),
    "an id unlike the file's name": (LHP, 'id = "lhp-sekretaris"', 'id = "lhp"', "id", '"lhp-sekretaris"'),
    "a tab name that Excel refuses": (LHP, 'judul = "TL HP"', 'judul = "TL/HP"', "lembar[2].judul", '"TL/HP"'),
    "a heading that fits two columns": (LHP, '"No LHP", ', '"Judul", ', "lembar[1].kolom", '"judul" 2 kali'),
    "rows from two sources": (
        SUBBAG,
        'baris_dari = "indikator"',
        'baris_dari = "indikator"\nbaris_kosong = 3',
        "lembar[1].baris_kosong",
        "asal baris",
    ),
    "a misspelt key of a column": (
        SUBBAG,
        "boleh_nihil",
        "bole_nihil",
        "lembar[1].kolom[10].bole_nihil",
        "boleh_nihil",
    ),
    "an unknown formula": (
        INDICATORS,
        'rumus = "POS"',
        'rumus = "POSITIF"',
        "unit.umum.indikator[1].rumus",
        '"POSITIF"',
    ),
    "a target in words": (
        INDICATORS,
        "target_tw1 = 1",
        'target_tw1 = "satu"',
        "unit.umum.indikator[1].target_tw1",
        '"satu"',
    ),
    "a year's target that quarter IV misses": (
        INDICATORS,
        "target_tw4 = 4",
        "target_tw4 = 3",
        "unit.umum.indikator[1].target_tw4",
        "target_tahun",
    ),
    "a cumulative target that falls": (
        INDICATORS,
        "target_tw2 = 2",
        "target_tw2 = 0",
        "unit.umum.indikator[1].target_tw1",
        "tidak menurun",
    ),
    "a satuan that does not go with the formula": (
        INDICATORS,
        'satuan = "laporan"',
        'satuan = "predikat"',
        "unit.umum.indikator[1].satuan",
        "PREDIKAT",
    ),
    "a kode twice": (INDICATORS, 'kode = "UKL-02"', 'kode = "ukl-01"', "unit.umum.indikator[2].kode", "kedua kalinya"),
    "a unit that nobody is": (
        INDICATORS,
        "[[unit.umum.indikator]]",
        "[[unit.keuangan.indikator]]",
        "unit.keuangan",
        "umum, teknis",
    ),
    "a negative pagu": (INDICATORS, "pagu = 2_450_000_000", "pagu = -1", "unit.umum.anggaran[1].pagu", "-1"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_with_its_file(folder: Folder, mistake: tuple[str, str, str, str, str]) -> None:
    file, old, new, key, words = mistake
    folder.replace(old, new, file)

    problems = [p for p in folder.problems() if p.kunci == key and words in p.ditemukan + p.diharapkan]

    assert [p.berkas for p in problems] == [file.rpartition("/")[2]], [str(p) for p in folder.problems()]


def test_a_unit_without_indicators_is_a_problem(folder: Folder) -> None:
    text = (folder.path / INDICATORS).read_text(encoding="utf-8")
    (folder.path / INDICATORS).write_text(
        text.replace("unit.hukum.indikator", "unit.teknis.indikator"), encoding="utf-8"
    )

    assert [p.kunci for p in folder.problems()] == ["unit.hukum.indikator"]


def test_a_missing_indicator_file_is_one_problem(folder: Folder) -> None:
    (folder.path / INDICATORS).unlink()

    assert [p.ditemukan for p in folder.problems()] == ["berkas tidak ada"]


def test_a_templates_directory_without_forms_is_a_problem(folder: Folder) -> None:
    for path in (folder.path / "templates" / "format").iterdir():
        path.unlink()

    assert folder.problems()[0].kunci == "templat"


def test_broken_toml_in_a_form_names_the_file(folder: Folder) -> None:
    folder.replace("versi = 2", "versi = ", SUBBAG)

    problems = [p for p in folder.problems() if p.kunci.startswith("baris ")]

    assert [p.berkas for p in problems] == ["kinerja-subbag.toml"]


@pytest.mark.parametrize(
    ("rumus", "satuan", "target", "printed"),
    [
        ("RENTANG", "%", '"80-90"', "80-90"),
        ("YATIDAK", "ya/tidak", '"Ya"', "Ya"),
        ("PREDIKAT", "predikat", '"BB"', "BB"),
        ("NEG_RASIO", "hari", "5", Decimal(5)),
    ],
)
def test_each_kind_of_target_is_understood(
    folder: Folder, rumus: str, satuan: str, target: str, printed: object
) -> None:
    rows = f'''
[[unit.umum.indikator]]
kode = "UKL-09"
sasaran = "Sasaran"
indikator = "Indikator"
satuan = "{satuan}"
rumus = "{rumus}"
sifat = "tahunan"
target_tahun = {target}
target_tw4 = {target}
'''
    path = folder.path / INDICATORS
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")

    added = row(folder.load().kebijakan.form_for("umum"), "capaian", "UKL-09")

    assert added.get("target_tw4") == printed
