"""Dots: up to ten gaps or actions are chosen, and each seat spreads its dots over them."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.ballots import Seat, read_dots
from app.domain.edits.votes import BUDGET, cast_all_dots
from app.ui.models.dot_items import DotItem, DotSource
from app.ui.models.wall_pages import WallPages
from app.ui.page import Bench, button, label, scrolled
from app.ui.widgets.walk.seat_lines import SeatLines

MOST = 10
"""Items people can weigh against each other."""
LISTED = 80
"""Items offered at once; the filter finds the others."""
KEY = Qt.ItemDataRole.UserRole


def run_dots(parent: QWidget, bench: Bench, source: DotSource) -> "DotsDialog | None":
    """Open the dialog; dots belong to a session, so without one it only says so."""
    if bench.room.session is None:
        bench.tell(dots_need_a_session(parent))
        return None
    dialog = DotsDialog(parent, bench, source)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    dialog.search.setFocus()
    return dialog


def dots_need_a_session(parent: QWidget) -> str:
    return parent.tr("Dots belong to a session, and none is running. Start one, then vote.")


class DotsDialog(QDialog):
    def __init__(self, parent: QWidget | None, bench: Bench, source: DotSource) -> None:
        super().__init__(parent)
        self._bench, self._desk, self._room = bench, bench.desk, bench.room
        self._source = source
        items, selected = source.dot_items()
        self._items = {item.key: item for item in items}
        self._chosen: list[str] = [k for k in selected if k in self._items][:MOST]
        self.lines: SeatLines | None = None
        self._seats: QScrollArea | None = None
        self.is_revealed = False
        self.wall = WallPages(bench.room, self)
        self.setWindowTitle(self.tr("Vote with dots"))
        self.resize(900, 600)
        self.search, self.list = QLineEdit(), QListWidget()
        self.begin = button("", "primary")
        self.voted = QListWidget()
        self.state = label("", "lead")
        self.reveal = button(self.tr("Reveal"), "primary")
        self.away = button(self.tr("Give up"))
        self.stack = QStackedWidget()
        self._lay_out()
        self.search.textChanged.connect(self._offer)
        self.list.itemChanged.connect(self._ticked)
        self.begin.clicked.connect(self.vote)
        self.reveal.clicked.connect(self.cast)
        self.away.clicked.connect(self.reject)
        self.finished.connect(lambda _code: self.is_revealed or self.wall.end())
        bench.desk.opened.connect(self.reject)
        self._offer()

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(self.tr("Filter"))
        self.search.setAccessibleName(self.tr("Filter by words"))
        self.list.setAccessibleName(self.tr("What to vote on"))
        self.voted.setAccessibleName(self.tr("Items and their dots"))
        for made in (self.list, self.voted):
            made.setWordWrap(True)
            made.setSpacing(3)
        choosing = QWidget()
        column = QVBoxLayout(choosing)
        column.setContentsMargins(0, 0, 0, 0)
        says = self.tr("Tick up to {0}; each seat then has {1} dots to spread over them.")
        column.addWidget(label(says.format(MOST, BUDGET), "lead"))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.voting = QWidget()
        self._row = QHBoxLayout(self.voting)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._row.addWidget(self.voted, 1)
        self.stack.addWidget(choosing)
        self.stack.addWidget(self.voting)
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        for made in (self.away, self.reveal, self.begin):
            made.setAutoDefault(False)
            foot.addWidget(made)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(18, 14, 18, 14)
        whole.setSpacing(10)
        whole.addWidget(self.stack, 1)
        whole.addLayout(foot)
        self.reveal.hide()

    # Choosing.

    def _offer(self) -> None:
        """The ticked ones first, then what the filter finds."""
        words = self.search.text().casefold().split()
        found = [
            key
            for key, item in self._items.items()
            if key not in self._chosen and all(w in item.line.casefold() for w in words)
        ]
        self.list.blockSignals(True)
        self.list.clear()
        for key in [*self._chosen, *found[:LISTED]]:
            row = QListWidgetItem(self._items[key].line)
            row.setData(KEY, key)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_on = key in self._chosen
            row.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
            self.list.addItem(row)
        self.list.blockSignals(False)
        if self.list.count():
            self.list.setCurrentRow(0)
        self._count()

    def _ticked(self, row: QListWidgetItem) -> None:
        key, is_on = row.data(KEY), row.checkState() is Qt.CheckState.Checked
        if is_on and len(self._chosen) >= MOST:
            self.list.blockSignals(True)
            row.setCheckState(Qt.CheckState.Unchecked)
            self.list.blockSignals(False)
            self.state.setText(self.tr("Ten at most: untick another one first."))
            return
        self._chosen = [k for k in self._chosen if k != key] + ([key] if is_on else [])
        self._count()

    def _count(self) -> None:
        many = len(self._chosen)
        self.begin.setText(self.tr("Vote on {0}").format(many))
        self.begin.setEnabled(many > 1)
        self.state.setText("" if many else self.tr("Nothing is ticked yet."))

    # Voting.

    @property
    def chosen(self) -> Sequence[DotItem]:
        return [self._items[key] for key in self._chosen]

    def vote(self) -> None:
        """The items are numbered, on the wall too, and each seat gets a line."""
        self.lines = SeatLines(self._bench, self._read, self.tr("1 1 3 or -"))
        self._seats = scrolled(self.lines, self.tr("Seats"))
        self._row.addWidget(self._seats, 1)
        self.lines.taken.connect(self._show_state)
        self.begin.hide()
        self.reveal.show()
        self._list_items({})
        self.stack.setCurrentWidget(self.voting)
        self._show_state()
        self.lines.start()
        numbered = [f"{n}  {item.line}" for n, item in enumerate(self.chosen, 1)]
        self.wall.show(self.tr("{0} dots each").format(BUDGET), numbered)

    def _read(self, line: str, seat: Seat) -> object:
        return read_dots(line, len(self._chosen), BUDGET, seat)

    def _list_items(self, dots: dict[str, int]) -> None:
        self.voted.clear()
        for number, item in enumerate(self.chosen, 1):
            given = self.tr("{0} dots").format(dots.get(item.key, 0))
            self.voted.addItem(f"{given if dots else number}   {item.line}")

    def _show_state(self) -> None:
        assert self.lines is not None
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
        assert self.lines is not None
        session, audit = self._room.session, self._desk.audit
        if session is None:
            self._bench.tell(dots_need_a_session(self))
            return
        dots = {
            person: self._source.dot_vote({self._chosen[n - 1]: m for n, m in given.items()})
            for person, given in self.lines.values.items()
        }
        by_seat = audit.sessions[session].by_seat
        name = lambda number: self._bench.words("session.seat", number=number)  # noqa: E731
        seats = self.lines.seats
        if self._desk.apply(
            self.tr("Vote with dots"),
            cast_all_dots,
            session,
            dots,
            seats,
            name if by_seat else None,
        ):
            self._show_result()

    def _show_result(self) -> None:
        assert self.lines is not None
        counts: Counter[str] = Counter()
        for given in self.lines.values.values():
            counts.update({self._chosen[n - 1]: m for n, m in given.items()})
        self._chosen.sort(key=lambda key: -counts[key])
        self._list_items(dict(counts))
        assert self._seats is not None
        self._seats.hide()
        self.reveal.hide()
        self.away.setText(self.tr("Close"))
        self.away.setFocus()
        self.state.setText(self.tr("Kept. The counts stand beside the items from now on."))
        counted = [f"{counts[item.key]}  {item.line}" for item in self.chosen]
        self.wall.show(self.tr("Dots"), counted)
        self.is_revealed = True
