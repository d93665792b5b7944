"""The panel over the clock: agenda on the left, wall and prompts on the right."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.page import Bench, button, label, scrolled
from app.ui.presenter.presenting import Presenting
from app.ui.session.agenda_pane import AgendaPane
from app.ui.session.wall_pane import WallPane

WIDE, TALL = 62, 36
"""Size in heights of a line."""


class RoomPanel(QFrame):
    """Lies over the lower left of the work and leaves every shortcut of the window alive."""

    def __init__(
        self,
        bench: Bench,
        presenting: Presenting,
        new_session: Callable[[], object],
        over: QWidget,
        foot: QWidget,
    ) -> None:
        super().__init__(over)
        self._bench, self._over, self._foot = bench, over, foot
        self._focus: QWidget | None = None
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("The room"))
        self.agenda = AgendaPane(bench, new_session)
        self.wall = WallPane(bench, presenting)
        self._lay_out()
        over.installEventFilter(self)
        bench.room.ticked.connect(self.refresh)
        bench.look.changed.connect(self._place)
        self.hide()

    def _lay_out(self) -> None:
        away = button(self.tr("Close"), "flat", self.tr("Close (Esc)"))
        away.clicked.connect(self.close_panel)
        top = QHBoxLayout()
        top.addWidget(label(self.tr("The room"), "title"), 1)
        top.addWidget(away)
        inside = QWidget()
        inside.setObjectName("inside")
        inside.setStyleSheet("QWidget#inside { background: transparent; }")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(18)
        row.addWidget(self.agenda, 1)
        row.addWidget(self.wall, 1)
        area = scrolled(inside, self.tr("Agenda and wall"))
        area.setStyleSheet("QScrollArea { background: transparent; }")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 14)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(area, 1)

    # Opening and closing.

    def toggle(self) -> None:
        if self.isVisible():
            self.close_panel()
        else:
            self.open_panel()

    def open_panel(self) -> None:
        if not self._bench.desk.is_open:
            return
        if not self.isVisible():
            self._focus = self._over.window().focusWidget()
        self.show()
        self.refresh()
        self._place()
        self.raise_()
        (self.agenda.on if self.agenda.on.isVisible() else self.agenda.new).setFocus()

    def open_silent(self) -> None:
        """Straight to the prompt of a silent round."""
        self.open_panel()
        self.wall.prompt.setFocus()
        self.wall.prompt.lineEdit().selectAll()

    def close_panel(self) -> None:
        self.hide()
        if self._focus is not None:
            self._focus.setFocus()
            self._focus = None

    def refresh(self) -> None:
        if not self._bench.desk.is_open:
            self.hide()
        elif self.isVisible():
            self.agenda.refresh()
            self.wall.refresh()

    def _place(self) -> None:
        line, over, foot = self.fontMetrics().height(), self._over, self._foot
        wide = min(WIDE * line, over.width() - 24)
        tall = min(TALL * line, over.height() - foot.height() - 24)
        left = 12
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = over.width() - wide - 12
        self.setGeometry(QRect(left, over.height() - foot.height() - tall - 8, wide, tall))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)
