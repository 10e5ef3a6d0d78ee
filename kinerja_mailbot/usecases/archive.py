"""Archiving: everything that a period has brought and sent, in one file that can be checked without this program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from kinerja_mailbot.domain.evidence.archive_texts import csv_line, journal_headings, journal_row, readme
from kinerja_mailbot.domain.evidence.chain import ChainedLine, to_text
from kinerja_mailbot.domain.evidence.contents import contents_of
from kinerja_mailbot.domain.evidence.difference import Difference
from kinerja_mailbot.domain.evidence.manifest import (
    JOURNAL,
    MANIFEST,
    README,
    SUMS,
    ArchivedFile,
    JournalSpan,
    Manifest,
    manifest_text,
    sums_text,
)
from kinerja_mailbot.domain.evidence.naming import FreeNames, plain_name
from kinerja_mailbot.domain.evidence.records import LetterRecord, MailRecord, RevisionRecord
from kinerja_mailbot.domain.evidence.registers import IncomingLine, OutgoingLine, Receipt, Registers
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.usecases.ports import ArchiveTools, EvidenceRecord, StoreError
from kinerja_mailbot.usecases.receive import Desk, read_mail

_Row = TypeVar("_Row")


def archive_period(
    record: EvidenceRecord, desk: Desk, tools: ArchiveTools, facts: Facts, period: PeriodState
) -> Manifest:
    """Put a period into an archive, file by file, and return what is in it. The same record gives the same archive.

    Raises:
        StoreError: a row can't be read; `verify` names all of them.
        OSError: the archive can't be written.
    """
    kode = period.periode.kode
    clerk = _Clerk(record=record, desk=desk, tools=tools, facts=facts, kode=kode)
    clerk.file_mails()
    clerk.file_letters()
    span = clerk.file_journal()
    kantor = facts.aturan.kantor
    registers = Registers(
        kantor=kantor,
        periode=period.periode,
        sop=period.sop.nomor,
        masuk=tuple(clerk.masuk),
        keluar=tuple(clerk.keluar),
        tanda_terima=tuple(clerk.receipts()),
    )
    clerk.put("08-register/buku-agenda.xlsx", tools.registers.agenda(registers))
    clerk.put("08-register/tanda-terima.xlsx", tools.registers.receipts(registers))
    clerk.put(README, readme(kantor.nama, period.periode.nama, span).encode())
    manifest = Manifest(
        periode=kode, kantor=kantor.nama, jurnal=span, berkas=tuple(clerk.files), catatan=tuple(clerk.missing)
    )
    clerk.put(MANIFEST, manifest_text(manifest).encode())
    tools.writer.add(SUMS, (sums_text(clerk.files).encode(),))
    return manifest


@dataclass(slots=True, kw_only=True)
class _Clerk:
    """What one archive gathers on its way; only one mail or letter is held at a time."""

    record: EvidenceRecord
    desk: Desk
    tools: ArchiveTools
    facts: Facts
    kode: str
    names: FreeNames = field(default_factory=FreeNames)
    files: list[ArchivedFile] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    masuk: list[IncomingLine] = field(default_factory=list)
    keluar: list[OutgoingLine] = field(default_factory=list)
    senders: dict[int, str] = field(default_factory=dict)  # of the mails that are in the archive

    def put(self, nama: str, *content: bytes) -> None:
        """Add a file under this name, or the next free one."""
        self.files.append(self.tools.writer.add(self.names.take(nama), content))

    def file_mails(self) -> None:
        """Add the mails of the period, and the forms and data dukung that were taken from them."""
        wanted: dict[int, list[tuple[str, str, str]]] = defaultdict(list)  # mail -> (digest, folder and name, receipt)
        for revision in _readable(self.record.revisions(self.kode)):
            name = f"03-isian-diterima/{plain_name(revision.unit)}/{plain_name(revision.nomor)}{_ending(revision)}"
            wanted[revision.surel_id].append((revision.berkas_sha256, name, revision.nomor))
        for file in _readable(self.record.kept_files(self.kode)):
            name = f"04-data-dukung/{plain_name(file.unit)}/{file.nomor:06}-{plain_name(file.nama)}"
            wanted[file.surel_id].append((file.sha256, name, ""))
        for mail in _readable(self.record.mails(self.kode)):
            raw = _whole(mail.mentah, f"surel {mail.nomor}")
            self.put(f"05-surel-masuk/surel-{mail.nomor:06}.eml", raw)
            parsed = read_mail(self.desk, raw, mail.nomor, mail.tiba_at)
            self._file_attachments(parsed, wanted.pop(mail.nomor, []))
            self.masuk.append(self._incoming(mail, parsed))
        self.missing += [
            f"{name}: surel {mail_id} tidak ada" for mail_id, items in wanted.items() for _, name, _ in items
        ]

    def file_letters(self) -> None:
        """Add the letters of the period, and the forms and rekap that were sent with them."""
        for letter in _readable(self.record.letters(self.kode)):
            raw = _whole(letter.mentah, f"surat {letter.nomor}")
            self.put(f"06-surat-keluar/surat-{letter.nomor:06}.eml", raw)
            attached = self.desk.parser.parse(raw, 0, letter.dibuat_at).lampiran
            folder = f"02-format-dikirim/{plain_name(letter.unit)}" if letter.unit else "01-rekap"
            for file in attached:
                self.put(f"{folder}/{letter.nomor:06}-{plain_name(file.nama)}", file.isi)
            self.keluar.append(self._outgoing(letter, attached))

    def file_journal(self) -> JournalSpan:
        """Add the part of the journal from the period's first line to its last, for machines and for people."""
        first, last = self.record.segment(self.kode) or (1, 0)
        before = head = self.record.link_before(first)

        def lines() -> Iterator[ChainedLine]:
            return _readable(self.record.chain(first, last))

        for line in self.record.chain(last, last):
            head = line.rantai if isinstance(line, ChainedLine) else head
        self.files.append(self.tools.writer.add(JOURNAL, (f"{to_text(line)}\n".encode("ascii") for line in lines())))
        of_period = (
            line.baris for line in lines() if line.baris.periode == self.kode or line.baris.surel_id in self.senders
        )
        rows = (csv_line(journal_row(line)) for line in of_period)
        table = (text.encode() for text in ("\ufeff", csv_line(journal_headings()), *rows))
        self.files.append(self.tools.writer.add("07-jurnal/jurnal.csv", table))
        return JournalSpan(sebelum=before, dari=first, sampai=last, kepala=head)

    def receipts(self) -> Iterator[Receipt]:
        """Return what each revision's sheet of receipt says, in the order of their arrival."""
        for revision in _readable(self.record.revisions(self.kode)):
            yield Receipt(
                nomor=revision.nomor,
                unit=self._unit(revision.unit),
                revisi=revision.revisi,
                tiba_at=revision.tiba_at,
                pengirim=self.senders.get(revision.surel_id, ""),
                surel=revision.surel_id,
                tepat_waktu=revision.tepat_waktu,
                berkas=revision.berkas_nama,
                ukuran=revision.berkas_ukuran,
                sha256=revision.berkas_sha256,
                terisi=revision.terisi,
                seluruh=revision.seluruh,
                lengkap=revision.lengkap,
            )

    def _file_attachments(self, mail: IncomingMail, wanted: list[tuple[str, str, str]]) -> None:
        contents = contents_of(mail)
        for digest, name, _ in wanted:
            content = contents.get(digest)
            if content is None:
                self.missing.append(f"{name}: tidak ditemukan dalam surel {mail.id} (sha256 {digest})")
            else:
                self.put(name, content)

    def _incoming(self, mail: MailRecord, parsed: IncomingMail) -> IncomingLine:
        self.senders[mail.nomor] = mail.pengirim
        unit = self._unit(mail.unit) if mail.unit else ""
        return IncomingLine(
            tiba_at=mail.tiba_at,
            surel=mail.nomor,
            dari=f"{unit} ({mail.pengirim})" if unit else mail.pengirim,
            hal=mail.subjek,
            lampiran=_names(parsed.lampiran),
            keterangan=mail.label,
        )

    def _outgoing(self, letter: LetterRecord, attached: tuple[Attachment, ...]) -> OutgoingLine:
        day = self.facts.office_day(letter.dibuat_at)
        owners = ((address, self.facts.daftar.whose(address, day)) for address in letter.penerima)
        return OutgoingLine(
            terkirim_at=letter.terkirim_at,
            surat=letter.nomor,
            kepada="; ".join(f"{who.pejabat.jabatan} ({address})" if who else address for address, who in owners),
            hal=letter.subjek,
            lampiran=_names(attached),
            keterangan=_STATES.get(letter.state, letter.state),
        )

    def _unit(self, unit_id: str) -> str:
        unit = self.facts.daftar.unit(unit_id)
        return unit.nama if unit else unit_id


_STATES = {
    "queued": "menunggu dikirim",
    "sending": "sedang dikirim",
    "uncertain": "menunggu kepastian",
    "sent": "terkirim",
    "failed": "gagal dikirim",
}


def _names(files: Iterable[Attachment]) -> tuple[str, ...]:
    return tuple(file.nama for file in files)


def _ending(revision: RevisionRecord) -> str:
    _, dot, extension = plain_name(revision.berkas_nama).rpartition(".")
    return f".{extension.lower()}" if dot else ".txt"  # without a file it was told in the words of the mail


def _readable(rows: Iterable[_Row | Difference]) -> Iterator[_Row]:
    for row in rows:
        if isinstance(row, Difference):
            raise StoreError(f"{row.tempat} can't be read: {row.ditemukan}")
        yield row


def _whole(raw: bytes | None, what: str) -> bytes:
    if raw is None:
        raise StoreError(f"the bytes of {what} are gone")
    return raw
