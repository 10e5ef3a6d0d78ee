"""Every mail of `mails/` gets its verdict, for its reason, with its proofs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.adapters.mime import MimeParser
from kinerja_mailbot.domain.mail.chain import judge
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.verdict import VERDICT_NAMES, AutoReply, OrderMail, Proof, Reply
from tests.domain.mail_office import ARRIVED, FACTS
from tests.domain.mail_table import MAILS, TABLE, Expected


def read(name: str) -> IncomingMail:
    return MimeParser().parse((MAILS / f"{name}.eml").read_bytes(), 1, ARRIVED)


@pytest.mark.parametrize("row", TABLE, ids=[row.file for row in TABLE])
def test_every_mail_gets_its_verdict(row: Expected) -> None:
    judged = judge(read(row.file), FACTS)

    shown = " ".join(sorted(judged.bukti)) if isinstance(judged, (OrderMail, Reply)) else ""
    assert (VERDICT_NAMES[type(judged)], judged.alasan, shown) == (row.verdict, row.reason, row.proofs)


def test_the_table_names_every_file() -> None:
    files = {path.stem for path in MAILS.glob("*.eml")}

    assert files == {row.file for row in TABLE}
    assert len(files) == len(TABLE)


def test_an_absence_seen_only_in_the_subject_is_soft() -> None:
    hard, soft = judge(read("auto-vacation"), FACTS), judge(read("auto-soft-dinas-luar"), FACTS)

    assert isinstance(hard, AutoReply)
    assert isinstance(soft, AutoReply)
    assert (hard.lunak, soft.lunak) == (False, True)


def test_a_released_mail_is_proven() -> None:
    judged = judge(read("reply-without-proof"), replace(FACTS, dilepas=True))

    assert isinstance(judged, Reply)
    assert judged.bukti == {Proof.RELEASED}


def test_without_a_trusted_server_nobody_vouches() -> None:
    unset = replace(FACTS, identitas=replace(FACTS.identitas, authserv_id=""))

    judged = judge(read("reply-second-address"), unset)

    assert isinstance(judged, Reply)
    assert judged.bukti == frozenset()
