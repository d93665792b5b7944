"""Sessions as rows, and for one of them everybody who takes part, by role and time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from app.domain.audit import Audit
from app.domain.changes import Change
from app.domain.disagreement import kind_label
from app.domain.edits import records
from app.domain.edits.workshop import arrive, leave, stay_away
from app.domain.ids import PersonId, SessionId
from app.domain.sessions import Quorum, is_here, participants
from app.domain.workshop import Attendance
from app.ui.models.columns import Column, Kind
from app.ui.models.log.clock import clock_text, clock_value, in_zone_of
from app.ui.models.records import RecordModel
from app.ui.page import Bench, translate

Index = QModelIndex
NOT_RECORDED = Attendance(present=False)
"""Stands in for a record that is not there; it is never stored."""
FOLLOWED = ("attendance", "sessions", "people", "bank")


class SessionModel(RecordModel):
    """By date, where no column orders them."""

    def __init__(self, bench: Bench, parent: QObject) -> None:
        tr, kind = translate, Kind
        columns = [
            Column(tr("Session"), "title", width=195),
            Column(tr("Date"), "date", kind.DATE, width=98, tip=tr("Year-month-day")),
            Column(tr("Time"), show=_time, width=118),
            Column(tr("Present"), show=_present, width=70),
        ]
        super().__init__(
            bench.desk, bench.look, "sessions", columns,
            word=tr("session"), prefix="session-", parent=parent,
        )  # fmt: skip

    def _adding(self, index: Index, role: int) -> Any:
        found = super()._adding(index, role)
        is_text = found and role == Qt.ItemDataRole.DisplayRole
        return self.tr("Type a title to add one") if is_text else found

    def _ordered(self) -> list[str]:
        found = super()._ordered()
        if self._sort[0] < 0:
            sessions = self.desk.audit.sessions if self.desk.is_open else {}
            found.sort(key=lambda id_: sessions[SessionId(id_)].date)
        return found

    def _new_record(self, fields: dict[str, Any]) -> Any:
        return super()._new_record({"date": self.desk.today(), **fields})


class AttendanceModel(RecordModel):
    """A row per person who takes part, whether anything was recorded or not."""

    def __init__(self, bench: Bench, parent: QObject) -> None:
        tr, kind = translate, Kind
        clock = {"say": _clock_said, "hear": self._hear, "tip": tr("Hours and minutes")}
        columns = [
            Column(tr("Speaks for"), show=kind_label, width=150),
            Column(tr("Person"), show=_person, width=145),
            Column(tr("Present"), "present", kind.CHECK, width=112),
            Column(tr("Came"), "arrived", width=60, **clock),
            Column(tr("Left"), "left", width=60, **clock),
            Column(tr("Role"), show=_role, width=180),
            Column(tr("Note"), "note", width=200),
        ]
        super().__init__(
            bench.desk, bench.look, "attendance", columns,
            word=tr("attendance"), prefix="", parent=parent,
        )  # fmt: skip
        self.adds_rows = False
        self.session: SessionId | None = None

    def show_session(self, session: SessionId | None) -> None:
        self.session = session
        self.show_audit()

    def follow(self, changes: Sequence[Change]) -> None:
        if not any(c.collection in FOLLOWED for c in changes):
            return
        if self.ids != self._ordered():
            self.show_audit()
        elif self.ids:
            last = self.index(len(self.ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Edits.

    def come(self, people: Sequence[str], *, now: bool) -> bool:
        """They are here: since now, or since the start."""
        at = self._now() if now else None
        return self._do(self.tr("Present: {0}"), people, arrive, at)

    def go(self, people: Sequence[str]) -> bool:
        return self._do(self.tr("Left: {0}"), people, leave, self._now())

    def miss(self, people: Sequence[str]) -> bool:
        return self._do(self.tr("Absent: {0}"), people, stay_away)

    def unrecorded(self) -> list[str]:
        kept = self._kept(self.desk.audit)
        return [id_ for id_ in self.ids if PersonId(id_) not in kept]

    def remove(self, rows: Sequence[int]) -> bool:
        """Take out what was recorded about these people; they stay in the list."""
        kept = self._kept(self.desk.audit)
        gone = [self.ids[r] for r in rows if PersonId(self.ids[r]) in kept]

        def out(audit: Audit) -> Audit:
            for person in gone:
                audit = records.remove(audit, "attendance", (self.session or "", person))
            return audit

        return bool(gone) and self.desk.apply(self.tr("Remove attendance"), out)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return super().setData(index, value, role)
        ticked = Qt.CheckState(value) is Qt.CheckState.Checked
        people = [self.ids[index.row()]]
        return self.come(people, now=False) if ticked else self.miss(people)

    def _do(self, label: str, people: Sequence[str], edit: Any, *args: Any) -> bool:
        if not people or self.session is None:
            return False
        names = [self.desk.audit.people[PersonId(p)].name for p in people]
        more = self.tr("{0} people").format(len(names)) if len(names) > 2 else ", ".join(names)
        return self.desk.apply(label.format(more), edit, self.session, people, *args)

    def _now(self) -> dt.datetime:
        record = self.desk.audit.sessions[self.session or SessionId("")]
        return in_zone_of(self.desk.now(), record.started)

    def _hear(self, audit: Audit, text: str) -> dt.datetime | None:
        record = audit.sessions[self.session or SessionId("")]
        return clock_value(text, record.date, record.started)

    # What is shown.

    def _value(self, column: Column, audit: Audit, id_: str, role: int) -> Any:
        unrecorded = PersonId(id_) not in self._kept(audit)
        if role == Qt.ItemDataRole.CheckStateRole and column.kind is Kind.CHECK and unrecorded:
            # Not recorded is neither of the two; the next tick makes it one.
            return Qt.CheckState.PartiallyChecked
        return super()._value(column, audit, id_, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and 0 <= index.row() < len(self.ids):
            found = self._kept(self.desk.audit).get(PersonId(self.ids[index.row()]))
            return None if found and found.present else self._look.color("third")
        return super().data(index, role)

    def _text(self, audit: Audit, column: Column, id_: str) -> str:
        if column.kind is not Kind.CHECK:
            return super()._text(audit, column, id_)
        found = self._kept(audit).get(PersonId(id_))
        if found is None:
            return self.tr("not recorded")
        if not found.present:
            return self.tr("absent")
        here = is_here(audit, self.session or SessionId(""), found)
        return self.tr("present") if here else self.tr("left early")

    def _kept(self, audit: Audit) -> Mapping[PersonId, Attendance]:
        return audit.attendance.get(self.session or SessionId(""), {})

    def _all(self, audit: Audit) -> Mapping[str, Any]:
        if self.session is None or self.session not in audit.sessions:
            return {}
        return dict.fromkeys(participants(audit, self.session), NOT_RECORDED)

    def _ordered(self) -> list[str]:
        """By role, then seat, where no column orders them."""
        found = super()._ordered()
        if self._sort[0] < 0 and self.session is not None:
            audit = self.desk.audit
            seats = {p: n for n, p in enumerate(participants(audit, self.session))}
            found.sort(key=lambda p: (kind_label(audit, PersonId(p)), seats[PersonId(p)]))
        return found

    def _record(self, audit: Audit, id_: str) -> Attendance:
        return self._kept(audit).get(PersonId(id_), NOT_RECORDED)

    def _has(self, audit: Audit, id_: str) -> bool:
        return PersonId(id_) in audit.people and self.session in audit.sessions

    def _store(self, label: str, entries: Mapping[str, Attendance]) -> bool:
        """Who came or left at a time was there. A note alone does not say whether one was."""
        kept, made = self._kept(self.desk.audit), []
        for id_, record in sorted(entries.items()):
            after = _there(record)
            if PersonId(id_) in kept or after.present:
                made.append(("attendance", (self.session or "", id_), after))
            elif after != NOT_RECORDED:
                self.desk.failed.emit(
                    self.tr("Tick first whether they are here. Nothing was changed.")
                )
                return False
        return bool(made) and self.desk.apply(label, records.put_all, made)


def quorum_text(found: Quorum) -> str:
    """Quorum in words, and who is missing."""
    tr = translate
    if found.of == 0:
        return tr("Nobody takes part yet: enter people and seats on Scope and people.")
    enough = (
        tr("{0} of {1} are here: more than half, a quorum.")
        if found.is_reached
        else tr("{0} of {1} are here: no quorum, which needs more than half.")
    )
    said = [enough.format(found.present, found.of)]
    if found.not_recorded:
        said.append(tr("{0} not recorded.").format(found.not_recorded))
    if found.missing and found.present:
        said.append(tr("Nobody here speaks for: {0}.").format(", ".join(found.missing)))
    return " ".join(said)


def _there(record: Attendance) -> Attendance:
    if record.arrived is None and record.left is None:
        return record
    return Attendance(True, record.note, record.arrived, record.left)


def _clock_said(_audit: Audit, value: dt.datetime | None) -> str:
    return clock_text(value)


def _role(audit: Audit, person: str) -> str:
    return audit.people[PersonId(person)].role


def _person(audit: Audit, person: str) -> str:
    return audit.people[PersonId(person)].name


def _time(audit: Audit, session: str) -> str:
    record = audit.sessions[SessionId(session)]
    if record.started is None:
        return translate("planned")
    start = clock_text(record.started)
    if record.ended is None:
        return translate("{0}, running").format(start)
    return f"{start}–{clock_text(record.ended)}"


def _present(audit: Audit, session: str) -> str:
    kept = audit.attendance.get(SessionId(session), {})
    return str(sum(a.present for a in kept.values())) if kept else ""
