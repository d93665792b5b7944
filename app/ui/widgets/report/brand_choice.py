"""The organisation's own look: the folder it is read from, and what is wrong with one."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.desk.settings import Settings
from app.errors import ImportFailed
from app.report.brand import Brand, read_brand
from app.ui.page import button, label


class BrandChoice(QWidget):
    """The folder is remembered for every audit of whoever uses this machine."""

    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings, self.brand = settings, Brand()
        self.name = label("")
        self.trouble = label("", "alarm")
        self.choose = button(self.tr("&Brand folder…"))
        self.choose.setAccessibleName(self.tr("Choose the folder of a brand"))
        self.again = button(self.tr("Read again"), "", self.tr("Read brand.json again"))
        self.without = button(self.tr("No brand"), "", self.tr("The report's own look"))
        row = QHBoxLayout()
        row.setSpacing(6)
        for made in (self.choose, self.again, self.without):
            row.addWidget(made)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for text in (label(self.tr("Look"), "heading"), self.trouble, self.name):
            column.addWidget(text)
        column.addLayout(row)
        self.choose.clicked.connect(self._ask)
        self.again.clicked.connect(lambda: self.read(self._settings.brand))
        self.without.clicked.connect(lambda: self.read(None))
        self._take(settings.brand)

    def read(self, folder: Path | None) -> None:
        """The brand of a folder from now on; None for the report's own look."""
        self._settings.brand = folder
        self._take(folder)
        self.changed.emit()

    def _take(self, folder: Path | None) -> None:
        self.brand, trouble = Brand(), ""
        if folder is not None:
            try:
                self.brand = read_brand(folder)
            except ImportFailed as error:
                trouble = error.sentence
        own = self.tr("The report's own look")
        if trouble:
            own = self.tr("Mend it and read it again. Until then the report has its own look.")
        elif folder is not None:
            named = self.brand.name or folder.name
            own = self.tr("{0}, from the folder {1}").format(named, folder.name)
        self.name.setText(own)
        self.name.setToolTip(str(folder or ""))
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        for made in (self.again, self.without):
            made.setVisible(folder is not None)

    def _ask(self) -> None:
        start = self._settings.brand or Path.home()
        name = QFileDialog.getExistingDirectory(self, self.tr("The folder of a brand"), str(start))
        if name:
            self.read(Path(name))
