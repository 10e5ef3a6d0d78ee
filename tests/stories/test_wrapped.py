"""A form that comes wrapped with its proofs: counted, listed in the receipt, and in the rekap's sheet Data Dukung."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import KASUBBAG, UMUM
from kinerja_mailbot.demo.spreadsheet import fill_in
from kinerja_mailbot.demo.staff import Received
from tests.containers import outlook_item, winmail, zipped
from tests.domain.office import wit
from tests.stories.stage import Stage, request, sent_twice, settle

PDF, PHOTO = ("LHP-September.pdf", b"%PDF-1.7 laporan"), ("IMG_2031.jpg", b"\xff\xd8\xff\xe0 foto")
WRAPPINGS = {
    "TW3.zip": ("zip", zipped),
    "winmail.dat": ("ms-tnef", winmail),
    "Re permintaan.msg": ("vnd.ms-outlook", outlook_item),
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_wrapped_form_counts_with_its_proofs(stage: Stage, wrapping: str) -> None:
    subtype, wrap = WRAPPINGS[wrapping]
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        request_letter = stage.with_form(UMUM)
        name, workbook = request_letter.workbooks()[-1]
        mail = stage.desk.reply(UMUM, request_letter, "Terlampir isian beserta data dukung.")
        content = wrap((name, fill_in(workbook, figures.UMUM)), PDF, PHOTO)
        mail.add_attachment(content, maintype="application", subtype=subtype, filename=wrapping)
        stage.desk.send(mail, UMUM)
        settle(service)

        assert request(service, "umum").revisi == 1
        assert [file.nama for file in request(service, "umum").data_dukung] == [PDF[0], PHOTO[0]]
        assert f"{PDF[0]}; {PHOTO[0]}" in text_of(stage.desk.newest(UMUM, "Tanda terima"))
        assert sent_twice(service) == []
        rekap = stage.desk.newest(KASUBBAG, "Rekap").workbooks()[0][1]

    sheet = load_workbook(BytesIO(rekap))["Data Dukung"]
    assert {PDF[0], PHOTO[0]} <= {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}


def test_a_second_mail_adds_its_proofs_to_those_on_record(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        for hour, proof in ((10, PDF), (11, PDF), (12, PHOTO)):
            stage.clock.now = wit(f"2026-10-01 {hour}.00")
            mail = stage.returns_form(UMUM, figures.UMUM, stage.with_form(UMUM))
            mail.add_attachment(proof[1], maintype="application", subtype="octet-stream", filename=proof[0])
            stage.desk.send(mail, UMUM)
            settle(service)

        assert [file.nama for file in request(service, "umum").data_dukung] == [PDF[0], PHOTO[0]]
        assert PHOTO[0] in text_of(stage.desk.newest(UMUM, "Tanda terima"))
        assert PDF[0] not in text_of(stage.desk.newest(UMUM, "Tanda terima"))


def text_of(letter: Received) -> str:
    """Return the letter's plain text on one line."""
    body = letter.surat.get_body(("plain",))
    return " ".join(str(body.get_content()).split()) if body is not None else ""
