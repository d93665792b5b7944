"""The agenda of the session: where it stands, who is missing for it, and what to do next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.desk.walls import item_title, last_time_wall, rate_wall
from app.domain.agenda import elapsed, planned
from app.domain.last_time import LeftOpen, left_open
from app.domain.replies import active_cases
from app.domain.sessions import missing_people, quorum, waiting
from app.domain.workshop import Timebox
from app.ui.models.log.sessions import quorum_text
from app.ui.page import Bench, Place, button, label
from app.ui.session.clock import clock
from app.ui.widgets.chips import WrapLayout

PLACES = {
    "rate": Place("scope", key="own_rate"),
    "screen": Place("screen"),
    "strips": Place("walk"),
    "conditions": Place("conditions"),
    "core": Place("walk"),
    "disputed": Place("walk"),
    "undisputed": Place("walk"),
    "belief": Place("risk"),
    "decide": Place("log", key="decisions"),
}
"""Kind of item to the page on which it is worked."""
AROUND = 2
"""Pixels above and below a line of a list."""
ROWS = 16
"""Heights of a line the agenda may take."""
LEAST = 6
"""Heights of a line the list of last time has at least."""


class AgendaPane(QWidget):
    def __init__(self, bench: Bench, new_session: Callable[[], object]) -> None:
        super().__init__()
        self._bench, self._room, self._desk = bench, bench.room, bench.desk
        tr = self.tr
        self.heading, self.quorum = label("", "heading"), label("", "quiet")
        self.items = QListWidget()
        self.items.setAccessibleName(tr("Agenda"))
        self.missing = label("", "alarm")
        self.start = button(tr("Start"), "primary")
        self.new = button(tr("New session from a template…"))
        self.on = button(tr("Next item"), "primary", tr("Next item (Ctrl+T)"))
        self.less = button(tr("−1 min"), "", tr("A minute less (F7)"))
        self.more = button(tr("+1 min"), "", tr("A minute more (F8)"))
        self.pause = button(tr("End this item"))
        self.end = button(tr("End the session"))
        self.go = button(tr("Go to the page"))
        self.ask = button(tr("Ask it on the wall"))
        self.left = QListWidget()
        self.left.setAccessibleName(tr("Open from last time"))
        self.publish_left = button(tr("Show it on the wall"))
        for made in (self.items, self.left):
            made.setWordWrap(True)
            made.setSpacing(AROUND)
            made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._found: tuple[LeftOpen, ...] = ()
        self._of: object = None
        self._lay_out()
        self._connect(new_session)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.heading, self.quorum):
            column.addWidget(widget)
        column.addWidget(self.items)
        column.addWidget(self.missing)
        for widgets in (
            (self.start, self.new, self.on, self.less, self.more, self.pause, self.end),
            (self.go, self.ask, self.publish_left),
        ):
            row = WrapLayout()
            for widget in widgets:
                row.addWidget(widget)
            column.addLayout(row)
        column.addWidget(self.left, 1)
        column.addStretch(0)
        self.left.setMinimumHeight(LEAST * self.fontMetrics().height())

    def _connect(self, new_session: Callable[[], object]) -> None:
        room = self._room
        self.start.clicked.connect(room.go_next)
        self.new.clicked.connect(lambda: new_session())
        self.on.clicked.connect(room.go_next)
        self.less.clicked.connect(lambda: room.lengthen(-1))
        self.more.clicked.connect(lambda: room.lengthen(1))
        self.pause.clicked.connect(lambda: room.go_on(None))
        self.end.clicked.connect(room.end)
        self.go.clicked.connect(self._go)
        self.ask.clicked.connect(lambda: room.publish(rate_wall(self._bench.words)))
        self.publish_left.clicked.connect(self._publish_left)
        self.items.itemActivated.connect(lambda item: room.go_on(self.items.row(item)))

    # What is shown.

    def refresh(self) -> None:
        """Times go on every second; the list keeps its place."""
        room, audit = self._room, self._desk.audit
        session = room.session or waiting(audit, self._desk.today())
        record = audit.sessions.get(session) if session else None
        runs = room.session is not None
        if record is None:
            self.heading.setText(self.tr("No session is planned"))
            self.quorum.setText(self.tr("Start one from a template: its minutes are net."))
        else:
            minutes = planned(record.agenda)
            self.heading.setText(self.tr("{0}  –  {1} min net").format(record.title, minutes))
            self.quorum.setText(quorum_text(quorum(audit, session)) if runs else "")
        self._show_items(record.agenda if record else ())
        item = room.items[room.place] if room.place is not None else None
        self._show_acts(runs, record is not None, item)
        away = missing_people(audit, room.session, item) if room.session and item else ()
        self.missing.setText(
            self.tr("Needed for this and not here: {0}.").format(", ".join(away)) if away else ""
        )
        self.missing.setVisible(bool(away))
        self._want_left(item is not None and item.kind == "last_time")

    def _show_acts(self, runs: bool, is_planned: bool, item: Timebox | None) -> None:
        writable = not self._desk.read_only
        self.start.setVisible(is_planned and not runs)
        self.start.setEnabled(writable)
        self.new.setVisible(not runs)
        self.new.setEnabled(writable)
        for widget in (self.on, self.less, self.more, self.pause, self.end):
            widget.setVisible(runs)
            widget.setEnabled(writable)
        for widget in (self.less, self.more, self.pause):
            widget.setEnabled(writable and item is not None)
        self.go.setVisible(item is not None and item.kind in PLACES)
        self.ask.setVisible(item is not None and item.kind == "rate")

    def _show_items(self, items: tuple[Timebox, ...]) -> None:
        for _ in range(self.items.count() - len(items)):
            self.items.takeItem(self.items.count() - 1)
        for place, item in enumerate(items):
            if place >= self.items.count():
                self.items.addItem(QListWidgetItem())
            self._show_item(self.items.item(place), item, is_now=place == self._room.place)
        self.items.setVisible(bool(items))
        rows = range(self.items.count())
        tall = sum(self.items.sizeHintForRow(row) + 2 * AROUND for row in rows)
        self.items.setFixedHeight(min(tall, ROWS * self.fontMetrics().height()) + 6)

    def _show_item(self, shown: QListWidgetItem, item: Timebox, *, is_now: bool) -> None:
        title = item_title(item.kind, item.title, self._bench.words)
        text = self.tr("{0} min   {1}").format(item.minutes, title) if item.minutes else title
        if item.started:
            spent = clock(elapsed(item, self._room.now()))
            said = self.tr("now {0}") if is_now else self.tr("took {0}")
            text = f"{text}   {said.format(spent)}"
        if shown.text() != text:
            shown.setText(text)
        font = shown.font()
        if font.bold() != is_now:
            font.setBold(is_now)
            shown.setFont(font)

    # What is open from last time.

    def _want_left(self, wanted: bool) -> None:
        self.left.setVisible(wanted)
        self.publish_left.setVisible(wanted)
        audit, today = self._desk.audit, self._desk.today()
        if not wanted or self._of is audit:
            return
        self._of = audit
        self._desk.jobs.run(
            "last time",
            lambda: left_open(audit, active_cases(audit, today)),
            self._take_left,
            self._fail,
        )

    def _take_left(self, found: tuple[LeftOpen, ...]) -> None:
        self._found = found
        audit, words = self._desk.audit, self._bench.words
        self.left.clear()
        for item in found:
            parts = [words(f"left.{item.kind.value}"), item.text]
            if item.owner in audit.people:
                parts.append(audit.people[item.owner].name)
            if item.due:
                parts.append(words.short_date(item.due))
            self.left.addItem("   ".join(parts))
        self.publish_left.setEnabled(True)

    def _fail(self, error: Exception) -> None:
        raise error

    def _publish_left(self) -> None:
        self._room.publish(last_time_wall(self._desk.audit, self._found, self._bench.words))

    # Elsewhere.

    def _go(self) -> None:
        place = self._room.place
        if place is not None:
            self._bench.go(PLACES[self._room.items[place].kind])

    def keyPressEvent(self, event: object) -> None:
        """Enter on an item goes to it; a list alone would leave that to the style."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.items.hasFocus() and self.items.currentRow() >= 0:
            self._room.go_on(self.items.currentRow())
        else:
            super().keyPressEvent(event)
