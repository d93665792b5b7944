"""Asks before a person's name is removed for good, and says what remains."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.desk.names import remains, remove_name
from app.domain.ids import PersonId
from app.ui.page import Bench


class NameRemoval(QMessageBox):
    """No undo brings the name back, so this is one of the few questions the window asks."""

    def __init__(self, parent: QWidget | None, bench: Bench, person: PersonId) -> None:
        super().__init__(parent)
        self._bench, self._person = bench, person
        name = bench.desk.audit.people[person].name
        self.stand_in = bench.words("label.name_removed", id=person)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(self.tr("Remove a name for good"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(self.tr("Remove the name “{0}” for good?").format(name))
        self.setInformativeText(self._what_remains())
        self.keep = self.addButton(self.tr("Keep the name"), QMessageBox.ButtonRole.RejectRole)
        self.remove = self.addButton(
            self.tr("Remove the name"), QMessageBox.ButtonRole.DestructiveRole
        )
        for made in (self.keep, self.remove):
            made.setAccessibleName(made.text())
        self.setDefaultButton(self.keep)
        self.setEscapeButton(self.keep)
        self.remove.clicked.connect(self._remove)

    def _what_remains(self) -> str:
        found = remains(self._bench.desk, self._person)
        parts = [
            self.tr(
                "It becomes “{0}” here and in every entry of the history, and no undo brings it "
                "back. Role, seat, answers and votes stay."
            ).format(self.stand_in)
        ]
        if found.texts or found.labels:
            parts.append(
                self.tr(
                    "Not reached: {0} records that say the name in a note or another text, and "
                    "{1} labels of the history."
                ).format(found.texts, found.labels)
            )
        if found.snapshots:
            parts.append(
                self.tr("{0} snapshots kept before still hold it.").format(found.snapshots)
            )
        parts.append(self.tr("Copies and reports made before are as they were."))
        return " ".join(parts)

    def _remove(self) -> None:
        label = self.tr("Remove the name of {0}").format(self._person)
        remove_name(self._bench.desk, self._person, self.stand_in, label)


def ask_removal(parent: QWidget, bench: Bench, person: PersonId) -> NameRemoval:
    box = NameRemoval(parent, bench, person)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
