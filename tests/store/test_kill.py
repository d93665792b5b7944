"""A process killed at any moment loses at most the edit it was saving."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.domain.landscape import Workflow
from app.store.file import AuditFile
from tests.store.edits import new_file, opened, put
from tests.store.tiny import full_audit

ROOT = Path(__file__).parents[2]
ROUNDS = [pytest.param(n, marks=[pytest.mark.full] if n >= 3 else []) for n in range(50)]


@pytest.mark.parametrize("seed", ROUNDS)
def test_killed_worker_loses_at_most_the_last_edit(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    path = tmp_path / "a.plumb"
    new_file(path, full_audit()).close()
    told = kill_after(path, edits=chance.randrange(1, 500), pause=chance.uniform(0, 0.01))
    with AuditFile.open(path, write=bool(seed % 2)) as file:
        assert file.read_only is None
        assert file.verify() is None
        kept = file.head.sequence - 1
        assert kept in (told, told + 1)
        document = opened(file)
        assert document.audit.workflows["w1"].users == kept
        assert len(document.history.done) == kept
    with AuditFile.open(path, write=True) as file:
        document = opened(file)
        while document.history.done:
            document.undo()
        assert document.audit == file.load() == full_audit()


def kill_after(path: Path, *, edits: int, pause: float) -> int:
    """Number of the last edit that the worker told as saved."""
    command = [sys.executable, "-m", "tests.store.kill_worker", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as worker:
        assert worker.stdout
        for _ in range(edits):
            worker.stdout.readline()
        time.sleep(pause)
        worker.kill()
        rest = worker.stdout.read().split()
    return int(rest[-1]) if rest else edits


def kill_inside_a_transaction(path: Path) -> None:
    """Leaves half of a transaction in the file, and the journal that can take it back."""
    new_file(path, full_audit()).close()
    code = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "db.execute('PRAGMA cache_size = 1'); db.execute('BEGIN'); "
        "db.execute('DELETE FROM answers'); db.execute('DELETE FROM workflows'); "
        "db.execute('INSERT INTO snapshot_bodies VALUES (1, zeroblob(9000000))'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert path.with_name(f"{path.name}-journal").exists()


@pytest.mark.parametrize("write", [True, False])
def test_half_written_transaction_is_rolled_back(write: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.plumb"
    kill_inside_a_transaction(path)
    with AuditFile.open(path, write=write) as file:
        assert file.load() == full_audit()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_journal_of_a_file_that_has_gone_does_not_reach_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.plumb"
    kill_inside_a_transaction(path)
    path.unlink()
    with new_file(path) as file:
        opened(file).apply("Add", put, "workflows", ("w7",), Workflow("Seven"))
    with AuditFile.open(path, write=False) as file:
        assert list(file.load().workflows) == ["w7"]
