"""The first screen: a new audit, an inventory, the complete example, and recent audits."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.desk.settings import Settings
from app.ui.defaults import Defaults
from app.ui.page import button, card, label
from app.ui.widgets.two_lines import TwoLines


class Welcome(QWidget):
    def __init__(
        self,
        settings: Settings,
        *,
        new: Callable[[], object],
        open_: Callable[[], object],
        import_: Callable[[], object],
        example: Callable[[], object],
        open_path: Callable[[Path], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._settings, self._open_path = settings, open_path
        self.defaults = Defaults(settings)
        self.recent = QListWidget()
        self.recent.setAccessibleName(self.tr("Recent audits"))
        self.recent.setItemDelegate(TwoLines(self.recent))
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.itemActivated.connect(self._open)
        self._below = label(self.tr("Recent audits"), "section")
        ways = (
            (self.tr("New audit"), new, "primary"),
            (self.tr("Open…"), open_, ""),
            (self.tr("Import an inventory…"), import_, ""),
            (self.tr("Try the example"), example, ""),
        )
        self._lay_out(ways)
        # With an audit this is quick capture; a button with the focus is not meant here either.
        QShortcut(
            QKeySequence("Ctrl+Space"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self.refresh()

    def _lay_out(self, ways: tuple[tuple[str, Callable[[], object], str], ...]) -> None:
        frame, column = card(spacing=12)
        self._frame = frame
        frame.setMaximumWidth(760)
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
        for text, run, role in ways:
            made = button(text, role)
            made.clicked.connect(lambda _checked=False, r=run: r())
            row.addWidget(made)
            if role:
                self.setFocusProxy(made)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._below)
        column.addWidget(self.defaults)
        column.addWidget(self.recent, 1)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addWidget(frame, 6)
        middle.addStretch(1)
        outer.addLayout(middle, 6)
        outer.addStretch(1)

    def refresh(self) -> None:
        """On the first start there is nothing recent, and three things to say instead."""
        is_known = self._settings.is_known
        self.defaults.setVisible(not is_known)
        self.defaults.refresh()
        self.recent.setVisible(is_known)
        tall = QSizePolicy.Policy.Preferred if is_known else QSizePolicy.Policy.Maximum
        self._frame.setSizePolicy(QSizePolicy.Policy.Preferred, tall)
        self._below.setText(self.tr("Recent audits") if is_known else self.tr("Before you start"))
        self.recent.clear()
        found = self._settings.recent
        for path in found:
            self._add(path)
        if not found:
            item = QListWidgetItem(self.tr("No audit yet.\nThe example is a good place to start."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.recent.addItem(item)

    def _add(self, path: Path) -> None:
        """Files that are gone stay in the list, greyed, and say so."""
        known = self._settings.title(path)
        fallback = self.tr("Untitled audit") if self._settings.is_untitled(path) else path.stem
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, str(path))
        item.setToolTip(str(path))
        try:
            changed = dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        except OSError:
            said = self.tr("not there any more: {0}").format(path)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        else:
            day = changed.strftime("%Y-%m-%d %H:%M")
            said = self.tr("changed {0}, {1} in {2}").format(day, path.name, path.parent)
        item.setText(f"{known or fallback}\n{said}")
        self.recent.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        self._open_path(Path(item.data(Qt.ItemDataRole.UserRole)))
