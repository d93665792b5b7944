"""One edit and the re-score of its workflow at 1,000 x 50: `python -m tests.bench.edit_bench`."""

import datetime as dt
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Bank, Grade, Scope
from app.domain.changes import apply, diff
from app.domain.edits.answers import settle
from app.domain.history import EntryKind
from app.domain.ids import QuestionId, Target, WorkflowId
from app.domain.landscape import Workflow
from app.domain.replies import case
from app.domain.risk.draws import Draws
from app.domain.risk.engine import prepare
from app.domain.risk.estimate import estimate
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference
from app.store.file import AuditFile
from app.store.rows import table
from tests.store.tiny import AT

WORKFLOWS, ANSWERS, EDITS = 1000, 50, 400

TODAY = AT.date()


def asked(bank: Bank) -> list[QuestionId]:
    return [q.id for q in bank.questions if q.scope in (Scope.WORKFLOW, Scope.PLATFORM)][:ANSWERS]


def large_audit() -> Audit:
    bank = default_bank()
    said = {
        question: Answer(Review.AGREED, Said(Reply.LEVEL, number % 5, Grade.EXPLAINED))
        for number, question in enumerate(asked(bank))
    }
    names = [WorkflowId(f"w{n:04}") for n in range(WORKFLOWS)]
    return Audit(
        bank,
        default_reference(),
        workflows={
            w: Workflow(w, own_model_goal=True, people_outside_affected=True) for w in names
        },
        answers={Target(w): dict(said) for w in names},
    )


def bench() -> Mapping[str, float]:
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
            edits, commits, bare = run(file, bare_path, audit)
    return {
        "create": created,
        "open": opened,
        "load": loaded,
        "edit and re-score p50": statistics.median(edits),
        "edit and re-score p95": p95(edits),
        "commit p50": statistics.median(commits),
        "commit p95": p95(commits),
        "bare commit p50": statistics.median(bare),
        "bare commit p95": p95(bare),
        "commit / bare": statistics.median(commits) / statistics.median(bare),
        "sum of commits / sum of bare": sum(commits) / sum(bare),
    }


def run(
    file: AuditFile, bare_path: Path, audit: Audit
) -> tuple[list[float], list[float], list[float]]:
    engine = prepare(audit.bank, audit.reference)
    draws = Draws(engine)
    questions = asked(audit.bank)
    edits: list[float] = []
    commits: list[float] = []
    bare: list[float] = []
    with sqlite3.connect(bare_path, isolation_level=None) as other:
        for pragma in ("journal_mode = DELETE", "synchronous = FULL", "foreign_keys = ON"):
            other.execute(f"PRAGMA {pragma}")
        for number in range(EDITS):
            target = Target(f"w{number * 7 % WORKFLOWS:04}")
            question = questions[number % len(questions)]
            said = Said(Reply.LEVEL, (number + 3) % 5, Grade.EXPLAINED)
            start = time.perf_counter()
            changes = diff(audit, settle(audit, target, question, said))
            audit = apply(audit, changes)
            estimate(engine, draws, audit, case(audit, WorkflowId(target), TODAY), TODAY)
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
