"""The bars around the page: title and commands on top, banner below it, progress at the foot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.domain.sessions import Quorum
from app.ui.page import button, label, translate


class TopBar(QFrame):
    """Whose audit it is, that it is saved, and the commands used most."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 14, 8)
        row.setSpacing(8)
        self.title = label("", "heading", wrap=False)
        self.saved = label("", "quiet", wrap=False)
        self.find = button(self.tr("Find anything or run a command   Ctrl+K"))
        self._finds = self.find.text(), self.tr("Find   Ctrl+K")
        self.undo: QPushButton = button(self.tr("Undo"))
        self._undoes = self.undo.text(), self.undo.text()
        self.present = button(self.tr("Present"), "", self.tr("Present on the wall (F5)"))
        self.export: QPushButton = button(self.tr("Export report"), "primary")
        for widget in (self.title, self.saved):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.find, self.undo, self.present, self.export):
            row.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        """With large letters in a small window the widest buttons say it in fewer words."""
        self.find.setText(self._finds[0])
        self.undo.setText(self._undoes[0])
        for made, (_, short) in ((self.find, self._finds), (self.undo, self._undoes)):
            if self.layout().sizeHint().width() > self.width():
                made.setText(short)

    def show_saved(self, text: str, *, is_alarm: bool = False) -> None:
        """When the last edit was written, or in the tone of an alarm that it is not."""
        role = "alarm" if is_alarm else "quiet"
        self.saved.setText(text)
        if self.saved.property("role") != role:
            self.saved.setProperty("role", role)
            self.saved.style().unpolish(self.saved)
            self.saved.style().polish(self.saved)

    def show_undo(self, what: str) -> None:
        text = self.tr("Undo: {0}").format(what) if what else self.tr("Undo")
        self.undo.setToolTip(text)
        self.undo.setAccessibleName(text)
        short = what if len(what) <= 26 else what[:25] + "…"
        plain = self.tr("Undo")
        self._undoes = self.tr("Undo: {0}").format(short) if what else plain, plain
        self.undo.setEnabled(bool(what))
        self._shorten()


class Banner(QFrame):
    """One sentence over the top of the page, which keeps its place under the mouse.

    It passes with the next thing that is done; what still holds then, `until` it does not, stays.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        self._text: QLabel = label("")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._away = self._way(self.tr("Dismiss"), self.put_away)
        self._away.setToolTip(self.tr("Dismiss (Esc)"))
        row.addWidget(self._text, 1)
        self.ways: list[QPushButton] = []
        self._row = row
        row.addWidget(self._away)
        self._until: Callable[[], bool] = lambda: True
        self._is_new = False
        self._room: QWidget | None = None
        self._below: QWidget | None = None
        self._makes_room = False
        # Only while it can be seen, and then before whatever else Escape would leave.
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.put_away)
        self.hide()

    def lie_over(self, whole: QWidget, below: QWidget, room: QWidget) -> None:
        """On `whole` under `below`; `room` is as tall as it where nothing can be pushed away."""
        self._below, self._room = below, room
        room.setFixedHeight(0)
        self.setParent(whole)
        self.hide()
        whole.installEventFilter(self)

    @property
    def text(self) -> str:
        return self._text.text()

    def say(
        self,
        sentence: str,
        ways: Sequence[tuple[str, Callable[[], object]]] = (),
        *,
        until: Callable[[], bool] = lambda: True,
        makes_room: bool = False,
    ) -> None:
        """`ways` to go on, each a button: its words and what it does."""
        self._text.setText(sentence)
        self._until, self._makes_room = until, makes_room
        for old in self.ways:
            old.hide()
            old.deleteLater()
        self.ways = [self._way(text, act) for text, act in ways]
        for place, made in enumerate(self.ways, 1):
            self._row.insertWidget(place, made)
        # What is said in the same breath as an edit or a move is about it.
        self._is_new = True
        QTimer.singleShot(0, self, self._settle)
        self.show()
        self._place()

    def _way(self, text: str, act: Callable[[], object]) -> QPushButton:
        """A click leaves the keyboard where it is."""
        made = button(text)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _checked=False: act())
        return made

    def _settle(self) -> None:
        self._is_new = False

    def pass_by(self) -> None:
        """Something else was done since."""
        if not self._is_new and self._until():
            self.put_away()

    def put_away(self) -> None:
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.previousInFocusChain().setFocus()
        self.hide()

    # Where it lies.

    def _place(self) -> None:
        whole = self.parentWidget()
        if whole is None or self._below is None or self._room is None or self.isHidden():
            return
        self.layout().activate()
        tall = max(
            self.layout().totalHeightForWidth(whole.width()), self.minimumSizeHint().height()
        )
        self.setGeometry(0, self._below.geometry().bottom() + 1, whole.width(), tall)
        self._room.setFixedHeight(tall if self._makes_room else 0)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._room is not None:
            self._room.setFixedHeight(0)


class FootBar(QFrame):
    """What is under way, and how far the audit is. No figure of risk: it may be on the wall."""

    def __init__(self, clock: QPushButton) -> None:
        """`clock`: of the session that runs; it stands first."""
        super().__init__()
        self.setProperty("role", "foot")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(18)
        self.left = label("", "quiet", wrap=False)
        self.parked, self.decisions = button("", "flat"), button("", "flat")
        for made in (self.parked, self.decisions):
            made.setStyleSheet("padding: 0 6px;")
        self.busy = QProgressBar()
        self.busy.setAccessibleName(self.tr("Figures are being updated"))
        self.busy.setRange(0, 0)
        self.busy.setFixedWidth(90)
        self.busy.setTextVisible(False)
        self.busy.hide()
        self.right = label("", "quiet", wrap=False)
        for widget in (clock, self.left, self.parked, self.decisions, self.busy):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.right)

    def count(self, people: int, quorum: Quorum | None, parked: int, decisions: int) -> None:
        """People, in a session those present, and what is parked and decided: these lead on."""
        named = self.tr("1 person") if people == 1 else self.tr("{0} people").format(people)
        self.left.setText(named if quorum is None else present_text(quorum))
        for made, text, tip in (
            (self.parked, self.tr("{0} parked").format(parked), self.tr("Show what is parked")),
            (
                self.decisions,
                self.tr("1 decision")
                if decisions == 1
                else self.tr("{0} decisions").format(decisions),
                self.tr("Show the decisions"),
            ),
        ):
            made.setText(text)
            made.setToolTip(tip)
            made.setAccessibleName(f"{text}. {tip}")


def present_text(found: Quorum) -> str:
    """How many are here, and whether they are enough."""
    text = (
        translate("{0} of {1} here, a quorum")
        if found.is_reached
        else translate("{0} of {1} here, no quorum")
    )
    return text.format(found.present, found.of)
