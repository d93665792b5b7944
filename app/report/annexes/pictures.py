"""Annex of the figures behind every picture, for those who read with their ears or check."""

from app.report.draft import Draft, plain
from app.report.model import Column, Picture, Row, Section, Table

MOST_SIGNS = 36
LINES = 2


def pictures_annex(draft: Draft, sections: tuple[Section, ...]) -> Section | None:
    """Every picture as the table of figures behind it."""
    tables = []
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Picture):
                tables.append(_as_table(block))
    if not tables:
        return None
    heading = draft.say("pictures.heading", n=len(tables))
    return Section("pictures", draft.words("section.pictures"), heading, (), tuple(tables))


def _signs(text: str) -> int:
    """Characters a column needs for a text on about two lines without breaking a word."""
    longest = max((len(word) for word in text.split()), default=0)
    return max(longest + 2, min(len(text), MOST_SIGNS) // LINES, 6)


def _as_table(picture: Picture) -> Table:
    figures = picture.scene.figures
    longest = [
        max(_signs(text) for text in (title, *(row[i] for row in figures.rows)))
        for i, title in enumerate(figures.header)
    ]
    columns = tuple(
        Column(f"column-{i}", title, float(signs))
        for i, (title, signs) in enumerate(zip(figures.header, longest, strict=True))
    )
    rows = tuple(
        Row(f"row-{i}", tuple(plain(text) for text in row)) for i, row in enumerate(figures.rows)
    )
    return Table(f"{picture.key}_figures", picture.scene.title, columns, rows)
