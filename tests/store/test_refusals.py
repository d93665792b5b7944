"""What cannot be opened or written is refused with a sentence, and all stays as it was."""

import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from app.document import Document
from app.domain.audit import Audit
from app.domain.landscape import Workflow
from app.errors import Damaged, FileError, NotAnAudit, PlumblineError, TooNew, WriteFailed
from app.store import failures
from app.store.file import AuditFile
from app.store.schema import VERSION
from tests.store.edits import new_file, opened, put
from tests.store.tiny import full_audit

NOBODY_ELSE = 65534
"""Number of the user without rights."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.plumb"
    new_file(made, full_audit()).close()
    return made


def change(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as db:
        for sql in statements:
            db.execute(sql)
    db.close()


def overwrite_page(path: Path, table: str) -> None:
    with sqlite3.connect(path) as db:
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", [table]
        ).fetchone()
    db.close()
    with path.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xa5" * 4096)


def sql(*statements: str) -> Callable[[Path], None]:
    return lambda path: change(path, *statements)


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def overwrite_schema(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\xa5" * 2000)


TRIGGER = "CREATE TRIGGER sly AFTER INSERT ON journal BEGIN DELETE FROM answers; END"
SPOIL: Mapping[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "folder": make_folder,
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("Dear sir,\n" * 500),
    "other program": sql("PRAGMA application_id = 7"),
    "newer": sql(f"PRAGMA user_version = {VERSION + 1}"),
    "pages": lambda path: overwrite_page(path, "answers"),
    "schema page": overwrite_schema,
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "trigger": sql(TRIGGER),
    "view": sql("CREATE VIEW sly AS SELECT 1"),
    "table gone": sql("DROP TABLE parking"),
}
REFUSED = {
    "missing": (FileError, "There is no file"),
    "folder": (NotAnAudit, "is not an audit file"),
    "empty": (NotAnAudit, "database of another program"),
    "text": (NotAnAudit, "is not an audit file"),
    "other program": (NotAnAudit, "database of another program"),
    "newer": (TooNew, f"has schema {VERSION + 1}, and this program knows schemas up to {VERSION}"),
    "pages": (Damaged, "is damaged"),
    "schema page": (Damaged, "is damaged"),
    "cut": (Damaged, "is damaged"),
    "trigger": (Damaged, "the trigger sly"),
    "view": (Damaged, "the view sly"),
    "table gone": (Damaged, "table parking is missing"),
}


@pytest.mark.parametrize("how", REFUSED)
@pytest.mark.parametrize("write", [True, False], ids=["write", "read"])
def test_file_is_refused_with_a_sentence_and_left_alone(how: str, write: bool, path: Path) -> None:
    SPOIL[how](path)
    before = path.read_bytes() if path.is_file() else None
    kind, words = REFUSED[how]
    if how == "newer" and not write:
        with AuditFile.open(path, write=False) as file:
            assert file.read_only
            assert words in file.read_only
            assert file.load() == full_audit()
    else:
        with pytest.raises(kind, match=words) as told:
            AuditFile.open(path, write=write)
        assert type(told.value) is kind
        is_sentence(told.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert list(path.parent.iterdir()) == ([] if before is None and how == "missing" else [path])


def is_sentence(error: PlumblineError) -> None:
    """What happened, what is safe, what to do."""
    assert error.sentence.count(". ") >= 2
    assert error.sentence.endswith(".")


def test_newer_file_that_cannot_be_read_says_so(path: Path) -> None:
    change(
        path,
        "ALTER TABLE workflows RENAME COLUMN name TO title",
        f"PRAGMA user_version = {VERSION + 1}",
    )
    with (
        AuditFile.open(path, write=False) as file,
        pytest.raises(TooNew, match=f"has schema {VERSION + 1}"),
    ):
        file.load()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE workflows SET lifecycle = 'dreaming'",
        "UPDATE workflows SET go_live = 'soon'",
        "UPDATE answers SET individual = '{'",
        "UPDATE answers SET settled = '{}'",
        "UPDATE bank SET body = '{}'",
        "DELETE FROM plan",
    ],
)
def test_row_that_is_no_record_is_damage(sql: str, path: Path) -> None:
    change(path, sql)
    with AuditFile.open(path, write=True) as file, pytest.raises(Damaged) as told:
        file.load()
    is_sentence(told.value)


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """The operating system refuses to let any file grow beyond so many bytes."""
    resource = pytest.importorskip("resource", reason="this system cannot limit the size of files")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


@contextmanager
def full_disk(path: Path, file: AuditFile) -> Iterator[None]:
    with no_file_beyond(path.stat().st_size):
        yield


@contextmanager
def no_more_pages(path: Path, file: AuditFile) -> Iterator[None]:
    pages = file._db.execute("PRAGMA page_count").fetchone()[0]
    file._db.execute(f"PRAGMA max_page_count = {pages}")
    yield
    file._db.execute("PRAGMA max_page_count = 1000000")


@contextmanager
def vanished(path: Path, file: AuditFile) -> Iterator[None]:
    if os.name != "posix":
        pytest.skip("this system does not let an open file go")
    away = path.with_name("away")
    path.rename(away)
    yield
    away.rename(path)


@contextmanager
def replaced(path: Path, file: AuditFile) -> Iterator[None]:
    with vanished(path, file):
        shutil.copyfile(path.with_name("away"), path)
        yield


@contextmanager
def busy(path: Path, file: AuditFile) -> Iterator[None]:
    file._db.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


Trouble = Callable[[Path, AuditFile], AbstractContextManager[None]]
WHILE_WRITING: Mapping[Trouble, tuple[type[FileError], str]] = {
    full_disk: (WriteFailed, "no space left|disk failed"),
    no_more_pages: (WriteFailed, "no space left"),
    vanished: (WriteFailed, "no longer in"),
    replaced: (WriteFailed, "no longer in"),
    busy: (FileError, "Another program is using"),
}


@pytest.mark.parametrize("trouble", WHILE_WRITING, ids=lambda t: t.__name__)
def test_failing_write_leaves_value_history_and_file(trouble: Trouble, path: Path) -> None:
    kind, words = WHILE_WRITING[trouble]
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        document.apply("Add", put, "workflows", ("w8",), Workflow("Eight"))
        before = document.audit, document.history, file.head, path.read_bytes()
        large = Workflow("Nine", note="x" * 300_000)
        with trouble(path, file), pytest.raises(kind, match=words) as told:
            document.apply("Add", put, "workflows", ("w9",), large)
        is_sentence(told.value)
        assert (document.audit, document.history, file.head, path.read_bytes()) == before
        assert file.load() == document.audit
        document.apply("Add", put, "workflows", ("w9",), large)
        assert file.load().workflows["w9"] == large
        assert file.verify() is None


def test_interruption_at_any_step_of_a_write(path: Path) -> None:
    """SQLite asks before each of its own steps whether to stop; say yes later and later."""
    both = {"w8": Workflow("Eight"), "w9": Workflow("Nine")}
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        start, head = document.audit, file.head
        stopped = 0
        for step in range(0, 4000, 7):
            steps = itertools.count()
            file._db.conn.set_progress_handler(lambda n=steps, at=step: next(n) == at, 1)
            try:
                document.apply("Add", _with_all, both)
            except FileError:
                stopped += 1
                file._db.conn.set_progress_handler(None, 0)
                assert document.audit is start
                assert file.head == head
                assert file.load() == start
            else:
                break
        file._db.conn.set_progress_handler(None, 0)
        assert stopped > 10
        assert file.load() == document.audit != start
        assert file.verify() is None


def _with_all(audit: Audit, workflows: dict[str, Workflow]) -> Audit:
    for key, record in workflows.items():
        audit = put(audit, "workflows", (key,), record)
    return audit


def test_failing_creation_and_copy_leave_nothing(path: Path, tmp_path: Path) -> None:
    with AuditFile.open(path, write=True) as file, no_file_beyond(20_000):
        with pytest.raises(WriteFailed) as told:
            file.copy_to(tmp_path / "copy.plumb")
        is_sentence(told.value)
        with pytest.raises(WriteFailed) as told:
            new_file(tmp_path / "new.plumb")
        is_sentence(told.value)
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture
def shared(tmp_path_factory: pytest.TempPathFactory, path: Path) -> Iterator[Path]:
    """A copy in a folder that everybody may enter and only its owner may change."""
    folder = Path(os.path.realpath(os.environ.get("TMPDIR", "/tmp"))) / f"shared-{os.getpid()}"
    folder.mkdir(mode=0o755)
    target = folder / path.name
    shutil.copyfile(path, target)
    target.chmod(0o644)
    yield target
    shutil.rmtree(folder)


@contextmanager
def without_rights() -> Iterator[None]:
    """The superuser may do everything, so be somebody else for a while."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only the superuser can give up rights")
    os.seteuid(NOBODY_ELSE)
    try:
        yield
    finally:
        os.seteuid(0)


def test_no_permission(shared: Path) -> None:
    before = shared.read_bytes()
    with without_rights():
        with pytest.raises(FileError, match="no permission") as told:
            AuditFile.open(shared, write=True)
        is_sentence(told.value)
        with pytest.raises(FileError, match="no permission") as told:
            new_file(shared.with_name("new.plumb"))
        is_sentence(told.value)
        with AuditFile.open(shared, write=False) as file:
            assert file.load() == full_audit()
    shared.chmod(0o000)
    with without_rights(), pytest.raises(FileError, match=r"may use them|no permission"):
        AuditFile.open(shared, write=False)
    shared.chmod(0o644)
    assert shared.read_bytes() == before


def test_folder_without_permission_for_a_file_with_it(shared: Path) -> None:
    shared.chmod(0o666)
    with without_rights(), pytest.raises(FileError, match="no permission"):
        AuditFile.open(shared, write=True)


def test_use_after_close_is_an_error_of_ours(path: Path) -> None:
    file = AuditFile.open(path, write=True)
    document = Document(file, file.load(), clock=lambda: pytest.fail("not asked"), by=None)
    file.close()
    file.close()
    for use in (file.load, file.entries, file.verify, file.changed_outside, document.file.entries):
        with pytest.raises(FileError):
            use()


Guard = Callable[[Path], AbstractContextManager[None]]
CODES = sorted({n for n in dir(sqlite3) if n.startswith("SQLITE_") and n.count("_") <= 3})


@pytest.mark.parametrize("guard", [failures.reading, failures.writing], ids=["reading", "writing"])
def test_every_error_of_sqlite_becomes_a_sentence(guard: Guard, tmp_path: Path) -> None:
    for name in CODES:
        error = sqlite3.OperationalError("told by SQLite")
        error.sqlite_errorcode = getattr(sqlite3, name)  # type: ignore[misc]
        with pytest.raises(FileError) as told, guard(tmp_path / "a.plumb"):
            raise error
        assert "a.plumb" in told.value.sentence
        is_sentence(told.value)
    for other in (PermissionError(13, "no"), FileNotFoundError(2, "no"), OSError(28, "full")):
        with pytest.raises(FileError) as told, guard(tmp_path / "a.plumb"):
            raise other
        is_sentence(told.value)
