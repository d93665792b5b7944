"""The main window: rail, bars, banner and the stack of pages, around one desk."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.desk.desk import Desk
from app.desk.settings import Settings
from app.domain.changes import Change
from app.errors import FileError
from app.ui.bars import Banner, FootBar, TopBar
from app.ui.commands import Command, Commands
from app.ui.import_wizard import run_import
from app.ui.page import Bench, Page, Place
from app.ui.rail import Rail
from app.ui.style import Look
from app.ui.welcome import Welcome
from app.words import Words

ENDING = ".plumb"
COUNT_AFTER = 60
"""Milliseconds after which the rail counts anew."""
MakePages = Callable[[Bench], Sequence[Page]]


class Window(QMainWindow):
    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        look: Look,
        words: Words,
        make_pages: MakePages,
        make_commands: Callable[["Window"], list[Command]],
    ) -> None:
        super().__init__()
        self.desk, self.settings, self.look, self.words = desk, settings, look, words
        self.setWindowTitle("Plumbline")
        self.setAcceptDrops(True)
        self.setMinimumSize(1000, 640)
        self.top, self.banner, self.foot = TopBar(), Banner(), FootBar()
        self.bench = Bench(desk, words, look, self.go, self.banner.say)
        self.pages = tuple(make_pages(self.bench))
        self.commands = Commands(self, make_commands(self))
        self.commands.fill(self.menuBar())
        self.rail = Rail(self.pages, self._groups(), look, self.show_page)
        # Counting walks every workflow: it may follow the repaint of what was typed.
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(COUNT_AFTER)
        self._count_later.timeout.connect(self._count)
        self.stack = QStackedWidget()
        self.welcome = self._welcome()
        self._lay_out()
        # The sheet is applied to all below a widget whenever it moves, so pages come in last.
        for page in self.pages:
            self.stack.addWidget(page)
        self._connect()
        self._scale_rail()
        self._audit_opened()

    def _groups(self) -> list[tuple[str, str]]:
        return [
            ("prepare", self.tr("Prepare")),
            ("audit", self.tr("Audit")),
            ("decide", self.tr("Decide")),
            ("session", self.tr("Session")),
        ]

    def _welcome(self) -> Welcome:
        run = {command.id: command.run for command in self.commands.table}
        return Welcome(
            self.settings,
            new=run["new"],
            open_=run["open"],
            example=run["example"],
            open_path=self.open_path,
        )

    def _lay_out(self) -> None:
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail.setFixedWidth(220)
        row.addWidget(self.rail)
        row.addWidget(self.stack, 1)
        self.outer = QStackedWidget()
        self.outer.addWidget(self.welcome)
        self.outer.addWidget(work)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self.top, 0), (self.banner, 0), (self.outer, 1), (self.foot, 0)):
            column.addWidget(widget, stretch)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.desk.opened.connect(self._audit_opened)
        self.desk.changed.connect(self._audit_changed)
        self.desk.figures_changed.connect(self._figures_changed)
        self.desk.failed.connect(self.banner.say)
        self.look.changed.connect(self._scale_rail)
        actions = self.commands.actions
        self.top.find.clicked.connect(actions["find"].trigger)
        self.top.undo.clicked.connect(actions["undo"].trigger)
        self.top.export.clicked.connect(lambda: self.go(Place("report")))

    # Where the window stands.

    @property
    def page(self) -> Page:
        shown = self.stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def page_of(self, key: str) -> Page:
        return next(page for page in self.pages if page.key == key)

    def show_page(self, page: Page) -> None:
        self.stack.setCurrentWidget(page)
        self.rail.mark(page)
        page.setFocus()

    def move_focus(self, *, on: bool) -> None:
        """To the next or previous widget, out of a table too."""
        self.focusNextPrevChild(on)

    def go(self, place: Place) -> None:
        """Show what a place names, on its page."""
        page = next((page for page in self.pages if page.key == place.page), None)
        if page is None:
            self.banner.say(
                self.tr("This part of the record has no page yet; `plumbline set` changes it.")
            )
            return
        self.show_page(page)
        page.go_to(place)

    def open_path(self, path: Path) -> None:
        """Open an audit; what goes wrong is a sentence in the banner."""
        try:
            self.desk.open(path)
        except FileError as error:
            self.banner.say(error.sentence)

    # What happens.

    def _audit_opened(self) -> None:
        is_open = self.desk.is_open
        self.outer.setCurrentIndex(1 if is_open else 0)
        self.welcome.refresh()
        for widget in (self.top.find, self.top.undo, self.top.export, self.foot):
            widget.setVisible(is_open)
        if is_open:
            self.banner.hide()
            if self.desk.path:
                self.settings.remember(self.desk.path)
            for page in self.pages:
                page.audit_opened()
            self.show_page(self.pages[0])
            if self.desk.read_only:
                self.banner.say(self.desk.read_only)
        self._refresh()

    def _audit_changed(self, changes: tuple[Change, ...]) -> None:
        for page in self.pages:
            page.audit_changed(changes)
        self._refresh()

    def _figures_changed(self) -> None:
        for page in self.pages:
            if page.isVisible():
                page.follow_figures()
        self._count()
        self._show_busy()

    def _count(self) -> None:
        if self.desk.is_open:
            self.rail.refresh()

    def _refresh(self) -> None:
        self.commands.refresh()
        if not self.desk.is_open:
            self.setWindowTitle("Plumbline")
            self.top.title.setText("Plumbline")
            self.top.saved.setText("")
            return
        title = self.desk.audit.organisation.title or self.tr("Untitled audit")
        self.setWindowTitle(f"{title} – Plumbline")
        self.top.title.setText(title)
        self.top.saved.setText(self._saved())
        self.top.show_undo(self.desk.undo_label)
        self._count_later.start()
        self._show_busy()

    def _saved(self) -> str:
        if self.desk.read_only:
            return self.tr("Read only")
        at = self.desk.saved_at
        local = at.astimezone() if at else dt.datetime.now().astimezone()
        return self.tr("Saved {0}").format(local.strftime("%H:%M"))

    def _show_busy(self) -> None:
        self.foot.busy.setVisible(not self.desk.figures_are_current)
        audit = self.desk.audit
        parked = sum(not item.done for item in audit.parking.values())
        self.foot.left.setText(
            self.tr("{0} people   {1} parked   {2} decisions").format(
                len(audit.people), parked, len(audit.decisions)
            )
        )
        whole = self.desk.portfolio
        if whole:
            covered = whole.coverage
            self.foot.right.setText(
                self.tr("{0} of {1} asked").format(covered.answered, covered.of)
            )

    def _scale_rail(self) -> None:
        self.rail.setFixedWidth(int(220 * max(1.0, 0.5 + self.look.scale / 200)))

    # Qt's events.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """An audit is opened, anything else is taken for an inventory."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        for path in paths[:1]:
            if path.suffix == ENDING or not self.desk.is_open:
                self.open_path(path)
            else:
                run_import(self, self.bench, path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved already, so closing asks nothing."""
        focus = self.focusWidget()
        if focus:
            focus.clearFocus()
        self.settings.geometry = self.saveGeometry()
        self.desk.close()
        event.accept()
