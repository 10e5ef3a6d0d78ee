from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.mailer import SmtpAccount, SmtpMailer
from kinerja_mailbot.usecases.ports import PermanentSendError, TemporarySendError, UncertainSendError
from tests.faults.proxy import CuttingProxy
from tests.postfix import Postfix, into_maildirs, missing_postfix
from tests.scripted_smtp import ScriptedSmtp
from tests.servers import HOST

BOT = "bot@kab-sorong.contoh.id"
UMUM = "umum@kab-sorong.contoh.id"
NOBODY = "tidak-ada@kab-sorong.contoh.id"
LETTER = b"From: bot@kab-sorong.contoh.id\r\nSubject: surat\r\n\r\nYth. Bapak/Ibu\r\n"
AT_ONCE = "250-localhost\r\n250-SIZE 1000000\r\n250-PIPELINING\r\n250 8BITMIME"
MANNERS = pytest.mark.parametrize(
    "manner", [pytest.param({}, id="one by one"), pytest.param({"EHLO": AT_ONCE}, id="at once")]
)


def mailer(port: int) -> SmtpMailer:
    return SmtpMailer(SmtpAccount(host=HOST, port=port, security="polos", sender=BOT, timeout=2.0))


def verbs(server: ScriptedSmtp) -> list[str]:
    return [command.split(" ")[0].upper() for command in server.commands]


def test_a_letter_is_announced_in_one_go() -> None:
    with ScriptedSmtp(EHLO=AT_ONCE) as server, mailer(server.port).session() as session:
        session.send(LETTER, (UMUM,), (BOT,))

    assert server.ahead == ["RSET", "MAIL", "RCPT", "RCPT"]
    assert len(server.letters) == 1


def test_what_only_we_would_take_is_not_begun_and_costs_one_line_at_most() -> None:
    server = ScriptedSmtp(**{"EHLO": AT_ONCE, f"RCPT:{NOBODY}": "550 5.1.1 unknown"})
    with server, mailer(server.port).session() as session:
        for _ in range(3):
            with pytest.raises(PermanentSendError):
                session.send(LETTER, (NOBODY,), (BOT,))
        session.send(LETTER, (UMUM,), (BOT,))

    assert len(server.letters) == 1
    assert verbs(server).count("EHLO") == 2


@pytest.mark.parametrize("answer", ["503 5.5.1 no valid recipients", "451 4.3.0 later"])
def test_a_server_that_begins_no_letter_for_nobody_keeps_its_line(answer: str) -> None:
    server = ScriptedSmtp(EHLO=AT_ONCE, RCPT="550 5.1.1 unknown", DATA=answer)
    with server, mailer(server.port).session() as session:
        with pytest.raises(PermanentSendError, match="unknown"):
            session.send(LETTER, (NOBODY,))
        server.answers |= {"RCPT": "250 ok", "DATA": "354 go on"}

        session.send(LETTER, (UMUM,))

    assert len(server.letters) == 1
    assert verbs(server).count("EHLO") == 1


@MANNERS
@pytest.mark.parametrize("answer", ["", "421 4.4.2 timeout", "502 5.5.2 not known"])
def test_a_line_that_does_not_answer_between_two_letters_is_opened_again(manner: dict[str, str], answer: str) -> None:
    with ScriptedSmtp(**manner) as server, mailer(server.port).session() as session:
        session.send(LETTER, (UMUM,))
        server.answers["RSET"] = answer

        refused = session.send(LETTER, (UMUM,))

    assert refused == ()
    assert len(server.letters) == 2


@MANNERS
def test_a_refusal_that_was_heard_counts_though_the_line_breaks_after_it(manner: dict[str, str]) -> None:
    answers = {"MAIL": "553 5.7.1 not your address", "RCPT": ""}
    with ScriptedSmtp(**{**manner, **answers}) as server, mailer(server.port).session() as session:
        with pytest.raises(PermanentSendError, match="not your address"):
            session.send(LETTER, (UMUM,))
        server.answers |= {"MAIL": "250 ok", "RCPT": "250 ok"}

        session.send(LETTER, (UMUM,))

    assert len(server.letters) == 1


@pytest.mark.parametrize("refused", [(), (NOBODY,)], ids=["all taken", "one refused"])
def test_wherever_the_line_is_cut_the_letter_is_taken_once_or_not_at_all(refused: tuple[str, ...]) -> None:
    fates = set[str]()
    for allowance in range(0, 260, 10):
        script = ScriptedSmtp(**{"EHLO": AT_ONCE, f"RCPT:{NOBODY}": "550 5.1.1 unknown"})
        with script as server, CuttingProxy(server.port, allowance) as proxy:
            try:
                with mailer(proxy.port).session() as session:
                    session.send(LETTER, (UMUM, *refused), (BOT,))
            except TemporarySendError:
                fates.add("not sent")
                expected = {0}
            except UncertainSendError:
                fates.add("uncertain")
                expected = {0, 1}
            else:
                fates.add("sent")
                expected = {1}

        assert len(server.letters) in expected

    assert fates == {"not sent", "uncertain", "sent"}


def test_postfix_delivers_nothing_of_a_letter_that_nobody_takes() -> None:
    if reason := missing_postfix():
        pytest.skip(reason)
    with tempfile.TemporaryDirectory() as name:  # not pytest's tmp_path: its parents are closed to the mail user
        boxes = Path(name)
        boxes.chmod(0o777)
        with Postfix(into_maildirs(boxes, (BOT, UMUM))) as postfix, mailer(postfix.port).session() as session:
            with pytest.raises(PermanentSendError, match=NOBODY):
                session.send(LETTER.replace(b"surat", b"tidak dikirim"), (NOBODY,), (BOT,))

            refused = session.send(LETTER, (UMUM, NOBODY), (BOT,))

            letters = arrived(boxes, 2)

    assert [each.alamat for each in refused] == [NOBODY]
    assert [raw.count(b"Subject: surat\n") for raw in letters] == [1, 1]


def arrived(boxes: Path, count: int) -> list[bytes]:
    """Return all letters in the boxes, once there are so many: Postfix hands them on a moment later."""
    until = time.monotonic() + 10
    while len(letters := list(boxes.glob("*/Maildir/new/*"))) < count and time.monotonic() < until:
        time.sleep(0.02)
    return [letter.read_bytes() for letter in letters]
