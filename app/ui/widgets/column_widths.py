"""How wide a column must be for its title and for the few words its cells choose from."""

from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontMetrics

BESIDE_TITLE, BESIDE_WORD = 22, 16
FEW = 12
"""Up to so many words a column is made wide enough for each; more are names of people."""
USUAL = 17
"""Height of a line of text in pixels for which widths are written down."""


def column_width(font: QFont, width: int, title: str, words: Iterable[str] = ()) -> int:
    """`width` in pixels at the usual size of text; more where title or words need it."""
    scaled = int(width * max(1.0, QFontMetrics(font).height() / USUAL))
    return max(scaled, title_width(font, title), words_width(font, words))


def title_width(font: QFont, title: str) -> int:
    return strong(font).horizontalAdvance(title) + BESIDE_TITLE


def words_width(font: QFont, words: Iterable[str]) -> int:
    """As wide as the widest word on its tint; 0 where there are too many to go by."""
    found = list(words)
    if len(found) > FEW:
        return 0
    metrics = strong(font)
    widest = max((metrics.horizontalAdvance(word) for word in found), default=0)
    return widest + metrics.height() // 2 + BESIDE_WORD if widest else 0


def strong(font: QFont) -> QFontMetrics:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(made)
