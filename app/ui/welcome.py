"""The first screen: recent audits, a new one, an inventory, or the complete example."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.desk.settings import Settings
from app.ui.page import button, card, label


class Welcome(QWidget):
    def __init__(
        self,
        settings: Settings,
        *,
        new: Callable[[], object],
        open_: Callable[[], object],
        example: Callable[[], object],
        open_path: Callable[[Path], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._settings, self._open_path = settings, open_path
        frame, column = card(spacing=12)
        frame.setMaximumWidth(720)
        column.addWidget(label("Plumbline", "title"))
        column.addWidget(
            label(
                self.tr(
                    "Who owns each stage of a request, where its facts come from, which rules "
                    "hold, and what is missing. Everything stays in one file on this computer "
                    "and is saved as you type."
                ),
                "lead",
            )
        )
        row = QHBoxLayout()
        for text, run, role in (
            (self.tr("New audit"), new, "primary"),
            (self.tr("Open…"), open_, ""),
            (self.tr("Try the example"), example, ""),
        ):
            made = button(text, role)
            made.clicked.connect(lambda _checked=False, r=run: r())
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(label(self.tr("Recent audits"), "section"))
        self.recent = QListWidget()
        self.recent.setAccessibleName(self.tr("Recent audits"))
        self.recent.itemActivated.connect(self._open)
        column.addWidget(self.recent, 1)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(frame, 6)
        middle.addStretch(1)
        outer.addLayout(middle, 6)
        outer.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Files that are gone stay in the list, greyed, and say so."""
        self.recent.clear()
        for path in self._settings.recent:
            here = path.exists()
            item = QListWidgetItem(f"{path.name}\n{path.parent}")
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            if not here:
                item.setText(self.tr("{0}\nnot there any more: {1}").format(path.name, path.parent))
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.recent.addItem(item)
        if not self._settings.recent:
            item = QListWidgetItem(self.tr("None yet. The example is a good place to start."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.recent.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        self._open_path(Path(item.data(Qt.ItemDataRole.UserRole)))
