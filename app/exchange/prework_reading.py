"""A pre-work sheet that came back: what its person answered, and every cell that cannot be read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from app.domain.answer_words import said_of
from app.domain.answers import Reply, Said
from app.domain.audit import Audit
from app.domain.edits.answer_rows import AnswerRow, only, take_row
from app.domain.ids import PersonId, QuestionId, Target, WorkflowId
from app.errors import EditError, ImportFailed
from app.exchange.inventory.workbook import is_workbook
from app.exchange.prework_sheet import ANSWERS, CONTROL, FIRST_ANSWER, KEY, LISTS, NAME_CELL, SCHEMA
from app.exchange.sheet_book import EMPTY, Rows, SheetBook, SheetCell
from app.exchange.sheet_record import plain

LEVEL, SHOWN, NOTE = range(FIRST_ANSWER, FIRST_ANSWER + len(ANSWERS))
KEY_COLUMN: Final = NOTE + 1
HEADING_ROWS: Final = 20


class Unread(Struct, frozen=True):
    """A cell that is left out, by its address, what stands there, and why."""

    place: str
    text: str
    why: str


class ReturnedSheet(Struct, frozen=True):
    """What one sheet says. Nothing of it is taken yet."""

    file: str
    person: PersonId
    rows: tuple[AnswerRow, ...]
    unread: tuple[Unread, ...]
    blank: int
    """Questions that were not answered."""


def is_prework(data: bytes, file: str) -> bool:
    """A workbook that `prework` wrote. Raises ImportFailed for a damaged one."""
    if not is_workbook(data):
        return False
    with SheetBook(data, file) as book:
        return CONTROL in book.names


def read_prework(
    audit: Audit,
    data: bytes,
    file: str,
    identity: str,
    person: PersonId | None = None,
) -> ReturnedSheet:
    """The answers of a returned sheet, each checked against the audit; nothing is changed.

    They are the person's own and never the room's. `identity` is the audit's, as the sheet was
    written with; `person` is whose sheet it has to be. A row that says nothing is blank; where a
    level cannot be read its note is still taken, where a grade cannot it counts as said. The note
    is the reason where the question does not apply or a confirmed answer changes. Raises
    ImportFailed for a sheet of another audit or person.
    """
    with SheetBook(data, file) as book:
        control = _control(book, file)
        _expect_ours(control, audit, file, identity, person)
        name = next(n for n in book.names if n not in (CONTROL, LISTS))
        rows, lists = book.rows(name), book.texts(LISTS, 4) if LISTS in book.names else []
    whose = PersonId(control["person"][0])
    if _at(rows, NAME_CELL).strip() != control["line"][0].strip():
        raise ImportFailed(
            f"{file} was written for {control['name'][0]} and says another name in {NAME_CELL}; "
            "nothing has been taken. Write a sheet for that person."
        )
    choices = {at: {plain(row[at]): row[at + 1] for row in lists[1:] if row[at]} for at in (0, 2)}
    return _Reading(audit, file, whose, choices[0], choices[2], set(control.get("row", ()))).read(
        rows
    )


class _Reading:
    def __init__(
        self,
        audit: Audit,
        file: str,
        person: PersonId,
        levels: Mapping[str, str],
        grades: Mapping[str, str],
        wanted: set[str],
    ) -> None:
        self.audit, self.file, self.person = audit, file, person
        self.levels, self.grades, self.wanted = levels, grades, wanted
        self.taken: list[AnswerRow] = []
        self.unread: list[Unread] = []
        self.blank = 0

    def read(self, rows: Rows) -> ReturnedSheet:
        seen: dict[str, int] = {}
        for number, cells in _below_heading(rows, self.file):
            key = _cell(cells, KEY_COLUMN).text.strip()
            if key in seen or key not in self.wanted:
                why = f"It repeats row {seen[key]}." if key in seen else "It stands in no question."
                self._leave_row(number, cells, why, is_all=key not in seen)
                continue
            seen[key] = number
            self._row(number, key, cells)
        for key in sorted(self.wanted - seen.keys()):
            self.unread.append(Unread("–", key, "Its row is not in the sheet any more."))
        return ReturnedSheet(
            self.file, self.person, tuple(self.taken), tuple(self.unread), self.blank
        )

    def _leave(self, number: int, column: int, text: str, why: str) -> None:
        self.unread.append(Unread(f"{_letters(column)}{number}", text, why))

    def _leave_row(
        self, number: int, cells: Sequence[SheetCell], why: str, *, is_all: bool
    ) -> None:
        """Whatever somebody typed where nothing is asked."""
        columns = range(len(cells)) if is_all else (LEVEL, SHOWN, NOTE)
        for column in columns:
            text = _cell(cells, column).text.strip()
            if text and column != KEY_COLUMN:
                self._leave(number, column, text, why)

    def _row(self, number: int, key: str, cells: Sequence[SheetCell]) -> None:
        for column in range(KEY_COLUMN + 1, len(cells)):
            if text := _cell(cells, column).text.strip():
                self._leave(number, column, text, "It stands beside the table.")
        level, shown, note = (self._text(number, cells, at) for at in (LEVEL, SHOWN, NOTE))
        said = self._said(number, level, shown)
        if said is None and not note:
            self.blank += not level
            return
        question, _, target = key.partition("/")
        row = AnswerRow(
            number, Target(target), QuestionId(question), said, self.person if said else None, note
        )
        self._take(self._with_reason(row), LEVEL if said else NOTE, level or note)

    def _text(self, number: int, cells: Sequence[SheetCell], column: int) -> str:
        """What a person typed, as it stands; a formula or an error is left out."""
        cell = _cell(cells, column)
        if cell.kind in ("f", "e"):
            what = "a formula" if cell.kind == "f" else "an error of the spreadsheet program"
            self._leave(number, column, cell.text, f"It is {what}; type the answer itself.")
            return ""
        return cell.text.strip()

    def _said(self, number: int, level: str, shown: str) -> Said | None:
        grade = self.grades.get(plain(shown), "")
        if shown and not grade:
            self._leave(number, SHOWN, shown, f"Choose one of: {', '.join(self.grades)}.")
        if not level:
            if grade:
                self._leave(number, SHOWN, shown, "There is no level beside it.")
            return None
        word = self.levels.get(plain(level))
        if word is None:
            self._leave(number, LEVEL, level, f"Choose one of: {', '.join(self.levels)}.")
            return None
        return said_of(word, grade)

    def _with_reason(self, row: AnswerRow) -> AnswerRow:
        if row.said is None:
            return row
        confirmed = WorkflowId(row.target) in self.audit.confirmations
        if row.said.reply is not Reply.NOT_APPLICABLE and not confirmed:
            return row
        # The note says why, so it is not kept twice.
        said = Said(row.said.reply, row.said.level, row.said.grade, reason=row.note)
        return AnswerRow(row.row, row.target, row.question, said, row.by)

    def _take(self, row: AnswerRow, column: int, text: str) -> None:
        try:
            take_row(only(self.audit, row.target), row)
        except EditError as error:
            self._leave(row.row, column, text, error.sentence.replace(" Nothing was changed.", ""))
            note = row.note or (row.said.reason if row.said else "")
            if row.said is not None and note:
                self._leave(row.row, NOTE, note, "It belongs to the answer that is left out.")
        else:
            self.taken.append(row)


def _control(book: SheetBook, file: str) -> dict[str, list[str]]:
    if CONTROL not in book.names:
        raise ImportFailed(
            f"{file} is no pre-work sheet; nothing has been taken. Choose a workbook that "
            "`prework` wrote, or take a table of answers with `answers`."
        )
    found: dict[str, list[str]] = {}
    for row in book.texts(CONTROL, 2):
        found.setdefault(row[0], []).append(row[1])
    if found.get("schema") != [SCHEMA] or not all(k in found for k in ("person", "name", "line")):
        raise ImportFailed(
            f"{file} was written as “{''.join(found.get('schema', []))[:40]}” and this program "
            f"reads {SCHEMA}; nothing has been taken. Read it with the program that wrote it."
        )
    return found


def _expect_ours(
    control: Mapping[str, Sequence[str]],
    audit: Audit,
    file: str,
    identity: str,
    person: PersonId | None,
) -> None:
    if control.get("audit") != [identity]:
        raise ImportFailed(
            f"{file} was written from another audit; nothing has been taken. Read it there, or "
            "write a sheet from this audit."
        )
    whose, name = PersonId(control["person"][0]), control["name"][0]
    if whose not in audit.people:
        raise ImportFailed(
            f"{file} was written for {name}, who is not on record any more; nothing has been "
            "taken. Add the person again, or write a sheet for somebody else."
        )
    if person is not None and whose != person:
        raise ImportFailed(
            f"{file} was written for {name} and not for {audit.people[person].name}; nothing has "
            "been taken. Choose the sheet of the right person."
        )


def _below_heading(rows: Rows, file: str) -> Iterator[tuple[int, Sequence[SheetCell]]]:
    """Rows under the headings with their number in the file."""
    for top, cells in enumerate(rows[:HEADING_ROWS], 1):
        if _cell(cells, KEY_COLUMN).text.strip() == KEY:
            return iter(list(enumerate(rows[top:], top + 1)))
    raise ImportFailed(
        f"{file} has lost the hidden column that says which question a row is, or columns were "
        "moved; nothing has been taken. Use the workbook as the program wrote it."
    )


def _cell(cells: Sequence[SheetCell], at: int) -> SheetCell:
    return cells[at] if at < len(cells) else EMPTY


def _at(rows: Rows, address: str) -> str:
    row, column = int(address[1:]) - 1, ord(address[0]) - ord("A")
    return _cell(rows[row], column).text if row < len(rows) else ""


def _letters(column: int) -> str:
    """A, B … Z, AA: as a spreadsheet names its columns, from 0."""
    name, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
