"""The HTML: one file that needs nothing else, with every typed text escaped."""

import re
from html.parser import HTMLParser
from itertools import pairwise

from msgspec.structs import replace

from app.report.html import render_html
from app.report.inputs import ReportInputs
from app.report.model import Audience, ReportModel
from tests.report.conftest import Maker
from tests.report.variants import hostile

ALONE = {"meta", "br", "link", "img", "hr", "input"}


class Outline(HTMLParser):
    """Tags that are open, levels of headings, and what is fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in ALONE:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.fetched += [str(v) for k, v in attrs if k in ("src", "href", "action")]
        self.ids += [str(v) for k, v in attrs if k == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(html: str) -> Outline:
    found = Outline()
    found.feed(html)
    return found


def test_it_is_well_formed_and_stands_alone(models: dict[Audience, ReportModel]) -> None:
    html = render_html(models[Audience.FULL])
    found = outline(html)
    assert found.open == []
    assert not found.tags & {"script", "link", "iframe", "object"}
    assert found.fetched
    assert {address for address in found.fetched if address[:1] != "#"} == set()
    assert {address[1:] for address in found.fetched} <= set(found.ids)
    assert "@import" not in html
    assert "url(http" not in html
    assert len(found.ids) == len(set(found.ids))


def test_headings_begin_with_one_and_skip_nothing(models: dict[Audience, ReportModel]) -> None:
    levels = outline(render_html(models[Audience.FULL])).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_hostile_text_stays_text(sample_inputs: ReportInputs, make: Maker) -> None:
    model = make(replace(sample_inputs, audit=hostile(sample_inputs.audit)))
    html = render_html(model)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7 * 7 }}" in html
    assert outline(html).open == []


def test_it_says_what_the_pdf_says(models: dict[Audience, ReportModel]) -> None:
    model = models[Audience.FULL]
    text = re.sub(r"\s+", " ", render_html(model))
    for part in (*model.sections, *model.annexes):
        assert part.heading.text.replace("'", "&#39;").replace('"', "&#34;") in text
    assert text.count("<figure>") == 8
    assert text.count("<details><summary>Show the figures</summary>") == 8


def test_readers_are_led_to_each_part(models: dict[Audience, ReportModel]) -> None:
    model = models[Audience.FULL]
    html = render_html(model)
    assert '<html lang="en" dir="ltr">' in html
    assert '<html lang="de" dir="ltr">' in render_html(replace(model, language="de"))
    body = html[html.index("<body>") :]
    assert re.match(r'<body>\s*<a class="skip" href="#content">Skip to the report</a>', body)
    for part in (*model.sections, *model.annexes):
        assert f'<a href="#section-{part.key}">' in html


def test_every_cell_knows_its_heading(models: dict[Audience, ReportModel]) -> None:
    """On a phone rows are stacked, and each cell is named by the column it stands in."""
    html = render_html(models[Audience.FULL])
    assert not re.findall(r"<td(?![^>]*data-of=)[^>]*>", html)
    assert not re.findall(r"<th\b(?![^>]*scope=)[^>]*>", html)
    assert html.count('<div class="wide"><table') == html.count("<table")
    assert html.count('<div class="drawn" tabindex="0" role="group"') == html.count("<figure>")
    assert "@media print" in html
    assert "@media screen and (max-width: 640px)" in html


def test_on_a_phone_figures_keep_their_headings_and_maps_their_names(
    models: dict[Audience, ReportModel],
) -> None:
    """A row of starting rates alone would not say what its figures answer."""
    html = render_html(models[Audience.FULL])
    assert re.search(r'<table id="rates" [^>]*class="kept"', html)
    assert not re.search(r'<table id="decisions" [^>]*class="kept"', html)
    assert html.count('<p class="cue">') == html.count("<figure>")
    for key in ("middle_map", "conditions_map", "context_map"):
        assert f'<use href="#{key}-drawing"/>' in html
        assert f'id="{key}-drawing"' in html
    assert "position: sticky; left: 0" in html
