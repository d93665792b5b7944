"""What the window remembers between starts: recent files, look, size, untitled work."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, QLocale, QSettings, QStandardPaths

from app.words import ENGLISH, languages

RECENT = 12
THEMES = ("system", "light", "dark", "contrast")
Titles = dict[str, str]
"""Path to the title of the audit in it."""


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
        return self._paths("files/recent")

    def remember(self, path: Path) -> None:
        """Put a file on top of the recent ones."""
        others = [p for p in self.recent if p != path]
        self._keep_paths("files/recent", [path, *others][:RECENT])

    def forget(self, path: Path) -> None:
        """The file is no recent one any more, nor one that waits for a name."""
        for key in ("files/recent", "files/untitled"):
            self._keep_paths(key, [p for p in self._paths(key) if p != path])
        self._keep_titles({p: t for p, t in self._titles().items() if p != str(path)})

    def title(self, path: Path) -> str:
        """What the audit in a recent file was called when it was last open."""
        return self._titles().get(str(path), "")

    def entitle(self, path: Path, title: str) -> None:
        found = self._titles()
        if found.get(str(path), "") != title:
            here = {str(p) for p in self.recent}
            self._keep_titles({p: t for p, t in found.items() if p in here} | {str(path): title})

    def _titles(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(str(self._store.value("files/titles", "{}")), type=Titles)
        except msgspec.MsgspecError:
            return {}

    def _keep_titles(self, titles: dict[str, str]) -> None:
        self._store.setValue("files/titles", msgspec.json.encode(titles).decode())

    def is_untitled(self, path: Path) -> bool:
        """The program chose its place; whoever saves it is asked for another one."""
        return path in self._paths("files/untitled") or path.parent == untitled_folder().resolve()

    def remember_untitled(self, path: Path) -> None:
        self._keep_paths("files/untitled", [path, *self._paths("files/untitled")])

    def _paths(self, key: str) -> list[Path]:
        found = self._store.value(key, [])
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        return [Path(name) for name in names]

    def _keep_paths(self, key: str, paths: list[Path]) -> None:
        self._store.setValue(key, [str(p) for p in paths])

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
    def is_known(self) -> bool:
        """The person at this computer has begun an audit before, so nothing is asked first."""
        return bool(self._store.value("start/language", "")) or bool(self.recent)

    @property
    def language(self) -> str:
        """Of reports and papers of new audits; at first that of the system, if there are words."""
        found = str(self._store.value("start/language", ""))
        known = languages()
        system = QLocale.system().name().split("_", maxsplit=1)[0]
        return next((code for code in (found, system) if code in known), ENGLISH)

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("start/language", code)

    @property
    def organisation(self) -> str:
        """The name new audits begin with."""
        return str(self._store.value("start/organisation", ""))

    @organisation.setter
    def organisation(self, name: str) -> None:
        self._store.setValue("start/organisation", name)

    @property
    def folder(self) -> Path:
        """Where audits without a name are kept."""
        name = str(self._store.value("start/folder", ""))
        return Path(name) if name else untitled_folder()

    @folder.setter
    def folder(self, folder: Path | None) -> None:
        self._store.setValue("start/folder", str(folder) if folder else "")

    @property
    def person(self) -> str:
        return str(self._store.value("person/name", ""))

    @person.setter
    def person(self, name: str) -> None:
        self._store.setValue("person/name", name)

    def keyboard(self, audit: str) -> str:
        """The person who was last at the keyboard of an audit; empty for nobody named."""
        return str(self._store.value(f"keyboard/{audit}", ""))

    def keep_keyboard(self, audit: str, person: str) -> None:
        self._store.setValue(f"keyboard/{audit}", person)


def untitled_folder() -> Path:
    """Where audits without a place of their own live until they are given one."""
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    folder = Path(data) / "untitled"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
