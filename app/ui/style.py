"""One palette per theme, Fusion underneath, and the bundled fonts."""

from string import Template

from msgspec import Struct, to_builtins
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.resource import resource

FAMILY = "Inter"
POINTS = 10.0
SIZES = {"size_9": 9, "size_11_5": 11.5, "size_13": 13, "size_14": 14, "size_16": 16}
"""Names in the sheet to points at 100%."""


class Tones(Struct, frozen=True):
    """Colours of one theme by what they are for. Pairs are tested at 4.5:1."""

    ink: str
    second: str
    third: str
    line: str
    page: str
    paper: str
    accent: str
    accent_ink: str
    accent_soft: str
    alarm: str
    alarm_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    quiet_soft: str
    focus: str
    icons: str
    """Which set of resources/icons."""


LIGHT = Tones(
    ink="#16212B", second="#4A5A68", third="#5F6E7A", line="#DDE3E8", page="#F6F8FA",
    paper="#FFFFFF", accent="#0B5D78", accent_ink="#FFFFFF", accent_soft="#E2F0F5",
    alarm="#A3310F", alarm_soft="#FBE9E4", good="#1D6B4A", good_soft="#E3F3EB",
    warn="#7A5A00", warn_soft="#FBF1D3", quiet_soft="#E9EEF2", focus="#0B5D78", icons="light",
)  # fmt: skip
DARK = Tones(
    ink="#E8EEF2", second="#B6C3CD", third="#95A5B1", line="#33414C", page="#131A20",
    paper="#1B242B", accent="#5FB7D1", accent_ink="#0C1A20", accent_soft="#173845",
    alarm="#FF9B80", alarm_soft="#44211A", good="#7BD3A8", good_soft="#16382A",
    warn="#E9C76A", warn_soft="#3B3116", quiet_soft="#28333C", focus="#5FB7D1", icons="dark",
)  # fmt: skip
CONTRAST = Tones(
    ink="#FFFFFF", second="#FFFFFF", third="#E6E6E6", line="#FFFFFF", page="#000000",
    paper="#000000", accent="#FFE14D", accent_ink="#000000", accent_soft="#333000",
    alarm="#FF8C73", alarm_soft="#2B0800", good="#6BFFB0", good_soft="#00260F",
    warn="#FFE14D", warn_soft="#262000", quiet_soft="#222222", focus="#FFE14D", icons="contrast",
)  # fmt: skip

STATE_TONES = {
    "live_without_cover": ("alarm", "alarm_soft"),
    "may_go_live": ("good", "good_soft"),
    "may_build": ("accent", "accent_soft"),
    "not_defined": ("warn", "warn_soft"),
    "stop_or_pause": ("second", "quiet_soft"),
}
"""State to the tones of its chip: text and ground."""


class Look(QObject):
    """The theme and scale in use; widgets that paint themselves repaint on `changed`."""

    changing = Signal()
    """Every widget that is polished now is about to be polished anew."""
    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self.theme = "system"
        self.scale = 100
        self.tones = LIGHT
        for font in sorted(resource("fonts").glob("*.[ot]tf")):
            QFontDatabase.addApplicationFont(str(font))
        application.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def set(self, theme: str, scale: int) -> None:
        """`theme`: system, light, dark or contrast. `scale`: percent of the font size."""
        self.changing.emit()
        self.theme, self.scale = theme, scale
        self.tones = _tones(theme)
        font = QFont(FAMILY)
        font.setPointSizeF(POINTS * scale / 100)
        font.setFeature(QFont.Tag("tnum"), 1)
        # With its old sheet the window would take font and colours widget by widget.
        self._application.setStyleSheet("")
        self._application.setFont(font)
        self._application.setPalette(_palette(self.tones))
        self._application.setStyleSheet(_sheet(self.tones, scale))
        self.changed.emit()

    def color(self, tone: str) -> QColor:
        return QColor(getattr(self.tones, tone))

    def _follow_system(self) -> None:
        if self.theme == "system":
            self.set(self.theme, self.scale)


def _tones(theme: str) -> Tones:
    if theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}[theme]


def _palette(tones: Tones) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for names, tone in (
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), tones.ink),
        ((role.Window,), tones.page),
        ((role.Base, role.Button, role.ToolTipBase), tones.paper),
        ((role.AlternateBase,), tones.page),
        ((role.Highlight,), tones.accent),
        ((role.HighlightedText,), tones.accent_ink),
        ((role.PlaceholderText,), tones.third),
        ((role.Link,), tones.accent),
        ((role.Mid, role.Midlight, role.Dark), tones.line),
    ):
        for name in names:
            palette.setColor(name, QColor(tone))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tones.third))
    return palette


def _sheet(tones: Tones, scale: int) -> str:
    """The sheet of resources/style with tones and scaled sizes put in."""
    text = Template(resource("style", "window.qss").read_text("utf-8"))
    sizes = {name: f"{points * scale / 100:.1f}pt" for name, points in SIZES.items()}
    folder = resource("icons").as_posix()
    return text.substitute(to_builtins(tones), **sizes, icon_folder=folder)
