"""Commands that lay files: `init`, `backup`, `systemd`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kinerja_mailbot.cli.context import DEFAULT_CONFIG, ConfigOption, console, load, refuse_overwriting
from kinerja_mailbot.config import init_files
from kinerja_mailbot.service import Service

_UNIT = """\
[Unit]
Description=Pengumpulan data kinerja melalui surel (kinerja-mailbot)
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
User=kinerja
Group=kinerja
WorkingDirectory={folder}
ExecStart={python} -m kinerja_mailbot run --config {config}
LoadCredential=kinerja_imap_password:/etc/kinerja-mailbot/imap_password
LoadCredential=kinerja_smtp_password:/etc/kinerja-mailbot/smtp_password
Restart=on-failure
RestartSec=10
TimeoutStopSec=10
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={folder}
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
ProtectClock=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictSUIDSGID=yes
LockPersonality=yes
CapabilityBoundingSet=
SystemCallFilter=@system-service
UMask=0077

[Install]
WantedBy=multi-user.target
"""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="Siapkan berkas konfigurasi dan templat yang dapat disunting.")(init)
    app.command(help="Salin basis data selagi layanan berjalan.")(backup)
    app.command(help="Cetak unit systemd untuk memasang layanan.")(systemd)


def init(folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Tempat berkas.")] = Path()) -> None:
    """Lay editable copies of the example configuration and the templates; nothing is overwritten."""
    laid = init_files(folder)
    for path in laid:
        console.print(f"dibuat  {path}", highlight=False)
    if not laid:
        console.print("Semua berkas sudah ada; tidak ada yang diubah.")
        return
    console.print(
        "\nLangkah berikutnya: sunting config.toml, isi sandi pada KINERJA_IMAP_PASSWORD dan KINERJA_SMTP_PASSWORD,\n"
        "lalu jalankan `kinerja-mailbot check`.",
        highlight=False,
    )


def backup(
    target: Annotated[Path, typer.Argument(metavar="BERKAS", help="Berkas salinan yang belum ada.")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Take an online copy of the database."""
    refuse_overwriting(target)
    with Service(load(config)) as service:
        service.store.backup(target)
    console.print(f"Salinan basis data: {target} ({target.stat().st_size:,} bita)".replace(",", "."), highlight=False)


def systemd(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Print a hardened systemd unit for this installation."""
    folder = config.resolve().parent
    print(_UNIT.format(folder=folder, python=sys.executable, config=config.resolve()), end="")  # noqa: T201  a file
