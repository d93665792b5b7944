"""What the window remembers between starts: recent files, look, size, untitled work."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

RECENT = 12
THEMES = ("system", "light", "dark", "contrast")


class Settings:
    """A thin face over QSettings, so that keys and defaults stand in one place."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @property
    def theme(self) -> str:
        found = str(self._store.value("look/theme", "system"))
        return found if found in THEMES else "system"

    @theme.setter
    def theme(self, theme: str) -> None:
        self._store.setValue("look/theme", theme)

    @property
    def scale(self) -> int:
        """Font scale in percent, 80 to 200."""
        found = str(self._store.value("look/scale", 100))
        return min(200, max(80, int(found))) if found.isdigit() else 100

    @scale.setter
    def scale(self, percent: int) -> None:
        self._store.setValue("look/scale", percent)

    @property
    def recent(self) -> list[Path]:
        found = self._store.value("files/recent", [])
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        return [Path(name) for name in names]

    def remember(self, path: Path) -> None:
        """Put a file on top of the recent ones."""
        others = [p for p in self.recent if p != path]
        self._store.setValue("files/recent", [str(p) for p in [path, *others][:RECENT]])

    def forget(self, path: Path) -> None:
        self._store.setValue("files/recent", [str(p) for p in self.recent if p != path])

    @property
    def geometry(self) -> QByteArray:
        found = self._store.value("window/geometry")
        return found if isinstance(found, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)

    @property
    def brand(self) -> Path | None:
        """The folder of the organisation's look, for every report."""
        name = str(self._store.value("report/brand", ""))
        return Path(name) if name else None

    @brand.setter
    def brand(self, folder: Path | None) -> None:
        self._store.setValue("report/brand", str(folder) if folder else "")

    @property
    def report_is_unfolded(self) -> bool:
        """Whether the choice of the report's parts, paper and look is in sight."""
        return str(self._store.value("report/unfolded", "")) == "yes"

    @report_is_unfolded.setter
    def report_is_unfolded(self, unfolded: bool) -> None:
        self._store.setValue("report/unfolded", "yes" if unfolded else "no")

    @property
    def person(self) -> str:
        return str(self._store.value("person/name", ""))

    @person.setter
    def person(self, name: str) -> None:
        self._store.setValue("person/name", name)


def untitled_folder() -> Path:
    """Where audits without a place of their own live until they are given one."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    folder = Path(data) / "untitled"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
