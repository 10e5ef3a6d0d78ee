"""Opening what came packed: one level, in its place, within bounds."""

from __future__ import annotations

from dataclasses import dataclass, field

from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, Unreadable
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.usecases.unpack import with_contents
from tests.domain.decide.office_mail import ARRIVED


def file(name: str, kind: FileKind = FileKind.PDF, size: int = 9) -> Attachment:
    return Attachment(nama=name, jenis=kind, tipe="x/y", ukuran=size, sha256=name, isi=name.encode())


@dataclass
class Shelf:
    """Knows what is in each container, by the container's bytes."""

    contents: dict[str, tuple[Attachment, ...] | Unreadable]
    opened: list[str] = field(default_factory=list)

    def unpack(self, content: bytes) -> tuple[Attachment, ...] | Unreadable:
        self.opened.append(content.decode())
        return self.contents[content.decode()]


def mail(*files: Attachment) -> IncomingMail:
    return IncomingMail(id=1, tiba_at=ARRIVED, lampiran=files)


def names(found: IncomingMail) -> list[str]:
    return [f"{item.wadah}/{item.nama}" if item.wadah else item.nama for item in found.lampiran]


def test_files_stand_where_their_container_stood() -> None:
    shelf = Shelf({"b.zip": (file("1"), file("2"))})

    found = with_contents(mail(file("a"), file("b.zip", FileKind.ZIP), file("c")), shelf)

    assert names(found) == ["a", "b.zip/1", "b.zip/2", "c"]


def test_a_mail_without_containers_is_the_same_mail() -> None:
    before, shelf = mail(file("a"), file("b", FileKind.ARCHIVE)), Shelf({})

    assert with_contents(before, shelf) is before
    assert shelf.opened == []


def test_a_zip_in_a_zip_stays_closed_and_one_in_a_wrapping_does_not() -> None:
    inner = file("d.zip", FileKind.ZIP)
    shelf = Shelf({"z.zip": (inner,), "winmail.dat": (inner,), "m.msg": (inner,), "d.zip": (file("1"),)})
    wrapped = (file("z.zip", FileKind.ZIP), file("winmail.dat", FileKind.TNEF), file("m.msg", FileKind.MSG))

    found = with_contents(mail(*wrapped), shelf)

    assert names(found) == ["z.zip/d.zip", "d.zip/1", "d.zip/1"]
    assert [item.dari_surel_lampiran for item in found.lampiran] == [False, False, True]


def test_what_can_t_be_opened_says_why_and_the_others_are_opened() -> None:
    shelf = Shelf({"a.zip": Unreadable(FileKind.ZIP, Obstacle.ENCRYPTED), "b.zip": (file("1"),)})

    found = with_contents(mail(file("a.zip", FileKind.ZIP), file("b.zip", FileKind.ZIP)), shelf)

    assert [(item.nama, item.halangan) for item in found.lampiran] == [("a.zip", Obstacle.ENCRYPTED), ("1", None)]


def test_a_container_that_took_all_the_time_is_the_last() -> None:
    shelf = Shelf({"a.msg": Unreadable(FileKind.MSG, Obstacle.TOO_SLOW)})

    found = with_contents(mail(file("a.msg", FileKind.MSG), file("b.zip", FileKind.ZIP)), shelf)

    assert [item.halangan for item in found.lampiran] == [Obstacle.TOO_SLOW, Obstacle.TOO_MANY]
    assert shelf.opened == ["a.msg"]


def test_no_mail_unpacks_without_end() -> None:
    large = tuple(file(f"{n}", size=10 * 1024 * 1024) for n in range(2))
    shelf = Shelf({f"{n}.zip": large for n in range(9)})

    found = with_contents(mail(*(file(f"{n}.zip", FileKind.ZIP) for n in range(9))), shelf)

    assert shelf.opened == ["0.zip", "1.zip", "2.zip"]
    assert len(found.lampiran) == 6 + 6
