"""Colours of charts and reports; each one goes with a word or a number, never alone."""

from typing import Final

INK: Final = "#16212B"
SECOND: Final = "#4A5A68"
THIRD: Final = "#66747F"
"""Third ink of the screens, darkened until it reads at 4.5:1 on white."""
LINE: Final = "#DDE3E8"
PAGE: Final = "#F6F8FA"
PAPER: Final = "#FFFFFF"
ACCENT: Final = "#0B5D78"
ALARM: Final = "#A3310F"
HATCH: Final = "#B9C4CC"

LEVELS: Final = ("#B93A1E", "#E2926F", "#F1D9A7", "#A9CFC6", "#2F7F8F")
LEVEL_INKS: Final = (PAPER, INK, INK, INK, PAPER)

CATEGORIES: Final = {
    "capability": "#CC79A7",
    "data": "#0072B2",
    "governance": "#D55E00",
    "adoption": "#009E73",
}

PHASES: Final = ("#0B5D78", "#2F7F9A", "#5FA1B7", "#94C3D2", "#C3DFE8")
"""One hue in five tints: category colours stay with the categories."""

STATES: Final = {
    "live_without_cover": (ALARM, "#FBE9E4"),
    "may_go_live": ("#1D6B4A", "#E3F3EB"),
    "may_build": ("#0B5D78", "#E2F0F5"),
    "not_defined": ("#7A5A00", "#FBF1D3"),
    "stop_or_pause": (SECOND, "#E9EEF2"),
}
"""State to its ink and the tint behind it."""

CONDITIONS: Final = {
    "met": LEVELS[4],
    "said": LEVELS[2],
    "not_met": LEVELS[0],
    "not_known": PAPER,
    "not_asked": PAPER,
    "not_applicable": "#E9EEF2",
}
