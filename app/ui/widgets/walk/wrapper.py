"""The wrapper test of one workflow: verdict and five answers, each a way to what it rests on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.statements import WrapperTest
from app.ui.models.walk.wrapper import PARTS, REPLY_TONES, reply, rests_on, verdict
from app.ui.page import Bench, button, label


class WrapperRows(QWidget):
    opened = Signal(str)
    """One of the five parts."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._words, self._look = bench.words, bench.look
        self._test: WrapperTest | None = None
        self.verdict = label("", "lead")
        self.replies: dict[str, QLabel] = {}
        self.ways: dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        for row, part in enumerate(PARTS):
            said = self.replies[part] = label("", "quiet", wrap=False)
            way = self.ways[part] = button(self._words(f"wrapper_part.{part}"), "flat")
            way.clicked.connect(lambda _checked=False, p=part: self.opened.emit(p))
            grid.addWidget(way, row, 0)
            grid.addWidget(said, row, 1)
            grid.addWidget(label(rests_on(part), "quiet"), row, 2)
        grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        self.verdict.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.verdict)
        column.addLayout(grid)
        bench.look.changed.connect(self._tint)

    def show_test(self, test: WrapperTest) -> None:
        self._test = test
        said = verdict(self._words, test)
        self.verdict.setText(self.tr("Wrapper test: {0}.").format(self._words.inside(said)))
        for part in PARTS:
            name = self._words(f"wrapper_asks.{part}")
            told = reply(self._words, test.answers[part])
            self.replies[part].setText(told)
            tip = self.tr("{0} {1}. Rests on {2}.").format(name, told, rests_on(part))
            self.ways[part].setToolTip(tip)
            self.ways[part].setAccessibleName(tip)
        self._tint()

    def _tint(self) -> None:
        if self._test is None:
            return
        for part, said in self._test.answers.items():
            tone = getattr(self._look.tones, REPLY_TONES[said])
            sheet = f"color: {tone}; font-weight: 600;"
            if self.replies[part].styleSheet() != sheet:
                self.replies[part].setStyleSheet(sheet)
