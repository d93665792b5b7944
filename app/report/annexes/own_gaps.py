"""Gaps people named in the room, beside those that come from answers."""

from collections.abc import Sequence

from app.domain.gaps import own_gaps
from app.domain.ids import OwnGapId, SessionId
from app.domain.planning import OwnGap, Response
from app.report.calendar import due_text
from app.report.draft import Draft, plain
from app.report.model import Cell, Row, Table, Text

Recorded = tuple[tuple[OwnGapId, OwnGap], ...]


def gaps_of(draft: Draft, session: SessionId | None) -> Recorded:
    """Those of one session, or those that were recorded outside any."""
    return tuple((id_, gap) for id_, gap in own_gaps(draft.audit) if gap.session == session)


def own_key(draft: Draft, gap: OwnGapId) -> str:
    """Ids are typed at the command line, so external readers get a number."""
    if not draft.names.is_external:
        return str(gap)
    return f"own-{sorted(draft.audit.own_gaps).index(gap) + 1}"


def own_gap_table(draft: Draft, key: str, found: Sequence[tuple[OwnGapId, OwnGap]]) -> Table:
    """Worst first, each with its place, who took it on and what became of it."""
    columns = (
        draft.column("gap", 1.7),
        draft.column("severity"),
        draft.column("target", 0.9),
        draft.column("owner", 0.75),
        draft.column("response", 0.75),
    )
    rows = tuple(Row(own_key(draft, id_), _cells(draft, gap)) for id_, gap in found)
    return Table(key, draft.words("label.own_gaps"), columns, rows)


def left_out(draft: Draft, found: Sequence[tuple[OwnGapId, OwnGap]]) -> Text:
    """What external readers are told instead."""
    done = sum(gap.closed for _, gap in found)
    return Text("own_gaps_left_out", (draft.say("gaps.own_left_out", n=len(found), closed=done),))


def stage_title(draft: Draft, gap: OwnGap) -> str:
    titles = {stage.id: stage.title for stage in draft.audit.bank.stages}
    return titles.get(gap.stage, str(gap.stage)) if gap.stage else ""


def _cells(draft: Draft, gap: OwnGap) -> tuple[Cell, ...]:
    severity = draft.words(f"severity.{gap.severity.value}")
    due = due_text(draft, gap.due, done=gap.closed)
    return (
        plain(draft.names.typed(gap.text), detail=draft.names.typed(gap.note)),
        plain(severity, tone=f"severity_{gap.severity.value}"),
        plain(draft.names.target(gap.target), detail=stage_title(draft, gap)),
        plain(draft.names.person(gap.owner, "label.no_owner"), detail=due),
        plain(response_text(draft, gap)),
    )


def response_text(draft: Draft, gap: OwnGap) -> str:
    """Closed, or how the room answers it, until when and why."""
    if gap.closed:
        return draft.words("label.closed")
    if gap.response is None:
        return "–"
    text = draft.words(f"response.{gap.response.value}")
    if gap.response is Response.ACCEPT and gap.accepted_until:
        day = draft.words.short_date(gap.accepted_until)
        text = draft.words("label.until", what=text, date=day)
    because = draft.names.typed(gap.because)
    return f"{text}: {because}" if because else text
