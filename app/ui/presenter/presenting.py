"""Where the wall is shown: on the second screen, as a window to share, or in the main window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.desk.room import Room
from app.ui.presenter.wall_view import WallView
from app.ui.style import Look

SHARED = (1280, 720)
"""Size of the window to share in a call."""


def cover(view: QWidget, screen: QScreen) -> None:
    """The whole of one screen."""
    view.setScreen(screen)
    view.setGeometry(screen.geometry())
    view.showFullScreen()


class Presenting(QObject):
    """Has at most one wall open; knows the room, which the wall itself does not."""

    changed = Signal()
    """The wall was opened, moved or closed."""

    def __init__(
        self,
        window: QMainWindow,
        face: QStackedWidget,
        room: Room,
        look: Look,
        tell: Callable[[str], None],
        *,
        screens: Callable[[], Sequence[QScreen]] = QGuiApplication.screens,
        cover: Callable[[QWidget, QScreen], None] = cover,
    ) -> None:
        """`face`: the main window's stack, whose first widget is the work itself."""
        super().__init__(window)
        self._window, self._face, self._room = window, face, room
        self._look, self._tell = look, tell
        self._screens, self._cover = screens, cover
        self.view: WallView | None = None
        self.screen: str | None = None
        """Name of the screen the wall covers."""
        self.lost: str | None = None
        """Name of the screen it covered until that went away."""
        self._before = Qt.WindowState.WindowNoState
        self._focus: QWidget | None = None
        """What had the keyboard in the work, while the wall has it."""
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenRemoved.connect(self.screen_gone)
        application.screenAdded.connect(self.screen_came)

    @property
    def is_on(self) -> bool:
        return self.view is not None

    @property
    def is_inside(self) -> bool:
        """The main window itself is the wall."""
        return self.view is not None and self._face.currentWidget() is self.view

    # Opening and closing.

    def present(self) -> None:
        """On another screen where there is one, else in the main window; again to end it."""
        if self.is_on:
            self.leave()
            return
        other = self._other_screen()
        self._open()
        if other is not None:
            self._go_to(other)
        else:
            self._go_inside()
        self.changed.emit()

    def share(self) -> None:
        """As an ordinary window, to be shared in a call."""
        if not self.is_on or self.is_inside:
            self.leave()
            self._open()
        self._to_window()
        self.lost = None
        self.changed.emit()

    def leave(self) -> None:
        """Close the wall; what is published stays published."""
        view, self.view = self.view, None
        self.screen = self.lost = None
        if view is None:
            return
        if self._face.indexOf(view) >= 0:
            self._leave_inside(view)
        view.leaving.disconnect(self.leave)
        view.hide()
        view.deleteLater()
        self.changed.emit()

    def _open(self) -> None:
        room = self._room
        self.view = view = WallView(self._look, room.published, room.wall)
        view.turned.connect(room.turn)
        view.freezing.connect(room.freeze)
        view.blanking.connect(room.blank)
        view.leaving.connect(self.leave)

    def _go_to(self, screen: QScreen) -> None:
        assert self.view is not None
        self._cover(self.view, screen)
        self.screen, self.lost = screen.name(), None
        # Keys go on in the main window: what is typed is meant for the work.
        self._window.activateWindow()

    def _to_window(self) -> None:
        assert self.view is not None
        self.screen = None
        self.view.showNormal()
        home = self._window.screen().availableGeometry()
        self.view.resize(
            min(SHARED[0], home.width() * 3 // 4), min(SHARED[1], home.height() * 3 // 4)
        )
        self.view.move(home.topLeft())

    # One screen only.

    def _go_inside(self) -> None:
        assert self.view is not None
        self._before = self._window.windowState()
        self._focus = self._window.focusWidget()
        self._face.addWidget(self.view)
        self._face.setCurrentWidget(self.view)
        self._window.menuBar().hide()
        self._window.showFullScreen()
        self.view.setFocus()

    def _leave_inside(self, view: WallView) -> None:
        self._face.removeWidget(view)
        self._face.setCurrentIndex(0)
        self._window.menuBar().show()
        self._window.setWindowState(self._before)
        focus, self._focus = self._focus, None
        # What was taken away meanwhile is no child any more.
        if focus in self._window.findChildren(QWidget) and focus.isVisible():
            focus.setFocus()

    # Screens come and go.

    def _other_screen(self) -> QScreen | None:
        """The first one the main window is not on."""
        here = self._window.screen()
        found = self._screens()
        return next((s for s in found if s.name() != here.name()), None) if len(found) > 1 else None

    def screen_gone(self, screen: QScreen) -> None:
        """A cable was pulled: the wall goes on as a window, and the facilitator is told."""
        if self.view is None or screen.name() != self.screen:
            return
        lost = screen.name()
        self._to_window()
        self.lost = lost
        self._tell(
            self.tr(
                "The second screen is gone. The wall goes on in a window here and returns to the "
                "screen when it is back."
            )
        )
        self.changed.emit()

    def screen_came(self, screen: QScreen) -> None:
        if self.view is None or self.lost is None:
            return
        self._go_to(screen)
        self._tell(self.tr("The second screen is back, and the wall is on it again."))
        self.changed.emit()
