"""Commands between people and keyboard: quick capture, the belief vote and dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.commands import Command
from app.ui.session.capture_line import CaptureLine

if TYPE_CHECKING:
    from app.ui.window import Window


def vote_commands(w: Window) -> list[Command]:
    tr, menu = w.tr, w.tr("Room")
    is_open = lambda: w.desk.is_open  # noqa: E731
    return [
        Command("capture", menu, tr("Quick capture"), lambda: take(w), ("Ctrl+Space",), is_open),
        Command("belief", menu, tr("Belief vote…"), lambda: believe(w), (), is_open),
        Command("dots", menu, tr("Vote with dots…"), lambda: dot(w), (), is_open),
    ]


def take(w: Window) -> None:
    """One line over whatever is shown."""
    found = w.findChild(CaptureLine) or CaptureLine(w.bench, w.centralWidget())
    found.open()


def believe(w: Window) -> None:
    # Wanted once a session, so it is no part of the start.
    from app.ui.session.belief_dialog import run_belief

    run_belief(w, w.bench)


def dot(w: Window) -> None:
    """On actions where the roadmap is shown, on gaps everywhere else."""
    from app.ui.session.dots_dialog import run_dots

    run_dots(w, w.bench, w.page_of("roadmap" if w.page.key == "roadmap" else "gaps"))
