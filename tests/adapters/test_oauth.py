"""Tokens: got once by a person, renewed ever after, kept from others and from loss."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from kinerja_mailbot.adapters.oauth import OAuthRefusedError, RenewedToken, TokenFile
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.usecases.ports import TokenError, TokenRefusedError
from tests.oauth_server import OAuthServer

USER = "bot@kab-sorong.contoh.id"
NOON = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> StageClock:
    return StageClock(NOON)


@pytest.fixture
def server(clock: StageClock) -> Iterator[OAuthServer]:
    with OAuthServer(USER, clock) as server:
        server.issue()
        yield server


def source(server: OAuthServer, folder: Path, *, first: str = "") -> RenewedToken:
    path = folder / "token.json"
    lock = FileLock(folder / "token.lock", timeout=10)
    return RenewedToken(server.client(), TokenFile(path), clock=server.clock, lock=lock, first=first)


def test_a_token_serves_until_shortly_before_it_expires(server: OAuthServer, clock: StageClock, tmp_path: Path) -> None:
    tokens = source(server, tmp_path, first=server.refresh)
    first = tokens.token()
    clock.now += timedelta(minutes=54)
    same = tokens.token()
    clock.now += timedelta(minutes=2)

    renewed = tokens.token()

    assert (first, same, renewed) == ("masuk-2", "masuk-2", "masuk-3")
    assert server.is_valid(first)  # nobody was ever left with a token that had run out


def test_a_rotated_refresh_token_is_kept_over_a_restart(server: OAuthServer, clock: StageClock, tmp_path: Path) -> None:
    source(server, tmp_path, first=server.refresh).token()
    clock.now += timedelta(hours=2)

    after_restart = source(server, tmp_path).token()

    assert after_restart == "masuk-3"


def test_a_server_that_rotates_nothing_leaves_the_old_refresh_token_in_force(
    server: OAuthServer, clock: StageClock, tmp_path: Path
) -> None:
    server.answers = [(200, {"access_token": "masuk-a", "expires_in": "3600"})]
    tokens = source(server, tmp_path, first=server.refresh)
    tokens.token()
    clock.now += timedelta(hours=2)

    assert tokens.token() == "masuk-2"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_can_read_the_token_file(server: OAuthServer, tmp_path: Path) -> None:
    (tmp_path / "token.json.baru").write_text("what a crash has left")
    before = os.umask(0)
    try:
        source(server, tmp_path, first=server.refresh).token()
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "token.json").stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.glob("token.json*")) == ["token.json"]


def test_no_token_shows_in_a_representation(server: OAuthServer, tmp_path: Path) -> None:
    source(server, tmp_path, first=server.refresh).token()

    assert not re.search("masuk|segar", repr(TokenFile(tmp_path / "token.json").read()))
    assert "client_secret" not in repr(server.client())


def test_what_the_file_could_not_take_is_written_the_next_time(
    server: OAuthServer, clock: StageClock, tmp_path: Path
) -> None:
    tokens = source(server, tmp_path, first=server.refresh)
    (tmp_path / "token.json").mkdir()  # nothing can take its place
    with pytest.raises(TokenError):
        tokens.token()
    (tmp_path / "token.json").rmdir()

    now = tokens.token()

    assert (now, server.asked) == ("masuk-2", ["refresh_token"])
    clock.now += timedelta(hours=2)
    assert source(server, tmp_path).token() == "masuk-3"


def test_without_a_login_the_admin_is_told_to_log_in(server: OAuthServer, tmp_path: Path) -> None:
    with pytest.raises(TokenRefusedError, match="OAuth login needed"):
        source(server, tmp_path).token()


def test_a_login_that_was_called_back_is_refused_for_good(server: OAuthServer, tmp_path: Path) -> None:
    with pytest.raises(TokenRefusedError, match="invalid_grant: used or called back"):
        source(server, tmp_path, first="segar-tua").token()


def test_a_new_secret_in_the_environment_mends_a_dead_login(
    server: OAuthServer, clock: StageClock, tmp_path: Path
) -> None:
    source(server, tmp_path, first=server.refresh).token()
    clock.now += timedelta(hours=2)
    server.issue()  # somebody else has used the refresh token

    assert source(server, tmp_path, first=server.refresh).token() == "masuk-4"


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        pytest.param(503, {"error": "temporarily_unavailable"}, id="unwell"),
        pytest.param(400, {"error": "server_error"}, id="unwell by its word"),
        pytest.param(429, {"error": "too_many"}, id="too many questions"),
        pytest.param(500, {}, id="no words"),
        pytest.param(200, {"hello": "world"}, id="no token in it"),
        pytest.param(307, {}, id="a redirect would take the secret elsewhere"),
    ],
)
def test_a_server_that_is_unwell_is_asked_again_later(
    server: OAuthServer, tmp_path: Path, code: int, fields: dict[str, object]
) -> None:
    tokens = source(server, tmp_path, first=server.refresh)
    server.answers = [(code, fields)]
    with pytest.raises(TokenError) as raised:
        tokens.token()

    later = tokens.token()

    assert not isinstance(raised.value, TokenRefusedError)
    assert later == "masuk-2"


def test_an_unreachable_server_is_no_refusal(server: OAuthServer, tmp_path: Path) -> None:
    tokens = source(server, tmp_path, first=server.refresh)
    client_of_nobody = RenewedToken(
        OAuthServer.client(server),
        TokenFile(tmp_path / "token.json"),
        clock=server.clock,
        lock=FileLock(tmp_path / "token.lock"),
        first="x",
    )
    server.__exit__(None, None, None)
    try:
        for each in (tokens, client_of_nobody):
            with pytest.raises(TokenError) as raised:
                each.token()
            assert not isinstance(raised.value, TokenRefusedError)
    finally:
        server.__enter__()


def test_a_damaged_token_file_is_an_error_with_its_name(server: OAuthServer, tmp_path: Path) -> None:
    (tmp_path / "token.json").write_text(json.dumps({"refresh_token": 1}))

    with pytest.raises(TokenError, match=r"token\.json"):
        source(server, tmp_path).token()


def test_many_threads_renew_once(server: OAuthServer, tmp_path: Path) -> None:
    tokens = source(server, tmp_path, first=server.refresh)
    got: list[str] = []
    threads = [threading.Thread(target=lambda: got.append(tokens.token())) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert (got, server.asked) == (["masuk-2"] * 8, ["refresh_token"])


def test_a_token_that_a_mail_server_refused_is_not_handed_out_again(server: OAuthServer, tmp_path: Path) -> None:
    tokens = source(server, tmp_path, first=server.refresh)
    tokens.reject(tokens.token())

    assert tokens.token() == "masuk-3"


# --- the person's part ---------------------------------------------------------------------------------------------


def test_a_code_on_another_device_lets_the_service_in(server: OAuthServer, tmp_path: Path) -> None:
    server.pending = 3
    waited: list[float] = []
    tokens = source(server, tmp_path)

    device = tokens.ask_device_code()
    tokens.await_device(device, wait=waited.append)

    assert (device.code, device.url) == ("ABCD-1234", f"{server.url}/perangkat")
    assert waited == [1, 1, 6, 6]  # "slow_down" costs five seconds
    assert tokens.token() == "masuk-2"


def test_a_code_that_nobody_types_runs_out(server: OAuthServer, tmp_path: Path) -> None:
    server.pending = 10_000
    tokens = source(server, tmp_path)

    with pytest.raises(OAuthRefusedError) as raised:
        tokens.await_device(tokens.ask_device_code(), wait=lambda _seconds: None)

    assert raised.value.code == "expired_token"


def test_a_link_and_the_address_where_it_ends_let_the_service_in(server: OAuthServer, tmp_path: Path) -> None:
    tokens = source(server, tmp_path)

    link = tokens.open_link(USER)
    tokens.redeem(link, f"  {server.open_link(link.url)}\n")

    assert tokens.token() == "masuk-2"


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        pytest.param("http://127.0.0.1:53682/?state=lain&code=kode-izin", "wrong_state", id="another login's"),
        pytest.param("kode-izin", "wrong_state", id="only the code"),
        pytest.param("", "wrong_state", id="nothing"),
        pytest.param("http://127.0.0.1:53682/?error=access_denied", "access_denied", id="the person refused"),
    ],
)
def test_an_address_of_another_login_is_refused(server: OAuthServer, tmp_path: Path, pasted: str, code: str) -> None:
    tokens = source(server, tmp_path)

    with pytest.raises(OAuthRefusedError) as raised:
        tokens.redeem(tokens.open_link(USER), pasted)

    assert (raised.value.code, server.asked) == (code, [])
