"""Above the walk: which workflow, how it stands, which view, which mode, and how far it is."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from app.domain.ids import Target, WorkflowId
from app.ui.models.walk.place import DISPUTED, FACETS, WalkPlace
from app.ui.page import Bench, button, label, translate
from app.ui.style import STATE_TONES, Look
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.walk.words import WalkWords


class Tick(Struct, frozen=True):
    """One question in the row of ticks: not asked, answered, not known or not applicable."""

    key: object
    sign: str
    """Empty for not asked, `x` for answered, `?` for not known, `-` for not applicable."""
    tip: str


class Ticks(QWidget):
    """All questions of the mode as a row of small marks; a click goes to one."""

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._ticks: Sequence[Tick] = ()
        self._current: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        look.changed.connect(self.update)

    def show_ticks(self, ticks: Sequence[Tick], current: object, said: str) -> None:
        self._ticks, self._current = ticks, current
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 13)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 13)

    def _step(self) -> float:
        return min(16.0, self.width() / max(1, len(self._ticks)))

    def _at(self, x: float) -> Tick | None:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = self.width() - x
        place = int(x // self._step())
        return self._ticks[place] if 0 <= place < len(self._ticks) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if tick := self._at(event.position().x()):
            self.chosen.emit(tick.key)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tick = self._at(event.pos().x())
            QToolTip.showText(event.globalPos(), tick.tip if tick else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, step = QPainter(self), self._look, self._step()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for number, tick in enumerate(self._ticks):
            x = number * step
            x = self.width() - x - step if back else x
            mark = QRectF(x + 1.5, 3.5, max(2.0, step - 4), 6)
            current = tick.key == self._current
            painter.setPen(QPen(look.color("accent" if current else "third"), 1))
            painter.setBrush(look.color("paper"))
            if tick.sign == "x":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color("accent"))
            elif tick.sign:
                painter.setBrush(look.color("quiet_soft"))
            painter.drawRoundedRect(mark, 2, 2)
            painter.setPen(look.color("second"))
            if tick.sign == "?":
                painter.drawLine(mark.bottomLeft(), mark.topRight())
            elif tick.sign == "-":
                middle = QPointF(0, mark.height() / 2)
                painter.drawLine(mark.topLeft() + middle, mark.topRight() + middle)
            if current:
                painter.setPen(QPen(look.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(mark.adjusted(-1.5, -2.5, 1.5, 2.5), 3, 3)


class Chip(QLabel):
    """A state in its own tones."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._state = look, ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._restyle)

    def say(self, state: str, text: str) -> None:
        self._state = state
        self.setText(text)
        self._restyle()

    def _restyle(self) -> None:
        ink, ground = STATE_TONES.get(self._state, ("second", "quiet_soft"))
        tones = self._look.tones
        sheet = (
            f"QLabel {{ color: {getattr(tones, ink)}; background: {getattr(tones, ground)}; "
            "border-radius: 4px; padding: 2px 7px; font-weight: 600; }"
        )
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)


class ViewBar(Tabs):
    """The views; digits and letters are keys of the walk, so the bar takes arrows only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
        else:
            event.ignore()


class WalkHead(QWidget):
    turned = Signal(int)
    choosing = Signal()
    viewed = Signal(int)
    moded = Signal(str)

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.title, self.lead = label("", "title"), label("", "lead")
        self.chip = Chip(bench.look)
        self.back = button(self.tr("Previous"), "", self.tr("Previous workflow (Ctrl+Page Up)"))
        self.choose = button("", "", self.tr("Choose a workflow"))
        self.onward = button(self.tr("Next"), "", self.tr("Next workflow (Ctrl+Page Down)"))
        self.views = ViewBar(self.tr("Views of the walk"))
        for name in (self.tr("Flow"), self.tr("Owner strip"), self.tr("Proof strip"),
                     self.tr("Pilot to production"), self.tr("Table")):  # fmt: skip
            self.views.addTab(name)
        self.mode = QComboBox()
        self.mode.setAccessibleName(self.tr("Which questions are asked"))
        self.progress = label("", "lead", wrap=False)
        self.progress.setToolTip(self.tr("Questions of this mode asked for this workflow"))
        self._lay_out()
        self.back.clicked.connect(lambda: self.turned.emit(-1))
        self.onward.clicked.connect(lambda: self.turned.emit(1))
        self.choose.clicked.connect(self.choosing)
        self.views.currentChanged.connect(self.viewed)
        self.mode.activated.connect(lambda _n: self.moded.emit(self.mode.currentData()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.title, 1)
        for made in (self.back, self.choose, self.onward):
            top.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        second = QHBoxLayout()
        second.setSpacing(10)
        second.addWidget(self.lead, 1)
        second.addWidget(self.chip)
        third = QHBoxLayout()
        third.setSpacing(10)
        third.addWidget(self.views)
        third.addStretch(1)
        third.addWidget(self.progress)
        third.addWidget(self.mode)
        for row in (top, second, third):
            column.addLayout(row)

    def show_workflow(self, workflow: WorkflowId, place: WalkPlace, says: WalkWords) -> None:
        order = place.order()
        self.title.setText(says.target(Target(workflow)))
        self.lead.setText(says.lead(workflow))
        self.chip.say(*says.state(workflow))
        if workflow in order:
            where = self.tr("Workflow {0} of {1}").format(order.index(workflow) + 1, len(order))
        else:
            where = self.tr("Not among the {0} active").format(len(order))
        self.choose.setText(where)
        self.views.blockSignals(True)
        self.views.setCurrentIndex(place.view)
        self.views.blockSignals(False)
        names = [(m.id, m.title) for m in place.modes()]
        self.show_modes([*names, (DISPUTED, self.tr("Only what is disputed"))], place.mode)
        self.progress.setText(_progress(dict(names), place))

    def show_modes(self, names: Sequence[tuple[str, str]], current: str) -> None:
        """Pairs of id and name."""
        shown = [(self.mode.itemData(n), self.mode.itemText(n)) for n in range(self.mode.count())]
        if shown != list(names):
            self.mode.clear()
            for id_, name in names:
                self.mode.addItem(name, id_)
        self.mode.setCurrentIndex(self.mode.findData(current))


def _progress(names: dict[str, str], place: WalkPlace) -> str:
    found = place.found()
    if place.view in FACETS or place.mode == DISPUTED:
        asked = sum(a.is_asked for a in found)
        if place.mode == DISPUTED and place.view not in FACETS:
            return translate("{0} to talk about").format(len(found))
        return translate("{0} of {1} asked").format(asked, len(found))
    so_far = place.progress()
    text = translate("{0}: {1} of {2}")
    return text.format(names[place.mode], so_far.answered, so_far.of)
