"""Loading: the TOML file, the environment and the templates in force, read whole before anything is refused."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kinerja_mailbot.config.bundled import TEMPLATES_NAME, bundled_templates
from kinerja_mailbot.config.formats import read_formats
from kinerja_mailbot.config.hours import read_hours, read_libur
from kinerja_mailbot.config.indicator_sheets import ReadWorkbook
from kinerja_mailbot.config.indicators import fill_forms
from kinerja_mailbot.config.oauth import read_oauth
from kinerja_mailbot.config.people import read_daftar, read_kantor
from kinerja_mailbot.config.problems import Findings
from kinerja_mailbot.config.rules import (
    read_batasan,
    read_jadwal,
    read_kabar,
    read_keamanan,
    read_pemantauan,
    read_pengingat,
    read_rekap,
)
from kinerja_mailbot.config.secrets import OAUTH_CLIENT_SECRET, OAUTH_REFRESH_TOKEN, read_secret
from kinerja_mailbot.config.servers import (
    read_bot,
    read_database,
    read_imap,
    read_log,
    read_new_file,
    read_secrets,
    read_smtp,
)
from kinerja_mailbot.config.settings import CaraMasuk, Config, OAuthSettings
from kinerja_mailbot.config.sop import read_sop
from kinerja_mailbot.config.table import Table
from kinerja_mailbot.config.toml_file import open_toml
from kinerja_mailbot.domain.policy import Policy


def load_config(
    path: Path, environ: Mapping[str, str], *, require_secrets: bool = True, read: ReadWorkbook | None = None
) -> Config:
    """Read the configuration and the forms that it names.

    Commands that touch no mail server pass `require_secrets=False`: passwords may then be missing. `read` opens the
    indicators where the office keeps them as a spreadsheet.

    Raises:
        ConfigError: with everything that is wrong, in the file, the environment and the templates.
    """
    findings = Findings()
    root = open_toml(path, findings)
    if root is None:
        findings.raise_if_any()
        raise AssertionError("an unreadable file always leaves a problem")
    config = _read(root, path.resolve(), environ, findings, require_secrets=require_secrets, read=read)
    root.report_unknown()
    findings.raise_if_any()
    return config


def _read(  # noqa: PLR0913  what `load_config` was given, and where the problems are noted
    root: Table,
    path: Path,
    environ: Mapping[str, str],
    findings: Findings,
    *,
    require_secrets: bool,
    read: ReadWorkbook | None,
) -> Config:
    folder = path.parent
    imap_secret, smtp_secret = read_secrets(environ, findings)
    imap = read_imap(root.table("imap"), imap_secret, folder, require_secrets=require_secrets)
    smtp = read_smtp(root.table("smtp"), smtp_secret, folder, imap, needed=require_secrets)
    oauth = _read_oauth(root, environ, findings, folder, needed=CaraMasuk.XOAUTH2 in {imap.auth, smtp.auth})
    bot = read_bot(root.table("bot"))
    templates = _read_templates(root, folder)
    blanks = read_formats(templates, findings)
    daftar = read_daftar(root, frozenset(blank.form.id for blank in blanks), bot.alamat)
    kantor_table = root.table("kantor")
    kantor = read_kantor(kantor_table)
    hours, versions = root.table("jam_kerja"), read_sop(root)
    watched = root.table("pemantauan")
    policy = Policy(
        kantor=kantor,
        sop=versions[-1],
        versi_sop=versions,
        jam=read_hours(hours, kantor_table, kantor.zona),
        jadwal=read_jadwal(root.table("jadwal")),
        pengingat=read_pengingat(root.table("pengingat")),
        batasan=read_batasan(root.table("batasan")),
        rekap=read_rekap(root.table("rekap")),
        keamanan=read_keamanan(root),
        kabar=read_kabar(root.table("kabar")),
        pemantauan=read_pemantauan(watched),
        format=fill_forms(templates, blanks, daftar.responden, findings, read),
    )
    return Config(
        path=path,
        daftar=daftar,
        kebijakan=policy,
        libur=read_libur(hours),
        imap=imap,
        smtp=smtp,
        oauth=oauth,
        bot=bot,
        penyimpanan=read_database(root, folder),
        templat=templates,
        simpan_surel_tahun=root.table("retensi").integer("surel_mentah_tahun", 0, at_most=100),
        berkas_detak=read_new_file(watched, "berkas_detak", folder),
        log=read_log(root.table("log"), folder),
    )


def _read_oauth(
    root: Table, environ: Mapping[str, str], findings: Findings, folder: Path, *, needed: bool
) -> OAuthSettings | None:
    client_secret = read_secret(OAUTH_CLIENT_SECRET, environ, findings)
    refresh_token = read_secret(OAUTH_REFRESH_TOKEN, environ, findings)
    return read_oauth(root.table("oauth"), client_secret, refresh_token, folder, needed=needed)


def _read_templates(root: Table, folder: Path) -> Path:
    named = root.directory("templat", folder)
    if named is not None:
        return named
    beside = folder / TEMPLATES_NAME
    try:
        return beside if beside.is_dir() else bundled_templates()
    except FileNotFoundError as error:
        root.complain("templat", str(error), f"direktori {beside}")
        return beside
