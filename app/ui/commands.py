"""The one table of commands: menus, shortcuts, palette and the shortcut overview read it."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

SEPARATOR = ""


class Command(Struct, frozen=True):
    """What a person can ask the window to do. A roadmap action is something else."""

    id: str
    menu: str
    title: str
    run: Callable[[], object]
    keys: tuple[QKeySequence | QKeySequence.StandardKey | str, ...] = ()
    is_enabled: Callable[[], bool] = lambda: True
    title_now: Callable[[], str] | None = None
    """A title that says what would happen, such as "Undo: Answer RT-01"."""

    def text(self) -> str:
        return self.title_now() if self.title_now else self.title

    def sequences(self) -> list[QKeySequence]:
        return [key if isinstance(key, QKeySequence) else QKeySequence(key) for key in self.keys]


class Commands:
    """Commands as QActions of one window."""

    def __init__(self, window: QWidget, table: list[Command]) -> None:
        self.table = table
        self.actions: dict[str, QAction] = {}
        for command in table:
            action = QAction(command.title, window)
            action.setShortcuts(command.sequences())
            action.triggered.connect(lambda _checked=False, c=command: c.run())
            window.addAction(action)
            self.actions[command.id] = action

    def fill(self, bar: QMenuBar) -> None:
        """Menus in the order of the table."""
        for name in dict.fromkeys(command.menu for command in self.table):
            menu = bar.addMenu(name)
            for command in self.table:
                if command.menu == name:
                    menu.addAction(self.actions[command.id])

    def refresh(self) -> None:
        """Titles and what can be done now."""
        for command in self.table:
            action = self.actions[command.id]
            action.setText(command.text())
            action.setEnabled(command.is_enabled())
