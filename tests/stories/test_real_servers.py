"""The short story on the servers that offices have: request, reply, receipt, and the proof that each was sent once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.inbox import ImapAccount, ImapInbox
from kinerja_mailbot.config import Config
from kinerja_mailbot.config.settings import CaraMasuk, OAuthSettings
from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import ALL, BOT, UMUM
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.domain.policy import PerintahLangkah1
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from kinerja_mailbot.usecases.keep_sent import KEPT
from kinerja_mailbot.usecases.ports import InboxLoginError, Plan
from tests.courier import Courier, missing_courier
from tests.domain.office import wit
from tests.oauth_server import OAuthServer
from tests.postfix import Postfix, by_lmtp, into_maildirs, missing_postfix
from tests.real_servers import Cyrus, Fronted, OpenSmtpd, missing_cyrus, missing_dovecot, missing_opensmtpd
from tests.servers import Dovecot
from tests.stories.stage import LONG_AGO, Stage, request, sent_twice, settle
from tests.token_smtp import TokenSmtp

LETTERS = ["Permintaan Data Kinerja Triwulan III Tahun 2026", "Tanda Terima Data Kinerja"]


def play(stage: Stage) -> None:
    """Play it; servers that queue may take a moment to hand a letter on."""
    with stage.service() as service:
        settle(service)
        until(lambda: len(stage.desk.letters(UMUM)) == 1)
        stage.clock.now = wit("2026-10-01 10.00")
        known = len(stage.system.mails(BOT))
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        until(lambda: len(stage.system.mails(BOT)) > known or stage.arsip != ())
        until(lambda: settle(service).sent > 0 or len(stage.desk.letters(UMUM)) > 1)
        until(lambda: len(stage.desk.letters(UMUM)) == 2)
        until(lambda: settle(service) is not None and sent_twice(service) == [])

        assert request(service, "umum").keadaan is KeadaanPermintaan.LENGKAP
        assert service.store.check() == ()
    assert stage.subjects(UMUM)[0] == LETTERS[0]
    assert stage.subjects(UMUM)[1].startswith("Tanda")


def until(happened: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise AssertionError("it did not happen")
        time.sleep(0.05)


def needs(reason: str) -> None:
    if reason:
        pytest.skip(reason)


@pytest.mark.dovecot
def test_dovecot_behind_opensmtpd(dovecot: Dovecot, tmp_path: Path, clock: StageClock) -> None:
    needs(missing_opensmtpd())
    with OpenSmtpd(dovecot.lmtp_port) as smtp:
        play(Stage(Fronted(dovecot, smtp.port), tmp_path, clock))


def test_cyrus_behind_opensmtpd(tmp_path: Path, clock: StageClock) -> None:
    needs(missing_cyrus() or missing_opensmtpd())
    with Cyrus() as cyrus, OpenSmtpd(cyrus.lmtp_port) as smtp:
        play(Stage(Fronted(cyrus, smtp.port), tmp_path, clock))


def test_courier(tmp_path: Path, clock: StageClock) -> None:
    needs(missing_courier())
    with Courier() as courier:
        play(Stage(courier, tmp_path, clock))


def test_courier_behind_postfix(tmp_path: Path, clock: StageClock) -> None:
    needs(missing_courier() or missing_postfix())
    people = (BOT, *(person.alamat for person in ALL))
    with Courier() as courier, Postfix(into_maildirs(courier.folder, people)) as smtp:
        play(Stage(Fronted(courier, smtp.port), tmp_path, clock))


@pytest.mark.dovecot
def test_dovecot_behind_postfix(dovecot: Dovecot, tmp_path: Path, clock: StageClock) -> None:
    needs(missing_postfix())
    with Postfix(by_lmtp(dovecot.lmtp_port)) as smtp:
        play(Stage(Fronted(dovecot, smtp.port), tmp_path, clock))


def test_a_server_that_wants_encryption_before_a_password_is_not_told_it() -> None:
    needs(missing_cyrus())
    with Cyrus(allowplaintext="no") as cyrus:
        account = ImapAccount(host=cyrus.host, port=cyrus.imap_port, security="polos", user=BOT, password="rahasia")

        with ImapInbox(account, UTC) as inbox, pytest.raises(InboxLoginError, match="LOGINDISABLED"):
            inbox.check([])


def test_the_embedded_servers(embedded_stage: Stage) -> None:
    play(embedded_stage)


# --- servers that take tokens --------------------------------------------------------------------------------------


@dataclass
class TokenStage(Stage):
    """An office whose servers take no passwords from the bot."""

    oauth: OAuthSettings | None = None
    smtp_port: int = 0

    def config(self, units: Sequence[str], *, perintah: PerintahLangkah1, by_schedule: bool) -> Config:
        config = super().config(units, perintah=perintah, by_schedule=by_schedule)
        by_token = CaraMasuk.XOAUTH2
        return replace(
            config,
            imap=replace(config.imap, password="", auth=by_token),
            smtp=replace(config.smtp, port=self.smtp_port, user=BOT, password=None, auth=by_token),
            oauth=self.oauth,
        )


@pytest.fixture
def by_token(tmp_path: Path, clock: StageClock) -> Iterator[tuple[TokenStage, OAuthServer, TokenSmtp]]:
    needs(missing_dovecot())
    with (
        OAuthServer(BOT, clock) as oauth,
        Dovecot(oauth=f"{oauth.url}/introspect") as dovecot,
        TokenSmtp(dovecot.deliver, oauth=oauth) as smtp,
    ):
        oauth.issue()
        settings = OAuthSettings(
            client_id=oauth.client_id,
            client_secret="",
            refresh_token=oauth.refresh,
            url_token=f"{oauth.url}/token",
            url_perangkat=f"{oauth.url}/device",
            url_izin="",
            cakupan="surel",
            berkas_token=tmp_path / "token.json",
            ca_file=None,
        )
        yield TokenStage(dovecot, tmp_path, clock, oauth=settings, smtp_port=smtp.port), oauth, smtp


@pytest.mark.dovecot
def test_tokens_open_mailbox_and_smtp_and_are_renewed_on_the_way(
    by_token: tuple[TokenStage, OAuthServer, TokenSmtp],
) -> None:
    stage, oauth, smtp = by_token

    play(stage)

    # Between request and reply two hours pass: the first token has run out by then.
    assert oauth.asked == ["refresh_token", "refresh_token"]
    assert set(smtp.logins) == {BOT}


@pytest.mark.dovecot
def test_tokens_called_back_before_their_time_are_replaced_at_once(
    by_token: tuple[TokenStage, OAuthServer, TokenSmtp],
) -> None:
    stage, oauth, _ = by_token
    with stage.service() as service:
        settle(service)
    oauth.revoke()

    with stage.service() as service:
        beat = settle(service)

    assert beat.faults == ()
    assert oauth.asked == ["refresh_token", "refresh_token"]


@pytest.mark.dovecot
def test_a_login_called_back_is_told_with_what_to_do(by_token: tuple[TokenStage, OAuthServer, TokenSmtp]) -> None:
    stage, oauth, _ = by_token
    with stage.service() as service:
        settle(service)
    oauth.revoke()
    oauth.refresh = ""

    with stage.service() as service:
        beat = service.beat()

    assert beat.faults
    assert all("OAuth login needed" in fault for fault in beat.faults)


# --- servers that can do less, or name things otherwise -------------------------------------------------------------

OLD = "imap_capability = IMAP4rev1 SASL-IR\n"
INSIDE_INBOX = """
namespace inbox {
  inbox = yes
  prefix = INBOX.
  separator = .
}
"""


def settings_of_dovecot(extra: str) -> Iterator[Dovecot]:
    needs(missing_dovecot())
    with Dovecot(extra=extra) as dovecot:
        yield dovecot


@pytest.fixture(params=[pytest.param(OLD, id="neither idle nor move"), pytest.param(INSIDE_INBOX, id="inside inbox")])
def odd_dovecot(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    extra: str = request.param
    yield from settings_of_dovecot(extra)


@pytest.mark.dovecot
def test_dovecot_with_other_habits(odd_dovecot: Dovecot, tmp_path: Path, clock: StageClock) -> None:
    play(Stage(odd_dovecot, tmp_path, clock))


# --- copies of what was sent ------------------------------------------------------------------------------------------

MARKED = """
namespace inbox {
  inbox = yes
  separator = /
  mailbox "Surat & Terkirim é" {
    auto = create
    special_use = \\Sent
  }
}
"""


@dataclass
class CopyingStage(Stage):
    """An office that wants its sent letters in the mailbox."""

    terkirim: str = "otomatis"

    def config(self, units: Sequence[str], *, perintah: PerintahLangkah1, by_schedule: bool) -> Config:
        config = super().config(units, perintah=perintah, by_schedule=by_schedule)
        return replace(config, imap=replace(config.imap, terkirim=self.terkirim))


@pytest.mark.dovecot
@pytest.mark.parametrize(
    ("terkirim", "folder"),
    [
        pytest.param("otomatis", "Surat & Terkirim é", id="the folder that the server marks"),
        pytest.param("Kinerja/Keluar", "Kinerja/Keluar", id="a folder by name"),
    ],
)
def test_each_sent_letter_is_copied_once(terkirim: str, folder: str, tmp_path: Path, clock: StageClock) -> None:
    needs(missing_dovecot())
    with Dovecot(extra=MARKED) as dovecot:
        stage = CopyingStage(dovecot, tmp_path, clock, terkirim=terkirim)
        with stage.service() as service:
            settle(service)
            service.store.carry_out(Plan(ingatan=((KEPT, ""),)), (), clock())  # as after a crash before it was noted
            settle(service)
            sent = sorted(letter.kunci for letter in service.store.letters() if letter.state == "sent")
            with service.inbox as inbox:
                kept = [mail for batch in inbox.fetch_new(folder, None, LONG_AGO.date()) for mail in batch]

        assert len(kept) == len(sent) > 0
        assert all(mail.mentah.startswith(b"Message-ID") or b"Message-ID: <" in mail.mentah for mail in kept)
