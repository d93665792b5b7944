"""The chain: what its hash stands on, which tampering it shows, and how a copy starts a new one."""

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from app.domain.history import EntryKind
from app.domain.landscape import Workflow
from app.errors import WriteFailed
from app.store.file import AuditFile
from tests.store.edits import new_file, opened, put
from tests.store.tiny import AT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a chain of six entries."""
    made = tmp_path / "a.plumb"
    with new_file(made) as file:
        document = opened(file)
        for number in range(4):
            document.apply("Add", put, "workflows", (f"w{number}",), Workflow(f"W{number}"))
        document.undo()
    return made


def tamper(path: Path, sql: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute(sql)
    db.close()


def test_another_program_can_compute_the_chain(path: Path) -> None:
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT * FROM journal ORDER BY sequence").fetchall()
    db.close()
    previous = ""
    for *fields, own in rows:
        assert fields[-1] == previous
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        assert own == hashlib.sha256(text.encode()).hexdigest()
        previous = own
    assert len(rows) == 6


@pytest.mark.parametrize(
    ("sql", "bad"),
    [
        ("UPDATE journal SET label = 'Other' WHERE sequence = 3", 3),
        ("UPDATE journal SET at = '2020-01-01T00:00:00' WHERE sequence = 1", 1),
        ("UPDATE journal SET by = 'p9' WHERE sequence = 6", 6),
        ("UPDATE journal SET kind = 'redo' WHERE sequence = 6", 6),
        ("UPDATE journal SET step = 2 WHERE sequence = 4", 4),
        ("UPDATE journal SET changes = '[]' WHERE sequence = 2", 2),
        ("UPDATE journal SET hash = 'ab' WHERE sequence = 5", 5),
        ("DELETE FROM journal WHERE sequence = 4", 4),
        ("DELETE FROM journal WHERE sequence = 1", 1),
        ("DELETE FROM journal", 1),
        (
            "INSERT INTO journal SELECT 0, at, by, label, kind, step, changes, previous, hash "
            "FROM journal WHERE sequence = 1",
            1,
        ),
        (
            "INSERT INTO journal SELECT 7, at, by, label, kind, step, changes, previous, hash "
            "FROM journal WHERE sequence = 6",
            7,
        ),
    ],
)
def test_broken_chain_opens_read_only_and_names_the_first_bad_entry(
    sql: str, bad: int, path: Path, tmp_path: Path
) -> None:
    tamper(path, sql)
    out = tmp_path / "copy.plumb"
    with AuditFile.open(path, write=True) as file:
        assert file.verify() == bad
        assert file.read_only
        assert f"from entry {bad} on" in file.read_only
        document = opened(file)
        assert set(document.audit.workflows) == {"w0", "w1", "w2"}
        with pytest.raises(WriteFailed, match="save a copy"):
            document.apply("Add", put, "workflows", ("w9",), Workflow("Nine"))
        file.copy_to(out, at=AT)
        with AuditFile.open(out, write=True) as copy:
            assert copy.read_only is None
            assert copy.load() == document.audit
            last = copy.entries()[-1]
            assert (last.sequence, last.kind) == (bad, EntryKind.BARRIER)
            assert f"entry {bad} " in last.label
            goes_on = opened(copy)
            assert goes_on.history.done == ()
            goes_on.apply("Add", put, "workflows", ("w9",), Workflow("Nine"))
            assert copy.verify() is None


def test_two_chains_of_the_same_edits_are_the_same(path: Path, tmp_path: Path) -> None:
    with new_file(tmp_path / "b.plumb") as other:
        document = opened(other)
        for number in range(4):
            document.apply("Add", put, "workflows", (f"w{number}",), Workflow(f"W{number}"))
        document.undo()
        with AuditFile.open(path, write=False) as file:
            assert file.entries() == other.entries()
            assert file.entries(after=3) == file.entries()[3:]
