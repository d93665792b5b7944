"""The report of the open audit, as a worker makes it: its pages to look at, or a whole file."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from app import VERSION
from app.desk.desk import Desk
from app.desk.minutes import in_the_room
from app.desk.press import Press
from app.desk.progress import Steps
from app.domain.audit import Audit
from app.domain.figures import Figures
from app.domain.revisions import revisions, unsettled
from app.domain.snapshots import last_snapshot
from app.domain.workshop import Snapshot
from app.errors import PlumblineError
from app.exchange.audit_json import audit_from_json
from app.exchange.bank_translation import bank_in
from app.exchange.paths import write_whole
from app.exchange.reference_toml import reference_in
from app.report.build import build_report
from app.report.formats import rendered
from app.report.hidden import hidden, redaction_table, redactions
from app.report.inputs import (
    GATHERING_STEPS,
    Earlier,
    Origin,
    ReportInputs,
    gather,
    in_words_of,
    with_figures,
)
from app.report.model import ReportModel, Table
from app.report.pdf import render_pages
from app.report.request import Request, language_of
from app.report.verified import Written, verified
from app.words import Words

EXPORT_STEPS = GATHERING_STEPS + 3
"""How often `export` ticks."""

Tick = Callable[[], None]
Gather = Callable[[Tick], ReportInputs]


class Preview(Struct, frozen=True):
    """The pages as PNG, and what the audience is not shown."""

    pages: tuple[bytes, ...]
    hides: tuple[str, ...]
    redacted: Table
    """The same line by line: as recorded, and as the audience reads it."""


def gathering(desk: Desk, day: dt.date) -> Gather:
    """What gathers the inputs: nothing of the desk is touched when it is called in a worker.

    The figures on the desk are used where they are those of the audit as it is now, on this day.
    """
    assert desk.file is not None
    sequence, head = desk.file.head
    origin = Origin(desk.file.path.name, sequence, head, VERSION)
    audit, options, found = desk.audit, desk.options, figures_on(desk, day)
    entries = desk.file.entries() if unsettled(audit) else ()
    changed = revisions(audit, entries, desk.file.changes)
    kept = _kept(desk, audit, sequence)

    def make(tick: Tick) -> ReportInputs:
        if found is None:
            inputs = gather(audit, day, origin, tick)
        else:
            inputs = with_figures(audit, found, options, origin)
            for _ in range(GATHERING_STEPS):
                tick()
        earlier = _earlier(*kept) if kept else None
        return replace(inputs, revisions=changed, earlier=earlier, local=in_the_room)

    return make


def _kept(desk: Desk, audit: Audit, sequence: int) -> tuple[Snapshot, bytes] | None:
    """The last snapshot with its body; one whose body the file has lost is none."""
    snapshot = last_snapshot(audit, sequence)
    if snapshot is None or desk.file is None:
        return None
    try:
        return snapshot, desk.file.snapshot_body(snapshot.body)
    except PlumblineError:
        return None


def _earlier(snapshot: Snapshot, body: bytes) -> Earlier | None:
    try:
        return Earlier(snapshot.name, snapshot.at, audit_from_json(body))
    except PlumblineError:
        return None


def figures_on(desk: Desk, day: dt.date) -> Figures | None:
    """The desk's own figures of a day, None where they are of another day or still to come."""
    if day != desk.today() or not desk.figures_are_current:
        return None
    if desk.portfolio is None or desk.plan is None or desk.rates is None:
        return None
    return Figures(desk.engine, desk.draws, day, desk.portfolio, desk.plan, desk.rates)


def preview(
    make: Gather,
    request: Request,
    ppi: float,
    press: Press,
    steps: Steps,
    own: Words | None = None,
) -> Preview:
    """Every page as a picture. Raises ExportFailed, and what `steps` raise.

    `own` are the words of whoever makes the report; the line by line list is in its readers'.
    """
    inputs = make(steps.tick)
    model = _model(inputs, request)
    steps.tick()
    pages = tuple(press.run(steps.check, render_pages, model, ppi))
    steps.tick()
    audit, words = inputs.audit, Words(model.language)
    found = redactions(audit, request.audience, words, request.brand)
    table = redaction_table(found, request.audience, words)
    return Preview(pages, hidden(audit, model, own or words), table)


def export(
    make: Gather, request: Request, kind: str, path: Path, press: Press, steps: Steps
) -> Written:
    """Write the report whole or not at all; what it holds. Raises ExportFailed, or as `steps`."""
    inputs = make(steps.tick)
    model = _model(inputs, request)
    steps.tick()
    body = press.run(steps.check, rendered, kind, model)
    written = verified(kind, body, model, path)
    steps.tick()
    write_whole(path, body)
    steps.tick()
    return written


def _model(inputs: ReportInputs, request: Request) -> ReportModel:
    words = Words(language_of(request, inputs.audit))
    audit, language = inputs.audit, words.language
    bank, reference = bank_in(audit.bank, language), reference_in(audit.reference, language)
    return build_report(in_words_of(inputs, bank, reference), request, words)
