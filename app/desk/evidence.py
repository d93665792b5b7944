"""Files of evidence on the desk: into the audit in parts, and out to a copy to look at."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir

from app.desk.desk import Desk
from app.domain.answers import Evidence
from app.domain.edits.evidence import attach_file, detach_file, free_evidence_id
from app.domain.ids import EvidenceId, QuestionId, Target
from app.errors import PlumblineError
from app.exchange.attachment import SAFE, file_name, media_type, opened, write_parts


class Attachments(QObject):
    """What goes wrong is told through the desk's `failed`. Copies go when this does."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._folder: QTemporaryDir | None = None

    def attach(
        self,
        path: Path,
        label: str,
        target: Target,
        question: QuestionId | None,
        key: EvidenceId | None = None,
    ) -> bool:
        """Keep the bytes of a file, then name them in a piece of evidence, a new one without key.

        Bytes whose edit is refused stay unnamed in the file and are found again by their hash.
        """
        desk, file = self._desk, self._desk.file
        if file is None or self._refused():
            return False
        kept: list[str] = []

        def keep() -> None:
            with opened(path) as stream:
                kept.append(file.put_evidence(stream)[0])

        if not self._try(keep):
            return False
        edit = partial(
            attach_file,
            target=target,
            key=key or free_evidence_id(desk.audit, target),
            title=path.stem.strip() or path.name,
            sha256=kept[0],
            media_type=media_type(path),
            day=desk.today(),
            question=question,
        )
        return desk.apply(label, edit)

    def detach(self, label: str, target: Target, key: EvidenceId) -> bool:
        """The bytes stay in the file, so that Undo can bring them back."""
        return self._desk.apply(label, detach_file, target, key)

    def may_open(self, record: Evidence) -> bool:
        """Looking at a file of this kind runs nothing."""
        return bool(record.sha256) and record.media_type in SAFE

    def copy(self, record: Evidence) -> Path | None:
        """A copy to look at, which nobody can take for the evidence itself: it is read-only."""
        if self._folder is None or not self._folder.isValid():
            self._folder = QTemporaryDir()
        name = file_name(record.title, record.media_type)
        folder = Path(self._folder.path()) / record.sha256[:16]
        path = folder / name

        def write() -> None:
            folder.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                self._write(record, path)
                path.chmod(0o400)

        return path if self._try(write) else None

    def save(self, record: Evidence, path: Path) -> bool:
        """Write the bytes where a person wants them; never over another file."""
        return self._try(lambda: self._write(record, path))

    def _write(self, record: Evidence, path: Path) -> None:
        assert self._desk.file is not None
        write_parts(path, self._desk.file.read_evidence(record.sha256))

    def _refused(self) -> bool:
        if self._desk.read_only:
            self._desk.failed.emit(self._desk.read_only)
        return self._desk.read_only is not None

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except PlumblineError as error:
            self._desk.failed.emit(error.sentence)
            return False
        except OSError as error:
            self._desk.failed.emit(
                f"The copy could not be made ({error.strerror}); the audit is safe. "
                "Free some space and try again."
            )
            return False
        return True
