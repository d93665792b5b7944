"""Times one report with 2,000 gaps: the model, the PDF and the HTML. Run with --help for more."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.exchange.sample import sample_audit  # noqa: E402
from app.report.build import build_report  # noqa: E402
from app.report.html import render_html  # noqa: E402
from app.report.model import ReportModel  # noqa: E402
from app.report.pdf import render_pdf  # noqa: E402
from app.report.request import Request  # noqa: E402
from app.words import Words  # noqa: E402
from tests.report.inputs import TODAY, inputs_of  # noqa: E402
from tests.report.variants import gap_heavy  # noqa: E402

T = TypeVar("T")


def timed(name: str, work: Callable[[], T]) -> T:
    """Seconds of the first time: typst remembers what it has once set in this process."""
    start = time.perf_counter()
    found = work()
    print(f"{name}: {time.perf_counter() - start:.2f} s")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gaps", type=int, default=2000)
    wanted = parser.parse_args().gaps
    inputs = inputs_of(gap_heavy(sample_audit(), wanted))
    print(f"{len(inputs.gaps)} gaps in {len(inputs.portfolio.estimates)} workflows")

    def built() -> ReportModel:
        return build_report(inputs, Request(date=TODAY), Words())

    model = timed("model", built)
    timed("PDF", lambda: render_pdf(model))
    timed("HTML", lambda: render_html(model))


if __name__ == "__main__":
    main()
