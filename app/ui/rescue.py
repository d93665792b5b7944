"""Ways on where the audit's file cannot be opened or written."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QMessageBox

from app.errors import PlumblineError
from app.ui.audit_place import ask_place, proposed

Ways = list[tuple[str, Callable[[], object]]]


def ways_on(window: QMainWindow) -> Ways:
    """From an audit that is open and cannot be written: again, or elsewhere."""
    tr, desk = window.tr, window.desk
    if desk.read_only is not None:
        again = tr("Open again"), lambda: window.open_path(desk.path)
    else:
        again = tr("Try again"), lambda: try_again(window)
    return [again, (tr("Save a copy and go on there…"), lambda: go_elsewhere(window))]


def ways_out(window: QMainWindow) -> Ways:
    """From a file that cannot be opened at all: another one."""
    return [(window.tr("Open another…"), lambda: window.commands.actions["open"].trigger())]


def try_again(window: QMainWindow) -> None:
    """Write what waits; the banner goes when all of it is in the file."""
    commit_typed(window)
    if window.desk.write_unsaved():
        window.banner.hide()


def go_elsewhere(window: QMainWindow) -> None:
    name = window.tr("{0} copy").format(proposed(window))
    place = ask_place(window, window.tr("Save a copy and go on there"), name)
    if place:
        go_on_in(window, place)


def go_on_in(window: QMainWindow, path: Path) -> None:
    """The audit with its history, and what waits to be written, in another file from now on."""
    commit_typed(window)
    try:
        window.desk.go_on_in(path)
    except PlumblineError as error:
        window.banner.say(error.sentence, ways_on(window), until=lambda: not window.desk.unsaved)
        return
    if not window.desk.unsaved:
        window.banner.hide()
    if window.desk.path:
        window.settings.remember(window.desk.path)


def may_leave(window: QMainWindow) -> bool:
    """Closing asks only where something would be lost."""
    if window.desk.write_unsaved():
        return True
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(window.tr("Not everything is saved"))
    box.setText(
        window.tr("{0} changes could not be written into the file.").format(
            len(window.desk.unsaved)
        )
    )
    box.setInformativeText(window.tr("Save a copy elsewhere to keep them."))
    stay = box.addButton(window.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton(window.tr("Close without them"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is not leave:
        return False
    window.desk.unsaved.clear()
    return True


def commit_typed(window: QMainWindow) -> None:
    """What is being typed counts too, wherever the keyboard is."""
    focus = window.focusWidget()
    if focus:
        focus.clearFocus()
        focus.setFocus()
