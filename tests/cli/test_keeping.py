"""`backup`, `restore` and `prune`, as a person at the server uses them."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
from filelock import FileLock

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.service import system_clock
from kinerja_mailbot.usecases.ports import Arrived, Cursor
from tests.cli.shell import Shell

LONG_AGO = system_clock() - timedelta(days=3 * 366)
AT_MOST_TWO_YEARS = ("surel_mentah_tahun = 0", "surel_mentah_tahun = 2")


def offers(shell: Shell, count: int) -> None:
    """Let the archive hold so many advertisements of three years ago, decided then."""
    arrived = []
    for uid in range(1, count + 1):
        mail = EmailMessage()
        mail["From"], mail["Subject"], mail["Message-ID"] = "toko@niaga.example", f"Penawaran {uid}", f"<{uid}@niaga>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content("Mohon dibalas. " * 40)
        arrived.append(Arrived(folder="INBOX", uidvalidity=1, uid=uid, tiba_at=LONG_AGO, mentah=mail.as_bytes()))
    with Store(shell.url) as store:
        store.migrate()
        store.in_service_since(LONG_AGO)
        store.archive("INBOX", arrived, Cursor(1, count), LONG_AGO)
    assert shell("once").code == 0


def kept_bytes(shell: Shell) -> int:
    with Store(shell.url) as store:
        return sum(store.mail(line.id) is not None for line in store.mails(limit=999) if "Penawaran" in line.subjek)


# --- prune ------------------------------------------------------------------------------------------------------------


def test_prune_is_for_offices_that_have_said_how_long_they_keep(shell: Shell) -> None:
    shell.set_up()

    result = shell("prune", "--laksanakan")

    assert result.code == 2
    assert result.err == "Surel disimpan selamanya (retensi.surel_mentah_tahun = 0); tidak ada yang dilepaskan.\n"


def test_prune_counts_first_and_lets_go_only_when_told(office: Shell) -> None:
    office.edit(*AT_MOST_TWO_YEARS)
    offers(office, 3)

    counted = office("prune")
    still = kept_bytes(office)
    done = office("prune", "--laksanakan")
    again = office("prune")

    assert (counted.code, done.code, again.code) == (0, 0, 0)
    assert counted.out.startswith("3 isi mentah surel (")
    assert counted.out.endswith("dapat dilepaskan dengan --laksanakan.\n")
    assert still == 3
    assert done.out.endswith(" dilepaskan.\n")
    assert kept_bytes(office) == 0
    assert again.out.startswith("0 isi mentah surel (")


def test_after_prune_the_journal_still_vouches_for_everything(office: Shell) -> None:
    office.edit(*AT_MOST_TWO_YEARS)
    offers(office, 2)
    office("prune", "--laksanakan")

    verified = office("verify")

    assert (verified.code, verified.out) == (0, "Basis data utuh: semuanya sesuai dengan catatan.\n")


def test_what_came_lately_is_not_pruned(office: Shell) -> None:
    office.edit("surel_mentah_tahun = 0", "surel_mentah_tahun = 4")
    offers(office, 2)

    result = office("prune", "--laksanakan")

    assert result.out.startswith("0 isi mentah surel (")
    assert kept_bytes(office) == 2


# --- backup and restore -----------------------------------------------------------------------------------------------


@pytest.fixture
def copied(office: Shell) -> Shell:
    """An office with a copy of its database from before a period was opened."""
    assert office("once").code == 0
    assert office("backup", "salinan.db").code == 0
    assert office("open", "2025-TW3").code == 0
    return office


def opened(shell: Shell) -> list[str]:
    with Store(shell.url) as store:
        return [state.periode.kode for state in store.periods()]


@pytest.mark.sqlite
def test_a_backup_is_put_back_and_the_database_in_force_is_kept_aside(copied: Shell) -> None:
    result = copied("restore", "salinan.db", "--timpa")

    (kept,) = copied.folder.glob("kinerja.db.sebelum-*")
    assert result.code == 0, result.err
    assert result.out.splitlines() == [
        "Basis data dipulihkan dari salinan.db.",
        f"Basis data sebelumnya disimpan sebagai {kept}.",
        "Saat layanan dijalankan, kotak surat dibaca seluruhnya sebelum ada surat yang dikirim.",
    ]
    assert "2025-TW3" not in opened(copied)
    with Store(f"sqlite:///{kept}") as before:
        assert "2025-TW3" in [state.periode.kode for state in before.periods()]
    assert kept.stat().st_mode & 0o077 == 0
    assert copied("once").code == 0


@pytest.mark.sqlite
def test_onto_a_new_machine_a_backup_is_put_without_asking(copied: Shell) -> None:
    for path in copied.folder.glob("kinerja.db*"):
        path.unlink()

    result = copied("restore", "salinan.db")

    assert result.code == 0, result.err
    assert "sebelumnya" not in result.out
    assert copied("verify").code == 0


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["salinan.db"], 1, "sudah ada. Pakai --timpa; yang lama disimpan di sebelahnya.", id="unasked"),
        pytest.param(["tidak-ada.db", "--timpa"], 2, "Berkas tidak-ada.db tidak ada.", id="no such file"),
        pytest.param(["config.toml", "--timpa"], 1, "basis data", id="another file"),
        pytest.param([".", "--timpa"], 2, "Berkas . tidak ada.", id="a folder"),
    ],
)
def test_what_can_t_be_put_back_changes_nothing(copied: Shell, arguments: list[str], code: int, said: str) -> None:
    result = copied("restore", *arguments)

    assert (result.code, said in result.err) == (code, True), result.err
    assert "2025-TW3" in opened(copied)
    assert not list(copied.folder.glob("*.pulih*"))


@pytest.mark.sqlite
def test_under_a_running_service_nothing_is_put_back(copied: Shell) -> None:
    with FileLock(f"{copied.database}.lock"):
        result = copied("restore", "salinan.db", "--timpa")

    assert result.code == 1
    assert result.err.startswith("Layanan sedang berjalan (kunci: ")
    assert "2025-TW3" in opened(copied)


@pytest.mark.sqlite
def test_a_copy_that_somebody_has_changed_is_refused(copied: Shell) -> None:
    copy = copied.folder / "salinan.db"
    content = copy.read_bytes()
    assert b"service began" in content
    copy.write_bytes(content.replace(b"service began", b"service Began"))

    result = copied("restore", "salinan.db", "--timpa")

    assert (result.code, "tidak sesuai dengan jurnalnya" in result.err) == (1, True), result.err
    assert "2025-TW3" in opened(copied)


@pytest.mark.sqlite
def test_a_backup_replaces_no_file_and_says_where_it_can_t_write(copied: Shell) -> None:
    before = (copied.folder / "salinan.db").read_bytes()

    again = copied("backup", "salinan.db")
    nowhere = copied("backup", "tidak-ada/salinan.db")

    assert (again.code, nowhere.code) == (1, 1)
    assert "salinan.db" in again.err
    assert "tidak-ada/salinan.db" in nowhere.err
    assert (copied.folder / "salinan.db").read_bytes() == before
