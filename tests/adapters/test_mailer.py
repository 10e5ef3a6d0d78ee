from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Timer
from typing import Literal

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from kinerja_mailbot.adapters.mailer import SmtpAccount, SmtpMailer
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.usecases.ports import (
    ConnectionSendError,
    LoginSendError,
    Mailer,
    PermanentSendError,
    Refusal,
    TemporarySendError,
    TokenRefusedError,
    UncertainSendError,
)
from tests.scripted_smtp import ScriptedSmtp
from tests.servers import HOST, MailSystem, free_ports
from tests.token_smtp import TokenSmtp

BOT = "bot@kab-sorong.contoh.id"
UMUM = "umum@kab-sorong.contoh.id"
LETTER = b"From: bot@kab-sorong.contoh.id\r\nSubject: surat\r\n\r\nYth. Bapak/Ibu\r\n.titik di depan\r\n..dua\r\n"


def account(port: int, user: str | None = None, password: str | None = None) -> SmtpAccount:
    return SmtpAccount(host=HOST, port=port, security="polos", sender=BOT, user=user, password=password, timeout=2.0)


AT_ONCE = "250-localhost\r\n250-SIZE 1000000\r\n250-PIPELINING\r\n250 8BITMIME"
MANNERS = pytest.mark.parametrize(
    "manner", [pytest.param({}, id="one by one"), pytest.param({"EHLO": AT_ONCE}, id="at once")]
)


def send(server: ScriptedSmtp, *recipients: str, raw: bytes = LETTER) -> tuple[Refusal, ...]:
    with SmtpMailer(account(server.port)).session() as session:
        return session.send(raw, recipients or (UMUM,))


def test_the_bytes_arrive_as_they_were(mail_system: MailSystem) -> None:
    for address in (BOT, UMUM):
        mail_system.add_mailbox(address, "rahasia")

    with SmtpMailer(account(mail_system.smtp_port)).session() as session:
        refused = session.send(LETTER, (UMUM, BOT))

    assert refused == ()
    for address in (BOT, UMUM):
        ((_, raw),) = mail_system.mails(address)
        assert raw.endswith(LETTER)


def test_one_connection_serves_a_batch() -> None:
    with ScriptedSmtp() as server, SmtpMailer(account(server.port)).session() as session:
        session.send(LETTER, (UMUM,))
        session.send(LETTER, (UMUM,))

    assert [each.split(" ")[0].upper() for each in server.commands].count("EHLO") == 1
    assert len(server.letters) == 2


@MANNERS
@pytest.mark.parametrize("copies", [(), ("salinan@contoh.id",)], ids=["alone", "with a copy"])
def test_a_refused_letter_does_not_spoil_the_next(manner: dict[str, str], copies: tuple[str, ...]) -> None:
    server = ScriptedSmtp(**{f"RCPT:{BOT}": "550 5.1.1 unknown", **manner})
    with server, SmtpMailer(account(server.port)).session() as session:
        with pytest.raises(PermanentSendError):
            session.send(LETTER, (BOT,), copies)

        session.send(LETTER, (UMUM,))

    assert len(server.letters) == 1


def test_a_server_that_listens_ahead_hears_the_envelope_at_once() -> None:
    with ScriptedSmtp(EHLO=AT_ONCE) as server:
        send(server, UMUM, BOT)
        heard = server.ahead

    with ScriptedSmtp() as server:
        send(server, UMUM, BOT)
        one_by_one = server.ahead

    assert (heard, one_by_one) == (["RSET", "MAIL", "RCPT", "RCPT"], [])


def test_bare_line_feeds_become_line_ends() -> None:
    with ScriptedSmtp() as server:
        send(server, raw=b"Subject: a\n\n.b\n\nc")

    assert server.letters == [b"Subject: a\r\n\r\n..b\r\n\r\nc\r\n"]


def test_eight_bit_lines_are_announced() -> None:
    raw = "Subject: a\r\n\r\nké\r\n".encode()
    with ScriptedSmtp() as server:
        send(server, raw=raw)

    assert f"mail FROM:<{BOT}> SIZE={len(raw)} BODY=8BITMIME".lower() in [each.lower() for each in server.commands]


def test_eight_bit_lines_do_not_go_to_a_seven_bit_server() -> None:
    with ScriptedSmtp(EHLO="250 localhost") as server, pytest.raises(PermanentSendError):
        send(server, raw="Subject: a\r\n\r\nké\r\n".encode())


@MANNERS
def test_a_refused_recipient_is_reported_while_the_others_get_the_letter(manner: dict[str, str]) -> None:
    answers = {f"RCPT:{UMUM}": "550 5.1.1 User unknown", "RCPT:penuh@contoh.id": "452 4.2.2 Mailbox full"}
    with ScriptedSmtp(**{**manner, **answers}) as server:
        refused = send(server, UMUM, "penuh@contoh.id", BOT)

    assert refused == (
        Refusal(UMUM, "550 5.1.1 User unknown", tetap=True),
        Refusal("penuh@contoh.id", "452 4.2.2 Mailbox full", tetap=False),
    )
    assert len(server.letters) == 1


@MANNERS
@pytest.mark.parametrize("address", ["umúm@contoh.id", "umum@contoh.id>\r\nRCPT TO:<lain@contoh.id"])
def test_an_address_that_smtp_can_not_carry_is_refused(manner: dict[str, str], address: str) -> None:
    with ScriptedSmtp(**manner) as server:
        (refused,) = send(server, address, BOT)

    assert (refused.alamat, refused.tetap) == (address, True)
    assert not [each for each in server.commands if "lain@" in each]


ANSWERS: list[tuple[str, dict[str, str], type[Exception]]] = [
    ("busy greeting", {"CONNECT": "421 4.3.2 too busy"}, ConnectionSendError),
    ("blocked greeting", {"CONNECT": "554 5.7.1 no service for you"}, ConnectionSendError),
    ("hangs up at once", {"CONNECT": ""}, ConnectionSendError),
    ("hangs up at EHLO", {"EHLO": "", "HELO": ""}, ConnectionSendError),
    ("login needed at MAIL", {"MAIL": "530 5.7.0 Authentication required"}, LoginSendError),
    ("sender refused", {"MAIL": "553 5.7.1 not your address"}, PermanentSendError),
    ("too large by SIZE", {"MAIL": "552 5.3.4 too large"}, PermanentSendError),
    ("out of space at MAIL", {"MAIL": "452 4.3.1 no space"}, TemporarySendError),
    ("hangs up at MAIL", {"MAIL": ""}, TemporarySendError),
    ("daily quota", {"MAIL": "550 5.4.5 Daily user sending limit exceeded"}, TemporarySendError),
    ("greylisted", {"RCPT": "450 4.2.0 Greylisted"}, TemporarySendError),
    ("mailbox full", {"RCPT": "552 5.2.2 Mailbox full"}, TemporarySendError),
    ("unknown user", {"RCPT": "550 5.1.1 User unknown"}, PermanentSendError),
    ("closes at RCPT", {"RCPT": "421 4.4.2 closing"}, TemporarySendError),
    ("hangs up at RCPT", {"RCPT": ""}, TemporarySendError),
    ("DATA not now", {"DATA": "451 4.3.0 later"}, TemporarySendError),
    ("DATA refused", {"DATA": "554 5.5.1 no"}, PermanentSendError),
    ("hangs up at DATA", {"DATA": ""}, TemporarySendError),
    ("content refused", {".": "554 5.7.1 looks like spam"}, PermanentSendError),
    ("not taken now", {".": "451 4.3.0 queue file write error"}, TemporarySendError),
    ("quota after content", {".": "552 5.2.2 over quota"}, TemporarySendError),
    ("hangs up after content", {".": ""}, UncertainSendError),
    ("nonsense after content", {".": "semoga sampai"}, UncertainSendError),
]


@MANNERS
@pytest.mark.parametrize(("answers", "expected"), [each[1:] for each in ANSWERS], ids=[each[0] for each in ANSWERS])
def test_every_answer_has_its_meaning(
    manner: dict[str, str], answers: dict[str, str], expected: type[Exception]
) -> None:
    with ScriptedSmtp(**{**manner, **answers}) as server, pytest.raises(expected) as caught:
        send(server)

    assert caught.type is expected


def test_silence_after_the_letter_is_uncertain() -> None:
    with ScriptedSmtp(**{".": "250-masih dipikirkan"}) as server, pytest.raises(UncertainSendError):
        send(server)


def test_a_letter_that_the_server_keeps_waiting_can_be_interrupted() -> None:
    with ScriptedSmtp(**{".": "250-masih dipikirkan"}) as server:
        mailer = SmtpMailer(replace(account(server.port), timeout=60.0))
        with mailer.session() as session:
            Timer(0.2, mailer.interrupt).start()

            with pytest.raises(UncertainSendError):
                session.send(LETTER, (UMUM,))

    mailer.interrupt()  # nobody waits


def test_the_session_opens_the_line_again_after_it_broke() -> None:
    with ScriptedSmtp(**{".": ""}) as server, SmtpMailer(account(server.port)).session() as session:
        with pytest.raises(UncertainSendError):
            session.send(LETTER, (UMUM,))
        server.answers["."] = "250 taken"

        refused = session.send(LETTER, (UMUM,))

    assert refused == ()


def test_an_unreachable_server_is_temporary() -> None:
    (port,) = free_ports(1)

    with pytest.raises(TemporarySendError), SmtpMailer(account(port)).session():
        pass


def test_the_owner_of_a_mailbox_logs_in(embedded: MailServers) -> None:
    embedded.add_mailbox(BOT, "rahasia")

    with SmtpMailer(account(embedded.smtp_port, BOT, "rahasia")).session() as session:
        session.send(LETTER, (BOT,))

    assert len(embedded.mails(BOT)) == 1


def test_a_name_without_domain_stays_as_it_is() -> None:
    server = ScriptedSmtp(EHLO="250-localhost\r\n250 AUTH PLAIN")

    with server, SmtpMailer(account(server.port, "bot", "rahasia")).session():
        pass

    assert "AUTH PLAIN AGJvdAByYWhhc2lh" in server.commands  # \0bot\0rahasia


LOGINS: list[tuple[str, dict[str, str], type[Exception]]] = [
    ("wrong password", {"AUTH": "535 5.7.8 Bad credentials"}, LoginSendError),
    ("mechanism too weak", {"AUTH": "534 5.7.9 stronger please"}, LoginSendError),
    ("server unwell", {"AUTH": "454 4.7.0 Temporary authentication failure"}, ConnectionSendError),
    ("no AUTH at all", {"EHLO": "250 localhost"}, LoginSendError),
    ("hangs up", {"AUTH": ""}, ConnectionSendError),
]


@pytest.mark.parametrize(("answers", "expected"), [each[1:] for each in LOGINS], ids=[each[0] for each in LOGINS])
def test_a_refused_login_is_told_apart_from_an_unwell_server(
    answers: dict[str, str], expected: type[Exception]
) -> None:
    offered = {"EHLO": "250-localhost\r\n250 AUTH PLAIN"}
    server = ScriptedSmtp(**{**offered, **answers})

    with server, pytest.raises(expected) as caught, SmtpMailer(account(server.port, BOT, "rahasia")).session():
        pass

    assert caught.type is expected


def test_a_password_outside_ascii_is_no_crash(embedded: MailServers) -> None:
    with pytest.raises(LoginSendError), SmtpMailer(account(embedded.smtp_port, BOT, "rahasia€")).session():
        pass


@pytest.mark.parametrize("only", ["PLAIN", "LOGIN"])
def test_a_password_of_any_letters_logs_in(only: str) -> None:
    taken: list[bytes] = []
    server = TokenSmtp(lambda raw, _to, _sender: taken.append(raw), only=only, password="sandi-é€")

    with server:
        with SmtpMailer(account(server.port, BOT, "sandi-é€")).session() as session:
            session.send(LETTER, (UMUM,))
        with pytest.raises(LoginSendError), SmtpMailer(account(server.port, BOT, "sandi-è€")).session():
            pass

    assert (server.logins, len(taken)) == ([only], 1)


class OneToken:
    """Has one token, and another after that was refused."""

    def __init__(self, *tokens: str) -> None:
        self.left = list(tokens)

    def token(self) -> str:
        if not self.left:
            raise TokenRefusedError("OAuth login needed")
        return self.left[0]

    def reject(self, token: str) -> None:
        self.left.remove(token)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param({"EHLO": "250-localhost\r\n250 AUTH PLAIN"}, "not offer AUTH XOAUTH2", id="no XOAUTH2"),
        pytest.param({"AUTH": "535 5.7.3 unsuccessful"}, "535", id="refused"),
    ],
)
def test_a_server_that_refuses_tokens_gets_two_and_no_more(answers: dict[str, str], expected: str) -> None:
    server = ScriptedSmtp(**{"EHLO": "250-localhost\r\n250 AUTH XOAUTH2", **answers})
    by_token = replace(account(server.port, BOT), tokens=OneToken("satu", "dua"))

    with server, pytest.raises(LoginSendError, match=expected) as caught, SmtpMailer(by_token).session():
        pass

    assert "satu" not in str(caught.value)
    assert sum(each.startswith("AUTH") for each in server.commands) in {0, 2}


def test_without_a_login_no_connection_is_opened() -> None:
    with ScriptedSmtp() as server, pytest.raises(LoginSendError, match="OAuth login needed"):
        SmtpMailer(replace(account(server.port, BOT), tokens=OneToken())).session().__enter__()

    assert server.commands == []


# --- TLS -----------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["ssl", "starttls"])
def tls(
    request: pytest.FixtureRequest, certificate: tuple[Path, Path]
) -> Iterator[tuple[Literal["ssl", "starttls"], int]]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    (port,) = free_ports(1)
    from_start = request.param == "ssl"
    controller = Controller(
        Sink(),
        hostname=HOST,
        port=port,
        ssl_context=context if from_start else None,
        tls_context=None if from_start else context,
    )
    controller.start()
    yield ("ssl" if from_start else "starttls"), port
    controller.stop()


def secure(tls: tuple[Literal["ssl", "starttls"], int], host: str, ca_file: Path | None) -> Mailer:
    return SmtpMailer(
        SmtpAccount(
            host=host,
            port=tls[1],
            security=tls[0],
            sender=BOT,
            ca_file=str(ca_file) if ca_file else None,
            timeout=5.0,
        )
    )


def test_a_certificate_of_a_known_authority_is_accepted(
    tls: tuple[Literal["ssl", "starttls"], int], certificate: tuple[Path, Path]
) -> None:
    with secure(tls, "localhost", certificate[0]).session() as session:
        refused = session.send(LETTER, (UMUM,))

    assert refused == ()


@pytest.mark.parametrize(("host", "known"), [("localhost", False), (HOST, True)], ids=["unknown", "other name"])
def test_a_certificate_that_proves_nothing_is_refused(
    tls: tuple[Literal["ssl", "starttls"], int], certificate: tuple[Path, Path], host: str, known: bool
) -> None:
    mailer = secure(tls, host, certificate[0] if known else None)

    with pytest.raises(TemporarySendError, match="CERTIFICATE_VERIFY_FAILED"), mailer.session():
        pass


def test_no_letter_goes_out_unencrypted_where_starttls_was_asked() -> None:
    with ScriptedSmtp() as server:
        mailer = SmtpMailer(SmtpAccount(host=HOST, port=server.port, security="starttls", sender=BOT))
        with pytest.raises(TemporarySendError, match="STARTTLS"), mailer.session():
            pass

    assert server.letters == []
