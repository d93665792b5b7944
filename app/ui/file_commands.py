"""Commands of the File menu that begin, open, name and copy audits."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMainWindow

from app.desk.files import ENDING
from app.desk.merging import begin_next
from app.desk.settings import Settings
from app.desk.snapshots import take_snapshot
from app.domain.audit import Audit
from app.domain.landscape import Organisation
from app.errors import PlumblineError
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference
from app.exchange.sample import sample_audit
from app.ui.audit_place import ask_place, proposed, usual_folder
from app.ui.dialogs.import_wizard import run_import
from app.ui.rescue import go_on_in


def new(w: QMainWindow) -> None:
    """An untitled audit; it is saved from the first word on."""
    own = Organisation(name=w.settings.organisation, language=w.settings.language)
    start(w, Audit(default_bank(), default_reference(), own), "audit", w.tr("New audit"))


def example(w: QMainWindow) -> None:
    """A fresh copy of the complete fictitious audit."""
    start(w, sample_audit(), "example", w.tr("Sample audit"))


def start(w: QMainWindow, audit: Audit, stem: str, label: str) -> None:
    """In the folder for audits without a name, where nothing untouched stays behind."""
    w.settings.language = w.settings.language  # From now on it is no guess any more.
    try:
        w.settings.folder.mkdir(parents=True, exist_ok=True)
        path = free_path(w.settings.folder, stem).resolve()
        w.settings.remember_untitled(path)
        w.desk.create(path, audit, label)
    except PlumblineError as error:
        w.say_refused(error.sentence)
    except OSError as error:
        w.banner.say(
            w.tr(
                "The folder {0} for new audits cannot be used ({1}). Nothing has been changed. "
                "Choose another one under File, Settings."
            ).format(w.settings.folder, error.strerror)
        )


def free_path(folder: Path, stem: str) -> Path:
    number = 1
    while (path := folder / f"{stem}-{number}{ENDING}").exists():
        number += 1
    return path


def import_new(w: QMainWindow, path: Path | None = None) -> None:
    """An inventory into a new audit, which goes again where nothing is taken."""
    new(w)
    if not w.desk.is_open:
        return
    made = w.desk.path

    def leave() -> None:
        if w.desk.path == made and not w.desk.undo_label:
            w.desk.close()

    run_import(w, w.bench, path).rejected.connect(leave)


def open_(w: QMainWindow) -> None:
    name, _ = QFileDialog.getOpenFileName(
        w,
        w.tr("Open an audit"),
        str(usual_folder(w)),
        w.tr("Audits (*.plumb);;All files (*)"),
    )
    if name:
        w.open_path(Path(name))


def copy(w: QMainWindow) -> None:
    place = ask_place(w, w.tr("Save a copy"), w.tr("{0} copy").format(proposed(w)))
    if place and w.desk.file:
        try:
            w.desk.file.copy_to(place, overwrite=True)
        except PlumblineError as error:
            w.banner.say(error.sentence)


def begin(w: QMainWindow) -> None:
    """The next audit from this one, in a new file that is opened."""
    name = w.tr("{0} next").format(proposed(w))
    place = ask_place(w, w.tr("Begin the next audit"), name)
    if place is None:
        return
    try:
        begin_next(w.desk, place, w.bench.words)
    except PlumblineError as error:
        w.banner.say(error.sentence)
    else:
        w.open_path(place)


def keep(w: QMainWindow) -> None:
    """A place for an untitled audit; a snapshot under its time for one that has a place."""
    path = w.desk.path
    if path is not None and w.settings.is_untitled(path):
        name_audit(w, path)
        return
    at = w.desk.now().astimezone().strftime("%Y-%m-%d %H:%M")
    take_snapshot(w.desk, w.tr("Snapshot {0}").format(at))


def name_audit(w: QMainWindow, untitled: Path) -> None:
    """Move an untitled audit where the person wants it; they go on where they were."""
    place = ask_place(w, w.tr("Where to keep this audit"), proposed(w))
    if place is None or w.desk.file is None:
        return
    if place.resolve() == untitled:
        # Its place is the name it has: nothing moves, and nobody is asked again.
        w.settings.forget(untitled)
        w.settings.remember(untitled)
        return
    go_on_in(w, place)
    if w.desk.path != untitled:
        w.settings.forget(untitled)
        with suppress(OSError):
            untitled.unlink(missing_ok=True)


def let_go(settings: Settings, path: Path, is_empty: bool) -> None:
    """Nothing is kept of an audit that nobody named and nothing was recorded in."""
    if is_empty and settings.is_untitled(path):
        settings.forget(path)
        with suppress(OSError):
            path.unlink(missing_ok=True)
