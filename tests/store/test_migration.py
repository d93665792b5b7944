"""An older file is copied beside itself and migrated, or read through a migrated copy."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from app.domain.history import EntryKind
from app.domain.landscape import Workflow
from app.errors import Damaged, FileError
from app.store import schema
from app.store.file import AuditFile
from tests.store.edits import new_file, opened, put
from tests.store.tiny import full_audit

NOW = schema.VERSION


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with one edit, and a program that has gone on by one schema since."""
    path = tmp_path / "audit.plumb"
    with new_file(path, full_audit()) as file:
        opened(file).apply("Add", put, "workflows", ("w3",), Workflow("Third"))
    go_on(monkeypatch, add_column)
    return path


def go_on(monkeypatch: pytest.MonkeyPatch, migration: Callable[[Database], None]) -> None:
    following = Migrations("plumbline")
    for known in schema.MIGRATIONS._migrations[:NOW]:
        following(name=known.name)(known.fn)
    following(name=str(NOW + 1))(migration)
    monkeypatch.setattr(schema, "MIGRATIONS", following)
    monkeypatch.setattr(schema, "VERSION", NOW + 1)


def add_column(db: Database) -> None:
    db.execute("ALTER TABLE workflows ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'")


def user_version(path: Path) -> int:
    db = sqlite3.connect(path)
    found: int = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    return found


def test_writing_migrates_after_a_backup(older: Path) -> None:
    with AuditFile.open(older, write=True) as file:
        assert file.read_only is None
        document = opened(file)
        assert document.audit == put(full_audit(), "workflows", ("w3",), Workflow("Third"))
        assert document.history.done == ()
        last = file.entries()[-1]
        assert (last.kind, last.label) == (
            EntryKind.BARRIER,
            f"Migrated from schema {NOW} to {NOW + 1}",
        )
        assert file.verify() is None
        document.apply("Add", put, "workflows", ("w4",), Workflow("Fourth"))
        assert file.load() == document.audit
    backup = older.with_name(f"audit (schema {NOW}).plumb")
    assert (user_version(older), user_version(backup)) == (NOW + 1, NOW)
    before = older.read_bytes()
    AuditFile.open(older, write=True).close()
    assert older.read_bytes() == before
    assert {p.name for p in older.parent.iterdir()} == {older.name, backup.name}


def test_backups_do_not_replace_each_other(older: Path) -> None:
    first = older.with_name(f"audit (schema {NOW}).plumb")
    first.write_text("an earlier one")
    AuditFile.open(older, write=True).close()
    assert first.read_text() == "an earlier one"
    assert user_version(older.with_name(f"audit (schema {NOW} 2).plumb")) == NOW


def test_reading_changes_nothing(older: Path) -> None:
    before = older.read_bytes()
    with AuditFile.open(older, write=False) as file:
        assert file.load().workflows["w3"] == Workflow("Third")
        assert file.read_only is None
    assert older.read_bytes() == before
    assert list(older.parent.iterdir()) == [older]


def test_broken_chain_is_not_migrated(older: Path) -> None:
    with sqlite3.connect(older) as db:
        db.execute("UPDATE journal SET label = 'Other' WHERE sequence = 2")
    db.close()
    before = older.read_bytes()
    with AuditFile.open(older, write=True) as file:
        assert file.read_only
        assert "from entry 2 on" in file.read_only
        assert file.load().workflows["w3"] == Workflow("Third")
    assert older.read_bytes() == before


def test_failing_migration_leaves_the_file(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(db: Database) -> None:
        db.execute("ALTER TABLE workflows ADD COLUMN colour TEXT")
        db.execute("ALTER TABLE nothing ADD COLUMN colour TEXT")

    monkeypatch.setattr(schema, "VERSION", NOW)
    go_on(monkeypatch, fail)
    before = older.read_bytes()
    with pytest.raises(FileError):
        AuditFile.open(older, write=True)
    assert older.read_bytes() == before


def test_migration_that_loses_a_record_is_refused(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "VERSION", NOW)
    go_on(monkeypatch, lambda db: db.execute("DELETE FROM platforms") and None)
    before = older.read_bytes()
    with pytest.raises(Damaged, match="refers to nothing in platforms"):
        AuditFile.open(older, write=True)
    assert older.read_bytes() == before
