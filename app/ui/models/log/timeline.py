"""Everything that has a date as rows, newest first: fifty thousand of them without a stutter."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QModelIndex

from app.charts.votes import said
from app.domain.answers import Confirmation
from app.domain.audit import Audit
from app.domain.history import Entry, EntryKind
from app.domain.ids import PersonId, SessionId, WorkflowId
from app.domain.timeline import Event, EventKind
from app.domain.workshop import Decision, Session, Snapshot, Vote
from app.ui.models.history.words import moment_text
from app.ui.models.log.votes import round_of
from app.ui.models.rows import RowsModel
from app.ui.models.targets import person_name, target_name, workflow_name
from app.ui.page import Place, translate
from app.words import Words

NONE = QModelIndex()


class Group(StrEnum):
    """What a chip switches."""

    EDITS = "edits"
    SESSIONS = "sessions"
    PEOPLE = "people"
    VOTES = "votes"
    DECISIONS = "decisions"
    SNAPSHOTS = "snapshots"


GROUPS = {
    EventKind.EDIT: Group.EDITS,
    EventKind.SESSION_PLANNED: Group.SESSIONS,
    EventKind.SESSION_STARTED: Group.SESSIONS,
    EventKind.SESSION_ENDED: Group.SESSIONS,
    EventKind.ARRIVED: Group.PEOPLE,
    EventKind.LEFT: Group.PEOPLE,
    EventKind.VOTE: Group.VOTES,
    EventKind.DECISION: Group.DECISIONS,
    EventKind.CONFIRMATION: Group.DECISIONS,
    EventKind.SNAPSHOT: Group.SNAPSHOTS,
}


class TimelineModel(RowsModel[Event]):
    """Rows that are new at the top are put in there, so that scrolling and selection stay."""

    def show_rows(self, rows: Sequence[Event]) -> None:
        rows = list(rows)
        added = len(rows) - len(self.rows)
        if added > 0 and self.rows and rows[added:] == self.rows:
            self.beginInsertRows(NONE, 0, added - 1)
            self.rows = self._given = rows
            self.endInsertRows()
        elif rows != self.rows:
            self.beginResetModel()
            self.rows = self._given = rows
            self.endResetModel()


def event_key(event: Event) -> str:
    return f"{event.kind}/{'/'.join(event.keys)}"


def when_text(event: Event, words: Words) -> str:
    """The moment, or the day alone where no time is known."""
    return moment_text(event.when, words) if event.has_time else words.short_date(event.at)


def kind_text(event: Event) -> str:
    if isinstance(event.record, Entry):
        return {
            EntryKind.DO: translate("edit"),
            EntryKind.UNDO: translate("undone"),
            EntryKind.REDO: translate("done again"),
            EntryKind.BARRIER: translate("start of the file"),
        }[event.record.kind]
    return {
        EventKind.SESSION_PLANNED: translate("session planned"),
        EventKind.SESSION_STARTED: translate("session started"),
        EventKind.SESSION_ENDED: translate("session ended"),
        EventKind.ARRIVED: translate("arrived"),
        EventKind.LEFT: translate("left"),
        EventKind.VOTE: translate("vote revealed"),
        EventKind.DECISION: translate("decision taken"),
        EventKind.CONFIRMATION: translate("answers confirmed"),
        EventKind.SNAPSHOT: translate("snapshot"),
    }[event.kind]


def what_text(audit: Audit, event: Event, words: Words) -> str:
    """What happened, in one line."""
    record = event.record
    if isinstance(record, Entry):
        return record.label
    if isinstance(record, Session):
        return record.title
    if isinstance(record, Snapshot):
        return record.name
    if isinstance(record, Vote):
        return _vote_text(audit, record, words)
    if isinstance(record, Decision):
        verdict = words.of(record.verdict, "verdict") if record.verdict else ""
        return f"{record.text}: {verdict}" if verdict else record.text
    if isinstance(record, Confirmation):
        return workflow_name(audit, WorkflowId(event.keys[0]))
    session = audit.sessions.get(SessionId(event.keys[0]))
    name = person_name(audit, PersonId(event.keys[1]), words)
    return f"{name}, {session.title}" if session else name


def who_text(audit: Audit, event: Event, words: Words) -> str:
    """Who did it, or whom it falls to."""
    record = event.record
    if isinstance(record, Entry):
        return person_name(audit, record.by, words)
    if isinstance(record, Decision):
        return person_name(audit, record.owner, words)
    if isinstance(record, Confirmation):
        return person_name(audit, record.person, words)
    return ""


def _vote_text(audit: Audit, vote: Vote, words: Words) -> str:
    place = target_name(audit, vote.target, words)
    spread = said(round_of(audit, vote), words)
    text = translate("{0} for {1}, round {2}: {3}")
    return text.format(vote.question, place, vote.round, spread)


def place_of(event: Event) -> Place:
    """Where one goes from an event."""
    if event.kind is EventKind.EDIT:
        return Place("history")
    if event.kind is EventKind.SNAPSHOT:
        return Place("history", key=event.keys[0])
    if event.kind is EventKind.CONFIRMATION:
        return Place("walk", workflow=WorkflowId(event.keys[0]))
    return Place("log", key=event.keys[0])
