"""A workshop of eleven people by keyboard; the minutes and the report agree with its log."""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app import cli
from app.domain.ids import SessionId
from app.domain.sessions import named_people
from app.domain.tally import polls, tally
from app.domain.workshop import Session, Verdict
from app.store.file import AuditFile
from app.ui.dialogs.minutes import MinutesDialog
from app.ui.widgets.walk.vote import Phase
from app.ui.window import Window
from tests.e2e.hands import Hands
from tests.e2e.meeting import (
    CAPTURES,
    DECISIONS,
    DISSENT,
    PARKED,
    PEOPLE,
    QUESTIONS,
    Clock,
    Meeting,
    prepared,
)
from tests.e2e.test_killed import ROOT, START
from tests.report.reading import evened, pages

NAMES = [name for name, _, _ in PEOPLE.values()]
PARTS = "record,disagreed,minutes"


@pytest.fixture
def clock() -> Clock:
    """Today at nine."""
    return Clock(dt.datetime.now().astimezone().replace(hour=9, minute=0, second=0, microsecond=0))


@pytest.fixture
def meeting(
    request: pytest.FixtureRequest, window: Window, hands: Hands, clock: Clock, root: Path
) -> Meeting:
    return Meeting(window, hands, clock, root / "build" / "pictures" / request.node.name)


def test_a_workshop_by_keyboard_alone(
    meeting: Meeting, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, hands = meeting.window, meeting.hands
    file = prepared(tmp_path / "workshop.plumb", clock())
    meeting.open(file, monkeypatch)
    meeting.plan()
    meeting.welcome()
    hold(meeting)
    meeting.decide()
    meeting.go_through("close", 12)
    meeting.end()
    assert meeting.unreadable == {}
    agrees_with_the_log(meeting)
    minutes = minutes_by_window(meeting, tmp_path / "window", monkeypatch)
    hands.command("close")
    assert not window.desk.is_open
    day = str(clock().date())
    same = by_command("minutes", file, tmp_path / "command", day)
    assert [path.read_bytes() for path in same] == [path.read_bytes() for path in minutes]
    report = by_command("report", file, tmp_path / "report", day, "--sections", PARTS)
    for pdf, html in (minutes, report):
        printed = evened(" ".join(pages(pdf.read_bytes())))
        assert "Eleven of eleven people decided four things and put five aside in" in printed
        assert "20 questions were voted on in 40 rounds." in printed
        agrees(meeting, rows_of(html.read_text("utf-8")), printed)
    assert "4 decisions, 3 dissenting remarks and 5 parked items" in printed
    nobody_is_named_beside_a_vote(file)


def hold(meeting: Meeting) -> None:
    """The agenda item by item; twenty questions, and what is said in between."""
    window, hands = meeting.window, meeting.hands
    meeting.share()
    meeting.go_through("core", 6)
    hands.press(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    meeting.photograph("agenda", window.panel)
    hands.press(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    hands.press(Qt.Key.Key_5)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    meeting.photograph_wall("question")
    assert meeting.page.ask().question.text in meeting.wall.accessibleDescription()
    assert "Seat 5 cannot vote “x”" in meeting.mistype()
    for number in range(QUESTIONS):
        meeting.vote(number)
        for _ in range(CAPTURES // QUESTIONS):
            meeting.capture_gap()
        if number < PARKED:
            meeting.park(by_key=number < 2)
        elif number < PARKED + DECISIONS:
            meeting.ask_for_decision()
    minutes = window.room.items[window.room.place or 0].minutes
    hands.press(Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier)
    assert window.room.items[window.room.place or 0].minutes == minutes + 1
    meeting.go_through("decide", 20)


def agrees_with_the_log(meeting: Meeting) -> None:
    audit = meeting.window.desk.audit
    assert [gap.text for _, gap in sorted_by_number(audit.own_gaps)] == meeting.gaps
    assert [item.text for _, item in sorted_by_number(audit.parking)] == meeting.parked
    asked = sorted_by_number(audit.decisions)
    assert [(d.text, d.verdict) for _, d in asked] == [
        (text, Verdict.YES) for text in meeting.decisions
    ]
    assert (len(meeting.gaps), len(meeting.parked), len(asked)) == (CAPTURES, PARKED, DECISIONS)
    assert len(polls(audit)) == len(meeting.voted) == QUESTIONS
    assert [len(poll.rounds) for poll in polls(audit)] == [2] * QUESTIONS
    given = [(d.text, d.consent) for v in audit.votes.values() for d in v.dissent]
    assert sorted(given) == sorted((words, consent) for _, words, consent in DISSENT.values())
    (session,) = audit.sessions.values()
    assert session.by_seat
    assert session.ended
    assert all(item.started and item.ended for item in session.agenda)
    before, after = (s for _, s in sorted_by_number(audit.snapshots))
    assert (before.at, after.at) == (session.started, session.ended)
    assert "efore" in before.name
    assert "fter" in after.name


def sorted_by_number(records: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """In the order they were made: `gap-9` before `gap-10`."""
    return sorted(records.items(), key=lambda pair: int(re.sub(r"\D", "", pair[0])))


def minutes_by_window(
    meeting: Meeting, stem: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Path]:
    """The window's command; only the system's own dialog is answered for the person."""
    hands = meeting.hands
    hands.find("Write the minutes")
    (dialog,) = meeting.window.findChildren(MinutesDialog)
    made = stem.with_suffix(".pdf"), stem.with_suffix(".html")
    for path in made:
        place = (str(path), "")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, p=place, **_k: p)
        if path.suffix != ".pdf":
            hands.tab_to(dialog.kind)
            hands.type("↓")
        hands.tab_to(dialog.write)
        hands.type(" ")
        hands.wait(dialog.write.isEnabled)
    meeting.photograph("minutes", dialog)
    hands.type("\x1b")
    return made


def by_command(command: str, file: Path, stem: Path, day: str, *more: str) -> tuple[Path, Path]:
    made = stem.with_suffix(".pdf"), stem.with_suffix(".html")
    for path in made:
        kind = path.suffix.removeprefix(".")
        words = [command, str(file), "-o", str(path), "--format", kind, "--date", day, *more]
        assert cli.main(words) == 0
    return made


# What was written.


class Rows(HTMLParser):
    """The rows of all tables, each as the texts of its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._is_cell = False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._is_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._is_cell &= tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._is_cell:
            self.rows[-1][-1] = evened(f"{self.rows[-1][-1]} {data}")


def rows_of(html: str) -> list[list[str]]:
    found = Rows()
    found.feed(html)
    return found.rows


def spread(row: str) -> str:
    """Median, rounded down, and range of the levels of one row of signs."""
    levels = sorted(int(sign) for sign in row if sign.isdecimal())
    if levels[0] == levels[-1]:
        return f"all on {levels[0]}"
    return f"median {int(median(levels))}, range {levels[0]} to {levels[-1]}"


def agrees(meeting: Meeting, rows: Sequence[Sequence[str]], pdf: str) -> None:
    """Votes, texts and dissent of one document, as a page to print and as one to read."""
    said = [spread(typed) for poll in meeting.voted for typed in poll.rows]
    assert sorted(row[1] for row in rows if row[0].startswith("Round ")) == sorted(said)
    for poll in meeting.voted:
        (place,) = (n for n, row in enumerate(rows) if row[0].endswith(f"({poll.question})"))
        assert [row[1] for row in rows[place + 1 : place + 3]] == [spread(r) for r in poll.rows]
        levels = sorted(int(sign) for sign in poll.rows[1] if sign.isdecimal())
        assert rows[place + 3][1].startswith(f"{int(median(levels))} ")
    for text in set(said):
        assert pdf.count(text) >= said.count(text)
    for texts in (meeting.gaps, meeting.parked, meeting.decisions):
        for text in texts:
            assert any(row[0] == text for row in rows), text
            assert text in pdf
    for who, words, consent in DISSENT.values():
        named = PEOPLE[who][0] if consent else "not named"
        assert {row[1] for row in rows if row[2:] == [words]} == {named}
        assert words in pdf
    for row in rows:
        if any("median" in cell or cell.startswith("Round ") for cell in row):
            assert not [name for name in NAMES if name in " ".join(row)]


def nobody_is_named_beside_a_vote(file: Path) -> None:
    """In no change of the journal, and nowhere in the file's bytes, is a reply beside a person."""
    with AuditFile.open(file, write=False) as opened:
        audit, changes = opened.load(), opened.changes_after(0)
        assert opened.sealed() == ()
    consented = {PEOPLE[who][0] for who, _, consent in DISSENT.values() if consent}
    assert len(consented) == 1
    assert all(audit.people[p].is_seat for v in audit.votes.values() for p in v.ballots)
    assert len(named_people(audit)) == len(PEOPLE)
    votes = [c for c in changes if c.collection in ("votes", "answers")]
    assert len(votes) >= 2 * QUESTIONS
    for change in votes:
        before, after = (msgspec.json.encode(v) for v in (change.before, change.after))
        kept = getattr(change.after, "dissent", ())
        allowed = {d.person for d in kept if d.consent}
        for person, (name, _, _) in PEOPLE.items():
            if person not in allowed:
                assert person.encode() not in before + after, change.keys
            assert name.encode() not in before + after
    whole = file.read_bytes()
    assert not [person for person in PEOPLE if beside(person) in whole]


def beside(person: str) -> bytes:
    """How a ballot begins in the file while it is under seal."""
    return f'"{person}":{{'.encode()


# Killed in the middle of a vote.

VOTER = (
    START
    + """
window.go(Place("walk", workflow="claims", question="RT-01"))
settle(window)
QTest.keyClicks(window.page.card, "v")
line = window.page.card.vote.entry.line
QTest.keyClicks(line, "43312?4/110")
QTest.keyClick(line, Qt.Key.Key_Return)
QTest.keyClicks(window.page.card.vote, "t")
QTest.keyClicks(line, "0000")
print("sealed", flush=True)
while True:
    QTest.qWait(50)
"""
)


def killed_in_a_vote(file: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", VOTER, str(file)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    ) as voter:  # fmt: skip
        assert voter.stdout
        assert voter.stdout.readline() == "sealed\n"
        voter.send_signal(signal.SIGKILL)


def test_a_round_killed_under_seal_is_there_and_still_sealed(
    meeting: Meeting, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = Session("Day", clock().date(), started=clock())
    file = prepared(tmp_path / "killed.plumb", clock(), {SessionId("day"): day})
    killed_in_a_vote(file)
    with AuditFile.open(file, write=False) as opened:
        assert not opened.load().votes
        assert not [c for c in opened.changes_after(0) if c.collection == "votes"]
        (kept,) = opened.sealed()
    assert len(kept.ballots) == len(PEOPLE)
    assert all(beside(person) in file.read_bytes() for person in PEOPLE)
    window, hands = meeting.window, meeting.hands
    meeting.open(file, monkeypatch)
    meeting.share()
    hands.press(Qt.Key.Key_5)
    assert meeting.page.card.ballot.text() == "Vote, under seal"
    hands.type("v")
    assert meeting.strip.phase is Phase.SEALED
    assert "11 of 11 have voted" in meeting.wall.accessibleDescription()
    assert not window.desk.audit.votes
    hands.type("r")
    (vote,) = window.desk.audit.votes.values()
    assert tally(vote.ballots).levels == tuple(sorted(map(int, "433124110")))
    assert all(window.desk.audit.people[person].is_seat for person in vote.ballots)
    assert window.desk.file
    assert window.desk.file.sealed() == ()
    assert not [person for person in PEOPLE if beside(person) in file.read_bytes()]
