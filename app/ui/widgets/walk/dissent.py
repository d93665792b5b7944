"""Who does not go along with what was settled: the seat or person, their words, their consent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.audit import Audit
from app.domain.ballots import Seat, seats
from app.domain.edits.votes import keep_dissent, keep_dissent_by_seat
from app.domain.ids import PersonId, VoteId
from app.domain.workshop import Dissent, Vote
from app.ui.page import Bench, button, label
from app.ui.widgets.form_fields import ChoiceBox, Line


def is_by_seat(audit: Audit, vote: Vote) -> bool:
    """Votes of this session are kept by seat and never by name."""
    session = audit.sessions.get(vote.session) if vote.session else None
    return session is not None and session.by_seat


class DissentRow(QWidget):
    """In a session by seat only who agrees to be quoted is kept by name."""

    left = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._desk, self._words = bench.desk, bench.words
        self.vote: VoteId | None = None
        self.who, self.text = ChoiceBox(), Line()
        self.who.setAccessibleName(self.tr("Who does not go along"))
        self.text.setAccessibleName(self.tr("Dissent in their words"))
        self.text.setPlaceholderText(self.tr("In their words"))
        self.consent = QCheckBox(self.tr("May be quoted by name"))
        self.keep_it = button(self.tr("Keep the dissent   Enter"))
        self.kept = label("", "lead")
        row = QHBoxLayout()
        row.setSpacing(14)
        for widget in (self.consent, self.keep_it):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for widget in (self.kept, self.who, self.text):
            column.addWidget(widget)
        column.addLayout(row)
        self.text.returnPressed.connect(self.keep)
        self.keep_it.clicked.connect(self.keep)
        self.hide()

    def ask(self, vote: VoteId) -> None:
        """Ask for a dissent from what was settled after this round."""
        if vote != self.vote:
            self.text.clear()
            self.consent.setChecked(False)
        self.vote = vote
        self.refresh()
        self.show()
        self.who.setFocus()

    def refresh(self) -> None:
        audit = self._desk.audit
        if self.vote not in audit.votes:
            self.hide()
            return
        vote = audit.votes[self.vote]
        self.who.offer(
            {"": self.tr("Who does not go along?"), **self._names(vote)}, self.who.text()
        )
        known = self._words.listing(self._called(d) for d in vote.dissent)
        self.kept.setText(self.tr("Dissent is kept of {0}.").format(known) if known else "")
        self.kept.setVisible(bool(known))

    def _names(self, vote: Vote) -> dict[str, str]:
        audit = self._desk.audit
        if is_by_seat(audit, vote):
            return {s.person: self._seat_name(s) for s in self._seats(vote)}
        found = [(r.name, p) for p, r in audit.people.items() if not r.is_seat]
        return {person: name for name, person in sorted(found)}

    def _seats(self, vote: Vote) -> tuple[Seat, ...]:
        return seats(self._desk.audit, vote.session)

    def _seat_name(self, seat: Seat) -> str:
        role = self._desk.audit.people[seat.person].role
        named = self._words("session.seat", number=seat.number)
        return f"{named}, {role}" if role else named

    def _called(self, dissent: Dissent) -> str:
        found = self._desk.audit.people.get(dissent.person)
        return found.name if found else dissent.person

    def keep(self) -> None:
        """Add what was typed; what is missing is said."""
        audit, person, text = self._desk.audit, PersonId(self.who.text()), self.text.text().strip()
        if self.vote not in audit.votes:
            return
        if not person or not text:
            self._desk.failed.emit(
                self.tr("Dissent needs a person and their words. Nothing was kept yet.")
            )
            (self.text if person else self.who).setFocus()
            return
        if self._apply(audit.votes[self.vote], person, text):
            self.text.clear()
            self.consent.setChecked(False)
            self.who.setCurrentIndex(0)
            self.refresh()
            self.left.emit()

    def _apply(self, vote: Vote, person: PersonId, text: str) -> bool:
        assert self.vote is not None
        said = self.tr("Dissent on {0}").format(vote.question)
        consent = self.consent.isChecked()
        if not is_by_seat(self._desk.audit, vote) or consent:
            kept = Dissent(person, text, consent)
            return self._desk.apply(said, keep_dissent, self.vote, kept)
        seat = next(s for s in self._seats(vote) if s.person == person)
        name = lambda number: self._words("session.seat", number=number)  # noqa: E731
        return self._desk.apply(said, keep_dissent_by_seat, self.vote, seat, text, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are typed here and are no keys of the walk."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
