"""The pages of the report in a card: which one is looked at, and whether they are up to date."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.page import button, label
from app.ui.style import Look
from app.ui.widgets.report.page_strip import PageStrip


class ReportPreview(QFrame):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.strip = PageStrip(look, self.tr("Pages of the report"))
        self.back = self._arrow(Qt.ArrowType.UpArrow, self.tr("One page back"))
        self.on = self._arrow(Qt.ArrowType.DownArrow, self.tr("One page on"))
        self.where = label("", "heading", wrap=False)
        self.state = label("", "quiet", wrap=False)
        self.note = label("", "quiet")
        self.note.setContentsMargins(12, 0, 12, 6)
        self.note.hide()
        self.busy = QProgressBar()
        self.busy.setAccessibleName(self.tr("The pages are being made"))
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setMaximumWidth(90)
        self.message = label("", "lead")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.add = button(self.tr("Go to the workflows"), "primary")
        self.stack = QStackedWidget()
        self.stack.addWidget(self._empty())
        self.stack.addWidget(self.strip)
        self._lay_out()
        self.strip.current_changed.connect(lambda _index: self._say_where())
        self.back.clicked.connect(lambda: self.strip.show_page(self.strip.current - 1))
        self.on.clicked.connect(lambda: self.strip.show_page(self.strip.current + 1))
        self.clear()

    def _arrow(self, arrow: Qt.ArrowType, name: str) -> QToolButton:
        made = QToolButton()
        made.setArrowType(arrow)
        made.setAccessibleName(name)
        made.setToolTip(name)
        return made

    def _empty(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.addStretch(1)
        column.addWidget(self.message)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self.where)
        row.addWidget(self.back)
        row.addWidget(self.on)
        row.addStretch(1)
        row.addWidget(self.state)
        row.addWidget(self.busy)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(self.stack, 1)

    def clear(self) -> None:
        self.strip.show_pages(())
        self._say("", offers_workflows=False)

    def show_pages(self, pages: Sequence[bytes]) -> None:
        self.strip.show_pages(pages)
        self.stack.setCurrentWidget(self.strip)
        self._show_busy("")
        self._say_where()

    def show_note(self, text: str) -> None:
        """What the pages have to do with the file that is written; nothing where they are it."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def show_behind(self) -> None:
        """Older pages stay, marked, until the new ones are there."""
        if self.strip.count:
            self._show_busy(self.tr("Following the last change"))
        else:
            self._say(self.tr("The pages are being made."), offers_workflows=False)
            self._show_busy(" ")

    def show_nothing(self) -> None:
        self.strip.show_pages(())
        self._say(
            self.tr(
                "There is no active workflow, so there is nothing to report. "
                "Start with one workflow people complain about."
            ),
            offers_workflows=True,
        )

    def show_failure(self, sentence: str) -> None:
        self.strip.show_pages(())
        self._say(sentence, offers_workflows=False)

    def _say(self, text: str, *, offers_workflows: bool) -> None:
        self.message.setText(text)
        self.add.setVisible(offers_workflows)
        self.stack.setCurrentIndex(0)
        self._show_busy("")
        self._say_where()

    def _show_busy(self, text: str) -> None:
        self.state.setText(text)
        self.busy.setVisible(bool(text))

    def _say_where(self) -> None:
        current, count = self.strip.current, self.strip.count
        has_pages = count > 0 and self.stack.currentWidget() is self.strip
        said = self.tr("Page {0} of {1}").format(current + 1, count)
        self.where.setText(said if has_pages else self.tr("Pages"))
        self.back.setEnabled(has_pages and current > 0)
        self.on.setEnabled(has_pages and current < count - 1)
