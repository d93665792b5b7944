"""What a person chooses before a report is made: its format, reader and language, and the rest."""

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.audit import Audit
from app.report.model import Audience
from app.report.request import Request, language_of
from app.ui.page import Bench, button, label
from app.ui.widgets.chips import WrapLayout
from app.ui.widgets.report.contents import ReportContents
from app.words import languages

SPACE = 10
"""Pixels between two fields."""


class Format(Struct, frozen=True):
    """A row of `formats.RENDER` as people choose it."""

    kind: str
    name: str
    ending: str
    """Of its file, without the dot."""
    instead: str = ""
    """What it holds, where the pages shown are not those of the file."""


class ReportOptions(QFrame):
    changed = Signal()
    """Another report is wanted; another format alone is still the same report."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.contents = ReportContents(bench.words, bench.settings, bench.desk.today())
        self.formats = {made.kind: made for made in self._formats()}
        self.format = self._choice(
            self.tr("Format"), [(made.kind, made.name) for made in self.formats.values()]
        )
        self.audience = self._choice(
            self.tr("Audience"),
            [
                (Audience.FULL.value, self.tr("Full: names as recorded")),
                (Audience.EXECUTIVE.value, self.tr("Executive: roles and initials")),
                (Audience.EXTERNAL.value, self.tr("External: stand-in names")),
            ],
        )
        named = [(code, _language(code)) for code in languages()]
        self.language = self._choice(self.tr("Language"), [("", ""), *named])
        self.more = button(self.tr("&Contents and look"))
        self.more.setAccessibleName(self.tr("Contents and look"))
        self.more.setToolTip(self.tr("Parts, workflows, page, date and brand"))
        self.more.setCheckable(True)
        self.export = button(self.tr("E&xport…"), "primary")
        self.export.setAccessibleName(self.tr("Export…"))
        self._look = bench.look
        self._restyle()
        self._lay_out()
        bench.look.changed.connect(self._restyle)
        for box in (self.audience, self.language):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.contents.changed.connect(self.changed)

    def _formats(self) -> list[Format]:
        tr = self.tr
        return [
            Format("pdf", "PDF", "pdf"),
            Format("html", "HTML", "html", tr("The file is one long page with the same parts.")),
            Format("docx", "DOCX", "docx", tr("The document has the same parts, to edit.")),
            Format("pptx", "PPTX", "pptx", tr("The deck has up to five slides of it, to edit.")),
            Format("xlsx", "XLSX", "xlsx", tr("The workbook has the registers, every row.")),
            Format(
                "csv", tr("CSV in a zip"), "zip", tr("The zip has one table for each register.")
            ),
            Format("json", "JSON", "json", tr("The file has the whole report as data.")),
        ]

    def show_audit(self, audit: Audit) -> None:
        """Offer what this audit has: its workflows, and its own language."""
        self.contents.show_audit(audit)
        brand = self.contents.brand.brand
        code = language_of(Request(brand=brand), audit)
        said = self.tr("As the brand: {0}") if brand.language else self.tr("As recorded: {0}")
        self.language.setItemText(0, said.format(_language(code)))

    def start_afresh(self) -> None:
        """Another audit: what was chosen for the old one's readers stays, what was its own goes."""
        for made in (self.language, self.contents):
            made.blockSignals(True)
        self.language.setCurrentIndex(0)
        self.contents.start_afresh()
        for made in (self.language, self.contents):
            made.blockSignals(False)

    @property
    def request(self) -> Request:
        return replace(
            self.contents.request,
            audience=Audience(self.audience.currentData()),
            language=str(self.language.currentData()),
        )

    @property
    def chosen(self) -> Format:
        return self.formats[str(self.format.currentData())]

    @property
    def kind(self) -> str:
        return self.chosen.kind

    def _choice(self, name: str, choices: list[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for value, text in choices:
            box.addItem(text, value)
        return box

    def _restyle(self) -> None:
        """What is unfolded stands out less than what there is to do."""
        tones = self._look.tones
        self.more.setStyleSheet(
            f"QPushButton:checked {{ background: {tones.accent_soft}; color: {tones.accent};"
            f" border: 1px solid {tones.accent}; }}"
            f"QPushButton:checked:focus {{ border: 2px solid {tones.focus}; }}"
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        row = WrapLayout()
        row.setSpacing(SPACE)
        column.addLayout(row)
        for name, widget in (
            (self.tr("&Format"), self.format),
            (self.tr("&Audience"), self.audience),
            (self.tr("&Language"), self.language),
            ("", self._ways()),
        ):
            row.addWidget(named(name, widget))

    def _ways(self) -> QWidget:
        """Both stay together where there is no room beside the rest."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.more)
        row.addWidget(self.export)
        return made


def named(name: str, widget: QWidget) -> QWidget:
    """A field under its name."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    text = label(name, "quiet", wrap=False)
    text.setBuddy(widget)
    column.addWidget(text)
    column.addWidget(widget)
    return made


def _language(code: str) -> str:
    locale = QLocale(code)
    known = locale.language() is not QLocale.Language.C
    return QLocale.languageToString(locale.language()) if known else code
