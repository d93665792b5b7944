"""Typing ballots: one sign per seat in a row, or the keyboard passed round and nothing seen."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.audit import Audit
from app.domain.ballots import SIGNS, Seat
from app.errors import PlumblineError
from app.ui.page import Bench, label, translate
from app.ui.widgets.walk.seats import SEALED, SeatFace, SeatRow
from app.words import Words

BLANKS = " \t,;"
"""What may stand between two signs."""


def seat_name(audit: Audit, seat: Seat, words: Words) -> str:
    """`Seat 3, Store manager`: never who sits there."""
    role = audit.people[seat.person].role
    named = words("session.seat", number=seat.number)
    return f"{named}, {role}" if role else named


class BallotEntry(QWidget):
    """Whatever was typed is in no widget any more once it is under seal."""

    done = Signal()
    """All that was to be typed is under seal."""
    counted = Signal()
    """One more seat is under seal."""
    left = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk, self._room, self._words = bench.desk, bench.room, bench.words
        self.turn: int | None = None
        """Place of the seat that has the keyboard, where it is passed round."""
        self.seats, self.line = SeatRow(bench.look), QLineEdit()
        self.line.setMaxLength(120)
        self.trouble = label("", "alarm")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        for widget in (self.seats, self.line, self.trouble):
            column.addWidget(widget)
        self.line.textEdited.connect(lambda _text: self._typed())
        self.line.returnPressed.connect(self._take)
        self.line.installEventFilter(self)

    # What is typed.

    def type_row(self) -> None:
        """All seats in one line."""
        self._begin(None, QLineEdit.EchoMode.Normal)

    def pass_round(self) -> None:
        """From the first seat that has not voted on."""
        sealed = self._room.sealed
        voted = sealed.ballots if sealed else {}
        left = [n for n, seat in enumerate(self._room.seats()) if seat.person not in voted]
        self._begin(left[0] if left else 0, QLineEdit.EchoMode.Password)

    def show_sealed(self) -> None:
        """Nothing can be typed; the boxes say who has voted."""
        self.forget()
        self.line.hide()
        self._show_seats()

    def forget(self) -> None:
        """Setting the text, unlike clearing it, leaves nothing to undo."""
        self.line.setText("")
        self.turn = None
        self.trouble.hide()

    def _begin(self, turn: int | None, echo: QLineEdit.EchoMode) -> None:
        self.forget()
        self.turn = turn
        self.line.setEchoMode(echo)
        self._name_line()
        self.line.setVisible(bool(self._room.seats()))
        self._show_seats()
        self.line.setFocus()

    def _name_line(self) -> None:
        tr, seat = self.tr, self.seat
        if seat is None:
            many = tr("A sign for each of {0} seats: 0 to 4, ? / -")
            self.line.setPlaceholderText(many.format(len(self._room.seats())))
            self.line.setAccessibleName(tr("Votes in seating order"))
        else:
            self.line.setPlaceholderText(tr("Your sign, then Enter"))
            named = seat_name(self._desk.audit, seat, self._words)
            self.line.setAccessibleName(tr("Sign of {0}").format(named))
        self.line.setToolTip(tr("0 to 4, ? for don't know, / for an abstention, - for absent"))

    @property
    def seat(self) -> Seat | None:
        """Who has the keyboard, where it is passed round."""
        return self._room.seats()[self.turn] if self.turn is not None else None

    def _typed(self) -> None:
        self.trouble.hide()
        self._show_seats()

    def _take(self) -> None:
        """Enter: seal the row, or the sign of one seat."""
        turn, seat, text = self.turn, self.seat, self.line.text()
        try:
            if seat is None:
                self._room.type_line(text)
            else:
                self._room.type_one(seat, text)
        except PlumblineError as error:
            if seat is not None:
                self.line.setText("")
            self.trouble.setText(error.sentence)
            self.trouble.show()
            self._show_seats()
            return
        self.line.setText("")
        if turn is not None and turn + 1 < len(self._room.seats()):
            self._begin(turn + 1, QLineEdit.EchoMode.Password)
            self.counted.emit()
        else:
            self.done.emit()

    # Showing.

    def refresh(self) -> None:
        """People have come or gone."""
        if self.turn is not None and self.turn >= len(self._room.seats()):
            self.forget()
        self._name_line()
        self._show_seats()

    def _show_seats(self) -> None:
        """Signs stand in the boxes while a row is typed; under seal only who has voted."""
        audit, seats, is_row = self._desk.audit, self._room.seats(), self.turn is None
        typed = [s for s in self.line.text() if s not in BLANKS] if is_row else []
        is_typing = not self.line.isHidden()
        shows_sealed = not (is_row and is_typing)
        voted = self._room.sealed.ballots if self._room.sealed and shows_sealed else {}
        at = len(typed) if is_row else self.turn
        self.seats.setVisible(bool(seats))
        self.seats.show_faces(
            [
                SeatFace(
                    seat.number,
                    audit.people[seat.person].role,
                    SEALED if seat.person in voted else "".join(typed[n : n + 1]),
                    is_wrong=any(sign not in SIGNS for sign in typed[n : n + 1]),
                    is_next=is_typing and n == at,
                )
                for n, seat in enumerate(seats)
            ],
            translate("{0} seats: {1}").format(
                len(seats), "; ".join(seat_name(audit, seat, self._words) for seat in seats)
            ),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """K is no sign, so on an empty line it hands the keyboard round."""
        if watched is not self.line or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if event.text().casefold() == "k" and self.turn is None and not self.line.text():
            self.pass_round()
            self.counted.emit()
            return True
        return False
