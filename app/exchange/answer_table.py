"""Answers as a table: what is on record out, a sheet to fill in out, and what people filled in."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from app.domain.answer_words import LEVELS, NOT_APPLICABLE, UNKNOWN, level_word, said_of
from app.domain.answers import Answer, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade, Question
from app.domain.edits.answer_rows import AnswerRow, only, take_row
from app.domain.ids import PersonId, QuestionId, Target
from app.domain.prework import share_of, unsettled
from app.errors import EditError
from app.exchange.answer_places import Names, is_own, place_cells, resolve
from app.exchange.answer_sheet import Cells, read_cells, write_cells

HEADER = ("workflow", "source", "question", "level", "grade", "by", "reason", "note")
OWN = "own"
"""A ninth column, written only where needed: this workflow's own answer to a platform question."""
HELP = ("asks", *(f"level {level}" for level in LEVELS))
NEEDED = ("question", "level")
YES = ("yes", "y", "x", "1", "true", OWN)
CHOICES = {
    "level": (*LEVELS, UNKNOWN, NOT_APPLICABLE),
    "grade": tuple(grade.value for grade in Grade),
}


class Skipped(Struct, frozen=True):
    row: int
    why: str


class AnswerTable(Struct, frozen=True):
    """Rows that may be taken, rows that may not with the reason, and how many were not filled."""

    rows: tuple[AnswerRow, ...]
    skipped: tuple[Skipped, ...]
    blank: int


def read_answers(audit: Audit, path: Path) -> AnswerTable:
    """A table of answers, CSV or XLSX, with every row checked against the audit.

    Columns by name, in any order: HEADER, and OWN where a platform question is answered for one
    workflow alone. `workflow` and `source` are ids or exact names; `workflow` may also name a
    platform; both empty is the organisation. A platform question on the row of a workflow is
    answered for its platform, a question for the organisation always for the organisation, and a
    source question on the row of a workflow for its only source. A row without level and note was
    not filled in. The first of two rows about the same thing counts. Raises ImportFailed.
    """
    names = Names(audit)
    questions = {q.id: q for q in audit.bank.questions}
    rows: list[AnswerRow] = []
    skipped: list[Skipped] = []
    blank = 0
    seen: dict[tuple[Target, QuestionId, PersonId | None], int] = {}
    for number, cells in read_cells(path, NEEDED):
        if not (cells["level"] or cells["note"]):
            blank += 1
            continue
        try:
            row = _row(names, questions, number, cells)
            take_row(only(audit, row.target), row)
        except EditError as error:
            skipped.append(Skipped(number, str(error).replace(" Nothing was changed.", "")))
            continue
        key = (row.target, row.question, row.by)
        if seen.setdefault(key, number) != number:
            skipped.append(Skipped(number, f"Row {seen[key]} already answers this."))
        else:
            rows.append(row)
    return AnswerTable(tuple(rows), tuple(skipped), blank)


def write_answers(audit: Audit, path: Path) -> int:
    """Every settled and individual answer, CSV or XLSX; gives the number of rows.

    Targets by id, questions in bank order, the room before the people. Left out are proposals,
    which a table cannot tell from what was agreed, and proofs. Raises ExportFailed.
    """
    names = Names(audit)
    order = {q.id: n for n, q in enumerate(audit.bank.questions)}
    rows: list[list[str]] = []
    owned = False
    for target, group in sorted(audit.answers.items()):
        for question in sorted(group, key=lambda q: (order.get(q, len(order)), q)):
            own = is_own(audit, target, question)
            owned = owned or own
            place = place_cells(names, target)
            for by, said, note in _replies(names, group[question]):
                level = level_word(said) if said else ""
                grade, reason = (said.grade.value, said.reason) if said else ("", "")
                rows.append([*place, question, level, grade, by, reason, note, "yes" * own])
    width = len(HEADER) + owned
    return write_cells(path, (*HEADER, OWN)[:width], [row[:width] for row in rows], {})


def write_template(audit: Audit, path: Path, *, person: PersonId | None = None) -> int:
    """A sheet to fill in, CSV or XLSX; gives the number of rows.

    Everything that still has to be asked, or for one person at most 15 questions of the person's
    area. The question and the wording of its levels stand to the right. Raises ExportFailed, and
    EditError where nothing is meant for the person.
    """
    names = Names(audit)
    by = names.label("people", person) if person else ""
    asked = share_of(audit, person) if person else unsettled(audit)
    rows = (
        [*place_cells(names, a.target), a.question.id, "", "", by, "", "", *_help(a.question)]
        for a in asked
    )
    return write_cells(path, (*HEADER, *HELP), rows, CHOICES)


def _help(question: Question) -> tuple[str, ...]:
    return (question.text, *question.levels)


def _row(
    names: Names, questions: dict[QuestionId, Question], number: int, cells: Cells
) -> AnswerRow:
    question = questions.get(QuestionId(cells["question"]))
    if question is None:
        raise EditError(f"The bank has no question “{cells['question']}”.")
    own = cells[OWN].casefold() in YES
    target = resolve(names, question, cells["workflow"], cells["source"], own=own)
    by = PersonId(names.find("people", cells["by"])) if cells["by"] else None
    level = cells["level"]
    said = said_of(level, cells["grade"], cells["reason"]) if level else None
    return AnswerRow(number, target, question.id, said, by, cells["note"])


def _replies(names: Names, answer: Answer) -> Iterator[tuple[str, Said | None, str]]:
    """The room's reply, then each person's; the note stands in the first row."""
    note = answer.note
    if answer.settled and answer.review is not Review.PROPOSED:
        yield "", answer.settled, note
        note = ""
    for person, said in sorted(answer.individual.items()):
        yield names.label("people", person), said, note
        note = ""
    if note:
        yield "", None, note
