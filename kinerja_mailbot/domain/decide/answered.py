"""Answers in a mail's own text: to which list they belong, which cells they mend, and what is left to ask."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kinerja_mailbot.domain import text as office
from kinerja_mailbot.domain.form.catalogue import answers as messages
from kinerja_mailbot.domain.form.check import recheck_form
from kinerja_mailbot.domain.form.checked import CheckedCell, CheckedForm
from kinerja_mailbot.domain.form.definition import ColumnType, Sheet, TidakMenurun
from kinerja_mailbot.domain.form.judge import read_answer, with_reading
from kinerja_mailbot.domain.form.naming import label_of
from kinerja_mailbot.domain.form.readers.outcomes import accepted
from kinerja_mailbot.domain.form.readers.typed import plain
from kinerja_mailbot.domain.form.record import NIHIL, WHOLE_SHEET, Place
from kinerja_mailbot.domain.form.value import CellOutcome, Reading, Value
from kinerja_mailbot.domain.mail.asked import Asked
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.numbered import Benar, Isian, Jawaban, Kabur, Pilih, read_numbered
from kinerja_mailbot.domain.mail.thread import is_letter
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.sop.state import RequestState

_RECEIPT = re.compile(r"\bTRM-20\d\d(?:-[A-Z0-9]+)+-\d{2,}\b")
_LETTERS = ("perbaikan", "tanda-terima")  # those that ask by numbers
_NOTES = ("keterangan", "penghambat", "kendala", "catatan")  # columns that take a reason
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Applied:
    """What the answers make of the record; `hasil` is None when none of them could be used."""

    hasil: CheckedForm | None
    catatan: tuple[str, ...]


def answers_in(mail: IncomingMail, request: RequestState, periode: Periode, facts: Facts) -> Applied | None:
    """Return what the mail's own words answer; None when they answer nothing that was asked."""
    lists = tuple(asked for asked in facts.pertanyaan if (asked.periode, asked.unit) == (request.periode, request.unit))
    found = read_numbered(mail.teks)
    if not lists or not found:
        return None
    answered = _list_of(mail, lists, facts)
    if answered is None:
        return Applied(None, (messages.WHICH_LIST.say(),))
    answering = _Answering(answered, lists[0], request, periode)
    answering.take(found)
    return answering.conclude()


def _list_of(mail: IncomingMail, lists: tuple[Asked, ...], facts: Facts) -> Asked | None:
    """Return the list that the mail answers: by its thread, by the receipt number in its subject, or the only one."""
    for message_id in mail.thread_ids():
        for asked in lists:
            keys = (f"surel.{asked.surel_id}.{letter}" for letter in _LETTERS)
            if any(is_letter(facts.identitas, message_id, key) for key in keys):
                return asked
    if named := _RECEIPT.search(mail.subjek.upper()):
        return next((asked for asked in lists if asked.nomor == named[0]), None)
    asking = tuple(asked for asked in lists if asked.sel)
    return asking[0] if len(asking) == 1 else None


class _Answering:
    """One mail's answers on their way into the record."""

    def __init__(self, asked: Asked, newest: Asked, request: RequestState, periode: Periode) -> None:
        self._asked = asked
        self._open = {_place(cell): cell for cell in newest.sel}
        self._request = request
        self._periode = periode
        self._answered: dict[Place, CheckedCell] = {}
        self._confirmed: set[Place] = set()
        self._notes: dict[Place, str] = {}
        self._remarks: list[str] = []

    def take(self, answers: tuple[Jawaban, ...]) -> None:
        """Take every answer; what can't be used is remarked upon."""
        for label, said in _by_label(answers).items():
            cells = self._cells(label)
            if len(said) > 1 and cells:
                self._remark(messages.CONTRADICTION.say(number=label))
            elif cells:
                self._take_one(label, said[0], cells)
            elif label.isdigit():
                self._remark(messages.NO_SUCH_NUMBER.say(number=label))

    def conclude(self) -> Applied | None:
        """Return the form judged again; None when nothing at all was answered."""
        if not self._answered:
            return Applied(None, tuple(self._remarks)) if self._remarks else None
        waiting = tuple(_waiting(cell) for place, cell in self._open.items() if place not in self._answered)
        cells = {_place(cell): cell for cell in (*waiting, *self._answered.values())}
        for place, reason in self._notes.items():
            cells[place] = self._with_note(place, reason)
        form, told = self._request.form, {*self._answered, *self._notes}
        confirmed = frozenset(self._confirmed)
        checked = recheck_form(form, tuple(cells.values()), self._request.sel, confirmed, self._periode)
        # A cell that is right and was not answered needs no place in this revision: the record holds it.
        kept = tuple(c for c in checked.sel if c.hasil is not CellOutcome.ACCEPTED or _place(c) in told)
        return Applied(replace(checked, sel=kept), tuple(self._remarks))

    def _cells(self, label: str) -> tuple[CheckedCell, ...]:
        if label.isdigit():
            return tuple(cell for cell in self._asked.sel if cell.nomor == int(label))
        return tuple(cell for cell in self._asked.sel if cell.sel == label)

    def _take_one(self, label: str, answer: Pilih | Benar | Isian | Kabur, asked: tuple[CheckedCell, ...]) -> None:
        cells = tuple(self._open[_place(cell)] for cell in asked if _place(cell) in self._open)
        if not cells:
            self._remark(messages.SETTLED.say(number=label))
        elif any(_place(cell) in self._answered for cell in cells):
            self._remark(messages.CONTRADICTION.say(number=label))
        else:
            self._use(label, answer, cells)

    def _use(self, label: str, answer: Pilih | Benar | Isian | Kabur, cells: tuple[CheckedCell, ...]) -> None:
        match answer:
            case Pilih(huruf):
                place = ord(huruf) - ord("a")
                if any(place >= len(cell.pilihan) for cell in cells):
                    how = _how(label, cells[0])
                    self._remark(messages.NO_SUCH_CHOICE.say(number=label, said=f'"{huruf}"', choices=how))
                    return
                for cell in cells:
                    chosen = cell.pilihan[place]
                    self._answer(cell, _as_typed(chosen), accepted(chosen))
            case Benar(alasan):
                self._confirm(label, alasan, cells)
            case Isian(teks):
                if len({_place(cell) for cell in cells}) > 1:
                    several = {"count": str(len(cells)), "cell": cells[0].sel or "E7"}
                    self._remark(messages.SEVERAL_CELLS.say(number=label, **several))
                    return
                self._fill(label, teks, cells[0])
            case Kabur(teks):
                said = f'"{office.ringkas(teks, _LONGEST_QUOTE)}"'
                self._remark(messages.NOT_UNDERSTOOD.say(number=label, said=said, how=_how(label, cells[0])))

    def _fill(self, label: str, typed: str, cell: CheckedCell) -> None:
        sheet = self._sheet(cell)
        reading = read_answer(sheet, cell.baris, cell.kolom, typed, self._periode)
        has_rows = any(stored.lembar == cell.lembar and stored.kolom != NIHIL for stored in self._request.sel)
        if cell.baris == WHOLE_SHEET and reading.value is not None and has_rows:
            said = f'"{office.ringkas(typed, _LONGEST_QUOTE)}"'
            self._remark(messages.NOT_UNDERSTOOD.say(number=label, said=said, how="berkas yang telah diperbaiki"))
        elif reading.value is None and reading.outcome is CellOutcome.ACCEPTED and cell.baris != WHOLE_SHEET:
            self._remark(messages.NOT_ENOUGH.say(number=label, how=_how(label, cell)))
        else:
            self._answer(cell, typed, reading)

    def _confirm(self, label: str, reason: str, cells: tuple[CheckedCell, ...]) -> None:
        read = tuple(cell.nilai if cell.hasil is CellOutcome.CHECK else cell.terbaca for cell in cells)
        if any(value is None for value in read):
            self._remark(messages.NOT_ENOUGH.say(number=label, how=_how(label, cells[0])))
            return
        for cell, value in zip(cells, read, strict=True):
            self._answer(cell, cell.tertulis, accepted(value))
            self._confirmed.add(_place(cell))
            note = _note_column(self._sheet(cell), cell.kolom)
            if reason and note:
                self._notes[cell.lembar, cell.baris, note] = reason
            elif reason:
                self._remark(messages.REASON_KEPT.say(number=label))

    def _with_note(self, place: Place, reason: str) -> CheckedCell:
        lembar, baris, kolom = place
        asked = self._open.get(place)
        sheet = next(sheet for sheet in self._request.form.lembar if sheet.id == lembar)
        before = next((c.nilai for c in self._request.sel if (c.lembar, c.baris, c.kolom) == place), None)
        blank = asked or CheckedCell(
            lembar=lembar,
            lembar_terlihat=sheet.judul,
            sel="",
            baris=baris,
            kolom=kolom,
            label=label_of(sheet, baris, kolom),
            tertulis="",
            nilai=None,
            hasil=CellOutcome.ACCEPTED,
        )
        whole = f"{before}; {reason}" if isinstance(before, str) and reason not in before else reason
        return with_reading(replace(blank, tertulis=reason), accepted(whole))

    def _answer(self, cell: CheckedCell, typed: str, reading: Reading) -> None:
        self._answered[_place(cell)] = with_reading(replace(cell, tertulis=typed), reading)

    def _sheet(self, cell: CheckedCell) -> Sheet:
        return next(sheet for sheet in self._request.form.lembar if sheet.id == cell.lembar)

    def _remark(self, sentence: str) -> None:
        if sentence not in self._remarks:
            self._remarks.append(sentence)


def _by_label(answers: tuple[Jawaban, ...]) -> dict[str, list[Pilih | Benar | Isian | Kabur]]:
    """Return the different answers to each label, in the order of the mail."""
    found: dict[str, list[Pilih | Benar | Isian | Kabur]] = {}
    for answer in answers:
        said = found.setdefault(answer.label, [])
        if answer.isi not in said:
            said.append(answer.isi)
    return found


def _waiting(cell: CheckedCell) -> CheckedCell:
    """Return a cell that was not answered, ready to be judged again: a rule may find it right by now."""
    if cell.hasil is not CellOutcome.FIX or (cell.terbaca is None and cell.tertulis):
        return cell
    return with_reading(cell, accepted(cell.terbaca))


def _note_column(sheet: Sheet, kolom: str) -> str | None:
    """Return the column that takes a reason for this one: the rule's own, else the sheet's column for remarks."""
    for rule in sheet.aturan:
        if isinstance(rule, TidakMenurun) and rule.kolom == kolom:
            return rule.catatan
    found = (
        key for key in _NOTES if (column := sheet.column(key)) and column.isian and column.jenis is ColumnType.TEKS
    )
    return next(found, None)


def _how(label: str, cell: CheckedCell) -> str:
    if cell.pilihan:
        return " atau ".join(f'"{label}{chr(ord("a") + place)}"' for place in range(len(cell.pilihan)))
    if cell.hasil is CellOutcome.CHECK or cell.terbaca is not None:
        return f'"{label} benar: alasannya", atau isian yang benar, misalnya "{label}: …"'
    return f'isiannya, misalnya "{label}: …"'


def _as_typed(value: Value) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return office.tanggal(value) if isinstance(value, date) else str(value)


def _place(cell: CheckedCell) -> Place:
    return cell.lembar, cell.baris, cell.kolom
