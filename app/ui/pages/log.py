"""The log of the workshop: decisions, parked items, sessions, votes, and everything in time."""

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.walls import agenda_wall, decisions_wall, parking_wall, vote_wall
from app.domain.changes import Change
from app.domain.wall import Wall
from app.ui.page import Bench, Completeness, Page, Place, button, head, translate
from app.ui.record_table import RecordTable
from app.ui.widgets.log.decisions import DecisionsTab
from app.ui.widgets.log.parking import ParkingTab
from app.ui.widgets.log.sessions import SessionsTab
from app.ui.widgets.log.timeline import TimelineTab
from app.ui.widgets.log.votes import VotesTab
from app.ui.widgets.tabs import tabbed

COLLECTIONS = {
    "decisions": "decisions",
    "parking": "parking",
    "sessions": "sessions",
    "attendance": "sessions",
    "votes": "votes",
}
"""Collections whose records are found here, and the tab that shows them."""


Part: TypeAlias = DecisionsTab | ParkingTab | SessionsTab | VotesTab | TimelineTab
PARTS: dict[str, type[Part]] = {
    "decisions": DecisionsTab,
    "parking": ParkingTab,
    "sessions": SessionsTab,
    "votes": VotesTab,
    "timeline": TimelineTab,
}


class LogPage(Page):
    key = "log"
    group = "session"

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        row, _, self._lead = head(
            self.title(),
            self.tr("What was decided, put aside, voted on and said against, and who was there."),
        )
        self.minutes = button(self.tr("Minutes…"))
        self.minutes.clicked.connect(self.write_minutes)
        row.addWidget(self.minutes)
        self.parts: dict[str, Part] = {}
        """Made when they are first looked at: five lists at once would hold up a key."""
        self._homes = {key: QWidget() for key in PARTS}
        self.tabs = tabbed(self.tr("Lists of this page"))
        for home in self._homes.values():
            QVBoxLayout(home).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(home, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.tabs, 1)
        self._behind: dict[str, list[Change] | None] = {}
        """Changes each tab has not shown yet; None where it has to start afresh."""
        self.tabs.currentChanged.connect(lambda _n: self._catch_up_tab())

    @staticmethod
    def title() -> str:
        return translate("Log")

    # Following the audit: a tab that is not looked at waits.

    def show_audit(self) -> None:
        self._behind = dict.fromkeys(PARTS)
        self._catch_up_tab()
        self._name_tabs()

    def follow(self, changes: Sequence[Change]) -> None:
        if not changes:
            return
        for key in PARTS:
            waiting = self._behind.get(key, [])
            if waiting is not None:
                self._behind[key] = [*waiting, *changes]
        self._catch_up_tab()
        self._name_tabs()

    def write_minutes(self) -> None:
        """Of the session that is looked at, where one is."""
        from app.ui.dialogs.minutes import run_minutes  # wanted once a session

        looked_at = self.parts.get("sessions")
        session = looked_at.session if isinstance(looked_at, SessionsTab) else None
        run_minutes(self, self.bench, session)

    def _catch_up_tab(self) -> None:
        if not self.desk.is_open or not self._behind:
            return
        key = list(PARTS)[self.tabs.currentIndex()]
        part = self.part(key)
        waiting, self._behind[key] = self._behind[key], []
        if waiting is None:
            part.show_audit()
        elif waiting:
            part.follow(waiting)

    def part(self, key: str) -> Part:
        """One of the lists; made now where nobody has looked at it yet."""
        if key not in self.parts:
            made = self.parts[key] = PARTS[key](self.bench)
            self._homes[key].layout().addWidget(made)
            if isinstance(made, VotesTab | TimelineTab):
                made.wanted.connect(self.bench.go)
        return self.parts[key]

    def _name_tabs(self) -> None:
        audit = self.desk.audit
        self.minutes.setEnabled(bool(audit.sessions))
        names = (
            self.tr("Decisions  {0}").format(len(audit.decisions)),
            self.tr("Parked  {0}").format(sum(not i.done for i in audit.parking.values())),
            self.tr("Sessions and attendance  {0}").format(len(audit.sessions)),
            self.tr("Votes  {0}").format(
                len({(v.question, v.target) for v in audit.votes.values()})
            ),
            self.tr("Timeline"),
        )
        for number, name in enumerate(names):
            self.tabs.setTabText(number, name)

    @property
    def is_ready(self) -> bool:
        made = self.parts.get("timeline")
        return not isinstance(made, TimelineTab) or made.is_ready

    def show_part(self, key: str) -> Part:
        self.tabs.setCurrentWidget(self._homes[key])
        self._catch_up_tab()
        return self.part(key)

    def go_to(self, place: Place) -> None:
        """`key`: one of the lists, or a record in one of them."""
        if place.key in PARTS:
            self.show_part(place.key)
            return
        for collection, tab in COLLECTIONS.items():
            if place.key and place.key in getattr(self.desk.audit, collection):
                part = self.show_part(tab)
                part.show_record(place.key)
                if isinstance(part.table, RecordTable):
                    part.table.show_record(place.key, place.field)
                part.table.setFocus()
                return
        if place.key:
            self.bench.tell(
                self.tr("This part of the record has no page yet; `plumbline set` changes it.")
            )

    def wall(self) -> Wall | None:
        """Decisions, parked items, an agenda, or the last round of a vote; nothing else."""
        audit, words = self.desk.audit, self.words
        part = self.part(list(PARTS)[self.tabs.currentIndex()])
        match part:
            case DecisionsTab():
                return decisions_wall(audit, words)
            case ParkingTab():
                return parking_wall(audit, words)
            case SessionsTab():
                return agenda_wall(audit, part.session, words) if part.session else None
            case VotesTab():
                last = part.last_vote
                return vote_wall(audit, last, words) if last else None
            case _:
                return None

    def completeness(self) -> Completeness:
        """Decisions taken of those asked."""
        found = self.desk.audit.decisions.values()
        taken = sum(d.verdict is not None for d in found)
        return Completeness(taken, len(found), str(len(found)) if found else "")

    def keys_of_its_own(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl+Enter", self.tr("Start a new row")),
            ("Ctrl+D", self.tr("Fill the selected cells down")),
            ("Space", self.tr("Tick or untick presence, done or consent")),
            ("Ctrl+Del", self.tr("Remove the selected rows")),
            ("Enter", self.tr("In the votes and the timeline: go to what it was about")),
        ]
