"""Where workflows get their facts: who draws on what, who owns it, how fresh it really is."""

from collections.abc import Mapping

from app.charts.frame import MOST_ROWS
from app.charts.scene import Scene
from app.charts.sources import MOST_SOURCES, SourceRow, source_map
from app.domain.ids import SourceId, WorkflowId
from app.domain.landscape import SourceLink
from app.report.draft import Draft, cut, number, plain
from app.report.model import Block, Cell, Line, Picture, Row, Section, Table, Text

NAMES_SIGNS = 200


def context_page(draft: Draft) -> Section | None:
    """None where no source was recorded."""
    if not draft.audit.sources:
        return None
    order = _order(draft)
    blocks: list[Block] = []
    if not draft.is_single:
        caption = draft.words("caption.context")
        blocks.append(Picture("context_map", caption, _map(draft, order)))
    bare = _bare(draft)
    if bare:
        blocks.append(Text("bare", (_bare_line(draft, bare),), draft.words("label.bare")))
    blocks.append(_table(draft, order))
    lead = (draft.say("context.rule"),)
    label = draft.words("section.context")
    return Section("context", label, _heading(draft, order), lead, tuple(blocks))


def links(draft: Draft, workflow: WorkflowId) -> Mapping[SourceId, SourceLink]:
    return draft.audit.links.get(workflow, {})


def _order(draft: Draft) -> list[SourceId]:
    """Those that most workflows draw on first, then by id."""
    drawn = {s: len(_drawing(draft, s)) for s in draft.audit.sources}
    return sorted(drawn, key=lambda s: (-drawn[s], s))


def _drawing(draft: Draft, source: SourceId) -> list[WorkflowId]:
    return [e.id for e in draft.estimates if source in links(draft, e.id)]


def _bare(draft: Draft) -> list[WorkflowId]:
    """Active workflows that draw on no recorded source."""
    return [e.id for e in draft.estimates if not links(draft, e.id)]


def is_stale(draft: Draft, source: SourceId) -> bool:
    """Both were recorded and they differ; what is typed is compared, not understood."""
    record = draft.audit.sources[source]
    wanted, real = (t.strip().casefold() for t in (record.freshness_wanted, record.freshness_real))
    return bool(wanted and real and wanted != real)


def _heading(draft: Draft, order: list[SourceId]) -> Line:
    return draft.say(
        "context.heading",
        bare=len(_bare(draft)),
        of=len(draft.estimates),
        sources=len(order),
        stale=sum(is_stale(draft, source) for source in order),
        unowned=sum(draft.audit.sources[source].owner is None for source in order),
    )


def _bare_line(draft: Draft, bare: list[WorkflowId]) -> Line:
    if draft.is_single:
        return draft.say("context.bare_single")
    names = cut(", ".join(draft.names.target(w) for w in bare), NAMES_SIGNS)
    return draft.say("context.bare", n=len(bare), names=names)


def _map(draft: Draft, order: list[SourceId]) -> Scene:
    rows = [
        SourceRow(
            draft.names.key(estimate.id),
            draft.names.target(estimate.id),
            tuple(_importance(draft, estimate.id, source) for source in order),
        )
        for estimate in draft.estimates
    ]
    return source_map(rows, [draft.names.target(source) for source in order], draft.words)


def _importance(draft: Draft, workflow: WorkflowId, source: SourceId) -> int:
    found = links(draft, workflow).get(source)
    return found.importance if found else 0


def _table(draft: Draft, order: list[SourceId]) -> Table:
    external = draft.names.is_external
    columns = [
        draft.column("source", 1),
        draft.column("owner", 0.8),
        draft.column("drawn_by", right=True),
    ]
    if not external:
        columns += [
            draft.column("freshness_wanted", 0.6),
            draft.column("freshness_real", 0.6),
            draft.column("cleanliness", 0.9),
        ]
    rows = tuple(
        Row(draft.names.key(source), source_cells(draft, source, typed=not external))
        for source in order[:MOST_ROWS]
    )
    notes = []
    if len(order) > len(rows):
        notes.append(draft.words.count("other_source", len(order) - len(rows)))
    if len(order) > MOST_SOURCES and not draft.is_single:
        notes.append(draft.words("label.map_holds", n=MOST_SOURCES))
    if external:
        notes.append(draft.words("label.freshness_left_out"))
    return Table("sources", draft.words("label.sources"), tuple(columns), rows, ". ".join(notes))


def source_cells(draft: Draft, source: SourceId, *, typed: bool) -> tuple[Cell, ...]:
    record, names = draft.audit.sources[source], draft.names
    drawn = len(_drawing(draft, source))
    owner = names.person(record.owner, "label.no_owner")
    cells = (
        plain(names.target(source), detail=names.typed(record.kind) if typed else ""),
        plain(owner, tone="" if record.owner else "alarm"),
        number(drawn, draft.words.figure(drawn)),
    )
    if not typed:
        return cells
    return (
        *cells,
        plain(names.typed(record.freshness_wanted) or "–"),
        plain(
            names.typed(record.freshness_real) or "–",
            tone="alarm" if is_stale(draft, source) else "",
        ),
        plain(names.typed(record.cleanliness) or "–"),
    )
