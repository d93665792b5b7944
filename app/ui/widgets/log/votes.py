"""Revealed votes, read only: dots by role, median and range, and where we disagreed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.charts.scene import Scene
from app.charts.votes import vote_chart
from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.disagreement import Disagreement, disagreements, role_of
from app.domain.ids import QuestionId, VoteId
from app.domain.replies import active_cases
from app.domain.tally import polls
from app.domain.workshop import Vote
from app.ui.models.log.votes import ApartRow, PollRow, apart_row, poll_row, round_of
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import question_text
from app.ui.page import Bench, Place, card, label, scrolled
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.chart_panel import ChartPanel

VOTED = ("votes", "people", "sessions", "bank")
SAID = ("answers", "people", "workflows", "links", "bank")


class VotesTab(QWidget):
    wanted = Signal(object)
    """A Place."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk, self._words = bench.desk, bench.words
        self.model = RowsModel[PollRow](
            bench.desk, bench.look, self._poll_columns(), lambda r: r.key, self
        )
        self.table = RowsTable(self.model, self.tr("Votes"))
        self.apart = RowsModel[ApartRow](
            bench.desk, bench.look, self._apart_columns(), lambda r: r.key, self
        )
        self.apart_table = RowsTable(self.apart, self.tr("Where we disagreed"))
        self.apart_said = label("", "lead")
        self.empty = label(
            self.tr(
                "Nothing was voted on yet. A vote (V on Walk the flow) is sealed until it is "
                "revealed, and stands here from then on."
            ),
            "lead",
        )
        self.question, self.place = label("", "heading"), label("", "quiet")
        self.chart = ChartPanel(bench.look)
        self.chart.view.viewport().setAccessibleName(self.tr("Votes by role"))
        self._lay_out()
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self._open_poll)
        self.apart_table.opened.connect(
            lambda row: self.wanted.emit(Place("walk", question=row.found.question))
        )
        for table in (self.table, self.apart_table):
            bench.look.changed.connect(table.scale_rows)

    def _poll_columns(self) -> list[RowColumn]:
        tr = self.tr
        return [
            RowColumn(tr("Question"), lambda r: f"{r.poll.question}  {r.question}", 180),
            RowColumn(tr("About"), lambda r: r.target, 130),
            RowColumn(tr("Rounds"), lambda r: str(len(r.poll.rounds)), 65),
            RowColumn(tr("Last round"), lambda r: r.said, 160),
            RowColumn(tr("Session"), lambda r: r.session, 60),
        ]

    def _apart_columns(self) -> list[RowColumn]:
        tr = self.tr
        return [
            RowColumn(tr("Question"), lambda r: r.question, 235),
            RowColumn(tr("Higher"), lambda r: r.upper, 150),
            RowColumn(tr("Lower"), lambda r: r.lower, 150),
            RowColumn(
                tr("Places"), lambda r: str(r.found.targets), 50,
                order=lambda r: r.found.targets, tip=tr("Workflows, platforms and sources"),
            ),
        ]  # fmt: skip

    def _lay_out(self) -> None:
        lists = QSplitter(Qt.Orientation.Vertical)
        for widgets in (
            (label(self.tr("Revealed votes"), "heading"), self.empty, self.table),
            (label(self.tr("Where we disagreed"), "heading"), self.apart_said, self.apart_table),
        ):
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            for widget in widgets:
                column.addWidget(widget, int(isinstance(widget, RowsTable)))
            lists.addWidget(part)
        frame, inner = card()
        inside = QWidget()
        inside.setObjectName("inside")
        inside.setStyleSheet("QWidget#inside { background: transparent; }")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        for widget in (self.question, self.place, self.chart):
            column.addWidget(widget)
        column.addStretch(1)
        area = scrolled(inside, self.tr("Rounds of the vote"))
        area.setStyleSheet("QScrollArea { background: transparent; }")
        inner.addWidget(area)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(lists)
        whole.addWidget(frame)
        whole.setSizes([610, 460])
        for split in (lists, whole):
            split.setHandleWidth(12)
            split.setStyleSheet("QSplitter::handle { background: transparent; }")
            split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 10, 0, 0)
        outer.addWidget(whole, 1)

    # Following the audit.

    def show_audit(self) -> None:
        self._show_votes()
        self._find_apart()

    def follow(self, changes: Sequence[Change]) -> None:
        if any(c.collection in VOTED for c in changes):
            self._show_votes()
        if any(c.collection in SAID for c in changes):
            self._find_apart()

    def _show_votes(self) -> None:
        audit = self._desk.audit
        self.model.show_rows([poll_row(audit, poll, self._words) for poll in polls(audit)])
        self.empty.setVisible(not self.model.rows)
        if self.model.rows and self.table.current_row is None:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_chosen()

    def _find_apart(self) -> None:
        """All answers of all workflows are compared, so a worker does it."""
        audit, today = self._desk.audit, self._desk.today()

        def work() -> tuple[Audit, tuple[Disagreement, ...]]:
            cases = active_cases(audit, today)
            return audit, disagreements(audit, cases, lambda p: role_of(audit, p))

        self.apart_said.setText(self.tr("Comparing what people said…"))
        self._desk.jobs.run("disagreements", work, self._show_apart, self._fail)

    def _show_apart(self, found: tuple[Audit, tuple[Disagreement, ...]]) -> None:
        audit, apart = found
        self.apart.show_rows([apart_row(audit, one) for one in apart])
        some = self.tr("{0} questions on which two sides are two levels or more apart.")
        none = self.tr("No two sides are two levels apart on any question.")
        self.apart_said.setText(some.format(len(apart)) if apart else none)

    def _fail(self, error: Exception) -> None:
        raise error

    # Choosing.

    def show_record(self, id_: str) -> None:
        vote = self._desk.audit.votes.get(VoteId(id_))
        if vote:
            self.table.show_row(f"{vote.question}/{vote.target}")

    def _show_chosen(self) -> None:
        row: PollRow | None = self.table.current_row
        self.chart.setVisible(row is not None)
        self.place.setVisible(row is not None)
        if row is None:
            self.question.setText(self.tr("Choose a vote to see its rounds."))
            return
        audit = self._desk.audit
        title = question_text(audit.bank, QuestionId(row.poll.question))
        self.question.setText(title)
        self.place.setText(f"{row.poll.question}, {row.target}")
        rounds = [round_of(audit, vote) for _, vote in row.poll.rounds]
        names, words = audit.bank.level_names, self._words

        def make(space: float) -> Scene:
            return vote_chart(title, rounds, names, words, space)

        self.chart.show_chart(make)

    @property
    def last_vote(self) -> Vote | None:
        """The last round of the chosen question."""
        row: PollRow | None = self.table.current_row
        return row.poll.last if row else None

    def _open_poll(self, row: PollRow) -> None:
        poll = row.poll
        self.wanted.emit(Place("walk", question=poll.question, target=poll.target))
