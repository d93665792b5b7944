"""What one edit costs at 1,000 workflows of 50 answers: `python -m tests.bench.edit_bench`."""

import datetime as dt
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.changes import apply, diff
from app.domain.history import EntryKind
from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.landscape import Workflow
from app.store.file import AuditFile
from app.store.rows import table
from tests.store.tiny import AT, empty_audit

WORKFLOWS, ANSWERS, EDITS = 1000, 50, 400

Rescore = Callable[[Audit, WorkflowId], object]
"""Scores the open workflow after an edit; its time counts with the edit."""


def large_audit() -> Audit:
    names = [f"w{n:04}" for n in range(WORKFLOWS)]
    answers = {
        Target(w): {
            QuestionId(f"Q-{q:02}"): Answer(Review.AGREED, Said(Reply.LEVEL, q % 5))
            for q in range(ANSWERS)
        }
        for w in names
    }
    workflows = {WorkflowId(w): Workflow(w) for w in names}
    return replace(empty_audit(), workflows=workflows, answers=answers)


def set_level(audit: Audit, target: Target, question: QuestionId, level: int) -> Audit:
    group = audit.answers[target]
    answer = replace(group[question], settled=Said(Reply.LEVEL, level), note=f"level {level}")
    return replace(audit, answers={**audit.answers, target: {**group, question: answer}})


def bench(rescore: Rescore | None = None) -> Mapping[str, float]:
    """Seconds and ratios. The bare writer adds the same rows to a copy of the file, in turn."""
    audit = large_audit()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.plumb"
        created = timed(
            lambda: AuditFile.create(path, audit, label="Bench", by=None, at=AT).close()
        )
        bare_path = Path(folder) / "bare.plumb"
        shutil.copyfile(path, bare_path)
        opened = timed(lambda: AuditFile.open(path, write=True).close())
        with AuditFile.open(path, write=True) as file:
            loaded = timed(file.load)
            edits, commits, bare = run(file, bare_path, audit, rescore)
    return {
        "create": created,
        "open": opened,
        "load": loaded,
        "edit p50": statistics.median(edits),
        "edit p95": p95(edits),
        "commit p50": statistics.median(commits),
        "commit p95": p95(commits),
        "bare commit p50": statistics.median(bare),
        "bare commit p95": p95(bare),
        "commit / bare": statistics.median(commits) / statistics.median(bare),
        "sum of commits / sum of bare": sum(commits) / sum(bare),
    }


def run(
    file: AuditFile, bare_path: Path, audit: Audit, rescore: Rescore | None
) -> tuple[list[float], list[float], list[float]]:
    edits: list[float] = []
    commits: list[float] = []
    bare: list[float] = []
    with sqlite3.connect(bare_path, isolation_level=None) as other:
        for pragma in ("journal_mode = DELETE", "synchronous = FULL", "foreign_keys = ON"):
            other.execute(f"PRAGMA {pragma}")
        for number in range(EDITS):
            target = Target(f"w{number * 7 % WORKFLOWS:04}")
            question = QuestionId(f"Q-{number % ANSWERS:02}")
            start = time.perf_counter()
            changes = diff(audit, set_level(audit, target, question, (number + 3) % 5))
            audit = apply(audit, changes)
            if rescore:
                rescore(audit, WorkflowId(target))
            edits.append(time.perf_counter() - start)
            at = AT + dt.timedelta(seconds=number)
            start = time.perf_counter()
            file.write(changes, label="Edit", kind=EntryKind.DO, step=None, by=None, at=at)
            commits.append(time.perf_counter() - start)
            bare.append(write_bare(other, file, (target, question), changes[0].after))
    other.close()
    return edits, commits, bare


def write_bare(
    other: sqlite3.Connection, file: AuditFile, keys: tuple[str, str], record: Any
) -> float:
    """The rows the file has just written, by nothing but sqlite3."""
    row = table("answers").row(keys, record)
    newest = file._db.execute("SELECT * FROM journal ORDER BY sequence DESC LIMIT 1").fetchone()
    start = time.perf_counter()
    other.execute("BEGIN")
    other.execute(table("answers").upsert, row)
    other.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", newest)
    other.execute("COMMIT")
    return time.perf_counter() - start


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


def main() -> None:
    print(f"{WORKFLOWS:,} workflows x {ANSWERS} answers, {EDITS} edits")
    for name, value in bench().items():
        print(f"{name:30} {value:10.2f}" if "/" in name else f"{name:30} {value * 1000:10.3f} ms")


if __name__ == "__main__":
    main()
