"""The authserv-id of a mail is that of the topmost header, unless the sender brought it himself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_mailbot.adapters.mime import read_trace

HEADERS = [
    ("Authentication-Results: mx.kpu.example; spf=pass\nReceived: by mx\n", "mx.kpu.example"),
    ("Authentication-Results: mx.kpu.example;\n\tspf=pass smtp.mailfrom=x\nReceived: by mx\n", "mx.kpu.example"),
    ("Authentication-Results: MX.kpu.example 1; none\nReceived: by mx\n", "mx.kpu.example"),
    ("Authentication-Results: (catatan) mx.kpu.example; none\nReceived: by mx\n", "mx.kpu.example"),
    ("Received: by store\nAuthentication-Results: mx.kpu.example; none\nReceived: by mx\n", "mx.kpu.example"),
    (
        "Authentication-Results: mx.kpu.example; none\nReceived: by mx\nAuthentication-Results: palsu.example; x\n",
        "mx.kpu.example",
    ),
    ("Received: by mx\nAuthentication-Results: palsu.example; spf=pass\n", ""),
    ("Authentication-Results: <script>; none\nReceived: by mx\n", ""),
    ("Authentication-Results:\nReceived: by mx\n", ""),
    ("Received: by mx\n", ""),
]


@pytest.mark.parametrize(("head", "authserv_id"), HEADERS, ids=[repr(head[:60]) for head, _ in HEADERS])
def test_the_topmost_header_counts_if_a_server_has_put_it_there(head: str, authserv_id: str) -> None:
    trace = read_trace(f"{head}From: Umum <Umum@kpu.example>\n\n".encode())

    assert (trace.pengirim, trace.authserv_id) == ("umum@kpu.example", authserv_id)


@given(st.binary(max_size=300))
def test_no_bytes_break_it(raw: bytes) -> None:
    read_trace(b"Authentication-Results: " + raw + b"\r\nReceived: x\r\n\r\n")
