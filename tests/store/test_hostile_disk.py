"""Links, long names and full disks around the lock: nothing is followed, nothing is left."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from app.errors import Damaged, FileError, Locked, WriteFailed
from app.store import failures
from app.store.file import AuditFile
from tests.store.tiny import AT, empty_audit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "a.plumb"
    AuditFile.create(found, empty_audit(), label="New", by=None, at=AT).close()
    return found


@pytest.mark.skipif(os.name != "posix", reason="links need POSIX")
def test_a_link_in_place_of_the_lock_is_not_followed(path: Path) -> None:
    victim = path.with_name("victim.txt")
    victim.write_text("precious")
    path.with_name(f".{path.name}.lock").symlink_to(victim)
    with pytest.raises(FileError):
        AuditFile.open(path, write=True)
    assert victim.read_text() == "precious"


def test_a_lock_that_cannot_be_written_is_given_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int, _body: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(WriteFailed, match="no space"):
            AuditFile.open(path, write=True)
    assert not path.with_name(f".{path.name}.lock").exists()
    AuditFile.open(path, write=True).close()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (
            sqlite3.OperationalError(
                "Could not decode to UTF-8 column 'b' with text '" + "x" * 999
            ),
            Damaged,
        ),
        (sqlite3.DatabaseError("line\n" * 999), FileError),
    ],
)
def test_a_technical_reason_stays_one_short_line(error: sqlite3.Error, kind: type) -> None:
    told = failures.from_sqlite(Path("a.plumb"), error)
    assert type(told) is kind
    assert len(str(told)) < 300
    assert "\n" not in str(told)


def test_a_name_too_long_and_a_file_system_that_is_read_only_are_told(path: Path) -> None:
    for code, said in ((errno.ENAMETOOLONG, "shorter"), (errno.EROFS, "no permission")):
        with pytest.raises(FileError, match=said), failures.writing(path):
            raise OSError(code, "x")


def test_an_account_without_a_name_can_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nameless)
    with (
        AuditFile.open(path, write=True),
        pytest.raises(Locked, match="Somebody"),
    ):
        AuditFile.open(path, write=True)
