"""What moved between two moments: figures in cards, and the lists behind them."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.charts.slope import slope
from app.domain.compare import AnswerChange
from app.domain.gaps import Gap
from app.domain.ids import WorkflowId
from app.domain.movement import Move
from app.ui.models.gap.traits import SEVERITY_TONES
from app.ui.models.gap.words import gap_at, question_of
from app.ui.models.history.moves import Compared, GapMove, record_moves
from app.ui.models.history.promises import (
    day90_text,
    place_of_promise,
    promise_columns,
    promise_rows,
)
from app.ui.models.history.words import (
    conditions_text,
    gap_answer,
    met_text,
    relative_text,
    slope_rows,
    state_text,
    stood_text,
)
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import target_name
from app.ui.page import Bench, Place, card, label, scrolled
from app.ui.style import STATE_TONES
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.chart_panel import ChartPanel
from app.ui.widgets.chips import WrapLayout
from app.ui.widgets.tabs import tabbed

WRAPPED = 40
"""Up to so many workflows rows may be taller than a line."""

ROOM = 10
"""Pixels between the lines of two such rows."""


class ComparePane(QWidget):
    """Filled by `show_result`; rows lead to the answer they stand for."""

    wanted = Signal(object)
    """A Place."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._words = bench, bench.words
        self._result: Compared | None = None
        self._cards: dict[str, tuple[QFrame, QLabel]] = {}
        self._row = WrapLayout()
        self._rewrap = QTimer(self)
        self._rewrap.setSingleShot(True)
        self._rewrap.setInterval(0)
        self._rewrap.timeout.connect(lambda: self._wrap(len(self.moves.table.rows)))
        self._row.setSpacing(8)
        for name, title in (
            ("answers", self.tr("answers changed")),
            ("closed", self.tr("gaps closed")),
            ("opened", self.tr("gaps opened")),
            ("states", self.tr("states moved")),
            ("still", self.tr("workflows unmoved")),
        ):
            self._add_card(name, title)
        self.first = label("", "heading")
        self.tabs = tabbed(self.tr("What changed"))
        self._make_tables()
        self.moves.horizontalHeader().sectionResized.connect(lambda *_: self._rewrap.start())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.first)
        column.addLayout(self._row)
        column.addWidget(self.tabs, 1)

    def _add_card(self, name: str, title: str) -> None:
        frame, column = card(spacing=0)
        column.setContentsMargins(12, 5, 12, 5)
        row = QHBoxLayout()
        row.setSpacing(7)
        figure = label("–", "figure", wrap=False)
        row.addWidget(figure)
        row.addWidget(label(title, "quiet", wrap=False))
        column.addLayout(row)
        self._cards[name] = frame, figure
        self._row.addWidget(frame)

    def _make_tables(self) -> None:
        tr = self.tr
        self.moves = self._table(tr("States and risk"), self._move_columns(), lambda m: m.workflow)
        self.gaps = self._table(tr("Gaps"), self._gap_columns(), lambda m: m.gap.key)
        self.answers = self._table(
            tr("Answers"), self._answer_columns(), lambda a: f"{a.question}/{a.target}"
        )
        self.records = self._table(
            tr("Everything else"), self._record_columns(), lambda r: f"{r.record}/{r.what}"
        )
        name = tr("Promises")
        columns = promise_columns(lambda: self._result, self._words)
        self.promises = self._table(name, columns, lambda p: p.key)
        self.promises.opened.connect(
            lambda p: self.wanted.emit(place_of_promise(self._bench.desk.audit, p))
        )
        go = self.wanted.emit
        # Padding of the style sheet is not counted when the height of wrapped rows is.
        self.moves.setStyleSheet("")
        self.moves.opened.connect(lambda m: go(Place("walk", workflow=m.workflow)))
        self.gaps.opened.connect(lambda m: go(self._place_of_gap(m.gap)))
        self.answers.opened.connect(lambda a: go(self._place_of_answer(a)))

        self.slope = ChartPanel(self._bench.look)
        for part in (self.slope.view, self.slope.view.viewport()):
            part.setAccessibleName(tr("Before and after"))
        self.slope.view.chosen.connect(lambda key: go(Place("walk", workflow=WorkflowId(key))))
        area = scrolled(self.slope, tr("Before and after"))
        # A bar that comes and goes with the height would change the width the chart is drawn for.
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.tabs.addTab(area, tr("Before and after"))

    def _table(self, name: str, columns: list[RowColumn], key: object) -> RowsTable:
        model = RowsModel(self._bench.desk, self._bench.look, columns, key, self)
        table = RowsTable(model, name)
        self.tabs.addTab(table, name)
        self._bench.look.changed.connect(table.scale_rows)
        return table

    # Columns.

    def _move_columns(self) -> list[RowColumn]:
        tr, words = self.tr, self._words
        against = tr("Against a typical deployment, which is 1.0, with its range")
        return [
            RowColumn(tr("Workflow"), lambda m: m.name, 136),
            RowColumn(tr("State"), self._state, 174, tone=lambda m: _state_tone(m.after)),
            RowColumn(tr("Conditions"), met_text, 104, tip=tr("Go-live conditions met")),
            RowColumn(tr("Against typical before"), lambda m: relative_text(m.before, words), 150,
                      tip=against),
            RowColumn(tr("Against typical now"), lambda m: relative_text(m.after, words), 130,
                      tip=against),
            RowColumn(tr("Conditions behind"), self._conditions, 150),
        ]  # fmt: skip

    def _gap_columns(self) -> list[RowColumn]:
        tr = self.tr
        return [
            RowColumn(tr("What"), self._gap_kind, 90, tone=lambda m: _GAP_TONES[m.kind]),
            RowColumn(tr("Severity"), lambda m: self._words(f"severity.{m.gap.severity}"), 80,
                      tone=lambda m: SEVERITY_TONES[m.gap.severity][0]),
            RowColumn(tr("Where"), lambda m: self._target(m.gap.target), 160),
            RowColumn(tr("Gap"), self._gap_text, 260),
            RowColumn(tr("Before"), lambda m: self._gap_answer(m, last=False), 150),
            RowColumn(tr("Now"), lambda m: self._gap_answer(m, last=True), 150),
        ]  # fmt: skip

    def _answer_columns(self) -> list[RowColumn]:
        tr = self.tr
        return [
            RowColumn(tr("Id"), lambda a: a.question, 70),
            RowColumn(tr("About"), lambda a: self._target(a.target), 160),
            RowColumn(tr("Before"), lambda a: self._stood(a, last=False), 200),
            RowColumn(tr("Now"), lambda a: self._stood(a, last=True), 200),
            RowColumn(tr("Question"), self._question, 260),
        ]

    def _record_columns(self) -> list[RowColumn]:
        tr = self.tr
        return [
            RowColumn(tr("Record"), lambda r: r.record, 190),
            RowColumn(tr("What changed"), lambda r: r.what, 190),
            RowColumn(tr("Before"), lambda r: r.before, 170),
            RowColumn(tr("Now"), lambda r: r.after, 170),
        ]

    # Showing.

    def show_result(self, result: Compared) -> None:
        self._result = result
        found = result.movement
        gaps = [
            *(GapMove("closed", g) for g in found.closed),
            *(GapMove("said", g) for g in found.said),
            *(GapMove("withdrawn", g) for g in found.withdrawn),
            *(GapMove("opened", g) for g in found.opened),
            *(GapMove("left_out", g) for g in found.left_out),
        ]
        records = record_moves(result.before, result.after, found.comparison, self._words)
        promises = promise_rows(result, self._words)
        self.first.setText(day90_text(result.kept, self._words))
        for table, rows in (
            (self.moves, found.moves),
            (self.gaps, gaps),
            (self.answers, found.comparison.answers),
            (self.records, records),
            (self.promises, promises),
        ):
            table.table.show_rows(rows)
        self._wrap(len(found.moves))
        rows = slope_rows(found.moves, self._words)
        titles = self.tr("Before"), self.tr("Now")
        self.slope.show_chart(lambda space: slope(rows, titles, self._words, space))
        states = [move for move in found.moves if move.has_other_state]
        for name, figure in (
            ("answers", len(found.comparison.answers)),
            ("closed", len(found.closed)),
            ("opened", len(found.opened)),
            ("states", len(states)),
            ("still", found.still),
        ):
            self._cards[name][1].setText(self._words.figure(figure))
        answers = len(found.comparison.answers)
        self._name_tabs(len(found.moves), len(gaps), answers, len(records), len(promises))

    def _wrap(self, count: int) -> None:
        """A few workflows show all conditions behind; many stay one line each."""
        self.moves.setWordWrap(count <= WRAPPED)
        if count <= WRAPPED:
            self.moves.resizeRowsToContents()
            for row in range(count):
                self.moves.setRowHeight(row, self.moves.rowHeight(row) + ROOM)

    def _name_tabs(self, *counts: int) -> None:
        for place, count in enumerate(counts):
            name = self.tabs.widget(place).accessibleName()
            self.tabs.setTabText(place, f"{name}  {count:,}")

    # Cells.

    def _state(self, move: Move) -> str:
        now = state_text(move.after, self._words)
        if not move.has_other_state:
            return now
        return f"{state_text(move.before, self._words)} → {now}"

    def _conditions(self, move: Move) -> str:
        return conditions_text(self._result.after, move, self._words) if self._result else ""

    def _target(self, target: str) -> str:
        if self._result is None:
            return target
        name = target_name(self._result.after, target, self._words)
        return target_name(self._result.before, target, self._words) if name == target else name

    def _gap_kind(self, move: GapMove) -> str:
        names = {
            "closed": self.tr("closed"),
            "opened": self.tr("opened"),
            "said": self.tr("said, not shown"),
            "withdrawn": self.tr("answer withdrawn"),
            "left_out": self.tr("left out"),
        }
        return names[move.kind]

    def _gap_text(self, move: GapMove) -> str:
        for audit in (self._result.after, self._result.before) if self._result else ():
            if question := question_of(audit, move.gap.question):
                return question.gap or question.text
        return move.gap.question

    def _gap_answer(self, move: GapMove, *, last: bool) -> str:
        if self._result is None:
            return ""
        audit = self._result.after if last else self._result.before
        return gap_answer(audit, move.gap, self._words)

    def _stood(self, change: AnswerChange, *, last: bool) -> str:
        if self._result is None:
            return ""
        audit = self._result.after if last else self._result.before
        return stood_text(audit, change.after if last else change.before, self._words)

    def _question(self, change: AnswerChange) -> str:
        question = question_of(self._result.after, change.question) if self._result else None
        return question.text if question else str(change.question)

    def _place_of_gap(self, gap: Gap) -> Place:
        return gap_at(self._bench.desk.audit, gap)

    def _place_of_answer(self, change: AnswerChange) -> Place:
        own = WorkflowId(change.target)
        workflow = own if own in self._bench.desk.audit.workflows else None
        return Place("walk", workflow=workflow, question=change.question, target=change.target)


_GAP_TONES = {
    "closed": "good",
    "said": "",
    "withdrawn": "second",
    "opened": "alarm",
    "left_out": "second",
}


def _state_tone(found: object) -> str:
    return STATE_TONES[found.state.value][0] if found else "second"
