"""What the journal vouches for, and whether the rest of the store agrees with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from kinerja_mailbot.domain.evidence.chain import ChainedLine, JournalLine
from kinerja_mailbot.domain.evidence.difference import Difference
from kinerja_mailbot.domain.evidence.digest import bytes_digest
from kinerja_mailbot.domain.evidence.records import (
    AnalysisRecord,
    KeptFile,
    KeptRow,
    LetterRecord,
    MailRecord,
    RecordedCell,
    RevisionRecord,
)

_KEPT = re.compile(r"sha256:([0-9a-f]{64})")
_ROW = re.compile(r"([^,]+) sha256:([0-9a-f]{64})")
_NOTHING = "tidak ada"
_BOT = "bot"  # in the journal, where a mail names no sender


@dataclass(slots=True)
class Vouched:
    """An index of the journal by what its lines speak of, filled while the chain is read once."""

    mails: dict[int, JournalLine] = field(default_factory=dict)
    decided: dict[int, JournalLine] = field(default_factory=dict)
    letters: dict[str, JournalLine] = field(default_factory=dict)
    sent: dict[str, datetime] = field(default_factory=dict)
    revisions: dict[str, JournalLine] = field(default_factory=dict)
    analyses: dict[tuple[str, str], JournalLine] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)  # row -> the digest that its last line names
    kept: set[tuple[str | None, str | None, str]] = field(default_factory=set)
    pruned: set[int] = field(default_factory=set)  # mails whose bytes were let go after their time
    kept_by_name: set[tuple[str | None, str | None]] = field(default_factory=set)  # before digests were written

    def reading(self, lines: Iterable[ChainedLine]) -> Iterator[ChainedLine]:
        """Pass the lines on, and remember what they vouch for."""
        for chained in lines:
            self._remember(chained.baris)
            yield chained

    def _remember(self, line: JournalLine) -> None:
        first_word = line.rincian.partition(" ")[0]
        match line.peristiwa:
            case "mail arrived":
                self.mails.setdefault(line.surel_id or 0, line)
            case "mail decided":
                self.decided[line.surel_id or 0] = line
            case "letter queued":
                self.letters.setdefault(first_word, line)
            case "letter sent":
                self.sent.setdefault(first_word, line.at)
            case "submission stored":
                self.revisions.setdefault(first_word, line)
            case "analysis stored" if line.sha256 is not None:  # lines of before had no digest
                revision = line.rincian.removeprefix("revision ").partition(" ")[0]
                self.analyses.setdefault((line.periode or "", revision), line)
            case "mail bytes pruned":
                self.pruned.add(line.surel_id or 0)
            case "rows kept":
                self.rows |= {name.strip(): digest for name, digest in _ROW.findall(line.rincian)}
            case "evidence kept":
                digests = _KEPT.findall(line.rincian)
                self.kept |= {(line.periode, line.unit, digest) for digest in digests}
                if not digests:
                    self.kept_by_name.add((line.periode, line.unit))
            case _:
                pass


def check_mail(vouched: Vouched, mail: MailRecord) -> Iterator[Difference]:
    """Yield what of an archived mail is not as the journal says; the line of its arrival is used up."""
    row = f"surel_masuk {mail.nomor}"
    line = vouched.mails.pop(mail.nomor, None)
    if line is None:
        yield _differs(row, "baris jurnal kedatangan", "ada", _NOTHING)
    if mail.mentah is None:
        if mail.nomor in vouched.pruned:
            return
        yield _differs(f"surel_mentah {mail.nomor}", "isi surel", (line and line.sha256) or "ada", _NOTHING)
        return
    if line is not None:
        yield from _same(f"surel_mentah {mail.nomor}", "isi surel", line.sha256, bytes_digest(mail.mentah))
        yield from _same(row, "pengirim", line.oleh, mail.pengirim or _BOT)
    if line is not None and line.rincian:
        yield from _same(row, "waktu tiba", line.rincian, arrival_detail(mail.tiba_at))
    yield from _same(row, "ukuran", str(mail.ukuran), str(len(mail.mentah)))
    yield from _same(row, "sidik", mail.sidik, mail.sidik_hitung)
    decided = vouched.decided.get(mail.nomor)
    if mail.state == "decided" and decided is not None:
        yield from _same(row, "putusan", decided.rincian, decision_detail(mail.verdict, mail.label, mail.alasan))
        yield from _same(
            row, "periode dan unit", _place(decided.periode, decided.unit), _place(mail.periode, mail.unit)
        )


def check_letter(vouched: Vouched, letter: LetterRecord) -> Iterator[Difference]:
    """Yield what of a letter is not as the journal says; the line of its making is used up."""
    line = vouched.letters.pop(letter.kunci, None)
    if line is None:
        yield _differs(f"surat_keluar {letter.nomor}", f"baris jurnal surat {letter.kunci}", "ada", _NOTHING)
    content = _NOTHING if letter.mentah is None else bytes_digest(letter.mentah)
    if line is not None:
        yield from _same(f"surat_mentah {letter.nomor}", "isi surat", line.sha256, content)
    sent = vouched.sent.get(letter.kunci)
    if sent != letter.terkirim_at:
        shown = tuple("belum" if at is None else at.isoformat() for at in (sent, letter.terkirim_at))
        yield _differs(f"surat_keluar {letter.nomor}", "waktu kirim", *shown)


def check_revision(vouched: Vouched, revision: RevisionRecord) -> Iterator[Difference]:
    """Yield whether a revision is not as its receipt was given; the line of its storing is used up."""
    row = f"kiriman {revision.nomor}"
    line = vouched.revisions.pop(revision.nomor, None)
    if line is None:
        yield _differs(row, "baris jurnal kiriman", "ada", _NOTHING)
    elif line.sha256 != revision.sha256_lama:
        yield from _same(row, "kiriman dan nilainya", line.sha256, revision.sha256)


def check_analysis(vouched: Vouched, analysis: AnalysisRecord) -> Iterator[Difference]:
    """Yield whether a revision of the analysis is not as it was stored; the line of its storing is used up."""
    line = vouched.analyses.pop((analysis.periode, str(analysis.revisi)), None)
    if line is not None:
        yield from _same(_analysis_row(analysis.periode, str(analysis.revisi)), "isi", line.sha256, analysis.sha256)


def check_kept(vouched: Vouched, file: KeptFile) -> Iterator[Difference]:
    """Yield whether the journal does not know a file of data dukung."""
    if (file.periode, file.unit, file.sha256) in vouched.kept or (file.periode, file.unit) in vouched.kept_by_name:
        return
    yield _differs(f"data_dukung {file.nomor}", f"baris jurnal {file.nama}", "ada", f"sha256 {file.sha256}")


def check_row(vouched: Vouched, row: KeptRow) -> Iterator[Difference]:
    """Yield whether a row is not as its last line says; the line is used up. Older rows have none."""
    digest = vouched.rows.pop(row.nama, None)
    if digest is not None:
        yield from _same(row.nama, "isi baris", digest, row.sha256)


def check_cell(cell: RecordedCell) -> Iterator[Difference]:
    """Yield whether a request's record holds a value that no revision has brought."""
    if not cell.berasal:
        place = f"permintaan {cell.periode} {cell.unit}"
        yield _differs(place, f"{cell.lembar} {cell.baris} {cell.kolom}", "nilai dari suatu kiriman", str(cell.nilai))


def left_over(vouched: Vouched) -> Iterator[Difference]:
    """Yield what the journal knows and the store does not have, after everything there is was checked."""
    for nomor, line in vouched.mails.items():
        yield _differs(f"surel_masuk {nomor}", "surel", line.sha256 or "ada", _NOTHING)
    for kunci, line in vouched.letters.items():
        yield _differs(f"surat_keluar {kunci}", "surat", line.sha256 or "ada", _NOTHING)
    for nomor_kiriman, line in vouched.revisions.items():
        yield _differs(f"kiriman {nomor_kiriman}", "kiriman", line.sha256 or "ada", _NOTHING)
    for nama, digest in vouched.rows.items():
        yield _differs(nama, "baris", digest, _NOTHING)
    for (periode, revisi), line in vouched.analyses.items():
        yield _differs(_analysis_row(periode, revisi), "analisis", line.sha256 or "ada", _NOTHING)


def decision_detail(verdict: str, label: str, alasan: str) -> str:
    """Return how the journal's line "mail decided" says a decision.

    >>> decision_detail("reply", "tanda terima", "form of this request")
    'reply: tanda terima (form of this request)'
    """
    return f"{verdict}: {label} ({alasan})"


def arrival_detail(at: datetime) -> str:
    """Return how the journal's line "mail arrived" says when the server had it.

    >>> arrival_detail(datetime(2026, 10, 1, 0, 5, tzinfo=UTC))
    'tiba 2026-10-01T00:05:00+00:00'
    """
    return f"tiba {at.astimezone(UTC).isoformat()}"


def _same(tempat: str, hal: str, tercatat: str | None, ditemukan: str) -> Iterator[Difference]:
    if tercatat != ditemukan:
        yield _differs(tempat, hal, tercatat or _NOTHING, ditemukan)


def _differs(tempat: str, hal: str, tercatat: str, ditemukan: str) -> Difference:
    return Difference(tempat=tempat, hal=hal, tercatat=tercatat, ditemukan=ditemukan)


def _analysis_row(periode: str, revisi: str) -> str:
    return f"analisis {periode} {revisi}"


def _place(periode: str | None, unit: str | None) -> str:
    return f"{periode or '-'} {unit or '-'}"
