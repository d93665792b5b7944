"""Filter chips: words with counts that can be switched on, in rows that wrap."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

from app.ui.style import Look

GAP = 6


class Chip(Struct, frozen=True):
    """One thing to filter by; without a count the chip shows none and is always enabled."""

    key: str
    text: str
    count: int | None = None
    tip: str = ""


class WrapLayout(QLayout):
    """Widgets side by side, in as many rows as the width needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(GAP)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        wide = sum(i.sizeHint().width() + self.spacing() for i in self._shown()) - self.spacing()
        return QSize(max(0, wide), self.minimumSize().height())

    def minimumSize(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        return QSize(
            max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0)
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """The height needed; rows run against the reading direction where that is right to left."""
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        x, y, tall = 0, 0, 0
        for item in self._shown():
            size = item.sizeHint()
            if x and x + size.width() > rect.width():
                x, y, tall = 0, y + tall + self.spacing(), 0
            if move:
                left = rect.width() - x - size.width() if mirrored else x
                item.setGeometry(QRect(rect.topLeft() + QPoint(left, y), size))
            x += size.width() + self.spacing()
            tall = max(tall, size.height())
        return y + tall


class Chips(QWidget):
    """`changed` tells that a person switched one; `choose` switches without telling."""

    changed = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._look = look
        self._buttons: dict[str, QPushButton] = {}
        self._last: tuple[Sequence[Chip], frozenset[str]] = ((), frozenset())
        self._row = WrapLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._restyle)
        self._restyle()

    @property
    def chosen(self) -> frozenset[str]:
        """Keys of the chips that are on and shown."""
        return frozenset(k for k, b in self._buttons.items() if b.isChecked() and not b.isHidden())

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these; what was on stays on. A chip that would find nothing cannot be chosen."""
        if (chips, self.chosen) == self._last:
            # Another layout of the whole page for nothing.
            return
        wanted = {chip.key for chip in chips}
        for key, button in self._buttons.items():
            button.setVisible(key in wanted)
        for chip in chips:
            button = self._buttons.get(chip.key) or self._add(chip.key)
            said = chip.text if chip.count is None else f"{chip.text}  {chip.count:,}"
            button.setText(said.replace("&", "&&"))
            button.setToolTip(chip.tip)
            button.setAccessibleName(said)
            button.setEnabled(chip.count != 0 or button.isChecked())
        self._row.invalidate()
        self.updateGeometry()
        self._last = chips, self.chosen

    def choose(self, keys: Iterable[str]) -> None:
        """Switch exactly these on."""
        wanted = set(keys)
        for key, button in self._buttons.items():
            button.setChecked(key in wanted)

    def button(self, key: str) -> QPushButton:
        return self._buttons[key]

    def _add(self, key: str) -> QPushButton:
        made = self._buttons[key] = QPushButton()
        made.setCheckable(True)
        made.clicked.connect(lambda _on: self.changed.emit())
        self._row.addWidget(made)
        # A layout shows what it is given only when the event loop turns.
        made.show()
        return made

    def _restyle(self) -> None:
        tones, round_ = self._look.tones, (self.fontMetrics().height() + 6) // 2
        shape = f"border-radius: {round_}px; padding: 3px 10px;"
        self.setStyleSheet(
            f"QPushButton {{ {shape} border: 1px solid {tones.line}; color: {tones.second}; }}"
            f"QPushButton:checked {{ background: {tones.accent}; color: {tones.accent_ink};"
            f" border-color: {tones.accent}; }}"
            f"QPushButton:disabled {{ color: {tones.third}; background: transparent; }}"
            f"QPushButton:focus {{ {shape} padding: 2px 9px; border: 2px solid {tones.focus}; }}"
            f"QPushButton:checked:focus {{ border: 2px solid {tones.ink}; }}"
        )
