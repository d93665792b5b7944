"""The command that writes pre-work sheets and takes in what came back."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from app.commands.naming import person_id, person_name, workflow_id
from app.commands.opening import AS, FILE, TODAY, progress, reading, writing
from app.commands.opening import today as this_day
from app.commands.output import columns
from app.document import Document
from app.domain.answer_words import level_word
from app.domain.audit import Audit
from app.domain.edits.answer_rows import AnswerRow, take_answers
from app.domain.ids import PersonId
from app.domain.wall import place_name
from app.exchange.paths import read_whole
from app.exchange.prework_files import FORMATS, Order, Printers, joined, write_prework
from app.exchange.prework_reading import Unread, read_prework
from app.report.handouts.bring_list import render_bring_list, render_bring_text
from app.report.handouts.prework import render_prework, sheet_lines
from app.report.handouts.typesetting import count_pages
from app.report.model import PageSize
from app.store.file import AuditFile
from app.words import Words, languages

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("prework")
@FILE
@click.option("-o", "folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--for", "for_person", metavar="PERSON", help="One person only (id or exact name).")
@click.option("--format", "kind", type=click.Choice([*FORMATS, "both"]), default="both")
@click.option("-w", "--workflow", "workflows", multiple=True, help="Of the bring list; all.")
@click.option("--language", type=click.Choice(languages()), help="The audit's own.")
@click.option("--page", type=click.Choice([p.value for p in PageSize]), default=PageSize.A4.value)
@click.option("--due", type=DAY, help="Until when to return it; before the next session.")
@TODAY
@click.option(
    "--read",
    "sheets",
    metavar="SHEET.xlsx",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Take in a sheet that came back; may be given several times.",
)
@click.option("--preview", is_flag=True, help="Only show what --read would take.")
@AS
def prework_command(
    file: Path,
    folder: Path | None,
    for_person: str | None,
    kind: str,
    workflows: tuple[str, ...],
    language: str | None,
    page: str,
    due: dt.datetime | None,
    today: dt.datetime | None,
    sheets: tuple[Path, ...],
    preview: bool,
    as_person: str | None,
) -> int:
    """Write a sheet of at most 15 questions a person into DIR, with the bring list.

    With --read take in sheets that came back, as one step that undo takes back: what a person
    wrote is proposed and never the room's answer. Exit 1 where something had to be left out.
    """
    if (folder is None) == (not sheets):
        raise click.UsageError("Give -o DIR to write sheets, or --read SHEET.xlsx to take one.")
    if folder is None:
        return take_sheets(file, sheets, for_person, as_person, preview=preview)
    with reading(file) as (opened, audit):
        words = Words(language or audit.organisation.language)
        order = Order(
            folder,
            identity(opened),
            _day(today),
            due.date() if due else None,
            (person_id(audit, for_person),) if for_person else (),
            tuple(workflow_id(audit, w) for w in workflows),
            FORMATS if kind == "both" else (kind,),
        )
    paper = printers(words, PageSize(page), order.day)
    for written in write_prework(audit, words, order, paper):
        counts = ((written.questions, "question"), (written.pages, "page"), (written.size, "byte"))
        held = [f"{n:,} {unit}{'' if n == 1 else 's'}" for n, unit in counts if n is not None]
        click.echo(f"Wrote {written.path}: {', '.join(held)}.")
    return 0


def printers(words: Words, page: PageSize, day: dt.date) -> Printers:
    return Printers(
        lambda sheet: sheet_lines(sheet, words),
        lambda sheet: render_prework(sheet, words, page, day),
        lambda found: render_bring_list(found, words, page, day),
        lambda found: render_bring_text(found, words),
        count_pages,
    )


def identity(file: AuditFile) -> str:
    """What a sheet knows its audit by: the hash of the first entry, which every copy shares."""
    return file.entries(until=1)[0].hash


def take_sheets(
    path: Path,
    sheets: Sequence[Path],
    for_person: str | None,
    as_person: str | None,
    *,
    preview: bool,
) -> int:
    """Take returned sheets as one step, or show what would be taken. 1 where cells are left."""
    bodies = [(sheet, read_whole(sheet)) for sheet in sheets]
    if preview:
        with reading(path) as (opened, audit):
            rows, unread = _read(audit, bodies, identity(opened), for_person)
        _show(audit, rows, unread)
        click.echo(f"Nothing was taken, this is a preview: {len(rows)} answers or notes.")
        return int(bool(unread))
    with writing(path, as_person) as document:
        file = document.file
        assert isinstance(file, AuditFile)
        audit = document.audit
        with progress("Reading pre-work", len(bodies)) as bar:
            rows, unread = _read(audit, bodies, identity(file), for_person, lambda: bar.update(1))
        taken = _take(document, [sheet.name for sheet in sheets], rows)
    _show(audit, rows, unread)
    click.echo(
        f"Took {len(rows)} answers or notes, all proposed; {len(unread)} cells left out."
        if taken
        else f"The audit says all of it already; nothing was changed. {len(unread)} cells left out."
    )
    return int(bool(unread))


def _take(document: Document, names: Sequence[str], rows: Sequence[AnswerRow]) -> bool:
    before = document.audit
    if rows:
        document.apply(f"Read pre-work {', '.join(names)}", take_answers, rows)
    return document.audit != before


def _read(
    audit: Audit,
    bodies: Sequence[tuple[Path, bytes]],
    known: str,
    for_person: str | None,
    tick: Callable[[], None] = lambda: None,
) -> tuple[tuple[AnswerRow, ...], tuple[Unread, ...]]:
    person = person_id(audit, for_person) if for_person else None
    found = []
    for sheet, body in bodies:
        found.append(read_prework(audit, body, sheet.name, known, person))
        tick()
    return joined(found)


def _show(audit: Audit, rows: Sequence[AnswerRow], unread: Sequence[Unread]) -> None:
    if rows:
        columns(list(_lines(audit, rows)), empty="")
    for each in unread:
        click.echo(f"  left out: {each.place}: “{each.text}”. {each.why}")


def _lines(audit: Audit, rows: Sequence[AnswerRow]) -> Iterator[dict[str, str]]:
    for row in rows:
        answer = audit.answers.get(row.target, {}).get(row.question)
        now = answer.individual.get(row.by or PersonId("")) if answer else None
        yield {
            "person": person_name(audit, row.by) or "–",
            "about": place_name(audit, row.target) or "–",
            "question": row.question,
            "now": level_word(now) if now else "–",
            "sheet": level_word(row.said) if row.said else "–",
            "grade": row.said.grade.value if row.said else "–",
            "note": row.note or (row.said.reason if row.said else "") or "–",
        }


def _day(given: dt.datetime | None) -> dt.date:
    return given.date() if given else this_day()
