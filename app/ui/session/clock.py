"""The clock in the bottom bar: the item under way and its time; it warns and never blocks."""

from PySide6.QtWidgets import QPushButton

from app.desk.room import Room
from app.desk.walls import item_title
from app.domain.agenda import Pace
from app.ui.style import Look
from app.words import Words

TONES = {
    Pace.IN_TIME: ("ink", ""),
    Pace.NEARLY_OVER: ("warn", "warn_soft"),
    Pace.OVER: ("alarm", "alarm_soft"),
}
LONGEST, SHORTER = 34, 20
"""Characters of an item's title: as a rule, and in large letters."""


class SessionClock(QPushButton):
    """A click opens the session; without one it offers to start it."""

    def __init__(self, room: Room, words: Words, look: Look) -> None:
        super().__init__()
        self._room, self._words, self._look = room, words, look
        self._styled = ""
        self.setProperty("role", "flat")
        room.ticked.connect(self.refresh)
        look.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        text = self._text()
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(self.tr("Session: {0}").format(text))
            self.setToolTip(self.tr("Agenda, wall and silent round (F9)"))
        self._restyle()

    def _text(self) -> str:
        room = self._room
        if room.session is None:
            return self.tr("No session runs")
        if room.place is None:
            return self.tr("Between two items")
        item, spent = room.items[room.place], int(room.spent())
        title = item_title(item.kind, item.title, self._words)
        most = LONGEST if self._look.scale <= 110 else SHORTER
        short = title if len(title) <= most else title[: most - 1].rstrip() + "…"
        if not item.minutes:
            return f"{short}  {clock(spent)}"
        text = self.tr("{0}  {1} of {2} min").format(short, clock(spent), item.minutes)
        return f"{text}{self._hint(room.pace(), item.minutes * 60 - spent)}"

    def _hint(self, pace: Pace, left: int) -> str:
        """A word beside the colour."""
        if pace is Pace.NEARLY_OVER:
            return self.tr(", {0} left").format(clock(left))
        if pace is Pace.OVER:
            return self.tr(", over by {0}").format(clock(-left))
        return ""

    def _restyle(self) -> None:
        ink, ground = TONES[self._room.pace()]
        tones = self._look.tones
        fill = getattr(tones, ground) if ground else "transparent"
        weight = 600 if ground else 400
        sheet = (
            f"QPushButton {{ padding: 1px 8px; color: {getattr(tones, ink)}; "
            f"background: {fill}; font-weight: {weight}; }}"
            f"QPushButton:focus {{ border: 2px solid {tones.focus}; padding: 0 6px; }}"
        )
        if sheet != self._styled:
            self._styled = sheet
            self.setStyleSheet(sheet)


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02}"
