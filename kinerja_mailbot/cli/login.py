"""The command `login`: the owner of the mailbox lets the service in where servers take tokens, not passwords."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import typer

from kinerja_mailbot.adapters.machine import leave_to_the_folders_owner
from kinerja_mailbot.adapters.oauth import OAuthRefusedError
from kinerja_mailbot.cli.context import DEFAULT_CONFIG, CommandError, ConfigOption, busy, load, say, service_for

if TYPE_CHECKING:
    from kinerja_mailbot.adapters.oauth import RenewedToken

_REFUSALS = {
    "access_denied": "permintaan ditolak pada halaman penyedia",
    "expired_token": "waktunya habis sebelum kode dimasukkan",
    "wrong_state": "alamat yang ditempel bukan hasil tautan ini",
    "invalid_client": "client_id atau KINERJA_OAUTH_CLIENT_SECRET tidak dikenal penyedia",
    "unauthorized_client": "aplikasi itu belum diizinkan masuk dengan cara ini; periksa pendaftarannya pada penyedia",
    "invalid_scope": "cakupan tidak dikenal penyedia; periksa oauth.cakupan",
    "invalid_grant": "kode sudah dipakai atau kedaluwarsa",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Masuk ke layanan surel (OAuth): satu kali, lalu token diperbarui sendiri.")(login)


def login(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Ask the owner of the mailbox for leave, and keep the token that this brings."""
    loaded = load(config)
    tokens = service_for(loaded).tokens
    if tokens is None or loaded.oauth is None:
        raise CommandError('Tidak diperlukan: auth pada [imap] dan [smtp] ialah "sandi".', 2)
    user = loaded.imap.user
    try:
        if loaded.oauth.url_perangkat:
            _by_device(tokens, user)
        elif loaded.oauth.url_izin:
            _by_link(tokens, user)
        else:
            raise CommandError("Isi oauth.url_perangkat atau oauth.url_izin pada konfigurasi terlebih dahulu.", 2)
    except OAuthRefusedError as error:
        reason = _REFUSALS.get(error.code, "penyedia menolak")
        raise CommandError(
            f"Belum berhasil masuk: {reason} ({error}). Silakan ulangi `kinerja-mailbot login`."
        ) from error
    finally:
        leave_to_the_folders_owner(loaded.own_files)
    say(f"Berhasil. Token disimpan pada {loaded.oauth.berkas_token}. Periksa dengan `kinerja-mailbot check`.")


def _by_device(tokens: RenewedToken, user: str) -> None:
    device = tokens.ask_device_code()
    say(f"Pada perangkat mana pun, buka {device.url} dan masukkan kode {device.code}")
    say(f"Masuklah sebagai {user}. Perintah ini menunggu sampai selesai.")
    with busy("Menunggu"):
        tokens.await_device(device, wait=time.sleep)


def _by_link(tokens: RenewedToken, user: str) -> None:
    link = tokens.open_link(user)
    say(f"Buka tautan ini pada peramban, dan masuklah sebagai {user}:")
    say(link.url)
    say("Setelah diizinkan, peramban berakhir pada alamat http://127.0.0.1:53682/… yang tidak dapat dibuka.")
    tokens.redeem(link, typer.prompt("Salin alamat itu seluruhnya dan tempel di sini"))
