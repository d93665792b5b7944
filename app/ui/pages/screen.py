"""Eight quick replies per workflow, and the lane they lead to."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.desk.walls import screen_wall
from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.edits import records
from app.domain.ids import WorkflowId
from app.domain.landscape import Outcome
from app.domain.wall import Wall
from app.ui.models.lanes import Sorting
from app.ui.models.screening import ScreenModel, is_row
from app.ui.page import Bench, Completeness, Page, Place, button, card, head, label, translate
from app.ui.widgets.filter_line import FilterLine
from app.ui.widgets.screen.lanes import Lanes
from app.ui.widgets.screen.row_clock import RowClock
from app.ui.widgets.screen.table import ScreenTable

OUTCOMES = {"pause": Outcome.PAUSE, "stop": Outcome.STOP}
TWO_MINUTES = 2.0
HINT_FROM = 50
"""Width in heights of a line from which the order of the lanes is said beside their name."""


class ScreenPage(Page):
    key = "screen"
    group = "prepare"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.model = ScreenModel(self.desk, self.words, self)
        self.table = ScreenTable(self.model, self.look, self.tr("Screening replies"))
        self.lanes = Lanes(bench, self._act)
        self.clock = RowClock(self.look)
        self._sorting = Sorting(self.desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 14)
        outer.setSpacing(10)
        outer.addLayout(self._head())
        outer.addWidget(self._prompt())
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.table)
        self.split.addWidget(self._piles())
        self.split.setSizes([330, 230])
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setHandleWidth(10)
        self.split.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.split.setChildrenCollapsible(False)
        outer.addWidget(self.split, 1)
        self.table.moved.connect(self._show_question)

    @staticmethod
    def title() -> str:
        return translate("Screen")

    def _head(self) -> QHBoxLayout:
        row, _, self._lead = head(self.title(), self.tr("Thirty pilots, one hour, four piles."))
        side = QVBoxLayout()
        side.setSpacing(4)
        self.said = label("", "quiet", wrap=False)
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Workflows screened"))
        side.addWidget(self.said)
        side.addWidget(self.bar)
        self.open_only = QCheckBox(self.tr("Not finished only"))
        self.search = FilterLine(self.tr("Filter workflows"))
        self.search.setMaximumWidth(180)
        row.addLayout(side)
        row.addSpacing(10)
        row.addWidget(self.open_only)
        row.addWidget(self.search)
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.open_only.toggled.connect(lambda _on: self._narrow())
        return row

    def _prompt(self) -> QWidget:
        """The question under the keyboard, large enough to read out and to read on the wall."""
        frame, column = card(spacing=2)
        column.setContentsMargins(16, 9, 16, 9)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.question, self.keys = label("", "question"), label("", "quiet")
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self.question)
        texts.addWidget(self.keys)
        row.addLayout(texts, 1)
        row.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        return frame

    def _piles(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        row = QHBoxLayout()
        self.label = label(self.tr("Screened, not assessed"), "heading", wrap=False)
        self._hint = label(
            self.tr("Exposed workflows come first, then by yearly benefit."), "quiet"
        )
        row.addWidget(self.label)
        row.addSpacing(10)
        row.addWidget(self._hint, 1)
        row.addStretch(0)
        for command, text, key in (
            ("audit", self.tr("Audit"), "A"),
            ("pause", self.tr("Pause"), "U"),
            ("stop", self.tr("Stop"), "S"),
        ):
            made = button(f"{text}   {key}", "", self.tr("{0} the chosen workflows").format(text))
            made.clicked.connect(lambda _checked=False, c=command: self.lanes.command(c))
            row.addWidget(made)
        column.addLayout(row)
        column.addWidget(self.lanes, 1)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setVisible(self.width() > HINT_FROM * self.fontMetrics().height())

    # What the lanes ask for.

    def _act(self, command: str, workflows: list[WorkflowId]) -> None:
        """To the audit, or decide; the same key again takes the decision back."""
        if command == "audit":
            self.bench.go(Place("walk", workflow=workflows[0]))
            return
        found = self.desk.audit.workflows
        wanted = OUTCOMES[command]
        taken_back = all(found[w].outcome is wanted for w in workflows)
        outcome = None if taken_back else wanted
        what = (
            found[workflows[0]].name
            if len(workflows) == 1
            else self.words.count("workflow", len(workflows))
        )
        verb = {"pause": self.tr("Pause {0}"), "stop": self.tr("Stop {0}")}[command]
        text = (
            self.tr("Take back: {0}").format(verb.format(what)) if taken_back else verb.format(what)
        )
        self.desk.apply(text, decide, workflows, outcome)

    # Following the audit.

    def show_audit(self) -> None:
        self.model.show_audit()
        self._show_lanes()
        if not self.table.currentIndex().isValid():
            self.table.start()
        self._show_question()

    def take_focus(self) -> None:
        self.table.setFocus()

    def follow(self, changes: Sequence[Change]) -> None:
        self.model.follow(changes)
        if any(c.collection in ("workflows", "screening", "bank", "people") for c in changes):
            self._show_lanes()
        self._show_question()

    def _show_lanes(self) -> None:
        bank = self.desk.audit.bank
        self.lanes.show_lanes(tuple(sorted(bank.lanes, key=lambda lane: lane.show_order)))
        found: Mapping[str, list[WorkflowId]] = self._sorting.lanes()
        for column in self.lanes.columns:
            column.show_ids(found.get(column.lane.id, []))
        done, of = sum(len(ids) for ids in found.values()), self._rows()
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        minutes = round((of - done) * self._minutes())
        self.said.setText(
            self.tr("{0} of {1} screened, about {2} minutes to go").format(done, of, minutes)
            if done < of
            else self.tr("{0} of {1} screened").format(done, of)
        )

    def _rows(self) -> int:
        return sum(is_row(record) for record in self.desk.audit.workflows.values())

    def _minutes(self) -> float:
        modes = (m.minutes for m in self.desk.audit.bank.modes if m.id == "screen")
        return next(modes, TWO_MINUTES)

    def _show_question(self) -> None:
        index, model = self.table.currentIndex(), self.model
        row = self.table.row
        waits = row is not None and model.first_open(row) is not None
        self.clock.follow(model.ids[row] if waits else None, 60 * self._minutes())
        if model.is_reply(index):
            asked = model.questions[index.column() - 1]
            self.question.setText(f"{asked.order}  {asked.text}")
            self.keys.setText(
                self.tr(
                    "Y yes   P partly   N no   ? not known   the next cell follows by itself; "
                    "Backspace goes back, Delete empties, a click goes round"
                )
            )
            return
        if row is None:
            self.question.setText(self.tr("Which pilot comes next?"))
        else:
            name = self.desk.audit.workflows[model.ids[row]].name
            self.question.setText(self.tr("Eight replies about {0}").format(name))
        self.keys.setText(
            self.tr("Type a name in the last row to add a workflow; Enter leads to its replies.")
        )

    def _narrow(self) -> None:
        self.model.narrow(self.search.text(), open_only=self.open_only.isChecked())

    def go_to(self, place: Place) -> None:
        if place.workflow in self.model.ids:
            row = self.model.ids.index(place.workflow)
            self.table.setCurrentIndex(self.model.index(row, self.model.first_open(row) or 1))
            self.table.setFocus()

    def wall(self) -> Wall | None:
        """The question the keyboard stands on, or the first one that is open in its row."""
        row, model = self.table.row, self.model
        if row is None:
            return None
        index = self.table.currentIndex()
        column = index.column() if model.is_reply(index) else model.first_open(row) or 1
        question, workflow = model.questions[column - 1], WorkflowId(model.ids[row])
        return screen_wall(self.desk.audit, workflow, question, self.words)

    def completeness(self) -> Completeness:
        audit = self.desk.audit
        done = sum(
            len(s.replies) >= len(audit.bank.screen)
            and w in audit.workflows
            and is_row(audit.workflows[w])
            for w, s in audit.screening.items()
        )
        return Completeness(done, self._rows())

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            ("Y, P, N, ?", self.tr("Yes, partly, no, not known: the next cell follows")),
            ("Backspace", self.tr("Back to the cell before")),
            ("Del", self.tr("Empty the cell")),
            ("Enter", self.tr("Next workflow; in the last row a new one")),
            ("Ctrl+Enter", self.tr("Name a new workflow")),
            ("A", self.tr("In a lane: to the audit")),
            ("U", self.tr("In a lane: pause, or take it back")),
            ("S", self.tr("In a lane: stop, or take it back")),
        ]


def decide(audit: Audit, workflows: Sequence[WorkflowId], outcome: Outcome | None) -> Audit:
    """The same outcome for all of them."""
    made = [("workflows", (w,), replace(audit.workflows[w], outcome=outcome)) for w in workflows]
    return records.put_all(audit, made)
