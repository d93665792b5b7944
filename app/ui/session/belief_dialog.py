"""Where the room thinks failures come from: 100 points a seat, sealed until all are in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ballots import WHOLE, Seat, read_points
from app.domain.edits.votes import cast_beliefs, cast_beliefs_by_seat
from app.ui.page import Bench, button, label, scrolled
from app.ui.widgets.risk.belief import BeliefCard
from app.ui.widgets.walk.seat_lines import SeatLines


def run_belief(parent: QWidget, bench: Bench) -> "BeliefDialog":
    dialog = BeliefDialog(parent, bench)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    dialog.lines.start()
    return dialog


class BeliefDialog(QDialog):
    """Points are held here until they are revealed and nowhere else."""

    def __init__(self, parent: QWidget | None, bench: Bench) -> None:
        super().__init__(parent)
        self._bench, self._desk, self._room = bench, bench.desk, bench.room
        self.setWindowTitle(self.tr("Belief vote"))
        self.resize(820, 600)
        self._categories = [c.id for c in self._desk.audit.bank.categories]
        titles = bench.words.listing(c.title for c in self._desk.audit.bank.categories)
        self.says = label(
            self.tr(
                "Where do failures come from? {0} points a seat over {1}, in this order."
            ).format(WHOLE, titles)
        )
        self.lines = SeatLines(bench, self._read, self.tr("40 30 20 10, or - for absent"))
        self.state = label("", "lead")
        self.reveal = button(self.tr("Reveal"), "primary")
        self.away = button(self.tr("Give up"))
        self.result = BeliefCard(bench)
        self.result.hide()
        self.typing = scrolled(self.lines, self.tr("Seats"))
        self._lay_out()
        self.lines.taken.connect(self._show_state)
        self.reveal.clicked.connect(self.cast)
        self.away.clicked.connect(self.reject)
        bench.desk.figures_changed.connect(self._show_result)
        bench.desk.opened.connect(self.reject)
        self._show_state()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        foot.addWidget(self.away)
        foot.addWidget(self.reveal)
        for made in (self.away, self.reveal):
            made.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.says)
        column.addWidget(self.typing, 1)
        column.addWidget(self.result)
        column.addStretch(0)
        column.addLayout(foot)

    def _read(self, line: str, seat: Seat) -> object:
        return read_points(line, self._categories, seat)

    def _show_state(self) -> None:
        left, many = self.lines.left, len(self.lines.seats)
        if not many:
            self.state.setText(self.tr("Nobody here has a seat, so no vote can be typed."))
        else:
            self.state.setText(self.tr("{0} of {1} are in.").format(many - left, many))
        is_done = not left and bool(self.lines.values)
        self.reveal.setEnabled(is_done)
        if is_done:
            self.reveal.setFocus()

    def cast(self) -> None:
        """One edit for the whole round, by seat where the session keeps votes so."""
        audit, session = self._desk.audit, self._room.session
        text, points = self.tr("Belief vote"), dict(self.lines.values)
        if session and audit.sessions[session].by_seat:
            name = lambda number: self._bench.words("session.seat", number=number)  # noqa: E731
            seats = self.lines.seats
            done = self._desk.apply(text, cast_beliefs_by_seat, session, points, seats, name)
        else:
            done = self._desk.apply(text, cast_beliefs, points)
        if done:
            self.typing.hide()
            self.reveal.hide()
            self.away.setText(self.tr("Close"))
            self.away.setFocus()
            self.state.setText(self.tr("Kept. It stands on Risk beside the evidence, too."))
            self._show_result()

    def _show_result(self) -> None:
        if not self.typing.isHidden() or not self._desk.is_open:
            return
        found = self._desk.portfolio
        self.result.show_figures(self._desk.audit, found)
        if self.result.isHidden():
            self.state.setText(
                self.tr("Kept. Too little has been answered to set it against the evidence yet.")
            )
