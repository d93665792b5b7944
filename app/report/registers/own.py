"""Register of the gaps people named in the room."""

from app.domain.gaps import own_gaps
from app.domain.ids import OwnGapId
from app.domain.planning import OwnGap, Response, Severity
from app.report.annexes.own_gaps import own_key, stage_title
from app.report.draft import Draft
from app.report.model import Audience, Cell, Table
from app.report.registers import fields as f

OPEN, CLOSED = "open", "closed"
STATUSES = (OPEN, CLOSED)
Recorded = tuple[OwnGapId, OwnGap]


def own_gaps_register(draft: Draft) -> Table:
    """Every recorded gap, worst first; its key is its id."""
    can = not draft.names.is_external
    is_own = draft.request.audience is Audience.FULL
    statuses = tuple(draft.words(f"gap_status.{code}") for code in STATUSES)

    fields: tuple[f.Field[Recorded], ...] = (
        f.text(draft, "gap", lambda g: draft.names.typed(g[1].text), share=f.WIDE),
        f.text(draft, "target", lambda g: draft.names.target(g[1].target)),
        f.text(draft, "stage", lambda g: stage_title(draft, g[1]), share=0.6),
        f.toned(
            draft,
            "severity",
            lambda g: _severity(draft, g[1]),
            choice=f.words_of(draft, "severity", Severity),
            is_open=can,
            share=0.5,
        ),
        f.owner(draft, f.owners(draft), lambda g: g[1].owner, is_open=can),
        f.day(draft, "due", lambda g: g[1].due, is_open=can),
        f.text(
            draft,
            "response",
            lambda g: _response(draft, g[1]),
            choice=f.words_of(draft, "response", Response),
            is_open=can,
            share=0.6,
        ),
        f.day(draft, "accepted_until", lambda g: g[1].accepted_until, is_open=can),
        f.text(draft, "because", lambda g: draft.names.typed(g[1].because), is_open=is_own),
        f.text(draft, "note", lambda g: draft.names.typed(g[1].note), is_open=is_own),
        f.text(
            draft,
            "status",
            lambda g: draft.words(f"gap_status.{CLOSED if g[1].closed else OPEN}"),
            choice=f.Choice(statuses, STATUSES),
            is_open=can,
            share=0.6,
        ),
        f.text(draft, "session", lambda g: _session(draft, g[1]), share=0.8),
        f.day(draft, "recorded_on", lambda g: g[1].at.date() if g[1].at else None),
    )
    return f.register(
        draft, "own_gaps", own_gaps(draft.audit), lambda g: own_key(draft, g[0]), fields
    )


def _severity(draft: Draft, gap: OwnGap) -> Cell:
    code = gap.severity.value
    return Cell(draft.words(f"severity.{code}"), tone=f"severity_{code}")


def _response(draft: Draft, gap: OwnGap) -> str:
    return draft.words(f"response.{gap.response.value}") if gap.response else ""


def _session(draft: Draft, gap: OwnGap) -> str:
    record = draft.audit.sessions.get(gap.session) if gap.session else None
    return draft.names.typed(record.title) if record else ""
