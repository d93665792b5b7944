"""A workshop of eleven people as a facilitator types it, and what was said there, to compare."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.domain.audit import Audit
from app.domain.ids import PersonId, SessionId, WorkflowId
from app.domain.landscape import Organisation, Person, Workflow
from app.domain.wall import Ready
from app.domain.workshop import Session
from app.exchange.bank_toml import default_bank
from app.exchange.reference_toml import default_reference
from app.store.file import AuditFile
from app.ui.presenter.wall_view import WallView
from app.ui.selftest import settle
from app.ui.session.capture_line import CaptureLine
from app.ui.widgets.walk.vote import Phase
from app.ui.window import Window
from tests.e2e.hands import Hands
from tests.ui.legibility import faults
from tests.ui.test_presenter import texts

PEOPLE = {
    "abiodun": ("Ronke Abiodun", "Head of service", "owner"),
    "brandvold": ("Sigrid Brandvold", "Head of logistics", "owner"),
    "czerny": ("Milos Czerny", "Service agent", "user"),
    "dragomir": ("Ilinca Dragomir", "Service agent", "user"),
    "eskola": ("Aino Eskola", "Shift lead", "user"),
    "fairweather": ("Tobias Fairweather", "Supplier's engineer", "builder"),
    "gutierrez": ("Paz Gutierrez", "Platform engineer", "builder"),
    "hovhannisyan": ("Ani Hovhannisyan", "Owner of master data", "data"),
    "ivarsson": ("Nils Ivarsson", "Data protection officer", "risk"),
    "jayawardena": ("Dilini Jayawardena", "Claims expert", "expert"),
    "kowalczyk": ("Ewa Kowalczyk", "Purchaser", "purchasing"),
}
"""Id to name, role and area, in seating order; no name is part of any other text."""
WORKFLOWS = {"claims": "Claims sorting", "bookings": "Dock bookings"}
QUESTIONS, CAPTURES, PARKED, DECISIONS = 20, 40, 5, 4
MOST_KEYS = 30
"""A round takes fewer. Source: the bar of the issue."""
SIGNS = "01234?/"
DISSENT = {
    4: ("brandvold", "The night shift was never asked", False),
    9: ("ivarsson", "No lawful basis was shown for this", True),
    14: ("kowalczyk", "The contract says something else", False),
}
"""Number of a question to who dissents afterwards, in what words, and whether by name."""
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
HELD_NOT = Qt.KeyboardModifier.NoModifier


class Voted(Struct, frozen=True):
    """A question with the rows typed about it."""

    target: str
    question: str
    rows: tuple[str, str]


def row(number: int, turn: int) -> str:
    """Eleven signs; the second round is closer together. Round 7 of both misses one person."""
    signs = "".join(SIGNS[(number * 5 + turn + seat * (3 + number % 4)) % 7] for seat in range(11))
    if turn:
        signs = signs.replace("0", "2").replace("4", "3")
    return f"{signs[:-1]}-" if number == 7 else signs


def prepared(
    path: Path, at: dt.datetime, sessions: Mapping[SessionId, Session] | None = None
) -> Path:
    """The file somebody made before the day: two workflows and eleven people with seats."""
    people = {
        PersonId(id_): Person(name, role, seat, area)
        for seat, (id_, (name, role, area)) in enumerate(PEOPLE.items(), 1)
    }
    audit = Audit(
        default_bank(),
        default_reference(),
        Organisation(title="Service desk audit", name="Harbour Foods"),
        people=people,
        workflows={WorkflowId(id_): Workflow(name) for id_, name in WORKFLOWS.items()},
        sessions=sessions or {},
    )
    AuditFile.create(path, audit, label="Prepared", by=None, at=at).close()
    return path


class Clock:
    """Stands still until somebody moves it, so that a half day takes half a minute."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return self.at

    def pass_(self, minutes: float) -> None:
        self.at += dt.timedelta(minutes=minutes)


class Meeting:
    """Whoever sits at the keyboard; `voted` and the texts are what the minutes must say."""

    def __init__(self, window: Window, hands: Hands, clock: Clock, pictures: Path) -> None:
        self.window, self.hands, self.clock = window, hands, clock
        self.voted: list[Voted] = []
        self.gaps: list[str] = []
        self.parked: list[str] = []
        self.decisions: list[str] = []
        self.unreadable: dict[str, list[str]] = {}
        self._pictures = pictures
        pictures.mkdir(parents=True, exist_ok=True)
        for old in pictures.glob("*.png"):
            old.unlink()

    @property
    def page(self) -> Any:
        return self.window.page_of("walk")

    @property
    def strip(self) -> Any:
        return self.page.card.vote

    @property
    def wall(self) -> WallView:
        view = self.window.presenting.view
        assert view is not None
        return view

    def photograph(self, name: str, over: QWidget | None = None) -> None:
        """Kept for whoever wants to look; what cannot be read on it is kept as well.

        `over`: what lies over the page on purpose.
        """
        for _ in range(4):
            QApplication.processEvents()
        n = len(list(self._pictures.glob("*.png"))) + 1
        shown = over if over and over.isWindow() else self.window
        assert shown.grab().save(str(self._pictures / f"{n:02}-{name}.png"))
        if wrong := faults(over or self.window):
            self.unreadable[name] = wrong

    def photograph_wall(self, name: str) -> None:
        QApplication.processEvents()
        n = len(list(self._pictures.glob("*.png"))) + 1
        assert self.wall.grab().save(str(self._pictures / f"{n:02}-wall-{name}.png"))

    # The session.

    def share(self) -> None:
        """The wall as a window of the size that a call shows."""
        self.hands.find("Share as a window")
        self.wall.resize(1280, 720)

    def open(self, file: Path, monkeypatch: Any) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
        self.hands.command("open")
        assert self.window.desk.path == file

    def plan(self) -> None:
        """From the first template, the half day."""
        self.hands.press(Qt.Key.Key_F9, HELD_NOT)
        self.hands.in_dialog(lambda: self.hands.type(" "), lambda: self.hands.type("\n"))
        self.hands.press(Qt.Key.Key_F9, HELD_NOT)

    def welcome(self) -> None:
        """Start, and say that everybody is here."""
        self.hands.press(Qt.Key.Key_T)
        self.hands.find("Log")
        part = self.window.page_of("log").part("sessions")
        self.hands.tab_to(part.all_here)
        self.hands.type(" ")
        settle(self.window)
        assert len(self.window.room.seats()) == len(PEOPLE)

    def go_through(self, kind: str, minutes: float) -> None:
        """Next item of the agenda, again and again, until one of this kind begins."""
        room = self.window.room
        while room.place is None or room.items[room.place].kind != kind:
            self.clock.pass_(minutes)
            self.hands.press(Qt.Key.Key_T)

    # Votes.

    def vote(self, number: int) -> None:
        """Two rounds about the question shown, then what the room agrees on."""
        ask = self.page.ask()
        rows = row(number, 0), row(number, 1)
        sealed = [self._round(signs) for signs in rows]
        assert sealed[0] == sealed[1], "the wall tells two sealed rounds from each other"
        self.hands.type("s")
        assert self.strip.phase is Phase.SETTLED
        if len(self.voted) == 2:
            self.photograph("settled")
            self.photograph_wall("settled")
        self.voted.append(Voted(ask.target, ask.question.id, rows))
        if number in DISSENT:
            self._dissent(*DISSENT[number])
        self.clock.pass_(4)
        self.hands.type("\n")
        assert self.hands.focus is self.page.card

    def _round(self, signs: str) -> tuple[str, QImage]:
        """What the wall says and looks like while a round is under seal."""
        keys, votes = self.hands.keys, len(self.window.desk.audit.votes)
        self.hands.type(f"v{signs}\n")
        assert self.strip.phase is Phase.SEALED
        assert isinstance(self.window.room.wall, Ready)
        assert len(self.window.desk.audit.votes) == votes
        held = texts(self.wall)
        for hidden in (signs, " ".join(signs), "edian", *PEOPLE):
            assert hidden not in held
        assert "11 have voted" in self.wall.accessibleDescription()
        seen = self.wall.accessibleDescription(), self.wall.grab().toImage()
        if len(self.voted) == 2:
            self.photograph("sealed")
            self.photograph_wall("sealed")
        self.clock.pass_(0.5)
        self.hands.type("r")
        assert self.strip.phase is Phase.REVEALED
        assert "edian" in texts(self.wall)
        if len(self.voted) == 2:
            self.photograph("revealed")
            self.photograph_wall("revealed")
        assert self.hands.keys - keys < MOST_KEYS
        return seen

    def mistype(self) -> str:
        """A letter where the fifth seat's sign should be: what is said, and nothing is taken."""
        self.hands.type("v4331x331234\n")
        said = self.strip.entry.trouble.text()
        assert self.strip.phase is Phase.TYPING
        self.photograph("mistyped")
        self.hands.type("\x1b")
        assert not self.strip.is_open
        return str(said)

    def _dissent(self, who: str, words: str, consent: bool) -> None:
        asked = self.strip.dissent
        self.hands.press(Qt.Key.Key_D, SHIFT)
        self.hands.tab_to(asked.who)
        while asked.who.text() != who:
            self.hands.type("↓")
        if consent:
            self.hands.tab_to(asked.consent)
            self.hands.type(" ")
        self.hands.tab_to(asked.text)
        self.hands.type(words)
        self.photograph("dissent")
        self.hands.type("\n")

    # What is said in between.

    def capture(self, line: str) -> None:
        """Over whatever is shown, and back to it."""
        before = self.hands.focus
        self.hands.press(Qt.Key.Key_Space)
        found = self.window.findChild(CaptureLine)
        assert found
        assert self.hands.focus is found.line
        self.hands.type(line)
        if line.endswith("!high") and len(self.gaps) == 4:
            self.photograph("capture", found)
        self.hands.type("\n")
        assert found.kept == 1, found.trouble.text()
        self.hands.type("\x1b")
        assert self.hands.focus is before

    def capture_gap(self) -> None:
        n = len(self.gaps)
        self.gaps.append(f"Nobody checks step {n:02} at night")
        signs = ("", " #rout", " @dock >fair", " #rout @claims >kowal ^+14 !high")
        self.capture(self.gaps[-1] + signs[n % 4])

    def park(self, *, by_key: bool) -> None:
        self.parked.append(f"Ask the other site about lamp {len(self.parked)}")
        if by_key:
            self.hands.type(f"p{self.parked[-1]}\n")
            # The line begins with the question it is about.
            self.parked[-1] = f"{self.page.ask().question.id}: {self.parked[-1]}"
        else:
            self.capture(f"+{self.parked[-1]} >esk ^+7")

    def ask_for_decision(self) -> None:
        self.decisions.append(f"Give gate {len(self.decisions)} an owner before June")
        self.capture(f"={self.decisions[-1]} >abio ^+30")

    def decide(self) -> None:
        """A verdict on each of them, typed into its cell."""
        self.hands.find("Log")
        log = self.window.page_of("log")
        bar = log.tabs.tabBar()
        self.hands.tab_to(bar)
        while log.tabs.currentIndex():
            self.hands.type("←")
        part = log.part("decisions")
        self.hands.tab_to(part.table)
        for number in range(DECISIONS):
            while part.table.currentIndex().row() != number:
                self.hands.type("↓" if part.table.currentIndex().row() < number else "↑")
            while part.table.currentIndex().column() != 3:
                self.hands.type("→" if part.table.currentIndex().column() < 3 else "←")
            self.hands.type("y\n")
            QApplication.processEvents()
        self.photograph("decisions")

    def end(self) -> None:
        self.hands.find("End the session")
        settle(self.window)
