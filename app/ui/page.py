"""What every page of the rail is: a view of the audit on the desk that keeps only view state."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.domain.changes import Change
from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.wall import Wall
from app.ui.style import Look
from app.words import Words


class Place(Struct, frozen=True):
    """Where something is mended: a page, and what it should show there."""

    page: str
    workflow: WorkflowId | None = None
    question: QuestionId | None = None
    target: Target | None = None
    key: str = ""
    """Another record the page knows: a policy, a gap, a person."""
    field: str = ""
    """The field of the record that is to be mended."""


class Completeness(Struct, frozen=True):
    """How far the job of a page is: done of all; of 0 means that nothing is counted."""

    done: int = 0
    of: int = 0
    count: str = ""


class Bench(Struct, frozen=True):
    """What pages are given: desk, room, words, look, settings, and a way to go elsewhere."""

    desk: Desk
    room: Room
    words: Words
    look: Look
    go: Callable[[Place], None]
    tell: Callable[[str], None]
    """Show one sentence near the top of the window."""
    settings: Settings


class Page(QWidget):
    """Shown pages refresh at once; hidden ones when they are shown again."""

    key = ""
    group = ""
    moved = Signal()
    """Another question of the page is shown: what was said about the one before has passed."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.desk = bench.desk
        self.words = bench.words
        self.look = bench.look
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stale: list[Change] | None = []

    @staticmethod
    def title() -> str:
        """The page's name in the rail, where it stands before the page is made."""
        raise NotImplementedError

    def show_audit(self) -> None:
        """Show the audit on the desk afresh; called after opening and on the first showing."""
        raise NotImplementedError

    def follow(self, changes: Sequence[Change]) -> None:
        """Show what changed; the default shows everything afresh."""
        if changes:
            self.show_audit()

    def follow_figures(self) -> None:
        """Portfolio or plan were computed anew."""

    def go_to(self, place: Place) -> None:
        """Show what a place names."""

    @property
    def is_ready(self) -> bool:
        """Nothing the page shows is still being made in a worker."""
        return True

    def wall(self) -> Wall | None:
        """What the page offers to show to everybody: no names, notes, votes or risk."""
        return None

    def completeness(self) -> Completeness:
        return Completeness()

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        """Keys that work while the page has the focus, and what they do."""
        return []

    # The window calls these.

    def audit_opened(self) -> None:
        self._stale = None
        if self.isVisible():
            self._catch_up()

    def audit_changed(self, changes: Sequence[Change]) -> None:
        if self._stale is not None:
            self._stale.extend(changes)
        if self.isVisible():
            self._catch_up()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self._catch_up()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A focus proxy would do, but Tab would then pass over everything above the main part."""
        super().focusInEvent(event)
        self.take_focus()

    def take_focus(self) -> None:
        """Hand the keyboard that the page was given to what the page is for."""

    def _catch_up(self) -> None:
        if not self.desk.is_open:
            return
        stale, self._stale = self._stale, []
        if stale is None:
            self.show_audit()
        elif stale:
            self.follow(stale)


def translate(text: str) -> str:
    """`tr` outside of a QObject."""
    return QCoreApplication.translate("ui", text)


def label(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """A label in one of the sheet's roles: title, heading, lead, quiet, section, alarm, figure."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, role: str = "", tip: str = "") -> QPushButton:
    made = QPushButton(text)
    made.setAccessibleName(tip or text)
    if tip:
        made.setToolTip(tip)
    if role:
        made.setProperty("role", role)
    return made


def card(*, spacing: int = 8) -> tuple[QFrame, QVBoxLayout]:
    """A white box with a border and a column to fill."""
    frame = QFrame()
    frame.setProperty("role", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 14, 16, 14)
    column.setSpacing(spacing)
    return frame, column


def scrolled(inside: QWidget, name: str) -> QScrollArea:
    """`inside` in a scroll area that grows with the page."""
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return area


def head(title: str, lead: str) -> tuple[QHBoxLayout, QLabel, QLabel]:
    """A page's title and lead on the left; buttons may be added to the row on the right."""
    row = QHBoxLayout()
    column = QVBoxLayout()
    column.setSpacing(2)
    big, small = label(title, "title"), label(lead, "lead")
    column.addWidget(big)
    column.addWidget(small)
    row.addLayout(column, 1)
    return row, big, small
