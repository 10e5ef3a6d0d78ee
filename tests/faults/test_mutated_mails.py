"""Whatever becomes of a mail on its way: it is kept byte for byte, nobody unknown is answered, no robot either.

KINERJA_EXAMPLES sets how many mails are tried; 200 when it says nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from tests.domain.mail_office import DAFTAR
from tests.domain.mail_table import TABLE
from tests.mutations import DAMAGES, Damage, damaged
from tests.stories.mail_stage import OPENED, MailOffice, mail_office

pytestmark = pytest.mark.sqlite("what a mail does to its reader does not depend on where it is kept")
EXAMPLES = int(os.environ.get("KINERJA_EXAMPLES", "200"))
REGISTERED = DAFTAR.addresses()
MAILS = tuple(row.raw for row in TABLE)
THOROUGH = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="KINERJA_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def office(shared_folder: Path) -> Iterator[MailOffice]:
    clock = StageClock(OPENED)
    with MailServers(clock) as servers, mail_office(servers, shared_folder, clock) as office:
        yield office


@THOROUGH
@given(
    raw=st.sampled_from(MAILS),
    kinds=st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=4).map(tuple),
    number=st.integers(0, 2**32),
)
def test_no_damage_does_any_harm(office: MailOffice, raw: bytes, kinds: tuple[Damage, ...], number: int) -> None:
    assert_harmless(office, damaged(raw, kinds, number))


@THOROUGH
@given(
    one=st.sampled_from(MAILS), other=st.sampled_from(MAILS), cut=st.floats(0, 1), joint=st.sampled_from((b"", b"\n\n"))
)
def test_the_head_of_one_mail_on_the_body_of_another_does_no_harm(
    office: MailOffice, one: bytes, other: bytes, cut: float, joint: bytes
) -> None:
    assert_harmless(office, one[: int(len(one) * cut)] + joint + other[int(len(other) * cut) :])


@THOROUGH
@given(raw=st.binary(max_size=5_000))
def test_bytes_that_are_no_mail_do_no_harm(office: MailOffice, raw: bytes) -> None:
    assert_harmless(office, raw)


def assert_harmless(office: MailOffice, raw: bytes) -> None:
    done = office.decide_only(raw)

    assert (done.surel.state, done.surel.error) in {("decided", ""), ("held", "")}
    assert done.mentah == raw
    assert {address for letter in done.surat for address in letter.penerima} <= REGISTERED
    if says_robot(raw):
        # A report of a failure is told to the Kasubbag; nothing else that a machine writes leads to a letter.
        assert {letter.templat for letter in done.surat} <= {"alamat-gagal"}


def says_robot(raw: bytes) -> bool:
    """Tell whether a mail calls itself automatic, by the standard library's reading of its headers (RFC 3834)."""
    values = [str(value) for value in message_from_bytes(raw).get_all("auto-submitted", [])]
    tokens = [value.strip().lower().partition(";")[0].partition(" ")[0].partition("(")[0].strip() for value in values]
    return any(token.isascii() and token.startswith("auto-") for token in tokens)
