"""The same 2,000-gap register as PDF by this program, WeasyPrint and ReportLab: time and memory.

Each engine runs in a process of its own, once to warm up and then in turn; the ratios are medians.
Install the peers beside the program first: pip install weasyprint reportlab
"""

import argparse
import importlib.util
import json
import resource as system
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.exchange.sample import sample_audit  # noqa: E402
from app.report.build import build_report  # noqa: E402
from app.report.html import render_html  # noqa: E402
from app.report.model import ReportModel, Table  # noqa: E402
from app.report.pdf import render_pdf  # noqa: E402
from app.report.request import Request  # noqa: E402
from app.words import Words  # noqa: E402
from tests.report.inputs import TODAY, inputs_of  # noqa: E402
from tests.report.variants import gap_heavy  # noqa: E402

PEERS = {"WeasyPrint": "weasyprint", "ReportLab": "reportlab"}
OURS = "Plumbline"


def register(gaps: int) -> ReportModel:
    """A report of page 1, the gap register and document control."""
    inputs = inputs_of(gap_heavy(sample_audit(), gaps))
    return build_report(inputs, Request(date=TODAY, sections=frozenset({"gaps"})), Words())


def by_weasyprint(model: ReportModel) -> bytes:
    import weasyprint

    found: bytes = weasyprint.HTML(string=render_html(model)).write_pdf(pdf_tags=True)
    return found


def by_reportlab(model: ReportModel) -> bytes:
    """The tables alone: untagged, one font, cells as paragraphs so that their text wraps."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    style, story = getSampleStyleSheet()["BodyText"], []
    tables = [b for s in model.annexes for b in s.blocks if isinstance(b, Table)]
    for table in tables:
        width = len(table.columns)
        rows = [[Paragraph(column.title, style) for column in table.columns]]
        for row in table.rows:
            cells = [Paragraph(_escaped(f"{c.text} {c.detail}"), style) for c in row.cells]
            rows.append(cells + [""] * (width - len(cells)))
        story.append(LongTable(rows, colWidths=[500 / width] * width, repeatRows=1))
    body = BytesIO()
    SimpleDocTemplate(body, pagesize=A4).build(story)
    return body.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


ENGINES: dict[str, Callable[[ReportModel], bytes]] = {
    OURS: render_pdf,
    "WeasyPrint": by_weasyprint,
    "ReportLab": by_reportlab,
}


def measure(engine: str, gaps: int) -> None:
    """In a process of its own: seconds to set the register, and the highest memory it took."""
    model = register(gaps)
    start = time.perf_counter()
    body = ENGINES[engine](model)
    seconds = time.perf_counter() - start
    highest = system.getrusage(system.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "kib": highest, "bytes": len(body)}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gaps", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--engine", choices=list(ENGINES), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.engine:
        measure(wanted.engine, wanted.gaps)
        return
    there = [n for n in ENGINES if n == OURS or importlib.util.find_spec(PEERS[n])]
    for name in set(PEERS) - set(there):
        print(f"{name} is not installed, so it is left out.")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in there}
    for _ in range(wanted.runs):
        for name in there:
            words = ["--engine", name, "--gaps", str(wanted.gaps)]
            done = subprocess.run(
                [sys.executable, __file__, *words], capture_output=True, text=True, check=True
            )
            found[name].append(json.loads(done.stdout.splitlines()[-1]))
    ours = {key: statistics.median(r[key] for r in found[OURS]) for key in ("seconds", "kib")}
    print(f"{wanted.gaps} gaps, {wanted.runs} runs each; {OURS} sets them tagged, as PDF/A-3a")
    for name in there:
        seconds, kib = (statistics.median(r[k] for r in found[name]) for k in ("seconds", "kib"))
        time_, memory = seconds / ours["seconds"], kib / ours["kib"]
        print(f"{name}: time {time_:.2f} ×, memory of the process {memory:.2f} ×")


if __name__ == "__main__":
    main()
