"""A server whose word may be believed is proposed from what most mails carry, never from what one sender writes."""

from __future__ import annotations

import pytest

from kinerja_mailbot.domain.mail.trust import Trace, carried, propose

OURS = "mx.kpu.example"


def mails(count: int, authserv_id: str = OURS, *, domain: str = "") -> list[Trace]:
    return [Trace(pengirim=f"a@{domain or n}.example", authserv_id=authserv_id) for n in range(count)]


@pytest.mark.parametrize(
    ("traces", "proposed"),
    [
        pytest.param(mails(5), OURS, id="on all of them"),
        pytest.param([*mails(5), *mails(4, "")], OURS, id="on more than half"),
        pytest.param([*mails(5), *mails(5, "")], "", id="on half"),
        pytest.param(mails(2), "", id="on too few"),
        pytest.param(mails(9, "mx.jahat.example", domain="jahat"), "", id="by one sender"),
        pytest.param([*mails(9), *mails(8, "mx.jahat.example", domain="jahat")], OURS, id="a forger among many"),
        pytest.param(mails(9, ""), "", id="on none"),
        pytest.param([], "", id="no mail"),
    ],
)
def test_the_server_that_most_mails_name_is_proposed(traces: list[Trace], proposed: str) -> None:
    assert propose(traces, frozenset()).authserv_id == proposed


def test_our_own_copies_say_nothing() -> None:
    found = propose([*mails(3), *[Trace(pengirim="bot@kpu.example")] * 50], frozenset({"bot@kpu.example"}))

    assert (found.authserv_id, found.surel, found.seluruh, found.domain) == (OURS, 3, 3, 3)


def test_the_configured_server_is_found_whatever_its_case() -> None:
    assert carried([*mails(2), *mails(1, "")], "MX.kpu.example") == 2
