"""The command palette: commands, pages, workflows, questions, people and gaps by a few letters."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui.widgets.two_lines import TwoLines

SHOWN = 60


class Find(Struct, frozen=True):
    """Something to go to or to run."""

    kind: str
    text: str
    detail: str
    run: Callable[[], object]


def matching(finds: Sequence[Find], words: str) -> list[Find]:
    """Those with every typed word in kind, text or detail; earlier hits in the text first."""
    parts = words.casefold().split()
    found = []
    for order, find in enumerate(finds):
        line = f"{find.text} {find.kind} {find.detail}".casefold()
        if all(part in line for part in parts):
            place = min((find.text.casefold().find(p) for p in parts), default=0)
            found.append((place < 0, place, order, find))
    return [find for *_, find in sorted(found, key=lambda f: f[:3])][:SHOWN]


class Finder(QDialog):
    def __init__(self, finds: Sequence[Find], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find anything or run a command"))
        self._finds = finds
        self._shown: list[Find] = []
        self.line = QLineEdit()
        self.line.setAccessibleName(self.tr("What to find"))
        self.line.setPlaceholderText(self.tr("Workflow, question, person, gap or command"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Found"))
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._run)
        self.line.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item: self._run())
        self.resize(640, 440)
        self._search("")

    def _search(self, words: str) -> None:
        self._shown = matching(self._finds, words)
        self.list.clear()
        for find in self._shown:
            item = QListWidgetItem(f"{find.text}\n{find.kind}   {find.detail}".rstrip())
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _run(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            self.accept()
            self._shown[row].run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while the line keeps the keyboard."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
                return True
        return super().eventFilter(watched, event)
