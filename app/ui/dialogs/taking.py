"""What dialogs share that look at something from outside before they take it in one step."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.errors import PlumblineError
from app.ui.page import Bench, button, label

DIALOG = TypeVar("DIALOG", bound="TakingDialog")


class TakingDialog(QDialog):
    """A worker looks, the dialog shows what it found, and one undo step takes it."""

    job = ""
    """Kind of its work among the desk's jobs."""

    def __init__(self, parent: QWidget | None, bench: Bench, title: str) -> None:
        super().__init__(parent)
        self.bench, self.desk, self.words = bench, bench.desk, bench.words
        self.setWindowTitle(title)
        self.resize(980, 560)
        self.trouble = label("", "alarm")
        self.trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.trouble.hide()
        self.found = label("", "lead")
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.hide()
        self.finished.connect(lambda _code: self.desk.jobs.cancel(self.job))

    def show_found(self, found: Any) -> None:
        """What the worker found; None before it looked, and where it failed."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """What went wrong, where the eye is; nothing puts it away."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def look(self, work: Callable[..., Any], *, in_steps: bool = False) -> None:
        """Have a worker look; nothing is taken yet. Work in steps is given what it ticks."""
        self.say("")
        self._show(None)
        self.busy.show()
        run = self.desk.jobs.run_in_steps if in_steps else self.desk.jobs.run
        run(self.job, work, self._show, self._fail)

    def _show(self, found: Any) -> None:
        self.busy.hide()
        self.show_found(found)

    def _fail(self, error: Exception) -> None:
        self._show(None)
        if not isinstance(error, PlumblineError):
            raise error
        self.say(error.sentence)

    def take_by(self, act: Callable[[], bool]) -> bool:
        """Do an edit whose refusal is said in the dialog and not behind it."""
        said: list[str] = []
        self.desk.failed.connect(said.append)
        taken = act()
        self.desk.failed.disconnect(said.append)
        self.say(" ".join(said))
        return taken

    def column(self) -> QVBoxLayout:
        """The dialog's own column, what went wrong on top."""
        made = QVBoxLayout(self)
        made.setContentsMargins(18, 14, 18, 14)
        made.setSpacing(10)
        made.addWidget(self.trouble)
        return made

    def row(self, *buttons: QPushButton) -> QBoxLayout:
        """Buttons with the busy bar behind them."""
        made = QHBoxLayout()
        for widget in (*buttons, self.busy):
            made.addWidget(widget)
        made.addStretch(1)
        return made

    def foot(self) -> QBoxLayout:
        away = button(self.tr("Close"))
        away.setAutoDefault(False)
        away.clicked.connect(self.reject)
        made = QHBoxLayout()
        made.addStretch(1)
        made.addWidget(away)
        return made


def opened(dialog: DIALOG) -> DIALOG:
    """Open over the window; the dialog ends with its last use."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def reading_table(name: str, heads: Sequence[str]) -> QTableWidget:
    """A table to read, whose last column takes the room that is left."""
    table = QTableWidget(0, len(heads))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels(list(heads))
    table.verticalHeader().hide()
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    table.horizontalHeader().setStretchLastSection(True)
    return table


def fill(table: QTableWidget, lines: Sequence[Sequence[str]]) -> None:
    """Rows of texts, each with itself as its tip."""
    table.setRowCount(len(lines))
    for number, line in enumerate(lines):
        for at, text in enumerate(line):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            table.setItem(number, at, item)
