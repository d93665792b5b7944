"""A file being written and, once it is there, the ways to it: open, show in its folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.ui.page import button, label


def open_file(path: Path) -> bool:
    """Open a file or folder with the program the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class WrittenFile(QWidget):
    """One row: what is going on with progress and Cancel, or what was written with its buttons."""

    def __init__(self, cancel: Callable[[], object], open_: Callable[[Path], bool] = open_file):
        super().__init__()
        self._open, self._path = open_, Path()
        self.text = label("", "lead")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(120)
        self.bar.setMaximumWidth(220)
        self.cancel = button(self.tr("Cancel"))
        self.open = button(self.tr("Open"))
        self.show_folder = button(self.tr("Show in folder"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        for widget in (self.bar, self.cancel, self.open, self.show_folder):
            row.addWidget(widget)
        self.cancel.clicked.connect(lambda: cancel())
        self.open.clicked.connect(lambda: self._open(self._path))
        self.show_folder.clicked.connect(lambda: self._open(self._path.parent))
        self.clear()

    @property
    def path(self) -> Path:
        """The file written last."""
        return self._path

    def clear(self) -> None:
        self.hide()

    def start(self, text: str, steps: int) -> None:
        """Work has begun; 0 steps where nobody knows how many."""
        self.bar.setRange(0, steps)
        self.bar.setValue(0)
        self.bar.setAccessibleName(text)
        self.cancel.setEnabled(True)
        self._show(text, busy=True, written=False)

    def stopping(self, text: str) -> None:
        self.cancel.setEnabled(False)
        self._show(text, busy=True, written=False)

    def say(self, text: str) -> None:
        """It ended without a file."""
        self._show(text, busy=False, written=False)

    def finish(self, path: Path, text: str) -> None:
        self._path = path
        self._show(text, busy=False, written=True)

    def _show(self, text: str, *, busy: bool, written: bool) -> None:
        self.text.setText(text)
        self.text.setToolTip(str(self._path) if written else "")
        for widget, wanted in (
            (self.bar, busy),
            (self.cancel, busy),
            (self.open, written),
            (self.show_folder, written),
        ):
            widget.setVisible(wanted)
        self.show()
