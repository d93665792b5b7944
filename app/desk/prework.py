"""Pre-work and the room pack of the open audit, as a worker makes and reads them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from app.desk.desk import Desk
from app.domain.edits.answer_rows import AnswerRow, take_answers
from app.domain.ids import PersonId
from app.exchange.bank_translation import bank_in
from app.exchange.paths import read_whole, write_whole
from app.exchange.prework_files import Order, Printers, WrittenPrework, joined, write_prework
from app.exchange.prework_reading import Unread, read_prework
from app.report.handouts.bring_list import render_bring_list, render_bring_text
from app.report.handouts.prework import render_prework, sheet_lines
from app.report.handouts.room_pack import render_room_pack
from app.report.handouts.typesetting import count_pages
from app.report.model import PageSize
from app.words import Words

Tick = Callable[[], None]


class Returned(Struct, frozen=True):
    """What several sheets say, before anything is taken."""

    rows: tuple[AnswerRow, ...]
    unread: tuple[Unread, ...]
    blank: int


def identity(desk: Desk) -> str:
    """What a sheet knows its audit by: the hash of the first entry, which every copy shares."""
    assert desk.file is not None
    return desk.file.entries(until=1)[0].hash


def printing(
    desk: Desk,
    folder: Path,
    people: tuple[PersonId, ...],
    formats: tuple[str, ...],
    language: str,
    page: PageSize,
) -> Callable[[Tick], tuple[WrittenPrework, ...]]:
    """What writes the sheets: nothing of the desk is touched when it is called in a worker.

    Raises ExportFailed and EditError there.
    """
    audit, words, day, press = desk.audit, Words(language), desk.today(), desk.press
    order = Order(folder, identity(desk), day, people=people, formats=formats)

    def write(tick: Tick) -> tuple[WrittenPrework, ...]:
        paper = Printers(
            lambda sheet: sheet_lines(sheet, words),
            lambda sheet: press.run(tick, render_prework, sheet, words, page, day),
            lambda found: press.run(tick, render_bring_list, found, words, page, day),
            lambda found: render_bring_text(found, words),
            count_pages,
        )
        return write_prework(audit, words, order, paper, tick)

    return write


def reading(desk: Desk, paths: Sequence[Path]) -> Callable[[Tick], Returned]:
    """What reads returned sheets, in a worker. Raises ImportFailed there."""
    audit, known = desk.audit, identity(desk)

    def read(tick: Tick) -> Returned:
        found = []
        for path in paths:
            found.append(read_prework(audit, read_whole(path), path.name, known))
            tick()
        rows, unread = joined(found)
        return Returned(rows, unread, sum(sheet.blank for sheet in found))

    return read


def take(desk: Desk, label: str, rows: tuple[AnswerRow, ...]) -> bool:
    """All rows as one undo step, proposed; False where it was refused and the desk said why."""
    return desk.apply(label, take_answers, rows)


def packing(desk: Desk, path: Path, language: str, page: PageSize) -> Callable[[Tick], int]:
    """What writes the room pack, in a worker; gives its pages. Raises ExportFailed there."""
    audit, words, day, press = desk.audit, Words(language), desk.today(), desk.press

    def write(tick: Tick) -> int:
        translated = replace(audit, bank=bank_in(audit.bank, words.language))
        body = press.run(tick, render_room_pack, translated, words, page, day)
        pages = count_pages(body)
        write_whole(path, body)
        return pages

    return write
