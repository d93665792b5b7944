"""Where an audit is to be written: asks for a file and sees to its ending."""

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox

from app.desk.files import ENDING, with_ending

UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""Signs that some system does not allow in the name of a file."""


def proposed(w: QMainWindow) -> str:
    """A name for the file: the audit's title as far as a file may be called so."""
    return " ".join(UNSAFE.sub(" ", w.desk.audit.organisation.title).split()).strip(".") or "audit"


def ask_place(w: QMainWindow, title: str, name: str) -> Path | None:
    """Where to write an audit. Its ending is added where it was not typed."""
    chosen, _ = QFileDialog.getSaveFileName(
        w, title, str(usual_folder(w) / f"{name}{ENDING}"), w.tr("Audits (*.plumb)")
    )
    if not chosen:
        return None
    place = with_ending(Path(chosen))
    # The dialog asked about the name as it was typed, which may be that of no file.
    if place != Path(chosen) and place.exists() and not _may_replace(w, place):
        return None
    return place


def usual_folder(w: QMainWindow) -> Path:
    """Where the person kept an audit last, this one first; else the documents."""
    here = [w.desk.path] if w.desk.path else []
    named = (p.parent for p in [*here, *w.settings.recent] if not w.settings.is_untitled(p))
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return next((folder for folder in named if folder.is_dir()), Path(documents))


def _may_replace(w: QMainWindow, place: Path) -> bool:
    text = w.tr("There is a file {0} already. Replace it?").format(place.name)
    yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
    return QMessageBox.question(w, w.tr("Replace a file"), text, yes | no, no) is yes
