"""What new audits begin with: asked on the first start, later changed under File, Settings."""

from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.desk.settings import Settings
from app.ui.page import button, label
from app.words import languages

WIDE = 84
"""Letters the dialog is wide."""


class Defaults(QWidget):
    """Each field is kept when it is changed."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.language = QComboBox()
        self.language.setAccessibleName(self.tr("Language of reports and papers"))
        for code in languages():
            name = QLocale.languageToString(QLocale(code).language())
            self.language.addItem(name, code)
        self.organisation = QLineEdit()
        self.organisation.setAccessibleName(self.tr("Organisation"))
        self.organisation.setPlaceholderText(self.tr("Whose workflows are looked at"))
        self.folder = QLineEdit()
        self.folder.setAccessibleName(self.tr("Folder for audits without a name"))
        self.choose = button(self.tr("Choose…"), "", self.tr("Choose the folder"))
        # A file that is dropped here is meant for the window.
        for line in (self.organisation, self.folder):
            line.setAcceptDrops(False)
        self._lay_out()
        self.refresh()
        self.language.activated.connect(lambda _n: self._keep_language())
        self.organisation.textEdited.connect(self._keep_organisation)
        self.folder.textEdited.connect(self._keep_folder)
        self.folder.editingFinished.connect(self.refresh)
        self.choose.clicked.connect(self._ask_folder)

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.choose)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("&Language of reports and papers"), self.language),
            (self.tr("&Organisation"), self.organisation),
            (self.tr("&Folder for audits without a name"), place),
        )
        for number, (text, field) in enumerate(rows):
            name = label(text, wrap=False)
            if isinstance(field, QWidget):
                name.setBuddy(field)
                grid.addWidget(field, number, 1)
            else:
                name.setBuddy(self.folder)
                grid.addLayout(field, number, 1)
            grid.addWidget(name, number, 0)
        said = self.tr(
            "New audits begin with these. The window itself speaks English; each report, minutes, "
            "pre-work sheet and room pack can be written in another language than this one."
        )
        grid.addWidget(label(said, "quiet"), len(rows), 0, 1, 2)

    def refresh(self) -> None:
        self.language.setCurrentIndex(self.language.findData(self._settings.language))
        self.organisation.setText(self._settings.organisation)
        self.folder.setText(str(self._settings.folder))

    def _keep_language(self) -> None:
        self._settings.language = str(self.language.currentData())

    def _keep_organisation(self, name: str) -> None:
        self._settings.organisation = name.strip()

    def _keep_folder(self, text: str) -> None:
        """An empty line stands for the folder that was there from the start."""
        text = text.strip()
        self._settings.folder = Path(text).expanduser().absolute() if text else None

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for audits without a name"), self.folder.text()
        )
        if name:
            self._keep_folder(name)
            self.refresh()


class SettingsDialog(QDialog):
    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.defaults = Defaults(settings)
        close = button(self.tr("Close"))
        close.clicked.connect(self.accept)
        # Enter in a field is no choice of a folder.
        self.defaults.choose.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(label(self.tr("New audits"), "heading"))
        column.addWidget(self.defaults)
        column.addStretch(1)
        column.addLayout(foot)
        column.activate()
        wide = min(self.fontMetrics().averageCharWidth() * WIDE, parent.width() - 40)
        self.setMinimumWidth(wide)
        self.resize(wide, column.totalHeightForWidth(wide))
