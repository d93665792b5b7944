"""What nobody disputes, listed for a minute and then settled in one step; lines can be objected."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from app.domain.audit import Audit
from app.domain.discussion import Where
from app.domain.edits.answers import common_reply
from app.ui.models.rows import RowColumn, RowsModel
from app.ui.models.targets import short_question, target_name
from app.ui.models.wall_pages import WallPages
from app.ui.page import Bench, label
from app.ui.widgets.cells import RowsTable
from app.ui.widgets.walk.fields import KeyButton

SECONDS = 60
"""How long the list stands on the wall. Source: screens.md."""
Key = Qt.Key


class CalmRow(Struct, frozen=True):
    place: Where
    question: str
    target: str
    level: str

    @property
    def key(self) -> str:
        return "/".join(self.place)

    @property
    def line(self) -> str:
        return f"{self.question}, {self.target}: {self.level}"


def calm_rows(audit: Audit, places: Sequence[Where], bench: Bench) -> list[CalmRow]:
    made = []
    for target, question in places:
        said = common_reply(audit, target, question)
        if said is None or said.level is None:
            continue
        made.append(
            CalmRow(
                (target, question),
                short_question(audit.bank, question, bench.words),
                target_name(audit, target, bench.words),
                f"{said.level}  {audit.bank.level_names[said.level]}",
            )
        )
    return made


class CalmPanel(QFrame):
    settling = Signal()
    objected = Signal(object)
    """The place of one line: it is disputed and leaves the list."""
    left = Signal()
    widened = Signal(bool)
    """All workflows instead of the one that is open."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench, self._desk = bench, bench.desk
        self.remaining = SECONDS
        self._listed: list[str] = []
        self.is_open = self.is_held = False
        self._wall = WallPages(bench.room, self)
        self.clock = QTimer(self)
        self.clock.setInterval(1000)
        self.clock.timeout.connect(self.tick)
        self.title, self.left_over = label("", "heading"), label("", "title", wrap=False)
        self.model = RowsModel[CalmRow](
            bench.desk, bench.look, self._columns(), lambda r: r.key, self
        )
        self.table = RowsTable(self.model, self.tr("What nobody disputes"))
        self.table.setSortingEnabled(False)
        self.table.setProperty("letters", "X ")
        self.everywhere = QCheckBox(self.tr("All workflows"))
        self._make_buttons()
        self._lay_out()
        bench.look.changed.connect(self.table.scale_rows)

    def _columns(self) -> list[RowColumn]:
        return [
            RowColumn(self.tr("Question"), lambda r: r.question, 520),
            RowColumn(self.tr("About"), lambda r: r.target, 250),
            RowColumn(self.tr("Settles at"), lambda r: r.level, 180),
        ]

    def _make_buttons(self) -> None:
        tr, look = self.tr, self._bench.look
        self.now = KeyButton(tr("Settle now"), "↵", look)
        self.object = KeyButton(tr("Somebody objects"), "X", look, tr("Dispute the chosen line"))
        self.hold = KeyButton(tr("Hold the clock"), tr("Space"), look)
        self.away = KeyButton(tr("Leave"), "Esc", look, tr("Leave everything as it is"))
        self.now.clicked.connect(self.settle)
        self.object.clicked.connect(self.object_to_line)
        self.hold.clicked.connect(self.hold_clock)
        self.away.clicked.connect(self.leave)
        self.everywhere.toggled.connect(self.widened)
        self.table.opened.connect(lambda _row: self.settle())
        self.table.installEventFilter(self)

    def _lay_out(self) -> None:
        says = label(
            self.tr(
                "Nobody is more than one level apart on these. They are settled in one step when "
                "the minute is over; whoever objects to a line gets a discussion."
            ),
            "lead",
        )
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.left_over, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        for made in (self.now, self.object, self.hold, self.away):
            foot.addWidget(made)
        foot.addStretch(1)
        foot.addWidget(self.everywhere)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 6, 20, 14)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(says)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    # The minute.

    def begin(self, places: Sequence[Where]) -> None:
        """List these from now on; the minute starts."""
        self.is_open, self.is_held, self.remaining = True, True, SECONDS
        self.hold_clock()
        self.everywhere.blockSignals(True)
        self.everywhere.setChecked(False)
        self.everywhere.blockSignals(False)
        self.show_places(places)
        self.clock.start()

    def show_places(self, places: Sequence[Where]) -> None:
        """What is left of the list; with nothing left there is nothing to settle."""
        self.model.show_rows(calm_rows(self._desk.audit, places, self._bench))
        if not self.model.rows:
            self.leave()
            return
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        title = self.tr("{0} undisputed").format(len(self.model.rows))
        self.title.setText(title)
        self._show_time()
        lines = [row.line for row in self.model.rows]
        if lines != self._listed:
            self._listed = lines
            self._wall.show(title, lines, within=SECONDS * 1000)

    def tick(self) -> None:
        """A second is over; after the last one everything is settled."""
        if self.is_held:
            return
        self.remaining -= 1
        if self.remaining <= 0:
            self.settle()
        else:
            self._show_time()

    def _show_time(self) -> None:
        minutes, seconds = divmod(self.remaining, 60)
        self.left_over.setText(f"{minutes}:{seconds:02}")
        self.left_over.setAccessibleName(self.tr("{0} seconds left").format(self.remaining))

    def hold_clock(self) -> None:
        """Stop the clock while somebody asks; again to let it go on."""
        self.is_held = not self.is_held
        text = self.tr("Let it go on") if self.is_held else self.tr("Hold the clock")
        self.hold.setText(text)
        self.hold.setAccessibleName(text)

    def object_to_line(self) -> None:
        row = self.table.current_row
        if row is not None:
            self.objected.emit(row.place)

    def settle(self) -> None:
        self.end()
        self.settling.emit()

    def leave(self) -> None:
        self.end()
        self.left.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is settled behind another page."""
        super().hideEvent(event)
        if self.is_open and not self.is_held:
            self.hold_clock()

    def end(self) -> None:
        """Put the list away; what was listed stays as it is."""
        self.clock.stop()
        self.is_open, self._listed = False, []
        self._wall.end()

    @property
    def places(self) -> list[Where]:
        return [row.place for row in self.model.rows]

    # Keys.

    def eventFilter(self, watched: object, event: object) -> bool:
        """The table would search for X and choose with Space."""
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress:
            acts = {
                Key.Key_X: self.object_to_line,
                Key.Key_Space: self.hold_clock,
                Key.Key_Escape: self.leave,
            }
            act = acts.get(Key(event.key()))
            if act and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                act()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys end here: under the list no question can be answered."""
        if event.key() == Key.Key_Escape:
            self.leave()
