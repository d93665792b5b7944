"""How long an inventory import takes: the file given (or 3,611 made rows) against csv-reading it.

python -m tests.bench.import_bench [FILE]
"""

import csv
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.domain.edits.imports import take_import
from app.exchange.inventory import match_columns, plan_import, read_table
from tests.exchange.inventories import empty_audit

ROWS = 3_611
REPEATS = 3
T = TypeVar("T")


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(arguments[0]) if arguments else made(Path(folder) / "inventory.csv")
        encoding = read_table(path).encoding or "utf-8"
        plain, _ = timed(lambda: csv_rows(path, encoding))
        reading, table = timed(lambda: read_table(path))
        matching, proposal = timed(lambda: match_columns(table))
        audit = empty_audit()
        planning, plan = timed(lambda: plan_import(audit, table, proposal.mapping))
        taking, after = timed(lambda: take_import(audit, plan))
        again, _ = timed(lambda: plan_import(after, table, proposal.mapping))
    total = reading + matching + planning + taking
    print(f"{path.name}: {len(table.rows)} rows x {len(table.headers)} columns, {encoding}")
    print(f"csv.reader alone  {plain:7.3f} s")
    for name, seconds in (
        ("read", reading),
        ("match", matching),
        ("plan", planning),
        ("take", taking),
        ("whole import", total),
        ("plan it again", again),
    ):
        print(f"{name:<17} {seconds:7.3f} s  {seconds / plain:6.1f} x csv.reader")


def csv_rows(path: Path, encoding: str) -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def made(path: Path) -> Path:
    """An inventory of 35 columns with paragraphs in some of them."""
    headers = ["id", "use case name", "agency", "purpose", "stage", *(f"q{i}" for i in range(30))]
    stages = ("Pilot", "Deployed", "Retired", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        for i in range(ROWS):
            text = f"What it is for, in the words of row {i}.\n" * 4
            rest = ("In-progress" if i % 5 == j % 5 else "" for j in range(30))
            writer.writerow([f"X-{i}", f"Case {i}", f"Agency {i % 41}", text, stages[i % 4], *rest])
    return path


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Best of a few runs, in seconds, and what the last one gave."""
    best = float("inf")
    for _ in range(REPEATS):
        started = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - started)
    return best, result


if __name__ == "__main__":
    main(sys.argv[1:])
