"""All questions of one workflow as a table to type answers into."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from app.charts.palette import LEVEL_INKS, LEVELS
from app.domain.answer_words import level_word, said_of
from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade
from app.domain.changes import Change
from app.domain.edits import answers
from app.domain.ids import PersonId, WorkflowId
from app.errors import EditError
from app.ui.models.choices import people
from app.ui.models.columns import Column, Kind
from app.ui.models.reading import Reading
from app.ui.models.records import RecordModel
from app.ui.models.walk.ask import Ask, answer_of
from app.ui.page import Bench, translate

Index = QModelIndex
AskText = Callable[[str, str, Callable[[str], object]], None]
"""A sentence, a text to start from, and what to do with the text that was typed."""
LEVEL = 3
"""Column in which a digit answers."""


class Row(Struct, frozen=True):
    """One answer as the table shows it."""

    level: str = ""
    grade: Grade | None = None
    who: PersonId | None = None
    by: dt.date | None = None
    note: str = ""


class AnswerModel(RecordModel):
    """Rows are questions; the ids join question and target."""

    def __init__(self, bench: Bench, ask_text: AskText, parent: QObject | None = None) -> None:
        self._asks: Mapping[str, Ask] = {}
        self._ask_text, self._words = ask_text, bench.words
        super().__init__(
            bench.desk, bench.look, "answers", self._made_columns(),
            word=translate("answers"), prefix="", parent=parent,
        )  # fmt: skip
        self.adds_rows = False
        self.mode = ""
        self.group: Callable[[Ask], str] = lambda ask: ask.group[1]
        self.target: Callable[[Ask], str] = lambda ask: ask.target

    def _made_columns(self) -> list[Column]:
        tr, kind = translate, Kind
        names = tr("Said"), tr("Explained"), tr("Shown"), tr("Tested")
        grades = {"": "", **{g.value: n for g, n in zip(Grade, names, strict=True)}}
        return [
            Column(tr("Asked under"), show=lambda _a, i: self.group(self._asks[i]), width=150),
            Column(tr("Question"), show=lambda _a, i: self._question(i), width=330),
            Column(tr("About"), show=lambda _a, i: self.target(self._asks[i]), width=120),
            Column(tr("Level"), "level", width=55, tip=tr("0 to 4, ? for not known, na with why")),
            Column(tr("That is"), show=self._means, width=150),
            Column(tr("Backed by"), "grade", kind.CHOICE, lambda _audit: grades, width=95),
            Column(tr("Review"), show=self._review, width=80),
            Column(tr("Who finds out"), "who", kind.CHOICE, people, adds_people=True, width=120),
            Column(tr("By"), "by", kind.DATE, width=90, tip=tr("Year-month-day")),
            Column(tr("Note"), "note", width=220),
        ]

    def show_asks(self, found: Sequence[Ask], mode: str) -> None:
        """The model is reset only where other questions are shown."""
        self.mode = mode
        made = {f"{a.question.id}/{a.source or a.target}": a for a in found}
        same = list(made) == self.ids
        if not same:
            self.beginResetModel()
        self._asks = made
        self.ids = list(made)
        if not same:
            self.endResetModel()
        elif self.ids:
            last = self.index(len(self.ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def show_audit(self) -> None:
        """The page says which questions are asked."""

    def follow(self, changes: Sequence[Change]) -> None:
        """As above."""

    def ask(self, row: int) -> Ask | None:
        return self._asks[self.ids[row]] if 0 <= row < len(self.ids) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and index.column() == LEVEL:
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignCenter)
            level = self._record(self.desk.audit, self.ids[index.row()]).level
            if role == Qt.ItemDataRole.BackgroundRole and level.isdigit():
                return QColor(LEVELS[int(level)])
            if role == Qt.ItemDataRole.ForegroundRole and level.isdigit():
                return QColor(LEVEL_INKS[int(level)])
        return super().data(index, role)

    def remove(self, rows: Sequence[int]) -> bool:  # noqa: ARG002 - questions are the bank's
        return False

    def put_block(self, row: int, column: int, block: Sequence[Sequence[str]]) -> bool:
        """Typed or pasted cells, as one step, by the rules of single answers."""
        audit = self.desk.audit
        self._reading = Reading(audit, sum(map(len, block)))
        wanted: list[tuple[Ask, dict[str, Any]]] = []
        for r, (id_, cells) in enumerate(zip(self.ids[row:], block, strict=False), row):
            fields = self._fields(r, column, cells)
            if "grade" in fields and not fields["grade"]:
                del fields["grade"]
            before = self._record(audit, id_)
            changed = {k: v for k, v in fields.items() if v != getattr(before, k)}
            if "level" in changed:
                try:
                    changed["said"] = _said(changed.pop("level"))
                except EditError as error:
                    self._reading.refuse(r, error.what.rstrip("."), self.columns[LEVEL].title)
            elif fields.get("level") and self._is_open(audit, id_):
                # The same level again: the room agrees with what was proposed.
                changed["said"] = (answer_of(audit, self._asks[id_]) or Answer()).settled
            if changed:
                wanted.append((self._asks[id_], changed))
        taken = bool(wanted) and self._take_with_reasons(wanted)
        self._say(is_taken=taken)
        return taken

    def _take_with_reasons(self, wanted: Sequence[tuple[Ask, Mapping[str, Any]]]) -> bool:
        """Ask for the reasons that are missing, then take all."""
        for ask, fields in wanted:
            said = fields.get("said")
            if said and said.reply is Reply.NOT_APPLICABLE and not said.reason:
                sentence = self.tr("Why does {0} not apply?").format(ask.question.id)
                self._ask_text(sentence, ask.question.na_when, lambda r: self._take(wanted, r))
                return True
            is_said = "said" in fields or "grade" in fields
            if is_said and WorkflowId(ask.target) in self.desk.audit.confirmations:
                name = self.target(ask)
                sentence = self.tr(
                    "The owner confirmed the answers of {0}. Why does this one change?"
                ).format(name)
                self._ask_text(sentence, "", lambda r: self._take(wanted, r))
                return True
        return self._take(wanted, "")

    def _take(self, wanted: Sequence[tuple[Ask, Mapping[str, Any]]], reason: str) -> bool:
        def take(audit: Audit) -> Audit:
            for ask, fields in wanted:
                audit = _taken(audit, ask, fields, self.mode, reason)
            return audit

        first = wanted[0][0].question.id
        more = self.tr(" and {0} more").format(len(wanted) - 1) if len(wanted) > 1 else ""
        return self._apply(self.tr("Answer {0}{1}").format(first, more), take)

    def _has(self, audit: Audit, id_: str) -> bool:  # noqa: ARG002 - the page says what is asked
        return id_ in self._asks

    def _record(self, audit: Audit, id_: str) -> Row:
        ask = self._asks[id_]
        answer = answer_of(audit, ask) or Answer()
        own = audit.answers.get(ask.target, {}).get(ask.question.id, Answer())
        said, task = answer.settled, answer.find_out
        level = "" if said is None else "?" if said.reply is Reply.UNKNOWN else level_word(said)
        return Row(
            level,
            said.grade if said and said.reply is Reply.LEVEL else None,
            task.who if task else None,
            task.by if task else None,
            own.note or answer.note,
        )

    def _kind(self) -> Any:
        return Row

    def _is_open(self, audit: Audit, id_: str) -> bool:
        answer = answer_of(audit, self._asks[id_])
        return answer is not None and answer.review is not Review.AGREED

    def _question(self, id_: str) -> str:
        asked = self._asks[id_].question
        return f"{asked.id}  {asked.text}"

    def _means(self, audit: Audit, id_: str) -> str:
        answer = answer_of(audit, self._asks[id_])
        said = answer.settled if answer else None
        if said is None:
            return ""
        if said.level is not None:
            return audit.bank.level_names[said.level]
        return self._words(f"status.{said.reply.value}") if said.reply is not Reply.ABSTAIN else ""

    def _review(self, audit: Audit, id_: str) -> str:
        answer = answer_of(audit, self._asks[id_])
        return self._words.of(answer.review, "review") if answer else ""


def _said(text: str) -> Said | None:
    """`2`, `?`, `na`, or `na because nobody uses it`; nothing takes the answer back."""
    if not text.strip():
        return None
    word, _, rest = text.strip().partition(" ")
    if word.casefold() in ("na", "n/a", "na:") and rest:
        return said_of("na", reason=rest.removeprefix("because").strip())
    return said_of(text)


def _taken(audit: Audit, ask: Ask, fields: Mapping[str, Any], mode: str, reason: str) -> Audit:
    place = ask.target, ask.question.id
    before = answer_of(audit, ask) or Answer()
    if "said" in fields or "grade" in fields:
        said = fields.get("said", before.settled)
        if said is None and before.settled is not None and ask.kept == ask.target:
            audit = answers.withdraw(audit, *place, reason=reason)
        elif said is not None:
            if "grade" in fields and said.reply is Reply.LEVEL:
                said = replace(said, grade=fields["grade"])
            if said.reply is Reply.NOT_APPLICABLE:
                said = replace(said, reason=said.reason or reason)
            kept = "" if said.reason else reason
            audit = answers.settle(audit, *place, said, mode=mode, reason=kept)
    if "who" in fields or "by" in fields:
        task = before.find_out
        who = fields.get("who", task.who if task else None)
        by = fields.get("by", task.by if task else None)
        audit = answers.ask_to_find_out(audit, *place, who, by)
    if "note" in fields:
        audit = answers.note(audit, *place, fields["note"])
    return audit
