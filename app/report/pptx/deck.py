"""Five slides from the report: the brief, decisions, where it stands, how likely, the roadmap."""

import io
import math
from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import replace

from app.charts.palette import ALARM, CONDITIONS, HATCH, INK, LINE, PAPER, SECOND
from app.errors import ExportFailed
from app.report.face import lines as lines_of
from app.report.layout_places import told_elsewhere
from app.report.model import Block, Brief, Line, Picture, ReportModel, Section, Table, Text
from app.report.office import locale, packed, stamp
from app.report.pptx.charts import ACCENT, GREY, LIGHT, Look, bars, columns, lines
from app.report.pptx.data import (
    NO_ZERO,
    PERCENT,
    conditions_data,
    misses_data,
    rates_data,
    relative_data,
    ruler_data,
    said,
)
from app.report.pptx.fit import LEADING, SMALLEST, chosen, fitted
from app.report.pptx.master import BODY, add_logo, add_notes, add_slide, presentation
from app.report.pptx.sheet import Data
from app.report.pptx.tables import Place, add_table, write
from app.report.sentences import Sentences
from app.words import Words

SIZES: Final = (16, 15, 14, 13, 12, SMALLEST)
HEADING: Final = (13, 12, 11, 10)
TEXT: Final = (13, 12, 11, 10, 9, 8)
NOTE: Final = (9, 8)
HEADING_HIGH, NOTE_HIGH, GAP = 20.0, 26.0, 10.0
HALF: Final = 0.46
"""Share of a slide's width that its left half takes."""
STAGES: Final = ("stage", "missing", "unrecorded", "stands", "load")
CONDITION: Final = ("condition", "stands", "finds_out")
SHORTENED: Final = frozenset({"decisions", "phases", "stages"})
"""Tables whose last rows may be left to the report."""
MANY_ROWS: Final = 13
"""Bars from which their texts are set smaller."""


def render_pptx(model: ReportModel) -> bytes:
    """PowerPoint bytes; the same model gives the same bytes.

    Slides whose sections somebody left out of the report are left out too. Charts and tables are
    native; a text that does not fit in the smallest size is cut, and stands whole in the report.
    """
    model = told_elsewhere(model)
    deck = presentation(model)
    _Deck(deck, model).write()
    stamp(deck.core_properties, model)
    out = io.BytesIO()
    deck.save(out)
    return packed(out.getvalue())


def titles(model: ReportModel) -> tuple[str, ...]:
    """The title of each slide, in order; sections that the report does not have give none."""
    there = _sections(model)
    standing = there.get("middle") or there.get("conditions")
    apart, roadmap = there.get("apart"), there.get("roadmap")
    brief = _brief_of(model)
    found = [brief.heading.text, _decisions_title(model)]
    found += [standing.heading.text] if standing else []
    found.append(apart.heading.text if apart else brief.rates_text.title)
    found += [roadmap.heading.text] if roadmap else []
    return tuple(" ".join(title.split()) for title in found)


def _decisions_title(model: ReportModel) -> str:
    """How many decisions the table asks for, as a sentence."""
    table = _brief_of(model).decisions
    if not table.rows:
        return table.title
    return Sentences(Words(model.language))("deck.decisions", n=len(table.rows)).text


def _brief_of(model: ReportModel) -> Brief:
    if model.brief is None:
        raise ExportFailed(
            "Slides are made of a report with a decision brief, and this document has none, so "
            "nothing was written. Write it as PDF, HTML or DOCX."
        )
    return model.brief


def _sections(model: ReportModel) -> dict[str, Section]:
    return {section.key: section for section in model.sections}


def _tables(section: Section | None) -> list[Table]:
    return [b for b in _blocks(section) if isinstance(b, Table)]


def _picture(section: Section | None, key: str) -> Picture | None:
    return next((b for b in _blocks(section) if isinstance(b, Picture) and b.key == key), None)


def _text(section: Section | None, key: str) -> Text | None:
    return next((b for b in _blocks(section) if isinstance(b, Text) and b.key == key), None)


def _blocks(section: Section | None) -> tuple[Block, ...]:
    return section.blocks if section else ()


def _said(*groups: Sequence[Line]) -> list[str]:
    return [line.text for group in groups for line in group]


class _Deck:
    """Writes one slide after the other; places are points below the title."""

    def __init__(self, deck: Any, model: ReportModel) -> None:
        self.deck, self.model = deck, model
        self.words, self.locale = Words(model.language), locale(model)
        self.there = _sections(model)
        self.shapes: Any = None

    def write(self) -> None:
        names = iter(titles(self.model))
        self._brief(next(names))
        self._decisions(next(names))
        if "middle" in self.there or "conditions" in self.there:
            self._standing(next(names))
        self._likely(next(names))
        if "roadmap" in self.there:
            self._roadmap(next(names))

    def _slide(self, title: str, notes: Sequence[str]) -> Any:
        made = add_slide(self.deck, self.model, title)
        self.shapes = made.shapes
        add_notes(made, notes, self.model)
        return made

    def _brief(self, title: str) -> None:
        brief = _brief_of(self.model)
        notes = _said(brief.disagreed.lines, brief.undecided.lines, brief.care.lines)
        made = self._slide(title, [self.model.frame.status, *notes])
        add_logo(made, self.model)
        y = BODY.y
        if brief.provisional:
            self._write(Place(BODY.x, y, BODY.width, 18), [brief.provisional.text], colour=ALARM)
            y += 18 + GAP
        y = self._table(brief.states, Place(BODY.x, y, BODY.width, BODY.y + 290 - y))
        room = Place(BODY.x, y + GAP, BODY.width, BODY.y + BODY.height - y - GAP)
        left, right = _halves(room, 0.5)
        self._section(brief.disagreed, left)
        self._section(brief.care, right)

    def _decisions(self, title: str) -> None:
        brief = _brief_of(self.model)
        note = [brief.decisions.note] if brief.decisions.note else []
        self._slide(title, [*note, *_said(brief.undecided.lines)])
        y = self._table(brief.decisions, Place(BODY.x, BODY.y, BODY.width, 270))
        room = Place(BODY.x, y + GAP, BODY.width, BODY.y + BODY.height - y - GAP)
        self._section(brief.undecided, room)

    def _standing(self, title: str) -> None:
        middle, conditions = self.there.get("middle"), self.there.get("conditions")
        self._slide(title, _said(*(s.lead for s in (middle, conditions) if s)))
        halves = _halves(BODY)
        left = BODY if conditions is None else halves[0]
        for table in _tables(middle)[:1]:
            y = self._titled(chosen(table, STAGES), Place(left.x, left.y, left.width, 260)) + GAP
            rest = Place(left.x, y, left.width, left.y + left.height - y)
            self._write(rest, _said(middle.lead) if middle else [])
        if conditions is None:
            return
        right = BODY if middle is None else halves[1]
        if middle:
            right = self._heading(conditions.heading.text, right, 2)
        for table in _tables(conditions)[:1]:
            data = conditions_data(table)
            if data is None:
                self._table(chosen(table, CONDITION), right)
                continue
            colours = (*(CONDITIONS[key] for key in ("met", "said", "not_met")), HATCH, LINE)
            inks = (PAPER, INK, PAPER, INK, INK)
            look = Look(colours, inks, NO_ZERO, most=data.tallest, has_axis=False)
            day = self.model.frame.date
            bars(self.shapes, right, data, look, table.title, self._alt(table.title, data), day)

    def _likely(self, title: str) -> None:
        brief, apart = _brief_of(self.model), self.there.get("apart")
        departures = _text(apart, "departures")
        lead = apart.lead if apart else ()
        extra = departures.lines if departures else ()
        self._slide(title, _said(brief.rates_text.lines, lead, extra))
        left, right = _halves(BODY)
        self._rates(left)
        self._relative(apart, right)

    def _rates(self, place: Place) -> None:
        brief, day = _brief_of(self.model), self.model.frame.date
        if brief.rates is None:
            self._section(brief.rates_text, place)
            return
        y = self._titled(brief.rates, Place(place.x, place.y, place.width, 120)) + GAP
        lines_ = _said(brief.rates_text.lines)
        if lines_:
            self._write(Place(place.x, y, place.width, 32), [" ".join(lines_)], TEXT[2:])
            y += 32
        data = rates_data(brief.rates)
        look = Look((GREY, ACCENT), (SECOND, ACCENT), categories_title=brief.rates.columns[0].title)
        rest = Place(place.x, y, place.width, place.y + place.height - y)
        alt = self._alt(f"{brief.rates.title} ({brief.rates.columns[0].title})", data)
        columns(self.shapes, rest, data, look, brief.rates.title, alt, day)

    def _relative(self, apart: Section | None, place: Place) -> None:
        if apart is None:
            return
        day, ruler = self.model.frame.date, _picture(apart, "ruler")
        estimates = next((t for t in _tables(apart) if t.key == "estimates"), None)
        below = [estimates.note] if estimates and estimates.note else []
        if ruler:
            data, picture = ruler_data(ruler, self.words), ruler
            text = _text(apart, "estimate")
            below = _said(text.lines) if text else []
        else:
            found, shown = relative_data(self.model), _picture(apart, "comparison")
            if found is None or shown is None:
                self._write(place, _said(apart.lead), TEXT)
                return
            data, picture = found, shown
        rest = self._heading(picture.scene.title, place, 1)
        if below:
            high = 48.0 if ruler else NOTE_HIGH
            foot = Place(rest.x, rest.y + rest.height - high, rest.width, high)
            self._write(foot, below, TEXT[2:] if ruler else NOTE, SECOND)
            rest = Place(rest.x, rest.y, rest.width, rest.height - high - 4)
        size = 10 if len(data.categories) < MANY_ROWS else 8
        look = Look(
            (LIGHT,),
            (INK,),
            values_title=data.series[0].name,
            size=size,
            most=_end(data),
            unit=_unit(data),
        )
        alt = self._alt(picture.scene.title, data)
        bars(self.shapes, rest, data, look, picture.scene.title, alt, day)

    def _alt(self, title: str, data: Data) -> str:
        """What a chart shows, bar by bar."""
        return f"{title}. {'; '.join(said(data, self.words))}."

    def _roadmap(self, title: str) -> None:
        section = self.there["roadmap"]
        phases = next((t for t in _tables(section) if t.key == "phases"), None)
        milestones, curve = _text(section, "milestones"), _picture(section, "curve")
        note = [phases.note] if phases else []
        self._slide(title, [*_said(section.lead, milestones.lines if milestones else ()), *note])
        y = BODY.y
        has_more = bool(curve or milestones)
        if phases:
            high = 225.0 if has_more else BODY.height
            y = self._table(phases, Place(BODY.x, y, BODY.width, high)) + GAP
        rest = Place(BODY.x, y, BODY.width, BODY.y + BODY.height - y)
        left, right = _halves(rest, 0.64)
        if curve:
            data = misses_data(curve, self.words)
            look = Look((ACCENT, GREY, GREY, INK), size=9)
            place = self._heading(curve.scene.title, left, 1)
            day = self.model.frame.date
            lines(self.shapes, place, data, look, curve.scene.title, curve.scene.alt, day)
        if milestones:
            self._section(milestones, right if curve else rest)

    def _write(
        self, place: Place, texts: Sequence[str], sizes: Sequence[float] = TEXT, colour: str = INK
    ) -> None:
        if texts and place.height > 0:
            bold = colour == ALARM
            write(self.shapes, place, texts, sizes, self.locale, colour=colour, bold=bold)

    def _heading(self, text: str, place: Place, most: int) -> Place:
        """A small heading of at most so many lines; what room is left below it."""
        high = HEADING_HIGH * most
        head = Place(place.x, place.y, place.width, high - 4)
        write(self.shapes, head, [text], HEADING, self.locale, bold=True)
        return Place(place.x, place.y + high, place.width, place.height - high)

    def _section(self, text: Text, place: Place) -> None:
        """A small heading with its sentences below."""
        rest = self._heading(text.title, place, 1) if text.title else place
        if text.lines and rest.height > 0:
            texts = _said(text.lines) if text.listed else [" ".join(_said(text.lines))]
            listed = text.listed and len(texts) > 1
            write(self.shapes, rest, texts, TEXT, self.locale, listed=listed)

    def _titled(self, table: Table, place: Place) -> float:
        return self._table(table, self._heading(table.title, place, 1))

    def _table(self, table: Table, place: Place) -> float:
        """The table with its note; where it ends."""
        # The states are the first thing said, and all of them; what else is long has fewer rows.
        fewer = table.key in SHORTENED
        note = _note_high(table.note, place.width)
        sheet = fitted(table, place.width, place.height - note, SIZES, self.words, fewer=fewer)
        if left := len(table.rows) - len(sheet.rows):
            more = self.words("label.others_in_report", n=self.words.figure(left))
            table = replace(table, note=" ".join(part for part in (more, table.note) if part))
            note = _note_high(table.note, place.width)
            sheet = fitted(table, place.width, place.height - note, SIZES, self.words, fewer=fewer)
        ends = place.y + sheet.height
        at = Place(place.x, place.y, place.width, sheet.height)
        add_table(self.shapes, at, sheet, table.title, self.locale)
        if note:
            below = Place(place.x, ends + 3, place.width, note - 4)
            self._write(below, [table.note], NOTE, SECOND)
        return ends + note


def _halves(place: Place, share: float = HALF) -> tuple[Place, Place]:
    """Two places beside each other with a gap between them."""
    gap = 24.0
    wide = (place.width - gap) * share
    left = Place(place.x, place.y, wide, place.height)
    return left, Place(place.x + wide + gap, place.y, place.width - gap - wide, place.height)


def _note_high(text: str, wide: float) -> float:
    """Points that a note takes below its table, at most three lines."""
    return min(3, lines_of(text, wide, NOTE[0])) * NOTE[0] * LEADING + 6 if text else 0.0


def _end(data: Data) -> float:
    """Where the axis ends so that every range is inside."""
    if data.format == PERCENT:
        return 100
    known = [value for value in (*data.series[0].values, *data.highs) if value is not None]
    return math.ceil(max(known) * 2 + 0.2) / 2


def _unit(data: Data) -> float:
    return 20 if data.format == PERCENT else 0.5
