"""A file being written and, once it is there, the ways to it: open, show in its folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from app.ui.page import button, label


def open_file(path: Path) -> bool:
    """Open a file or folder with the program the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class FolderName(QLabel):
    """A path on one line: where there is no room for all of it, its middle is left out."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setProperty("role", "quiet")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_path(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self._whole, middle, max(60, self.width())))


class WrittenFile(QWidget):
    """One row: what is going on with progress and Cancel, or what was written with its buttons."""

    def __init__(self, cancel: Callable[[], object], open_: Callable[[Path], bool] = open_file):
        super().__init__()
        self._open, self._path = open_, Path()
        self.text = label("", "lead")
        self.place = FolderName()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(120)
        self.bar.setMaximumWidth(220)
        self.cancel = button(self.tr("Cancel"))
        self.open = button(self.tr("Open"))
        self.show_folder = button(self.tr("Show in folder"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.text)
        said.addWidget(self.place)
        row.addLayout(said, 1)
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
        self.place.show_path(str(path.parent))
        self._show(text, busy=False, written=True)

    def _show(self, text: str, *, busy: bool, written: bool) -> None:
        self.text.setText(text)
        self.text.setToolTip(str(self._path) if written else "")
        for widget, wanted in (
            (self.bar, busy),
            (self.cancel, busy),
            (self.place, written),
            (self.open, written),
            (self.show_folder, written),
        ):
            widget.setVisible(wanted)
        self.show()
