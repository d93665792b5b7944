"""Small fields of the walk: buttons that show their key, people, dates, and late commits."""

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy

from app.domain.ids import NOBODY, PersonId
from app.domain.landscape import Person
from app.ui.models.typed import read_date
from app.ui.style import Look
from app.ui.widgets.name_box import NameBox
from app.ui.widgets.row_key import keeps_row_key

LATEST = 450
"""Milliseconds after which typed text is saved."""


class KeyButton(QPushButton):
    """A button with the key that does the same, drawn like a key."""

    def __init__(self, text: str, key: str, look: Look, tip: str = "") -> None:
        super().__init__(text)
        self._key, self._look = key, look
        self.setAccessibleName(tip or text)
        self.setToolTip(tip or text)
        self.setStyleSheet("text-align: left;")
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self._cap().width() + 7, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _cap(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._key) + 9, metrics.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        cap = self._cap()
        box = QRectF(self.width() - cap.width() - 9, (self.height() - cap.height()) / 2,
                     cap.width(), cap.height())  # fmt: skip
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box.moveLeft(9)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        key_cap(painter, box, self._key, self._look)


def key_cap(painter: QPainter, box: QRectF, key: str, look: Look) -> None:
    painter.setPen(QPen(look.color("line"), 1))
    painter.setBrush(look.color("page"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 0.85)
    painter.setFont(font)
    painter.setPen(look.color("second"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


def hatch(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Stripes that say: not the room's own word."""
    painter.save()
    painter.setClipRect(box)
    painter.setPen(QPen(colour, 1.4))
    step, reach = 7, int(box.height())
    for x in range(-reach, int(box.width()), step):
        start = box.left() + x
        painter.drawLine(int(start), int(box.bottom()), int(start + reach), int(box.top()))
    painter.restore()


class PeopleBox(NameBox):
    """One of the people, somebody new, nobody, or not recorded."""

    left = Signal()
    """The box was left with another name in it."""

    def __init__(self, name: str, nobody: str = "") -> None:
        """`nobody`: the words for *established that no person does*, empty where not offered."""
        super().__init__()
        self.setAccessibleName(name)
        self._nobody = nobody
        self._shown: Mapping[PersonId, Person] | None = None
        self._put = ""
        self.setMinimumContentsLength(9)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def fill(self, people: Mapping[PersonId, Person], blank: str) -> None:
        if people is self._shown:
            return
        self._shown = people
        self.clear()
        self.addItem(blank, None)
        if self._nobody:
            self.addItem(self._nobody, NOBODY)
        named = [(record.name, id_) for id_, record in people.items() if not record.is_seat]
        for name, id_ in sorted(named, key=lambda pair: pair[0].casefold()):
            self.addItem(name, id_)

    def put(self, person: PersonId | None) -> None:
        self.put_place(max(0, self.findData(person)))
        self._put = self.typed

    def offer(self, person: PersonId) -> None:
        """Show somebody who is not recorded yet; Enter takes it."""
        self.put_place(max(0, self.findData(person)))
        self.lineEdit().selectAll()

    def take(self) -> None:
        """What is shown is what was wanted."""
        self._put = self.typed

    @property
    def is_typing(self) -> bool:
        return self.hasFocus() and self.typed != self._put

    @property
    def is_changed(self) -> bool:
        return self.typed != self._put

    @property
    def person(self) -> PersonId | None:
        found = self.itemData(self.place) if self.place >= 0 else None
        return PersonId(found) if found else None

    @property
    def new_name(self) -> str:
        """What is typed, where it is nobody's on the list."""
        return self.typed if self.place < 0 else ""

    def restore(self) -> None:
        """Leave what was typed untaken."""
        self.setEditText(self._put)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.restore()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason and self.is_changed:
            self.left.emit()


class DateLine(QLineEdit):
    """A date typed as 2026-12-14, t for today, or +14 for in two weeks."""

    def __init__(self, name: str, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self.setAccessibleName(name)
        self.setPlaceholderText(self.tr("2026-12-31, t or +14"))

    @property
    def date(self) -> dt.date | None:
        """None where nothing is typed or what is typed is no date."""
        text = self.text().strip().casefold()
        if text in ("t", "today"):
            return self._today()
        if text[:1] == "+" and text[1:].isdigit() and len(text) < 5:
            return self._today() + dt.timedelta(days=int(text[1:]))
        return read_date(text)

    def put(self, date: dt.date | None) -> None:
        self.setText(date.isoformat() if date else "")

    @property
    def is_wrong(self) -> bool:
        return bool(self.text().strip()) and self.date is None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.date:
            self.put(self.date)


class Late(QObject):
    """Text is saved half a second after the last key, or at once when `flush` is called."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=LATEST)
        self._timer.timeout.connect(self.flush)
        self._act: Callable[[], object] | None = None

    def do(self, act: Callable[[], object]) -> None:
        self._act = act
        if not self._timer.isActive():
            # Not restarted by the next key: whoever types on and on is saved too.
            self._timer.start()

    def flush(self) -> None:
        self._timer.stop()
        act, self._act = self._act, None
        if act:
            act()


class NoteField(QPlainTextEdit):
    """A few lines of text; Escape and Ctrl+Enter lead back, leaving it saves."""

    def __init__(self, name: str, leave: Callable[[], object], save: Callable[[], object]) -> None:
        super().__init__()
        self._leave, self._save = leave, save
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().lineSpacing() * 3 + 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.fontMetrics().lineSpacing() * 2 + 14)

    def event(self, event: QEvent) -> bool:
        return keeps_row_key(event) or super().event(event)

    def keyPressEvent(self, event: object) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (enter and ctrl):
            self._leave()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._save()
