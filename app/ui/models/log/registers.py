"""Registers of the log: decisions with their dissent, and what was parked."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QObject, Qt

from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.edits import records
from app.domain.edits.workshop import dated
from app.domain.ids import DecisionId, WorkflowId
from app.domain.sessions import running
from app.domain.workshop import Decision, Dissent, Verdict
from app.ui.models.choices import people
from app.ui.models.columns import Column, Kind
from app.ui.models.records import RecordModel
from app.ui.page import Bench, translate
from app.words import Words

VERDICT_TONES = {
    None: "not_defined",
    Verdict.YES: "may_go_live",
    Verdict.CHANGED: "may_build",
    Verdict.NO: "stop_or_pause",
}
"""Verdict to the state whose chip it wears."""


class RegisterModel(RecordModel):
    """Rows added here belong to the session that runs."""

    adding = ""
    """What the row that adds one says."""

    def _adding(self, index: QModelIndex, role: int) -> Any:
        found = super()._adding(index, role)
        return self.adding if found and role == Qt.ItemDataRole.DisplayRole else found

    def _new_record(self, fields: dict[str, Any]) -> Any:
        return replace(super()._new_record(fields), session=running(self.desk.audit))


class DecisionModel(RegisterModel):
    def __init__(self, bench: Bench, parent: QObject) -> None:
        super().__init__(
            bench.desk, bench.look, "decisions", decision_columns(bench.words),
            word=translate("decision"), prefix="d", parent=parent,
        )  # fmt: skip
        self.adding = translate("Type what is to be decided")

    def _store(self, label: str, entries: Mapping[str, Decision]) -> bool:
        audit, today = self.desk.audit, self.desk.today()
        dates = {
            id_: dated(audit.decisions.get(DecisionId(id_)), record, today)
            for id_, record in entries.items()
        }
        return super()._store(label, dates)


class ParkingModel(RegisterModel):
    def __init__(self, bench: Bench, parent: QObject) -> None:
        super().__init__(
            bench.desk, bench.look, "parking", parking_columns(),
            word=translate("parked item"), prefix="park-", parent=parent,
        )  # fmt: skip
        self.adding = translate("Type what is parked")


class DissentModel(RecordModel):
    """Who disagrees with one decision: its rows have no ids, so they go by their place."""

    def __init__(self, bench: Bench, parent: QObject) -> None:
        columns = [
            Column(
                translate("Who"), "person", Kind.CHOICE, _everybody, adds_people=True, width=110
            ),
            Column(translate("In their words"), "text", width=220),
            Column(
                translate("Named"), "consent", Kind.CHECK, width=60,
                tip=translate("They agreed to be quoted by name"),
            ),
        ]  # fmt: skip
        super().__init__(
            bench.desk, bench.look, "decisions", columns,
            word=translate("dissent"), prefix="", parent=parent,
        )  # fmt: skip
        self.adds_rows = False
        self.decision: str | None = None

    def show_decision(self, decision: str | None) -> None:
        self.decision = decision
        self.show_audit()

    def follow(self, changes: Sequence[Change]) -> None:
        if self.ids != self._ordered():
            self.show_audit()
        elif self.ids and changes:
            last = self.index(len(self.ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def remove(self, rows: Sequence[int]) -> bool:
        """Take dissent out that was entered by mistake."""
        self._reading = None
        kept = tuple(d for n, d in enumerate(self._dissent()) if n not in set(rows))
        return self._amend(self.tr("Remove dissent"), kept)

    def _store(self, label: str, entries: Mapping[str, Dissent]) -> bool:
        made = tuple(entries.get(str(n), d) for n, d in enumerate(self._dissent()))
        return self._amend(label, made)

    def _amend(self, label: str, made: tuple[Dissent, ...]) -> bool:
        keys = (self.decision or "",)
        return self._apply(
            label, lambda audit: records.amend(audit, "decisions", keys, dissent=made)
        )

    def _dissent(self) -> tuple[Dissent, ...]:
        found = self.desk.audit.decisions.get(DecisionId(self.decision or ""))
        return found.dissent if found else ()

    def _all(self, audit: Audit) -> Mapping[str, Any]:  # noqa: ARG002 - of the decision shown
        return {str(n): d for n, d in enumerate(self._dissent())}

    def _has(self, audit: Audit, id_: str) -> bool:
        return id_ in self._all(audit)

    def _kind(self) -> Any:
        return Dissent


def decision_columns(words: Words) -> list[Column]:
    tr, kind = translate, Kind
    verdicts = verdict_words(words)
    return [
        Column(tr("Decision"), "text", width=300),
        Column(tr("Owner"), "owner", kind.CHOICE, people, adds_people=True, width=135),
        Column(tr("Due"), "due", kind.DATE, width=95, tip=tr("Year-month-day")),
        Column(
            tr("Verdict"), "verdict", kind.CHOICE, lambda _audit: verdicts, width=90,
            say=lambda _audit, value: verdicts[value or ""],
            tone=lambda audit, id_: VERDICT_TONES[audit.decisions[DecisionId(id_)].verdict],
        ),
        Column(tr("Decided on"), "decided", kind.DATE, width=95, tip=tr("Year-month-day")),
        Column(tr("Dissent"), show=_dissent_count, width=70),
        Column(tr("Cost"), "cost", kind.NUMBER, width=90),
        Column(tr("What it unblocks"), "unblocks", width=240),
        workflows_column("; "),
        Column(tr("Note"), "note", width=200),
    ]  # fmt: skip


def parking_columns() -> list[Column]:
    tr, kind = translate, Kind
    return [
        Column(tr("Parked"), "text", width=375),
        Column(tr("Done"), "done", kind.CHECK, width=60),
        Column(tr("Owner"), "owner", kind.CHOICE, people, adds_people=True, width=165),
        Column(tr("Due"), "due", kind.DATE, width=100, tip=tr("Year-month-day")),
        Column(tr("Session"), "session", kind.CHOICE, session_names, width=200),
    ]


def workflows_column(between: str) -> Column:
    """Workflows by name; one is found by any part of its name that no other one has."""
    return Column(
        translate("Workflows"), "workflows", width=230,
        say=lambda audit, value: between.join(_name(audit, w) for w in value),
        hear=_workflows,
        tip=translate("Names or parts of names, with “;” between"),
    )  # fmt: skip


def verdict_words(words: Words) -> Mapping[str, str]:
    """The empty verdict is a decision that is asked for."""
    return {"": translate("asked"), **{v.value: words.of(v, "verdict") for v in Verdict}}


def session_names(audit: Audit) -> Mapping[str, str]:
    found = sorted(audit.sessions.items(), key=lambda s: (s[1].date, s[0]), reverse=True)
    return {"": "", **{id_: f"{record.title}, {record.date}" for id_, record in found}}


def _everybody(audit: Audit) -> Mapping[str, str]:
    return {id_: name for id_, name in people(audit).items() if id_}


def _dissent_count(audit: Audit, id_: str) -> str:
    return str(len(audit.decisions[DecisionId(id_)].dissent) or "")


def _name(audit: Audit, workflow: WorkflowId) -> str:
    found = audit.workflows.get(workflow)
    return found.name if found else workflow


def _workflows(audit: Audit, text: str) -> tuple[WorkflowId, ...]:
    parts = [part.strip() for part in text.replace("\n", ";").split(";")]
    return tuple(dict.fromkeys(_workflow(audit, part) for part in parts if part))


def _workflow(audit: Audit, text: str) -> WorkflowId:
    if text in audit.workflows:
        return WorkflowId(text)
    wanted = text.casefold()
    names = {w: record.name.casefold() for w, record in audit.workflows.items()}
    for fits in (wanted.__eq__, lambda name: wanted in name):
        found = [w for w, name in names.items() if fits(name)]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(translate("“{0}” is in the name of {1} workflows").format(
                text, len(found)
            ))  # fmt: skip
    raise ValueError(translate("“{0}” is in the name of no workflow").format(text))
