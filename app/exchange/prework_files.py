"""The files of one round of pre-work: a sheet a person, and what to bring."""

import contextlib
import datetime as dt
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from app.domain.audit import Audit
from app.domain.bringing import BringList, bring_list
from app.domain.edits.answer_rows import AnswerRow
from app.domain.ids import PersonId, QuestionId, Target, WorkflowId
from app.domain.prework import PersonSheet, next_session, people_asked, person_sheet
from app.errors import EditError, ExportFailed
from app.exchange.bank_translation import bank_in
from app.exchange.paths import write_whole
from app.exchange.prework_reading import ReturnedSheet, Unread, read_prework
from app.exchange.prework_sheet import render_sheet
from app.words import Words

FORMATS: Final = ("xlsx", "pdf")
MOST_OF_NAME: Final = 40
"""Characters of a person's name in a file's: the longest names have 160 bytes then."""


class Order(Struct, frozen=True):
    """What somebody wants written, and where."""

    folder: Path
    identity: str
    """Hash of the audit's first journal entry: copies and merged files share it."""
    day: dt.date
    due: dt.date | None = None
    people: tuple[PersonId, ...] = ()
    """Everybody who is asked something where it is empty."""
    workflows: tuple[WorkflowId, ...] = ()
    """Whose conditions the bring list looks at; empty for all active ones."""
    formats: tuple[str, ...] = FORMATS


class Printers(Struct, frozen=True):
    """How things look on paper. The room that typesets is handed over: see README."""

    lines: Callable[[PersonSheet], Sequence[str]]
    """Heading, addressee and deadline."""
    sheet: Callable[[PersonSheet], bytes]
    bring: Callable[[BringList], bytes]
    bring_text: Callable[[BringList], bytes]
    pages: Callable[[bytes], int]


class WrittenPrework(Struct, frozen=True):
    """One file; questions where it asks some, pages where it has pages."""

    path: Path
    size: int
    questions: int | None = None
    pages: int | None = None


def write_prework(
    audit: Audit,
    words: Words,
    order: Order,
    printers: Printers,
    tick: Callable[[], None] = lambda: None,
) -> tuple[WrittenPrework, ...]:
    """Write every sheet and the bring list; all are made and read back before the first is.

    A workbook that is there already may hold somebody's answers and stops everything; other files
    are replaced. Ticks after each file that was made. Raises EditError where a person has nothing
    to answer, and ExportFailed with nothing new left behind.
    """
    audit = replace(audit, bank=bank_in(audit.bank, words.language))
    made: list[tuple[WrittenPrework, bytes]] = []
    for each in _made(audit, words, order, printers):
        made.append(each)
        tick()
    if not made:
        raise EditError(
            "Nobody has an area with open questions, and every condition is shown. Nothing was "
            "written. Set the area of people under Scope and people."
        )
    _expect_free(written.path for written, _ in made)
    _write_all({written.path: body for written, body in made})
    return tuple(written for written, _ in made)


def joined(sheets: Iterable[ReturnedSheet]) -> tuple[tuple[AnswerRow, ...], tuple[Unread, ...]]:
    """The answers of several sheets, and what is left out; the first of two equal rows counts."""
    rows: list[AnswerRow] = []
    unread: list[Unread] = []
    seen: dict[tuple[Target, QuestionId, PersonId], str] = {}
    for sheet in sheets:
        unread += [replace(u, place=f"{sheet.file} {u.place}") for u in sheet.unread]
        for row in sheet.rows:
            first = seen.setdefault((row.target, row.question, sheet.person), sheet.file)
            if first == sheet.file:
                rows.append(row)
            else:
                why = f"{first} answers {row.question} already."
                said = str(row.said.level) if row.said and row.said.level is not None else ""
                unread.append(Unread(f"{sheet.file} row {row.row}", said or row.note, why))
    return tuple(rows), tuple(unread)


def file_names(audit: Audit, people: Iterable[PersonId]) -> Mapping[PersonId, str]:
    """A name for each person's file, without ending: safe everywhere, and no two alike."""
    found: dict[PersonId, str] = {}
    for person in sorted(people):
        plain = unicodedata.normalize("NFC", audit.people[person].name)
        name = re.sub(r"[^\w]+", "-", plain)[:MOST_OF_NAME].strip("-_") or "person"
        taken = {other.casefold() for other in found.values()}
        numbered = (f"prework-{name}{f'-{n}' if n > 1 else ''}" for n in range(1, len(taken) + 2))
        found[person] = next(name for name in numbered if name.casefold() not in taken)
    return found


def _made(
    audit: Audit, words: Words, order: Order, printers: Printers
) -> Iterator[tuple[WrittenPrework, bytes]]:
    people = order.people or people_asked(audit)
    for person, name in file_names(audit, people).items():
        sheet = person_sheet(audit, person, order.day, order.due)
        if not sheet.items:
            raise EditError(
                f"There is nothing left to ask {sheet.name}: every question of the area is "
                "settled or answered. Nothing was written."
            )
        count = len(sheet.items)
        if "xlsx" in order.formats:
            lines = printers.lines(sheet)
            body = render_sheet(sheet, words, lines, order.identity, order.day)
            path = order.folder / f"{name}.xlsx"
            _expect_readable(audit, sheet, body, path.name, order.identity)
            yield WrittenPrework(path, len(body), questions=count), body
        if "pdf" in order.formats:
            body = printers.sheet(sheet)
            path = order.folder / f"{name}.pdf"
            yield WrittenPrework(path, len(body), count, printers.pages(body)), body
    session = next_session(audit, order.day)
    day = audit.sessions[session].date if session else None
    found = bring_list(audit, order.day, order.workflows, day)
    if order.people:
        found = replace(found, bringers=tuple(b for b in found.bringers if b.person in people))
    if found.bringers:
        body = printers.bring(found)
        path = order.folder / "bring-list.pdf"
        yield WrittenPrework(path, len(body), pages=printers.pages(body)), body
        body = printers.bring_text(found)
        yield WrittenPrework(order.folder / "bring-list.txt", len(body)), body


def _expect_readable(
    audit: Audit, sheet: PersonSheet, body: bytes, name: str, identity: str
) -> None:
    """A sheet that cannot be read back is never written."""
    found = read_prework(audit, body, name, identity, sheet.person)
    if found.blank != len(sheet.items) or found.rows or found.unread:
        raise ExportFailed(
            f"{name} was made and reads back as {found.blank} of {len(sheet.items)} questions. "
            "The audit is safe and nothing was written. Write the PDF instead and report this."
        )


def _expect_free(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.suffix == ".xlsx" and os.path.lexists(path):
            raise ExportFailed(
                f"{path} is already there and may hold somebody's answers; nothing has been "
                "written. Choose another folder."
            )


def _write_all(bodies: Mapping[Path, bytes]) -> None:
    """Every file, or none that was not there before."""
    new: list[Path] = []
    try:
        for path, body in bodies.items():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise ExportFailed(
                    f"{path.parent} could not be made a folder ({error.strerror}); the audit is "
                    "safe and nothing has been written. Choose another folder."
                ) from error
            is_new = not path.exists()
            write_whole(path, body)
            new += [path] if is_new else []
    except ExportFailed:
        for path in new:
            with contextlib.suppress(OSError):  # where nothing can be written, nothing is left
                path.unlink()
        raise
