"""The main window: rail, bars, banner and the stack of pages, around one desk."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.desk.desk import Desk
from app.desk.files import is_audit, is_inventory
from app.desk.room import Room
from app.desk.settings import Settings
from app.domain.changes import Change
from app.domain.sessions import named_people, quorum
from app.errors import FileError
from app.ui.asked import Asked
from app.ui.bars import Banner, FootBar, TopBar
from app.ui.commands import Command, Commands
from app.ui.dialogs.import_wizard import run_import
from app.ui.file_commands import import_new, let_go
from app.ui.late_pages import LatePages
from app.ui.page import Bench, Page, Place
from app.ui.pages.walk import WalkPage
from app.ui.presenter.presenting import Presenting
from app.ui.rail import Rail
from app.ui.rescue import commit_typed, may_leave, ways_on, ways_out
from app.ui.resting import Resting
from app.ui.session.clock import SessionClock
from app.ui.session.room_panel import RoomPanel
from app.ui.style import Look
from app.ui.trail import Trail
from app.ui.welcome import Welcome
from app.words import Words

COUNT_AFTER = 60
"""Milliseconds after which the rail counts anew."""
COUNT_AGAIN = 1_000
"""Milliseconds after which it does so while workers are at it."""
RESTYLE_AFTER = 150
"""Milliseconds without another key after which letters change their size."""
MakePages = Callable[[Bench], LatePages]


class Window(QMainWindow):
    def __init__(
        self,
        desk: Desk,
        room: Room,
        settings: Settings,
        look: Look,
        words: Words,
        make_pages: MakePages,
        make_commands: Callable[["Window"], list[Command]],
    ) -> None:
        super().__init__()
        self.desk, self.room = desk, room
        self.settings, self.look, self.words = settings, look, words
        self.setWindowTitle("Plumbline")
        self.setAcceptDrops(True)
        # Said here, so that large letters on a page do not make the window larger.
        self.setMinimumSize(1000, 640)
        self.clock = SessionClock(room, words, look)
        self.top, self.banner, self.foot = TopBar(), Banner(), FootBar(self.clock)
        self.bench = Bench(desk, room, words, look, self.go, self.banner.say, settings)
        self.pages = make_pages(self.bench)
        self.pages.setParent(self)
        self.commands = Commands(self, make_commands(self))
        self.commands.fill(self.menuBar())
        self.rail = Rail(self.pages.kinds, self._groups(), look, self._show)
        # Counting walks every workflow: it may follow the repaint of what is new.
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.timeout.connect(self._count)
        # Letters are restyled once for a run of keys: each time costs a second with all pages.
        self._restyle_later = QTimer(self)
        self._restyle_later.setSingleShot(True)
        self._restyle_later.setInterval(RESTYLE_AFTER)
        self._restyle_later.timeout.connect(self.restyle)
        self._resting = Resting()
        self.asked = Asked(desk, self)
        self.stack, self.trail = QStackedWidget(), Trail()
        self.face = QStackedWidget()
        self.presenting = Presenting(self, self.face, room, look, self.banner.say)
        self._panel: RoomPanel | None = None
        self.welcome = self._welcome()
        self._lay_out()
        self._connect()
        self._scale_rail()
        self._audit_opened()

    def _groups(self) -> list[tuple[str, str]]:
        return [
            ("prepare", self.tr("Prepare")),
            ("audit", self.tr("Audit")),
            ("evidence", self.tr("Evidence")),
            ("decide", self.tr("Decide")),
            ("session", self.tr("Session")),
        ]

    def _welcome(self) -> Welcome:
        run = {command.id: command.run for command in self.commands.table}
        return Welcome(
            self.settings,
            new=run["new"],
            open_=run["open"],
            import_=run["import"],
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
        room = QWidget()
        for widget, stretch in ((self.top, 0), (room, 0), (self.outer, 1), (self.foot, 0)):
            column.addWidget(widget, stretch)
        self.banner.lie_over(whole, self.top, room)
        self.face.addWidget(whole)
        self.setCentralWidget(self.face)

    def _connect(self) -> None:
        self.desk.flushing.connect(lambda: commit_typed(self))
        self.desk.opened.connect(self._audit_opened)
        self.desk.left.connect(
            lambda path, is_empty: let_go(self.settings, path, is_empty=is_empty)
        )
        self.desk.changed.connect(self._audit_changed)
        self.desk.figures_changed.connect(self._figures_changed)
        self.desk.failed.connect(self._failed)
        self.asked.counted.connect(self._show_progress)
        self.look.changing.connect(self._rest)
        self.look.changed.connect(self._scale_rail)
        self.pages.made.connect(self._page_made)
        actions = self.commands.actions
        self.top.find.clicked.connect(actions["find"].trigger)
        self.top.undo.clicked.connect(actions["undo"].trigger)
        self.top.present.clicked.connect(actions["present"].trigger)
        self.clock.clicked.connect(actions["room"].trigger)
        self.top.export.clicked.connect(lambda: self.go(Place("report")))
        self.foot.parked.clicked.connect(lambda: self.go(Place("log", key="parking")))
        self.foot.decisions.clicked.connect(lambda: self.go(Place("log", key="decisions")))

    # Where the window stands.

    @property
    def page(self) -> Page:
        shown = self.stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    @property
    def panel(self) -> RoomPanel:
        """Made when it is first wanted."""
        if self._panel is None:
            new = self.commands.actions["new_session"].trigger
            self._panel = RoomPanel(
                self.bench, self.presenting, new, self.face.widget(0), self.foot
            )
        return self._panel

    def page_of(self, key: str) -> Page:
        return self.pages.of(key)

    def _show(self, key: str) -> None:
        self.show_page(self.page_of(key))

    def show_page(self, page: Page) -> None:
        left = self.stack.currentWidget()
        if isinstance(left, Page) and left is not page:
            self.trail.leave(left, self.focusWidget())
        self._turn_to(page)

    def go_back(self) -> None:
        """To the page one came from, with the keyboard where it was."""
        found = self.trail.back()
        if found:
            page, focus = found
            self._turn_to(page)
            if focus:
                focus.setFocus()

    def _turn_to(self, page: Page) -> None:
        if page is not self.stack.currentWidget():
            self.banner.pass_by()
        if self._resting.wake(page):
            # Whoever measures letters when the look changes measured the old ones.
            self.look.changed.emit()
        self.stack.setCurrentWidget(page)
        self.rail.mark(page)
        page.setFocus()
        self._show_progress()

    def move_focus(self, *, on: bool) -> None:
        """To the next or previous widget, out of a table too."""
        self.focusNextPrevChild(on)

    def go(self, place: Place) -> None:
        """Show what a place names, on its page."""
        if place.page not in {kind.key for kind in self.pages.kinds}:
            self.banner.say(
                self.tr("This part of the record has no page yet; `plumbline set` changes it.")
            )
            return
        self._show(place.page)
        self.page.go_to(place)

    def take(self, path: Path) -> None:
        """A file that was dropped or named: an audit is opened, an inventory is imported."""
        if not is_audit(path) and (self.desk.is_open or is_inventory(path)):
            if self.desk.is_open:
                run_import(self, self.bench, path)
            else:
                import_new(self, path)
        else:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open an audit; what goes wrong is a sentence in the banner."""
        try:
            self.desk.open(path)
        except FileError as error:
            self.say_refused(error.sentence)

    def say_refused(self, sentence: str) -> None:
        """Why no other audit was opened, and the ways from here."""
        self.banner.say(sentence, ways_on(self) if self.desk.unsaved else ways_out(self))

    # What happens.

    def _page_made(self, page: Page) -> None:
        self.stack.addWidget(page)
        page.moved.connect(self.banner.pass_by)
        if isinstance(page, WalkPage):
            page.head.moded.connect(lambda _mode: self.asked.choose(page.place.stored_mode))
        if self.desk.is_open:
            page.audit_opened()
            self._count_later.start(COUNT_AFTER)

    def _audit_opened(self) -> None:
        is_open = self.desk.is_open
        self.outer.setCurrentIndex(1 if is_open else 0)
        self.welcome.refresh()
        for widget in (self.top.undo, self.top.present, self.top.export, self.foot):
            widget.setVisible(is_open)
        if is_open:
            self.banner.hide()
            if self.desk.path:
                self.settings.remember(self.desk.path)
            for page in self.pages.here:
                page.audit_opened()
            self._show(self.pages.kinds[0].key)
            self.trail.forget()
            if self.desk.read_only:
                self.banner.say(
                    self.desk.read_only, ways_on(self), until=self._is_writable, makes_room=True
                )
        else:
            self.welcome.setFocus()
        self._refresh()

    def _failed(self, sentence: str) -> None:
        """What the file refused waits; everything else was only refused."""
        ways = () if self._is_writable() else ways_on(self)
        self.banner.say(sentence, ways, until=self._is_writable)
        self._show_saved()

    def _is_writable(self) -> bool:
        """Nothing waits for the file."""
        return not self.desk.unsaved and self.desk.read_only is None

    def _audit_changed(self, changes: tuple[Change, ...]) -> None:
        if changes:
            self.banner.pass_by()
        for page in self.pages.here:
            page.audit_changed(changes)
        self._refresh()

    def _figures_changed(self) -> None:
        if self.page.isVisible():
            self.page.follow_figures()
        self._count_later.start(COUNT_AFTER)
        self._show_busy()

    def _count(self) -> None:
        if self.desk.is_open:
            self.rail.refresh(self.pages.here)
            self.asked.refresh()
            self._show_progress()
            if not self.desk.jobs.is_idle:
                # A page may be waiting for a worker before it can be counted.
                self._count_later.start(COUNT_AGAIN)

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
        if self.desk.path:
            self.settings.entitle(self.desk.path, self.desk.audit.organisation.title)
        self._show_saved()
        self.top.show_undo(self.desk.undo_label)
        self._count_later.start(COUNT_AFTER)
        self._show_busy()

    def _show_saved(self) -> None:
        if self.desk.unsaved:
            self.top.show_saved(self.tr("Not saved"), is_alarm=True)
        elif self.desk.is_open:
            self.top.show_saved(self._saved())

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
        session = self.room.session
        here = quorum(audit, session) if session else None
        self.foot.count(len(named_people(audit)), here, parked, len(audit.decisions))

    def _show_progress(self) -> None:
        """Of the chosen mode only: what another mode would ask is no debt of this one."""
        if not self.desk.is_open or self.stack.count() == 0 or self.page.key != "screen":
            self.foot.right.setText(self.asked.text())
            return
        rows = self.page.completeness()
        text = self.tr("Screen: {0} of {1} workflows") if rows.of else ""
        self.foot.right.setText(text.format(rows.done, rows.of))

    def _rest(self) -> None:
        shown = self.stack.currentWidget()
        self._resting.rest(page for page in self.pages.here if page is not shown)

    def restyle(self) -> None:
        """The look as it is set."""
        self._restyle_later.stop()
        self.look.set(self.settings.theme, self.settings.scale)

    def restyle_soon(self) -> None:
        """When the keys rest."""
        self._restyle_later.start()

    def _scale_rail(self) -> None:
        self.rail.setFixedWidth(int(220 * max(1.0, 0.5 + self.look.scale / 200)))

    # Qt's events.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pages.make_ahead()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        for path in paths[:1]:
            self.take(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved already, so closing asks nothing but where the file refused."""
        focus = self.focusWidget()
        if focus:
            focus.clearFocus()
        if self.desk.unsaved and not may_leave(self):
            event.ignore()
            return
        self.pages.stop()
        self.presenting.leave()
        self.settings.geometry = self.saveGeometry()
        self.desk.close()
        event.accept()
