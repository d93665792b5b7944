"""The five worded levels of a question, and under the chosen one how the room knows it."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
)

from app.domain.answers import Proof, Said
from app.domain.bank import Grade
from app.ui.page import label
from app.ui.style import Look
from app.ui.widgets.walk.fields import DateLine, KeyButton, Late, hatch

PAD = 11
AIR = (15, 11, 7)
"""Pixels above and below a level's words together, by how low the window is."""
WRAP = Qt.TextFlag.TextWordWrap
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LevelRow(QAbstractButton):
    """One worded level: its digit, its sentence, its name."""

    def __init__(self, level: int, look: Look) -> None:
        super().__init__()
        self.level, self._look = level, look
        self._name = ""
        self._air = AIR[0]
        self.is_proposed = False
        self._heights: dict[int, int] = {}
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._heights.clear()
        self.updateGeometry()

    def tighten(self, step: int) -> None:
        if self._air != AIR[step]:
            self._air = AIR[step]
            self._restyle()

    def show_level(self, text: str, name: str, *, chosen: bool, proposed: bool) -> None:
        name = self.tr("proposed: {0}").format(name) if chosen and proposed else name
        if (text, name, chosen) == (self.text(), self._name, self.isChecked()):
            return
        self._name = name
        self._heights.clear()
        self.setText(text)
        self.setChecked(chosen)
        self.is_proposed = proposed and chosen
        self.setAccessibleName(f"{self.level}: {text}")
        self.setAccessibleDescription(self._name)
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """Which level stands is the audit's to say, not the click's."""

    def heightForWidth(self, width: int) -> int:
        """Layouts ask many times; the text is measured once for each width."""
        if width not in self._heights:
            self._heights[width] = self._measured(width)
        return self._heights[width]

    def _measured(self, width: int) -> int:
        metrics = self.fontMetrics()
        room = width - self._digit() - self._name_width(width) - 4 * PAD
        text = metrics.boundingRect(0, 0, max(80, room), 1000, WRAP, self.text())
        return max(text.height(), metrics.height()) + self._air

    def sizeHint(self) -> QSize:
        return QSize(420, self.heightForWidth(max(420, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.fontMetrics().height() + self._air)

    def _digit(self) -> int:
        return self.fontMetrics().height() + min(6, self._air - 4)

    def _name_width(self, width: int) -> int:
        wide = QFontMetrics(self._small()).horizontalAdvance(self._name) + 6
        return min(wide, width // 3)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = "accent" if chosen or self.underMouse() else "line"
        painter.setPen(QPen(look.color("focus" if self.hasFocus() else edge), 1.3))
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 2))
        painter.setBrush(look.color("accent_soft" if chosen else "paper"))
        painter.drawRoundedRect(box, 5, 5)
        if self.is_proposed:
            hatch(painter, box.adjusted(1, 1, -1, -1), look.color("paper"))
        size, wide = self._digit(), self._name_width(self.width())
        back = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        digit = QRect(PAD, (self.height() - size) // 2, size, size)
        left = 2 * PAD + size
        text = QRect(left, 0, self.width() - left - wide - 2 * PAD, self.height())
        name = QRect(self.width() - wide - PAD, 0, wide, self.height())
        for place in (digit, text, name) if back else ():
            place.moveLeft(self.width() - place.right() - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent" if chosen else "quiet_soft"))
        painter.drawRoundedRect(digit, 4, 4)
        painter.setPen(look.color("accent_ink" if chosen else "ink"))
        painter.drawText(digit, Qt.AlignmentFlag.AlignCenter, str(self.level))
        painter.setPen(look.color("ink"))
        painter.drawText(text, WRAP | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(self._small())
        painter.setPen(look.color("accent" if chosen else "third"))
        painter.drawText(name, WRAP | (RIGHT if not back else Qt.AlignmentFlag.AlignVCenter),
                         self._name)  # fmt: skip


class GradeRow(QFrame):
    """Said, explained, shown or tested; and for the last two what was seen."""

    graded = Signal(object)
    proved = Signal(object)
    left = Signal()
    """The fields were left by keyboard: back to the question."""

    def __init__(self, look: Look, today: Callable[[], object]) -> None:
        super().__init__()
        self._look = look
        self._grades: dict[Grade, KeyButton] = {}
        self._base = Proof()
        self.late = Late(self)
        self.is_waiting = False
        row = QHBoxLayout()
        row.setSpacing(6)
        self.asking = label(self.tr("How do you know?"), "lead", wrap=False)
        row.addWidget(self.asking)
        for number, (grade, text) in enumerate(zip(Grade, self._names(), strict=True), 1):
            made = KeyButton(text, str(number), look)
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, g=grade: self.graded.emit(g))
            self._grades[grade] = made
            row.addWidget(made)
        row.addStretch(1)
        self.missing = label("", "quiet")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 3, 12, 5)
        column.setSpacing(5)
        column.addLayout(row)
        column.addLayout(self._fields(today))
        column.addWidget(self.missing)
        look.changed.connect(self._restyle)

    def tighten(self, step: int) -> None:
        self._column.setContentsMargins(12, 3 - step, 12, 5 - 2 * step)
        self._column.setSpacing(5 - 2 * step)

    def _names(self) -> tuple[str, str, str, str]:
        return self.tr("Said"), self.tr("Explained"), self.tr("Shown"), self.tr("Tested")

    def _fields(self, today: Callable[[], object]) -> QGridLayout:
        self.title = QLineEdit()
        self.place = QLineEdit()
        self.date = DateLine(self.tr("Date of the proof"), today)  # type: ignore[arg-type]
        self.seen_by = QLineEdit()
        self.sample = QLineEdit()
        self.result = QLineEdit()
        self.fields = {
            self.title: self.tr("What was seen"),
            self.place: self.tr("Where it is kept"),
            self.date: self.tr("Date"),
            self.seen_by: self.tr("Seen by"),
            self.sample: self.tr("How many were tested"),
            self.result: self.tr("Result"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        self._captions = {}
        for number, (field, name) in enumerate(self.fields.items()):
            column = number % 4
            self._captions[field] = label(name, "quiet", wrap=False)
            field.setAccessibleName(name)
            grid.addWidget(self._captions[field], 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 2 if column < 2 else 1)
            field.textEdited.connect(lambda _text: self.late.do(self._commit))
            field.editingFinished.connect(self.late.flush)
            field.returnPressed.connect(lambda f=field: self._onward(f))
        return grid

    def _shown_fields(self, grade: Grade) -> tuple[QLineEdit, ...]:
        if grade is Grade.DOCUMENTED:
            return self.title, self.place, self.date, self.seen_by
        return (self.sample, self.result) if grade is Grade.OBSERVED else ()

    def show_said(self, said: Said, missing: str, *, afresh: bool) -> None:
        """`afresh`: another question is shown, so that fields being typed in are replaced too."""
        for grade, made in self._grades.items():
            made.setChecked(grade is said.grade)
        self._base = said.proof or Proof()
        wanted = self._shown_fields(said.grade)
        for field, caption in self._captions.items():
            field.setVisible(field in wanted)
            caption.setVisible(field in wanted)
        proof = self._base
        for field, text in (
            (self.title, proof.title),
            (self.place, proof.place),
            (self.date, proof.date.isoformat() if proof.date else ""),
            (self.seen_by, proof.seen_by),
            (self.sample, "" if proof.sample is None else str(proof.sample)),
            (self.result, proof.result),
        ):
            if afresh or not field.hasFocus():
                field.setText(text)
                field.setCursorPosition(0)
        self.missing.setText(missing)
        self.missing.setVisible(bool(missing))
        self._restyle()

    def first_empty(self, grade: Grade) -> QLineEdit | None:
        return next((f for f in self._shown_fields(grade) if not f.text().strip()), None)

    def wait(self, waiting: bool) -> None:
        """The next digit is a grade, not a level."""
        self.is_waiting = waiting
        self._restyle()

    def _commit(self) -> None:
        sample = self.sample.text().strip()
        self.proved.emit(
            Proof(
                self.title.text().strip(),
                self.place.text().strip(),
                self.date.date,
                self.seen_by.text().strip(),
                int(sample) if sample.isdigit() else None,
                self.result.text().strip(),
                self._base.expires,
                self._base.evidence,
            )
        )

    def _onward(self, field: QLineEdit) -> None:
        self.late.flush()
        shown = [f for f in self.fields if not f.isHidden()]
        onward = shown[shown.index(field) + 1 :] if field in shown else []
        if onward:
            onward[0].setFocus()
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.late.flush()
            self.left.emit()
        elif not (is_enter and any(f.hasFocus() for f in self.fields)):
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        tones = self._look.tones
        edge = f"2px solid {tones.focus}" if self.is_waiting else f"1px solid {tones.line}"
        # One rule for this frame alone; buttons and fields inside keep the window's sheet.
        sheet = f"GradeRow {{ background: {tones.page}; border: {edge}; border-radius: 5px; }}"
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)
        self.asking.setText(
            self.tr("How do you know? Type 1 to 4.")
            if self.is_waiting
            else self.tr("How do you know?")
        )
