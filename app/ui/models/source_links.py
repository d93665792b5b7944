"""The context map: which workflow draws on which source, and how much it matters."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.charts.palette import INK, LEVELS, PAPER
from app.desk.desk import Desk
from app.domain.ids import SourceId, WorkflowId
from app.domain.landscape import SourceLink
from app.ui.models.matrix import Cell, Head, MatrixModel, RowHead

FILLS = {1: LEVELS[3], 2: "#6FA9AF", 3: LEVELS[4]}
"""Importance to its fill: one hue, darker for what matters more."""
INKS = {1: INK, 2: INK, 3: PAPER}


class SourceLinksModel(MatrixModel):
    """Active workflows by name; sources by name."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.wanted: Callable[[WorkflowId], bool] = lambda _workflow: True
        self._seen: tuple[object, object] = (None, None)
        self._counted = 0, 0

    def make_heads(self) -> tuple[Head, ...]:
        sources = self.desk.audit.sources
        ids = sorted(sources, key=lambda s: (sources[s].name.casefold(), s))
        return tuple(Head(s, sources[s].name, self._tip(s)) for s in ids)

    def _tip(self, source: SourceId) -> tuple[str, ...]:
        record = self.desk.audit.sources[source]
        person = self.desk.audit.people.get(record.owner) if record.owner else None
        owner = person.name if person else self.tr("nobody recorded")
        return (
            record.name,
            ", ".join(part for part in (record.kind, record.system) if part),
            self.tr("Owner: {0}").format(owner),
        )

    def ordered_ids(self) -> list[str]:
        records = self.desk.audit.workflows
        ids = [w for w, record in records.items() if record.is_active and self.wanted(w)]
        ids.sort(key=lambda w: (records[w].name.casefold(), w))
        if self.sorted_by:
            ids.sort(key=lambda w: -self.importance(w, self.sorted_by), reverse=self.is_reversed)
        return [str(w) for w in ids]

    def importance(self, workflow: str, source: str) -> int:
        """1 to 3, or 0 where the workflow does not draw on the source."""
        link = self.desk.audit.links.get(WorkflowId(workflow), {}).get(SourceId(source))
        return link.importance if link else 0

    def bare_of(self) -> tuple[int, int]:
        """Active workflows that draw on nothing that was recorded, and all active ones."""
        audit = self.desk.audit
        now = audit.workflows, audit.links
        if any(a is not b for a, b in zip(now, self._seen, strict=True)):
            active = [w for w, record in audit.workflows.items() if record.is_active]
            bare = sum(not audit.links.get(w) for w in active)
            self._seen, self._counted = now, (bare, len(active))
        return self._counted

    def make_name(self, id_: str) -> RowHead:
        record = self.desk.audit.workflows[WorkflowId(id_)]
        links = self.desk.audit.links.get(WorkflowId(id_), {})
        if not links:
            return RowHead(record.name, self.tr("no substrate of truth"), "alarm", (record.name,))
        count = self.tr("{0} sources") if len(links) > 1 else self.tr("{0} source")
        return RowHead(record.name, count.format(len(links)), tip=(record.name,))

    def make_cell(self, id_: str, head: Head) -> Cell:
        importance = self.importance(id_, head.key)
        name = self.desk.audit.workflows[WorkflowId(id_)].name
        if not importance:
            bare = not self.desk.audit.links.get(WorkflowId(id_))
            return Cell(
                "", empty=True, bare=bare, said=self.tr("not used"),
                tip=(self.tr("{0} does not draw on {1}.").format(name, head.title),),
            )  # fmt: skip
        word = self.word(importance)
        tip = (
            self.tr("{0} draws on {1}: {2}.").format(name, head.title, word),
            self.note(id_, head),
        )
        return Cell(
            str(importance), fill=FILLS[importance], ink=INKS[importance], said=word, tip=tip
        )

    def note(self, id_: str, head: Head) -> str:
        link = self.desk.audit.links.get(WorkflowId(id_), {}).get(SourceId(head.key))
        return (link or SourceLink()).note

    def word(self, importance: int) -> str:
        return {1: self.tr("helps"), 2: self.tr("matters"), 3: self.tr("decides")}[importance]
