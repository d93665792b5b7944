"""A vote under its question: typed, under seal, revealed, and settled by an act of its own."""

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.charts.scene import Scene
from app.charts.votes import said as round_said
from app.charts.votes import vote_chart
from app.domain.answers import Review
from app.domain.ids import QuestionId, Target, VoteId
from app.domain.tally import rounds, tally
from app.domain.wall import question_wall
from app.domain.workshop import Vote
from app.ui.models.log.votes import round_of
from app.ui.models.wall_pages import may_publish
from app.ui.page import Bench, Place, button, label
from app.ui.widgets.chart_panel import ChartPanel
from app.ui.widgets.chips import WrapLayout
from app.ui.widgets.walk.ballots import BallotEntry, seat_name
from app.ui.widgets.walk.dissent import DissentRow
from app.ui.widgets.walk.fields import KeyButton

Key = Qt.Key
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Phase(Enum):
    CLOSED = 0
    TYPING = 1
    SEALED = 2
    REVEALED = 3
    SETTLED = 4


SHOWN = (Phase.REVEALED, Phase.SETTLED)
"""The last round is in the record."""


class VoteStrip(QFrame):
    """Types and shows a round; revealing and settling may need a reason, which the page asks."""

    revealing = Signal()
    settling = Signal(object)
    """A level, or None for *we don't know*."""
    left = Signal()
    onward = Signal()
    grown = Signal()
    """It takes more or less room than before."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._desk, self._room = bench, bench.desk, bench.room
        self._words = bench.words
        self.phase = Phase.CLOSED
        self._place: tuple[Target, QuestionId] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Vote on this question"))
        self.title, self.says = label("", "heading", wrap=False), label("", "lead")
        self.earlier = label("", "quiet")
        self.entry, self.chart = BallotEntry(bench), ChartPanel(bench.look)
        self.dissent = DissentRow(bench)
        self._make_buttons()
        self._lay_out()
        self._restyle()
        bench.look.changed.connect(self._restyle)
        self.entry.done.connect(self._sealed)
        self.entry.counted.connect(self._counted)
        self.entry.left.connect(self.leave)
        self.dissent.left.connect(self.setFocus)
        self.hide()

    def _make_buttons(self) -> None:
        tr, look = self.tr, self._bench.look
        self.one_by_one = KeyButton(tr("Pass the keyboard"), "K", look)
        self.all_at_once = button(tr("All at once"), "", tr("Type all seats in one row"))
        self.reveal = KeyButton(tr("Reveal"), "R", look)
        self.again = KeyButton(tr("Type again"), "T", look)
        self.settle = KeyButton(tr("Settle"), "S", look)
        self.next_round = KeyButton(tr("Vote again"), "V", look)
        self.disagree = KeyButton(tr("Dissent"), "⇧D", look, tr("Somebody does not go along"))
        self.on = KeyButton(tr("Next question"), "↵", look)
        self.away = KeyButton(tr("Give up"), "Esc", look)
        self.people = button(tr("Give people seats…"))
        for made, act in (
            (self.one_by_one, self._pass_round),
            (self.all_at_once, self.type_row),
            (self.reveal, self.revealing.emit),
            (self.again, self.type_row),
            (self.settle, self._settle_median),
            (self.next_round, self.begin),
            (self.disagree, self.ask_dissent),
            (self.on, self._go_on),
            (self.away, self.leave),
            (self.people, lambda: self._bench.go(Place("scope"))),
        ):
            made.clicked.connect(lambda _checked=False, a=act: a())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.title)
        top.addWidget(self.says, 1)
        row = WrapLayout()
        for made in (
            self.one_by_one, self.all_at_once, self.reveal, self.again, self.settle,
            self.next_round, self.disagree, self.on, self.away, self.people,
        ):  # fmt: skip
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(7)
        column.addLayout(top)
        for widget in (self.entry, self.earlier):
            column.addWidget(widget)
        column.addLayout(row)
        for widget in (self.dissent, self.chart):
            column.addWidget(widget)

    # Which question it is about.

    @property
    def is_open(self) -> bool:
        return self.phase is not Phase.CLOSED

    def open(self, target: Target, question: QuestionId) -> None:
        """Begin a round about a question, or take up the one that is under seal."""
        if self._desk.read_only:
            self._desk.failed.emit(self._desk.read_only)
            return
        self._place = target, question
        self.begin()

    def open_dissent(self, target: Target, question: QuestionId) -> bool:
        """Show the last round to dissent from what followed; False where nobody voted."""
        if not rounds(self._desk.audit, target, question):
            return False
        self._place = target, question
        self._set(Phase.SETTLED)
        self.ask_dissent()
        return True

    def stay_with(self, place: tuple[Target, QuestionId] | None) -> None:
        """Something changed or another question is shown: its round stays under seal till then."""
        if not self.is_open:
            return
        if self._place != place:
            self._room.put_aside()
            self._close()
        elif (self._last() is None) if self.phase in SHOWN else (self._room.sealed is None):
            self._close()
        else:
            self._show()

    def _close(self) -> None:
        self._place = None
        self._set(Phase.CLOSED)

    # The round.

    def begin(self) -> None:
        """Type a round; one that is under seal already waits to be revealed."""
        assert self._place is not None
        sealed = self._room.open_vote(*self._place)
        self.dissent.hide()
        if sealed.ballots:
            self._set(Phase.SEALED)
        else:
            self.type_row()
        self._to_wall()

    def type_row(self) -> None:
        """A row in place of what is under seal; until it is typed that stays."""
        self.entry.type_row()
        self._set(Phase.TYPING)

    def _pass_round(self) -> None:
        self.entry.pass_round()
        self._set(Phase.TYPING)

    def _sealed(self) -> None:
        self._set(Phase.SEALED)
        self._to_wall()

    def _counted(self) -> None:
        self._show()
        self._to_wall()

    def show_revealed(self) -> None:
        """The round is in the record."""
        last = self._last()
        if last is not None:
            self._set(Phase.REVEALED)
            if may_publish(self._room):
                self._room.publish_dots(last[0])

    def show_settled(self) -> None:
        """The room has agreed."""
        self._set(Phase.SETTLED)
        if may_publish(self._room) and self._place:
            self._room.publish(question_wall(self._desk.audit, *self._place))

    def leave(self) -> None:
        """Escape: forget a round that was not revealed, put a revealed one away.

        What is under seal stays while another row is typed, so there Escape only ends the typing.
        """
        sealed = self._room.sealed
        if self.phase is Phase.TYPING and sealed and sealed.ballots:
            self._set(Phase.SEALED)
            return
        if self.phase not in SHOWN:
            self._room.give_up()
        self._close()
        self.left.emit()

    def ask_dissent(self) -> None:
        last = self._last()
        if last is not None and self.phase in SHOWN:
            self.dissent.ask(last[0])
            self.grown.emit()

    def _go_on(self) -> None:
        self._close()
        self.onward.emit()

    def _settle_median(self) -> None:
        last = self._last()
        if last is not None:
            self.settling.emit(tally(last[1].ballots).median)

    def _last(self) -> tuple[VoteId, Vote] | None:
        found = rounds(self._desk.audit, *self._place) if self._place else ()
        return found[-1] if found else None

    def _to_wall(self) -> None:
        if may_publish(self._room):
            self._room.publish_vote()

    # Showing.

    def _set(self, phase: Phase) -> None:
        self.phase = phase
        if phase is not Phase.TYPING:
            self.entry.show_sealed()
        self._show()
        if self.is_open:
            self.take_focus()
            self.grown.emit()

    def take_focus(self) -> None:
        (self.entry.line if self.phase is Phase.TYPING else self).setFocus()

    def _show(self) -> None:
        self.setVisible(self.is_open)
        if not self.is_open:
            self.dissent.hide()
            return
        shown, last = self.phase in SHOWN, self._last()
        sealed = self._room.sealed
        number = last[1].round if shown and last else sealed.round if sealed else 1
        self.title.setText(self.tr("Vote, round {0}").format(number))
        self.says.setText(self._state())
        self.entry.setVisible(not shown)
        if not shown:
            self.entry.refresh()
        self._show_buttons()
        self.chart.setVisible(shown)
        if shown and last:
            self._show_chart(last[1])
        if not self.dissent.isHidden():
            self.dissent.refresh()
        self._show_earlier()

    def _show_buttons(self) -> None:
        phase, some = self.phase, bool(self._room.seats())
        types, passes = phase is Phase.TYPING, self.entry.turn is not None
        for made, is_shown in (
            (self.one_by_one, types and some and not passes),
            (self.all_at_once, types and some and passes),
            (self.reveal, phase is Phase.SEALED),
            (self.again, phase is Phase.SEALED),
            (self.settle, phase is Phase.REVEALED),
            (self.next_round, phase in SHOWN),
            (self.disagree, phase is Phase.SETTLED),
            (self.on, phase is Phase.SETTLED),
            (self.people, types and not some),
        ):
            made.setVisible(is_shown)
        shown, last = phase in SHOWN, self._last()
        self.away.setText(self.tr("Close") if shown else self.tr("Give up"))
        tip = self.tr("Close; the rounds stay") if shown else self.tr("Forget this round")
        self.away.setToolTip(tip)
        self.away.setAccessibleName(tip)
        if phase is Phase.REVEALED and last:
            level = tally(last[1].ballots).median
            none, some_level = self.tr("Settle: we don't know"), self.tr("Settle at {0}")
            self.settle.setText(none if level is None else some_level.format(level))
            self.settle.setAccessibleName(self.settle.text())

    def _state(self) -> str:
        tr, seats, sealed = self.tr, self._room.seats(), self._room.sealed
        if self.phase is Phase.SETTLED:
            return self._settled_in_words()
        if self.phase is Phase.REVEALED:
            return tr("Type the level the room agrees on, or vote again.")
        if not seats:
            return tr("Nobody here has a seat, so no vote can be typed.")
        if self.entry.seat is not None:
            named = seat_name(self._desk.audit, self.entry.seat, self._words)
            return tr("{0}: type your sign; nobody sees it.").format(named)
        if self.phase is Phase.SEALED and sealed:
            said = tr("{0} of {1} have voted; under seal until you reveal it.")
            return said.format(len(sealed.ballots), len(seats))
        return tr("Cards up. One sign per seat in seating order, then Enter.")

    def _settled_in_words(self) -> str:
        target, question = self._place or (Target(""), QuestionId(""))
        answer = self._desk.audit.answers.get(target, {}).get(question)
        said = answer.settled if answer and answer.review is Review.AGREED else None
        stays = self.tr("What each seat said stays beside it.")
        if said is None:
            return stays
        name = "" if said.level is None else self._desk.audit.bank.level_names[said.level]
        agreed = f"{said.level} {name}" if name else self._words(f"status.{said.reply.value}")
        return f"{self.tr('Settled: {0}.').format(agreed)} {stays}"

    def _show_chart(self, vote: Vote) -> None:
        audit, shown = self._desk.audit, [round_of(self._desk.audit, vote)]
        title = audit.bank.question(vote.question).text

        def make(space: float) -> Scene:
            names = audit.bank.level_names
            return vote_chart(title, shown, names, self._words, space, is_close=True)

        self.chart.show_chart(make)

    def _show_earlier(self) -> None:
        """Rounds before the one shown, small."""
        audit = self._desk.audit
        found = rounds(audit, *self._place) if self._place else ()
        before = found[:-1] if self.phase in SHOWN else found
        texts = [round_of(audit, vote) for _, vote in before]
        said = (f"{r.name}: {round_said(r, self._words)}" for r in texts)
        self.earlier.setText(".  ".join(said))
        self.earlier.setVisible(bool(texts))

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every plain key ends here: while a vote is open they are no keys of the walk."""
        if event.modifiers() & HELD:
            event.ignore()
        elif event.key() == Key.Key_Escape:
            self.leave()
        elif self.phase is Phase.SEALED:
            acts = {"r": self.revealing.emit, "t": self.type_row}
            acts.get(event.text().casefold(), lambda: None)()
        elif self.phase in SHOWN:
            self._press_shown(event)

    def _press_shown(self, event: QKeyEvent) -> None:
        sign = event.text().casefold()
        if sign in ("0", "1", "2", "3", "4"):
            self.settling.emit(int(sign))
        elif sign == "?":
            self.settling.emit(None)
        elif sign == "s" and self.phase is Phase.REVEALED:
            self._settle_median()
        elif sign == "v":
            self.begin()
        elif sign == "d":
            self.ask_dissent()
        elif event.key() in (Key.Key_Return, Key.Key_Enter):
            self._go_on()

    def _restyle(self) -> None:
        tones = self._bench.look.tones
        self.setStyleSheet(
            f"VoteStrip {{ background: {tones.paper}; border: 1px solid {tones.line}; "
            f"border-left: 3px solid {tones.accent}; border-radius: 6px; }}"
        )
