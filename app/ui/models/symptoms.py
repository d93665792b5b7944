"""Symptoms of the organisation as rows: what people complain about, and the section asked first."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject

from app.desk.desk import Desk
from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.edits import records
from app.domain.symptoms import Symptom, line, symptom, symptoms
from app.ui.models.columns import Column, Kind
from app.ui.models.records import RecordModel
from app.ui.style import Look


class SymptomModel(RecordModel):
    """Rows are numbered places in the organisation's list, so any change of it shows all afresh."""

    def __init__(self, desk: Desk, look: Look, parent: QObject) -> None:
        columns = [
            Column(self.tr("What people complain about"), "text", width=300),
            Column(self.tr("Asked first"), "section", Kind.CHOICE, sections, width=165),
        ]
        super().__init__(
            desk, look, "organisation", columns, word=self.tr("symptom"), prefix="s", parent=parent
        )

    def follow(self, changes: Any) -> None:
        own = [c for c in changes if isinstance(c, Change) and c.collection == "organisation"]
        if any(len(c.before.symptoms) != len(c.after.symptoms) for c in own):
            before, after = own[0].before.symptoms, own[0].after.symptoms
            if after[: len(before)] == before:
                self._follow_rows()
            else:
                self.show_audit()
        elif own and self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, 1))

    def add(self, made: Symptom) -> bool:
        count = len(self.desk.audit.organisation.symptoms)
        return self._store(self.tr("Add symptom"), {f"s{count + 1}": made})

    def _all(self, audit: Audit) -> Mapping[str, Symptom]:
        return {f"s{n}": s for n, s in enumerate(symptoms(audit), 1)}

    def _has(self, audit: Audit, id_: str) -> bool:
        return int(id_[1:]) <= len(audit.organisation.symptoms)

    def _kind(self) -> Any:
        return Symptom

    def _store(self, label: str, entries: Mapping[str, Symptom]) -> bool:
        return self.desk.apply(label, put_symptoms, entries)

    def remove(self, rows: Any) -> bool:
        gone = {self.ids[row] for row in rows if row < len(self.ids)}
        out = dict.fromkeys(gone)
        return bool(gone) and self.desk.apply(self.tr("Remove symptom"), put_symptoms, out)

    def _new_id(self, taken: set[str]) -> str:
        return f"s{len(taken) + 1}"


def sections(audit: Audit) -> dict[str, str]:
    return {"": "", **{s.id: s.title for s in sorted(audit.bank.sections, key=lambda s: s.order)}}


def put_symptoms(audit: Audit, entries: Mapping[str, Symptom | None]) -> Audit:
    """Replace, add or (None) take out symptoms by their place in the list; blank ones go."""
    lines = dict(enumerate(audit.organisation.symptoms, 1))
    for id_, made in entries.items():
        place = int(id_[1:])
        if made is None or not made.text.strip():
            lines.pop(place, None)
        elif place not in lines or symptom(audit.bank, lines[place]) != made:
            lines[place] = line(made)
    found = tuple(text for _, text in sorted(lines.items()))
    organisation = replace(audit.organisation, symptoms=found)
    return records.put(audit, "organisation", (), organisation)
