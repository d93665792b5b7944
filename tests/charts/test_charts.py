"""Charts as values: what they draw, what they say instead, and that words fit."""

import re
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from app.charts.belief import BeliefRow, belief_chart
from app.charts.comparison import ComparisonRow, RulerMark, comparison
from app.charts.cover import CoverRow, cover_map
from app.charts.curve import CurvePoint, curve
from app.charts.frame import MOST_ROWS, SMALL, WIDTH, header_lines, initials_of
from app.charts.gantt import Bar, Gantt, gantt
from app.charts.lettering import fit, width, wrap
from app.charts.middle import StageCell, StageRow, middle_map
from app.charts.palette import (
    CATEGORIES,
    INK,
    LEVEL_INKS,
    LEVELS,
    PAPER,
    SECOND,
    STATES,
    THIRD,
)
from app.charts.scene import Box, Dot, Label, Rule, Scene, Trace
from app.charts.svg import svg
from app.words import Words, languages

WORDS = Words()
STAGES = ("Intent parsing", "Routing", "Context-stitching", "Governance check")
LEVEL_NAMES = ("Absent", "Informal", "Written or partial", "Working", "Measured")
NAMES = ("Short", "A much longer name than any cell could ever hold without being cut", "محمد", "")


def middle(count: int = 4) -> Scene:
    cells = (
        StageCell("AO", level=3),
        StageCell("none", level=0, missing=True),
        StageCell("NTL", "by hand", 2, missing=True),
        StageCell(""),
    )
    rows = [StageRow(f"w{i}", NAMES[i % 4], "pilot", cells) for i in range(count)]
    return middle_map(rows, STAGES, LEVEL_NAMES, WORDS)


def cover(count: int = 4) -> Scene:
    states = ("met", "said", "not_met", "not_known", "not_asked", "not_applicable")
    rows = [CoverRow(f"w{i}", NAMES[i % 4], "May build", states) for i in range(count)]
    titles = ("One", "Two", "Three", "Four", "Five", "A long condition name")
    return cover_map(rows, titles, WORDS)


def compared(count: int = 4) -> Scene:
    rows = [
        ComparisonRow(f"w{i}", NAMES[i % 4], "may_build", 0.9, 0.5, 1.4, "about typical (0.9)")
        for i in range(count - 1)
    ]
    rows.append(ComparisonRow("x", "Unknown", "not_defined", None, 0, 0, "too little known (6%)"))
    return comparison(rows, [RulerMark(1, "typical"), RulerMark(0.14, "best")], WORDS)


def planned(count: int = 4) -> Scene:
    bars = tuple(
        Bar(f"a{i}", NAMES[i % 4] * 3, "Data owner", 1 + i // 3, 1 + i, 2 + i) for i in range(count)
    )
    months = tuple(f"M{i} 2027" if i == 1 else f"M{i}" for i in range(1, 13))
    return gantt(Gantt(bars, months, {1: "Audit", 2: "Layer"}, {1: 3, 2: 3}, others=2), WORDS)


def curved(count: int = 4) -> Scene:
    points = [CurvePoint(f"M{i}", 8 - i / 10, 5, 11) for i in range(count)]
    return curve(points, 12, WORDS)


def believed(count: int = 4) -> Scene:
    rows = [
        BeliefRow(key, f"Cause {key}", 0.3 if i else None, 0.25, 0.2)
        for i, key in enumerate(list(CATEGORIES)[:count])
    ]
    return belief_chart(rows, WORDS)


CHARTS: dict[str, Callable[..., Scene]] = {
    "middle": middle,
    "cover": cover,
    "compared": compared,
    "planned": planned,
    "curved": curved,
    "believed": believed,
}
EVERY = pytest.mark.parametrize("chart", CHARTS)


@EVERY
def test_the_same_data_give_the_same_scene(chart: str) -> None:
    assert CHARTS[chart]() == CHARTS[chart]()


@EVERY
def test_a_chart_says_what_it_shows(chart: str) -> None:
    scene = CHARTS[chart]()
    assert len(scene.alt) > 40
    assert scene.title
    assert scene.figures.rows
    assert all(len(row) == len(scene.figures.header) for row in scene.figures.rows)


@EVERY
def test_the_svg_is_well_formed_and_carries_title_and_words(chart: str) -> None:
    scene = CHARTS[chart]()
    root = ElementTree.fromstring(svg(scene, name=chart))
    names = [child.tag.rpartition("}")[2] for child in root]
    assert names[:2] == ["title", "desc"]
    assert root.get("aria-label") == scene.alt
    assert names.count("text") == sum(isinstance(mark, Label) for mark in scene.marks)
    bare = ElementTree.fromstring(svg(scene, name=chart, labels=False))
    assert not [child for child in bare if child.tag.endswith("text")]


@EVERY
def test_nothing_is_drawn_outside(chart: str) -> None:
    scene = CHARTS[chart]()
    for mark in scene.marks:
        match mark:
            case Box():
                corners = [(mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height)]
            case Rule():
                corners = [(mark.x1, mark.y1), (mark.x2, mark.y2)]
            case Dot():
                corners = [(mark.x, mark.y)]
            case Trace():
                corners = list(mark.points)
            case Label():
                corners = [_ends(mark)[0], _ends(mark)[1]]
        for x, y in corners:
            assert -0.5 <= x <= scene.width + 2, mark
            assert -0.5 <= y <= scene.height + 0.5, mark


def _ends(mark: Label) -> list[tuple[float, float]]:
    if mark.turn:
        return [(mark.x, mark.y), (mark.x, mark.y)]
    long = width(mark.text, mark.size, bold=mark.bold)
    left = mark.x - {"start": 0, "middle": long / 2, "end": long}[mark.anchor]
    return [(left, mark.y), (left + long, mark.y)]


@pytest.mark.parametrize("chart", ["middle", "cover", "compared"])
def test_twenty_rows_and_a_line_for_the_others(chart: str) -> None:
    scene = CHARTS[chart](33)
    assert len(scene.figures.rows) == MOST_ROWS
    texts = [mark.text for mark in scene.marks if isinstance(mark, Label)]
    assert any("13 other workflows" in text for text in texts)


@pytest.mark.parametrize("chart", ["middle", "cover"])
def test_no_cell_speaks_by_colour_alone(chart: str) -> None:
    scene = CHARTS[chart]()
    labels = [mark for mark in scene.marks if isinstance(mark, Label)]
    for cell in (mark for mark in scene.marks if isinstance(mark, Box) and mark.key):
        inside = [
            label
            for label in labels
            if cell.x <= label.x <= cell.x + cell.width
            and cell.y <= label.y <= cell.y + cell.height
        ]
        assert inside, cell


def test_unknown_is_hatched_and_nobody_is_said() -> None:
    scene = middle(1)
    boxes = [mark for mark in scene.marks if isinstance(mark, Box) and mark.key]
    assert [box.hatched for box in boxes] == [False, False, False, True]
    assert [box.fill for box in boxes] == [LEVELS[3], LEVELS[0], LEVELS[2], PAPER]
    assert scene.figures.rows[0][2] == "none, level 0"
    assert "no owner or no mechanism: 2 of 4" in scene.alt


def test_a_withheld_estimate_has_no_dot() -> None:
    scene = compared(2)
    assert sum(isinstance(mark, Dot) for mark in scene.marks) == 1
    assert scene.figures.rows[1][2] == ""


def test_gates_of_one_month_share_a_line() -> None:
    labels = [mark.text for mark in planned().marks if isinstance(mark, Label)]
    assert "G1, G2" in labels


def test_ends_of_the_curve_do_not_cover_each_other() -> None:
    labels = [m for m in curved(12).marks if isinstance(m, Label) and m.x > WIDTH - 110 and m.bold]
    assert len(labels) == 2
    assert abs(labels[0].y - labels[1].y) >= 18


def test_text_in_an_svg_stays_text() -> None:
    row = CoverRow("k", '<script>&"', "x", ("met",))
    text = svg(cover_map([row], ("One",), WORDS), name="x")
    assert "<script" not in text
    assert "&lt;script&gt;&amp;" in text


@pytest.mark.parametrize(
    "text", ["plain words here", "WWWWWWWWWW", "王小明王小明", "e\u0301e\u0301e"]
)
def test_a_cut_text_fits(text: str) -> None:
    for space in (12, 20, 40, 400):
        found = fit(text, space, 8)
        assert width(found, 8) <= space
        assert found == text or found.endswith("…")
    assert all(width(line, 8) <= 40 for line in wrap(text * 3, 40, 8, 2))
    assert len(wrap(text * 9, 40, 8, 2)) <= 2


def test_a_cut_never_parts_a_letter_from_its_marks() -> None:
    text = "शर्मा शर्मा"
    for space in range(4, 60, 2):
        kept = fit(text, space, 8).removesuffix("…")
        assert not kept.endswith("्")
        assert text.startswith(kept)


def test_initials() -> None:
    assert initials_of("Ada Vale") == "AV"
    assert initials_of("Nguyễn Thị Lan") == "NTL"
    assert initials_of("Jean-Luc de la Tour") == "JT"
    assert initials_of("张") == "张"
    assert initials_of("") == ""


def test_text_has_contrast_on_what_it_stands_on() -> None:
    pairs = [(SECOND, PAPER), (THIRD, PAPER), (INK, PAPER), *STATES.values()]
    pairs += list(zip(LEVEL_INKS, LEVELS, strict=True))
    assert {(a, b): round(contrast(a, b), 2) for a, b in pairs if contrast(a, b) < 4.5} == {}


def test_categories_keep_their_colours() -> None:
    assert CATEGORIES == {
        "capability": "#CC79A7",
        "data": "#0072B2",
        "governance": "#D55E00",
        "adoption": "#009E73",
    }
    assert LEVELS == ("#B93A1E", "#E2926F", "#F1D9A7", "#A9CFC6", "#2F7F8F")


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(text, 16) / 255 for text in re.findall("[0-9A-F]{2}", colour.upper())]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_long_german_stages_are_parted_and_not_cut() -> None:
    lines = [mark.text for mark in header_lines(0, 0, 46.7, "Kontextzusammenführung", Words("de"))]
    assert lines == ["Kontext-", "zusammen-", "führung"]
    (whole,) = header_lines(0, 0, 200, "Kontextzusammenführung", Words("de"))
    assert whole.text == "Kontextzusammenführung"
    assert [m.text for m in header_lines(0, 0, 46.7, "Context-stitching", WORDS)] == [
        "Context-",
        "stitching",
    ]


@EVERY
def test_letters_are_large_enough_to_be_read_on_paper(chart: str) -> None:
    sizes = [mark.size for mark in CHARTS[chart]().marks if isinstance(mark, Label)]
    assert min(sizes) >= SMALL >= 7.5


def test_every_filled_cell_of_the_middle_has_its_level_as_a_number() -> None:
    scene = middle(1)
    labels = [mark for mark in scene.marks if isinstance(mark, Label)]
    for box in scene.marks:
        if isinstance(box, Box) and box.key and box.fill in LEVELS:
            inside = [
                label.text
                for label in labels
                if box.x <= label.x <= box.x + box.width and box.y <= label.y <= box.y + box.height
            ]
            assert any(str(LEVELS.index(box.fill)) in text for text in inside), inside


def test_a_cell_without_a_level_stands_in_the_legend() -> None:
    def texts(*cells: StageCell) -> list[str]:
        scene = middle_map([StageRow("w", "Name", "", cells)], STAGES, LEVEL_NAMES, WORDS)
        return [mark.text for mark in scene.marks if isinstance(mark, Label)]

    known = (StageCell("AO", level=3),) * 4
    assert "level not known" not in texts(*known)
    assert "level not known" in texts(StageCell("AO"), *known[1:])


def test_years_and_months_of_a_roadmap_do_not_run_into_each_other() -> None:
    for language in languages():
        words = Words(language)
        short = [words(f"month_short.{n}") for n in range(1, 13)]
        for first in range(12):
            for count in (3, 12, 18, 36):
                days = [(first + i, (first + i) % 12) for i in range(count)]
                months = tuple(
                    short[month] + (f" {2026 + n // 12}" if n == first or not month else "")
                    for n, month in days
                )
                bars = (Bar("a", "Act", "Owner", 1, 1, count),)
                used = tuple(100.0 * i for i in range(count))
                scene = gantt(Gantt(bars, months, {1: "Audit"}, {}, used), words)
                lines: dict[float, list[tuple[float, float]]] = {}
                for mark in scene.marks:
                    if isinstance(mark, Label) and mark.x > 290 and mark.size == SMALL:
                        left, right = (x for x, _ in _ends(mark))
                        lines.setdefault(mark.y, []).append((left, right))
                for found in lines.values():
                    ordered = sorted(found)
                    assert all(a[1] <= b[0] for a, b in pairwise(ordered)), (months, ordered)
