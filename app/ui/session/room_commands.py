"""Commands of the room: session, clock, wall and silent round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.commands import Command
from app.ui.page import Place
from app.ui.session.new_session import run_new_session

if TYPE_CHECKING:
    from app.ui.window import Window


def room_commands(w: Window) -> list[Command]:
    tr, menu, room = w.tr, w.tr("Room"), w.room
    is_open = lambda: w.desk.is_open  # noqa: E731
    runs = lambda: w.desk.is_open and room.session is not None  # noqa: E731
    has_item = lambda: w.desk.is_open and room.place is not None  # noqa: E731
    return [
        Command(
            "new_session", menu, tr("New session from a template…"), lambda: new_session(w), (),
            lambda: w.desk.is_open and not w.desk.read_only,
        ),
        Command("next_item", menu, tr("Start, or next item"), lambda: go_next(w), ("Ctrl+T",),
                is_open),
        Command("minute_less", menu, tr("A minute less"), lambda: room.lengthen(-1), ("F7",),
                has_item),
        Command("minute_more", menu, tr("A minute more"), lambda: room.lengthen(1), ("F8",),
                has_item),
        Command("end_session", menu, tr("End the session"), room.end, (), runs),
        Command("room", menu, tr("Agenda, wall and prompts"), lambda: w.panel.toggle(), ("F9",),
                is_open),
        Command("silent", menu, tr("Silent round"), lambda: silent(w), (), is_open),
        Command("present", menu, tr("Present, or end presenting"), lambda: present(w), ("F5",),
                is_open),
        Command("share", menu, tr("Share as a window"), lambda: w.presenting.share(), (), is_open),
        Command(
            "publish", menu, tr("Show this page on the wall"), lambda: publish(w),
            ("Ctrl+Shift+Return", "Ctrl+Shift+Enter", "Ctrl+Return", "Ctrl+Enter"), is_open,
        ),
        Command("freeze", menu, tr("Freeze the wall, or let it go on"), room.freeze, ("Ctrl+.",),
                is_open),
        Command("wall_blank", menu, tr("Blank the wall, or show it again"), room.blank,
                ("Ctrl+Shift+B",), is_open),
        Command("wall_on", menu, tr("Next page of the wall"), lambda: room.turn(1),
                ("Ctrl+Shift+PgDown",), is_open),
        Command("wall_back", menu, tr("Page of the wall before"), lambda: room.turn(-1),
                ("Ctrl+Shift+PgUp",), is_open),
    ]  # fmt: skip


def new_session(w: Window) -> None:
    made = run_new_session(w, w.bench)
    if made:
        w.go(Place("log", key=made))


def go_next(w: Window) -> None:
    """The next item; where no session is planned it says how to plan one."""
    if w.room.go_next() or w.room.session is not None:
        return
    if not w.desk.read_only:
        w.banner.say(
            w.tr("No session is planned. Start one from a template."),
            [(w.tr("New session from a template…"), lambda: new_session(w))],
        )


def publish(w: Window) -> None:
    """What the page offers; a page that offers nothing says so."""
    wall = w.page.wall()
    if wall is None:
        w.banner.say(w.tr("This page has nothing for the wall."))
    else:
        w.room.publish(wall)


def silent(w: Window) -> None:
    """Its prompt is typed or chosen first; while one is under way this ends it."""
    if w.room.is_silent:
        w.room.end_silence()
    else:
        w.panel.open_silent()


def present(w: Window) -> None:
    """With one screen there is nobody to publish afterwards, so an empty wall takes the page."""
    was_empty = w.room.is_empty
    w.presenting.present()
    if w.presenting.is_inside and was_empty:
        wall = w.page.wall()
        if wall is not None:
            w.room.publish(wall)
