"""What the deck's charts show: figures as the report's own tables and pictures print them."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.charts.lettering import fit
from app.report.model import Picture, ReportModel, Table
from app.report.office import columns_of, legal, number_in
from app.report.pptx.sheet import Data, Series
from app.words import Words

NAME: Final = 230.0
"""Points of a name beside a bar, in a size of 10."""
SIZE: Final = 10.0
MOST_ROWS: Final = 20
STANDING: Final = ("met", "said", "not_met", "not_known", "not_asked")
WHOLE, TENTHS, SHARE, PERCENT = "0", "0.0", "0%", '0"%"'
NO_ZERO: Final = "0;;;"
"""A label that is left out where the figure is zero."""


def named(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they stand beside bars."""
    return tuple(fit(" ".join(legal(name).split()), NAME, SIZE) for name in names)


def rates_data(table: Table) -> Data:
    """Starting rates against the misses they lead to, a series for each row."""
    series = tuple(
        Series(row.cells[0].text, tuple(cell.value for cell in row.cells[1:])) for row in table.rows
    )
    is_share = any("%" in cell.text for row in table.rows for cell in row.cells[1:])
    titles = tuple(column.title for column in table.columns[1:])
    return Data(titles, series, format=SHARE if is_share else WHOLE)


def relative_data(model: ReportModel) -> Data | None:
    """Workflows against typical with their ranges; None where no figure is printed."""
    scores = next((table for table in model.registers if table.key == "scores"), None)
    if scores is None:
        return None
    places = columns_of(
        scores, ("workflow", "in_words", "relative", "relative_low", "relative_high")
    )
    rows = [[row.cells[i] for i in places] for row in scores.rows[:MOST_ROWS]]
    if all(row[2].value is None for row in rows):
        return None
    names = [
        row[0].text if row[2].value is not None else f"{row[0].text} ({row[1].text})"
        for row in rows
    ]
    titles = [scores.columns[i].title for i in places]
    return Data(
        named(names),
        (Series(titles[2], tuple(row[2].value for row in rows)),),
        tuple(row[3].value for row in rows),
        tuple(row[4].value for row in rows),
        (titles[3], titles[4]),
        TENTHS,
    )


def ruler_data(picture: Picture, words: Words) -> Data:
    """A single workflow's chance beside the marks of the ruler, in percent."""
    figures = picture.scene.figures
    single = [(row[0], number_in(row[1], words)) for row in figures.rows]
    known = [(name, values[0]) for name, values in single if len(values) == 1]
    values = tuple(value for _, value in known)
    return Data(named(n for n, _ in known), (Series(figures.header[1], values),), format=PERCENT)


def conditions_data(table: Table) -> Data | None:
    """Workflows by how each condition stands; None where the table does not count them."""
    places = columns_of(table, STANDING)
    if len(places) < len(STANDING) or not table.rows:
        return None
    series = tuple(
        Series(table.columns[i].title, tuple(row.cells[i].value for row in table.rows))
        for i in places
    )
    return Data(named(row.cells[0].text for row in table.rows), series, format=WHOLE)


def misses_data(picture: Picture, words: Words) -> Data:
    """Expected misses by month with their range; the last series stays at today's figure."""
    figures = picture.scene.figures
    misses = [number_in(row[1], words)[0] for row in figures.rows]
    spans = [number_in(row[2], words) for row in figures.rows]
    span = figures.header[2]
    lower, higher = (words.inside(words(f"label.{end}")) for end in ("lower", "higher"))
    series = (
        Series(words("chart.curve.plan"), tuple(misses)),
        Series(f"{span}, {lower}", tuple(found[0] for found in spans)),
        Series(f"{span}, {higher}", tuple(found[-1] for found in spans)),
        Series(words("chart.curve.nothing"), tuple(misses[0] for _ in misses)),
    )
    return Data(tuple(row[0] for row in figures.rows), series, format=WHOLE)


def said(data: Data, words: Words) -> Iterator[str]:
    """Every bar of a chart in words: what it stands for, its figures and their range."""
    for i, name in enumerate(data.categories):
        parts = []
        for n, series in enumerate(data.series):
            text = _figure(series.values[i], data.format, words)
            if n == 0 and data.lows and data.lows[i] is not None:
                ends = (_figure(end[i], data.format, words) for end in (data.lows, data.highs))
                text = f"{text} ({'–'.join(ends)})"
            parts.append(f"{series.name} {text}" if len(data.series) > 1 else text)
        yield f"{name}: {', '.join(parts)}"


def _figure(value: float | None, form: str, words: Words) -> str:
    if value is None:
        return "–"
    if form == SHARE:
        return words.percent(value)
    if form == PERCENT:
        return words.percent(value / 100)
    return words.figure(value, 1 if form == TENTHS else 0)
