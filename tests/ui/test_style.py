"""Every pair of text and ground in every theme reads at 4.5:1."""

import pytest
from PySide6.QtGui import QColor

from app.charts.palette import LEVEL_INKS, LEVELS
from app.ui.style import CONTRAST, DARK, LIGHT, STATE_TONES, Tones

PAIRS = [
    (ink, ground)
    for ink in ("ink", "second", "third", "alarm", "good", "warn", "accent")
    for ground in ("paper", "page")
] + [("accent_ink", "accent"), ("ink", "accent_soft"), ("ink", "quiet_soft"), *STATE_TONES.values()]


def luminance(colour: str) -> float:
    parts = QColor(colour).getRgbF()[:3]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("tones", [LIGHT, DARK, CONTRAST], ids=["light", "dark", "contrast"])
@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_text_reads_on_its_ground(tones: Tones, pair: tuple[str, str]) -> None:
    ink, ground = (getattr(tones, name) for name in pair)
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("level", range(5))
def test_figures_read_on_their_level(level: int) -> None:
    assert contrast(LEVELS[level], LEVEL_INKS[level]) >= 4.5
