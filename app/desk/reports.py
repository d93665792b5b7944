"""The report of the open audit, as a worker makes it: its pages to look at, or a whole file."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from app import VERSION
from app.desk.desk import Desk
from app.domain.figures import Figures
from app.exchange.paths import write_whole
from app.report.build import build_report
from app.report.formats import RENDER
from app.report.hidden import hidden
from app.report.inputs import GATHERING_STEPS, Origin, ReportInputs, gather, with_figures
from app.report.model import ReportModel
from app.report.pdf import render_pages
from app.report.request import Request
from app.words import Words

EXPORT_STEPS = GATHERING_STEPS + 3
"""How often `export` ticks."""

Tick = Callable[[], None]
Gather = Callable[[Tick], ReportInputs]


class Preview(Struct, frozen=True):
    """The pages as PNG, and what the audience is not shown."""

    pages: tuple[bytes, ...]
    hides: tuple[str, ...]


def gathering(desk: Desk, day: dt.date) -> Gather:
    """What gathers the inputs: nothing of the desk is touched when it is called in a worker.

    The figures on the desk are used where they are those of the audit as it is now, on this day.
    """
    assert desk.file is not None
    sequence, head = desk.file.head
    origin = Origin(desk.file.path.name, sequence, head, VERSION)
    audit, options, found = desk.audit, desk.options, figures_on(desk, day)

    def make(tick: Tick) -> ReportInputs:
        if found is None:
            return gather(audit, day, origin, tick)
        inputs = with_figures(audit, found, options, origin)
        for _ in range(GATHERING_STEPS):
            tick()
        return inputs

    return make


def figures_on(desk: Desk, day: dt.date) -> Figures | None:
    """The desk's own figures of a day, None where they are of another day or still to come."""
    if day != desk.today() or not desk.figures_are_current:
        return None
    if desk.portfolio is None or desk.plan is None or desk.rates is None:
        return None
    return Figures(desk.engine, desk.draws, day, desk.portfolio, desk.plan, desk.rates)


def preview(make: Gather, request: Request, ppi: float, tick: Tick) -> Preview:
    """Every page as a picture. Raises ExportFailed, and what `tick` raises."""
    inputs = make(tick)
    model = _model(inputs, request)
    tick()
    pages = tuple(render_pages(model, ppi))
    tick()
    return Preview(pages, hidden(inputs.audit, model, Words(model.language)))


def export(make: Gather, request: Request, kind: str, path: Path, tick: Tick) -> int:
    """Write the report, whole or not at all; gives its bytes. Raises ExportFailed, or as `tick`."""
    inputs = make(tick)
    model = _model(inputs, request)
    tick()
    body = RENDER[kind](model)
    tick()
    write_whole(path, body)
    tick()
    return len(body)


def _model(inputs: ReportInputs, request: Request) -> ReportModel:
    words = Words(inputs.audit.organisation.language)
    return build_report(inputs, request, words)
