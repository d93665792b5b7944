"""Commands that record answers: one, or a table of them."""

from pathlib import Path

import click
import msgspec
from msgspec.structs import replace

from app.commands.naming import person_id, platform_id, source_id, workflow_id
from app.commands.opening import AS, FILE, progress, reading, today, writing
from app.commands.prework import take_sheets
from app.document import Document
from app.domain.answer_words import said_of
from app.domain.answers import Proof, Reply, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.edits import answer_rows, answers
from app.domain.ids import ORGANISATION, PersonId, QuestionId, Target
from app.domain.replies import counted_grade
from app.errors import EditError
from app.exchange.answer_table import read_answers, write_template
from app.exchange.paths import read_whole
from app.exchange.prework_reading import is_prework

LEVELS = ("0", "1", "2", "3", "4", "unknown", "na")


@click.command("answer")
@FILE
@click.option("-q", "question", required=True, help="Question id, such as RT-01.")
@click.option("-w", "workflow", help="Workflow (id or exact name).")
@click.option("-s", "source", help="Context source (id or exact name).")
@click.option("-p", "platform", help="Platform (id or exact name).")
@click.option("--level", required=True, type=click.Choice(LEVELS))
@click.option("--grade", type=click.Choice([g.value for g in Grade]), default=Grade.ASSERTED.value)
@click.option(
    "--proof",
    default="",
    help="A title, or title=…; place=…; date=…; seen_by=…; sample=…; result=…; expires=…",
)
@click.option("--by", "by", help="Whose own answer this is; without it, it is the room's.")
@click.option("--reason", default="", help="Why not applicable, or why a confirmed answer changes.")
@click.option("--note", default="")
@AS
def answer_command(
    file: Path,
    question: str,
    workflow: str | None,
    source: str | None,
    platform: str | None,
    level: str,
    grade: str,
    proof: str,
    by: str | None,
    reason: str,
    note: str,
    as_person: str | None,
) -> None:
    """Record one answer: the room's, or with --by one person's own."""
    with writing(file, as_person) as document:
        audit = document.audit
        target = _target(audit, workflow, source, platform)
        said = replace(said_of(level, grade, reason), proof=_proof(proof))
        person = person_id(audit, by) if by else None
        label = f"Answer {question} for {target}"
        document.apply(label, _record, target, QuestionId(question), person, said, note)
        click.echo(_recorded(question, target, level, said))


def _record(
    audit: Audit,
    target: Target,
    question: QuestionId,
    person: PersonId | None,
    said: Said,
    note: str,
) -> Audit:
    """One person's answer, or the room's; with a note both are one step."""
    if person:
        after = answers.say(audit, target, question, person, said)
    else:
        after = answers.settle(audit, target, question, said)
    return answers.note(after, target, question, note) if note else after


def _target(audit: Audit, workflow: str | None, source: str | None, platform: str | None) -> Target:
    given = [word for word in (workflow, source, platform) if word]
    if len(given) > 1:
        raise click.UsageError("Give one of -w, -s and -p.")
    if workflow:
        return Target(workflow_id(audit, workflow))
    if source:
        return Target(source_id(audit, source))
    return Target(platform_id(audit, platform)) if platform else ORGANISATION


def _proof(text: str) -> Proof | None:
    """A plain text is the title; `title=…; place=…` names each part."""
    if not text:
        return None
    parts = [part.strip().partition("=") for part in text.split(";") if part.strip()]
    fields = Proof.__struct_fields__
    if not any(name.strip() in fields and equals for name, equals, _ in parts):
        return Proof(title=text)
    for name, equals, _ in parts:
        if name.strip() not in fields or not equals:
            raise click.UsageError(f"--proof: “{name}” is not one of {', '.join(fields)}.")
    try:
        return msgspec.convert({n.strip(): v.strip() for n, _, v in parts}, Proof, strict=False)
    except msgspec.ValidationError as error:
        raise click.UsageError(f"--proof: {error}.") from None


def _recorded(question: str, target: Target, level: str, said: Said) -> str:
    counted = counted_grade(said, today(), copied=False)
    text = f"{question} for {target}: {level}, {counted.value}."
    if counted is not said.grade and said.proof and said.proof.expires:
        text += f" The proof expires on {said.proof.expires}: it counts for less than it says."
    elif counted is not said.grade and said.reply is Reply.LEVEL:
        text += (
            f" “{said.grade.value}” needs "
            + (
                "title, place, date and seen_by"
                if said.grade is Grade.DOCUMENTED
                else "sample and result"
            )
            + " in --proof; until then it counts as explained."
        )
    return text


@click.command("answers")
@FILE
@click.argument("table", required=False, type=click.Path(path_type=Path))
@click.option("--template", type=click.Path(path_type=Path), help="Write a sheet to fill in.")
@click.option("--for", "for_person", help="Only what this person should answer, 15 at most.")
@AS
def answers_command(
    file: Path,
    table: Path | None,
    template: Path | None,
    for_person: str | None,
    as_person: str | None,
) -> int:
    """Take a table of answers (CSV or XLSX) or a pre-work sheet, or write a sheet to fill in."""
    if (table is None) == (template is None):
        raise click.UsageError("Give a TABLE to take, or --template OUT to write a sheet.")
    if template is not None:
        with reading(file) as (_, audit):
            person = person_id(audit, for_person) if for_person else None
            rows = write_template(audit, template, person=person)
        click.echo(f"Wrote {rows} questions to {template}.")
        return 0
    assert table is not None
    if is_prework(read_whole(table), table.name):
        return take_sheets(file, [table], for_person, as_person, preview=False)
    with writing(file, as_person) as document:
        _take(document, table)
    return 0


def _take(document: Document, table: Path) -> None:
    with progress("Reading answers", 2) as bar:
        read = read_answers(document.audit, table)
        bar.update(1)
        if not read.rows:
            raise EditError(f"No row of {table} holds an answer; nothing was changed.")
        document.apply(f"Take answers from {table.name}", answer_rows.take_answers, read.rows)
        bar.update(1)
    click.echo(f"Took {len(read.rows)} answers from {table}, left out {len(read.skipped)}.")
    for row in read.skipped:
        click.echo(f"  row {row.row}: {row.why}")
