"""A line for each seat: what is typed is read at Enter and from then on in no widget any more."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.ballots import Seat
from app.domain.ids import PersonId
from app.errors import EditError
from app.ui.page import Bench, label
from app.ui.widgets.walk.ballots import seat_name

Read = Callable[[str, Seat], Any]
"""A typed line to what it says; raises EditError naming the seat."""


class SeatLines(QWidget):
    taken = Signal()
    """One more line is under seal."""

    def __init__(self, bench: Bench, read: Read, hint: str) -> None:
        super().__init__()
        self._read = read
        self.seats = bench.room.seats()
        self._values: dict[PersonId, Any] = {}
        self.lines: list[QLineEdit] = []
        self._states: list[QLabel] = []
        self.trouble = label("", "alarm")
        self.trouble.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for row, seat in enumerate(self.seats):
            named = seat_name(bench.desk.audit, seat, bench.words)
            line, state = QLineEdit(), label("", "lead", wrap=False)
            line.setAccessibleName(named)
            line.setPlaceholderText(hint)
            line.returnPressed.connect(lambda n=row: self._take(n))
            title = label(named)
            title.setMinimumWidth(10 * self.fontMetrics().height())
            for column, widget in enumerate((title, line, state)):
                grid.addWidget(widget, row, column)
            self.lines.append(line)
            self._states.append(state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.trouble)
        column.addLayout(grid)
        column.addStretch(1)

    @property
    def values(self) -> Mapping[PersonId, Any]:
        """Person to what their line said; whoever is absent has none."""
        return {p: value for p, value in self._values.items() if value}

    @property
    def left(self) -> int:
        """Seats that have typed nothing yet."""
        return len(self.seats) - len(self._values)

    def start(self) -> None:
        if self.lines:
            self.lines[0].setFocus()

    def _take(self, row: int) -> None:
        line, seat = self.lines[row], self.seats[row]
        try:
            self._values[seat.person] = self._read(line.text(), seat)
        except EditError as error:
            self.trouble.setText(error.sentence)
            self.trouble.show()
            return
        self.trouble.hide()
        # Setting the text, unlike clearing it, leaves nothing to undo.
        line.setText("")
        line.setPlaceholderText("")
        absent, sealed = self.tr("absent"), self.tr("under seal")
        self._states[row].setText(sealed if self._values[seat.person] else absent)
        open_ = [n for n, other in enumerate(self.seats) if other.person not in self._values]
        after = [n for n in open_ if n > row]
        if open_:
            self.lines[(after or open_)[0]].setFocus()
        self.taken.emit()
