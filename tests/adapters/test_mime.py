"""Reading mail: what comes along, which words are the writer's, what reports say; and that no bytes can break it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja_mailbot.adapters.mime import MimeParser, fingerprint
from kinerja_mailbot.adapters.mime.names import safe_name
from kinerja_mailbot.adapters.mime.parts import MAX_PARTS
from kinerja_mailbot.adapters.mime.plain import html_to_text
from kinerja_mailbot.domain.mail.chain import judge
from kinerja_mailbot.domain.mail.incoming import Authentication, IncomingMail
from tests.domain.mail_office import ARRIVED, FACTS

MAILS = Path(__file__).parent.parent / "domain" / "mails"
FILES = sorted(MAILS.glob("*.eml"))
FORM = ("Format-Kinerja-2026-TW3-UKL.xlsx", "xlsx", False)
INNER_FORM = ("Format-Kinerja-2026-TW3-UKL.xlsx", "xlsx", True)


def parse(raw: bytes) -> IncomingMail:
    return MimeParser().parse(raw, 1, ARRIVED)


def read(name: str) -> IncomingMail:
    return parse((MAILS / f"{name}.eml").read_bytes())


ATTACHMENTS: tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...] = (
    ("reply-gmail", (FORM,)),
    ("reply-outlook", (("Format (1) FINAL.xlsx", "xlsx", False),)),
    ("reply-iphone-pdf", (("scan.pdf", "pdf", False),)),
    ("reply-form-as-eml", (INNER_FORM,)),
    ("reply-form-as-eml-twice", (INNER_FORM,)),
    ("reply-form-as-eml-base64", (INNER_FORM,)),
    ("reply-form-as-eml-octets", (INNER_FORM,)),
    ("reply-forwards-a-bounce", ()),
    ("bounce-postfix", ()),
    ("reply-name-2231", (("Capaian – Umum.xlsx", "xlsx", False),)),
    ("reply-name-2047", (("Capaian – Umum.xlsx", "xlsx", False),)),
    ("reply-name-raw-8bit", (("Capaian – Umum.xlsx", "xlsx", False),)),
    ("reply-name-path", (("rekap.xlsx", "xlsx", False),)),
    ("reply-octet-stream", (("data", "xlsx", False),)),
    ("reply-inline-xlsx-as-text", (("lampiran-1", "xlsx", False),)),
    ("reply-html-named-xls", (("data.xls", "html", False),)),
    ("reply-csv", (("data.csv", "csv", False),)),
    ("reply-ods", (("data.ods", "ods", False),)),
    ("reply-signature-picture", (("data.xlsx", "xlsx", False),)),
    ("reply-photo", (("IMG_2031.jpg", "image", False),)),
    ("reply-winmail", (("winmail.dat", "tnef", False),)),
    ("reply-winmail-cut", (("winmail.dat", "tnef", False),)),
    ("reply-zip", (("data.zip", "zip", False),)),
    ("reply-zip-with-proofs", (("TW3.zip", "zip", False),)),
    ("reply-zip-empty", (("data.zip", "zip", False),)),
    ("reply-locked-zip", (("data.zip", "zip", False),)),
    ("reply-msg", (("Re permintaan.msg", "msg", False),)),
    ("reply-form-twice", (FORM, ("Format (1).xlsx", "xlsx", False))),
    ("reply-short-link", ()),
    ("reply-html-link", ()),
    ("reply-empty-file", (("data.xlsx", "empty", False),)),
    ("reply-empty", ()),
)


@pytest.mark.parametrize(("name", "attachments"), ATTACHMENTS, ids=[row[0] for row in ATTACHMENTS])
def test_what_came_along_is_told_by_its_bytes(name: str, attachments: tuple[tuple[str, str, bool], ...]) -> None:
    mail = read(name)

    assert tuple((a.nama, a.jenis.value, a.dari_surel_lampiran) for a in mail.lampiran) == attachments


WORDS = (
    ("reply-gmail", "Terlampir data kami."),
    ("reply-outlook", "Dengan hormat, terlampir."),
    ("reply-iphone-pdf", "Ini pdfnya"),
    ("reply-yahoo", "Sudah kami kirim."),
    ("reply-outlook-indonesian", "Sedang kami siapkan."),
    ("reply-bottom-posted", "Sedang kami siapkan."),
    ("order-status-outlook-html", "Status dong"),
    ("order-ingatkan-samsung", "Tolong ingatkan teknis"),
    ("order-buka", "Yth. Admin,\n\nMohon buka triwulan III 2026."),
    ("reply-empty", ""),
)


@pytest.mark.parametrize(("name", "words"), WORDS, ids=[row[0] for row in WORDS])
def test_the_quoted_original_is_not_the_writers(name: str, words: str) -> None:
    mail = read(name)

    assert mail.teks == words


def test_the_links_of_a_page_are_kept() -> None:
    mail = read("reply-html-link")

    assert (mail.teks, mail.tautan) == ("Data kami: Capaian TW3", ("https://1drv.ms/x/s!AkD3",))


NAMES = (
    ("rfc 2231, in pieces", "filename*0*=utf-8''Capaian%20%E2%80%93; filename*1*=%20Umum.xlsx", "Capaian – Umum.xlsx"),
    ("rfc 2231, latin", "filename*=iso-8859-1'id'Laporan%20%E9.xlsx", "Laporan é.xlsx"),
    ("rfc 2047 in a parameter", 'filename="=?utf-8?b?Q2FwYWlhbiDigJMgVW11bS54bHN4?="', "Capaian – Umum.xlsx"),
    ("decomposed, as a Mac sends it", 'filename="Capaia\u0301n.xlsx"', "Capaián.xlsx"),
    ("a windows path", r'filename="C:\\Users\\budi\\isian.xlsx"', "isian.xlsx"),
    ("a climbing path", 'filename="../../etc/isian.xlsx"', "isian.xlsx"),
    ("turned around", 'filename="isian\u202exslx.exe"', "isianxslx.exe"),
    ("contradictory pieces", "filename*0=a; filename*0=b; filename*x=c", None),
    ("an unknown charset", "filename*=x-tak-ada''isian.xlsx", "isian.xlsx"),
    ("only dots", 'filename="..."', "lampiran-1"),
    ("none", "", "lampiran-1"),
)


@pytest.mark.parametrize(("header", "name"), [row[1:] for row in NAMES], ids=[row[0] for row in NAMES])
def test_a_name_is_read_in_every_way_in_use(header: str, name: str | None) -> None:
    head = f"Content-Type: application/pdf\nContent-Disposition: attachment; {header}\n\n%PDF-1.7"

    (item,) = parse(head.encode()).lampiran

    assert item.nama == name if name is not None else item.nama


REPORTS: tuple[tuple[str, tuple[str, ...], bool, str], ...] = (
    ("bounce-postfix", ("budi@kpu.example",), True, "5.1.1"),
    ("bounce-delayed", ("budi@kpu.example",), False, "4.4.1"),
    ("bounce-mailbox-full", ("budi@kpu.example",), False, "5.2.2"),
    ("bounce-552", ("budi@kpu.example",), False, "5.0.0"),
    ("bounce-daily-limit", ("budi.salossa@mail.example",), False, "5.4.5"),
    ("bounce-two-recipients", ("ruth@kpu.example", "dewi@kpu.example"), True, "5.1.1"),
    ("bounce-exim", ("budi.salossa@mail.example",), True, "5.1.1"),
    ("bounce-gmail", ("budi.salossa@mail.example",), True, "5.1.1"),
    ("bounce-exchange", ("budi@kantor.example",), True, "5.1.10"),
    ("bounce-qmail", ("ruth@kpu.example",), True, "5.1.1"),
)


@pytest.mark.parametrize(("name", "addresses", "permanent", "status"), REPORTS, ids=[row[0] for row in REPORTS])
def test_a_report_names_address_and_letter(name: str, addresses: tuple[str, ...], permanent: bool, status: str) -> None:
    report = read(name).laporan

    assert report is not None
    assert (report.alamat, report.tetap, report.status) == (addresses, permanent, status)
    assert report.message_id_asal.startswith("<2026-TW3.")
    assert report.keterangan


@pytest.mark.parametrize("name", ["bounce-success", "receipt-mdn", "feedback-report", "reply-forwards-a-bounce"])
def test_what_did_not_fail_reports_nobody(name: str) -> None:
    mail = read(name)

    assert mail.laporan is None


def test_only_the_topmost_results_count() -> None:
    mail = read("reply-forged-results-below")

    assert mail.autentikasi == (
        Authentication(server="mx.kpu.example", metode="spf", hasil="none", domain="jahat.example"),
        Authentication(server="mx.kpu.example", metode="dmarc", hasil="none", domain="kpu.example"),
    )


FROMS: tuple[tuple[bytes, tuple[str, ...]], ...] = (
    (b"From: Budi <Budi@KPU.example>", ("budi@kpu.example",)),
    (b"From: budi@kpu.example", ("budi@kpu.example",)),
    (b"From: budi@kpu.example (Budi)", ("budi@kpu.example",)),
    (b'From: "Salossa, Budi" <budi@kpu.example>', ("budi@kpu.example",)),
    (b"From: =?utf-8?q?Salossa=2C_Budi?= <budi@kpu.example>", ("budi@kpu.example",)),
    (b'From: "Budi (budi@kpu.example)"\n <budi@kpu.example>', ("budi@kpu.example",)),
    (b"From: budi@kpu.example <x@jahat.example>", ("budi@kpu.example", "x@jahat.example")),
    (b"From: x@jahat.example (budi@kpu.example)", ("budi@kpu.example", "x@jahat.example")),
    (b"From: Subbag:budi@kpu.example;", ()),
    (b"From: undisclosed", ()),
    (b"From: " + b"(" * 4000, ()),
    (b"From: " + b"a@b, " * 4000, ()),
    (b"Subject: x", ()),
)


@pytest.mark.parametrize(("header", "senders"), FROMS, ids=[row[0][:50].decode() for row in FROMS])
def test_only_an_unequivocal_from_has_one_sender(header: bytes, senders: tuple[str, ...]) -> None:
    mail = parse(header + b"\n\nIsi\n")

    if len(senders) == 1:
        assert mail.pengirim == senders
    else:
        assert len(mail.pengirim) != 1
        assert set(mail.pengirim) == set(senders)


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("utf-8", "Capaian – 85 %".encode()),
        ("us-ascii", "Capaian – 85 %".encode()),
        ("windows-1252", "Capaian – 85 %".encode("cp1252")),
        ("utf-16", "Capaian – 85 %".encode("utf-16")),
        ("x-tidak-dikenal", "Capaian – 85 %".encode()),
        ("punycode", "Capaian – 85 %".encode()),
        ("idna", "Capaian – 85 %".encode()),
    ],
)
def test_text_is_read_in_its_charset(charset: str, content: bytes) -> None:
    mail = parse(f"Content-Type: text/plain; charset={charset}\n\n".encode() + content)

    assert mail.teks == "Capaian – 85 %"


def test_an_html_mail_is_read_as_lines() -> None:
    text = html_to_text("<html><head><title>x</title></head><p>Setuju,\n laksanakan</p><p>Maria</p></html>")

    assert text == "Setuju, laksanakan\n\nMaria"


@pytest.mark.parametrize(
    "mark", ["<a ", "<!--", "<", "<div>", "<![CDATA[", "<script>", "&amp", "<blockquote type=cite>"]
)
def test_purpose_made_html_is_read_in_bounded_time(mark: str) -> None:
    text = html_to_text(mark * 20_000)

    assert len(text) < 400_000


def test_ten_thousand_parts_are_cut() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: application/pdf\n\n%PDF-1\n" * 10_000

    mail = parse(raw)

    assert len(mail.tipe) == MAX_PARTS


def test_sixty_thousand_recipients_are_cut() -> None:
    everybody = ",\n ".join(f"orang{n}@kpu.example" for n in range(60_000))

    mail = parse(f"From: budi@kpu.example\nTo: {everybody}\n\nIsi".encode())

    assert (mail.sender, len(mail.kepada)) == ("budi@kpu.example", 200)


def test_nesting_beyond_the_parsers_patience_is_survived() -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="d%d"\n\n--d%d\n' % (n, n) for n in range(3_000))

    mail = parse(b"From: budi@kpu.example\n" + nested + b"Content-Type: text/plain\n\ninti\n")

    assert mail.sender == "budi@kpu.example"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a/b\\c.xlsx", "c.xlsx"),
        ("\x00\r\nx.xls", "x.xls"),
        ("...", ""),
        ("e\u0301.x", "é.x"),
        ("<a>.xlsx", "a.xlsx"),
    ],
)
def test_a_name_is_no_path(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_extension() -> None:
    name = safe_name("a" * 500 + ".xlsx")

    assert (len(name), name[-6:]) == (120, "a.xlsx")


def test_a_mail_delivered_twice_has_one_fingerprint() -> None:
    raw = (MAILS / "reply-gmail.eml").read_bytes()
    again = b"Return-Path: <>\r\nReceived: from x\r\nX-Spam: no\r\n" + raw.split(b"\n", 1)[1].replace(b"\n", b"\r\n")

    assert fingerprint(again) == fingerprint(raw)
    assert len({fingerprint(path.read_bytes()) for path in FILES}) == len(FILES)


@given(raw=st.binary(max_size=2_000))
def test_no_bytes_break_the_parser(raw: bytes) -> None:
    mail = parse(raw)

    assert judge(mail, FACTS)
    assert len(fingerprint(raw)) == 64


PIECES = st.sampled_from(
    [
        b"\n\n",
        b"\r\n",
        b"--b1\n",
        b"--b1--\n",
        b'Content-Type: multipart/mixed; boundary="b1"\n',
        b"Content-Type: message/rfc822\n",
        b"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\nStatus: 5.1.1\n",
        b"=?utf-8?b?",
        b"?=",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n#0V%T\n",
        b"\xff\xfe\x00",
        b"Content-Disposition: attachment; filename*0*=utf-8''a; filename*=b; filename*1=c\n",
        b"From: ",
        b"Subject: Tidak terkirim\n",
        b"From: mailer-daemon@x.example\n",
        b"Authentication-Results: mx; dkim=",
        b"Content-Type: text/html; charset=punycode\n\n<a",
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    path=st.sampled_from(FILES),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 200), st.one_of(PIECES, st.binary(max_size=30))), max_size=8
    ),
)
def test_no_damage_to_a_real_mail_breaks_the_parser(path: Path, cuts: list[tuple[float, int, bytes]]) -> None:
    raw = path.read_bytes()
    for where, length, piece in cuts:
        at = int(where * len(raw))
        raw = raw[:at] + piece + raw[at + length :]

    assert judge(parse(raw), FACTS)
