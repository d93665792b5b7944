"""Ballots under seal are in the file at once, never in its journal, and survive a kill."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.answers import Reply, Said
from app.domain.ballots import SealedRound
from app.domain.ids import PersonId, QuestionId, SessionId, Target
from app.errors import Damaged, WriteFailed
from app.store.file import AuditFile
from tests.store.edits import new_file
from tests.store.tiny import AT, full_audit

ROUND = SealedRound(
    QuestionId("RT-01"),
    Target("w1"),
    SessionId("m1"),
    2,
    {PersonId("p1"): Said(Reply.LEVEL, 4), PersonId("p2"): Said(Reply.UNKNOWN)},
    AT,
)
WORKER = """
import os, signal, sys
from tests.store.test_sealed import ROUND
from app.store.file import AuditFile
file = AuditFile.open(sys.argv[1], write=True)
file.keep_sealed(ROUND)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.plumb"
    new_file(made, full_audit()).close()
    return made


def test_a_round_is_kept_replaced_and_dropped(path: Path) -> None:
    with AuditFile.open(path, write=True) as file:
        before = file.entries()
        file.keep_sealed(ROUND)
        again = SealedRound(ROUND.question, ROUND.target, ROUND.session, 3)
        file.keep_sealed(again)
        assert file.sealed() == (again,)
        assert file.entries() == before
        assert file.load() == full_audit()
        file.drop_sealed(ROUND.question, ROUND.target)
        assert file.sealed() == ()


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
def test_a_killed_vote_is_there_on_reopening_still_sealed(path: Path, root: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", WORKER, path], cwd=root, check=False)
    assert ended.returncode == -signal.SIGKILL
    with AuditFile.open(path, write=True) as file:
        assert file.sealed() == (ROUND,)
        assert file.verify() is None


def test_reading_cannot_seal(path: Path) -> None:
    with AuditFile.open(path, write=False) as file, pytest.raises(WriteFailed):
        file.keep_sealed(ROUND)


def test_a_round_that_is_none_is_damage(path: Path) -> None:
    with AuditFile.open(path, write=True) as file:
        file._db.execute("INSERT INTO sealed_rounds VALUES ('a', 'b', '{}')")
        with pytest.raises(Damaged):
            file.sealed()
