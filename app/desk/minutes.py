"""Minutes of the open audit, as a worker writes them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from app import VERSION
from app.desk.desk import Desk
from app.domain.ids import SessionId
from app.exchange.bank_translation import bank_in
from app.exchange.paths import write_whole
from app.exchange.reference_toml import reference_in
from app.report.build import build_minutes
from app.report.formats import rendered
from app.report.inputs import Origin, in_words_of
from app.report.minutes.inputs import record_inputs
from app.report.request import Request, language_of
from app.report.verified import Written, verified
from app.words import Words


def in_the_room(at: dt.datetime) -> dt.datetime:
    """A moment by this computer's clock."""
    return at.astimezone()


def minuting(
    desk: Desk, request: Request, session: SessionId | None, kind: str, path: Path
) -> Callable[[Callable[[], None]], Written]:
    """What writes the minutes, whole or not at all: it touches nothing of the desk in a worker.

    Raises ExportFailed there, and what its tick raises.
    """
    assert desk.file is not None
    sequence, head = desk.file.head
    origin = Origin(desk.file.path.name, sequence, head, VERSION)
    audit, press = desk.audit, desk.press

    def write(tick: Callable[[], None]) -> Written:
        words = Words(language_of(request, audit))
        inputs = record_inputs(audit, request.date, origin, in_the_room)
        reference = reference_in(audit.reference, words.language)
        inputs = in_words_of(inputs, bank_in(audit.bank, words.language), reference)
        tick()
        model = build_minutes(inputs, request, words, session)
        body = press.run(tick, rendered, kind, model)
        tick()
        written = verified(kind, body, model, path)
        write_whole(path, body)
        tick()
        return written

    return write
