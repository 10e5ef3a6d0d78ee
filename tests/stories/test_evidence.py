"""A unit's figures in three revisions: archived, proven unchanged, traced to their cells; and every tampering named."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import create_engine

from kinerja_mailbot.adapters.archive_zip import ZipArchiveReader, new_archive
from kinerja_mailbot.adapters.register_workbook import RegisterWorkbookWriter
from kinerja_mailbot.config import Config
from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import TEKNIS
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.spreadsheet import Entry
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.domain.evidence.difference import Difference
from kinerja_mailbot.domain.evidence.trace import Trace
from kinerja_mailbot.domain.policy import PerintahLangkah1
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.archive import archive_period
from kinerja_mailbot.usecases.ports import ArchiveTools
from kinerja_mailbot.usecases.trace import trace_rows
from kinerja_mailbot.usecases.verify import (
    digests_of_files,
    manifest_of,
    verify_archive,
    verify_origin,
    verify_store,
)
from tests.databases import copy_office
from tests.domain.office import wit
from tests.stories.stage import CURTAIN_UP, PERIODE, Stage, period, settle

LATE_FIGURE = Entry("Capaian Kinerja", "TEK-03", "Realisasi s.d. Triwulan", 74)


@pytest.fixture(scope="module")
def played(shared_folder: Path) -> Config:
    """Play the revisions once; return the configuration of the office in whose database they are."""
    clock, folder = StageClock(CURTAIN_UP), shared_folder / "asli"
    folder.mkdir()
    with MailServers(clock) as servers:
        stage = Stage(servers, folder, clock)
        with stage.service(("teknis",)) as service:
            settle(service)
            for hour, entries in (("10.00", figures.TEKNIS_FIRST), ("11.00", figures.TEKNIS_MENDED)):
                clock.now = wit(f"2026-10-01 {hour}")
                mail = stage.returns_form(TEKNIS, entries)
                mail.add_attachment(
                    f"foto {hour}".encode(), maintype="application", subtype="pdf", filename="bukti.pdf"
                )
                stage.desk.send(mail, TEKNIS)
                settle(service)
            clock.now = wit("2026-10-01 13.00")
            stage.desk.send(stage.returns_form(TEKNIS, (*figures.TEKNIS_MENDED, LATE_FIGURE)), TEKNIS)
            settle(service)
        return stage.config(("teknis",), perintah=PerintahLangkah1.OTOMATIS, by_schedule=True)


@pytest.fixture
def copied(played: Config, shared_folder: Path, tmp_path: Path) -> Config:
    """The same office with a copy of its database."""
    return replace(played, penyimpanan=copy_office(shared_folder / "asli", shared_folder / tmp_path.name))


@pytest.fixture
def service(copied: Config) -> Iterator[Service]:
    with opened(copied) as service:
        yield service


@pytest.fixture(scope="module")
def archived(played: Config, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("arsip") / "arsip.zip"
    with opened(played) as service:
        put_into(service, path)
    return path.read_bytes()


@contextmanager
def opened(config: Config) -> Iterator[Service]:
    with Service(config, clock=StageClock(wit("2026-10-02 08.00"))) as service:
        yield service


def put_into(service: Service, path: Path) -> None:
    with service.store.evidence() as record, new_archive(path) as writer:
        tools = ArchiveTools(writer=writer, registers=RegisterWorkbookWriter())
        archive_period(record, service.desk, tools, service.facts(), period(service))


def in_store(service: Service) -> list[Difference]:
    return list(verify_store(service.store, partial(digests_of_files, service.desk)))


def in_archive(content: bytes) -> list[Difference]:
    return list(verify_archive(ZipArchiveReader(BytesIO(content))))


def traced(service: Service, kode: str, column: str) -> Trace:
    with service.store.evidence() as record:
        (found,) = (t for t in trace_rows(record, service.desk.parser, period(service), kode) if t.kolom == column)
    return found


def test_what_nobody_has_touched_is_proven(service: Service, archived: bytes) -> None:
    reader = ZipArchiveReader(BytesIO(archived))
    manifest = manifest_of(reader)

    assert in_store(service) == []
    assert list(verify_archive(reader)) == []
    assert manifest is not None
    assert manifest.catatan == ()
    assert list(verify_origin(service.store, manifest)) == []


def test_the_archive_holds_everything_of_the_period(archived: bytes) -> None:
    with zipfile.ZipFile(BytesIO(archived)) as archive:
        names = archive.namelist()
        forms = {name: archive.read(name) for name in names if name.startswith("03-")}
        evidence = {archive.read(name) for name in names if name.startswith("04-data-dukung/teknis/")}

    assert [Path(name).name for name in forms] == [f"TRM-2026-TW3-TEK-0{n}.xlsx" for n in (1, 2, 3)]
    assert all(load_workbook(BytesIO(form)) for form in forms.values())
    assert evidence == {b"foto 10.00", b"foto 11.00"}
    assert sum(name.startswith("01-rekap/") for name in names) >= 1
    assert sum(name.startswith("02-format-dikirim/teknis/") for name in names) >= 2
    assert sum(name.startswith("05-surel-masuk/") for name in names) == 3
    assert {"BACA-SAYA.txt", "manifest.json", "SHA256SUMS", "07-jurnal/jurnal.csv"} <= set(names)
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name.isascii() and len(name) < 120 for name in names)


def test_the_same_store_gives_the_same_bytes(service: Service, archived: bytes, tmp_path: Path) -> None:
    put_into(service, tmp_path / "lagi.zip")

    assert (tmp_path / "lagi.zip").read_bytes() == archived


def test_the_registers_name_every_mail_letter_and_receipt(service: Service, archived: bytes) -> None:
    with zipfile.ZipFile(BytesIO(archived)) as archive:
        agenda = load_workbook(BytesIO(archive.read("08-register/buku-agenda.xlsx")))
        receipts = load_workbook(BytesIO(archive.read("08-register/tanda-terima.xlsx"))).active
    assert receipts is not None
    said = [str(row[1]) for row in receipts.iter_rows(values_only=True) if row[0] == "Nomor tanda terima"]

    assert [row[3] for row in agenda["Surat Masuk"].iter_rows(min_row=7, max_row=9, values_only=True)] == [
        "Subbagian Teknis (kasubbag.teknis@kpu.example)"
    ] * 3
    sent = {str(letter.id) for letter in service.store.letters() if letter.periode == PERIODE}
    assert sent == {row[2] for row in agenda["Surat Keluar"].iter_rows(min_row=7, values_only=True)} - {None}
    assert said == [f"TRM-2026-TW3-TEK-0{n}" for n in (1, 2, 3)]
    assert agenda["Surat Masuk"].page_setup.orientation == "landscape"


def test_a_figure_leads_back_through_every_revision(service: Service) -> None:
    found = traced(service, "tek-03", "realisasi_kum")

    assert [(v.revisi, v.tertulis, None if v.nilai is None else str(v.nilai)) for v in found.riwayat] == [
        (3, "74", "74"),
        (2, "72,5", "72.5"),
        (1, "12.500", None),
    ]
    assert found.berlaku == found.riwayat[0]
    assert [v.tanda_terima for v in found.riwayat] == [f"TRM-2026-TW3-TEK-0{n}" for n in (3, 2, 1)]
    assert {(v.lembar, v.pengirim) for v in found.riwayat} == {("Capaian Kinerja", TEKNIS.alamat)}
    assert all(v.message_id.startswith("<") and v.sel.startswith("J") for v in found.riwayat)
    assert all(new.tiba_at > old.tiba_at for new, old in pairwise(found.riwayat))


def test_a_cell_left_empty_later_does_not_hide_what_is_on_record(service: Service) -> None:
    found = traced(service, "TEK-01", "bukti")

    assert found.berlaku is not None
    assert found.berlaku.nilai == "Laporan tahapan.pdf"


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE surel_mentah SET isi = substr(isi, 2) WHERE surel_id = {mail}", "surel_mentah {mail}"),
        ("UPDATE surel_masuk SET arrived_at = '2026-10-01 00:00:00.000000' WHERE id = {mail}", "surel_masuk {mail}"),
        ("UPDATE surel_masuk SET ukuran = ukuran + 1 WHERE id = {mail}", "surel_masuk {mail}"),
        ("UPDATE surel_masuk SET fingerprint = 'lain' WHERE id = {mail}", "surel_masuk {mail}"),
        ("UPDATE surel_masuk SET pengirim = 'lain@kpu.example' WHERE id = {mail}", "surel_masuk {mail}"),
        ("UPDATE surel_masuk SET alasan = 'lain' WHERE id = {mail}", "surel_masuk {mail}"),
        ("UPDATE surel_masuk SET unit = 'umum' WHERE id = {mail}", "surel_masuk {mail}"),
        ("DELETE FROM surel_mentah WHERE surel_id = {mail}", "surel_mentah {mail}"),
        ("UPDATE surat_mentah SET isi = substr(isi, 2) WHERE surat_id = 1", "surat_mentah 1"),
        ("UPDATE surat_keluar SET sent_at = '2026-10-01 00:00:00.000000' WHERE id = 1", "surat_keluar 1"),
        ("UPDATE surat_keluar SET kunci = 'lain' WHERE id = 1", "surat_keluar 1"),
        ("DELETE FROM surat_mentah WHERE surat_id = 1", "surat_mentah 1"),
        ("UPDATE kiriman SET tepat_waktu = NOT tepat_waktu WHERE revisi = 2", "kiriman TRM-2026-TW3-TEK-02"),
        ("UPDATE kiriman SET berkas_sha256 = 'lain' WHERE revisi = 2", "kiriman TRM-2026-TW3-TEK-02"),
        ("UPDATE nilai SET nilai = replace(nilai, '72.5', '92.5')", "kiriman TRM-2026-TW3-TEK-02"),
        ("UPDATE nilai SET sel = 'Z9' WHERE urutan = 0 AND kiriman_id = 1", "kiriman TRM-2026-TW3-TEK-01"),
        ("DELETE FROM nilai WHERE kiriman_id = 3 AND urutan = 1", "kiriman TRM-2026-TW3-TEK-03"),
        ("UPDATE nilai SET nomor = 9 WHERE urutan = 0 AND kiriman_id = 1", "kiriman TRM-2026-TW3-TEK-01"),
        ("UPDATE nilai SET lembar_terlihat = 'x' WHERE urutan = 0 AND kiriman_id = 3", "kiriman TRM-2026-TW3-TEK-03"),
        ("UPDATE permintaan SET sel = replace(sel, '\"kiriman\":3', '\"kiriman\":1')", "permintaan 2026-TW3 teknis"),
        ("UPDATE langkah SET selesai_at = NULL WHERE nomor = 2", "langkah 2026-TW3/2"),
        ("UPDATE data_dukung SET sha256 = 'lain' WHERE id = 1", "data_dukung 1"),
        ("UPDATE permintaan SET sel = replace(sel, '\"74\"', '\"94\"')", "permintaan 2026-TW3 teknis"),
        ("UPDATE permintaan SET sel = 'rusak'", "permintaan 2026-TW3 teknis"),
        ("UPDATE jurnal SET oleh = 'orang lain' WHERE id = 5", "jurnal 5"),
        ("UPDATE jurnal SET at = '2026-10-01 05:06:07.000000' WHERE id = 5", "jurnal 5"),
        ("UPDATE jurnal SET rantai = 'lain' WHERE id = 5", "jurnal 5"),
        ("DELETE FROM jurnal WHERE id = 5", "jurnal 6"),
        ("DELETE FROM jurnal WHERE id >= (SELECT min(id) FROM jurnal WHERE sha256 IS NOT NULL)", "surat_keluar 1"),
        ("UPDATE alembic_version SET version_num = '0001'", "basis data"),
    ],
    ids=lambda value: value.partition(" WHERE")[0][:50] if " " in value and "=" in value else "",
)
def test_a_change_in_the_store_is_named(copied: Config, statement: str, row: str) -> None:
    mail, found = tampered(copied, statement)

    assert row.format(mail=mail) in {difference.tempat for difference in found}


@pytest.mark.sqlite("PostgreSQL keeps no text for a moment")
def test_a_moment_that_is_none_is_named(copied: Config) -> None:
    mail, found = tampered(copied, "UPDATE surel_masuk SET arrived_at = 'kemarin' WHERE id = {mail}")

    assert f"surel_masuk {mail}" in {difference.tempat for difference in found}


def tampered(config: Config, statement: str) -> tuple[int, list[Difference]]:
    """Return the mail of the second revision, and what is found once an administrator of the database has done this."""
    engine = create_engine(config.penyimpanan)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for event in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER jurnal_no_{event}")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no trigger, no key
        mail: int = connection.exec_driver_sql("SELECT surel_id FROM kiriman WHERE revisi = 2").scalar_one()
        assert connection.exec_driver_sql(statement.format(mail=mail)).rowcount > 0
    engine.dispose()

    service = Service(config, clock=StageClock(wit("2026-10-02 08.00")))
    service.store.open()  # as it stands: nothing is migrated before it is looked at
    found = in_store(service)
    service.store.close()
    return mail, found


def test_a_change_in_each_file_of_the_archive_is_named(archived: bytes) -> None:
    with zipfile.ZipFile(BytesIO(archived)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    for changed, content in files.items():
        middle = len(content) // 2
        other = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        found = in_archive(packed(files | {changed: other}))
        assert changed in {difference.tempat for difference in found}, changed


def test_files_that_are_missing_or_were_added_are_named(archived: bytes) -> None:
    with zipfile.ZipFile(BytesIO(archived)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    gone = next(name for name in files if name.startswith("03-"))
    added = "05-surel-masuk/surel-999999.eml"

    found = in_archive(packed({name: files[name] for name in files if name != gone} | {added: b"x"}))

    assert {gone, added} <= {difference.tempat for difference in found}


def test_a_mail_exchanged_with_its_digests_still_contradicts_the_journal(archived: bytes) -> None:
    with zipfile.ZipFile(BytesIO(archived)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    mail = next(name for name in files if name.startswith("05-"))

    found = in_archive(packed(forged(files, mail, files[mail] + b"lagi")))

    assert {difference.tempat for difference in found} - {"berkas arsip"} == {mail}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
def test_any_changed_bit_of_the_archive_is_found(archived: bytes, place: int, bit: int) -> None:
    at = place % len(archived)

    found = in_archive(archived[:at] + bytes([archived[at] ^ (1 << bit)]) + archived[at + 1 :])

    assert found != []


@pytest.mark.parametrize("length", [0, 1, 70, 71, 5_000])
def test_a_cut_archive_is_found(archived: bytes, length: int) -> None:
    assert in_archive(archived[:length]) != []


def test_an_archive_of_another_office_is_not_taken_for_ours(archived: bytes, service: Service) -> None:
    manifest = manifest_of(ZipArchiveReader(BytesIO(archived)))
    assert manifest is not None
    foreign = replace(manifest, jurnal=replace(manifest.jurnal, kepala="0" * 64))

    found = list(verify_origin(service.store, foreign))

    assert [difference.hal for difference in found] == ["mata rantai pada basis data"]


def test_an_archive_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "arsip.zip"

    def fail() -> None:
        with new_archive(path) as writer:
            writer.add("a.txt", (b"x",))
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fail()

    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "arsip.zip"
    path.write_bytes(b"lama")

    with pytest.raises(FileExistsError), new_archive(path):
        pass
    kept = path.read_bytes()
    with new_archive(path, replacing=True) as writer:
        writer.add("a.txt", (b"x",))

    assert kept == b"lama"
    assert zipfile.is_zipfile(path)
    assert list(tmp_path.iterdir()) == [path]


def packed(files: dict[str, bytes]) -> bytes:
    """Return a zip of these files without a seal, as somebody with any zip program makes it."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def forged(files: dict[str, bytes], name: str, content: bytes) -> dict[str, bytes]:
    """Return the files with one exchanged, and its size and digests mended in both lists."""

    def size(of: bytes) -> bytes:
        return b'"nama": "%s",\n   "ukuran": %d,' % (name.encode(), len(of))

    def digest(of: bytes) -> bytes:
        return sha256(of).hexdigest().encode()

    old, listed = files[name], files["manifest.json"]
    manifest = listed.replace(digest(old), digest(content)).replace(size(old), size(content))
    sums = files["SHA256SUMS"].replace(digest(old), digest(content)).replace(digest(listed), digest(manifest))
    return files | {name: content, "manifest.json": manifest, "SHA256SUMS": sums}
