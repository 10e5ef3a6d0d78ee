"""How fast form workbooks are made, one for each respondent."""

from __future__ import annotations

import tempfile
from pathlib import Path

from kinerja_mailbot.domain.form.identity import FormMeta, sign_meta
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.service import Service
from tests.bench.office import Servers, clock, config, open_period
from tests.bench.table import Figure
from tests.bench.throughput import seconds


def forms(count: int) -> list[Figure]:
    """Make the forms of a period for so many respondents."""
    with (
        tempfile.TemporaryDirectory() as name,
        Service(config(Path(name), Servers(1, 1), count), clock=clock) as service,
    ):
        period = open_period(service)
        key, units = service.identity.kunci, service.config.daftar.responden
        files = []
        for unit, request in zip(units, period.permintaan, strict=True):
            meta = FormMeta(
                format=request.form.id,
                versi=request.form.versi,
                unit=unit.id,
                periode=request.periode,
                nonce=request.nonce,
            )
            files.append(
                FormFile(
                    nama="isian.xlsx",
                    form=request.form,
                    meta=FormMeta(
                        format=meta.format,
                        versi=meta.versi,
                        unit=meta.unit,
                        periode=meta.periode,
                        nonce=meta.nonce,
                        tanda=sign_meta(meta, key),
                    ),
                    unit=unit,
                    periode=period.periode,
                    batas_at=request.batas_at,
                )
            )
        took = seconds(lambda: [service.press.forms.write(file) for file in files])
    return [Figure(name=f"forms, {count} of thirty rows", value=count / took, unit="a second", goal=100, at_least=True)]
