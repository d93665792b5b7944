"""Two lists beside the gaps: what somebody has to find out, and what has only to be shown."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.audit import Audit
from app.domain.edits import answers
from app.domain.gaps import ToFindOut
from app.domain.ids import PersonId, QuestionId, Target, WorkflowId
from app.ui.models.choices import people
from app.ui.models.gap.words import question_of
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import person_name, short_question, target_name
from app.ui.models.typed import refusal, typed_date
from app.ui.page import Bench, Place, label
from app.ui.widgets.cells import RowsTable

Shown = tuple[WorkflowId, QuestionId]


class RowsTab(QWidget):
    """One sentence, a table, and what is said where it is empty."""

    wanted = Signal(object)
    """A Place."""

    def __init__(self, bench: Bench, lead: str, empty: str) -> None:
        super().__init__()
        self.bench, self.desk, self.words = bench, bench.desk, bench.words
        self.lead, self.empty = label(lead, "lead"), label(empty, "lead")
        self.empty.hide()

    def lay_out(self, table: RowsTable, *above: QWidget) -> None:
        self.table = table
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        for widget in (self.lead, *above, self.empty):
            column.addWidget(widget)
        column.addWidget(table, 1)
        column.addStretch(0)
        self.bench.look.changed.connect(table.scale_rows)

    def show_rows(self, rows: Sequence[object]) -> None:
        self.table.table.show_rows(rows)
        self.empty.setVisible(not rows)
        self.lead.setVisible(bool(rows))
        self.table.setVisible(bool(rows))


class FindOutTab(RowsTab):
    """Questions nobody in the room could answer, each with who finds out by when."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("Nobody in the room knew. Name who finds out, and by when; Enter answers."),
            bench.words("list.empty.find-out"),
        )
        self.model = RowsModel[ToFindOut](
            bench.desk,
            bench.look,
            self._columns(),
            lambda row: f"{row.question}/{row.target}",
            self,
        )
        table = RowsTable(self.model, self.tr("To find out"))
        table.opened.connect(lambda row: self.wanted.emit(self._place(row)))
        self.lay_out(table)

    def _columns(self) -> list[RowColumn]:
        tr = self.tr
        return [
            RowColumn(tr("About"), self._about, 200),
            RowColumn(tr("Who"), self._who, 150, tone=lambda r: "" if r.who else "warn",
                      choices=lambda: people(self.desk.audit), value=lambda r: r.who or "",
                      put=self._put_who),
            RowColumn(tr("By"), self._by, 110, value=lambda r: r.by.isoformat() if r.by else "",
                      put=self._put_by, order=lambda r: (r.by is None, r.by or dt.date.min),
                      tip=tr("Year-month-day")),
            RowColumn(tr("Id"), lambda r: r.question, 70),
            RowColumn(tr("Question"), self._question, 260),
        ]  # fmt: skip

    def _about(self, row: ToFindOut) -> str:
        return target_name(self.desk.audit, row.target, self.words)

    def _who(self, row: ToFindOut) -> str:
        name = person_name(self.desk.audit, row.who, self.words)
        return name or self.words("label.nobody_yet")

    def _by(self, row: ToFindOut) -> str:
        return self.words.short_date(row.by) if row.by else "–"

    def _question(self, row: ToFindOut) -> str:
        question = question_of(self.desk.audit, row.question)
        return question.text if question else str(row.question)

    def _place(self, row: ToFindOut) -> Place:
        own = WorkflowId(row.target)
        workflow = own if own in self.desk.audit.workflows else next(iter(row.workflows), None)
        return Place("walk", workflow=workflow, question=row.question, target=row.target)

    def _put_who(self, rows: Sequence[ToFindOut], text: str) -> bool:
        return self._ask([(r.target, r.question, PersonId(text) or None, r.by) for r in rows])

    def _put_by(self, rows: Sequence[ToFindOut], text: str) -> bool:
        try:
            by = typed_date(text) if text.strip() else None
        except ValueError as error:
            self.desk.failed.emit(refusal(error))
            return False
        return self._ask([(r.target, r.question, r.who, by) for r in rows])

    def _ask(self, asked: list[tuple[Target, QuestionId, PersonId | None, dt.date | None]]) -> bool:
        one = self.tr("Ask somebody to find out {0}").format(asked[0][1])
        many = self.tr("Ask somebody to find out {0} answers").format(len(asked))
        return self.desk.apply(one if len(asked) == 1 else many, ask_all, asked)


def ask_all(
    audit: Audit, asked: Sequence[tuple[Target, QuestionId, PersonId | None, dt.date | None]]
) -> Audit:
    """Who finds out what by when, for several answers."""
    for target, question, who, by in asked:
        audit = answers.ask_to_find_out(audit, target, question, who, by)
    return audit


class ToShowTab(RowsTab):
    """Go-live conditions that were said and have only to be shown."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(
            bench,
            self.tr("The level is reached and nobody has shown it. Bring this, and it is met."),
            self.tr("Nothing to show: no go-live condition rests on words alone."),
        )
        self.model = RowsModel[Shown](bench.desk, bench.look, self._columns(), "/".join, self)
        table = RowsTable(self.model, self.tr("To show"))
        table.opened.connect(
            lambda r: self.wanted.emit(Place("walk", workflow=r[0], question=r[1]))
        )
        self.lay_out(table)

    def _columns(self) -> list[RowColumn]:
        tr = self.tr
        return [
            RowColumn(tr("Workflow"), self._workflow, 200),
            RowColumn(tr("Owner"), self._owner, 140),
            RowColumn(tr("Condition"), self._condition, 190),
            RowColumn(tr("What to show"), self._evidence, 260),
        ]

    def _workflow(self, row: Shown) -> str:
        return target_name(self.desk.audit, row[0], self.words)

    def _owner(self, row: Shown) -> str:
        record = self.desk.audit.workflows.get(row[0])
        return person_name(self.desk.audit, record.owner if record else None, self.words)

    def _condition(self, row: Shown) -> str:
        return f"{short_question(self.desk.audit.bank, row[1], self.words)} ({row[1]})"

    def _evidence(self, row: Shown) -> str:
        question = question_of(self.desk.audit, row[1])
        return (question.evidence or question.text) if question else ""
