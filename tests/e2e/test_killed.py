"""Killed in the middle of a word: what was typed half a second ago is in the file."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.exchange.sample import sample_audit
from app.store.file import AuditFile
from tests.ui.conftest import NOW

ROOT = Path(__file__).resolve().parents[2]
HALF_A_SECOND = 0.5
BETWEEN = 0.05
"""Seconds between two keys: someone who types on and on, without a pause to save in."""
START = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.main import now
from app.ui.page import Place
from app.ui.pages.all import make_pages
from app.ui.selftest import settle
from app.ui.style import Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words

file = Path(sys.argv[1])
application = QApplication([])
look = Look(application)
look.set("light", 100)
settings = Settings(QSettings(str(file.with_suffix(".ini")), QSettings.Format.IniFormat))
desk = Desk(clock=now)
window = Window(desk, Room(desk, Words(), desk), settings, look, Words(), make_pages, command_table)
window.resize(1366, 768)
window.show()
window.open_path(file)
"""
TYPIST = (
    START
    + """
field, between = sys.argv[2], float(sys.argv[3])
if field == "gap":
    window.go(Place("gaps", key="RT-01/rosters"))
    settle(window)
    line = window.page.list.detail.note
elif field == "walk":
    window.go(Place("walk", workflow="rosters", question="CX-01"))
    settle(window)
    window.page.card.write_note()
    line = window.page.card.note
else:
    window.go(Place("scope"))
    settle(window)
    line = window.page.form._editors["note"]
line.setFocus()
QTest.keySequence(line, "Ctrl+A")
for number in range(10_000):
    QTest.keyClicks(line, f"{number % 10}")
    print(f"{time.time()} {number + 1}", flush=True)
    QTest.qWait(int(1000 * between))
"""
)


def kept(file: Path, field: str) -> str:
    with AuditFile.open(file, write=True, who="after") as opened:
        audit = opened.load()
    if field == "scope":
        return audit.organisation.note
    if field == "walk":
        answer = audit.answers.get("rosters", {}).get("CX-01")
        return answer.note if answer else ""
    note = audit.gap_notes.get("RT-01/rosters")
    return note.note if note else ""


def killed_after(seconds: float, file: Path, field: str) -> tuple[str, int]:
    """What the file says, and how many signs were typed half a second before the kill."""
    sample = sample_audit()
    AuditFile.create(file, sample, label="Sample", by=None, at=NOW).close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(file), field, str(BETWEEN)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    ) as typist:  # fmt: skip
        assert typist.stdout
        first = typist.stdout.readline()
        assert first, "the typist never typed"
        time.sleep(seconds)
        typist.send_signal(signal.SIGKILL)
        killed = time.time()
        lines = [first, *typist.stdout.read().splitlines()]
    typed = [(float(at), int(count)) for at, count in (line.split() for line in lines)]
    wanted = max((n for at, n in typed if at <= killed - HALF_A_SECOND), default=0)
    assert wanted > 0
    return kept(file, field), wanted


def assert_kept(text: str, least: int) -> None:
    assert len(text) >= least
    assert text == "".join(str(n % 10) for n in range(len(text)))


@pytest.mark.parametrize("field", ["gap"])
def test_at_most_half_a_second_of_text_is_missing(tmp_path: Path, field: str) -> None:
    assert_kept(*killed_after(2.0, tmp_path / "killed.plumb", field))


@pytest.mark.full
@pytest.mark.parametrize("field", ["gap", "walk", "scope"])
@pytest.mark.parametrize("seconds", [0.8, 1.1, 1.5, 2.3, 3.1])
def test_killed_at_any_moment(tmp_path: Path, field: str, seconds: float) -> None:
    assert_kept(*killed_after(seconds, tmp_path / "killed.plumb", field))
