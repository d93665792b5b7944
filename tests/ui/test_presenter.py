"""The wall: what is on it can be read from the back, and what must not be on it is not there."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.desk.desk import Desk
from app.desk.room import Room
from app.desk.settings import Settings
from app.domain.audit import Audit
from app.domain.edits.records import amend, put
from app.domain.ids import QuestionId, SessionId, Target
from app.domain.tally import tally
from app.domain.wall import (
    Asked,
    Blank,
    Counts,
    Dots,
    Levels,
    Lines,
    Ready,
    Wall,
    paged,
    question_wall,
)
from app.exchange.bank_toml import default_bank
from app.ui.page import Place
from app.ui.pages.all import make_pages
from app.ui.presenter.wall_view import WallPreview, WallView
from app.ui.selftest import settle
from app.ui.style import DARK, LIGHT, Look
from app.ui.window import Window
from app.ui.window_commands import command_table
from app.words import Words
from tests.ui.conftest import NOW

SIZES = [(1280, 720), (1920, 1080), (3840, 2160)]
LONG = "A sentence that goes on and on because somebody typed all of it into one line. " * 4
BANK = default_bank()
LONGEST = max(BANK.questions, key=lambda q: len(q.text) + sum(map(len, q.levels)))
LEVELS = Levels(LONGEST.text, "Store returns triage", LONGEST.levels, LONGEST.evidence, 2)
WALLS: dict[str, Wall] = {
    "question": LEVELS,
    "too-long": Levels(LONG, LONG, (LONG,) * 5, LONG),
    "ready": Ready(LONGEST.text, "Store returns triage", LONGEST.levels, 7, 11),
    "dots": Dots(
        LONGEST.text, "Store returns triage", BANK.level_names,
        tuple((f"Head of department number {n}", (0, 1, 1, 3)) for n in range(7)), tally({}), 2, 3,
    ),
    "lines": Lines("Decisions", (LONG,) * 7, 30),
    "counts": Counts("Gaps", "Workflows", tuple((q.gap, 3, 11) for q in BANK.questions[:7]), 60),
    "asked": Asked(LONGEST.text, "About", ("yes", "partly", "no", "We don't know")),
    "silent": Asked(LONGEST.text, seconds=154),
    "word": Lines("W" * 200, ("W" * 300,)),
}  # fmt: skip


class Wire(QObject):
    published = Signal(object)


@pytest.fixture
def view(qtbot: QtBot, look: Look) -> WallView:
    wire = Wire(look)
    made = WallView(look, wire.published)
    qtbot.addWidget(made)
    return made


# What can be read.


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("wall", WALLS.values(), ids=WALLS.keys())
@pytest.mark.parametrize("zooms", [0, 5])
def test_every_text_is_large_enough_and_inside(
    view: WallView, wall: Wall, size: tuple[int, int], zooms: int
) -> None:
    view.resize(*size)
    view.zoom(zooms)
    view.show_wall(wall)
    made = view.picture
    assert made.blocks
    assert min(text.size for text in made.blocks) >= size[1] / 36
    assert max(text.size for text in made.blocks) >= size[1] / 14
    for text in made.blocks:
        box = text.box
        assert box.left() >= 0
        assert box.right() <= size[0]
        assert box.top() >= 0
        assert box.bottom() <= size[1]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_question_of_the_bank_fits_whole(view: WallView, size: tuple[int, int]) -> None:
    view.resize(*size)
    for question in BANK.questions:
        view.show_wall(Levels(question.text, "Store returns triage", question.levels, "x", 3))
        assert not any(text.is_cut for text in view.picture.blocks), question.id


@pytest.mark.parametrize("wall", WALLS.values(), ids=WALLS.keys())
def test_no_text_lies_on_another(view: WallView, wall: Wall) -> None:
    view.resize(1280, 720)
    view.show_wall(wall)
    blocks = view.picture.blocks
    for n, one in enumerate(blocks):
        for other in blocks[n + 1 :]:
            inner = one.box.adjusted(1, 1, -1, -1)
            assert not inner.intersects(other.box), (one.text, other.text)


def test_what_does_not_fit_ends_in_a_sign(view: WallView) -> None:
    view.resize(1280, 720)
    view.show_wall(WALLS["too-long"])
    cut = [text for text in view.picture.blocks if text.is_cut]
    assert cut
    assert all(text.text.endswith("…") for text in cut)


def test_zoom_makes_larger_what_has_the_room(view: WallView) -> None:
    view.resize(1280, 720)
    view.show_wall(Lines("Decisions", ("Buy nothing before June",)))
    before = max(text.size for text in view.picture.blocks)
    view.zoom(3)
    assert max(text.size for text in view.picture.blocks) > before


def test_it_is_light_whatever_the_window_is(qtbot: QtBot, look: Look, view: WallView) -> None:
    look.set("dark", 100)
    try:
        assert view.tones is LIGHT
        qtbot.keyClick(view, Qt.Key.Key_T)
        assert view.tones is DARK
    finally:
        look.set("light", 100)


def test_it_is_drawn_in_both_directions(view: WallView) -> None:
    view.resize(1280, 720)
    for wall in WALLS.values():
        view.show_wall(wall)
        for direction in Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft:
            view.setLayoutDirection(direction)
            assert not view.grab().isNull()


def test_the_preview_is_the_same_wall(qtbot: QtBot, look: Look, view: WallView) -> None:
    wire = Wire()
    small = WallPreview(look, wire.published, LEVELS)
    qtbot.addWidget(small)
    small.resize(320, 180)
    view.resize(1280, 720)
    view.show_wall(LEVELS)
    assert small.picture == view.picture
    wire.published.emit(Blank())
    assert small.picture.blocks == ()


# What must not be there.


@pytest.fixture
def secret(sample: Audit) -> Audit:
    """Every name and note is one that occurs nowhere else."""
    audit = sample
    for n, (id_, person) in enumerate(sorted(audit.people.items())):
        audit = put(audit, "people", (id_,), replace(person, name=f"Xname{n}", note=f"Xnote{n}"))
    for collection in ("gap_notes", "action_notes", "workflows", "sessions"):
        for key in sorted(getattr(audit, collection)):
            audit = amend(audit, collection, (key,), note="Xnote")
    answers: dict[Target, Any] = {
        target: {q: replace(a, note="Xnote") for q, a in found.items()}
        for target, found in audit.answers.items()
    }
    return replace(audit, answers=answers)


@pytest.fixture
def window(
    qtbot: QtBot, look: Look, settings: Settings, tmp_path: Any, secret: Audit
) -> Iterator[Window]:
    desk = Desk(clock=lambda: NOW + dt.timedelta(hours=9))
    made = Window(
        desk, Room(desk, Words(), desk), settings, look, Words(), make_pages, command_table
    )
    desk.create(tmp_path / "secret.plumb", secret, "Begin")
    made.resize(1280, 720)
    made.show()
    yield made
    made.close()


def texts(widget: QWidget) -> str:
    """Everything a widget and those below it hold that could be read."""
    found = []
    for each in [widget, *widget.findChildren(QObject)]:
        meta = each.metaObject()
        found += [str(each.property(meta.property(n).name())) for n in range(meta.propertyCount())]
        found += [str(value) for value in vars(each).values()]
    return "\n".join(found)


def test_no_page_brings_a_name_or_a_note_to_the_wall(window: Window) -> None:
    window.presenting.share()
    view = window.presenting.view
    assert view is not None
    offered = []
    window.desk.want_plan()
    places = [*(Place(kind.key) for kind in window.pages.kinds), Place("gaps", key="find_out")]
    places += [Place("log", key=key) for key in ("parking", "sessions", "votes")]
    for place in places:
        window.go(place)
        settle(window)
        wall = window.page.wall()
        if wall is None:
            continue
        offered.append(place.page)
        for page in range(len(paged(wall))):
            window.commands.actions["publish"].trigger() if page == 0 else window.room.turn(1)
            view.grab()
            held = texts(view)
            assert "Xname" not in held, place
            assert "Xnote" not in held, place
    assert {"overview", "walk", "gaps", "conditions", "roadmap", "log", "scope"} <= set(offered)


def test_a_sealed_vote_shows_nothing_but_how_many(window: Window) -> None:
    room, view = window.room, None
    room.open_vote(Target("returns"), QuestionId("RT-01"))
    window.presenting.share()
    view = window.presenting.view
    assert view is not None
    seen = []
    for sign in "04?":
        room.type_line(sign * len(room.seats()))
        room.publish_vote()
        seen.append((view.picture, view.accessibleDescription()))
    assert seen[0] == seen[1] == seen[2]
    assert f"{len(room.seats())} of {len(room.seats())} have voted" in seen[0][1]


def test_the_prompts_of_the_facilitator_stay_off_the_wall(qtbot: QtBot, window: Window) -> None:
    window.room.publish(LEVELS)
    window.commands.actions["silent"].trigger()
    panel = window.panel
    assert panel.wall.prompts.count() >= 8
    panel.wall.prompt.setEditText("What would stop you?")
    qtbot.mouseClick(panel.wall.silent, Qt.MouseButton.LeftButton)
    wall = window.room.wall
    assert wall == Asked("What would stop you?", seconds=180)
    window.presenting.share()
    view = window.presenting.view
    assert view is not None
    held = texts(view)
    assert not any(
        panel.wall.prompts.item(n).text() in held for n in range(panel.wall.prompts.count())
    )
    qtbot.mouseClick(panel.wall.silent, Qt.MouseButton.LeftButton)
    assert window.room.wall == LEVELS


# Freeze, blank, pages.


def test_freeze_and_blank_are_one_key_on_the_wall(qtbot: QtBot, window: Window) -> None:
    room = window.room
    window.presenting.share()
    view = window.presenting.view
    assert view is not None
    room.publish(Lines("Gaps", tuple("abcdefghij")))
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert room.page == (2, 2)
    assert [b.text for b in view.picture.blocks if b.text in "abcdefghij"] == ["h", "i", "j"]
    qtbot.keyClicks(view, ".")
    assert room.is_frozen
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert "h" in view.accessibleDescription().splitlines()[1]
    qtbot.keyClicks(view, ".")
    assert "a" in view.accessibleDescription().splitlines()[1]
    qtbot.keyClicks(view, "b")
    assert view.picture.blocks == ()
    qtbot.keyClicks(view, "b")
    assert view.picture.blocks


def test_what_a_settled_question_shows_is_its_level(view: WallView, sample: Audit) -> None:
    view.resize(1280, 720)
    wall = question_wall(sample, Target("returns"), QuestionId("RT-01"))
    view.show_wall(wall)
    chosen = [text.text for text in view.picture.blocks if text.is_bold and len(text.text) > 1]
    assert wall.chosen is not None
    assert wall.levels[wall.chosen] in chosen


def test_a_session_publishes_its_agenda(window: Window) -> None:
    window.go(Place("log", key="workshop-1"))
    settle(window)
    wall = window.page.wall()
    assert isinstance(wall, Lines)
    assert wall.heading == window.desk.audit.sessions[SessionId("workshop-1")].title
